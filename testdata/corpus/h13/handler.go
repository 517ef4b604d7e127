package main

import (
	"io"
	"net/http"
)

func forward(path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		res, err := http.Get(base + path)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		w.WriteHeader(res.StatusCode)
		io.Copy(w, res.Body)
	}
}

func routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("/regions", forward("/locations"))
	mux.Handle("/seats", forward("/licenses"))
	return mux
}
