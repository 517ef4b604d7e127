// Checker runs the analyzer under the plain checker of golang.org/x/tools, to measure what the command is worth. It
// sees one package at a time, as go vet does, and loads all of them from source.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
)

func main() { singlechecker.Main(analyzer.Analyzer) }
