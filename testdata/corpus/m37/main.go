// Command terraform-provider-orbit reads every data source once, as a check of the credentials.
package main

import (
	"context"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
)

func check(ctx context.Context, p *schema.Provider, config map[string]any) diag.Diagnostics {
	diags := p.Configure(ctx, terraform.NewResourceConfigRaw(config))
	if diags.HasError() {
		return diags
	}
	sites := p.DataSourcesMap["orbit_locations"]
	diags = sites.ReadContext(ctx, sites.Data(nil), p.Meta())
	license := p.DataSourcesMap["orbit_license"]
	data := license.Data(&terraform.InstanceState{Attributes: map[string]string{"license": "42"}})
	return append(diags, license.ReadContext(ctx, data, p.Meta())...)
}

func main() {
	if diags := check(context.Background(), Provider(http.DefaultClient), nil); diags.HasError() {
		log.Fatal(diags)
	}
}
