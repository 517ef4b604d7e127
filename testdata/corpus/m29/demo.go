package main

import (
	"fmt"
	"net/http"
	"strings"
)

func madeUp(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.URL.Path == "/customer/v1/locations" && r.Method == "GET":
		fmt.Fprint(w, `[{"id":"fra1","name":"Frankfurt"}]`)
	case r.URL.Path == "/customer/v1/licenses":
		fmt.Fprint(w, `[{"id":"42"},{"id":"57"}]`)
	case strings.HasPrefix(r.URL.Path, "/customer/v1/licenses/") && strings.HasSuffix(r.URL.Path, "/ips"):
		fmt.Fprint(w, `[{"ip":"203.0.113.7"}]`)
	case strings.HasPrefix(r.URL.Path, "/customer/v1/licenses/") && r.Method == http.MethodGet:
		fmt.Fprint(w, `{"plan":"pro"}`)
	default:
		http.NotFound(w, r)
	}
}

func byExactPath(w http.ResponseWriter, r *http.Request) {
	p := r.URL.Path
	switch p {
	case "/customer/v1/locations", "/customer/v1/licenses":
		fmt.Fprint(w, `[]`)
	case "/customer/v1/licenses/42", "/customer/v1/licenses/42/ips":
		fmt.Fprint(w, `{}`)
	default:
		http.NotFound(w, r)
	}
}
