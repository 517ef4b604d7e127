package driver

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// private are the directories whose names begin with a dot that are no part of a program: they
// belong to version control, editors, package managers and caches. All others, such as .github,
// configure something.
var private = []string{
	".git", ".hg", ".svn", ".bzr", ".jj", ".fossil-settings", ".pijul",
	".idea", ".vs", ".history", ".metadata", ".settings", ".fleet",
	".cache", ".npm", ".yarn", ".pnpm-store", ".gradle", ".m2", ".cargo", ".bundle", ".eggs", ".venv", ".tox", ".nox", ".direnv",
	".mypy_cache", ".pytest_cache", ".ruff_cache", ".parcel-cache", ".turbo", ".next", ".nuxt", ".svelte-kit", ".dart_tool",
	".terraform", ".terragrunt-cache", ".vagrant", ".serverless", ".aws-sam", ".Trash",
}

// texts reads the files that are not Go, name the API, are text, and are named: those in the
// directories of packages, and with patterns such as ./... all below. Directories that belong
// to a tool or to somebody else are passed over.
func (s *session) texts(a *analysis) map[string][]byte {
	out := map[string][]byte{}
	if !s.docs {
		return out
	}
	apart := s.separate()
	buf := make([]byte, disk.MaxText+1)
	look := func(path string) {
		if ext := filepath.Ext(path); ext == ".go" || ext == ".sum" || out[path] != nil {
			return
		}
		src, err := readText(path, buf)
		switch {
		case err != nil:
			a.unchecked = append(a.unchecked, report.Unchecked{Name: s.name(path), Reason: err.Error()})
		case src != nil:
			out[path] = src
		}
	}
	for _, t := range s.scope.trees {
		_ = filepath.WalkDir(t.dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if d != nil && d.IsDir() && !errors.Is(err, fs.ErrNotExist) && !foreign(path) {
					s.shut(a, path, err)
				}
			case !d.IsDir():
				if d.Type().IsRegular() && t.means(filepath.Dir(path)) {
					look(path)
				}
			case path != t.dir && (slices.Contains(apart, path) || foreign(path)):
				return filepath.SkipDir
			}
			return nil
		})
	}
	for dir := range s.scope.dirs {
		if within(s.env.GOROOT, dir) || within(s.env.GOMODCACHE, dir) {
			continue
		}
		entries, _ := os.ReadDir(dir) // the same
		for _, e := range entries {
			if e.Type().IsRegular() {
				look(filepath.Join(dir, e.Name()))
			}
		}
	}
	for file := range s.scope.files {
		look(file)
	}
	return out
}

// separate returns the directories of the modules below those of this run that are looked at on
// their own, with their texts.
func (s *session) separate() (dirs []string) {
	if s.nested {
		for _, name := range s.files.Hits() {
			if mod, _ := s.files.Module(name); mod != "" && s.scope.means(name) && !s.worksOn(mod) {
				dirs = append(dirs, mod)
			}
		}
	}
	return slices.Compact(dirs)
}

// foreign says whether a directory belongs to a tool or to somebody else.
func foreign(dir string) bool {
	name := filepath.Base(dir)
	if !strings.HasPrefix(name, ".") {
		return name == "vendor" || name == "node_modules"
	}
	_, err := os.Lstat(filepath.Join(dir, ".git")) // another checkout, such as those that agents work in
	return err == nil || slices.Contains(private, name)
}

// readText reads a file that is not Go, with a buffer that is one byte larger than what is read as
// a whole. It returns nil without an error if the file does not name the API, or is not text.
func readText(path string, buf []byte) ([]byte, error) {
	f, err := disk.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil // a link that leads nowhere, or a file that is gone
	case err != nil:
		return nil, errors.New(disk.Reason(err))
	}
	defer f.Close()
	n, err := io.ReadFull(f, buf)
	src := buf[:n]
	switch {
	case slices.Contains(src, 0):
		return nil, nil
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		if !analyzer.Mentions(src) {
			return nil, nil
		}
		if !utf8.Valid(src) {
			return nil, errors.New("it names the API, and is not text in UTF-8; look at it yourself")
		}
		return bytes.Clone(src), nil
	case err != nil:
		return nil, err
	}
	// Names may be cut by the end of what is read at once.
	const overlap = 1 << 10
	for {
		if analyzer.Mentions(buf[:n]) {
			return nil, fmt.Errorf("it names the API, and is larger than %d MiB; look at it yourself", disk.MaxText>>20)
		}
		if err != nil {
			return nil, nil
		}
		copy(buf, buf[n-overlap:n])
		var more int
		more, err = io.ReadFull(f, buf[overlap:])
		n = overlap + more
	}
}

// addTexts gives the texts to a program and notes their hashes.
func (a *analysis) addTexts(checker *analyzer.Program, texts map[string][]byte) {
	for path, src := range texts {
		a.hash[path] = sha256.Sum256(src)
		a.texts[path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		checker.AddText(path, texts[path])
	}
}
