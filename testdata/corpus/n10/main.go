// Command usage counts calls by endpoint.
package main

import (
	"context"
	"database/sql"
	"expvar"
	"fmt"
	"slices"
)

var calls = expvar.NewMap("calls")

// weights are the points that the billing service charges for a call.
var weights = map[string]int{
	"https://api.orbitflare.com/customer/v1/licenses":  1,
	"https://api.orbitflare.com/customer/v1/locations": 5,
}

type cache struct{ entries map[string][]byte }

func (c *cache) put(key string, value []byte) { c.entries[key] = value }

func store(ctx context.Context, db *sql.DB, n int) error {
	_, err := db.ExecContext(ctx, "INSERT INTO usage (endpoint, calls) VALUES (?, ?)", "/customer/v1/licenses", n)
	return err
}

func main() {
	c := &cache{entries: map[string][]byte{}}
	c.put("https://api.orbitflare.com/customer/v1/licenses", []byte("[]"))
	calls.Add("GET /customer/v1/locations", 2)
	calls.Add("GET /customer/v1/licenses", 1)

	total := 0
	for _, w := range weights {
		total += w
	}
	var keys []string
	for k := range c.entries {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fmt.Println(total, len(keys), calls)
	_ = store
}
