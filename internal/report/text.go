package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// TextOptions choose what goes with each line of the text format.
type TextOptions struct {
	// Context is how many lines of source to show above and below each
	// finding; negative for none, not even the line itself.
	Context int
	// Snippet shows the line of each finding with a caret below it, and the
	// old and the new URL. It takes the place of Context.
	Snippet bool
	// Color uses ANSI colours.
	Color bool
	// Source returns the bytes of a file by its absolute path. An error leaves
	// the source lines of the file out. Needed for Context and Snippet only.
	Source func(path string) ([]byte, error)
	// Redact, if set, is applied to all source text that is shown.
	Redact func(string) string
}

// Text writes one line "file:line:col: message" for each finding, and what
// the options ask for below it.
func Text(w io.Writer, findings []Finding, opts TextOptions) error {
	t := textPrinter{TextOptions: opts}
	for _, f := range findings {
		t.finding(f)
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

type textPrinter struct {
	TextOptions
	buf   bytes.Buffer
	path  string   // of lines
	lines []string // nil if the file cannot be read
}

const (
	bold  = "1"
	red   = "31"
	green = "32"
	dim   = "2"
)

func (t *textPrinter) paint(code, text string) string {
	if !t.Color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (t *textPrinter) finding(f Finding) {
	place := fmt.Sprintf("%s:%d:%d:", Line(f.Name), f.Line, f.Column)
	fmt.Fprintf(&t.buf, "%s %s\n", t.paint(bold, place), Line(f.Message))
	switch {
	case t.Snippet:
		t.snippet(f)
	case t.Context >= 0:
		t.read(f.Path)
		for i := max(1, f.Line-t.Context); i <= min(len(t.lines), f.EndLine+t.Context); i++ {
			fmt.Fprintf(&t.buf, "%d\t%s\n", i, Line(t.shown(t.lines[i-1])))
		}
	}
}

func (t *textPrinter) shown(source string) string {
	if t.Redact != nil {
		source = t.Redact(source)
	}
	return source
}

func (t *textPrinter) read(path string) {
	if t.path == path {
		return
	}
	t.path, t.lines = path, nil
	if data, err := t.Source(path); err == nil {
		t.lines = strings.Split(string(data), "\n")
	}
}

const snippetWidth = 100 // bytes of source, about

// snippet shows the line of the finding, or the part of a long line around it.
func (t *textPrinter) snippet(f Finding) {
	t.read(f.Path)
	if 1 <= f.Line && f.Line <= len(t.lines) {
		line := strings.TrimSuffix(t.lines[f.Line-1], "\r")
		from := min(max(f.Column-1, 0), len(line))
		to := len(line)
		if f.EndLine == f.Line {
			to = min(max(f.EndColumn-1, from), len(line))
		}
		// Secrets are found in whole lines only. If there is one in front of
		// the caret, nobody knows where the caret has to go.
		shown := t.shown(line)
		if strings.HasPrefix(shown, line[:to]) {
			t.pointed(shown[:from], shown[from:to], shown[to:])
		} else {
			fmt.Fprintf(&t.buf, "    %s\n", flat(clipRight(strings.TrimLeft(shown, " \t"), snippetWidth)))
		}
	}
	switch {
	case f.Old != "" && f.New != "":
		fmt.Fprintf(&t.buf, "    %s %s %s\n", t.paint(red, Line(f.Old)), t.paint(dim, "->"), t.paint(green, Line(f.New)))
	case f.Old != "":
		fmt.Fprintf(&t.buf, "    %s %s\n", t.paint(red, Line(f.Old)), t.paint(dim, "(no equivalent in v2)"))
	}
}

// pointed writes a source line with a caret and a wave below its middle part.
func (t *textPrinter) pointed(before, at, after string) {
	before = flat(clipLeft(strings.TrimLeft(before, " \t"), snippetWidth/2))
	at = flat(clipRight(at, snippetWidth))
	after = flat(clipRight(after, max(snippetWidth-len(before)-len(at), 10)))
	fmt.Fprintf(&t.buf, "    %s%s%s\n", before, t.paint(red, at), after)
	fmt.Fprintf(&t.buf, "    %s%s\n", strings.Repeat(" ", utf8.RuneCountInString(before)),
		t.paint(red, "^"+strings.Repeat("~", max(utf8.RuneCountInString(at)-1, 0))))
}

// flat makes every character one column wide, as far as a terminal allows.
func flat(s string) string { return strings.ReplaceAll(Line(s), "\t", " ") }

func clipLeft(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := len(s) - n
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return "…" + s[i:]
}

func clipRight(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
