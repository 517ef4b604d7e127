package driver

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// texts reads the files below the directories of patterns such as ./... that are not Go,
// name the API, and are text: documentation, specifications, templates, recorded answers.
// Directories that belong to a tool or to somebody else are passed over.
func (s *session) texts() map[string][]byte {
	out := map[string][]byte{}
	if !s.docs {
		return out
	}
	for _, dir := range subtrees(s.dir, s.patterns) {
		// What cannot be read is no text of this program.
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
			case d.IsDir():
				if name := d.Name(); path != dir && (strings.HasPrefix(name, ".") || slices.Contains([]string{"vendor", "node_modules"}, name)) {
					return filepath.SkipDir
				}
			case d.Type().IsRegular() && filepath.Ext(path) != ".go" && filepath.Ext(path) != ".sum":
				if src, err := disk.Read(path, disk.MaxText); err == nil && analyzer.Mentions(src) && utf8.Valid(src) && !slices.Contains(src, 0) {
					out[path] = src
				}
			}
			return nil
		})
	}
	return out
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
