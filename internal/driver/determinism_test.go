package driver

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestDeterminism wants the same bytes however often the command runs, in whatever order the
// packages are named, on however many cores, and wherever the types of imports come from.
func TestDeterminism(t *testing.T) {
	isolated(t)
	t.Run("acme", func(t *testing.T) { deterministic(t, copySample(t), 1) })
	t.Run("variables", func(t *testing.T) {
		ar, err := txtar.ParseFile("testdata/demand/variables.txtar")
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "app")
		unpack(t, ar, dir)
		deterministic(t, dir, 3)
	})
}

func deterministic(t *testing.T, dir string, rounds int) {
	if testing.Short() {
		rounds = 1
	}
	run := func(t *testing.T, patterns []string) []string {
		t.Helper()
		text := orbitmigrate(t, exitLeft, append([]string{"-C", dir}, patterns...)...)
		json := orbitmigrate(t, exitClean, append([]string{"-C", dir, "-json"}, patterns...)...)
		return []string{text.stdout, text.stderr, json.stdout, json.stderr}
	}
	all := []string{"./..."}
	want := run(t, all)
	if want[0] == "" || want[2] == "" {
		t.Fatal("there is no output")
	}
	var single []string
	each(t, dir, func(path string, _ os.FileInfo) error {
		rel, err := filepath.Rel(dir, filepath.Dir(path))
		if pattern := "./" + filepath.ToSlash(rel); err == nil && filepath.Ext(path) == ".go" && !slices.Contains(single, pattern) {
			single = append(single, pattern)
		}
		return err
	})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range rounds {
		runtime.GOMAXPROCS([]int{1, 2, 8}[i%3])
		same(t, "run again", want, run(t, all))
		random.Shuffle(len(single), func(i, j int) { single[i], single[j] = single[j], single[i] })
		same(t, "packages in another order", want, run(t, single))
	}
	// With an empty build cache there is no export data.
	t.Setenv("GOCACHE", t.TempDir())
	same(t, "types from source", want, run(t, all))
}
