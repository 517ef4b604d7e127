package main

type (
	segment = string
	link    []byte
)

type target struct {
	path segment
}

const siteAPI = "https://orbitflare.com/api/customer/v1"

func (t target) link() link {
	return link(siteAPI + t.path)
}

func regions() link {
	return target{path: segment(Endpoint("/locations"))}.link()
}

func whitelist(license string) link {
	return target{path: "/licenses/" + segment(license) + "/whitelist-ip"}.link()
}
