package legacy

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestRegions(t *testing.T) {
	hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK,
			Body:       io.NopCloser(strings.NewReader(`{"locations":[{"region":"us"},{"region":"eu"},{"region":"us"}]}`)),
		}, nil
	})}

	got, err := Regions(context.Background(), hc, "k")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"eu", "us"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
