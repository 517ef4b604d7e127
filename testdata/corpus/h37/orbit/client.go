package orbit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"example.com/corpus/h37/routes"
)

const DefaultHost = "https://api.orbitflare.com"

type Client struct {
	Host string
	Key  string
}

func (c *Client) call(method, route string, params ...string) (string, error) {
	path := strings.NewReplacer(params...).Replace(route)
	req, err := http.NewRequest(method, c.Host+path, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("X-ORBIT-KEY", c.Key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	var body struct{ Kind string }
	err = json.NewDecoder(resp.Body).Decode(&body)
	return body.Kind, err
}

func (c *Client) Licenses() (string, error)  { return c.call(http.MethodGet, routes.Licenses) }
func (c *Client) Locations() (string, error) { return c.call(http.MethodGet, routes.Locations) }

func (c *Client) License(id string) (string, error) {
	return c.call(http.MethodGet, routes.License, "{id}", url.PathEscape(id))
}

func (c *Client) ResetKey(id string) (string, error) {
	return c.call(http.MethodPost, routes.ResetKey, "{id}", url.PathEscape(id))
}
