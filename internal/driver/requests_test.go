package driver

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A listed is what the tests need of the list of requests in its JSON form.
type listed struct {
	Requests []struct {
		Method, URL, Posn, Sink string
		Test                    bool
		Parts                   []struct{ Of, Text, Hole, Reason, Posn string }
		Calls                   [][]struct{ Func, Name, Posn string }
	}
	Unsolved []struct{ Posn, Reason string }
}

func listSample(t *testing.T, args ...string) listed {
	t.Helper()
	isolated(t)
	var list listed
	out := orbitmigrate(t, exitClean, append([]string{"requests", "-C", sampleDir, "-json"}, args...)...)
	if err := json.Unmarshal([]byte(out.stdout), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestRequestsGolden compares what is printed for the sample application with a file.
func TestRequestsGolden(t *testing.T) {
	isolated(t)
	got := orbitmigrate(t, exitClean, "requests", "-C", sampleDir, "./...").stdout
	golden := filepath.Join("testdata", "requests.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(read(t, golden)), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

// TestRequestsRecorded wants every request that the sample application makes to be an
// instance of one that is listed for code other than tests.
func TestRequestsRecorded(t *testing.T) {
	list := listSample(t, "./...")
	var recorded []sampleRequest
	if err := json.Unmarshal(read(t, sampleDir+".requests.json"), &recorded); err != nil {
		t.Fatal(err)
	}
	if len(recorded) < 20 {
		t.Fatalf("%d requests are recorded", len(recorded))
	}
	for _, r := range recorded {
		found := false
		for _, l := range list.Requests {
			if l.Test || l.Method != r.Method || strings.HasPrefix(l.URL, "{") {
				continue
			}
			found = found || instance(l.URL).MatchString("https://"+r.Host+r.Before)
		}
		if !found {
			t.Errorf("%s https://%s%s is made and not listed", r.Method, r.Host, r.Before)
		}
	}
}

// instance accepts the instances of a template.
func instance(template string) *regexp.Regexp {
	pattern := regexp.QuoteMeta(template)
	pattern = regexp.MustCompile(`\\\{[^{}]*\\\}`).ReplaceAllString(pattern, `.+`)
	return regexp.MustCompile("^" + strings.ReplaceAll(pattern, `\*\*\*`, `.+`) + "$")
}

// TestRequestsGrep wants every place that grep finds for a request in the sample application
// to be listed.
func TestRequestsGrep(t *testing.T) {
	list := listSample(t, "./...")
	places := map[string]bool{}
	for _, l := range list.Requests {
		file, line, _ := strings.Cut(l.Posn, ".go:")
		line, _, _ = strings.Cut(line, ":")
		places[filepath.Base(file)+".go:"+line] = true
	}
	sinks := regexp.MustCompile(`http\.NewRequest|httptest\.NewRequest|hc\.Get\(`)
	n := 0
	each(t, sampleDir, func(name string, info os.FileInfo) error {
		if filepath.Ext(name) != ".go" {
			return nil
		}
		for i, line := range strings.Split(string(read(t, name)), "\n") {
			if !sinks.MatchString(line) {
				continue
			}
			n++
			if place := filepath.Base(name) + ":" + strconv.Itoa(i+1); !places[place] {
				t.Errorf("%s is not listed: %s", place, strings.TrimSpace(line))
			}
		}
		return nil
	})
	if n < 12 {
		t.Errorf("grep finds %d places", n)
	}
}

// TestRequestFlags wants the manual to name every flag of the subcommand in its section.
func TestRequestFlags(t *testing.T) {
	_, section, ok := strings.Cut(manual, "\n# Requests\n")
	if !ok {
		t.Fatal("the manual has no section about requests")
	}
	section, _, _ = strings.Cut(section, "\n# ")
	var dir string
	newRequestFlagSet(&config{}, &dir).VisitAll(func(f *flag.Flag) {
		if f.Name != "h" && f.Name != "help" && !regexp.MustCompile(`-`+f.Name+`\b`).MatchString(section) {
			t.Errorf("the section about requests does not mention -%s", f.Name)
		}
	})
}
