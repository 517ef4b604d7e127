/*
Orbitmigrate moves Go programs from version 1 to version 2 of the OrbitFlare
Customer API. It finds every use of v1, however the URL is put together, says
what it becomes, and changes the source if it is told to.

Usage:

	orbitmigrate [flags] [packages]

Packages are named as for the go command: directories, import paths and
patterns such as ./... . Without any, the package in the working directory is
looked at. Flags come first and may be written with one dash or two.

The packages of the same module that the named ones have to do with are read as
well, because URLs travel between packages; what is reported and changed lies in
the named packages only. The whole module at once gives the best answer:

	orbitmigrate ./...
	orbitmigrate -diff ./... | less
	orbitmigrate -fix ./...

# Flags

	-fix         make all safe changes
	-diff        print the changes as a unified diff, for git apply, and write
	             nothing; findings that it leaves go to standard error
	-unsafe      with -fix or -diff: include changes that need a review, and
	             packages that do not compile
	-C dir       work in dir; printed names are relative to it
	-tags a,b    build tags
	-test=false  leave test files out
	-rules a,b   report only these rules; their IDs are listed below
	-json        print the findings in the form of go vet -json
	-c N         show each finding with N lines of context
	-v           print how long each stage takes
	-version     print the version
	-help, -h    print this text

# Output

A finding is one line on standard output,

	file:line:col: message

with the file relative to the working directory. On a terminal the line of
source follows, and the old and the new URL; NO_COLOR turns colours off.
Everything else is on standard error: what was changed and what was not, with
the reason; what could not be analysed; and how many findings there are. If there
is nothing to say, nothing is printed. What looks like a key is printed as ***,
except in a diff.

# Changes

Changes that depend on one another are made together or not at all, also across
files. The result is type-checked before a file is replaced, and the program is
analysed again afterwards, so a second run has nothing to do. Never changed are
generated and vendored files, the module cache, the Go installation, modules
other than those of the main module, the workspace and replacements by a directory,
symbolic and hard links, and files without write permission.

# Other build configurations

A file that the platform or the build tags leave out is not lost: if it names
the API, the packages are loaded once more in a configuration that includes it, and
a change is only safe if all configurations that build the file agree. A file for
which there is no such configuration is listed as not checked.

# Exit codes

	0    nothing is left to do
	1    something could not be analysed or written
	2    the command line is wrong
	3    there are findings left, or -diff has printed something
	130  interrupted

If several hold, it is the first of 2, 130, 1, 3. With -json, findings alone do not
change the exit code.

# Other drivers

The same program is a tool for go vet and go fix:

	go vet -vettool=$(which orbitmigrate) ./...
	go fix -fixtool=$(which orbitmigrate) ./...

These see one package at a time, so they report less and fix only what is
complete in one file. There is a plugin for golangci-lint as well.
*/
package main
