package strictyaml

import (
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func newFile() *File {
	return &File{Name: "f.yaml", Empty: "the file is empty", Single: "one is enough"}
}

// root returns the top node of a file that must be good so far.
func root(t *testing.T, f *File, data string) *yaml.Node {
	t.Helper()
	n, err := f.Root([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func nested(levels int) string {
	return strings.Repeat("[", levels) + "x" + strings.Repeat("]", levels)
}

func TestRoot(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"text", "x", ""},
		{"mapping", "# x\na: 1\n", ""},
		{"deepest", nested(8), ""},
		{"nothing", "", "f.yaml:1: the file is empty"},
		{"comment", "# x\n", "f.yaml:1: the file is empty"},
		{"two documents", "a: 1\n---\nb: 2\n", "f.yaml:2: a second document begins here; one is enough"},
		{"bad start", "a: 1\nb: %d\n", "f.yaml:2: not valid YAML: found character that cannot start any token"},
		{"bad second document", "a: 1\n---\nb: [\n", "f.yaml:3: not valid YAML: did not find expected node content"},
		{"error without a line", "\na: \x01", "f.yaml:1: not valid YAML: control characters are not allowed"},
		{"alias of nothing", "a:\n  <<: *x\n", "f.yaml:1: not valid YAML: unknown anchor 'x' referenced"},
		{"anchor", "a: 1\nb: &x 2\n", "f.yaml:2: anchors and aliases are not allowed; write the value out"},
		{"too deep", "\n" + nested(9), "f.yaml:2: nested more than 8 levels deep"},
	} {
		n, err := newFile().Root([]byte(test.data))
		if got := message(err); got != test.want || (n == nil) != (err != nil) {
			t.Errorf("%s: node %v, error %q, want %q", test.name, n, got, test.want)
		}
	}
}

func TestMapping(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"all keys", "id: a\nnote: b\nname: c\n", "id=a note=b name=c"},
		{"another order", "name: c\nid: a\n", "name=c id=a"},
		{"a list", "- id: a\n", "f.yaml:1: the row must be a mapping of keys to values"},
		{"no keys", "\n{}", `f.yaml:2: the row lacks the key "id"`},
		{"one key less", "\nid: a\n", `f.yaml:2: the row lacks the key "name"`},
		{"unknown key", "id: a\nnot: b\n", `f.yaml:2: unknown key "not" in the row; known keys: id, note, name`},
		{"upper case", "ID: a\n", `f.yaml:1: unknown key "ID" in the row; known keys: id, note, name`},
		{"list as key", "[id]: a\n", `f.yaml:1: unknown key "" in the row; known keys: id, note, name`},
		{"repeated key", "id: a\nname: c\nid: b\n", `f.yaml:3: key "id" is already set in line 1`},
		{"repeated optional key", "note: b\nnote: b\n", `f.yaml:2: key "note" is already set in line 1`},
		{"value below its key", "id:\n  a\nid: b\n", `f.yaml:3: key "id" is already set in line 1`},
		{"bad value before unknown key", "id: 1\nnot: b\n", "f.yaml:1: id must be text; put it in quotes"},
		{"unknown key before bad value", "not: b\nid: 1\n", `f.yaml:1: unknown key "not" in the row; known keys: id, note, name`},
	} {
		f := newFile()
		var read []string
		text := func(key string) func(*yaml.Node) error {
			return func(n *yaml.Node) error {
				var s string
				err := f.Text(key, &s, nil)(n)
				read = append(read, key+"="+s)
				return err
			}
		}
		err := f.Mapping(root(t, f, test.data), "the row", Required("id", text("id")), Optional("note", text("note")), Required("name", text("name")))
		got := message(err)
		if err == nil {
			got = strings.Join(read, " ")
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"all keys", "id: a\nnote: b\n", "id=a note=b"},
		{"one key", "id: 1\n", "id=1"},
		{"text", "id", "f.yaml:1: the row must be a mapping of keys to values"},
		{"one key less", "\nnote: a\n", `f.yaml:2: the row lacks the key "id"`},
		{"unknown key", "id: 1\nnot: b\n", `f.yaml:2: unknown key "not" in the row; known keys: id, note`},
		{"value below its key", "id:\n  a\nid: b\n", `f.yaml:3: key "id" is already set in line 2`},
	} {
		f := newFile()
		values, err := f.Values(root(t, f, test.data), "the row", []string{"id", "note"}, []string{"id"})
		got := message(err)
		if err == nil {
			var pairs []string
			for key, v := range values {
				pairs = append(pairs, key+"="+v.Value)
			}
			slices.Sort(pairs)
			got = strings.Join(pairs, " ")
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNode(t *testing.T) {
	f := newFile()
	var texts []string
	add := func(n *yaml.Node) error {
		var s string
		err := f.Text("word", &s, func(s string) string {
			if strings.Contains(s, " ") {
				return "has a space"
			}
			return ""
		})(n)
		texts = append(texts, s)
		return err
	}
	words := f.List("words", add)
	for _, test := range []struct {
		name string
		read func(*yaml.Node) error
		data string
		want string // the texts or the error
	}{
		{"text", add, `a`, "a"},
		{"quoted number", add, `"1"`, "1"},
		{"quoted space", add, "\n' '", "f.yaml:2: word is empty"},
		{"number", add, "\n1", "f.yaml:2: word must be text; put it in quotes"},
		{"truth value", add, "true", "f.yaml:1: word must be text; put it in quotes"},
		{"null", add, "~", "f.yaml:1: word must be text; put it in quotes"},
		{"list for text", add, "[a]", "f.yaml:1: word must be text; put it in quotes"},
		{"two words", add, "a b", `f.yaml:1: word "a b" has a space`},
		{"list", words, "- a\n- b\n", "a b"},
		{"empty list", words, "\n[]", "f.yaml:2: words must be a list with at least one item"},
		{"text for list", words, "a", "f.yaml:1: words must be a list with at least one item"},
		{"bad item", words, "- a\n- 1\n- b c\n", "f.yaml:2: word must be text; put it in quotes"},
		{"version", f.Version, "1", ""},
		{"next version", f.Version, "\n2", "f.yaml:2: version must be 1, the only format that exists"},
		{"list of versions", f.Version, "[1]", "f.yaml:1: version must be 1, the only format that exists"},
	} {
		texts = nil
		err := test.read(root(t, f, test.data))
		got := message(err)
		if err == nil {
			got = strings.Join(texts, " ")
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestLine checks that an error names a line although the node has none.
func TestLine(t *testing.T) {
	if got, want := message(newFile().Errorf(0, "no %s", "line")), "f.yaml:1: no line"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
