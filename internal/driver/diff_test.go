package driver

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestDiffApplies wants "git apply", run in the directory of the module, to make the
// same of the output of -diff as -fix makes of the files, whatever the files and the
// directories are called and how their lines end.
func TestDiffApplies(t *testing.T) {
	isolated(t)
	const text = "package p\n\nimport \"net/http\"\n\nfunc Get() {\n\t// é\n\thttp.Get(\"https://api.orbitflare.com/customer/v1/locations\")\n}\n"
	// The scanner drops carriage returns from raw strings, so places in them are farther on.
	const raw = "package p\n\nconst help = `first\n\nget https://api.orbitflare.com/customer/v1/locations\nlast`\n"
	files := map[string]string{
		"go.mod":                    "module example.com/m\n\ngo 1.24\n",
		"plain/a.go":                text,
		"crlf/a.go":                 strings.ReplaceAll(text, "\n", "\r\n"),
		"mixed/a.go":                strings.Replace(text, "{\n", "{\r\n", 1),
		"end/a.go":                  strings.TrimSuffix(text, "\n"),
		"crlfend/a.go":              strings.TrimSuffix(strings.ReplaceAll(text, "\n", "\r\n"), "\r\n"),
		"bom/a.go":                  "\ufeff" + text,
		"first/a.go":                `package p; import "net/http"; func Get() { http.Get("https://api.orbitflare.com/customer/v1/locations") }`,
		"raw/a.go":                  strings.ReplaceAll(raw, "\n", "\r\n"),
		"names/with two  spaces.go": text,
		"unicode/ü 日本.go":           text,
	}
	if runtime.GOOS != "windows" {
		files["quotes/a\"b.go"] = text
		files["backslash/a\\b.go"] = text
	}
	fixed := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(fixed, name), text)
	}
	diff := orbitmigrate(t, exitLeft, "-C", fixed, "-diff", "./...")
	orbitmigrate(t, exitClean, "-C", fixed, "-fix", "./...")
	want := snapshot(t, fixed)
	for name := range files {
		if name != "go.mod" && !strings.Contains(want[name], "/customer/v2/licenses/locations") {
			t.Errorf("%s has not been changed", name)
		}
	}

	for _, test := range []struct {
		name, module string // where the module is in the repository; "" for no repository
		in           string // where git runs
		args         []string
	}{
		{name: "repository", module: ".", in: "."},
		{name: "subdirectory", module: "services/äpi 1", in: "services/äpi 1"},
		{name: "subdirectory from the top", module: "services/api", in: ".", args: []string{"--directory=services/api"}},
		{name: "subdirectory that is called like a package", module: "bom", in: "bom", args: []string{"-p1"}},
		{name: "no repository"},
		{name: "in the index too", module: "m", in: "m", args: []string{"--index"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, test.module)
			for name, text := range files {
				write(t, filepath.Join(dir, name), text)
			}
			if test.module != "" {
				commit(t, top)
			}
			cmd := exec.Command("git", append([]string{"apply"}, test.args...)...)
			cmd.Dir = filepath.Join(top, test.in)
			cmd.Env = append(gitNeutral(os.Environ()), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES="+filepath.Dir(top))
			cmd.Stdin = strings.NewReader(diff.stdout)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("git apply: %v\n%s", err, out)
			}
			same(t, "files", want, snapshot(t, dir))
		})
	}
}
