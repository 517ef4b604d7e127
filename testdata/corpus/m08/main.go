package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"example.com/corpus/m08/internal/constants"
)

func licenseURL(id string) string {
	return constants.APIHost + fmt.Sprintf("/customer/%s%s/%s", constants.V1, constants.LicensePath, id)
}

func locationsURL() string {
	return fmt.Sprintf("%s/customer/%s%s", constants.APIHost, constants.V1, constants.LocationPath)
}

func fetch(method, url string) error {
	req, err := http.NewRequest(method, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	return resp.Body.Close()
}

func main() {
	for _, step := range []struct{ method, url string }{
		{http.MethodGet, constants.LicenseURL},
		{http.MethodGet, licenseURL("lic_1001")},
		{http.MethodPost, licenseURL("lic_1001") + "/reset-key"},
		{http.MethodGet, locationsURL()},
	} {
		if err := fetch(step.method, step.url); err != nil {
			log.Fatal(err)
		}
	}
}
