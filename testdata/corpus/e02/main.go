// Command licenses lists the licenses of an account and allows one more address.
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

func send(req *http.Request, err error) {
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("X-ORBIT-KEY", os.Getenv("ORBIT_KEY"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		log.Fatal(err)
	}
}

func main() {
	send(http.NewRequest("GET", "https://api.orbitflare.com/customer/v1/licenses", nil))

	body := strings.NewReader(`{"ip_address":"192.0.2.7"}`)
	send(http.NewRequest("POST", "https://api.orbitflare.com/customer/v1/licenses/42/ips", body))

	send(http.NewRequest("", "https://api.orbitflare.com/customer/v1/licenses/42", nil))
}
