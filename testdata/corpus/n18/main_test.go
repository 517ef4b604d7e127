package main

import "testing"

func TestOldVersionIsRejected(t *testing.T) {
	//orbitmigrate:ignore orbit-locations the test needs a URL that get refuses
	if err := get("https://api.orbitflare.com/customer/v1/locations"); err == nil {
		t.Error("no error for a location of the old version")
	}
	if err := get("https://api.orbitflare.com/customer/v1/licenses"); err == nil { //orbitmigrate:ignore orbit-licenses-list the test needs a URL that get refuses
		t.Error("no error for licenses of the old version")
	}
}

func TestCurrentVersion(t *testing.T) {
	if err := get("https://api.orbitflare.com/customer/v2/licenses/locations"); err != nil {
		t.Error(err)
	}
}
