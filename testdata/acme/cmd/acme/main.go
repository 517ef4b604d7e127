// Acme looks after the OrbitFlare licenses of the company.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"

	"acme.example/licensing/config"
	"acme.example/licensing/egress"
	"acme.example/licensing/orbit"
)

const usage = `usage: acme [-base url] command [arguments]

commands:
  licenses             list the licenses of the account
  license ID           show one license
  rotate ID            make a fresh RPC key for a license
  reset ID             go back to the RPC key that a license was issued with
  locations [REGION]   list the points of presence
  ips ID               list the addresses that may use a license
  allow ID IP LOC      allow an address
  deny ID IP           no longer allow an address
  export NAME ID...    print a record of the account
  audit ID             compare a license with the website
  sync                 write a snapshot for the dashboards
  serve ADDR           relay a part of the API to internal services
  probe                check that the API can be reached
  replay               make every outgoing call once, in a fixed order

The key is read from ORBIT_KEY. To see what the API itself says:

  curl -H "X-ORBIT-KEY: $ORBIT_KEY" https://api.orbitflare.com/customer/v1/licenses

flags:
`

// errUsage means that the command line is wrong and help has been asked for.
var errUsage = errors.New("wrong arguments; see acme -h")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "acme:", err)
		os.Exit(1)
	}
}

// app is what all commands share.
type app struct {
	cfg   config.Config
	http  *http.Client
	orbit *orbit.Client
	out   io.Writer
	log   io.Writer
}

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	cfg := config.Load(getenv)
	fs := flag.NewFlagSet("acme", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprint(stderr, usage)
		fs.PrintDefaults()
	}
	fs.StringVar(&cfg.BaseURL, "base", cfg.BaseURL, "base `url` of the customer API, if not the public one")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() == 0 {
		return errUsage
	}

	hc, err := egress.NewClient(cfg.Egress)
	if err != nil {
		return err
	}
	opts := []orbit.Option{orbit.WithHTTPClient(hc)}
	if cfg.BaseURL != "" {
		opts = append(opts, orbit.WithBaseURL(cfg.BaseURL))
	}
	a := &app{cfg: cfg, http: hc, orbit: orbit.New(cfg.Key, opts...), out: stdout, log: stderr}
	return a.command(ctx, fs.Arg(0), fs.Args()[1:])
}
