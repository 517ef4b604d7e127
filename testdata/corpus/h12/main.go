package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func attempt(call func(string) error, path string) error {
	var err error
	for range 3 {
		if err = call(path); err == nil {
			return nil
		}
	}
	return err
}

func refresh(c *client) error {
	list := c.get
	if err := list("/licenses"); err != nil {
		return err
	}
	return list("/locations")
}

func rotate(c *client, ids ...string) error {
	for _, id := range ids {
		if err := attempt(c.post, "/licenses/"+id+"/regenerate-key"); err != nil {
			return err
		}
		if err := attempt(c.post, "/licenses/"+id+"/whitelist-ip"); err != nil {
			return err
		}
		if err := attempt(c.get, "/licenses/"+id); err != nil {
			return err
		}
	}
	return nil
}

func verify(c *client) error {
	check := (*client).get
	if err := (*client).get(c, "/licenses/42/ips"); err != nil {
		return err
	}
	return check(c, "/licenses")
}

func main() {
	c := newClient()
	if err := refresh(c); err != nil {
		log.Fatal(err)
	}
	if err := rotate(c, "42"); err != nil {
		log.Fatal(err)
	}
	if err := verify(c); err != nil {
		log.Fatal(err)
	}
}
