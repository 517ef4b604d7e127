package endpoint

import (
	"strings"
	"testing"
)

// TestDefault checks the built-in table against the sources: what they count must be there.
func TestDefault(t *testing.T) {
	tab, err := Parse("table.yaml", tableYAML)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, r := range tab.Rules() {
		kind := "mapped"
		if r.Old == "" {
			kind = "added"
		}
		counts[kind+" "+r.Source]++
		if len(r.Examples) == 0 {
			t.Errorf("%s has no example", r.ID)
		}
		for _, e := range r.Examples {
			if got := tab.Match(e.Method, e.In); Apply(e.In, got.Edits) != e.Out && e.Out != "" {
				t.Errorf("%s: %s became %s", r.ID, e.In, Apply(e.In, got.Edits))
			}
		}
	}
	for kind, want := range map[string]int{"mapped guide": 8, "mapped reference": 1, "added guide": 14} {
		if counts[kind] != want {
			t.Errorf("%d rows are %s, want %d", counts[kind], kind, want)
		}
	}
	var bases []string
	for _, b := range tab.Bases() {
		bases = append(bases, b.Host+b.Old)
	}
	if got, want := strings.Join(bases, " "), "api.orbitflare.com/customer/v1 orbitflare.com/api/customer/v1 api.orbitflare.com/v1"; got != want {
		t.Errorf("bases are %s, want %s", got, want)
	}
	if h := tab.KeepHeaders(); len(h) != 1 || h[0] != "X-ORBIT-KEY" {
		t.Errorf("kept headers are %q", h)
	}
}
