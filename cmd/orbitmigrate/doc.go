/*
Orbitmigrate moves Go programs from version 1 to version 2 of the OrbitFlare
Customer API. It finds every use of v1, however the URL is put together, says
what it becomes, and changes the source if it is told to.

Usage:

	orbitmigrate [flags] [packages]
	orbitmigrate requests [flags] [packages]

Packages are named as for the go command: directories, import paths, and
patterns such as ./..., example.com/m/..., all and work. Without any, the package
in the working directory is looked at. Flags come first and may be written with
one dash or two.

Files may be named as well, of one package or of many, as hooks and editors do:

	orbitmigrate client.go api/routes.go

A file is looked at as part of its package, and what is reported and changed lies
in the files that are named. A directory or a file in another module than the
working directory is looked at as in a run in that module. In the root of a
workspace ./... means all modules of the workspace below.

What has a say in what the named places do is read as well, because URLs travel
between packages: what is said about a place does not depend on what else is
named. A change that reaches beyond what is named is not made, and it is said
what else to name. The whole module at once gives the best answer:

	orbitmigrate ./...
	orbitmigrate -diff ./... | less
	orbitmigrate -fix ./...

# Flags

	-fix         make all safe changes
	-diff        print the changes as a unified diff, for git apply, and write
	             nothing; findings that it leaves go to standard error
	-unsafe      with -fix or -diff: include changes that need a review, and
	             packages that do not compile
	-allow-dirty  with -fix: change files with uncommitted changes, and files that
	             git does not track, as well
	-C dir       work in dir; printed names are relative to it
	-tags a,b    build tags
	-test=false  report and change no test files, nor what has to change with one
	-rules a,b   report only these rules; their IDs are listed below
	-docs        look at comments as well, and at files that are not Go in the
	             directories that are named, and below those of patterns such as ./...:
	             documentation, API specifications, templates, recorded answers
	-nested      look at nested modules below the directories of patterns such as
	             ./... as well
	-sinks file  know the HTTP libraries in file as well, which is described below
	-json        print the findings in the form of go vet -json
	-c N         show each finding with N lines of context
	-v           print how long each stage takes
	-version     print the version
	-help, -h    print this text

# Output

A finding is one line on standard output,

	file:line:col: message

with the file relative to the working directory. A checkout that is reached through
a symbolic link gives the same answer as elsewhere. On a terminal the line of
source follows, and the old and the new URL; NO_COLOR turns colours off.
Everything else is on standard error: what was changed and what was not, with
the reason; what could not be analysed; how many findings there are, and how many
fixes -fix makes of them. If there is nothing to say, nothing is printed. What looks
like a key is printed as ***, except in a diff. A use of HTTP that is too complex to
follow is named, and so is each text that may be a part of what is sent there.

Some endpoints answer in another form in v2, which no URL says. Their findings end in
"check the decoding", or "check the answer" where a server or a mock answers, and
after -fix and -diff each is named once more with its places, or the first five of
them, on standard error:

	check the decoding of GET licenses/{id} at client.go:80: ...

With -json these places are what is related to a finding.

# Changes

Changes that depend on one another are made together or not at all, also across files. A
file that is as gofmt writes it stays so: what a change moves is aligned again, by white
space alone. All other files keep every other byte. The result is type-checked before a
file is replaced, and the program is analysed again afterwards, so a second run has
nothing to do. Never changed are generated and vendored files, the module cache, the Go
installation, modules other than those of the main module, the workspace and
replacements by a directory, what is not below the directory of go.work or else of
go.mod, symbolic and hard links, files without write permission, directives such as
//go:generate, and the C source of cgo files, whose Go source is changed like any.

In a git work tree -fix leaves files alone that git could not give back: those
with changes that are not committed, and those that it does not track, also if
they are ignored. The other files are changed, and the exit code is 1. Commit
first, or use -allow-dirty. Where git is not installed this is not checked, and
it is said. No program that a repository names is run, so a file that has a filter is
left alone, too.

A run that is interrupted ends at once and leaves each file as before or as after, and
nothing else. If files are being replaced just then, all of them are.

# What is looked at

The bytes of every Go file below the module's directory are searched for the names
that are part of each URL of the API. Functions with such a name are looked at, and all
others as far as they may have a say in what becomes of the URL, so a program that does
not use the API costs little more than go list. Spelling a name in pieces, as in
"orbit" + "flare", hides it; cutting the URL between its segments, or escapes, do not.

A file that names the API is looked at however it is built: if the platform or the
build tags leave it out, or it is in a directory that patterns pass over, such as
testdata, it is loaded in a configuration that includes it, with whatever it has to do
with. So is a file that is left out, names nothing, and may meet a URL of the API all the
same, by a call, a constant or a field. A change is only safe if all configurations that
build its file agree, and if every such file could be looked at. What is in testdata and
the like is not changed unless it is named. Nested modules are looked at with -nested. With
-docs, directories of version control, caches, package managers and editors are passed over,
and so are vendor and node_modules; .github and the like are not. A file of more than 1 MiB
that is not Go is only searched, and named if it names the API. A file that names the API
and could not be looked at after all is listed as not checked. As soon as any file names the
API, what does not parse is a problem wherever it is; what does not compile is one where it
is looked at, and a package that is about to be changed has to compile as a whole. A change
whose text may meet what could not be looked at, or does not compile, is for review.

Files that are not Go and that the program or its tests read are a part of it: those in
testdata, those that it embeds, and those that its code names. A change whose URL such a file
spells, below its base or as a name too, is for review, unless the file changes with it: with
-docs, where it spells the URL whole.

A server that stands in for the API moves with the requests that it answers. They are
for review if a row of it stays behind, if an earlier row would answer them once they
have moved, or if it takes their paths apart.

# Requests

What a program calls, of any API, is listed by

	orbitmigrate requests [-json] [-deps] [packages]

It knows -C, -tags, -test, -sinks and -v as well, with the same meaning. A first
argument that is the word requests is the subcommand; the package in a directory of
that name is ./requests .

A request is one line on standard output, for each place that sends one, each method
and each URL:

	file:line:col: METHOD URL

What is not known of a URL stands in braces as {name}, after the variable, parameter,
field or function that it comes from. A request that only tests make ends in (test).
Lines with a tab say below it where each literal stands and what its text passes
through on its way; for each name in braces why the text is not known, and where it was
lost; and which calls lead to the place, as far as it matters who calls. The address of
a test server is {server}.

Listed is what the named packages send, and what they lead other packages of the
modules that are worked on to send. What is sent inside of other modules is not, nor
are routes of servers. A place that may send more than could be followed is said on
standard error, and the exit code is 1; else it is 0, however many requests there are.
Files of other build configurations are not looked at.

With -deps follow the modules among the dependencies that send v1 of the OrbitFlare
API, with their versions and the requests in them, and those that spell a base of it
and send nothing that could be followed. With -json the list is one object,

	{"requests": [REQUEST],
	 "unsolved": [{"posn", "reason"}],
	 "modules": [{"module", "requests": [REQUEST], "spells": [IMPORT PATH]}]}

with modules only with -deps. A REQUEST is

	{"method", "url", "posn", "sink", "package", "test",
	 "parts": [{"of", "text", "hole", "reason", "posn",
	            "via": [{"kind", "name", "func", "posn"}]}],
	 "calls": [[{"func", "name", "posn"}]]}

A posn is file:line:column, the file absolute. The parts of method and url (of says of
which) are in order; one is text, at the posn of the literal that spells it and via
constants, variables, fields, parameters and results, or a hole with a reason, at the
posn of what stopped. Each of calls begins at the place and goes outwards, its posn being
that of the call, or of the first function. What is empty or false is left out.
More keys may be added; these stay.

# Other HTTP libraries

Functions through which a URL becomes a request are rows of a table, which has
those of the standard library and of widespread libraries. Rows for your own are
added with -sinks, by a file such as

	version: 1
	rows:
	  - func: example.com/sdk.New
	    role: make
	    url: 0
	    example: sdk.New(URL)
	  - func: (*example.com/sdk.Client).Fetch
	    role: request
	    on: 0
	    url: 1
	    join: slash
	    fixed: GET
	    example: (*sdk.Client)(nil).Fetch(URL)

The keys of a row are

	func     full name: path.Func, (path.Type).Method or (*path.Type).Method
	role     what a call does, see below
	url      number of the argument that is the URL, a path or a pattern
	on       number of the argument that is the client, request or router: an
	         object with a base, to which URLs are joined
	method   number of the argument that is the HTTP method; or instead
	fixed    the method that every call of the function uses
	handler  number of the argument that answers, is mounted or is called
	join     how base and url become one: concat, slash (with one slash between
	         them), resolve (as a relative reference) or alone (only the url counts)
	example  a call with URL for the url and METHOD for the method

Arguments are counted from 0, the receiver of a method first. The roles are

	request  a request is sent to url
	send     a request is sent to the base of on
	make     the result is a new object; its base is url, joined to that of on, or
	         one of them, or empty
	base     the base of on becomes url; the result is on
	path     url is joined to the base of on; the result is on, and so without url
	group    the result is a router below the path url of on
	scope    handler is called with such a router
	mount    handler, a router itself, is put below the path url of on
	route    a router answers the pattern url with handler
	prefix   the path url is cut off before handler sees a request, or is tested

Rows are believed: a library needs rows for all its functions that set or change
a base or a method, or URLs come out wrong. A base in a field of a composite literal
is not seen. A row that does not fit the arguments of
its function is left out. go vet, where the flag is -orbitmigrate.sinks and the path
must be absolute, keeps results until a flag changes, so there a changed file needs a
new name.

# Exit codes

	0    nothing is left to do
	1    something was not looked at or not done: it could not be read, parsed or
	     loaded, was too involved to follow, made the program fail, or could not
	     be written
	2    the command line is wrong, or there is no module where it is run and no
	     file is named: one that is named is looked at outside of modules, too
	3    there are findings left, for whatever reason, or -diff has printed something
	130  interrupted, by SIGINT, SIGTERM or SIGHUP

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
