package endpoint

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// seeds returns the URLs of the table and of the golden file, with holes.
func seeds(f *testing.F) []string {
	var out []string
	for _, r := range Default().Rules() {
		for _, e := range r.Examples {
			out = append(out, e.In, e.Out)
		}
	}
	data, err := os.ReadFile("testdata/match.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		left, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " -> ")
		if parts := strings.SplitN(left, " ", 3); len(parts) == 3 && parts[0] != "#" {
			out = append(out, strings.ReplaceAll(parts[2], `\0`, "\x00"))
		}
	}
	return out
}

func FuzzMatch(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add([]string{"", "GET", "POST", "DELETE", "HEAD"}[i%5], s)
	}
	f.Fuzz(func(t *testing.T, method, text string) {
		tab := Default()
		for _, ask := range []func(string, string) Result{tab.Match, tab.MatchRoute} {
			r := ask(method, text)
			checkResult(t, text, r)
			checkMoved(t, ask, method, text, r)
			checkDisplay(t, r)
			if r.Kind != NotOurs && r.Kind != Current && !holdsNeedle(text) {
				t.Errorf("%q is %v but holds no needle", text, r.Kind)
			}
		}
		r := tab.MatchRelative(method, text)
		checkResult(t, text, r)
		checkDisplay(t, r)
		// What is right below a base must be right together with the base.
		if r.Kind == Mapped && r.Doubt == "" {
			moved := "/customer/v2/" + strings.TrimPrefix(Apply(text, r.Edits), "/")
			if again := tab.Match(method, moved); again.Kind != Current {
				t.Errorf("%q became %q, which is %s", text, moved, again.describe())
			}
		}
	})
}

func checkDisplay(t *testing.T, r Result) {
	t.Helper()
	for _, s := range []string{r.URL(), r.NewURL()} {
		if strings.ContainsAny(s, "\x00\n\r\x1b") {
			t.Errorf("%q holds control characters", s)
		}
	}
}

func FuzzLoose(f *testing.F) {
	files, err := filepath.Glob("testdata/loose/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, s := range seeds(f) {
		f.Add("GET " + s + ", " + s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkSpans(t, text)
	})
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/parse/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tab, err := Parse("t", data)
		if err != nil {
			if tab != nil || !strings.HasPrefix(err.Error(), "t:") {
				t.Errorf("table %v with error %v", tab, err)
			}
			return
		}
		for _, r := range tab.Rules() {
			for _, e := range r.Examples {
				checkMoved(t, tab.Match, e.Method, e.In, tab.Match(e.Method, e.In))
			}
		}
	})
}

// nearHosts are hosts that look like ours and are not, or are ours in an odd spelling.
var nearHosts = []string{
	"api.orbitflare.com", "API.OrbitFlare.com:443", "orbitflare.com", "user:pw@api.orbitflare.com",
	"api.orbitflare.com.evil.example", "xapi.orbitflare.com", "x.orbitflare.com", "api.orbitflare.co", "api-orbitflare.com",
	"api.orbitflare.com@evil.example", "api.orbitflare.com:80@evil.example", "evil.example/@api.orbitflare.com",
	"evil.example?@api.orbitflare.com", "evil.example#@api.orbitflare.com", `evil.example\@api.orbitflare.com`,
	"api.orbitflare.com.", "xn--api-orbitflare-com", "api.orbıtflare.com", "api。orbitflare.com", "api.orbitflare.com%2eevil.example",
	"[::1]", "localhost", "mainnet.rpc.orbitflare.com", "docs.orbitflare.com", "127.0.0.1:8080", "a@b@api.orbitflare.com",
}

// FuzzHost holds the way in which a URL is taken apart against that of net/url: only
// paths change, and only on our hosts or where the host may be one.
func FuzzHost(f *testing.F) {
	var paths []string
	for _, s := range seeds(f) {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			paths = append(paths, u.RequestURI())
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	for i, host := range nearHosts {
		for k, p := range paths {
			if k%len(nearHosts) == i || p == "/customer/v1/licenses" {
				f.Add([]string{"", "GET", "POST"}[k%3], host, p)
			}
		}
	}
	f.Fuzz(func(t *testing.T, method, host, rest string) {
		text := "https://" + host + rest
		for _, ask := range []func(string, string) Result{Default().Match, Default().MatchRelative, Default().MatchRoute} {
			r := ask(method, text)
			if len(r.Edits) == 0 {
				continue
			}
			moved := Apply(text, r.Edits)
			before, err := url.Parse(text)
			if err != nil {
				continue // net/url has no opinion
			}
			switch name := strings.TrimSuffix(strings.ToLower(before.Hostname()), "."); {
			case name == "api.orbitflare.com", name == "orbitflare.com":
			case r.Host == HostUnknown && (hasHole(name) || name == "localhost" || name == "127.0.0.1" || name == "0.0.0.0" ||
				strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".test")):
			default:
				t.Errorf("%q became %q, but is on %s (%v)", text, moved, name, r.Host)
			}
			after, err := url.Parse(moved)
			if err != nil {
				t.Errorf("%q became %q, which is no URL: %v", text, moved, err)
				continue
			}
			before.Path, before.RawPath, after.Path, after.RawPath = "", "", "", ""
			if before.String() != after.String() {
				t.Errorf("%q became %q: more than the path changed", text, moved)
			}
		}
	})
}

// disclosers are texts that show what stands for %s, which is a secret.
var disclosers = []string{
	"https://%s@api.orbitflare.com/customer/v1", "https://user:%s@api.orbitflare.com/customer/v1/licenses", "https://a@%s@h/x",
	"/customer/v1/licenses?api_key=%s", "/x?page=2&access_token=%s#f", "/x?a=b;Password=%s", "/x?X-Auth=%s&y=1",
	`curl -H "X-ORBIT-KEY: %s" /x`, `req.Header.Set("X-ORBIT-KEY", "%s")`, "Authorization: Bearer %s", "authorization=Basic %s",
	`{"Authorization": "Bearer %s"}`, "/licenses/ORBIT-%s/ips", "X-Orbit-Key:%s",
}

// FuzzRedact surrounds texts that disclose a secret with others.
func FuzzRedact(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add(uint8(i), s+" ", "s3cr3t"+strings.Repeat("x", i%20), " "+s)
	}
	for i := range disclosers {
		f.Add(uint8(i), "", "sEcReT-_.~+/=", "\n")
		f.Add(uint8(i), "go\x00\x1b[31m ", "0123456789abcdef", "\" ")
	}
	f.Fuzz(func(t *testing.T, form uint8, before, secret, after string) {
		redacted := Redact(before)
		if again := Redact(redacted); again != redacted {
			t.Errorf("%q is redacted to %q and then to %q", before, redacted, again)
		}
		// A key is one word; what is shorter may well be in the text around it.
		word := func(r rune) bool {
			return r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		}
		if len(secret) < 8 || strings.ContainsFunc(secret, func(r rune) bool { return !word(r) }) || secret[0] == '-' || secret[0] == '_' {
			return
		}
		discloser := disclosers[int(form)%len(disclosers)]
		// The text around it must neither hold the secret nor go on with a word of it.
		if strings.Contains(before+after+discloser, secret[:8]) || before != "" && !strings.ContainsAny(before[len(before)-1:], " \t\n\"'(") {
			return
		}
		text := before + strings.ReplaceAll(discloser, "%s", secret) + after
		for _, shown := range []string{Redact(text), display(text), display(strings.TrimSpace(text))} {
			if strings.Contains(shown, secret[:8]) {
				t.Errorf("%q shows %q", text, shown)
			}
		}
	})
}
