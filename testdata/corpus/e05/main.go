// Command inspect prints one license and checks its addresses.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/netip"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

type licenseID uint32

func get(u string) {
	resp, err := http.Get(u)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}

func main() {
	var (
		id   licenseID = 42
		name           = "edge/frankfurt"
		addr           = netip.MustParseAddr("192.0.2.7")
	)
	get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%d", id))
	get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s", url.PathEscape(name)))
	get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%v/ips?limit=%d", id, 20))

	req, err := http.NewRequest("DELETE",
		fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%[1]d/ips/%[2]v", id, addr), nil)
	if err != nil {
		log.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()

	get("https://api.orbitflare.com/customer/v1/licenses?name=" + url.QueryEscape(name))
}
