package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

type apiRequest struct {
	Method string
	Path   string
	Body   string
}

type call struct {
	verb, path string
	retry      bool
}

type sender struct {
	baseURL string
	key     string
}

func (s *sender) send(r apiRequest) (string, error) {
	var body io.Reader
	if r.Body != "" {
		body = strings.NewReader(r.Body)
	}
	req, err := http.NewRequest(r.Method, s.baseURL+r.Path, body)
	if err != nil {
		return "", fmt.Errorf("build request: %w", err)
	}
	req.Header.Set("X-ORBIT-KEY", s.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

func (s *sender) do(c *call) (string, error) {
	out, err := s.send(apiRequest{Method: c.verb, Path: c.path})
	if err != nil && c.retry {
		return s.send(apiRequest{Method: c.verb, Path: c.path})
	}
	return out, err
}
