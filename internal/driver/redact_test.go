package driver

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// FuzzText shows source lines that hold a secret, with the caret in any place. Whatever
// is cut off the line, the secret must not be seen.
func FuzzText(f *testing.F) {
	const secret = "s3cr3tK3y0123456789"
	files, err := filepath.Glob("../../testdata/corpus/*/*.go")
	if err != nil || len(files) == 0 {
		f.Fatal("no corpus: ", err)
	}
	seeds := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, "/v1") && len(line) > 40 {
				f.Add(strings.TrimSpace(line)+" ", " "+line, uint8(seeds), uint16(seeds*3%150), uint16(seeds%40))
				seeds++
			}
		}
	}
	forms := []string{
		`http.Get("https://user:` + secret + `@api.orbitflare.com/customer/v1")`, `"/customer/v1/licenses?api_key=` + secret + `"`,
		`req.Header.Set("X-ORBIT-KEY", "` + secret + `")`, `"Authorization": "Bearer ` + secret + `"`, `"/customer/v1/licenses/ORBIT-` + secret + `/ips"`,
	}
	f.Fuzz(func(t *testing.T, before, after string, form uint8, column, width uint16) {
		const shortest = 6 // bytes of the secret that tell something
		if strings.Contains(before+after, secret[:shortest]) || strings.ContainsAny(before, "\n\r") || before != "" && !strings.HasSuffix(before, " ") {
			return
		}
		line := before + forms[int(form)%len(forms)] + after
		from := 1 + int(column)%(len(line)+1)
		finding := report.Finding{Path: "a.go", Name: "a.go", Line: 1, Column: from, EndLine: 1, EndColumn: from + int(width), Message: "m"}
		for _, opts := range []report.TextOptions{{Context: 1}, {Snippet: true}, {Snippet: true, Color: true}} {
			opts.Source = func(string) ([]byte, error) { return []byte(line), nil }
			opts.Redact = analyzer.Redact
			var out bytes.Buffer
			if err := report.Text(&out, []report.Finding{finding}, opts); err != nil {
				t.Fatal(err)
			}
			for i := 0; i+shortest <= len(secret); i++ {
				if strings.Contains(out.String(), secret[i:i+shortest]) {
					t.Fatalf("%q at %d shows\n%s", line, from, &out)
				}
			}
		}
	})
}
