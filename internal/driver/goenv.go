package driver

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// A goEnv is what the go command says about its surroundings in a directory.
type goEnv struct {
	GO111MODULE, GOARCH, GOFLAGS, GOMOD, GOMODCACHE, GOOS, GOROOT, GOVERSION, GOWORK, CGO_ENABLED string

	uses []string          // directories of the modules of the workspace, if there is one
	ways map[string]string // of these: how the go command gets there, if a link is on the way
	// replaced are the modules that stand in for dependencies of the main ones and may be written to,
	// by directory.
	replaced map[string]string
}

func readGoEnv(ctx context.Context, dir string) (*goEnv, error) {
	if err := modulesReadable(dir); err != nil {
		return nil, err
	}
	cmd := command(ctx, dir, "go", "env", "-json", "GO111MODULE", "GOARCH", "GOFLAGS", "GOMOD", "GOMODCACHE", "GOOS", "GOROOT", "GOVERSION", "GOWORK", "CGO_ENABLED")
	cmd.Env = append(os.Environ(), "PWD="+dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	switch {
	case errors.Is(err, exec.ErrDot):
		return nil, fmt.Errorf("the go command that PATH leads to is in the working directory, and is not run: take . out of PATH")
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("there is no go command in PATH: install Go, or put the directory of its programs into PATH")
	case err != nil:
		better, _ := said(stderr.String())
		return nil, fmt.Errorf("go env in %s: %s", dir, cmp.Or(better, err.Error()))
	}
	env := &goEnv{}
	if err := json.Unmarshal(out, env); err != nil {
		return nil, fmt.Errorf("go env in %s: %w", dir, err)
	}
	if err := env.workspaceReads(); err != nil {
		return nil, err
	}
	env.ways = map[string]string{}
	for _, way := range env.used() {
		if err := moduleReadable(way, "go.mod", "go.sum"); err != nil {
			return nil, err
		}
		dir := workspace.CanonicalDir(way)
		env.uses = append(env.uses, dir)
		if dir != way {
			env.ways[dir] = way
		}
	}
	for _, path := range []*string{&env.GOMOD, &env.GOWORK, &env.GOMODCACHE, &env.GOROOT} {
		if filepath.IsAbs(*path) && *path != os.DevNull {
			*path = workspace.CanonicalFile(*path)
		}
	}
	env.replaced = env.replacements()
	return env, nil
}

// workspaceReads returns an error if there is to be a workspace and its file cannot be read.
func (e *goEnv) workspaceReads() error {
	if !e.inWorkspace() {
		return nil
	}
	data, err := disk.Read(e.GOWORK, disk.MaxModule)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %s; GOWORK names it, or it is above the working directory", e.GOWORK, disk.Reason(err))
	}
	if _, err := modfile.ParseWork(e.GOWORK, data, nil); err != nil {
		return err // it says where
	}
	return nil
}

// replacements reads which requirements directories below the root stand in for.
func (e *goEnv) replacements() map[string]string {
	out := map[string]string{}
	required := map[string]bool{}
	note := func(from string, replace []*modfile.Replace) {
		for _, r := range replace {
			dir := filepath.FromSlash(r.New.Path)
			if r.New.Version != "" || !isPath(r.New.Path) {
				continue // another module, not a directory
			}
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(from, dir)
			}
			if dir = workspace.CanonicalDir(dir); within(e.root(from), dir) && !slices.Contains(e.mains(), dir) {
				out[dir] = r.Old.Path
			}
		}
	}
	for _, main := range e.mains() {
		name := filepath.Join(main, "go.mod")
		data, err := disk.Read(name, disk.MaxModule)
		if err != nil {
			continue // the go command says so, here and below
		}
		mod, err := modfile.Parse(name, data, nil)
		if err != nil {
			continue
		}
		for _, r := range mod.Require {
			required[r.Mod.Path] = true
		}
		note(main, mod.Replace)
	}
	if e.inWorkspace() {
		if data, err := disk.Read(e.GOWORK, disk.MaxModule); err == nil {
			if work, err := modfile.ParseWork(e.GOWORK, data, nil); err == nil {
				note(filepath.Dir(e.GOWORK), work.Replace)
			}
		}
	}
	maps.DeleteFunc(out, func(_, path string) bool { return !required[path] })
	return out
}

// modulesReadable says whether the go command can read the files of the module and of the
// workspace that it looks for from a directory upwards. It would wait for ever for a pipe.
func modulesReadable(dir string) error {
	for _, names := range [][]string{{"go.mod", "go.sum"}, {"go.work", "go.work.sum"}} {
		for at := dir; ; at = filepath.Dir(at) {
			if err := moduleReadable(at, names...); err != nil {
				return err
			}
			if _, err := os.Lstat(filepath.Join(at, names[0])); err == nil || at == filepath.Dir(at) {
				break
			}
		}
	}
	if work := os.Getenv("GOWORK"); filepath.IsAbs(work) {
		return moduleReadable(filepath.Dir(work), filepath.Base(work))
	}
	return nil
}

// inWorkspace says whether there is a workspace.
func (e *goEnv) inWorkspace() bool { return filepath.IsAbs(e.GOWORK) }

// mains returns the directories of the main modules, of which there are several in a workspace.
func (e *goEnv) mains() []string {
	switch {
	case e.inWorkspace():
		return e.uses
	case e.inModule():
		return []string{filepath.Dir(e.GOMOD)}
	}
	return nil
}

// moduleReadable says which of some files in a directory would keep the go command waiting.
func moduleReadable(dir string, names ...string) error {
	for _, name := range names {
		file := filepath.Join(dir, name)
		if err := disk.Check(file, disk.MaxModule); errors.Is(err, disk.ErrIrregular) {
			return fmt.Errorf("%s cannot be read: %s; put a file in its place", file, disk.Reason(err))
		}
	}
	return nil
}

// command is a program to be run in a directory. When ctx ends it is told to end, so that it
// can clear away what it has made, and soon it is over, whoever keeps the other ends of its pipes.
func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.WaitDelay = dir, patience
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err == nil || errors.Is(err, os.ErrProcessDone) {
			return err
		}
		return cmd.Process.Kill() // not all systems have interrupts
	}
	return cmd
}

// spelled is how the go command spells a canonical path.
func (e *goEnv) spelled(path string) string {
	for dir, way := range e.ways {
		if path == dir || within(dir, path) {
			return filepath.Join(way, relative(dir, path))
		}
	}
	return path
}

// root is the directory that may be written to: that of the workspace, of the
// main module, or dir outside of modules.
func (e *goEnv) root(dir string) string {
	for _, file := range []string{e.GOWORK, e.GOMOD} {
		if file != "" && file != "off" && file != os.DevNull && filepath.IsAbs(file) {
			return filepath.Dir(file)
		}
	}
	return dir
}

// inModule says whether there is a main module or a workspace.
func (e *goEnv) inModule() bool { return e.root("") != "" }

// used reads which modules the workspace has.
func (e *goEnv) used() []string {
	dir := e.root("")
	if e.GOWORK == "" || e.GOWORK == "off" || dir == "" {
		return nil
	}
	data, err := disk.Read(e.GOWORK, disk.MaxModule)
	if err != nil {
		return nil // the go command says so
	}
	work, err := modfile.ParseWork(e.GOWORK, data, nil)
	if err != nil {
		return nil
	}
	var dirs []string
	for _, use := range work.Use {
		path := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		dirs = append(dirs, filepath.Clean(path))
	}
	return dirs
}

// flag returns the last value of a flag in GOFLAGS.
func (e *goEnv) flag(name string) (value string, ok bool) {
	for _, f := range goFlags(e.GOFLAGS) {
		key, val, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(f, "-"), "-"), "=")
		if key == name {
			value, ok = val, true
		}
	}
	return value, ok
}

// without returns the value of a flag in GOFLAGS, "" if it is not there, and the others.
func (e *goEnv) without(name string) (value, rest string) {
	var words []string
	for _, f := range goFlags(e.GOFLAGS) {
		if key, val, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(f, "-"), "-"), "="); key == name {
			value = val
			continue
		}
		if strings.ContainsAny(f, " \t\r\n") {
			f = "'" + f + "'"
		}
		words = append(words, f)
	}
	return value, strings.Join(words, " ")
}

// goFlags splits GOFLAGS as the go command does: at white space, with whole
// words in single or double quotes.
func goFlags(s string) []string {
	var words []string
	for s = strings.TrimLeft(s, " \t\r\n"); s != ""; s = strings.TrimLeft(s, " \t\r\n") {
		if s[0] == '\'' || s[0] == '"' {
			word, rest, _ := strings.Cut(s[1:], s[:1])
			words, s = append(words, word), rest
			continue
		}
		end := strings.IndexAny(s, " \t\r\n")
		if end < 0 {
			end = len(s)
		}
		words, s = append(words, s[:end]), s[end:]
	}
	return words
}

// tagList splits a list of build tags.
func tagList(tags string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ' ' }),
		func(tag string) bool { return tag == "" })
}
