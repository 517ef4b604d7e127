package main

import (
	"fmt"
	"net/http"
	"os/exec"

	_ "example.com/corpus/internal/recorder"
)

const regions = "https://api.orbitflare.com/customer/v1/locations"

func get(url string) string {
	res, err := http.Get(url)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	return res.Request.URL.String()
}

func license(id string) string { return get("https://api.orbitflare.com/customer/v1/licenses/" + id) }

func main() {
	fmt.Println(get(regions), license("9"))
	exec.Command("region-cache", regions)
}
