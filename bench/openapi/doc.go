// Openapi compares what orbitmigrate requests lists for public API clients with what the
// vendors publish about their APIs: OpenAPI descriptions, or what the clients say themselves.
//
//	go run ./bench/openapi -client DIR -pkg ./... -spec FILE
//	go run ./bench/openapi -clients DIR -write bench/TRUTH.md
//
// The first compares one client. The second compares those of clients.yaml as far as their
// source is below DIR, and writes a table of them.
//
// The operations of a client are its exported functions and methods from which a call leads
// to HTTP, by a call graph that knows names and types and nothing of what the solver does. Those
// that others build upon are not operations, nor are those that only call other operations. An
// operation is solved if every request that it makes is one of the description, in method and
// path, with text wherever the description has text.
package main
