package strval

// controls are the arguments, by function, that decide what becomes of another argument
// without becoming part of the result: what is cut off, replaced or split at.
var controls = map[string]int{
	"strings.Replace":    1,
	"strings.ReplaceAll": 1,
	"strings.Split":      1,
	"strings.Trim":       1,
	"strings.TrimLeft":   1,
	"strings.TrimPrefix": 1,
	"strings.TrimRight":  1,
	"strings.TrimSuffix": 1,
}

// Control returns the argument of a function that only decides about the others.
func Control(name string) (arg int, ok bool) {
	arg, ok = controls[name]
	return arg, ok
}
