package main

import (
	"context"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type location struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type addressRequest struct {
	IP       string `json:"ip_address"`
	Location int    `json:"location_id"`
}

type addressReply struct {
	Message string `json:"message"`
}

func main() {
	ctx := context.Background()
	c := &conn{base: "https://api.orbitflare.com/customer/v1", http: http.DefaultClient}

	if _, err := getJSON[map[string][]location](ctx, c, "/locations"); err != nil {
		log.Fatal(err)
	}
	var reply addressReply
	if err := request(ctx, c, http.MethodPost, "/licenses/lic_1001/ips", addressRequest{"203.0.113.7", 3}, &reply); err != nil {
		log.Fatal(err)
	}
	if err := request[any, any](ctx, c, http.MethodPost, "/licenses/lic_1001/regenerate-key", nil, nil); err != nil {
		log.Fatal(err)
	}
	ips := list[[]string]{conn: c, path: "/licenses/lic_1001/ips"}
	if _, err := ips.all(ctx); err != nil {
		log.Fatal(err)
	}
}
