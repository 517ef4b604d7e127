package orbit

import (
	"net/http"
	"strings"
	"time"
)

type options struct {
	baseURL string
	agent   string
	timeout time.Duration
}

func defaultOptions() options {
	return options{
		baseURL: "https://orbitflare.com/api/customer/v1",
		agent:   "orbit-go",
		timeout: 30 * time.Second,
	}
}

// Option changes one setting of a client.
type Option func(*options)

// WithBaseURL makes the client talk to u. A slash at the end is ignored.
func WithBaseURL(u string) Option {
	return func(o *options) { o.baseURL = strings.TrimRight(u, "/") }
}

// WithUserAgent sets the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(o *options) { o.agent = agent }
}

// Client is safe for concurrent use.
type Client struct {
	opts options
	http http.Client
}

// NewClient applies opts on top of the defaults.
func NewClient(opts ...Option) *Client {
	o := defaultOptions()
	for _, opt := range opts {
		opt(&o)
	}
	return &Client{opts: o, http: http.Client{Timeout: o.timeout}}
}
