package main

import (
	"cmp"

	"github.com/go-viper/mapstructure/v2"
)

type section struct {
	BaseURL string `mapstructure:"base_url"`
	Region  string `mapstructure:"region"`
}

func fromFile() error {
	settings := map[string]any{
		"base_url": "https://api.orbitflare.com/customer/v1",
		"region":   "eu",
	}
	var s section
	if err := mapstructure.Decode(settings, &s); err != nil {
		return err
	}
	return ping(s.BaseURL, "locations?region="+cmp.Or(s.Region, "any"))
}
