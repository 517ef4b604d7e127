// Package workspace holds the source of the modules that are being worked on: which
// Go files there are, how they are built into packages, and the types of those
// packages that somebody asks for.
//
// An [Inventory] is what the file system says: every Go file below some directories,
// however it is built, and which of them are worth a closer look. A [Listing] is what
// the go command says about packages in one build configuration. A [Checker]
// type-checks packages of a listing from source: a package that is asked for as a
// whole, what it imports only as far as declarations go. Function bodies of imports
// are not looked at and nothing is compiled, so the time does not depend on the build
// cache and code that would take a compiler minutes does no harm.
package workspace
