package main

import (
	"net/http/httptest"
	"testing"
)

func TestCopy(t *testing.T) {
	srv := httptest.NewServer(routes())
	defer srv.Close()
	c := catalogue{base: srv.URL + "/customer/v1", hc: srv.Client()}
	got, err := c.read("42")
	if err != nil {
		t.Fatal(err)
	}
	if want := `["fra1","ams2"]` + "\n" + `{"id":"42"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
