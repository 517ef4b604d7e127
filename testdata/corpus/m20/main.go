package main

import (
	"log"
	"net/http"
	"net/url"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const apiRoot = "https://api.orbitflare.com/customer/v1"

func removeIP(id, ip string) error {
	p := strings.Replace("/licenses/{id}/ips/{ip}", "{id}", id, 1)
	p = strings.Replace(p, "{ip}", ip, 1)
	return do(http.MethodDelete, apiRoot+p)
}

func resetKey(id string) error {
	const pattern = "https://orbitflare.com/api/customer/v1/licenses/:id/reset-key"
	return do(http.MethodPost, strings.ReplaceAll(pattern, ":id", url.PathEscape(id)))
}

func listIPs(id string) error {
	p := "/licenses/{id}/ips"
	fill := strings.NewReplacer("{id}", id, "{page}", "1")
	return do(http.MethodGet, apiRoot+fill.Replace(p)+fill.Replace("?page={page}"))
}

func whitelistIP(id string) error {
	target := strings.NewReplacer("{base}", apiRoot, "{license}", id).Replace("{base}/licenses/{license}/whitelist-ip")
	return do(http.MethodPost, target)
}

func do(method, target string) error {
	req, err := http.NewRequest(method, target, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	if err := removeIP("lic_1001", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	for _, f := range []func(string) error{resetKey, listIPs, whitelistIP} {
		if err := f("lic_1001"); err != nil {
			log.Fatal(err)
		}
	}
}
