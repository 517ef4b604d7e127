package main

import (
	"strings"

	"github.com/spf13/viper"
)

const keyBase = "api.base"

func configured() error {
	v := viper.New()
	v.SetEnvPrefix("orbit")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	v.SetDefault(keyBase, "https://api.orbitflare.com/customer/v1")
	v.SetDefault("api.retries", 3)
	return show(v.GetString("api.base") + "/licenses/42/ips")
}
