package workspace

import (
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/packages"
)

// CanonicalDir returns the one spelling by which the workspace knows a directory, given by an
// absolute path: without symbolic links. What does not exist is only cleaned.
func CanonicalDir(dir string) string { return canonical{}.dir(dir) }

// CanonicalFile is the same for a file, which may itself be a link: it keeps its name.
func CanonicalFile(name string) string { return canonical{}.file(name) }

// canonical holds the spellings of directories that are known already.
type canonical map[string]string

func (c canonical) file(name string) string {
	return filepath.Join(c.dir(filepath.Dir(name)), filepath.Base(name))
}

// dir looks at each element of a path once.
func (c canonical) dir(dir string) string {
	dir = filepath.Clean(dir)
	if known, ok := c[dir]; ok {
		return known
	}
	out := dir
	if parent := filepath.Dir(dir); parent != dir {
		out = filepath.Join(c.dir(parent), filepath.Base(dir))
		if info, err := os.Lstat(out); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if real, err := filepath.EvalSymlinks(out); err == nil {
				out = real
			}
		}
	}
	c[dir] = out
	return out
}

// pkg replaces the names that the go command has given, which are those of the way by which
// it got to the package.
func (c canonical) pkg(p *packages.Package) {
	if p.Dir != "" {
		p.Dir = c.dir(p.Dir)
	}
	for _, names := range [][]string{p.GoFiles, p.OtherFiles, p.IgnoredFiles} {
		for i, name := range names {
			if filepath.IsAbs(name) {
				names[i] = c.file(name)
			}
		}
	}
	if p.Module != nil && p.Module.Dir != "" {
		p.Module.Dir = c.dir(p.Module.Dir)
	}
}
