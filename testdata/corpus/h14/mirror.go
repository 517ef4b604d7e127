package main

import "net/http"

type mirror struct {
	core
	base string
}

func newMirror() *mirror {
	return &mirror{
		core: core{base: "https://orbitflare.com/api/customer/v1", hc: http.DefaultClient},
		base: "https://mirror.acme.example/v1",
	}
}

func (m *mirror) upstream() error {
	return m.do(http.MethodGet, "/locations")
}

func (m *mirror) cached() error {
	return roundTrip(m.hc, http.MethodGet, m.base+"/locations?fresh=1")
}
