// Bench compares whole runs of the command with those of other programs on the same source: what go list takes to find
// the packages, grep to look for a word, the plain checker of golang.org/x/tools and go vet to run the same analyzer,
// and ast-grep to match syntax, if npm can install it.
//
//	go run ./bench -on small -rounds 3
//	go run ./bench -on std,small,large,single -tools 'go list,grep,orbitmigrate,ast-grep' -rounds 5 -write
//	go run ./bench -on std -tools 'go list,orbitmigrate,checker' -cache warm -rounds 1 -add
//
// Rounds alternate: each program runs once in every round, and the table has medians. Times are those of the whole
// process tree; what they are worth depends on what else the machine does, so compare numbers of one table only. A warm
// run is preceded by one that is not measured, and the build cache has the standard library, from which the synthetic
// modules import. A cold one has a build cache that is new and empty; the module cache and the page cache of the system
// stay as they are.
//
// The memory of the process itself is the high-water mark that Linux keeps for it, read while it runs, so a peak in its
// last milliseconds can be missed. The largest child is the same of the processes that it has started, such as go list or
// the compiler. A process that ends within some milliseconds is not seen, and where there is no /proc nothing is. The
// column of the tree is what the system reports after the end: the resident set of the largest process of all. It is
// never less than what this program itself had when it started the process, about 10 MB.
//
// Grep and ast-grep know no packages: they read the directory, or that of the one package. Go vet keeps what it has
// found in the build cache and repeats it in a warm run.
package main
