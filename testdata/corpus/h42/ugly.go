package main
import ( "net/http"
  "bytes" )

func  whitelist( id,ip string )error{
  var url="https://orbitflare.com/api/customer/v1"+"/licenses/"+id+ "/whitelist-ip"   ;   resp,err:=http.Post( url,
"application/json",bytes.NewBufferString(`{"ip_address":"`+ip+`"}`) )
    if err!=nil{return err}
        return   resp.Body.Close( )
}