// Command sweep takes an address off a license and rotates the key.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"github.com/sendgrid/rest"
)

func newRequest(key, endpoint, host string) rest.Request {
	if host == "" {
		host = "https://api.orbitflare.com"
	}
	return rest.Request{
		BaseURL: host + endpoint,
		Headers: map[string]string{"X-ORBIT-KEY": key, "Accept": "application/json"},
	}
}

func call(request rest.Request) error {
	c := &rest.Client{HTTPClient: http.DefaultClient}
	resp, err := c.Send(request)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: status %d", request.Method, request.BaseURL, resp.StatusCode)
	}
	return nil
}

func sites(key string) error {
	request := newRequest(key, "/customer/v1/locations", "")
	request.Method = rest.Get
	request.QueryParams = map[string]string{"region": "eu"}
	return call(request)
}

func rotate(key, license string) error {
	request := newRequest(key, "/customer/v1/licenses/"+license+"/reset-key", "")
	request.Method = "POST"
	request.Body = []byte(`{}`)
	return call(request)
}

func main() {
	l := newLicensing()
	if err := l.ListLocations(); err != nil {
		log.Fatal(err)
	}
	if err := l.RemoveAddress("42", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	if err := sites("demo"); err != nil {
		log.Fatal(err)
	}
	if err := rotate("demo", "42"); err != nil {
		log.Fatal(err)
	}
}
