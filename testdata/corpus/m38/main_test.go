package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSource(t *testing.T) {
	for url, want := range map[string]string{
		"https://api.orbitflare.com/customer/v1": "public",
		"http://licensing.internal/api":          "private",
	} {
		if got := (config{URL: url}).source(); got != want {
			t.Errorf("source of %s = %s, want %s", url, got, want)
		}
	}
}

func TestSaveLeavesDefaultOut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.json")
	cfg, err := load(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := cfg.save(file); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"url":"","region":"eu"}`; string(got) != want {
		t.Errorf("saved %s, want %s", got, want)
	}
}
