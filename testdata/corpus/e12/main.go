// Command resty-locations uses a resty client with a base URL.
package main

import (
	"log"
	"net/http"

	"github.com/go-resty/resty/v2"

	_ "example.com/corpus/internal/recorder"
)

type location struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

func main() {
	client := resty.New().
		SetTransport(http.DefaultTransport).
		SetBaseURL("https://api.orbitflare.com/customer/v1").
		SetHeader("Accept", "application/json")

	var out struct {
		Locations []location `json:"locations"`
	}
	if _, err := client.R().SetResult(&out).Get("/locations"); err != nil {
		log.Fatal(err)
	}
	for _, l := range out.Locations {
		log.Printf("%d %s", l.ID, l.Name)
	}
	if _, err := client.R().SetQueryParam("page", "2").Get("/licenses"); err != nil {
		log.Fatal(err)
	}
	if _, err := client.R().Execute(resty.MethodPost, "/licenses/42/reset-key"); err != nil {
		log.Fatal(err)
	}

	if _, err := resty.New().SetTransport(http.DefaultTransport).R().Get("https://api.orbitflare.com/customer/v1/licenses/42"); err != nil {
		log.Fatal(err)
	}
}
