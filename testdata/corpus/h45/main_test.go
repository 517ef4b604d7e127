package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

type replay []string

func (r replay) RoundTrip(req *http.Request) (*http.Response, error) {
	if !slices.Contains(r, req.Method+" "+req.URL.String()) {
		return nil, http.ErrNotSupported
	}
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: req}, nil
}

func TestRegions(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "replay.json"))
	if err != nil {
		t.Fatal(err)
	}
	var known replay
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	before := http.DefaultTransport
	defer func() { http.DefaultTransport = before }()
	http.DefaultTransport = known
	if _, err := regions(); err != nil {
		t.Error(err)
	}
}
