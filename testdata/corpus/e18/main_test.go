package main

import (
	"testing"

	"github.com/h2non/gock"
)

func TestLicenses(t *testing.T) {
	defer gock.Off()
	gock.New("https://api.orbitflare.com").
		Get("/customer/v1/licenses").
		Reply(200).
		BodyString(`{"licenses":[]}`)

	got, err := licenses()
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"licenses":[]}`; got != want {
		t.Errorf("licenses() = %s, want %s", got, want)
	}
	if !gock.IsDone() {
		t.Error("the request was not made")
	}
}

func TestLocations(t *testing.T) {
	defer gock.Off()
	gock.New("https://api.orbitflare.com/customer/v1").
		Get("/locations").
		Reply(200).
		BodyString(`{"locations":[]}`)

	got, err := locations()
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"locations":[]}`; got != want {
		t.Errorf("locations() = %s, want %s", got, want)
	}
}
