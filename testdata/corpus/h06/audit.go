package main

const siteBase = "https://orbitflare.com/api/customer/v1"

var audited = []string{
	"/licenses",
	"/billing",
}

func audit() error {
	for i := range audited {
		if err := get(siteBase + audited[i]); err != nil {
			return err
		}
	}
	return nil
}
