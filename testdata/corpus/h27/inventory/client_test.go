package inventory_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/corpus/h27/inventory"
)

type stub map[string]string

func (s stub) RoundTrip(req *http.Request) (*http.Response, error) {
	body, ok := s[req.URL.String()]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
}

func TestLicenses(t *testing.T) {
	saved := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = saved })
	http.DefaultTransport = stub{"https://api.orbitflare.com/customer/v1/licenses": `{"licenses":[]}`}

	got, err := inventory.New("test").Licenses()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != `{"licenses":[]}` {
		t.Errorf("Licenses() = %s", got)
	}
}
