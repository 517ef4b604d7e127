package sample

import (
	"fmt"
	"testing"
)

func taken(n int) (names []string) {
	for i := range 1000 {
		if name := fmt.Sprint("program", i); Takes(name, n) {
			names = append(names, name)
		}
	}
	return names
}

func TestTakes(t *testing.T) {
	t.Setenv("ORBITMIGRATE_TESTS", "")
	t.Setenv("ORBITMIGRATE_SEED", "one")
	first, again := taken(5), taken(5)
	if fmt.Sprint(first) != fmt.Sprint(again) {
		t.Error("the same seed takes another sample")
	}
	if len(first) < 150 || len(first) > 250 {
		t.Errorf("one in 5 of 1000 are %d", len(first))
	}
	t.Setenv("ORBITMIGRATE_SEED", "two")
	if fmt.Sprint(first) == fmt.Sprint(taken(5)) {
		t.Error("another seed takes the same sample")
	}
	t.Setenv("ORBITMIGRATE_TESTS", "all")
	if n := len(taken(5)); n != 1000 {
		t.Errorf("all of 1000 are %d", n)
	}
}
