package gateway

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const DefaultBase = "https://api.orbitflare.com/customer/v1"

type Client struct {
	Base string
	Key  string
}

func NewClient(key string) *Client { return &Client{Base: DefaultBase, Key: key} }

func (c *Client) call(method, path string, body io.Reader) (string, error) {
	req, err := http.NewRequest(method, c.Base+path, body)
	if err != nil {
		return "", err
	}
	if c.Key != "" {
		req.Header.Set("X-ORBIT-KEY", c.Key)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return resp.Header.Get("X-Timeout"), nil
}

func (c *Client) Licenses() (string, error) { return c.call(http.MethodGet, "/licenses", nil) }

func (c *Client) Locations() (string, error) { return c.call(http.MethodGet, "/locations", nil) }

func (c *Client) IPs(id string) (string, error) {
	return c.call(http.MethodGet, "/licenses/"+url.PathEscape(id)+"/ips", nil)
}

func (c *Client) ResetKey(id, note string) (string, error) {
	return c.call(http.MethodPost, "/licenses/"+url.PathEscape(id)+"/reset-key", strings.NewReader(note))
}
