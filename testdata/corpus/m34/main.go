// Command nightly refreshes the three reports that are due every night.
package main

import (
	"cmp"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func getenv(key, fallback string) string {
	if v, ok := os.LookupEnv(key); ok {
		return v
	}
	return fallback
}

func get(target string) error {
	resp, err := http.Get(target)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", target, resp.Status)
	}
	return nil
}

func reportLocations() error {
	return get(getenv("REPORT_ORBIT_URL", "https://api.orbitflare.com/customer/v1") + "/locations")
}

func reportLicenses() error {
	v := os.Getenv("REPORT_LICENSES_URL")
	if v == "" {
		v = "https://api.orbitflare.com/customer/v1"
	}
	return get(v + "/licenses?status=active")
}

func reportAddresses(license string) error {
	base := cmp.Or(os.Getenv("REPORT_ADDRESSES_URL"), os.Getenv("REPORT_FALLBACK_URL"), "https://api.orbitflare.com/customer/v1/")
	return get(fmt.Sprintf("%slicenses/%s/ips", base, license))
}

func main() {
	for _, report := range []func() error{
		reportLocations,
		reportLicenses,
		func() error { return reportAddresses("42") },
	} {
		if err := report(); err != nil {
			log.Fatal(err)
		}
	}
}
