package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/solve"
)

// TestWants asks what a part of each program in testdata/wants lacks: section "loaded" lists
// the packages that are in sight, "focus" those that are of interest as a whole, and "wants"
// the answer. With all packages in sight no package or function is wanted that the program has.
func TestWants(t *testing.T) {
	archives, err := filepath.Glob("testdata/wants/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			lists := map[string]string{}
			source := []txtar.File{{Name: "go.mod", Data: []byte("module example.com/app\n\ngo 1.24\n")}}
			for _, f := range ar.Files {
				if filepath.Ext(f.Name) == "" {
					lists[f.Name] = string(f.Data)
				} else {
					source = append(source, f)
				}
			}
			for _, f := range source {
				path := filepath.Join(dir, f.Name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			focus := func(path string) bool { return slices.Contains(strings.Fields(lists["focus"]), path) }
			part, whole := &strings.Builder{}, &strings.Builder{}
			partly, all := newProgram(t), newProgram(t)
			for _, p := range load(t, dir) {
				all.Add(p)
				if slices.Contains(strings.Fields(lists["loaded"]), p.Path) {
					partly.Add(p)
				}
			}
			for _, w := range partly.Wants(focus) {
				fmt.Fprintln(part, wish(w))
			}
			for _, w := range all.Wants(focus) {
				if (w.Kind == WantPackage || w.Kind == WantFunction) && strings.HasPrefix(w.Package, "example.com/") {
					fmt.Fprintln(whole, wish(w))
				}
			}
			if whole.Len() > 0 {
				t.Errorf("the whole program wants packages that it has:\n%s", whole)
			}
			if *update {
				ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "wants" })
				ar.Files = append(ar.Files, txtar.File{Name: "wants", Data: []byte(part.String())})
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if d := cmp.Diff(lists["wants"], part.String()); d != "" {
				t.Errorf("wants (-want +got); go test -update rewrites the archive:\n%s", d)
			}
		})
	}
}

func newProgram(t *testing.T) *Program {
	t.Helper()
	p, err := NewProgram(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wish says a want in words.
func wish(w Want) string {
	form := map[solve.WantKind]string{
		WantFunction:       "function %s of %s",
		WantObject:         "who mentions %s of %s",
		WantComposite:      "who writes literals of type %s of %s",
		WantEmbedding:      "who embeds %s of %s",
		WantMember:         "who mentions field %s of %s",
		WantMethod:         "who calls method %s of %s",
		WantImplementation: "who declares a method %s",
		WantChannel:        "who has %q",
		WantSetting:        "who spells %q",
		WantRequests:       "who makes requests%s",
	}[w.Kind]
	switch {
	case w.Kind == WantPackage:
		return "package " + w.Package
	case w.Kind == WantAnswers:
		return "what answers requests in " + w.Package
	case w.Kind == WantRendering:
		return "who renders a template with a type of " + w.Package
	case w.Package == "":
		return fmt.Sprintf(form, w.Name)
	case w.Methods != "":
		return fmt.Sprintf(form, w.Name, w.Package) + ", a type with " + w.Methods
	}
	return fmt.Sprintf(form, w.Name, w.Package)
}
