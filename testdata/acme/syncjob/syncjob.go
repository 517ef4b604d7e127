// Package syncjob copies the state of an account into a snapshot that the
// dashboards read.
package syncjob

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"acme.example/licensing/orbitapi"
)

// poolLicense is the license that all short-lived workers share.
const poolLicense = "lic_pool"

// endpoint is one part of the snapshot.
type endpoint struct {
	Name   string
	Method string
	Path   string
}

var endpoints = []endpoint{
	{Name: "licenses", Method: http.MethodGet, Path: "/customer/v1/licenses"},
	{Name: "locations", Method: http.MethodGet, Path: "/customer/v1/locations"},
	{Name: "pool", Method: http.MethodGet, Path: "/customer/v1/licenses/" + poolLicense},
	{Name: "pool_ips", Method: http.MethodGet, Path: "/customer/v1/licenses/" + poolLicense + "/ips"},
}

// Snapshot maps the name of a part to the answer of the API, as received.
type Snapshot map[string]json.RawMessage

// Locations returns the identifiers of the locations in the snapshot.
func (s Snapshot) Locations() ([]string, error) {
	raw, ok := s["locations"]
	if !ok {
		return nil, errors.New("syncjob: snapshot has no locations")
	}
	var part struct {
		Locations []struct {
			ID string `json:"id"`
		} `json:"locations"`
	}
	if err := json.Unmarshal(raw, &part); err != nil {
		return nil, fmt.Errorf("syncjob: locations: %w", err)
	}
	ids := make([]string, 0, len(part.Locations))
	for _, loc := range part.Locations {
		ids = append(ids, loc.ID)
	}
	return ids, nil
}

// Job takes snapshots.
type Job struct {
	host string
	key  string
	http *http.Client
}

// New returns a job for the account that key belongs to.
func New(hc *http.Client, key string) *Job {
	return &Job{host: orbitapi.Host, key: key, http: hc}
}

// Run takes a snapshot. It tries all parts; those that fail are missing from
// the snapshot and joined into the error.
func (j *Job) Run(ctx context.Context) (Snapshot, error) {
	snap := make(Snapshot, len(endpoints))
	var errs []error
	for _, ep := range endpoints {
		raw, err := j.send(ctx, ep.Method, ep.Path)
		if err != nil {
			errs = append(errs, fmt.Errorf("syncjob: %s: %w", ep.Name, err))
			continue
		}
		snap[ep.Name] = raw
	}
	return snap, errors.Join(errs...)
}

func (j *Job) send(ctx context.Context, method, path string) (json.RawMessage, error) {
	req, err := http.NewRequestWithContext(ctx, method, j.host+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set(orbitapi.KeyHeader, j.key)
	resp, err := j.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %s", resp.Status)
	}
	if !json.Valid(body) {
		return nil, errors.New("answer is not JSON")
	}
	return body, nil
}
