package equation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `package "app" broken dependency "m@v1"
file "a.go" generated "gen"
file "a_test.go" test
lit "a.go" 3:14:20 "\"/a\""
constant "app.c" = computed"2"(lit#0, const#1'app.d'"x")
function "app.init" "package initialisation" params 0
function "app.f" "f" outer 0 params 2 variadic
	local 0 = field'app.t.base'"base"(param#0)
	local 1 = composite#-1'app.t'["base" "more"](text"a b", opaque#3:1"it is computed"(local#0))
	loop [0 2 0 1]
	call callee "app.g" args (local#0, list(-)) when (test'=='(param#1, text)) tracked [0] texts [0 1] temporary [1] at 0:4:2:30
	call method "Get" iface ["Get(string,)()" "Do()()"] library args (param#0)
	call value param#1
	exit results (phi#0:1(local#0, lit#0, test'not'(test'=='(local#0, text)))) when (test'or'(local#0, local#1)) changed 0 local#1
	use request "http.Get" fixed "GET" url concat(global'app.b', slice#0:-1(local#0)) at 0:5:2:40
	use route "m.Handle" method text"PUT" url lit#0 on param#0 handler closure'app.f$1' guess when (local#0)
	leak passed "os.WriteFile" local#0 at 0:6:2:50
global "app.b" 0 init = text
store "app.t.base" 1 param 0 owned = local#0
write 1 param#0 = text"x"
type "app.t" "Do(string,)()" "(*app.t).Do"
filled "app.t"
`

func TestText(t *testing.T) {
	pkg, err := Parse("// a comment\n\n" + sample)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(sample, Format(pkg)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestOperationsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for op, name := range ops {
		if name == "" || seen[name] {
			t.Errorf("operation %d has no name of its own: %q", op, name)
		}
		seen[name] = true
	}
}

func TestSyntaxErrors(t *testing.T) {
	for src, want := range map[string]string{
		"function":                               "a quoted string wanted",
		"nonsense":                               "stands in no function",
		"constant \"c\" lit#0":                   `"=" wanted`,
		"constant \"c\" = nothing":               `no operation "nothing"`,
		"constant \"c\" = lit#x":                 "a number wanted",
		"constant \"c\" = const'app.c":           "a symbol is not closed",
		"constant \"c\" = list(text":             `"," wanted`,
		"constant \"c\" = composite[\"a\"":       "a bracket is not closed",
		"constant \"c\" = text text":             "unexpected",
		"global \"g\" 0 odd = text":              `no "odd" here`,
		"global \"g\" 0":                         `"=" wanted at the end`,
		"function \"f\" \"f\"\nlocal 1 = text":   "local 0 wanted",
		"function \"f\" \"f\"\nloop [1]":         "four numbers",
		"function \"f\" \"f\"\nuse odd \"s\"":    `no kind "odd"`,
		"function \"f\" \"f\"\nother":            `no entry "other"`,
		"package \"a\"\n\nlit \"a.go\" 1 2 \"\"": `":" wanted`,
	} {
		_, err := Parse(src)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("Parse(%q): %v, want %q", src, err, want)
		}
	}
}
