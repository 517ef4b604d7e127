// Bench compares whole runs of the command with those of other programs on the same source: what go list takes to find
// the packages, grep to look for a word, the plain checker of golang.org/x/tools and go vet to run the same analyzer,
// and ast-grep to match syntax, if npm can install it.
//
//	go run ./bench -on small -rounds 3
//	go run ./bench -on std,small,large,single -cache warm,cold -write
//
// Rounds alternate: each program runs once in every round, and the table has medians. Times are those of the whole
// process tree; what they are worth depends on what else the machine does, so compare numbers of one table only. A warm
// run is preceded by one that is not measured. A cold one has a build cache that is new and empty; the module cache and
// the page cache of the system stay as they are.
//
// The memory of the process itself is the high-water mark that Linux keeps for it, read while it runs, so a peak in its
// last milliseconds can be missed. The largest child is that of the processes it has started, go list or the compiler
// for example. Elsewhere there is no such file and the columns stay empty. The tree column is what the system reports
// after the end: the resident set of the largest process, of all in the tree.
package main
