package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/orbitmigrate/orbitmigrate/internal/hermetic"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"orbitmigrate": main,
	})
}

// TestScripts runs the command as its users do. Besides the usual commands,
// scripts have:
//
//	exits CODE command...   run the command and want this exit code
//	old path...             set back the modification times of all files below
//	untouched path...       want them still set back
func TestScripts(t *testing.T) {
	env := hermetic.Environment(t)
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"old":       func(ts *testscript.TestScript, neg bool, args []string) { eachFile(ts, args, age) },
			"untouched": func(ts *testscript.TestScript, neg bool, args []string) { eachFile(ts, args, aged) },
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

var longAgo = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)

func age(path string, _ fs.FileInfo) error { return os.Chtimes(path, longAgo, longAgo) }

func aged(path string, info fs.FileInfo) error {
	if !info.ModTime().Equal(longAgo) {
		return fmt.Errorf("%s has been written", path)
	}
	return nil
}

func eachFile(ts *testscript.TestScript, roots []string, f func(string, fs.FileInfo) error) {
	for _, root := range roots {
		ts.Check(filepath.WalkDir(ts.MkAbs(root), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			return f(path, info)
		}))
	}
}
