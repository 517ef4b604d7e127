package orbit_test

import (
	"net/http/httptest"
	"slices"
	"testing"

	"example.com/corpus/h37/fake"
	"example.com/corpus/h37/orbit"
)

func TestClient(t *testing.T) {
	api := fake.New()
	srv := httptest.NewServer(api)
	defer srv.Close()
	c := &orbit.Client{Host: srv.URL, Key: "test"}

	tests := []struct {
		call func() (string, error)
		want string
	}{
		{c.Licenses, "licenses"},
		{c.Locations, "locations"},
		{func() (string, error) { return c.License("42") }, "license 42"},
		{func() (string, error) { return c.ResetKey("42") }, "reset"},
	}
	for _, tt := range tests {
		got, err := tt.call()
		if err != nil {
			t.Errorf("%s: %v", tt.want, err)
		} else if got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
	if want := []string{"42"}; !slices.Equal(api.Resets, want) {
		t.Errorf("resets = %q, want %q", api.Resets, want)
	}
}
