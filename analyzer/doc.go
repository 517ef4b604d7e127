/*
Package analyzer finds every use of the OrbitFlare Customer API v1 in a Go
program, however the program builds the URL, and says what it becomes in v2.

# What is reported

A place is reported if its text is part of a URL that the program sends, serves
or compares, and the URL, put together from constants, variables, fields,
parameters and results wherever they are, is one of the API's v1 endpoints on
one of its hosts, or on a host that cannot be told. Text that spells a v1 URL in
full but reaches no HTTP library (help texts, tables) is reported as well.

Each finding is reported at the literal that has to change, with the rule as its
category.

# Rules
*/
package analyzer
