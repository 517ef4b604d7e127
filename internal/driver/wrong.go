package driver

import (
	"context"
	"errors"
	"fmt"
	goversion "go/version"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/spelling"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// instead is the end of a sentence about something that does not exist, with what does.
func instead(nearest string) string {
	if nearest == "" {
		return ""
	}
	return "; did you mean " + nearest + "?"
}

// noSuch says that an argument names nothing, and what it may have meant. path is the argument
// as a path of the file system.
func (s *session) noSuch(what, arg, path string) error {
	switch info, err := os.Stat(path); {
	case err == nil && !strings.Contains(arg, wild) && !info.IsDir():
		return usagef("%s is neither a directory nor a file that can be read", arg)
	case errors.Is(err, fs.ErrPermission):
		return usagef("%s cannot be read: %s", arg, disk.Reason(err))
	}
	nearest := nearestPath(path, what == "file")
	if what == "file" {
		// The name alone says nothing of the directory.
		if below, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*", filepath.Base(path))); len(below) == 1 {
			nearest = below[0]
		}
	}
	if nearest != "" {
		if nearest = relative(s.dir, nearest); what == "directory" {
			nearest = local(nearest)
		}
		if i := strings.Index(arg, wild); i >= 0 {
			nearest += "/" + arg[i:]
		}
	}
	return usagef("%s: there is no such %s%s", arg, what, instead(nearest))
}

// nearestPath returns a path that exists and is near to one that does not, "" if there is none.
// It is that of a directory, or of a file if that is wanted.
func nearestPath(path string, file bool) string {
	// The first element that does not exist is the one that is misspelled.
	parent, rest := filepath.Dir(path), ""
	name := filepath.Base(path)
	for {
		if info, err := os.Stat(parent); err == nil && info.IsDir() || parent == filepath.Dir(parent) {
			break
		}
		parent, name, rest = filepath.Dir(parent), filepath.Base(parent), filepath.Join(name, rest)
	}
	var names []string
	entries, _ := os.ReadDir(parent) // without any there is nothing to be said
	for _, e := range entries {
		if e.IsDir() || file && rest == "" {
			names = append(names, e.Name())
		}
	}
	nearest := spelling.Nearest(name, names)
	if nearest == "" {
		return ""
	}
	if whole := filepath.Join(parent, nearest, rest); rest != "" {
		if _, err := os.Stat(whole); err == nil {
			return whole
		}
	}
	return filepath.Join(parent, nearest)
}

// noModule says that the directory of an argument is in no module, and where there are some.
func (s *session) noModule(dir, arg string) error {
	if nearest := s.nearestPackage(arg); !isPath(arg) && isPath(nearest) {
		return usagef("%s is the name of a package, not a directory%s", arg, instead(nearest))
	}
	if s.env.inWorkspace() {
		return usagef("%s is in no module of the workspace %s%s", s.place(dir), s.env.GOWORK, s.offer(s.env.uses))
	}
	return usagef("there is no go.mod in %s or above: run in a module, or make one with go mod init%s", dir, s.offer(modulesBelow(dir)))
}

// offer is the end of a sentence with patterns for some modules.
func (s *session) offer(dirs []string) string {
	const most = 3
	var patterns []string
	for _, dir := range dirs[:min(len(dirs), most)] {
		patterns = append(patterns, local(filepath.Join(relative(s.dir, dir), wild)))
	}
	switch {
	case len(dirs) == 0:
		return ""
	case len(dirs) > most:
		patterns = append(patterns, "and so on")
	}
	return "; name " + strings.Join(patterns, " ")
}

// modulesBelow returns the directories of the modules below dir that are in no other, sorted.
func modulesBelow(dir string) (dirs []string) {
	// What cannot be read is not searched either.
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
		case !d.IsDir():
		case slices.Contains([]string{".git", ".hg", ".svn", "node_modules"}, d.Name()):
			return filepath.SkipDir
		default:
			if info, err := os.Lstat(filepath.Join(path, "go.mod")); err == nil && info.Mode().IsRegular() {
				dirs = append(dirs, path)
				return filepath.SkipDir
			}
		}
		return nil
	})
	return dirs
}

// supported refuses surroundings in which the go command does not work with modules, or builds
// for a platform that does not exist.
func (s *session) supported(ctx context.Context) error {
	if s.env.GOMOD == "" && !s.env.inWorkspace() {
		return usagef("GOPATH mode is not supported (GO111MODULE=%s): unset GO111MODULE and run in a module, which go mod init makes", s.env.GO111MODULE)
	}
	if info, err := os.Stat(filepath.Join(s.env.GOROOT, "src")); err != nil || !info.IsDir() {
		return fmt.Errorf("GOROOT=%s holds no Go: unset GOROOT, or set it to where Go is", s.env.GOROOT)
	}
	pair := s.env.GOOS + "/" + s.env.GOARCH
	if slices.ContainsFunc(platforms[:], func(p struct{ os, arch string }) bool { return p.os+"/"+p.arch == pair }) {
		return nil
	}
	// The list of all platforms is the toolchain's, and so is the say if it cannot be had.
	out, err := command(ctx, s.dir, "go", "tool", "dist", "list").Output()
	if err != nil {
		return ctx.Err()
	}
	all := strings.Fields(string(out))
	if slices.Contains(all, pair) {
		return nil
	}
	return usagef("GOOS=%s GOARCH=%s: there is no such platform%s", s.env.GOOS, s.env.GOARCH, instead(spelling.Nearest(pair, all)))
}

// recent refuses a module that is written for a newer Go than this program knows.
func recent(list *workspace.Listing) error {
	own := goversion.Lang(runtime.Version())
	for _, p := range list.Roots() {
		if p.Module == nil || !p.Module.Main {
			continue
		}
		if needs := goversion.Lang("go" + p.Module.GoVersion); own != "" && goversion.Compare(needs, own) > 0 {
			return fmt.Errorf("module %s needs %s, and this orbitmigrate was built with %s: build it again with the newer Go", p.Module.Path, needs, own)
		}
	}
	return nil
}

// A saying is a sentence of the go command that does not help, and what is said instead. The
// parts of the sentence are $1 and so on.
type saying struct {
	pattern *regexp.Regexp
	instead string
	usage   bool // the command line is to blame
}

var sayings = [...]saying{
	{regexp.MustCompile(`^go: download go(\S+) for \S+: toolchain not available$`),
		"the module needs Go $1, which cannot be fetched: install Go $1, or let the go command fetch it by a GOPROXY that has it", false},
	{regexp.MustCompile(`^go: go\.mod requires go >= (\S+) \(running go (\S+?);? ?(GOTOOLCHAIN=\S+)?\)$`),
		"the module needs Go $1, and this is Go $2: install Go $1, or let the go command fetch it with GOTOOLCHAIN=auto", false},
	{regexp.MustCompile(`^(?:go: )?module (\S+) listed in go\.work file requires go >= (\S+), but go\.work lists go (\S+);.*$`),
		"module $1 needs Go $2, and go.work says $3: run go work use", false},
	{regexp.MustCompile(`^no Go files in (.+)$`),
		"there are no Go files in $1; ./... names the packages below it", true},
	{regexp.MustCompile(`^package (\S+) is not in std(?: \(.*\))?$`),
		"there is no package $1", true},
	{regexp.MustCompile(`^main module \((\S+)\) does not contain package (\S+)$`),
		"there is no package $2 in module $1", true},
	{regexp.MustCompile(`^malformed import path "(.+)": (.+)$`),
		"the go command takes no package with the path $1 ($2): rename its directory", false},
	{regexp.MustCompile(`^no required module provides package ([^\s;]+)[;:]?.*$`),
		"no module in go.mod has a package $1; go get $1 adds one", true},
	{regexp.MustCompile(`^module (\S+) provides package (\S+) and is replaced but not required; to add it:.*$`),
		"module $1 is replaced, but not required: run go get $2", true},
	{regexp.MustCompile(`^cannot find module providing package (\S+?)(?:: .*)?$`),
		"no module has a package $1", true},
	{regexp.MustCompile(`^(?:go: )?cannot load module (\S+) listed in go\.work file: open (\S+): .*$`),
		"go.work uses $1, and $2 cannot be read: put the module there, or take it out of go.work", false},
	{regexp.MustCompile(`^(?:go: )?([^\s:]+@[^\s:]+): (?:module lookup disabled by GOPROXY=off|.*: (?:dial|lookup) .*)$`),
		"$1 is not in the module cache and cannot be fetched: run go mod download with a GOPROXY that has it", false},
	{regexp.MustCompile(`^([^\s:@]+): module lookup disabled by GOPROXY=off$`),
		"the module of package $1 is not in the module cache and cannot be fetched: run go mod download with a GOPROXY that has it", false},
}

// said replaces what the go command has said.
func said(text string) (better string, usage bool) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "go: downloading ") {
			lines = append(lines, line)
		}
	}
	text = strings.Join(lines, " ")
	for _, s := range sayings {
		if m := s.pattern.FindStringSubmatchIndex(text); m != nil {
			return string(s.pattern.ExpandString(nil, s.instead, text, m)), s.usage
		}
	}
	return strings.Join(lines, "\n"), false
}

// unlisted is the error of a go command that could not list anything.
func (s *session) unlisted(err error) error {
	better, usage := said(err.Error())
	if usage {
		return usagef("%s", better)
	}
	return errors.New(better)
}

// wrong returns an error if an argument names nothing.
func (s *session) wrong(list *workspace.Listing) error {
	for _, p := range list.Roots() {
		why, missing := workspace.Missing(p)
		if !missing || s.docs && p.Dir != "" {
			continue // files that are not Go are enough
		}
		if slices.ContainsFunc(s.files.Files(p.Dir), func(file string) bool { return s.files.Err(file) != nil }) {
			continue // it is there, and cannot be read
		}
		path := workspace.BarePath(p)
		if badlyNamed(why) && len(list.Roots()) > 1 && !slices.Contains(s.scope.patterns, path) {
			continue // a pattern has met a directory that is no package, which costs the others nothing
		}
		better, usage := said(why)
		for _, other := range list.Roots() {
			// A pattern has matched nothing because of what the go command says.
			if m := other.Module; m != nil && m.Main && strings.HasPrefix(path, m.Path+"/") && !strings.Contains(path, wild) {
				better = fmt.Sprintf("there is no package %s in module %s", path, m.Path)
			}
		}
		first, _, below := strings.Cut(path, "/")
		switch {
		case usage && len(filepath.Ext(path)) > 1 && !strings.Contains(path, wild) && (!below || !strings.Contains(first, ".")):
			return s.noSuch("file", path, filepath.Join(s.dir, path)) // no import path looks like that
		case usage:
			return usagef("%s%s", better, instead(s.nearestPackage(path)))
		}
		return errors.New(better)
	}
	if len(list.Roots()) == 0 && len(s.scope.patterns) > 0 && !slices.ContainsFunc(s.files.All(), s.scope.means) && !s.docs {
		patterns := strings.Join(s.scope.patterns, " ")
		return usagef("no packages match %s%s", patterns, instead(s.nearestPackage(patterns)))
	}
	return recent(list)
}

// badlyNamed says whether the go command refuses a package for the name of its directory.
func badlyNamed(why string) bool {
	return strings.Contains(why, "malformed import path") || strings.Contains(why, "malformed file path")
}

// nearestPackage returns the argument that somebody may have meant by one that is no package.
func (s *session) nearestPackage(arg string) string {
	bare, tail, pattern := strings.Cut(arg, "/"+wild)
	if pattern {
		tail = "/" + wild + tail
	}
	if info, err := os.Stat(filepath.Join(s.dir, bare)); err == nil && info.IsDir() && !isPath(arg) {
		return local(arg)
	}
	var candidates []string
	if s.files != nil {
		candidates = s.files.ImportPaths()
	}
	if !strings.Contains(bare, "/") {
		candidates = append(candidates, slices.Sorted(maps.Keys(words))...)
		candidates = append(candidates, requestsCommand)
	}
	nearest := spelling.Nearest(bare, candidates)
	if nearest == "" || nearest == bare {
		return ""
	}
	return nearest + tail
}
