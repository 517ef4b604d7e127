// Package driver is the command: it reads the command line, decides which packages
// matter, has them analysed, plans and writes fixes, and hands the outcome to a report.
//
//	flags ──► survey ──► demand ──► solve ──► plan ──► verify ──► report
//	            ▲        (ask for more until   │                    ▲
//	            │         nobody is missing)   └──► write ──────────┤
//	            └───────────────────────────────────┘ with -fix, until nothing is left
//
// The survey lists the packages that the patterns name and searches the bytes of all Go
// files below the module, side by side. Functions with text of the API are looked at first;
// what the equations lack decides which come next. Files with such text that the current
// build configuration leaves out are looked at in another one, and the results are merged.
// Packages that a plan changes are type-checked as a whole. One that is to become visible is
// solved once more in memory, and groups whose result does not hold are taken out of it.
//
// When the go command calls the program as a vet tool, unitchecker takes over.
package driver
