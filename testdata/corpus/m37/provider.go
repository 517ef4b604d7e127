package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

type meta struct {
	base string
	hc   *http.Client
}

func (m *meta) read(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, m.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := m.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("reading %s: %s", req.URL, resp.Status)
	}
	return nil
}

// Provider returns the provider, which sends its requests through hc.
func Provider(hc *http.Client) *schema.Provider {
	return &schema.Provider{
		Schema: map[string]*schema.Schema{
			"base_url": {
				Type:        schema.TypeString,
				Optional:    true,
				DefaultFunc: schema.EnvDefaultFunc("ORBIT_PROVIDER_URL", "https://api.orbitflare.com/customer/v1"),
				Description: "Base of the licensing API.",
			},
		},
		DataSourcesMap: map[string]*schema.Resource{
			"orbit_locations": {ReadContext: readLocations},
			"orbit_license": {
				Schema:      map[string]*schema.Schema{"license": {Type: schema.TypeString, Required: true}},
				ReadContext: readLicense,
			},
		},
		ConfigureContextFunc: func(ctx context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
			base := d.Get("base_url").(string)
			return &meta{base: strings.TrimSuffix(base, "/"), hc: hc}, nil
		},
	}
}

func readLocations(ctx context.Context, d *schema.ResourceData, m any) diag.Diagnostics {
	d.SetId("locations")
	return diag.FromErr(m.(*meta).read(ctx, "/locations"))
}

func readLicense(ctx context.Context, d *schema.ResourceData, m any) diag.Diagnostics {
	id := d.Get("license").(string)
	d.SetId(id)
	return diag.FromErr(m.(*meta).read(ctx, "/licenses/"+id))
}
