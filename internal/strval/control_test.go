package strval

import "testing"

// TestControl wants the argument to leave no trace in what the function's example makes.
func TestControl(t *testing.T) {
	for name, arg := range controls {
		f := Lookup(name)
		if f == nil {
			t.Errorf("%s: no row", name)
			continue
		}
		var args []Value
		lit := &Literal{Source: `"x"`}
		for i, text := range f.Example.Args {
			v := TextValue(Text(text))
			if i == arg {
				v = TextValue(Template{{Text: text, Lit: lit}})
			}
			args = append(args, v)
		}
		out := f.Eval(args)
		for _, v := range append([]Value{out}, out.List...) {
			for _, p := range v.Text {
				if p.Lit == lit {
					t.Errorf("%s: argument %d is part of the result", name, arg)
				}
			}
		}
	}
}
