package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/valyala/fasthttp"
)

type sharedTransport struct{}

func (sharedTransport) RoundTrip(_ *fasthttp.HostClient, req *fasthttp.Request, resp *fasthttp.Response) (bool, error) {
	u, err := url.Parse(string(req.URI().FullURI()))
	if err != nil {
		return false, err
	}
	out := &http.Request{Method: string(req.Header.Method()), URL: u, Header: http.Header{}}
	out.Body = io.NopCloser(bytes.NewReader(req.Body()))
	in, err := http.DefaultTransport.RoundTrip(out)
	if err != nil {
		return false, err
	}
	defer in.Body.Close()
	resp.SetStatusCode(in.StatusCode)
	body, err := io.ReadAll(in.Body)
	resp.SetBody(body)
	return false, err
}

func viaFast(id, ip string) error {
	fc := &fasthttp.Client{Transport: sharedTransport{}}

	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s/ips/%s", id, ip))
	req.Header.SetMethod(fasthttp.MethodDelete)
	if err := fc.Do(req, resp); err != nil {
		return err
	}
	status, _, err := fc.Get(nil, "https://orbitflare.com/api/customer/v1/locations")
	if err == nil && status != fasthttp.StatusOK {
		err = fmt.Errorf("locations: status %d", status)
	}
	return err
}
