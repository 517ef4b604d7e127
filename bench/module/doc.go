// Package module writes Go modules of any size that look like real ones, to measure and to prove on.
//
// A module is a graph of packages in layers, each of which imports a few of lower layers. Most files have nothing to
// do with the API; some use v1 in one of the ways that idioms.txtar holds. What is written depends on the [Config]
// only. The command cmd/replay of a module makes every request of those uses with a transport that sends nothing, and
// prints one line for each, method and URL, so that the requests before and after a migration can be compared.
//
// All code of the modules is in the two txtar files and none in Go files here, because it spells URLs of v1, which
// the source of the project must not.
package module
