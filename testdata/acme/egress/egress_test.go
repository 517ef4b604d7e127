package egress

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestGatewayKeepsPathAndQuery(t *testing.T) {
	var gotURI, gotHost string
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		gotURI, gotHost = r.RequestURI, r.Header.Get(HostHeader)
	}))
	defer gateway.Close()

	hc, err := NewClient(gateway.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := hc.Get("https://upstream.example/things/a%2Fb?n=1")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()

	if want := "/things/a%2Fb?n=1"; gotURI != want {
		t.Errorf("request URI = %q, want %q", gotURI, want)
	}
	if want := "upstream.example"; gotHost != want {
		t.Errorf("%s = %q, want %q", HostHeader, gotHost, want)
	}
}

func TestNewClient(t *testing.T) {
	tests := []struct {
		gateway string
		ok      bool
	}{
		{"", true},
		{"http://127.0.0.1:9000", true},
		{"localhost", false},
		{"/only/a/path", false},
		{"http://[::1", false},
	}
	for _, tt := range tests {
		if _, err := NewClient(tt.gateway); (err == nil) != tt.ok {
			t.Errorf("NewClient(%q): err = %v, want ok = %t", tt.gateway, err, tt.ok)
		}
	}
}
