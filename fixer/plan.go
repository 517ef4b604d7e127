package fixer

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"go/scanner"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

const maxCheckRounds = 5 // in which single files are blamed

// A Plan is what NewPlan decided: which groups are carried out, and the new
// bytes of each file. It must not be used by several goroutines at once.
type Plan struct {
	opts   Options
	groups []Group
	roots  []string // Options.Root as given and without symbolic links
	units  []*unit
	files  []*file // sorted by path
	wrote  bool
}

// A unit is a set of groups that share changes and so stand or fall together.
type unit struct {
	groups  []Group
	weakest Group    // the one that decides how far the unit is trusted
	changes []Change // each once, in order
	files   []*file
	refusal *Refusal // nil as long as the unit is to be carried out
}

// A file is one that some unit wants to change.
type file struct {
	path  string // as the groups name it
	rel   string // the same below Options.Root, or path if it is not there
	below bool
	units []*unit
	sheet *sheet // nil if the file has been refused
	hash  [sha256.Size]byte
	mode  fs.FileMode

	// The plan: changes in order, and the bytes with them made.
	changes []Change
	out     []byte
	edits   []Change // the changes and the white space that goes with them
}

// changed says whether the plan is to write the file.
func (f *file) changed() bool { return f.sheet != nil && !bytes.Equal(f.out, f.sheet.raw) }

// NewPlan decides which of the groups can be carried out and makes the new
// bytes of the files in memory. The order of groups and changes has no
// influence. It is an error if a change makes no sense in itself (a relative
// path, a negative offset), if two groups have the same ID, or if Options.Root
// cannot be opened; whatever is wrong with a file is the outcome of its groups.
func NewPlan(groups []Group, opts Options) (*Plan, error) {
	if !filepath.IsAbs(opts.Root) {
		return nil, fmt.Errorf("fixer: root %q is not an absolute path", opts.Root)
	}
	p := &Plan{opts: opts, groups: slices.Clone(groups)}
	slices.SortStableFunc(p.groups, func(a, b Group) int { return cmp.Compare(a.ID, b.ID) })
	for i, g := range p.groups {
		if i > 0 && g.ID == p.groups[i-1].ID {
			return nil, fmt.Errorf("fixer: two groups have the ID %d", g.ID)
		}
		for _, c := range g.Changes {
			if !filepath.IsAbs(c.File) || filepath.Clean(c.File) != c.File {
				return nil, fmt.Errorf("fixer: group %d: %q is not a clean absolute path", g.ID, c.File)
			}
			if c.Start < 0 || c.End < c.Start || len(c.Old) != c.End-c.Start {
				return nil, fmt.Errorf("fixer: group %d: %s: bytes %d to %d do not hold a text of length %d", g.ID, c.File, c.Start, c.End, len(c.Old))
			}
		}
	}
	if p.opts.Interlock == nil {
		p.opts.Interlock = &Interlock{}
	}
	root, err := os.OpenRoot(opts.Root)
	if err != nil {
		return nil, fmt.Errorf("fixer: %w", err)
	}
	defer root.Close()
	p.roots = spellings(opts.Root)

	p.unite()
	p.judge()
	p.collide()
	p.read(root)
	p.holdForReview()
	p.build()
	return p, nil
}

// Outcomes returns one outcome for each group, sorted by ID. Before Write,
// Applied means that the group is planned.
func (p *Plan) Outcomes() []Outcome {
	var all []Outcome
	for _, u := range p.units {
		for _, g := range u.groups {
			o := Outcome{Group: g.ID}
			for _, c := range g.Changes {
				o.Files = append(o.Files, c.File)
			}
			slices.Sort(o.Files)
			o.Files = slices.Compact(o.Files)
			if u.refusal != nil {
				o.Status, o.Code, o.Reason = Skipped, u.refusal.Code, u.refusal.Reason
				if (o.Code == "manual" || o.Code == "review") && g.ID != u.weakest.ID {
					o.Reason = "shares a change with another fix: " + o.Reason
				}
			}
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b Outcome) int { return cmp.Compare(a.Group, b.Group) })
	return all
}

// unite makes the units: groups with an identical change belong together.
func (p *Plan) unite() {
	leader := make([]int, len(p.groups))
	for i := range leader {
		leader[i] = i
	}
	find := func(i int) int {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	first := map[Change]int{}
	for i, g := range p.groups {
		for _, c := range g.Changes {
			if j, ok := first[c]; ok {
				a, b := find(i), find(j)
				leader[max(a, b)] = min(a, b)
			} else {
				first[c] = i
			}
		}
	}
	byLeader := map[int]*unit{}
	for i, g := range p.groups {
		u := byLeader[find(i)]
		if u == nil {
			u = &unit{}
			byLeader[find(i)] = u
			p.units = append(p.units, u)
		}
		u.groups = append(u.groups, g)
		u.changes = append(u.changes, g.Changes...)
	}
	byPath := map[string]*file{}
	for _, u := range p.units {
		slices.SortFunc(u.changes, compareChanges)
		u.changes = slices.Compact(u.changes)
		for i, c := range u.changes {
			if i > 0 && c.File == u.changes[i-1].File {
				continue
			}
			f := byPath[c.File]
			if f == nil {
				f = &file{path: c.File}
				f.rel, f.below = below(p.roots, c.File)
				byPath[c.File] = f
			}
			f.units = append(f.units, u)
			u.files = append(u.files, f)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		p.files = append(p.files, byPath[path])
	}
}

func compareChanges(a, b Change) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
		cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
}

// refuse takes the unit out; the first reason stays, unless the user can lift it and not the
// other one.
func (u *unit) refuse(r *Refusal) {
	if u.refusal == nil || u.refusal.Liftable && !r.Liftable {
		u.refusal = r
	}
}

// refuse takes all units of the file out, because of the file.
func (f *file) refuse(r *Refusal) {
	r = &Refusal{Code: r.Code, Reason: f.rel + ": " + r.Reason, Liftable: r.Liftable}
	for _, u := range f.units {
		u.refuse(r)
	}
}

// judge takes out units that are never trusted. The weakest member counts.
func (p *Plan) judge() {
	for _, u := range p.units {
		u.weakest = slices.MaxFunc(u.groups, func(a, b Group) int { return cmp.Compare(a.Applicability, b.Applicability) })
		switch a := u.weakest.Applicability; {
		case a < Safe || a > Review:
			u.refuse(refuse("manual", "%s", u.why()))
		case len(u.changes) == 0:
			u.refuse(refuse("empty", "the group holds no change"))
		}
	}
}

// why says why the unit is not safe.
func (u *unit) why() string {
	return cmp.Or(u.weakest.Reason, "the change needs somebody to look at it")
}

// holdForReview takes out what only Options.Unsafe makes. What would be left out with that as
// well has been by now, for that reason.
func (p *Plan) holdForReview() {
	for _, u := range p.units {
		if u.weakest.Applicability == Review && !p.opts.Unsafe && (u.refusal == nil || u.refusal.Liftable) {
			u.refusal = refuse("review", "%s", u.why())
		}
	}
}

// collide takes out units that want the same bytes to become different things.
// Units that are out already still count: that two opinions on the same bytes
// exist is a reason not to trust the other one either.
func (p *Plan) collide() {
	type claim struct {
		Change
		unit *unit
	}
	for _, f := range p.files {
		var claims []claim
		for _, u := range f.units {
			for _, c := range u.changes {
				if c.File == f.path {
					claims = append(claims, claim{c, u})
				}
			}
		}
		slices.SortStableFunc(claims, func(a, b claim) int { return compareChanges(a.Change, b.Change) })
		var open []claim // those that reach the current start
		for _, c := range claims {
			open = slices.DeleteFunc(open, func(o claim) bool { return o.End < c.Start })
			for _, o := range open {
				// In order, so o does not start behind c. Two insertions in one
				// place overlap as well: nobody knows which comes first.
				if c.Start < o.End || c.Start == o.Start && c.End == o.End {
					clash := func(u *unit) {
						u.refuse(refuse("conflict", "%s: byte %d: another fix wants another change in the same place", f.rel, c.Start))
					}
					clash(c.unit)
					clash(o.unit)
				}
			}
			open = append(open, c)
		}
	}
}

// wanted says whether some unit still needs the file.
func (f *file) wanted() bool {
	return slices.ContainsFunc(f.units, func(u *unit) bool { return u.refusal == nil })
}

// read takes in the files and refuses those that must not be edited.
func (p *Plan) read(root *os.Root) {
	seen := map[string]*file{}
	for _, f := range p.files {
		if !f.wanted() {
			continue
		}
		if r := p.attempt(f, func() *Refusal { return p.readFile(root, f, seen) }); r != nil {
			f.sheet = nil
			f.refuse(r)
		}
	}
}

func (p *Plan) readFile(root *os.Root, f *file, seen map[string]*file) *Refusal {
	if !f.below {
		return refuse("outside", "the file is not below %s, and a run changes nothing else; run in a workspace above both, as go work init makes one", p.opts.Root)
	}
	if other := seen[f.rel]; other != nil {
		// One name would undo what the other does.
		r := refuse("conflict", "the file is named in two ways, %s and %s", other.path, f.path)
		other.refuse(r)
		return r
	}
	seen[f.rel] = f
	if p.opts.Editable != nil {
		if err := p.opts.Editable(f.path); err != nil {
			var r *Refusal
			if errors.As(err, &r) && r.Code != "" {
				return r
			}
			return refuse("policy", "%v", err)
		}
	}
	info, r := inspect(root, f.rel)
	if r != nil {
		return r
	}
	raw, err := disk.ReadFrom(root, f.rel, disk.MaxSource)
	if err != nil {
		return refuse("missing", "%v", err)
	}
	f.mode = info.Mode()
	f.hash = sha256.Sum256(raw)
	if want, ok := p.opts.Hash[f.path]; ok && want != f.hash {
		return refuse("changed", "the file has been changed since it was analysed; run again")
	}
	if filepath.Ext(f.path) != ".go" {
		f.sheet = &sheet{source: newSource(raw), plain: true}
		return nil
	}
	f.sheet, r = newSheet(raw)
	return r
}

// spellings are the ways to name a root: as it is given, and without symbolic
// links.
func spellings(root string) []string {
	all := []string{root}
	if real, err := filepath.EvalSymlinks(root); err == nil && real != root {
		all = append(all, real)
	}
	return all
}

// below returns the path relative to the root, also if the root is reached by
// symbolic links and the path is not; or the path itself if it is elsewhere.
func below(roots []string, path string) (rel string, ok bool) {
	for _, root := range roots {
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			return rel, true
		}
	}
	return path, false
}

// build makes the new bytes of all files, and takes units out until what is
// left parses and passes the check.
func (p *Plan) build() {
	for round := 0; ; round++ {
		for p.rewrite() {
		}
		overlay := map[string][]byte{}
		for _, f := range p.files {
			if f.changed() {
				overlay[f.path] = f.out
			}
		}
		if p.opts.Check == nil || len(overlay) == 0 {
			return
		}
		errs := p.opts.Check(overlay)
		if len(errs) == 0 {
			return
		}
		if !p.blame(errs, round >= maxCheckRounds) {
			return // no change explains what is left
		}
	}
}

// rewrite brings the bytes of all files up to date with the units that are
// left. It reports whether a unit had to be taken out, which may concern files
// that were done before.
func (p *Plan) rewrite() (again bool) {
	for _, f := range p.files {
		if f.sheet == nil {
			continue
		}
		var changes []Change
		for _, u := range f.units {
			if u.refusal == nil {
				changes = append(changes, u.in(f)...)
			}
		}
		slices.SortFunc(changes, compareChanges)
		if f.out != nil && slices.Equal(changes, f.changes) {
			continue
		}
		f.changes, f.out, f.edits = nil, f.sheet.raw, nil
		if len(changes) == 0 {
			continue
		}
		var rw *rewriting
		r := p.attempt(f, func() (r *Refusal) {
			if rw, r = f.sheet.rewrite(changes); r == nil {
				f.sheet.align(rw)
			}
			return r
		})
		if r == nil {
			f.changes, f.out, f.edits = changes, rw.out, rw.changes
			continue
		}
		again = true
		p.single(f, r)
	}
	return again
}

// attempt does a part of the work on a file. A mistake of this program there is a reason to
// leave out what was attempted, and nothing else.
func (p *Plan) attempt(f *file, work func() *Refusal) (r *Refusal) {
	err := fault.Catch(func() {
		p.opts.Hook.Begin(fault.Rewrite, f.path)
		r = work()
	})
	if err != nil {
		return refuse("internal", "%v", err)
	}
	return r
}

// in returns the unit's changes of the file.
func (u *unit) in(f *file) []Change {
	var changes []Change
	for _, c := range u.changes {
		if c.File == f.path {
			changes = append(changes, c)
		}
	}
	return changes
}

// single takes out the units whose changes to the file are bad in themselves,
// or contradict those of an earlier unit, so that they do not spoil the file
// for others. If there are none, dst is at odds with the file, and all units of
// the file go.
func (p *Plan) single(f *file, r *Refusal) {
	found := false
	takeOut := func(u *unit, r *Refusal) {
		found = true
		u.refuse(refuse(r.Code, "%s: %s", f.rel, r.Reason))
	}
	for _, u := range f.units {
		if u.refusal != nil {
			continue
		}
		own := p.attempt(f, func() *Refusal {
			rw, r := f.sheet.inText(u.in(f))
			if r == nil && rw.structural() {
				r = f.sheet.proveByTree(rw)
			}
			return r
		})
		if own != nil {
			takeOut(u, own)
		}
	}
	if r.Code == "conflict" && !found {
		var changes []Change
		for _, u := range f.units {
			if u.refusal != nil {
				continue
			}
			more := append(slices.Clone(changes), u.in(f)...)
			slices.SortFunc(more, compareChanges)
			r := p.attempt(f, func() *Refusal {
				_, r := f.sheet.inText(more)
				return r
			})
			if r != nil {
				takeOut(u, r)
			} else {
				changes = more
			}
		}
	}
	if !found {
		f.refuse(r)
	}
}

// blame takes out the units that touch the files with errors, or, if whole is set, their
// directories. An error in a file that no unit touches comes from its package, and if nothing
// changed there either, from no unit. It reports whether any had to go.
func (p *Plan) blame(errs map[string]error, whole bool) (found bool) {
	for _, path := range slices.Sorted(maps.Keys(errs)) {
		direct := !whole && slices.ContainsFunc(p.files, func(f *file) bool { return f.path == path && f.changed() })
		for _, f := range p.files {
			if !f.changed() || !f.wanted() || filepath.Dir(f.path) != filepath.Dir(path) || direct && f.path != path {
				continue
			}
			found = true
			for _, u := range f.units {
				u.refuse(refuse("type-error", "%s: the change would not type-check: %v", f.rel, errs[path]))
			}
		}
	}
	return found
}

// lineColumn is "line:column" of a byte, both counted from one, columns in
// characters.
func lineColumn(text []byte, off int) string {
	head := text[:min(off, len(text))]
	start := bytes.LastIndexByte(head, '\n') + 1
	return fmt.Sprintf("%d:%d", bytes.Count(head, []byte("\n"))+1, utf8.RuneCount(head[start:])+1)
}

// firstError is the first of the errors of a parser, which know no file name,
// without the source text that the parser quotes: it may be a secret.
func firstError(err error) error {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		msg, _, _ := strings.Cut(list[0].Msg, ", found ")
		return fmt.Errorf("%d:%d: %s", list[0].Pos.Line, list[0].Pos.Column, msg)
	}
	return err
}
