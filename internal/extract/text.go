package extract

import (
	"go/constant"
	"go/types"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// isText reports whether a value of the type is a string or bytes, or an integer
// constant that may be printed into one.
func isText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	case *types.Interface:
		_, ok := t.(*types.TypeParam)
		return ok && constrainedToText(u)
	}
	return false
}

// constrainedToText reports whether all type arguments of a type parameter are text.
func constrainedToText(constraint *types.Interface) bool {
	for e := range constraint.EmbeddedTypes() {
		union, ok := e.(*types.Union)
		switch {
		case !ok:
			if inner, ok := e.Underlying().(*types.Interface); ok && constrainedToText(inner) || !ok && isText(e) {
				return true
			}
		default:
			all := union.Len() > 0
			for term := range union.Terms() {
				all = all && isText(term.Type())
			}
			if all {
				return true
			}
		}
	}
	return false
}

// holdsText reports whether a value of the type is text or a plain container of it.
func holdsText(t types.Type) bool {
	if t == nil {
		return false
	}
	if isText(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return isText(u.Elem())
	case *types.Array:
		return isText(u.Elem())
	case *types.Map:
		return isText(u.Elem()) || isText(u.Key())
	}
	return false
}

// comparesText reports whether text decides if two values of the type are equal: keys of maps
// are compared, too.
func comparesText(t types.Type) bool {
	if isText(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for field := range u.Fields() {
			if comparesText(field.Type()) {
				return true
			}
		}
	case *types.Array:
		return comparesText(u.Elem())
	case *types.Interface:
		return u.NumMethods() == 0 // anything, a type parameter included
	}
	return false
}

// constText returns the text of a string constant, or the digits of an integer
// constant, if it is short enough to be part of a URL.
func constText(v constant.Value) (string, bool) {
	switch v.Kind() {
	case constant.String:
		// ExactString and StringVal both build the whole string; String stops early.
		if short := v.String(); !strings.HasSuffix(short, "...") {
			return constant.StringVal(v), true
		}
		if s := constant.StringVal(v); len(s) <= strval.MaxLen {
			return s, true
		}
	case constant.Int:
		if s := v.ExactString(); len(s) < 20 {
			return s, true
		}
	}
	return "", false
}
