package analyzer

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
)

// A stand-in for the vendor's server has to move with the requests that it answers. If a row of
// it stays behind, or if it takes paths apart and looks at the pieces, the requests stay as well.

// holdBehind holds the groups back whose requests reach a stand-in that does not move with them.
func (j *judge) holdBehind() {
	b := behind{judge: j, imports: j.importing(), servers: j.prog.Servers()}
	for _, set := range j.rowsByServer() {
		b.sets = append(b.sets, set)
	}
	for _, group := range j.groups() {
		if ev, ok := b.against(group); ok {
			ev.raise()
		}
	}
}

// behind is what is known about the servers of the program.
type behind struct {
	*judge
	imports map[string]map[string]bool
	servers []solve.Server
	sets    [][]row
}

// against looks for what the requests of a group reach and what does not move with them.
func (b behind) against(group []*edit) (evidence, bool) {
	var sent []*verdict
	for _, e := range group {
		for _, v := range e.wants {
			if v.use.Use != nil && v.use.Kind == equation.Request && v.res.Rule != nil {
				sent = append(sent, v)
			}
		}
	}
	if len(sent) == 0 {
		return evidence{}, false
	}
	to := b.standIns(sent)
	for _, v := range sent {
		for _, rows := range b.sets {
			if r, ok := b.stays(v, rows, to); ok {
				return evidence{fixer.Review, group[0], fmt.Sprintf("%s answers it and does not move with it", r)}, true
			}
		}
	}
	for _, pkg := range b.pkgs {
		for _, c := range pkg.Cuts {
			if c.Pos.File < 0 || c.Pos.File >= len(pkg.Files) {
				continue
			}
			file := pkg.Files[c.Pos.File]
			if !to.holds(file, pkg.Path, "") {
				continue
			}
			for _, v := range sent {
				if matters(c, v.res) {
					return evidence{fixer.Review, group[0], fmt.Sprintf("%s at %s:%d takes the path apart that it is asked for, and expects other pieces", c.Op, filepath.Base(file.Name), c.Pos.Line)}, true
				}
			}
		}
	}
	return evidence{}, false
}

// stays looks for a row of a stand-in that answers a request and stays as it is, while no other
// row of it answers the request afterwards.
func (b behind) stays(v *verdict, rows []row, to standIns) (row, bool) {
	if v.res.Base == nil {
		return row{}, false
	}
	method := v.res.Rule.Method
	old := asked{method, v.res.Base.Old + "/" + sample(v.res.Rule.Old)}
	now := asked{method, v.res.Base.New + "/" + sample(v.res.Rule.New)}
	for _, r := range rows {
		if r.new != r.old || !r.v.solved.Incoming && r.v.use.Kind != equation.Route || !strings.Contains(r.old, v.res.Base.Old) || !r.fits(r.old, old) {
			continue
		}
		if !to.holds(r.v.use.File(), r.v.use.Package(), r.v.solved.Router) || slices.ContainsFunc(rows, func(o row) bool { return o.fits(o.new, now) }) {
			continue
		}
		return r, true
	}
	return row{}, false
}

// matters reports whether the pieces of a path tell its old form from the new one: the version
// where the function spells it, and segments where their number or names change.
func matters(c equation.Cut, r endpoint.Result) bool {
	if r.Base != nil {
		version := r.Base.Old[strings.LastIndexByte(r.Base.Old, '/')+1:]
		if c.Texts[version] { // a longer text with it is followed by itself
			return true
		}
	}
	old, now := strings.Split(r.Rule.Old, "/"), strings.Split(r.Rule.New, "/")
	if c.Op == "path.Base" || c.Op == "(*http.Request).PathValue" {
		return old[len(old)-1] != now[len(now)-1] && c.Texts[old[len(old)-1]]
	}
	return !slices.Equal(old, now)
}

// standIns are the places that answer some requests instead of the vendor.
type standIns struct {
	tests    map[string]bool // import paths of packages whose test files do
	routers  map[string]bool // of test servers that some of the requests are sent to
	packages map[string]bool // import paths of those that make the handlers of such servers, where their routers are not known
}

// standIns finds what may answer requests: what the tests of their packages spell, and what makes
// the handlers of the test servers that they are sent to or, where that is not known, that these
// tests start with handlers of other packages.
func (b behind) standIns(sent []*verdict) standIns {
	to := standIns{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	own, ids := map[string]bool{}, map[string]bool{}
	for _, v := range sent {
		own[tested(v.use.Package())] = true
		for _, part := range v.solved.URL {
			if part.Lit != nil {
				own[b.owner(part.Lit.File)] = true
			} else if part.Gap != nil {
				for _, id := range part.Gap.Server {
					ids[id] = true
				}
			}
		}
	}
	for name, all := range b.imports {
		for pkg := range own {
			to.tests[name] = to.tests[name] || all[pkg]
		}
	}
	if !slices.ContainsFunc(sent, func(v *verdict) bool { return v.res.Host == endpoint.HostOurs }) {
		for pkg := range own {
			to.packages[pkg] = true // the host of none is known: they may be meant for a server beside them
		}
	}
	for _, s := range b.servers {
		starts := b.owner(s.File)
		switch {
		case !ids[s.ID] && !own[starts]:
			continue
		case ids[s.ID] && len(s.Routers) > 0:
			for _, r := range s.Routers {
				to.routers[r] = true
			}
			continue
		}
		for _, pkg := range s.Packages {
			if ids[s.ID] || tested(pkg) != starts {
				to.packages[tested(pkg)] = true
			}
		}
	}
	return to
}

// holds reports whether a place in a file belongs to a stand-in.
func (to standIns) holds(file equation.File, pkg, router string) bool {
	return file.Test && to.tests[tested(pkg)] || to.routers[router] || to.packages[tested(pkg)]
}

func (b behind) owner(file string) string {
	for _, pkg := range b.pkgs {
		for _, f := range pkg.Files {
			if f.Name == file {
				return tested(pkg.Path)
			}
		}
	}
	return ""
}
