// Package workspace holds the source of the modules that are being worked on: which
// Go files there are, how they are built into packages, and the types of those
// packages that somebody asks for.
//
// An [Inventory] is what the file system says: every Go file below some directories,
// however it is built, and which of them are worth a closer look. A [Listing] is what
// the go command says about packages in one build configuration. A [Checker]
// type-checks packages of a listing: one that is asked for with as many bodies of functions
// as are wanted, what it imports only as far as declarations go. Those of the workspace come
// from source without function bodies, all others from export data if the build cache has
// all of it, and else from source too. Nothing is ever compiled, so a cold cache costs no
// minutes, and code that would take a compiler minutes does no harm.
//
// Which functions may matter is asked of the inventory as well: a [Mention] is a name and how
// somebody has to spell it to use it.
package workspace
