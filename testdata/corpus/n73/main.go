// Command filled asks v2 in four ways to put a version into a URL.
package main

import (
	"fmt"
	"log"
	"net/http"
	"strings"
	"text/template"

	_ "example.com/corpus/internal/recorder"
	"example.com/corpus/n73/version"
)

var third = template.Must(template.New("third").Parse("https://api.orbitflare.com/customer/{{.Version}}/licenses/3"))

func get(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}

func main() {
	get(fmt.Sprintf("https://api.orbitflare.com/customer/%s/licenses", version.API))
	get(fmt.Sprintf("https://api.orbitflare.com/customer/v%d/licenses/1", 2))
	get(strings.ReplaceAll("https://api.orbitflare.com/customer/{version}/licenses/2", "{version}", version.API))
	var b strings.Builder
	if err := third.Execute(&b, struct{ Version string }{version.API}); err != nil {
		log.Fatal(err)
	}
	get(b.String())
}
