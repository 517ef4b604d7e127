package driver

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// A scope is what the arguments of a run name. The go command says which packages they are,
// this says which places. All paths are canonical.
type scope struct {
	patterns []string            // for the go command: those of the main modules
	imports  []string            // of these: import paths and patterns of such
	holding  map[string]bool     // directories of the main modules, of which only some files are named
	dirs     map[string]bool     // with all their files: of packages that are named
	files    map[string]bool     // named one by one
	trees    []tree              // with whatever is below
	loose    map[string]bool     // directories outside of modules, files of which are named
	apart    map[string][]string // arguments in other modules, by the directory of the module, as they are there
	joined   map[string]bool     // directories of modules that replace dependencies of a main one, and are named
	code     bool                // test files are not named, whatever names them
	context  bool                // some patterns name nothing, they only say what there is
}

// A tree is a directory with all that is below, as far as the pattern means it.
type tree struct {
	dir  string
	base string         // what stands before the names below in the pattern
	like *regexp.Regexp // nil for all
}

func (t tree) means(dir string) bool {
	if dir != t.dir && !within(t.dir, dir) {
		return false
	}
	rel, err := filepath.Rel(t.dir, dir)
	return err == nil && (t.like == nil || t.like.MatchString(path.Join(t.base, filepath.ToSlash(rel))))
}

// means says whether a file is named.
func (sc *scope) means(file string) bool {
	if sc.code && strings.HasSuffix(file, "_test.go") {
		return false
	}
	return sc.files[file] || sc.meansAll(filepath.Dir(file))
}

// meansAll says whether all files of a directory are named, if there are any.
func (sc *scope) meansAll(dir string) bool {
	return sc.dirs[dir] || slices.ContainsFunc(sc.trees, func(t tree) bool { return t.means(dir) })
}

// meansSome says whether a directory has a file that is named.
func (sc *scope) meansSome(dir string) bool {
	return sc.holding[dir] || sc.loose[dir] || sc.meansAll(dir)
}

// spelled says whether a file, or the package in its directory, is named by itself or by a
// pattern that begins in a directory which others pass over, not just by one that it matches.
func (sc *scope) spelled(file string) bool {
	dir := filepath.Dir(file)
	return sc.files[file] || sc.dirs[dir] || slices.ContainsFunc(sc.trees, func(t tree) bool {
		return t.means(dir) && workspace.PassedOver(t.dir, file) == ""
	})
}

// roots are the directories that are searched because of what is named.
func (sc *scope) roots() (dirs []string) {
	for _, t := range sc.trees {
		dirs = append(dirs, t.dir)
	}
	return dirs
}

// sets are the words that the go command takes for packages of many places.
var sets = []string{"all", "cmd", "std", "tool", "work"}

// wild is what the go command takes for any text.
const wild = "..."

// newScope finds out what the arguments of a run name, as far as that can be known without the
// go command.
func (s *session) newScope() (*scope, error) {
	sc := &scope{
		holding: map[string]bool{}, dirs: map[string]bool{}, files: map[string]bool{},
		loose: map[string]bool{}, apart: map[string][]string{}, joined: map[string]bool{}, code: !s.tests,
	}
	for _, arg := range s.patterns {
		if err := s.argument(sc, arg); err != nil {
			return nil, err
		}
	}
	if s.nested {
		for _, dir := range slices.Sorted(maps.Keys(s.env.replaced)) {
			if slices.ContainsFunc(sc.trees, func(t tree) bool { return t.means(dir) }) {
				sc.pattern(s.joined(sc, dir, filepath.Join(dir, wild)))
			}
		}
	}
	inside := len(sc.patterns) > 0 || len(sc.trees) > 0
	for file := range sc.files {
		inside = inside || !sc.loose[filepath.Dir(file)]
	}
	if s.docs && inside {
		// What a file says that is not Go may have to go with the code, wherever that is.
		sc.context = true
		for _, dir := range s.env.mains() {
			sc.pattern(filepath.Join(s.env.spelled(dir), wild))
		}
	}
	return sc, nil
}

// argument adds what one argument names.
func (s *session) argument(sc *scope, arg string) error {
	typed := filepath.FromSlash(arg)
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(s.dir, typed)
	}
	info, err := os.Stat(typed)
	isFile := err == nil && info.Mode().IsRegular() && !slices.Contains(sets, arg)
	switch {
	case isFile, filepath.Ext(arg) == ".go" && !strings.Contains(arg, wild) && (err != nil || !info.IsDir()):
		if !isFile {
			return s.noSuch("file", arg, typed)
		}
		return s.argumentFile(sc, arg, typed)
	case !isPath(arg):
		if len(s.env.mains()) == 0 && arg != "std" && arg != "cmd" {
			return s.noModule(s.dir, arg)
		}
		sc.patterns, sc.imports = append(sc.patterns, arg), append(sc.imports, arg)
		return nil
	case strings.Contains(arg, wild):
		return s.argumentTree(sc, arg)
	case err != nil || !info.IsDir():
		return s.noSuch("directory", arg, typed)
	}
	return s.argumentDir(sc, arg, typed)
}

// isPath says whether the go command takes an argument for a path of the file system, and not
// for an import path.
func isPath(arg string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(arg), "/")
	return first == "." || first == ".." || filepath.IsAbs(arg)
}

// home is the module of a directory that an argument means: typed is how it was given, dir is
// what that is. In a module a link to a directory elsewhere is a package of that module.
func (s *session) home(typed, dir string) (mod string, main bool) {
	mains := s.env.mains()
	mod = moduleAt(dir)
	if slices.Contains(mains, mod) {
		return mod, true
	}
	if by := moduleAt(typed); slices.Contains(mains, by) {
		return by, true
	}
	return mod, false
}

// moduleAt returns the nearest directory at or above dir with a go.mod, "" if there is none.
func moduleAt(dir string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && info.Mode().IsRegular() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// argumentFile adds a file. Its package is what the go command is asked for.
func (s *session) argumentFile(sc *scope, arg, typed string) error {
	file := workspace.CanonicalFile(typed)
	dir := filepath.Dir(file)
	if filepath.Ext(file) != ".go" && !s.docs {
		return usagef("%s is not a Go file; -docs looks at such files as well", arg)
	}
	mod, main := s.home(filepath.Dir(typed), dir)
	switch {
	case main:
		sc.files[file] = true
		if filepath.Ext(file) == ".go" {
			sc.holding[dir] = true
			sc.pattern(s.pattern(filepath.Dir(arg), filepath.Dir(typed), dir, ""))
		}
	case s.env.replaced[mod] != "" && filepath.Ext(file) == ".go":
		sc.files[file], sc.holding[dir] = true, true
		sc.pattern(s.joined(sc, mod, dir))
	case mod != "":
		return s.argumentApart(sc, mod, file)
	default:
		sc.files[file], sc.loose[dir] = true, true
	}
	return nil
}

// argumentDir adds a directory.
func (s *session) argumentDir(sc *scope, arg, typed string) error {
	dir := workspace.CanonicalDir(typed)
	mod, main := s.home(typed, dir)
	switch {
	case main:
		sc.dirs[dir] = true
		sc.pattern(s.pattern(arg, typed, dir, ""))
		return nil
	case s.env.replaced[mod] != "":
		sc.dirs[dir] = true
		sc.pattern(s.joined(sc, mod, dir))
		return nil
	case mod != "":
		return s.argumentApart(sc, mod, dir)
	}
	return s.noModule(dir, arg)
}

// joined returns the import path, or the pattern of such, of a canonical path in a module that
// replaces a dependency of a main one. It is part of the program, so it is looked at with it.
func (s *session) joined(sc *scope, mod, dir string) string {
	sc.joined[mod] = true
	return path.Join(s.env.replaced[mod], filepath.ToSlash(relative(mod, dir)))
}

// argumentTree adds a path with wild parts.
func (s *session) argumentTree(sc *scope, arg string) error {
	whole := filepath.ToSlash(arg)
	at := strings.LastIndexByte(whole[:strings.Index(whole, wild)], '/') + 1
	top, rest := filepath.FromSlash(whole[:at]), whole[at:]
	typed := top
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(s.dir, typed)
	}
	if info, err := os.Stat(typed); err != nil || !info.IsDir() {
		return s.noSuch("directory", arg, typed)
	}
	dir := workspace.CanonicalDir(typed)
	t := tree{dir: dir}
	if rest != wild {
		t.like = likeness(rest)
	}
	mod, main := s.home(typed, dir)
	if work := s.workspaceAt(dir); !main && mod == "" && work != "" {
		return s.argumentApart(sc, work, filepath.Join(dir, filepath.FromSlash(rest)))
	}
	switch {
	case !main && s.env.replaced[mod] != "":
		sc.trees = append(sc.trees, t)
		sc.pattern(s.joined(sc, mod, filepath.Join(dir, filepath.FromSlash(rest))))
		return nil
	case !main && mod != "" && len(s.below(dir)) == 0:
		return s.argumentApart(sc, mod, filepath.Join(dir, filepath.FromSlash(rest)))
	case main:
		sc.pattern(s.pattern(arg, typed, dir, filepath.FromSlash(rest)))
	case len(s.below(dir)) == 0 && !hasModules(dir):
		return s.noModule(dir, arg)
	}
	sc.trees = append(sc.trees, t)
	if rest == wild {
		// The go command takes a directory for part of one module only, and refuses one that is
		// above all modules of a workspace.
		for _, use := range s.below(dir) {
			sc.pattern(filepath.Join(s.env.spelled(use), wild))
		}
	}
	return nil
}

// argumentApart adds a canonical path in a module that is not a main one.
func (s *session) argumentApart(sc *scope, mod, path string) error {
	if mod == s.dir { // and the go command does not take it for one all the same
		work := filepath.Dir(s.env.GOWORK)
		return usagef("the workspace %s does not use the module in %s: run go work use %s in %s, or set GOWORK=off",
			s.env.GOWORK, mod, local(relative(work, mod)), work)
	}
	if work := s.workspaceAt(mod); work != "" {
		mod = work // its modules are one program
	}
	if arg := local(relative(mod, path)); !slices.Contains(sc.apart[mod], arg) {
		sc.apart[mod] = append(sc.apart[mod], arg)
	}
	return nil
}

// workspaceAt returns the directory of the workspace, other than that of the run, in which the go
// command would be in a directory; "" if there is none, or if it does not use the module there.
func (s *session) workspaceAt(dir string) string {
	if os.Getenv("GOWORK") != "" {
		return "" // it holds for all directories
	}
	mod := moduleAt(dir)
	for at := dir; ; at = filepath.Dir(at) {
		file := filepath.Join(at, "go.work")
		data, err := disk.Read(file, disk.MaxModule)
		switch {
		case err == nil && file == s.env.GOWORK:
			return ""
		case err == nil:
			if work, err := modfile.ParseWork(file, data, nil); err == nil && (mod == "" || slices.ContainsFunc(work.Use, func(u *modfile.Use) bool {
				return workspace.CanonicalDir(filepath.Join(at, filepath.FromSlash(u.Path))) == mod
			})) {
				return at
			}
			return ""
		case at == filepath.Dir(at):
			return ""
		}
	}
}

// below returns the modules of the workspace that are below a directory.
func (s *session) below(dir string) []string {
	return slices.DeleteFunc(slices.Clone(s.env.uses), func(use string) bool { return use == dir || !within(dir, use) })
}

// pattern is what the go command is given for a directory, and what of it is meant: what the
// user has typed, unless that is another way to the same place than the go command knows.
func (s *session) pattern(arg, typed, dir, rest string) string {
	known := s.env.spelled(dir)
	if filepath.Clean(typed) != known && slices.Contains(s.env.mains(), moduleAt(dir)) {
		return filepath.Join(known, rest)
	}
	return local(arg)
}

// local makes a path relative to the working directory recognisable as one.
func local(arg string) string {
	if isPath(arg) {
		return arg
	}
	return "." + string(filepath.Separator) + arg
}

func (sc *scope) pattern(p string) {
	if !slices.Contains(sc.patterns, p) {
		sc.patterns = append(sc.patterns, p)
	}
}

// vendored says whether a path is below a directory of vendored packages, which have no name
// of their own.
func vendored(file string) bool {
	return slices.Contains(strings.Split(filepath.ToSlash(file), "/"), "vendor")
}

// relative is a path as seen from a directory.
func relative(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil {
		return rel
	}
	return path
}

// likeness is the expression for what the go command takes a pattern for.
func likeness(pattern string) *regexp.Regexp {
	expr := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
	if short, ok := strings.CutSuffix(expr, `/.*`); ok {
		expr = short + `(/.*)?` // x/... matches x
	}
	return regexp.MustCompile(`^` + expr + `$`)
}

// hasModules says whether there is a module below a directory.
func hasModules(dir string) bool {
	found := false
	// What cannot be read is not searched either.
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
		case d.IsDir() && slices.Contains([]string{".git", ".hg", ".svn", "node_modules"}, d.Name()):
			return filepath.SkipDir
		case d.Name() == "go.mod" && d.Type().IsRegular():
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}

// listed adds what the go command has found for the patterns.
func (sc *scope) listed(list *workspace.Listing) {
	modules := map[string]string{} // directories of the main modules, by module path
	for _, p := range list.Roots() {
		if p.Module != nil && p.Module.Main && p.Module.Dir != "" {
			modules[p.Module.Path] = p.Module.Dir
		}
		if sc.matched(p) || !sc.context && !sc.holding[p.Dir] {
			sc.dirs[p.Dir] = true
		}
	}
	for _, pattern := range sc.imports {
		switch pattern {
		case "all", "work":
			pattern = wild
		}
		if !strings.Contains(pattern, wild) {
			continue
		}
		for _, path := range slices.Sorted(maps.Keys(modules)) {
			sc.trees = append(sc.trees, tree{dir: modules[path], base: path, like: likeness(pattern)})
		}
	}
}

// matched says whether an import path, or a pattern of such, is a name of a package.
func (sc *scope) matched(p *packages.Package) bool {
	path := workspace.ListPath(p)
	return slices.ContainsFunc(sc.imports, func(pattern string) bool {
		return pattern == path || pattern == "all" || pattern == "work" && p.Module != nil && p.Module.Main || likeness(pattern).MatchString(path)
	})
}

// goFiles returns the Go files of a directory, by name.
func goFiles(dir string) (names []string) {
	entries, _ := os.ReadDir(dir) // what cannot be read has none
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".go" && !e.IsDir() {
			names = append(names, filepath.Join(dir, e.Name()))
		}
	}
	return names
}
