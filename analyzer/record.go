package analyzer

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Some texts name v1 because they are about v1: histories, tables of what moved, and rules that
// turn v1 away. They would say something else, or something wrong, about v2.

var (
	// Prose that tells what was, by its name without the ending, or by its directory, which then
	// has a text for each change or release.
	historyName = regexp.MustCompile(`(?i)^(changelog|changes|history|news|releases?|release[-_ ]?notes|upgrad(e|ing)|migrat(e|ing|ion)|whats[-_ ]?new)([-_. ].*)?$`)
	historyDir  = regexp.MustCompile(`(?i)^\.?(changelogs?|changeset|release[-_ ]?notes)$`)
	// What rules and checks say that turn requests away.
	negative     = regexp.MustCompile(`(?i)\b(den(y|ies|ied)|forbids?|disallow(ed|s)?|reject(ed|s)?|block(ed|s|list)?|blacklist|410|gone|retired|sunset|deprecated|no longer|must not|return 40[34])\b`)
	negativeName = regexp.MustCompile(`(?i)(^|[-_. ])(deny|block|blocklist|blacklist|forbid|reject|disallow)([-_. ]|$)`)
)

// proseEndings are those of texts that people write for people.
var proseEndings = []string{"", ".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".org", ".html", ".textile"}

// nearLines are the lines before and behind a URL that may say what it is there for.
const nearLines = 3

// about says why a URL of a text is there to name v1, and how far a change of it can be trusted:
// Safe if nothing speaks for that.
func (j *judge) about(t *strval.Literal, from, to int, res endpoint.Result) (fixer.Applicability, string) {
	name := filepath.Base(t.File)
	if ext := filepath.Ext(name); slices.Contains(proseEndings, strings.ToLower(ext)) &&
		(historyName.MatchString(strings.TrimSuffix(name, ext)) || historyDir.MatchString(filepath.Base(filepath.Dir(t.File)))) {
		return fixer.Manual, "it is in a history of changes, which tells what was"
	}
	line, near := around(t.Source, from, to)
	for _, b := range j.table.Bases() {
		if !b.Undocumented && holdsBase(line, b.Old) && holdsBase(line, b.New) {
			return fixer.Manual, "its line names both versions, so it is about the move itself"
		}
	}
	if becomes := endpointOf(res.NewURL()); res.Rule != nil && becomes != endpointOf(res.URL()) && strings.Contains(near, becomes) {
		return fixer.Manual, "what it becomes is beside it, so it is about the move itself"
	}
	word := negative.FindString(near)
	if word == "" && !strings.HasSuffix(name, ".go") {
		word = strings.Trim(negativeName.FindString(name), "-_. ")
	}
	if word != "" {
		return fixer.Review, fmt.Sprintf("%q beside it may turn v1 away", word)
	}
	return fixer.Safe, ""
}

// around returns the line of a part of a text, and with it those before and behind it that are
// near and not behind a blank one.
func around(text string, from, to int) (line, near string) {
	start := strings.LastIndexByte(text[:from], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[to:], '\n'); i >= 0 {
		end = to + i
	}
	line = text[start:end]
	for range nearLines {
		if start == 0 {
			break
		}
		before := strings.LastIndexByte(text[:start-1], '\n') + 1
		if strings.TrimSpace(text[before:start]) == "" {
			break
		}
		start = before
	}
	for range nearLines {
		if end == len(text) {
			break
		}
		behind := len(text)
		if i := strings.IndexByte(text[end+1:], '\n'); i >= 0 {
			behind = end + 1 + i
		}
		if strings.TrimSpace(text[end:behind]) == "" {
			break
		}
		end = behind
	}
	return line, text[start:end]
}

// holdsBase reports whether a text names a base, and not a longer version.
func holdsBase(text, base string) bool {
	for {
		i := strings.Index(text, base)
		if i < 0 {
			return false
		}
		if text = text[i+len(base):]; text == "" || text[0] < '0' || text[0] > '9' {
			return true
		}
	}
}
