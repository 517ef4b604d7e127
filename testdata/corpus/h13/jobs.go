package main

import "net/http"

type job struct {
	name string
	run  func(id string) error
}

type scheduler struct {
	post func(path string) error
}

func newScheduler() *scheduler {
	return &scheduler{post: func(path string) error {
		res, err := http.Post(base+path, "application/json", http.NoBody)
		if err != nil {
			return err
		}
		return res.Body.Close()
	}}
}

func (s *scheduler) jobs() []job {
	return []job{
		{"rotate", func(id string) error { return s.post("/licenses/" + id + "/regenerate-key") }},
		{"allow", func(id string) error { return s.post("/licenses/" + id + "/whitelist-ip") }},
		{"inspect", func(id string) error { return get("/licenses/" + id) }},
	}
}
