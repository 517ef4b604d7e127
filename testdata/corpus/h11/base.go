package main

var base string

func init() {
	base = "https://api.orbitflare.com/customer/v1"
}

func licenses() error {
	return get(base + "/licenses")
}

func regions() error {
	return get(base + "/locations")
}
