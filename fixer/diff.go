package fixer

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Diff returns the planned changes as a unified diff that "git apply", run in
// dir, takes. Names are relative to dir, which should not be below the root:
// git does not apply changes to files outside of it. The bytes of the lines
// are those of the files, whatever their line ends. Without changes the diff is
// empty.
//
// There are no "diff --git" lines: after these git takes names to start at the
// top of the work tree, and when run below it passes over all files in silence.
func (p *Plan) Diff(dir string) string {
	var b strings.Builder
	for _, f := range p.files {
		if !f.changed() {
			continue
		}
		var edits []udiff.Edit
		for _, c := range f.edits {
			if c.Old != c.New {
				edits = appendLines(edits, f.sheet.raw, ownLines(f.sheet.raw, c))
			}
		}
		name, err := filepath.Rel(dir, f.path)
		if err != nil {
			name = f.path
		}
		from, to := gitName("a/"+filepath.ToSlash(name)), gitName("b/"+filepath.ToSlash(name))
		tab := "" // ends a name with spaces, as git writes it
		if strings.Contains(name, " ") {
			tab = "\t"
		}
		text, err := udiff.ToUnified(from+tab, to+tab, string(f.sheet.raw), edits, udiff.DefaultContextLines)
		if err != nil {
			// Unreachable for changes that are in order and do not overlap; if
			// it is not, git calls this corrupt and refuses the whole.
			text = fmt.Sprintf("--- %s\n+++ %s\n@@ -1 +1 @@\n%v\n", from, to, err)
		}
		b.WriteString(text)
	}
	return b.String()
}

// appendLines adds the next edit, and makes it one with the last if their lines have no other
// between them: the old lines come first then, and the new ones below.
func appendLines(edits []udiff.Edit, raw []byte, e udiff.Edit) []udiff.Edit {
	if len(edits) > 0 {
		last := &edits[len(edits)-1]
		between := string(raw[last.End:e.Start])
		if n := strings.Count(between, "\n"); n == 0 || n == 1 && !strings.HasSuffix(last.New, "\n") {
			last.New += between + e.New
			last.End = e.End
			return edits
		}
	}
	return append(edits, e)
}

// Line returns the line, counted from one, of what is at a byte offset of a file before the plan
// is carried out, as it is afterwards. was is the line before.
func (p *Plan) Line(file string, offset, was int) int {
	for _, f := range p.files {
		if f.path != file || !f.changed() || offset > len(f.sheet.raw) {
			continue
		}
		for _, c := range f.edits {
			if c.End <= offset {
				was += strings.Count(c.New, "\n") - strings.Count(c.Old, "\n")
			}
		}
	}
	return was
}

// ownLines is a change as an edit. Lines that are put behind another one begin where the
// next does: the line before them does not change.
func ownLines(raw []byte, c Change) udiff.Edit {
	for _, end := range []string{"\n", "\r\n"} {
		if c.Start == c.End && strings.HasPrefix(c.New, end) && bytes.HasPrefix(raw[c.Start:], []byte(end)) {
			at := c.Start + len(end)
			return udiff.Edit{Start: at, End: at, New: c.New[len(end):] + end}
		}
	}
	return udiff.Edit{Start: c.Start, End: c.End, New: c.New}
}

// gitName quotes a name as git does: control characters, quotes, backslashes
// and all that is not ASCII, so that a name cannot play tricks on a terminal.
func gitName(name string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			quoted = true
			b.WriteString("\\" + string(c))
		case c < 0x20 || c >= 0x7f:
			quoted = true
			fmt.Fprintf(&b, "\\%03o", c)
		default:
			b.WriteByte(c)
		}
	}
	if quoted {
		return `"` + b.String() + `"`
	}
	return name
}
