// Command keys renews the key of a license.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type keys struct {
	base string
	rt   http.RoundTripper
}

func (k keys) do(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Transport: k.rt}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s", method, url, resp.Status)
	}
	return nil
}

func (k keys) renew(id string) error {
	if err := k.do("GET", k.base+"/customer/v1/licenses/"+id); err != nil {
		return err
	}
	return k.do("POST", fmt.Sprintf("%s/customer/v1/licenses/%s/regenerate-key", k.base, id))
}

func (k keys) forget(id, ip string) error {
	return k.do("DELETE", fmt.Sprintf("%s/customer/v1/licenses/%s/ips/%s", k.base, id, ip))
}

func main() {
	k := keys{base: "https://api.orbitflare.com"}
	if err := k.renew("42"); err != nil {
		log.Fatal(err)
	}
	if err := k.forget("42", "192.0.2.7"); err != nil {
		log.Fatal(err)
	}
}
