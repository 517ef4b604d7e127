package extract

import (
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// paramsField holds what fills the placeholders in the paths of a client or request: a list
// of placeholders and texts in turn.
const paramsField = "sink.Object.params"

// A filler is a method that says what fills a placeholder {name}.
type filler struct {
	raw bool // the text is not escaped
	all bool // it takes a map of names and texts
}

var fillers = map[string]filler{
	"(*github.com/go-resty/resty/v2.Client).SetPathParam":     {},
	"(*github.com/go-resty/resty/v2.Client).SetPathParams":    {all: true},
	"(*github.com/go-resty/resty/v2.Client).SetRawPathParam":  {raw: true},
	"(*github.com/go-resty/resty/v2.Request).SetPathParam":    {},
	"(*github.com/go-resty/resty/v2.Request).SetPathParams":   {all: true},
	"(*github.com/go-resty/resty/v2.Request).SetRawPathParam": {raw: true},
	"(*github.com/imroc/req/v3.Request).SetPathParam":         {},
	"(*github.com/imroc/req/v3.Request).SetPathParams":        {all: true},
	"(*resty.dev/v3.Client).SetPathParam":                     {},
	"(*resty.dev/v3.Client).SetPathParams":                    {all: true},
	"(*resty.dev/v3.Client).SetRawPathParam":                  {raw: true},
	"(*resty.dev/v3.Request).SetPathParam":                    {},
	"(*resty.dev/v3.Request).SetPathParams":                   {all: true},
	"(*resty.dev/v3.Request).SetRawPathParam":                 {raw: true},
}

var fills = map[string]bool{
	"github.com/go-resty/resty/v2": true,
	"github.com/imroc/req/v3":      true,
	"resty.dev/v3":                 true,
}

// fill returns what a method makes of its receiver that says what fills placeholders, or
// nil if it does not.
func (f *function) fill(callee *types.Func, recv *equation.Expr, args []*equation.Expr) *equation.Expr {
	how, ok := fillers[funcSym(callee)]
	if !ok || recv == nil || len(args) < 2 {
		return nil
	}
	pairs := args[1:]
	if how.all {
		list := args[1]
		if list.Op == equation.Local {
			list = f.f.Locals[list.N]
		}
		if list.Op != equation.Map {
			return nil
		}
		pairs = list.Args
	}
	grown := &equation.Expr{Op: equation.Append, Args: []*equation.Expr{params(recv)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		text := pairs[i+1]
		if !how.raw {
			text = &equation.Expr{Op: equation.Apply, Sym: "net/url.PathEscape", Args: []*equation.Expr{text}}
		}
		name := &equation.Expr{Op: equation.Concat, Args: []*equation.Expr{{Op: equation.Text, Text: "{"}, pairs[i], {Op: equation.Text, Text: "}"}}}
		grown.Args = append(grown.Args, f.share(name), f.share(text))
	}
	return f.share(&equation.Expr{Op: equation.With, Sym: paramsField, Text: "params", Args: []*equation.Expr{recv, f.share(grown)}})
}

func params(object *equation.Expr) *equation.Expr {
	return &equation.Expr{Op: equation.Field, Sym: paramsField, Text: "params", Args: []*equation.Expr{object}}
}
