package inventory

import (
	"fmt"
	"io"
	"net/http"
)

const base = "https://api.orbitflare.com/customer/v1"

type Client struct{ key string }

func New(key string) *Client { return &Client{key: key} }

func (c *Client) Fetch(url string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-ORBIT-KEY", c.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

func (c *Client) Licenses() ([]byte, error) { return c.Fetch(base + "/licenses") }

func (c *Client) Agent() ([]byte, error) { return c.Fetch(agentURL) }
