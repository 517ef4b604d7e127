// Package extract reads a type-checked package and writes down its equations over
// strings, with no knowledge of other packages.
//
// Every function is walked once, in the order in which its statements run. A local
// variable is what was last assigned to it; where branches meet it becomes a merge,
// in a loop an expression of the value before the round. Variables that function
// literals share, or whose address is taken, are cells: the set of everything ever
// assigned to them, by name or through a pointer. Calls of functions that a table knows (string functions, HTTP
// libraries) become operations and uses, all others become calls to be followed by
// the solver.
package extract

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/sink"
)

// Input is a package to extract.
type Input struct {
	Path  string // import path, without a test variant's suffix
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
	// Source returns the bytes of a file as they are on disk.
	Source func(file string) ([]byte, error)
	// Std reports whether an import path belongs to the standard library.
	Std func(path string) bool
	// Sinks is what is known about HTTP libraries; nil for what every user knows.
	Sinks *sink.Table
	// Keep reports whether a literal with this spelling must be listed even if no
	// equation mentions it.
	Keep func(spelling string) bool
	// Vendor reports whether source code names the vendor of the API; nil for never.
	Vendor func(src []byte) bool
	// Comment reports whether a comment must be listed; nil for none.
	Comment func(text string) bool
	// Marks asks for the names and places of what holes may come from.
	Marks bool
}
