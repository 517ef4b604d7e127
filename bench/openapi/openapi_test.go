package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// TestJudge compares requests, with {} for what is not known, with one operation.
func TestJudge(t *testing.T) {
	tests := []struct {
		method, url, operation string
		want                   verdict
	}{
		{"GET", "https://h/users/{}", "GET /users/{id}", right},
		{"GET", "https://h/users/7", "GET /users/{id}", right},
		{"GET", "{}/users/{}?page={}", "GET /users/{id}", right},
		{"GET", "{}users/{}/", "GET /users/{id}", right},
		{"GET", "{}://{}/users/{}", "GET /users/{id}", right},
		{"GET", "https://h/api/users/{}", "GET /users/{id}", right}, // below a base
		{"GET", "https://h/v9/users/{}", "GET /users/{id}", wrong},
		{"GET", "https://h/{}/{}", "GET /users/{id}", unsolved}, // a hole where there is text
		{"GET", "{}", "GET /users/{id}", unsolved},
		{"GET", "https://h/{}", "GET /users/{id}", unsolved}, // a hole may be several segments
		{"GET", "https://h/users", "GET /users/{id}", wrong},
		{"GET", "https://h/users/", "GET /users/{id}", wrong},
		{"GET", "https://h/teams/{}", "GET /users/{id}", wrong},
		{"POST", "https://h/users/{}", "GET /users/{id}", wrong},
		{"{}", "https://h/users/{}", "GET /users/{id}", unsolved},
		{"", "https://h/users/{}", "GET /users/{id}", unsolved},
		{"GET", "https://h/files/{}.json", "GET /files/{name}.json", right},
		{"GET", "https://h/files/{}", "GET /files/{name}.json", unsolved},
		{"GET", "https://h/files/{}.xml", "GET /files/{name}.json", wrong},
	}
	for _, test := range tests {
		holes := func(s string) string { return strings.ReplaceAll(s, "{}", hole) }
		method, path, _ := strings.Cut(test.operation, " ")
		r := request{method: holes(test.method), path: pathOf(holes(test.url))}
		if got := judge(r, []operation{{method, segments(path)}}, [][]string{nil, {"api"}}); got != test.want {
			t.Errorf("%s %s against %s: got %d, want %d", test.method, test.url, test.operation, got, test.want)
		}
	}
}

// TestDescription reads both versions of OpenAPI, in YAML and JSON, and paths in other files.
func TestDescription(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("teams.yaml", "get:\n  summary: lists\nparameters: []\n")
	files := []string{
		write("v3.yaml", "openapi: 3.0.0\nservers:\n  - url: https://h/v3\npaths:\n  /users/{id}:\n    get: {}\n    delete: {}\n  /teams:\n    $ref: teams.yaml\n"),
		write("v2.json", "{\n\t\"swagger\": \"2.0\", \"basePath\": \"/api\",\n\t\"paths\": {\"/ping\": {\"post\": {}, \"x-note\": 1}}\n}"),
	}
	known, err := description(files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range known.operations {
		got = append(got, o.String())
	}
	slices.Sort(got)
	want := []string{"DELETE /users/{id}", "DELETE /v3/users/{id}", "GET /teams", "GET /users/{id}", "GET /v3/teams", "GET /v3/users/{id}", "POST /api/ping", "POST /ping"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if _, err := description([]string{write("none.yaml", "paths: {}\n")}); err == nil {
		t.Error("a description without paths is accepted")
	}
}

// TestOperations finds the operations of a small client: not what they build upon, nor what only
// calls them.
func TestOperations(t *testing.T) {
	dir := t.TempDir()
	source := `package client

import "net/http"

type sender interface{ Send(method, path string) error }

type Client struct{ base string }

func (c *Client) Send(method, path string) error { return c.Raw(method, path) }

func (c *Client) Raw(method, path string) error {
	_, err := http.NewRequest(method, c.base+path, nil)
	return err
}

func via(s sender) error { return s.Send("GET", "/via") }

// Name makes no request.
func (c *Client) Name() string { return c.base }

//meta:operation GET /via
func (c *Client) Via() error { return via(c) }

func (c *Client) All() error { return c.A() }
`
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		source += "\nfunc (c *Client) " + name + "() error { return c.Send(\"GET\", \"/" + name + "\") }\n"
	}
	for name, text := range map[string]string{"go.mod": "module example.com/client\n\ngo 1.24\n", "client.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	c, err := load(t.Context(), dir, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range c.operations() {
		got = append(got, f.short)
	}
	want := []string{"client.Client.A", "client.Client.B", "client.Client.C", "client.Client.D", "client.Client.E", "client.Client.F", "client.Client.G", "client.Client.Via"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if of := fromComments(c).of["client.Client.Via"]; len(of) != 1 || of[0].String() != "GET /via" {
		t.Errorf("the comment says %v", of)
	}
}

// TestClients wants the list of clients to be complete.
func TestClients(t *testing.T) {
	var subjects []subject
	if err := yaml.Unmarshal(clientsFile, &subjects); err != nil {
		t.Fatal(err)
	}
	for _, s := range subjects {
		switch {
		case s.Name == "" || s.Repository == "" || len(s.Commit) != 40 || len(s.Packages) == 0:
			t.Errorf("%s: an entry is missing", s.Name)
		case !slices.Contains([]string{"openapi", "comments", "list"}, s.Truth.Kind):
			t.Errorf("%s: unknown kind %q", s.Name, s.Truth.Kind)
		case s.Truth.Kind != "comments" && len(s.Truth.Files) == 0:
			t.Errorf("%s: no files", s.Name)
		}
	}
	if len(subjects) < 8 {
		t.Errorf("%d clients", len(subjects))
	}
}

// TestTable wants a table to be what is read of it, and a row to take the place of an older one.
func TestTable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "TRUTH.md")
	if err := os.WriteFile(file, []byte("# Truth\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	put := func(name string, solved int, left ...string) {
		have, err := readTable(file)
		if err != nil {
			t.Fatal(err)
		}
		have.put(&result{subject: subject{Name: name, Commit: strings.Repeat("c", 40)}, methods: 4, solved: solved, pairs: 5, right: 3, wrong: 1, left: left,
			stoppers: map[string]int{"a reason": 2, "another": 1}})
		if err := have.write(file); err != nil {
			t.Fatal(err)
		}
	}
	put("b", 1, "b.X")
	put("a", 4)
	put("b", 2, "b.Y", "b.Z")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{
		"# Truth\n\n" + begin,
		"| a | cccccccccc | its own description | 4 | 4 | 100.0 % | 5 | 3 | 1 | 75.0 % | 0 | 0.0 | 0 | a reason (2); another (1) |\n| b | cccccccccc |",
		"| **all** | | | 8 | 6 | 75.0 % | 10 | 6 | 2 | 75.0 % | 2 | 0.0 | | |",
		"The worst is b.\n",
		"Left out of b, because nothing describes them: b.Y, b.Z.\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "b.X") {
		t.Errorf("the older row has left something:\n%s", text)
	}
}
