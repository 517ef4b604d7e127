// Package server offers a small part of the OrbitFlare customer API to
// internal services, so that they need no key of their own.
package server

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"

	"acme.example/licensing/orbit"
)

// Server relays requests through a client.
type Server struct {
	client *orbit.Client
	log    *slog.Logger
}

// New returns a server that answers with what client is told.
func New(client *orbit.Client, log *slog.Logger) *Server {
	return &Server{client: client, log: log}
}

// Handler returns the routes of the server.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /api/licenses", s.listLicenses)
	mux.HandleFunc("GET /api/licenses/{id}", s.getLicense)
	mux.HandleFunc("GET /api/licenses/{id}/ips", s.listIPs)
	mux.HandleFunc("PUT /api/licenses/{id}/ips/{ip}", s.putIP)
	mux.HandleFunc("DELETE /api/licenses/{id}/ips/{ip}", s.deleteIP)
	mux.HandleFunc("GET /api/locations", s.listLocations)
	return mux
}

func (s *Server) listLicenses(w http.ResponseWriter, r *http.Request) {
	licenses, err := s.client.ListLicenses(r.Context(), &orbit.ListOptions{Status: r.FormValue("status")})
	s.reply(w, r, map[string]any{"licenses": licenses}, err)
}

func (s *Server) getLicense(w http.ResponseWriter, r *http.Request) {
	license, err := s.client.License(r.Context(), r.PathValue("id"))
	s.reply(w, r, license, err)
}

func (s *Server) listIPs(w http.ResponseWriter, r *http.Request) {
	ips, err := s.client.IPs(r.Context(), r.PathValue("id"))
	s.reply(w, r, map[string]any{"ips": ips}, err)
}

func (s *Server) putIP(w http.ResponseWriter, r *http.Request) {
	addr, err := netip.ParseAddr(r.PathValue("ip"))
	if err != nil {
		http.Error(w, "not an IP address: "+r.PathValue("ip"), http.StatusBadRequest)
		return
	}
	ip := orbit.IP{Address: addr.String(), LocationID: r.FormValue("location")}
	err = s.client.AddIP(r.Context(), r.PathValue("id"), ip)
	s.reply(w, r, ip, err)
}

func (s *Server) deleteIP(w http.ResponseWriter, r *http.Request) {
	err := s.client.DeleteIP(r.Context(), r.PathValue("id"), r.PathValue("ip"))
	s.reply(w, r, map[string]any{}, err)
}

func (s *Server) listLocations(w http.ResponseWriter, r *http.Request) {
	locations, err := s.client.Locations(r.Context())
	s.reply(w, r, map[string]any{"locations": locations}, err)
}

// reply writes v as JSON, or err as a status: what the API refused is passed
// on, everything else is a bad gateway.
func (s *Server) reply(w http.ResponseWriter, r *http.Request, v any, err error) {
	if err != nil {
		status := http.StatusBadGateway
		var apiErr *orbit.APIError
		if errors.As(err, &apiErr) && apiErr.StatusCode < http.StatusInternalServerError {
			status = apiErr.StatusCode
		}
		s.log.ErrorContext(r.Context(), "relay failed", "route", r.Pattern, "err", err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.WarnContext(r.Context(), "answer not delivered", "route", r.Pattern, "err", err)
	}
}
