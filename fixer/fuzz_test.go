package fixer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// seedFiles returns small programs: those of the corpus and the files of the scenarios.
func seedFiles(f *testing.F) [][]byte {
	names, err := filepath.Glob("../testdata/corpus/*/*.go")
	if err != nil || len(names) == 0 {
		f.Fatal("no corpus: ", err)
	}
	var files [][]byte
	for _, name := range names {
		if data, err := os.ReadFile(name); err != nil {
			f.Fatal(err)
		} else if len(data) < 4<<10 {
			files = append(files, data)
		}
	}
	scenarios, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(scenarios) == 0 {
		f.Fatal("no scenarios: ", err)
	}
	for _, name := range scenarios {
		for _, data := range readScenario(f, name).inputs() {
			files = append(files, data)
		}
	}
	return files
}

// FuzzRewrite gives a literal of the source a new value. Whatever the source, a
// rewriting that is not refused has just that value in just that place, and the
// way back leads to the original bytes.
func FuzzRewrite(f *testing.F) {
	for _, s := range []string{
		"package p\n\nvar x = \"v1\" + `v1` // v1\n",
		byteOrderMark + "package p\r\n\r\nvar x =  f(\"v1\",\r\n\t2)\r\n",
		"//line x.go:3\npackage p; import \"C\"; type t struct { a int `v1` }",
		"package p\nfunc f() { if (x) { /*c*/ g(\"a\", /*d*/) };; L: }\n",
		"package p\nvar x = `a\rb`\r",
		"package p\nfunc f[T any,]() () { switch ; { case 'a': <-c } }\n",
	} {
		f.Add([]byte(s), uint(0), "v2")
		f.Add([]byte(s), uint(1), "\"\\\n\r`")
	}
	for i, file := range seedFiles(f) {
		f.Add(variants[i%len(variants)].make(file, rand.New(rand.NewPCG(uint64(i), 0))), uint(i), "v2")
	}
	f.Fuzz(func(t *testing.T, raw []byte, pick uint, value string) {
		sh, r := newSheet(raw)
		if r != nil {
			return
		}
		var strs []tok
		for _, tok := range sh.toks {
			if tok.kind == token.STRING {
				strs = append(strs, tok)
			}
		}
		if len(strs) == 0 {
			return
		}
		tok := strs[pick%uint(len(strs))]
		start, end := sh.toRaw(tok.start), sh.toRaw(tok.end)
		c := Change{Start: start, End: end, Old: string(raw[start:end]), New: strconv.Quote(value)}
		rw, r := sh.rewrite([]Change{c})
		if r != nil {
			if r.Code == "" || r.Reason == "" {
				t.Fatalf("refused without a word: %+v", r)
			}
			return
		}
		out := rw.out
		if !bytes.HasPrefix(out, raw[:start]) || !bytes.HasSuffix(out, raw[end:]) {
			t.Fatalf("bytes beside the change differ:\n%q\n%q", raw, out)
		}
		got, err := strconv.Unquote(string(out[start : len(out)-len(raw[end:])]))
		if err != nil || got != value {
			t.Fatalf("value %q, %v, want %q", got, err, value)
		}
		back, r := newSheet(out)
		if r != nil {
			t.Fatalf("the result: %v", r)
		}
		again, r := back.rewrite([]Change{{Start: start, End: start + len(c.New), Old: c.New, New: c.Old}})
		if r == nil && !bytes.Equal(again.out, raw) {
			t.Fatalf("the way back leads elsewhere:\n%q\n%q", raw, again.out)
		}
	})
}

// draw makes groups of changes from choices: five bytes for each change. Most changes
// lie inside a token, as those of a linter do; some lie anywhere.
func draw(choices []byte, paths []string, raws [][]byte) []Group {
	groups := make([]Group, 5)
	for i := range groups {
		groups[i].ID = 10 * i
		groups[i].Applicability = []Applicability{Safe, Safe, Review, Safe, Manual}[i]
	}
	for ; len(choices) >= 5; choices = choices[5:] {
		which, place, length, text := int(choices[0]), int(choices[1])|int(choices[2])<<8, int(choices[3]), choices[4]
		file := which % len(raws)
		raw := raws[file]
		start, end := place%(len(raw)+1), 0
		if sh, r := newSheet(raw); r == nil && length%8 != 0 {
			var fit []tok
			for _, t := range sh.toks {
				if t.kind == token.STRING || t.kind == token.COMMENT || t.kind == token.IDENT && length%3 == 0 {
					fit = append(fit, t)
				}
			}
			if len(fit) > 0 {
				t := fit[place%len(fit)]
				start = sh.toRaw(min(t.start+1+length%7, t.end))
				end = sh.toRaw(min(t.start+1+length%7+length%5, max(t.end-1, t.start)))
			}
		} else {
			end = start + length/8
		}
		end = max(start, min(end, len(raw)))
		new := []string{"v2", "", "licenses/", `\"`, "\"", "\n", "*/", "é", "`", "\x00", "v2"}[int(text)%11]
		g := &groups[(which/len(raws))%len(groups)]
		g.Changes = append(g.Changes, Change{File: paths[file], Start: start, End: end, Old: string(raw[start:end]), New: new})
	}
	return groups
}

// FuzzPlan makes random groups of changes over two files. Whatever they are, the files
// hold afterwards what the applied groups ask for and nothing else.
func FuzzPlan(f *testing.F) {
	files := seedFiles(f)
	rnd := rand.New(rand.NewPCG(3, 4))
	for i, file := range files {
		if i%3 != 0 {
			continue // every plan is made several times
		}
		choices := make([]byte, 5*(1+i%6))
		for k := range choices {
			choices[k] = byte(rnd.IntN(256))
		}
		v := variants[i%len(variants)]
		f.Add(v.make(file, rnd), files[(i*7+1)%len(files)], choices)
	}
	f.Fuzz(func(t *testing.T, a, b, choices []byte) {
		if len(choices) > 5*12 || len(a) > 1<<13 || len(b) > 1<<13 {
			return
		}
		dir := t.TempDir()
		paths := []string{filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")}
		raws := [][]byte{a, b}
		opts := Options{Root: dir, Unsafe: len(choices)%2 == 0, Hash: map[string][32]byte{}}
		for i, path := range paths {
			writeFile(t, path, raws[i])
			opts.Hash[path] = sha256.Sum256(raws[i])
		}
		groups := draw(choices, paths, raws)
		p, err := NewPlan(groups, opts)
		if err != nil {
			t.Fatal(err)
		}
		planned, diff := show(dir, p.Outcomes()), p.Diff(dir)

		shuffled := slices.Clone(groups)
		rnd := rand.New(rand.NewPCG(uint64(len(a)), uint64(len(choices))))
		rnd.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		for i := range shuffled {
			shuffled[i].Changes = slices.Clone(shuffled[i].Changes)
			slices.Reverse(shuffled[i].Changes)
		}
		other, err := NewPlan(shuffled, opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(dir, other.Outcomes()); got != planned || other.Diff(dir) != diff {
			t.Fatalf("in another order:\n%s%s\nwant\n%s%s", got, other.Diff(dir), planned, diff)
		}

		checkApplied(t, groups, p, raws)
		byDiff := patched(t, diff, map[string][]byte{"a.go": a, "b.go": b})
		for _, f := range p.files {
			if got, ok := byDiff[f.rel]; ok != f.changed() || ok && got != string(f.out) {
				t.Fatalf("the diff makes %q of %s, want %q\n%s", got, f.rel, f.out, diff)
			}
		}
		if len(choices) == 0 || choices[len(choices)-1]%8 != 0 {
			return // the rest waits for the disk
		}

		outcomes, err := p.Write(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got := show(dir, outcomes); got != planned {
			t.Fatalf("written:\n%splanned:\n%s", got, planned)
		}
		after := slices.Clone(raws)
		for _, f := range p.files {
			after[slices.Index(paths, f.path)] = f.written(raws[slices.Index(paths, f.path)])
		}
		// What was planned for the files as they were is refused for what they have become.
		again, err := NewPlan(groups, opts)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range again.files {
			if f.changed() && !bytes.Equal(after[slices.Index(paths, f.path)], raws[slices.Index(paths, f.path)]) {
				t.Fatalf("a second run changes %s again", f.rel)
			}
		}
		for i, path := range paths {
			if got := readFile(t, path); got != string(after[i]) {
				t.Fatalf("%s holds %q, want %q", filepath.Base(path), got, after[i])
			}
		}
	})
}

// written is what the plan leaves in a file that holds raw.
func (f *file) written(raw []byte) []byte {
	if f.changed() {
		return f.out
	}
	return raw
}

// checkApplied makes the changes of the applied groups by hand and compares. The paths
// of the files are a.go and b.go.
func checkApplied(t *testing.T, groups []Group, p *Plan, raws [][]byte) {
	t.Helper()
	for i, name := range []string{"a.go", "b.go"} {
		var changes []Change
		for k, o := range p.Outcomes() {
			g := groups[k]
			if o.Group != g.ID {
				t.Fatalf("outcome %d is of group %d", k, o.Group)
			}
			if o.Status == Skipped {
				if o.Code == "" || o.Reason == "" {
					t.Fatalf("skipped without a word: %+v", o)
				}
				continue
			}
			if g.Applicability == Manual || g.Applicability == Review && !p.opts.Unsafe {
				t.Fatalf("group %d is applied, but is %v", g.ID, g.Applicability)
			}
			for _, c := range g.Changes {
				if filepath.Base(c.File) == name {
					changes = append(changes, c)
				}
			}
		}
		slices.SortFunc(changes, compareChanges)
		changes = slices.Compact(changes)
		for k := 1; k < len(changes); k++ {
			if c, before := changes[k], changes[k-1]; c.Start < before.End || c.Start == before.Start && c.End == before.End {
				t.Fatalf("both %+v and %+v are applied", before, c)
			}
		}
		got := raws[i]
		if k := slices.IndexFunc(p.files, func(f *file) bool { return f.rel == name }); k >= 0 {
			got = p.files[k].written(got)
		}
		if why := differs(raws[i], spliced(raws[i], changes), got); why != "" {
			t.Fatalf("%s: %s", name, why)
		}
		if len(changes) == 0 {
			continue
		}
		if _, r := newSheet(got); r != nil && r.Code != "generated" {
			t.Fatalf("%s was changed and does not parse: %v\n%q", name, r, got)
		}
	}
}

// patched applies a unified diff as a tool would that believes nothing but its lines.
func patched(t *testing.T, diff string, files map[string][]byte) map[string]string {
	t.Helper()
	out := map[string]string{}
	var name string
	var old []string
	var new strings.Builder
	at := 0 // old lines that are done
	finish := func() {
		if name != "" {
			out[name] = new.String() + strings.Join(old[at:], "")
		}
	}
	lines := strings.SplitAfter(diff, "\n")
	for i := 0; i < len(lines); i++ {
		if rest, ok := strings.CutPrefix(lines[i], "+++ b/"); ok {
			finish()
			name = strings.TrimSpace(rest)
			old, at = strings.SplitAfter(string(files[name]), "\n"), 0
			new.Reset()
		}
		if !strings.HasPrefix(lines[i], "@@ -") {
			continue
		}
		from, removed, to, added := 0, 1, 0, 1
		ranges := strings.Fields(lines[i])
		if _, err := fmt.Sscanf(ranges[1], "-%d,%d", &from, &removed); err != nil {
			_, err = fmt.Sscanf(ranges[1], "-%d", &from)
			if err != nil {
				t.Fatalf("bad range %q", lines[i])
			}
		}
		if _, err := fmt.Sscanf(ranges[2], "+%d,%d", &to, &added); err != nil {
			if _, err = fmt.Sscanf(ranges[2], "+%d", &to); err != nil {
				t.Fatalf("bad range %q", lines[i])
			}
		}
		for ; at < from-1; at++ {
			new.WriteString(old[at])
		}
		for removed > 0 || added > 0 {
			i++
			kind, text := lines[i][0], lines[i][1:]
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], `\ `) {
				text = strings.TrimSuffix(text, "\n")
			}
			if kind != '+' {
				if at >= len(old) || old[at] != text {
					t.Fatalf("line %d of the diff, %q, does not fit\n%s", i+1, lines[i], diff)
				}
				at++
				removed--
			}
			if kind != '-' {
				new.WriteString(text)
				added--
			}
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], `\ `) {
				i++
			}
		}
	}
	finish()
	return out
}
