package main

import (
	"os"

	"github.com/alecthomas/kong"
	"github.com/urfave/cli/v2"
)

type flags struct {
	API     string `name:"api" help:"Base of the licensing API." default:"https://api.orbitflare.com/customer/v1"`
	License string `arg:"" optional:"" default:"42"`
}

func fromFlags() error {
	var f flags
	parser, err := kong.New(&f)
	if err != nil {
		return err
	}
	if _, err := parser.Parse(os.Args[1:]); err != nil {
		return err
	}
	return ping(f.API, "licenses", f.License)
}

func fromApp() error {
	app := &cli.App{
		Name: "gateway",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "orbit", Value: "https://api.orbitflare.com/customer/v1", EnvVars: []string{"GATEWAY_ORBIT"}},
		},
		Action: func(c *cli.Context) error {
			return ping(c.String("orbit"), "licenses", "42", "ips")
		},
	}
	return app.Run(os.Args)
}
