// Command inventory prints where machines stand.
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"html/template"
	"log"
	"os"
)

type site struct {
	Name      string   `json:"name"`
	Locations []string `json:"locations"`
}

var messages = map[string]string{
	"locations":       "Locations",
	"locations.empty": "There are no locations.",
}

const table = "locations"

func count(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+table+" WHERE licenses > 0").Scan(&n)
	return n, err
}

func main() {
	noun := flag.String("show", "locations", "what to show: locations or licenses")
	flag.Parse()

	page := template.Must(template.New("locations").Parse("{{range .Locations}}{{.}}\n{{end}}"))
	var s site
	if err := json.Unmarshal([]byte(`{"name":"edge","locations":["fra","ams"]}`), &s); err != nil {
		log.Fatal(err)
	}
	switch *noun {
	case "locations":
		fmt.Println(messages["locations"])
		if err := page.ExecuteTemplate(os.Stdout, "locations", s); err != nil {
			log.Fatal(err)
		}
	case "licenses":
		fmt.Println(messages["locations.empty"])
	}
	_ = count
}
