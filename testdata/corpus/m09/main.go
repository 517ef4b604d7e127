package main

import (
	"expvar"
	"fmt"
	"log"
	"net/http"
	"time"

	_ "example.com/corpus/internal/recorder"
)

const endpoint = "https://api.orbitflare.com/customer/v1"

var (
	calls   = expvar.NewMap("orbit_calls")
	latency = expvar.NewMap("orbit_latency_ms")
)

func observe(op string, start time.Time) {
	calls.Add(op, 1)
	latency.AddFloat(op, float64(time.Since(start).Milliseconds()))
}

func listIPs(license int) error {
	const opPath = "/licenses/%d/ips"
	defer observe(opPath, time.Now())
	resp, err := http.Get(fmt.Sprintf(endpoint+opPath, license))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func resetKey(license int) error {
	const opPath = "/licenses/%d/reset-key"
	defer observe(opPath, time.Now())
	path := fmt.Sprintf(opPath, license)
	resp, err := http.Post(endpoint+path, "application/json", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	if err := listIPs(42); err != nil {
		log.Fatal(err)
	}
	if err := resetKey(42); err != nil {
		log.Fatal(err)
	}
}
