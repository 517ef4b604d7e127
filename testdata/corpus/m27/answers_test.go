package main

import (
	"fmt"
	"net/http"
)

func places(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, `[{"id":"fra1"}]`)
}

func license(id string) string { return fmt.Sprintf(`{"id":%s}`, id) }

func admitted(id string) string { return fmt.Sprintf(`[{"license":%s,"ip":"203.0.113.7"}]`, id) }
