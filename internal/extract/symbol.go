package extract

import (
	"go/types"
	"strconv"
	"strings"
)

func funcSym(fn *types.Func) string { return fn.Origin().FullName() }

// methodKey is a method's name and signature without parameter names, by which an
// implementation is matched with its interface.
func methodKey(fn *types.Func) string {
	var b strings.Builder
	b.WriteString(fn.Name())
	for _, tuple := range []*types.Tuple{fn.Signature().Params(), fn.Signature().Results()} {
		b.WriteByte('(')
		for v := range tuple.Variables() {
			b.WriteString(types.TypeString(v.Type(), nil))
			b.WriteByte(',')
		}
		b.WriteByte(')')
	}
	return b.String()
}

func displayName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := t.(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
	}
	return fn.Name()
}

// typeSym names a struct type, through pointers. Types without a name are named by
// what they consist of, as the language compares them.
func typeSym(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return types.TypeString(named.Origin().Obj().Type(), nil)[:typeNameLen(named)]
	}
	return types.TypeString(t, nil)
}

// typeNameLen is the length of a named type's string without type parameters.
func typeNameLen(named *types.Named) int {
	obj := named.Origin().Obj()
	n := len(obj.Name())
	if obj.Pkg() != nil {
		n += len(obj.Pkg().Path()) + 1
	}
	return n
}

func (x *extractor) varSym(v *types.Var) string {
	if v.Pkg() == nil {
		return v.Name()
	}
	return v.Pkg().Path() + "." + v.Name()
}

func (x *extractor) constSym(c *types.Const) string {
	if c.Pkg() == nil {
		return c.Name()
	}
	if c.Parent() != c.Pkg().Scope() {
		return c.Pkg().Path() + "#" + c.Name() + "@" + strconv.Itoa(x.Fset.PositionFor(c.Pos(), false).Offset)
	}
	return c.Pkg().Path() + "." + c.Name()
}
