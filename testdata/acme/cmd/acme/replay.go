package main

import (
	"context"
	"errors"
	"fmt"

	"acme.example/licensing/audit"
	"acme.example/licensing/billing"
	"acme.example/licensing/inventory"
	"acme.example/licensing/legacy"
	"acme.example/licensing/orbit"
	"acme.example/licensing/partner"
	"acme.example/licensing/platform"
	"acme.example/licensing/preview"
	"acme.example/licensing/rpc"
	"acme.example/licensing/syncjob"
)

// Fixed arguments, so that two recordings can be compared line by line.
const (
	replayLicense = "lic_1001"
	replayIP      = "203.0.113.7"
)

// replay makes every outgoing call of the program once. It goes on after a
// failure, so that the recording is complete whatever the answers are.
func (a *app) replay(ctx context.Context) error {
	ip := orbit.IP{Address: replayIP, LocationID: "fra1"}
	auditor := audit.New(a.http, a.cfg.Key)

	steps := []struct {
		name string
		call func() error
	}{
		{"list licenses", func() error {
			_, err := a.orbit.ListLicenses(ctx, nil)
			return err
		}},
		{"list licenses, second page", func() error {
			_, err := a.orbit.ListLicenses(ctx, &orbit.ListOptions{Page: 2, PerPage: 50})
			return err
		}},
		{"get license", func() error {
			_, err := a.orbit.License(ctx, replayLicense)
			return err
		}},
		{"reset key", func() error {
			_, err := a.orbit.ResetKey(ctx, replayLicense)
			return err
		}},
		{"regenerate key", func() error {
			_, err := a.orbit.RegenerateKey(ctx, replayLicense)
			return err
		}},
		{"list locations", func() error {
			_, err := a.orbit.Locations(ctx)
			return err
		}},
		{"list locations of a region", func() error {
			_, err := a.orbit.LocationsIn(ctx, "eu")
			return err
		}},
		{"list addresses", func() error {
			_, err := a.orbit.IPs(ctx, replayLicense)
			return err
		}},
		{"add address", func() error { return a.orbit.AddIP(ctx, replayLicense, ip) }},
		{"delete address", func() error { return a.orbit.DeleteIP(ctx, replayLicense, replayIP) }},
		{"whitelist address", func() error { return a.orbit.WhitelistIP(ctx, replayLicense, ip) }},
		{"audit fields", func() error {
			_, err := auditor.Fields(ctx, replayLicense)
			return err
		}},
		{"audit website", func() error {
			_, err := auditor.WebsiteIPs(ctx, replayLicense)
			return err
		}},
		{"export", func() error {
			_, err := inventory.New(a.http, a.cfg.Key).Export(ctx, "replay", replayLicense)
			return err
		}},
		{"sync", func() error {
			_, err := syncjob.New(a.http, a.cfg.Key).Run(ctx)
			return err
		}},
		{"set plan", func() error {
			return billing.SetPlan(ctx, a.http, a.cfg.Key, billing.Plan{Name: "scale", Seats: 5})
		}},
		{"regions", func() error {
			_, err := legacy.Regions(ctx, a.http, a.cfg.Key)
			return err
		}},
		{"headroom", func() error {
			_, err := platform.Headroom(ctx, platform.New(a.http, a.cfg.Key), replayLicense)
			return err
		}},
		{"probe", func() error { return a.probe(ctx) }},
		{"partner", func() error {
			_, err := partner.Licenses(ctx, a.http)
			return err
		}},
		{"preview", func() error {
			_, err := preview.PlanNames(ctx, a.http, a.cfg.Key)
			return err
		}},
		{"rpc", func() error {
			_, err := rpc.Slot(ctx, a.http, a.cfg.RPCKey)
			return err
		}},
	}

	var errs []error
	for _, step := range steps {
		if err := step.call(); err != nil {
			fmt.Fprintf(a.out, "%s: failed\n", step.name)
			errs = append(errs, fmt.Errorf("replay: %s: %w", step.name, err))
			continue
		}
		fmt.Fprintf(a.out, "%s: ok\n", step.name)
	}
	return errors.Join(errs...)
}
