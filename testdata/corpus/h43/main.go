package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const (
	locations = "locations"
	licenses  = "licenses"
)

func selectAll(table string, columns ...string) string {
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + table + " ORDER BY id"
}

type store struct {
	queries []string
	rows    map[string][]json.RawMessage
}

func (s *store) refresh(resource string, columns ...string) error {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/" + resource)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var envelope map[string]json.RawMessage
	if err := json.Unmarshal(body, &envelope); err != nil {
		return fmt.Errorf("%s: %w", resource, err)
	}
	var items []json.RawMessage
	if raw, ok := envelope[resource]; ok {
		if err := json.Unmarshal(raw, &items); err != nil {
			return fmt.Errorf("%s: %w", resource, err)
		}
	}
	s.rows[resource] = items
	s.queries = append(s.queries, selectAll(resource, columns...))
	return nil
}

func main() {
	s := &store{rows: make(map[string][]json.RawMessage)}
	err := s.refresh(locations, "id", "name")
	if err == nil {
		err = s.refresh(licenses, "id", "location_id")
	}
	if err == nil && s.queries[0] != selectAll("locations", "id", "name") {
		err = fmt.Errorf("unexpected query %q", s.queries[0])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
