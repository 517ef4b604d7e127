// Command audit lists what each license admits.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

// auditor reads through client from the API at base, which ends without a slash.
type auditor struct {
	base   string
	client *http.Client
}

func (a auditor) head(path string, query url.Values) (http.Header, error) {
	u := a.base + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	resp, err := a.client.Get(u)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("audit: %s: %s", path, resp.Status)
	}
	return resp.Header, nil
}

func (a auditor) license(id string) (http.Header, error) {
	return a.head("/licenses/"+url.PathEscape(id), nil)
}

func (a auditor) addresses(id string) (http.Header, error) {
	return a.head("/licenses/"+url.PathEscape(id)+"/ips", url.Values{"limit": {"100"}})
}

func main() {
	a := auditor{base: "https://api.orbitflare.com/customer/v1", client: http.DefaultClient}
	for _, id := range []string{"a7", "b9"} {
		if _, err := a.license(id); err != nil {
			log.Fatal(err)
		}
		if _, err := a.addresses(id); err != nil {
			log.Fatal(err)
		}
	}
}
