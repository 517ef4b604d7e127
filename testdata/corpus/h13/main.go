package main

import (
	"log"
	"net/http"
	"net/http/httptest"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	if err := session(func() error { return collect([]string{"7", "42"}) }); err != nil {
		log.Fatal(err)
	}
	mux := routes()
	for _, path := range []string{"/regions", "/seats"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			log.Fatalf("%s: %d", path, w.Code)
		}
	}
	for _, j := range newScheduler().jobs() {
		if err := j.run("42"); err != nil {
			log.Fatalf("%s: %v", j.name, err)
		}
	}
}
