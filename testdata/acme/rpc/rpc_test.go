package rpc

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestSlot(t *testing.T) {
	hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		if got := req.URL.Query().Get("api_key"); got != "k&k" {
			t.Errorf("api_key = %q", got)
		}
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(`{"result":42}`))}, nil
	})}
	got, err := Slot(context.Background(), hc, "k&k")
	if err != nil || got != 42 {
		t.Errorf("Slot = %d, %v; want 42", got, err)
	}
}

func TestSlotHidesKey(t *testing.T) {
	hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		return nil, errors.New("connection refused")
	})}
	_, err := Slot(context.Background(), hc, "not-for-logs")
	if err == nil || strings.Contains(err.Error(), "not-for-logs") {
		t.Errorf("err = %v, want one without the key", err)
	}
}
