//go:build integration

package inventory

import (
	"os"
	"testing"
)

func TestLiveLocations(t *testing.T) {
	key := os.Getenv("ORBIT_KEY")
	if key == "" {
		t.Skip("ORBIT_KEY is not set")
	}
	if _, err := New(key).Fetch(base + "/locations"); err != nil {
		t.Fatal(err)
	}
}
