package fixer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestInterlock stops an interlock before, while and after a plan is written.
func TestInterlock(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var lock Interlock
	for _, name := range []string{"a", "b"} {
		f, err := lock.create(root, name)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	// While files are replaced, Stop waits.
	stopped := make(chan struct{})
	if err := lock.replace(func() {
		go func() {
			lock.Stop()
			close(stopped)
		}()
		if err := lock.rename(root, "a", "done"); err != nil {
			t.Error(err)
		}
		select {
		case <-stopped:
			t.Error("Stop has not waited")
		default:
		}
	}); err != nil {
		t.Error(err)
	}
	<-stopped
	if names, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(names) != 1 || filepath.Base(names[0]) != "done" {
		t.Errorf("%v are left, %v", names, err)
	}
	if _, err := lock.create(root, "c"); !errors.Is(err, context.Canceled) {
		t.Errorf("a file is made after Stop: %v", err)
	}
	if err := lock.replace(func() { t.Error("files are replaced after Stop") }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}

	file := filepath.Join(dir, "a.go")
	if err := os.WriteFile(file, []byte("package a\n\nvar x = \"v1\"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	plan, err := NewPlan([]Group{{Changes: []Change{{File: file, Start: 20, End: 22, Old: "v1", New: "v2"}}}}, Options{Root: dir, Interlock: &lock})
	if err != nil {
		t.Fatal(err)
	}
	if o := plan.Outcomes(); o[0].Status != Applied {
		t.Fatalf("planned: %+v", o)
	}
	if o, err := plan.Write(t.Context()); err == nil || o[0].Code != "cancelled" {
		t.Errorf("written after Stop: %+v, %v", o, err)
	}
	if names, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(names) > 0 {
		t.Errorf("%v are left, %v", names, err)
	}
}
