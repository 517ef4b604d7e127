// Command widget prints a page that shows locations.
package main

import (
	"html/template"
	"log"
	"os"
)

const script = `fetch('/customer/v1/locations').then(r => r.json()).then(show)`

const renew = `<button onclick="fetch('/customer/v1/licenses/42/reset-key', {method: 'POST'})">Renew</button>`

var page = template.Must(template.New("page").Parse(`<!doctype html>
<title>{{.Title}}</title>
{{.Button}}
<script>{{.Script}}</script>
`))

func main() {
	err := page.Execute(os.Stdout, struct {
		Title  string
		Button template.HTML
		Script template.JS
	}{"Widget", renew, script})
	if err != nil {
		log.Fatal(err)
	}
}
