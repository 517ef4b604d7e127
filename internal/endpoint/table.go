package endpoint

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed table.yaml
var tableYAML []byte

// A Table says which URLs belong to the API and what becomes of them. It does not change after Parse and is safe
// for concurrent use.
type Table struct {
	bases       []*Base // documented bases first, then undocumented ones
	rules       []*Rule // rows with a v1 path
	added       []*Rule // rows that exist only in v2
	keepHosts   []string
	standIns    []string // hosts that say nothing about whose server answers
	keepHeaders []string
	maxOld      int // most segments of a v1 path: longer paths need no look at the rows
}

// A Base is a place below which the API lives.
type Base struct {
	ID     string
	Host   string // lower case, without a port
	Old    string // v1 path, such as "/customer/v1": a leading slash, none at the end
	New    string // v2 path with as many segments, of which one differs
	Source string // "guide" or "reference"
	Note   string // a sentence for the reader
	// Shared says that pages outside the API live on the host too.
	Shared bool
	// Undocumented says that the base is seen in the wild only: it is reported and never rewritten.
	Undocumented bool
	Examples     []Example

	oldSegs, newSegs []string
	version          int // index of the segment that differs
}

// A Rule is one row of the table: an endpoint with a v2 equivalent or, when Old is empty, one that exists only in v2.
type Rule struct {
	ID       string
	Method   string // upper case; "ANY" if the source does not give the methods (only where Old is empty)
	Old      string // path below the v1 base, such as "licenses/{id}/ips"; empty if v1 never had it
	New      string // path below the v2 base
	Source   string // "guide" or "reference"
	Note     string // a sentence for the reader
	Check    string // a clause: what a person has to look at although the URL is right; may be empty
	Examples []Example

	old, new  []string // segments; a parameter is ""
	params    []int    // for each segment of new the index in old of the same parameter, or -1
	change    change
	collides  []*Rule // rules whose new path is a special case of this new path
	routeNote string  // what a server should know that serves both this row and a colliding one
	merges    bool    // the path changes to one that another row has already
}

// An Example shows what a row does. Parse rejects a table one of whose examples does not hold.
type Example struct {
	In     string
	Method string // "" for unknown
	Out    string // empty if In is reported and left as it is
}

// The panic means that the program was built with a broken table, which the tests rule out.
var defaultTable = sync.OnceValue(func() *Table {
	t, err := Parse("table.yaml", tableYAML)
	if err != nil {
		panic("endpoint: the built-in table is broken: " + err.Error())
	}
	return t
})

// Default returns the built-in table.
func Default() *Table { return defaultTable() }

// Rules returns all rows in the order of the file: first those with a v2 equivalent, then those that exist only in
// v2. The rows are shared; do not change them.
func (t *Table) Rules() []*Rule { return slices.Concat(t.rules, t.added) }

// Bases returns all bases, the documented ones first. The bases are shared; do not change them.
func (t *Table) Bases() []*Base { return slices.Clone(t.bases) }

// Vendor returns words in lower case by which code names the vendor: the name in its hosts, and the one that its
// headers shorten it to.
func (t *Table) Vendor() []string {
	var out []string
	add := func(s string) {
		if s = strings.ToLower(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, b := range t.bases {
		labels := strings.Split(b.Host, ".")
		name := labels[max(len(labels)-2, 0)]
		short := ""
		for _, h := range t.keepHeaders {
			for _, word := range strings.Split(strings.ToLower(h), "-") {
				if len(word) > len(short) && len(word) > 2 && strings.HasPrefix(name, word) {
					short = word
				}
			}
		}
		add(name)
		add(short)
	}
	return out
}

// KeepHeaders returns the names of the headers that v2 takes unchanged. Their values are secrets.
func (t *Table) KeepHeaders() []string { return slices.Clone(t.keepHeaders) }
