package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/resource"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

const configLocations = `
provider "orbit" {
  base_url = "https://api.orbitflare.com/customer/v1"
}

data "orbit_locations" "all" {}

output "locations" {
  value = data.orbit_locations.all.id
}
`

func TestAccLocations(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ProviderFactories: map[string]func() (*schema.Provider, error){
			"orbit": func() (*schema.Provider, error) { return Provider(http.DefaultClient), nil },
		},
		Steps: []resource.TestStep{{Config: configLocations}},
	})
}

func TestProvider(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/locations", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("GET /customer/v1/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		if id := r.PathValue("id"); id != "42" {
			t.Errorf("license %q was read", id)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	config := map[string]any{"base_url": srv.URL + "/customer/v1"}
	if diags := check(t.Context(), Provider(srv.Client()), config); diags.HasError() {
		t.Error(diags)
	}
}
