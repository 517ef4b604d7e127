package main

import (
	"errors"
	"testing"
)

type codes map[string]int

func (c codes) read(path string) (int, error) {
	if code, ok := c[path]; ok {
		return code, nil
	}
	return 0, errors.New(path)
}

func TestRegions(t *testing.T) {
	if got, err := regions(codes{"/locations": 200}); got != 200 || err != nil {
		t.Error(got, err)
	}
}
