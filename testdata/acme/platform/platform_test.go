package platform

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestHeadroom(t *testing.T) {
	answers := []string{
		`{"license":{"id":"lic_1","location":"fra1","requests":40}}`,
		`{"locations":[{"id":"nyc1","capacity":10},{"id":"fra1","capacity":100}]}`,
	}
	hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		if len(answers) == 0 {
			t.Fatal("more requests than answers")
		}
		body := answers[0]
		answers = answers[1:]
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
	})}

	got, err := Headroom(context.Background(), New(hc, "k"), "lic_1")
	if err != nil {
		t.Fatal(err)
	}
	if got != 60 {
		t.Errorf("headroom = %d, want 60", got)
	}
}
