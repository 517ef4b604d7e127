package main

import (
	"net/http"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/kelseyhightower/envconfig"
)

type upstream struct {
	URL     string        `env:"ORBIT_UPSTREAM_URL" envDefault:"https://api.orbitflare.com/customer/v1"`
	Timeout time.Duration `env:"ORBIT_UPSTREAM_TIMEOUT" envDefault:"5s"`
}

func fromEnv() error {
	cfg, err := env.ParseAs[upstream]()
	if err != nil {
		return err
	}
	hc := &http.Client{Timeout: cfg.Timeout}
	resp, err := hc.Get(cfg.URL + "/locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type service struct {
	Licensing struct {
		Base string `default:"https://api.orbitflare.com/customer/v1/" split_words:"true"`
	}
	Port int `default:"8080"`
}

func fromEnvconfig() error {
	var s service
	if err := envconfig.Process("gateway", &s); err != nil {
		return err
	}
	return ping(s.Licensing.Base, "licenses")
}
