package main

import (
	"fmt"
	"log"
	"maps"
	"net/http"
	"slices"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

func call(op string, args ...any) error {
	e, ok := endpoints[op]
	if !ok {
		return fmt.Errorf("unknown operation %q", op)
	}
	req, err := e.request(base, args...)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return resp.Body.Close()
}

func probe() error {
	for _, name := range slices.Sorted(maps.Keys(probes)) {
		e := probes[name]
		req, err := http.NewRequest(e.method, base+e.path, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return fmt.Errorf("probe %s: %w", name, err)
		}
		if err := resp.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := probe(); err != nil {
		log.Fatal(err)
	}
	for _, err := range []error{
		call(opList),
		call(opLocations),
		call(opReset, "lic_1001"),
		call(opRevoke, "lic_1001", "203.0.113.7"),
	} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
