package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"acme.example/licensing/audit"
	"acme.example/licensing/config"
	"acme.example/licensing/inventory"
	"acme.example/licensing/orbit"
	"acme.example/licensing/server"
	"acme.example/licensing/syncjob"
)

// command runs one subcommand.
func (a *app) command(ctx context.Context, name string, args []string) error {
	switch {
	case name == "licenses" && len(args) == 0:
		licenses, err := a.orbit.ListLicenses(ctx, nil)
		return a.print(licenses, err)
	case name == "license" && len(args) == 1:
		license, err := a.orbit.License(ctx, args[0])
		return a.print(license, err)
	case name == "rotate" && len(args) == 1:
		key, err := a.orbit.RegenerateKey(ctx, args[0])
		return a.print(key, err)
	case name == "reset" && len(args) == 1:
		key, err := a.orbit.ResetKey(ctx, args[0])
		return a.print(key, err)
	case name == "locations" && len(args) == 0:
		locations, err := a.orbit.Locations(ctx)
		return a.print(locations, err)
	case name == "locations" && len(args) == 1:
		locations, err := a.orbit.LocationsIn(ctx, args[0])
		return a.print(locations, err)
	case name == "ips" && len(args) == 1:
		ips, err := a.orbit.IPs(ctx, args[0])
		return a.print(ips, err)
	case name == "allow" && len(args) == 3:
		return a.orbit.WhitelistIP(ctx, args[0], orbit.IP{Address: args[1], LocationID: args[2]})
	case name == "deny" && len(args) == 2:
		return a.orbit.DeleteIP(ctx, args[0], args[1])
	case name == "export" && len(args) >= 1:
		rec, err := inventory.New(a.http, a.cfg.Key).Export(ctx, args[0], args[1:]...)
		return a.print(rec, err)
	case name == "audit" && len(args) == 1:
		return a.audit(ctx, args[0])
	case name == "sync" && len(args) == 0:
		return a.sync(ctx)
	case name == "serve" && len(args) == 1:
		return a.serve(ctx, args[0])
	case name == "probe" && len(args) == 0:
		return a.probe(ctx)
	case name == "replay" && len(args) == 0:
		return a.replay(ctx)
	}
	return errUsage
}

func (a *app) print(v any, err error) error {
	if err != nil {
		return err
	}
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// audit reports addresses that the API allows and the website does not show.
func (a *app) audit(ctx context.Context, id string) error {
	auditor := audit.New(a.http, a.cfg.Key)
	fields, err := auditor.Fields(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "fields: %q\n", fields)

	shown, err := auditor.WebsiteIPs(ctx, id)
	if err != nil {
		return err
	}
	allowed, err := a.orbit.IPs(ctx, id)
	if err != nil {
		return err
	}
	for _, ip := range allowed {
		if !slices.Contains(shown, ip.Address) {
			fmt.Fprintf(a.out, "not on the website: %s\n", ip.Address)
		}
	}
	return nil
}

// sync writes the snapshot, as far as it could be taken.
func (a *app) sync(ctx context.Context) error {
	snap, runErr := syncjob.New(a.http, a.cfg.Key).Run(ctx)
	b, err := json.MarshalIndent(snap, "", "  ")
	if err != nil {
		return errors.Join(runErr, err)
	}
	if err := os.MkdirAll(filepath.Dir(a.cfg.State), 0o755); err != nil {
		return errors.Join(runErr, err)
	}
	return errors.Join(runErr, os.WriteFile(a.cfg.State, b, 0o644))
}

func (a *app) serve(ctx context.Context, addr string) error {
	srv := &http.Server{
		Addr:              addr,
		Handler:           server.New(a.orbit, slog.New(slog.NewTextHandler(a.log, nil))).Handler(),
		ReadHeaderTimeout: 5 * time.Second,
	}
	done := make(chan error, 1)
	go func() { done <- srv.ListenAndServe() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return srv.Shutdown(shutdown)
	}
}

// probe asks for something cheap without a key: any answer will do.
func (a *app) probe(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.ProbeURL, nil)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	defer resp.Body.Close()
	fmt.Fprintf(a.out, "%s answers %s\n", req.URL.Host, resp.Status)
	return nil
}
