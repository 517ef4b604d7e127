// Package driver is the command: it reads the command line, loads packages,
// has them analysed, plans and writes fixes, and hands the outcome to a report.
//
//	flags ──► list ──► load ──► analyse ──► plan ──► report
//	                    ▲                     │
//	                    └──────── write ◄─────┘   with -fix, until nothing is left
//
// Packages are listed first, which is cheap; then those of the modules at hand
// that the named ones have to do with are type-checked from source in one load,
// and everything else is taken from export data. Files that the current build
// configuration leaves out, and that may concern the API, are loaded in another
// configuration, and the results are merged.
//
// When the go command calls the program as a vet tool, unitchecker takes over.
package driver
