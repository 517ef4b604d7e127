package main

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/jarcoal/httpmock"
)

func TestMock(t *testing.T) {
	hc := &http.Client{}
	httpmock.ActivateNonDefault(hc)
	defer httpmock.DeactivateAndReset()

	empty := httpmock.NewStringResponder(http.StatusOK, `{}`)
	httpmock.RegisterResponder("GET", `=~^https://api\.orbitflare\.com/customer/v1/locations\z`, empty)
	httpmock.RegisterRegexpResponder("GET", regexp.MustCompile(`/customer/v1/licenses/\d+$`), empty)

	c := NewClient(hc)
	if err := c.Regions(); err != nil {
		t.Error(err)
	}
	if err := c.License(42); err != nil {
		t.Error(err)
	}
	if n := httpmock.GetTotalCallCount(); n != 2 {
		t.Errorf("%d calls", n)
	}
}
