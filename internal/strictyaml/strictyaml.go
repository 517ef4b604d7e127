// Package strictyaml reads YAML files that people write by hand, node by node, so that no line of them is passed
// over: a file is one document without anchors, a mapping has every key it needs, no other key, and none twice, a
// list has items and a text is not a number by accident. All else is an error that names the line.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDepth is how deep nodes may be nested. Files that people write by hand need no more than six levels.
const maxDepth = 8

// yamlLine matches where the decoder says the line.
var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// A File is a file to read. The errors of its methods have the form "name:line: message".
type File struct {
	Name   string // the file name in errors
	Empty  string // what is wrong with a file that holds nothing, as in "the table is empty"
	Single string // why a file has only one document, as in "a table is one document"
}

// Errorf returns an error in a line of the file.
func (f *File) Errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", f.Name, max(line, 1), fmt.Sprintf(format, args...))
}

// Root returns the top node of the only document in data. The caller limits the size of data.
func (f *File) Root(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, f.Errorf(1, "%s", f.Empty)
	} else if err != nil {
		return nil, f.syntaxError(err)
	}
	if err := dec.Decode(&second); err == nil {
		return nil, f.Errorf(second.Line, "a second document begins here; %s", f.Single)
	} else if !errors.Is(err, io.EOF) {
		return nil, f.syntaxError(err)
	}
	if len(doc.Content) != 1 {
		return nil, f.Errorf(doc.Line, "%s", f.Empty)
	}
	root := doc.Content[0]
	if err := f.plain(root, 0); err != nil {
		return nil, err
	}
	return root, nil
}

func (f *File) syntaxError(err error) error {
	msg, line := err.Error(), 1
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		msg = msg[len(m[0]):]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
		}
	}
	return f.Errorf(line, "not valid YAML: %s", msg)
}

// plain rejects what a file never needs and what can hide its meaning from a reader.
func (f *File) plain(n *yaml.Node, depth int) error {
	switch {
	case depth > maxDepth:
		return f.Errorf(n.Line, "nested more than %d levels deep", maxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return f.Errorf(n.Line, "anchors and aliases are not allowed; write the value out")
	}
	for _, c := range n.Content {
		if err := f.plain(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// A Field is a key of a mapping and what reads its value.
type Field struct {
	key      string
	required bool
	read     func(*yaml.Node) error
}

// Required returns a field that a mapping must have.
func Required(key string, read func(*yaml.Node) error) Field { return Field{key, true, read} }

// Optional returns a field that a mapping may have.
func Optional(key string, read func(*yaml.Node) error) Field { return Field{key, false, read} }

// Mapping reads n, which what names in errors, by its fields, in the order of the file. It stops at the first
// error, be it that of a key or that of a value.
func (f *File) Mapping(n *yaml.Node, what string, fields ...Field) error {
	return f.mapping(n, what, fields, func(key, _ *yaml.Node) int { return key.Line })
}

// Values returns the values of n, which what names in errors, by their keys, for a caller that reads them in an
// order of its own.
func (f *File) Values(n *yaml.Node, what string, known, required []string) (map[string]*yaml.Node, error) {
	values := map[string]*yaml.Node{}
	var fields []Field
	for _, key := range known {
		fields = append(fields, Field{key, slices.Contains(required, key), func(v *yaml.Node) error {
			values[key] = v
			return nil
		}})
	}
	if err := f.mapping(n, what, fields, func(_, value *yaml.Node) int { return value.Line }); err != nil {
		return nil, err
	}
	return values, nil
}

// mapping reads n by its fields. The error of a repeated key names the line that setAt returns for the first one.
func (f *File) mapping(n *yaml.Node, what string, fields []Field, setAt func(key, value *yaml.Node) int) error {
	if n.Kind != yaml.MappingNode {
		return f.Errorf(n.Line, "%s must be a mapping of keys to values", what)
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(fields, func(d Field) bool { return k.Kind == yaml.ScalarNode && d.key == k.Value })
		if at < 0 {
			var known []string
			for _, d := range fields {
				known = append(known, d.key)
			}
			return f.Errorf(k.Line, "unknown key %q in %s; known keys: %s", k.Value, what, strings.Join(known, ", "))
		}
		if line, dup := seen[k.Value]; dup {
			return f.Errorf(k.Line, "key %q is already set in line %d", k.Value, line)
		}
		seen[k.Value] = setAt(k, v)
		if err := fields[at].read(v); err != nil {
			return err
		}
	}
	for _, d := range fields {
		if _, ok := seen[d.key]; d.required && !ok {
			return f.Errorf(n.Line, "%s lacks the key %q", what, d.key)
		}
	}
	return nil
}

// List reads every item of a list by read.
func (f *File) List(what string, read func(*yaml.Node) error) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			return f.Errorf(n.Line, "%s must be a list with at least one item", what)
		}
		for _, c := range n.Content {
			if err := read(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// Text reads a string into dst; valid, if not nil, returns what is wrong with it or "".
func (f *File) Text(what string, dst *string, valid func(string) string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
			return f.Errorf(n.Line, "%s must be text; put it in quotes", what)
		}
		if strings.TrimSpace(n.Value) == "" {
			return f.Errorf(n.Line, "%s is empty", what)
		}
		if valid != nil {
			if wrong := valid(n.Value); wrong != "" {
				return f.Errorf(n.Line, "%s %q %s", what, n.Value, wrong)
			}
		}
		*dst = n.Value
		return nil
	}
}

// Version reads the number of the format of the file, which is 1.
func (f *File) Version(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Value != "1" {
		return f.Errorf(n.Line, "version must be 1, the only format that exists")
	}
	return nil
}
