package main

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// An operation is a method and a path of an API, with {name} for what varies.
type operation struct {
	method string
	path   []string // segments
}

func (o operation) String() string { return o.method + " /" + strings.Join(o.path, "/") }

// A truth is what is known about an API: of all operations, or of each function of a client.
type truth struct {
	operations []operation
	of         map[string][]operation // by short name; nil if it is not known which is which
}

var verbs = map[string]bool{"get": true, "head": true, "post": true, "put": true, "patch": true, "delete": true, "options": true}

// description reads OpenAPI descriptions of version 2 or 3, in YAML or JSON.
func description(files []string) (*truth, error) {
	t := &truth{}
	for _, file := range files {
		var doc struct {
			BasePath string `yaml:"basePath"`
			Servers  []struct {
				URL string `yaml:"url"`
			} `yaml:"servers"`
			Paths map[string]yaml.Node `yaml:"paths"`
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		// JSON may be indented by tabs, which YAML does not have; neither stands in its strings.
		if err := yaml.Unmarshal(bytes.ReplaceAll(data, []byte("\t"), []byte(" ")), &doc); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if len(doc.Paths) == 0 {
			return nil, fmt.Errorf("%s: no paths", file)
		}
		bases := []string{"", doc.BasePath}
		for _, s := range doc.Servers {
			if u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(s.URL)); err == nil {
				bases = append(bases, u.Path)
			}
		}
		seen := map[string]bool{}
		for path, item := range doc.Paths {
			methods, err := methodsOf(filepath.Dir(file), &item)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", file, path, err)
			}
			for _, base := range bases {
				for _, method := range methods {
					o := operation{method, segments(strings.TrimSuffix(base, "/") + path)}
					if !seen[o.String()] {
						seen[o.String()] = true
						t.operations = append(t.operations, o)
					}
				}
			}
		}
	}
	return t, nil
}

// methodsOf lists the methods of a path, which may be described in another file.
func methodsOf(dir string, item *yaml.Node) ([]string, error) {
	var out []string
	for i := 0; i+1 < len(item.Content); i += 2 {
		key, value := item.Content[i].Value, item.Content[i+1]
		if key == "$ref" && !strings.HasPrefix(value.Value, "#") {
			file, _, _ := strings.Cut(value.Value, "#")
			data, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				return nil, err
			}
			var other yaml.Node
			if err := yaml.Unmarshal(data, &other); err != nil || len(other.Content) == 0 {
				return nil, err
			}
			return methodsOf(filepath.Dir(filepath.Join(dir, file)), other.Content[0])
		}
		if verbs[strings.ToLower(key)] {
			out = append(out, strings.ToUpper(key))
		}
	}
	return out, nil
}

func segments(path string) []string {
	path, _, _ = strings.Cut(path, "?")
	return strings.Split(strings.Trim(path, "/"), "/")
}

var metaOperation = regexp.MustCompile(`(?m)^//meta:operation (\w+) (\S+)`)

// fromComments reads what comments of the form //meta:operation GET /path say.
func fromComments(c *client) *truth {
	t := &truth{of: map[string][]operation{}}
	for _, f := range c.functions {
		for _, m := range metaOperation.FindAllStringSubmatch(f.doc, -1) {
			o := operation{m[1], segments(m[2])}
			t.operations = append(t.operations, o)
			t.of[f.short] = append(t.of[f.short], o)
		}
	}
	return t
}

var listedOperation = regexp.MustCompile(`<code title="(\w+) ([^"]+)">[^<]*<a href="[^"#]*/([\w.-]+)#(\w+)\.(\w+)">`)

// fromList reads a list in Markdown that links every method of the client and has its
// operation in the title.
func fromList(file string) (*truth, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	t := &truth{of: map[string][]operation{}}
	for _, m := range listedOperation.FindAllStringSubmatch(string(data), -1) {
		o := operation{strings.ToUpper(m[1]), segments(html.UnescapeString(m[2]))}
		name := m[4] + "." + m[5]
		t.operations = append(t.operations, o)
		t.of[m[3]+"."+name] = append(t.of[m[3]+"."+name], o)
	}
	return t, nil
}
