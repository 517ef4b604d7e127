package grammar

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed api.txt
var apiText string

// A base is where an API is reached: scheme and host, and the path before the endpoints.
type base struct {
	host, old, new string
	expr           string // Go expression that is the host, if it is known only when the program runs
}

// An endpoint is a method and a path below a base.
type endpoint struct {
	method, old, new string
	kind             kind
}

// A kind says whose an endpoint is and what becomes of it.
type kind int

const (
	mapped   kind = iota // of the vendor, with an equivalent in v2
	unmapped             // of the vendor, without one
	theirs               // of another API
)

// api holds the facts of api.txt.
var api = readAPI(apiText)

type facts struct {
	ours, foreign []base
	endpoints     map[kind][]endpoint
}

// readAPI reads the facts. The text is part of the program, so a mistake in it is a mistake of the program.
func readAPI(text string) facts {
	f := facts{endpoints: map[kind][]endpoint{}}
	for line := range strings.Lines(text) {
		w := strings.Fields(line)
		switch {
		case len(w) == 0 || strings.HasPrefix(w[0], "#"):
		case w[0] == "base" && len(w) == 4:
			f.ours = append(f.ours, base{host: w[1], old: w[2], new: w[3]})
		case w[0] == "foreign" && len(w) == 3:
			f.foreign = append(f.foreign, base{host: w[1], old: w[2], new: w[2]})
		case w[0] == "mapped" && len(w) == 4:
			f.endpoints[mapped] = append(f.endpoints[mapped], endpoint{w[1], w[2], w[3], mapped})
		case w[0] == "unmapped" && len(w) == 3:
			f.endpoints[unmapped] = append(f.endpoints[unmapped], endpoint{w[1], w[2], w[2], unmapped})
		case w[0] == "theirs" && len(w) == 3:
			f.endpoints[theirs] = append(f.endpoints[theirs], endpoint{w[1], w[2], w[2], theirs})
		default:
			panic(fmt.Sprintf("api.txt: no such line is known: %q", line))
		}
	}
	return f
}

// concrete puts values in for the placeholders of a path.
func concrete(path string) string {
	return strings.NewReplacer("{id}", licence, "{ip}", address).Replace(path)
}

const (
	licence = "42"
	address = "10.0.0.1"
)
