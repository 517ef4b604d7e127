package main

import (
	"fmt"
	"net/http"
	"regexp"

	_ "example.com/corpus/internal/recorder"
)

var kinds = []struct {
	path *regexp.Regexp
	name string
}{
	{regexp.MustCompile("^/customer/v1/licenses/[^/]+$"), "license"},
	{regexp.MustCompile("^/customer/v1/locations$"), "locations"},
}

func kind(r *http.Request) string {
	for _, k := range kinds {
		if k.path.MatchString(r.URL.Path) {
			return k.name
		}
	}
	return "unknown"
}

func show(res *http.Response, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	res.Body.Close()
	fmt.Println(kind(res.Request))
}

func main() {
	id := "7"
	show(http.Get("https://api.orbitflare.com/customer/v1/locations"))
	show(http.Get("https://api.orbitflare.com/customer/v1/licenses/" + id))
}
