package main

import (
	"net/http/httptest"
	"testing"
)

func TestCopy(t *testing.T) {
	srv := httptest.NewServer(routes())
	defer srv.Close()
	c := catalogue{base: srv.URL + "/customer/v1", hc: srv.Client()}
	if err := c.read("42"); err != nil {
		t.Error(err)
	}
}
