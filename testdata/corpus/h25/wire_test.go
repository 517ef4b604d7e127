package main

import (
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
	"testing"
)

const locationsDump = `GET /customer/v1/locations HTTP/1.1
Host: api.orbitflare.com
User-Agent: edgectl/1.4
X-Orbit-Key: test
Accept-Encoding: gzip

`

const addIPDump = `POST /customer/v1/licenses/42/ips HTTP/1.1
Host: api.orbitflare.com
User-Agent: edgectl/1.4
Content-Length: 26
X-Orbit-Key: test
Accept-Encoding: gzip

{"ip_address":"192.0.2.7"}`

type dumper struct{ wire string }

func (d *dumper) RoundTrip(req *http.Request) (*http.Response, error) {
	b, err := httputil.DumpRequestOut(req, true)
	if err != nil {
		return nil, err
	}
	d.wire += strings.ReplaceAll(string(b), "\r\n", "\n")
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader("{}")), Request: req}, nil
}

func TestWireFormat(t *testing.T) {
	tests := []struct {
		name string
		call func(*Client) error
		want string
	}{
		{"locations", func(c *Client) error { _, err := c.Locations(); return err }, locationsDump},
		{"add ip", func(c *Client) error { _, err := c.AddIP("42", "192.0.2.7"); return err }, addIPDump},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var d dumper
			if err := tt.call(&Client{HTTP: &http.Client{Transport: &d}, Key: "test"}); err != nil {
				t.Fatal(err)
			}
			if d.wire != tt.want {
				t.Errorf("request on the wire:\n%s\nwant:\n%s", d.wire, tt.want)
			}
		})
	}
}
