package fake

import (
	"encoding/json"
	"net/http"

	"example.com/corpus/h37/routes"
)

type Server struct {
	Resets []string
	mux    *http.ServeMux
}

func New() *Server {
	s := &Server{mux: http.NewServeMux()}
	s.mux.HandleFunc("GET "+routes.Licenses, s.reply("licenses"))
	s.mux.HandleFunc("GET "+routes.License, func(w http.ResponseWriter, r *http.Request) {
		s.reply("license "+r.PathValue("id"))(w, r)
	})
	s.mux.HandleFunc("GET "+routes.Locations, s.reply("locations"))
	s.mux.HandleFunc("POST "+routes.ResetKey, func(w http.ResponseWriter, r *http.Request) {
		s.Resets = append(s.Resets, r.PathValue("id"))
		s.reply("reset")(w, r)
	})
	return s
}

func (s *Server) reply(kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"kind": kind})
	}
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }
