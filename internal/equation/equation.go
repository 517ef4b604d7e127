// Package equation holds the form in which a package's strings travel from
// extraction to solving: definitions, calls and uses over expressions.
//
// A [Package] is plain data without syntax trees or types, so that it can be kept
// after its sources are released and can be carried as a fact between the runs of
// a driver that sees one package at a time. Whatever crosses functions is named by
// a symbol, a string that every package spells in the same way:
//
//	example.com/acme/client.DefaultBase          constant, variable, function
//	(*example.com/acme/client.Client).do         method
//	example.com/acme/client.Client.BaseURL       field
//	example.com/acme/client.New$1                function literal
package equation

import "github.com/orbitmigrate/orbitmigrate/internal/strval"

// Op tells what an expression is.
type Op uint8

// The operations. Args, Sym, Text, N and I are used as noted.
const (
	Opaque    Op = iota // Text: why it is not known; Args: what has a say in it; N and I: line and file of the operation, an index into Package.Files plus 1; Sym: "" or Piece
	Lit                 // N: index into Package.Lits; if I > 0: the bytes [I-1, I-1+len(Text)) of its value
	Text                // Text: text that no literal spells
	Computed            // Text: value of a constant, Args: how it is made, as far as that can be followed, and the literals and constants that it depends on
	Const               // Sym; Text: the value, where the package that declares it is not in sight; N: index into Package.Refs, plus 1
	Global              // Sym: package variable, or a local one that is captured or addressed; N: as in Const
	Local               // N: index into Func.Locals
	Param               // N: parameter, the receiver first
	Outer               // Args[0], meant in the enclosing function
	Result              // N: index into Func.Calls, I: which result
	Concat              // Args
	Apply               // Sym: row of strval, Args
	Phi                 // N: merge, one for all variables that meet there; Args: one of them; I = 1: the last one is a Test that chooses between the first two
	Loop                // N: index into Func.Loops; Args: value before the loop, value after a round; I: 0 at the start of a round, 1 behind the loop
	Composite           // Sym: type, Keys and Args: fields; N: allocation site
	With                // Sym: field, Text: its name, Args: object, new value
	Field               // Sym: field, Text: its name, Args[0]: object; N: what it holds in an object whose literal leaves it out
	List                // Args: elements
	Append              // Args[0]: container, then elements; I = 1: the second is a list; 2: a map; 3: key and element
	Map                 // Args: key, value, key, value, ...
	Index               // Args: container, key
	Elem                // Args[0]: container; N: index into Func.Loops; I: 0 key, 1 value
	FuncRef             // Sym: function or method
	Closure             // Sym: function literal
	Bound               // Sym: method, Args[0]: receiver
	Slice               // Args[0]: text or list, N: from, I: to, -1 for the end
	Effect              // N: call, I: argument, Args[0]: the object before: the object after the call; Text: "builder" if it is one
	Either              // Args: the first or the second, as far as they are defined anywhere, or the third if the first is not
	Test                // Sym: "==", "prefix", "suffix", "contains", "not", "and", "or"; Args: a truth value
	Blank               // Args[0]: list; a list of as many elements, all of them empty text
	Render              // Args[0]: text of a template, then what Keys name: fields of its data, or the data as ""
	Address             // Sym: variable or, if I = 1, field; Args[0]: what it holds, which the address stands for wherever it is not written through
	Through             // Args: a pointer, and the text that was assigned through it, which it stands for from then on
	Default             // Args[0]: a value that something outside of the program may replace before it is read: a branch is not decided by it
	Alloc               // Sym: what makes it, Text and N: file and offset of the call that does, Args[0]: its handler, if any
)

// An Expr is the right side of an equation.
type Expr struct {
	Op   Op
	N, I int
	Sym  string
	Text string
	Keys []string
	Args []*Expr
	Mark int // index into Package.Marks, plus 1; 0 for none
}

// A Mark is the place of an expression, and what a reader would call the text that it stands
// for. Marks are written only if they are asked for.
type Mark struct {
	Name string // identifier; "" if the source has none for it
	Pos  Pos
}

// Piece is the Sym of an Opaque that is a piece of its operands as they are.
const Piece = "piece"

// What a field holds in an object whose literal leaves it out, for Expr.N of a Field.
const (
	ZeroText  = iota // the empty text
	ZeroList         // a list without elements
	ZeroMap          // a map without keys
	ZeroOther        // nothing that text is made of
)

// A Pos is a place in a source file.
type Pos struct {
	File, Line, Column, Offset int // File indexes Package.Files; Line and Column are 1-based, Offset is in bytes
}

// A Package is what one package says about strings.
type Package struct {
	Path   string
	Broken bool // it does not compile
	// Dependency names the module, with its version, if it is not one that is worked on.
	Dependency string
	Imports    []string // import paths, sorted
	Files      []File
	Lits       []strval.Literal
	Spots      []Spot // where Lits stand, of the same length or shorter
	Consts     map[string]*Expr
	Globals    []Def // assignments to package variables and cells
	Stores     []Def // values of fields: composite literals, assignments, tag defaults
	Writes     []Write
	Funcs      []*Func
	Types      []Type
	Ignores    []Ignore
	Comments   []strval.Literal // those that were asked for
	Cuts       []Cut            // where functions take the paths of requests apart
	Filled     []string         // types of objects that functions out of sight fill: what their fields hold is a Default
	Decls      []Decl           // those that may get a sibling
	Refs       []Ref            // places that name what such a declaration may declare
	Marks      []Mark           // of expressions, where they were asked for
}

// A Cut is a place where a function takes the path of a request apart that it is given.
type Cut struct {
	Op    string // for people: "strings.Split"
	Pos   Pos
	Texts map[string]bool // all constant text of the function
}

// A Decl declares a package constant or variable and may get a sibling: the same with
// another name and value.
type Decl struct {
	Sym     string
	Name    string // of the constant or variable
	Sibling string // a name that is free wherever the package names this one
	At      Pos    // where the line ends behind which the sibling has its place
	Head    string // what the sibling's source begins with, up to the value
	Value   string // source of the value,
	From    int    // which stands at this offset of the file
}

// A Ref is a place that names a package constant or variable.
type Ref struct {
	Sym string
	Pos Pos
	// Fixed is set if no other name can stand there: it is assigned to, its address is taken,
	// or its package is imported with a dot.
	Fixed bool
}

// A Spot is where a literal stands.
type Spot struct {
	Func int // index into Package.Funcs, plus 1; 0 if no function spells it
	// Element is set if the literal is an element of a list that may have any number of them:
	// a variadic operand, an element of a slice literal.
	Element bool
}

// Spot returns where a literal stands, by its index into Lits.
func (p *Package) Spot(lit int) Spot {
	if lit >= len(p.Spots) {
		return Spot{}
	}
	return p.Spots[lit]
}

// An Ignore is a comment that suppresses findings.
type Ignore struct {
	Pos         Pos
	First, Last int    // lines that it speaks of
	Rule        string // "" for //nolint, which means all
	Reason      string
}

// A File is a source file of a package.
type File struct {
	Name      string // path as the loader gave it
	Generated string // generator, if the file says that it is generated
	Test      bool
	Vendor    bool // its code, comments aside, names whose API it is about
}

// A Def gives a value to a variable or field in the frame of a function.
type Def struct {
	Sym   string
	Func  int // index into Package.Funcs
	Value *Expr
	Param int  // parameter through which a field is assigned, -1 if it is no parameter
	Owned bool // the object is tracked where it is changed: readers of other objects do not see it
	Init  bool // given by a composite literal or a zero value
}

// A Write gives a value to the variable that a pointer to text leads to.
type Write struct {
	Func    int // index into Package.Funcs
	Pointer *Expr
	Value   *Expr
}

// A Func is one function, method or function literal. The first function of a
// package is its initialiser, where package variables get their values.
type Func struct {
	Sym      string
	Name     string // for people
	Outer    int    // index of the enclosing function, -1 for none
	Params   int    // number of parameters, receiver included
	Variadic bool
	Test     bool // it is declared in a test file
	Locals   []*Expr
	Calls    []Call
	Exits    []Exit
	Uses     []Use
	Leaks    []Leak
	Loops    []Span
	Declared Pos    // where its name stands; zero if marks were not asked for
	Named    []Mark // its parameters, as many as Params; nil if marks were not asked for
}

// An Exit is one way out of a function.
type Exit struct {
	When    []*Expr // Tests that hold there
	Results []*Expr
	Changed []Changed // objects behind pointer parameters whose fields are different now
}

// Changed is an object behind a parameter as it is at an exit.
type Changed struct {
	Param int
	Value *Expr
}

// A Span is a loop's range of local and merge numbers: what is numbered
// inside belongs to a single round.
type Span struct{ LocalFrom, LocalTo, MergeFrom, MergeTo int }

// A Call is one call of a function that is not known to a table.
type Call struct {
	Callee string   // symbol, "" if the callee is a value
	Value  *Expr    // the callee, if it is a value
	Method string   // of an interface: name
	Iface  []string // of an interface: the methods that an implementation has, with signatures
	// Library is set if uses beside the call say what it is to a library whose method may
	// stand behind the interface.
	Library bool
	Args    []*Expr // receiver first; variadic operands are one list
	When    []*Expr // Tests that hold there
	// Tracked lists the arguments that are variables which the caller follows through the
	// call with an Effect.
	Tracked []int
	// Texts lists the arguments that are text or plain containers of it.
	Texts []int
	// Temporary lists the arguments that are results of calls or literals, which nobody
	// else holds.
	Temporary []int
	Pos       Pos
}

// UseKind says how a use treats a URL.
type UseKind uint8

const (
	Request UseKind = iota // sends it
	Route                  // answers it: pattern of a router
	Compare                // compares a request's path with it
	Prefix                 // cuts it off a request's path, or tests for it
	Scope                  // puts it before what is registered with the group that the router On makes
	Mount                  // puts it before everything that the router On answers
)

// A Use is a place where a string meets HTTP.
type Use struct {
	When    []*Expr // Tests that hold there
	Sink    string  // what it is passed to, for people: "http.NewRequest"
	Kind    UseKind
	Method  *Expr  // nil if the sink names none
	Fixed   string // method that the sink implies
	URL     *Expr
	On      *Expr // router or server object, if any; in a comparison the other side
	Guess   bool  // it is a use only if the other side is the path of an incoming request
	Handler *Expr // what answers, for test servers
	Pos     Pos
}

// LeakKind says where a string goes that meets no sink.
type LeakKind uint8

const (
	Printed  LeakKind = iota // log, error or terminal output: cannot change what the program does
	Passed                   // argument of a function that cannot be seen
	Compared                 // compared with another string
	Keyed                    // key of a map that is looked up or set
	Listed                   // key in a map literal
	Searched                 // map and key of a look-up, as an Index
	Counted                  // list of which the length or the number of an element matters
)

// A Leak is a place where a string is used for something other than HTTP.
type Leak struct {
	When  []*Expr // Tests that hold there
	Kind  LeakKind
	To    string // function or operation, for people
	Value *Expr
	Pos   Pos
}

// A Type is a named type with methods, for interface calls.
type Type struct {
	Sym     string
	Methods []Method
}

// A Method is a method of a type, promoted ones included.
type Method struct {
	Name string // with signature: "Do(string) error"
	Func string // symbol of the function that implements it
}
