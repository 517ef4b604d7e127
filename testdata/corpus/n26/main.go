// Command portal serves the files of the customer portal.
package main

import (
	"embed"
	"flag"
	"io/fs"
	"log"
	"net/http"
)

//go:embed static
var files embed.FS

func newMux() (*http.ServeMux, error) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/app.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFileFS(w, r, static, "app.js")
	})
	mux.Handle("GET /customer/v1/assets/", http.StripPrefix("/customer/v1/assets/", http.FileServerFS(static)))
	return mux, nil
}

func main() {
	addr := flag.String("addr", "", "`address` to listen on; empty to check the files only")
	flag.Parse()
	mux, err := newMux()
	if err != nil {
		log.Fatal(err)
	}
	if *addr != "" {
		log.Fatal(http.ListenAndServe(*addr, mux))
	}
}
