package sink

import (
	"go/importer"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestSettings checks the rows of the standard library against it, and that all rows
// make sense.
func TestSettings(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	seen := map[string]bool{}
	for _, s := range Settings() {
		if seen[s.Func] {
			t.Errorf("two rows for %s", s.Func)
		}
		seen[s.Func] = true
		if s.Value == None && !s.Returns || s.Value != None && s.Pointer == None && !s.Returns && !strings.Contains(s.Func, "Set") {
			t.Errorf("%s neither declares nor reads an option", s.Func)
		}
		if !strings.Contains(s.Func, "flag.") || strings.Contains(s.Func, "/") {
			continue
		}
		pkg, err := imp.Import("flag")
		if err != nil {
			t.Fatal(err)
		}
		name := s.Func[strings.LastIndexByte(s.Func, '.')+1:]
		shift := 0
		obj := pkg.Scope().Lookup(name)
		if strings.HasPrefix(s.Func, "(") {
			obj, _, _ = types.LookupFieldOrMethod(pkg.Scope().Lookup("FlagSet").Type(), true, pkg, name)
			shift = 1
		}
		fn, ok := obj.(*types.Func)
		if !ok || fn.FullName() != s.Func {
			t.Fatalf("there is no %s", s.Func)
		}
		params := fn.Signature().Params()
		for _, i := range []int{s.Key, s.Value} {
			if i != None && params.At(i-shift).Type() != types.Typ[types.String] {
				t.Errorf("%s: argument %d is no string", s.Func, i)
			}
		}
		if s.Pointer == None {
			if _, ok := fn.Signature().Results().At(0).Type().(*types.Pointer); !ok || !s.Returns {
				t.Errorf("%s: it takes no pointer and returns none", s.Func)
			}
		} else if _, ok := params.At(s.Pointer - shift).Type().(*types.Pointer); !ok {
			t.Errorf("%s: argument %d is no pointer", s.Func, s.Pointer)
		}
	}
}
