package driver

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

// TestManual holds the documentation of the command, what -help prints and the
// flags together.
func TestManual(t *testing.T) {
	const file = "../../cmd/orbitmigrate/doc.go"
	want := "/*\n" + manual + "*/\npackage main\n"
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, []byte(want)) {
		t.Errorf("%s differs from manual.txt; run go test -update", file)
	}

	var dir, rules string
	documented := map[string]bool{}
	for line := range strings.Lines(manual) {
		if !strings.HasPrefix(line, "\t-") {
			continue
		}
		names, _, _ := strings.Cut(strings.TrimSpace(line), "  ") // the explanation follows
		for name := range strings.SplitSeq(names, ", ") {
			name, _, _ = strings.Cut(strings.TrimPrefix(name, "-"), " ")
			name, _, _ = strings.Cut(name, "=")
			documented[name] = true
		}
	}
	newFlagSet(&config{}, &dir, &rules).VisitAll(func(f *flag.Flag) {
		if !documented[f.Name] {
			t.Errorf("the manual does not mention -%s", f.Name)
		}
		delete(documented, f.Name)
	})
	for name := range documented {
		t.Errorf("the manual mentions -%s, which is no flag", name)
	}
}
