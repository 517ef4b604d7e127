// Command rpcnames prints the methods of a gRPC service.
package main

import "fmt"

const (
	serviceName  = "customer.v1.Licenses"
	listMethod   = "/customer.v1.Licenses/List"
	locateMethod = "/" + serviceName + "/Locations"
	protoPackage = "orbitflare.customer.v1"
)

type desc struct {
	service, file string
	methods       []string
}

func main() {
	d := desc{
		service: serviceName,
		file:    "customer/v1/licenses.proto",
		methods: []string{listMethod, locateMethod},
	}
	fmt.Println(protoPackage, d.file)
	for _, m := range d.methods {
		fmt.Println(m)
	}
}
