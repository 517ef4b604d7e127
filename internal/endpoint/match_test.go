package endpoint

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/internal/growth"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with the file, or writes it.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update rewrites it:\n%s", file, diff)
	}
}

// show is a result on one line.
func show(text string, r Result) string {
	out := []string{r.Kind.String()}
	if r.Kind != NotOurs {
		out = append(out, "host "+r.Host.String())
	}
	if r.Rule != nil {
		out = append(out, r.Rule.ID)
	}
	if r.Reason != "" {
		out = append(out, "because "+r.Reason)
	}
	if len(r.Edits) > 0 {
		out = append(out, strings.ReplaceAll(Apply(text, r.Edits), "\x00", `\0`))
	}
	if r.Doubt != "" {
		out = append(out, "doubt: "+r.Doubt)
	}
	if r.Note != "" {
		out = append(out, "note: "+r.Note)
	}
	return strings.Join(out, "; ")
}

func TestMatch(t *testing.T) {
	const file = "testdata/match.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			fmt.Fprintln(&got, line)
			continue
		}
		left, _, _ := strings.Cut(line, " -> ")
		how, rest, _ := strings.Cut(left, " ")
		method, text, ok := strings.Cut(rest, " ")
		if !ok {
			t.Fatalf("bad line %q", line)
		}
		text = strings.ReplaceAll(text, `\0`, "\x00")
		method = strings.ReplaceAll(strings.TrimPrefix(method, "-"), `\0`, "\x00")
		ask := map[string]func(string, string) Result{"M": Default().Match, "R": Default().MatchRelative, "P": Default().MatchRoute}[how]
		r := ask(method, text)
		fmt.Fprintf(&got, "%s -> %s\n", left, show(text, r))
		checkResult(t, text, r)
		if how != "R" {
			checkMoved(t, ask, method, text, r)
		}
	}
	golden(t, file, got.Bytes())
}

// checkResult checks what holds for every result.
func checkResult(t *testing.T, text string, r Result) {
	t.Helper()
	at := 0
	for _, e := range r.Edits {
		if e.Start < at || e.End < e.Start || e.End > len(text) || e.Start == e.End && e.Start == len(text) || e.New == "" {
			t.Fatalf("%q: bad edits %v", text, r.Edits)
		}
		at = e.End
		if e.Start == e.End {
			at++ // the byte that an insertion belongs to
		}
		if strings.ContainsAny(text[:e.End], "?#") && !hasHole(text[:e.End]) {
			t.Fatalf("%q: %v is behind the path", text, e)
		}
	}
	switch r.Kind {
	case Mapped, BaseOnly:
		if r.Reason != "" {
			t.Errorf("%q: %v with a reason: %s", text, r.Kind, r.Reason)
		}
	case HalfMigrated:
		if r.Reason == "" {
			t.Errorf("%q: no reason", text)
		}
	default:
		if r.Reason == "" || len(r.Edits) > 0 || r.Doubt != "" {
			t.Errorf("%q: %v with reason %q, doubt %q and edits %v", text, r.Kind, r.Reason, r.Doubt, r.Edits)
		}
	}
	if strings.HasSuffix(r.Reason, ".") || strings.HasSuffix(r.Doubt, ".") {
		t.Errorf("%q: a reason must fit into a sentence: %q %q", text, r.Reason, r.Doubt)
	}
}

// checkMoved checks that the edits finish the job: what they make is current, and nothing but the path changed.
func checkMoved(t *testing.T, ask func(string, string) Result, method, text string, r Result) {
	t.Helper()
	if len(r.Edits) == 0 {
		return
	}
	moved := Apply(text, r.Edits)
	if again := ask(method, moved); again.Kind != Current || len(again.Edits) > 0 {
		t.Errorf("%q became %q, which is %s", text, moved, again.describe())
	}
	first, last := r.Edits[0].Start, r.Edits[len(r.Edits)-1].End
	if !strings.HasPrefix(moved, text[:first]) || !strings.HasSuffix(moved, text[last:]) {
		t.Errorf("%q became %q: bytes outside of the edits changed", text, moved)
	}
}

// TestLoose reads texts (\0 is a hole) and writes what is found in each to a file beside it.
func TestLoose(t *testing.T) {
	files, err := filepath.Glob("testdata/loose/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts:", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), `\0`, "\x00")
		var got bytes.Buffer
		for _, s := range Default().Loose(text) {
			r := s.Result
			shown := Result{Kind: r.Kind, Host: r.Host, Rule: r.Rule, Reason: r.Reason, Doubt: r.Doubt}
			fmt.Fprintf(&got, "%s %s -> %s\n", cmp.Or(s.Method, "-"), r.URL(), show("", shown))
			if len(r.Edits) > 0 {
				fmt.Fprintf(&got, "\t%s\n", r.NewURL())
			}
		}
		checkSpans(t, text)
		golden(t, strings.TrimSuffix(file, ".txt")+".golden", got.Bytes())
	}
}

// checkSpans checks that the edits of all spans can be made together and leave nothing to do.
func checkSpans(t *testing.T, text string) {
	t.Helper()
	var edits []Edit
	at, open := 0, 0
	for _, s := range Default().Loose(text) {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("bad span %d-%d in %q", s.Start, s.End, text)
		}
		at = s.End
		for _, e := range s.Result.Edits {
			if e.Start < s.Start || e.End > s.End {
				t.Fatalf("edit %v is outside of the span %d-%d in %q", e, s.Start, s.End, text)
			}
		}
		edits = append(edits, s.Result.Edits...)
		if len(s.Result.Edits) == 0 {
			open++
		}
		if s.Result.URL() != display(text[s.Start:s.End]) {
			t.Fatalf("span %d-%d shows %q", s.Start, s.End, s.Result.URL())
		}
	}
	moved := Apply(text, edits)
	left := Default().Loose(moved)
	for _, s := range left {
		if len(s.Result.Edits) > 0 {
			t.Errorf("%q became %q, in which %q can be changed again", text, moved, s.Result.URL())
		}
	}
	if len(left) != open {
		t.Errorf("%q became %q with %d URLs to report, not %d", text, moved, len(left), open)
	}
}

func TestEndpoints(t *testing.T) {
	for _, c := range []struct{ method, url, old, new string }{
		{"GET", "/customer/v1/locations", "GET /customer/v1/locations", "GET /customer/v2/licenses/locations"},
		{"", "/customer/v1/locations", "GET /customer/v1/locations", "GET /customer/v2/licenses/locations"},
		{"", "/api/customer/v1/licenses/1/ips", "/api/customer/v1/licenses/{id}/ips", "/api/customer/v2/licenses/{id}/ips"},
		{"GET", "/customer/v1/profile", "", "GET /customer/v2/profile"},
		{"GET", "/customer/v1/other", "", ""},
	} {
		old, new := Default().Match(c.method, c.url).Endpoints()
		if old != c.old || new != c.new {
			t.Errorf("%s %s: %q, %q; want %q, %q", c.method, c.url, old, new, c.old, c.new)
		}
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"https://user:pw@api.orbitflare.com/x":    "https://***@api.orbitflare.com/x",
		"https://a@b@api.orbitflare.com/x":        "https://***@api.orbitflare.com/x",
		"/x?api_key=abc&page=2":                   "/x?api_key=***&page=2",
		"/x?page=2&access_token=abc#f":            "/x?page=2&access_token=***#f",
		"/licenses/ORBIT-ABCD-1234/ips":           "/licenses/ORBIT-***/ips",
		`curl -H "X-ORBIT-KEY: s3cret" /x`:        `curl -H "X-ORBIT-KEY: ***" /x`,
		`req.Header.Set("X-ORBIT-KEY", "s3cret")`: `req.Header.Set("X-ORBIT-KEY", "***")`,
		"Authorization: Bearer abc.def":           "Authorization: Bearer ***",
		"the X-ORBIT-KEY header":                  "the X-ORBIT-KEY header",
		"/customer/v1/licenses?page=1":            "/customer/v1/licenses?page=1",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
	r := Default().Match("GET", "https://u:p@api.orbitflare.com/customer/v1/licenses/\x00?api_key=k\x1b[31m")
	if got, want := r.URL(), "https://***@api.orbitflare.com/customer/v1/licenses/{}?api_key=***"; got != want {
		t.Errorf("URL() = %q, want %q", got, want)
	}
}

// holdsNeedle is how a caller of Needles searches.
func holdsNeedle(text string) bool {
	text = lowerASCII(text)
	return slices.ContainsFunc(Default().Needles(), func(n string) bool { return strings.Contains(text, n) })
}

func TestNeedles(t *testing.T) {
	for _, text := range []string{
		"HTTPS://API.ORBITFLARE.COM/v1", `"\x2fcust\u006fmer\u002fv1/locations"`, `"/\143ustomer/v1"`, "/%63ustomer/v1/x", `/c\U00000075stomer/v1`,
	} {
		if !holdsNeedle(text) {
			t.Errorf("no needle in %q", text)
		}
	}
	for _, text := range []string{`"/locations"`, "package main\n\nfunc main() { println(\"a\\n\\t%s %d\") }\n", "github.com/acme/orbit"} {
		if holdsNeedle(text) {
			t.Errorf("a needle in %q", text)
		}
	}
}

func TestAllocations(t *testing.T) {
	tab := Default()
	for _, c := range []struct {
		url string
		max float64
	}{
		{"https://api.orbitflare.com/customer/v1/licenses/\x00/ips", 2},
		{"/locations", 1},
		{"https://api.example.com/customer/v1/licenses", 1},
	} {
		if n := testing.AllocsPerRun(100, func() { tab.Match("GET", c.url) }); n > c.max {
			t.Errorf("Match(%q) allocates %v times, want at most %v", c.url, n, c.max)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	tab := Default()
	for _, url := range []string{
		"https://api.orbitflare.com/customer/v1/licenses/\x00/ips",
		"\x00/customer/v1/locations",
		"/locations",
		"https://api.example.com/customer/v1/licenses",
	} {
		b.Run(display(url), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tab.Match("GET", url)
			}
		})
	}
}

// TestHostile checks that no text makes the package slow: the time grows as the text does.
func TestHostile(t *testing.T) {
	for _, piece := range []string{
		"{", "<a", "$a", "$(", "%", "%0", "/", "//", "a/", "./", "../", "\x00", "\x00/", ":", "@", "a@", "[", "(", ",/", "}}", "{{", "curl ", "\\\n", "'", "curl '",
		"/customer/v1", "/customer/v1,", "=/customer/v1", "x/customer/v1", "}/customer/v1", "{{/customer/v1", "/customer/v1 ",
		"api.orbitflare.com", "api.orbitflare.com=", "@api.orbitflare.com", "//api.orbitflare.com", "http://api.orbitflare.com ",
		"customer%2fv1", "https://api.orbitflare.com/customer/v1/licenses\\\n", "curl https://api.orbitflare.com/customer/v1/licenses\\\n",
	} {
		text := func(n int) string { return strings.Repeat(piece, max(n/len(piece), 1)) }
		match := growth.Exponent((maxText-64)/8, func(n int) {
			for _, s := range []string{text(n), "/customer/v1/" + text(n), "https://api.orbitflare.com" + text(n)} {
				for range 8 { // one takes too short a time
					Default().Match("", s)
					Default().MatchRelative("", s)
					Default().MatchRoute("", s)
				}
			}
		})
		loose := growth.Exponent(1<<14, func(n int) { Default().Loose(text(n)) })
		if match > linear || loose > linear {
			t.Errorf("%q repeated: the time of Match grows with exponent %.2f, that of Loose with %.2f", piece, match, loose)
		}
	}
}

// linear is an exponent below which time does not grow faster than the input, with what caches
// and the collector add.
const linear = 1.6
