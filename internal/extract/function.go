package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A function is the walk through one function's body.
type function struct {
	x      *extractor
	f      *equation.Func
	index  int
	outer  *function
	sig    *types.Signature
	flow   flow
	jumps  []*jump
	merges int
	lits   int // function literals seen
	// aliases are the variables that are other names of a builder.
	aliases map[*types.Var]bool
	// targets are the labels that a goto of the body names.
	targets map[string]bool
	named   []*types.Var
	late    map[*types.Var]bool       // results that may change when the function returns already
	keys    map[*types.Var]*types.Var // variables that number the elements of a list in a loop: the list
	sized   map[*types.Var]*types.Var // lists that were made with the length of another list
	roots   []int                     // the parameter that each local still holds, or -1
	params  []*types.Var              // nil for a parameter without a name
}

func (x *extractor) newFunc(outer *function, sym, name string, sig *types.Signature) *function {
	f := &function{x: x, outer: outer, sig: sig, index: len(x.out.Funcs), flow: flow{vars: map[*types.Var]*equation.Expr{}},
		f: &equation.Func{Sym: sym, Name: name, Outer: -1}}
	if outer != nil {
		f.f.Outer, f.f.Test = outer.index, outer.f.Test
	}
	x.out.Funcs = append(x.out.Funcs, f.f)
	return f
}

func (x *extractor) funcDecl(d *ast.FuncDecl) {
	if d.Body == nil {
		return
	}
	obj, _ := x.Info.Defs[d.Name].(*types.Func)
	if obj == nil {
		return
	}
	sym := funcSym(obj)
	if d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "_") {
		at := x.pos(d.Pos())
		sym += "@" + strconv.Itoa(at.File) + ":" + strconv.Itoa(at.Offset)
	}
	f := x.newFunc(nil, sym, displayName(obj), obj.Signature())
	f.f.Test = strings.HasSuffix(x.Fset.PositionFor(d.Pos(), false).Filename, "_test.go")
	if x.Marks {
		f.f.Declared = x.pos(d.Name.Pos())
	}
	f.findCells(d.Body)
	f.body(d.Recv, d.Type, d.Body)
}

func (f *function) body(recv *ast.FieldList, typ *ast.FuncType, body *ast.BlockStmt) {
	param := func(fields *ast.FieldList) {
		if fields == nil {
			return
		}
		for _, field := range fields.List {
			names := field.Names
			if len(names) == 0 {
				f.f.Params++
				f.params = append(f.params, nil)
				f.name(nil)
			}
			for _, name := range names {
				v, _ := f.x.Info.Defs[name].(*types.Var)
				if v != nil {
					f.declare(v, &equation.Expr{Op: equation.Param, N: f.f.Params})
				}
				f.f.Params++
				f.params = append(f.params, v)
				f.name(name)
			}
		}
	}
	param(recv)
	param(typ.Params)
	f.f.Variadic = f.sig != nil && f.sig.Variadic()
	if typ.Results != nil {
		for _, field := range typ.Results.List {
			for _, name := range field.Names {
				if v, _ := f.x.Info.Defs[name].(*types.Var); v != nil {
					f.declare(v, f.zero(v.Type()))
					f.named = append(f.named, v)
				}
			}
		}
	}
	f.late = f.deferred(body)
	f.targets = targets(body)
	f.block(body.List)
	if !f.flow.dead {
		f.exit(nil)
	}
	if !slices.ContainsFunc(f.f.Exits, func(e equation.Exit) bool { return len(e.Results) > 0 || len(e.Changed) > 0 }) {
		f.f.Exits = nil // it makes no difference how it ends
	}
}

// targets lists the labels that a goto names. Those of function literals do no harm.
func targets(body *ast.BlockStmt) map[string]bool {
	var out map[string]bool
	ast.Inspect(body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label != nil {
			if out == nil {
				out = map[string]bool{}
			}
			out[b.Label.Name] = true
		}
		return true
	})
	return out
}

// deferred finds the results that something other than a return statement gives text to, in
// a function that defers calls. An error handler that clears them does not matter: nobody
// sends what it leaves.
func (f *function) deferred(body *ast.BlockStmt) map[*types.Var]bool {
	defers := false
	late := map[*types.Var]bool{}
	var literals []*ast.FuncLit
	note := func(e ast.Expr) {
		if v := f.variable(e); slices.Contains(f.named, v) && isText(v.Type()) {
			late[v] = true
		}
	}
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			literals = append(literals, n)
			ast.Inspect(n.Body, visit)
			literals = literals[:len(literals)-1]
			return false
		case *ast.DeferStmt:
			defers = true
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				clears := len(n.Rhs) == len(n.Lhs) && n.Tok == token.ASSIGN && f.isEmptyText(n.Rhs[i])
				if len(literals) > 0 && !clears {
					note(l)
				}
			}
		}
		return true
	}
	if len(f.named) > 0 {
		ast.Inspect(body, visit)
	}
	if !defers {
		return nil
	}
	return late
}

func (f *function) isEmptyText(e ast.Expr) bool {
	v := f.x.Info.Types[e].Value
	if v == nil {
		return false
	}
	text, ok := constText(v)
	return ok && text == ""
}

// exit records a way out of the function: what it returns, and which objects behind
// its parameters it has changed.
func (f *function) exit(results []*equation.Expr) {
	e := equation.Exit{Results: results, When: f.flow.when}
	for i, v := range f.params {
		if v == nil {
			continue
		}
		if now := f.flow.vars[v]; now != nil && now.Op == equation.Local {
			e.Changed = append(e.Changed, equation.Changed{Param: i, Value: now})
		}
	}
	f.f.Exits = append(f.f.Exits, e)
}
