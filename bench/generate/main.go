// Generate writes a synthetic Go module, some files of which use v1 of the API.
//
//	go run ./bench/generate -packages 10 -files 10 -share 0.1 DIR
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/module"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	var c module.Config
	fs := flag.NewFlagSet("generate", flag.ExitOnError)
	fs.IntVar(&c.Packages, "packages", 200, "number of packages")
	fs.IntVar(&c.Files, "files", 10, "files of each package")
	fs.IntVar(&c.Lines, "lines", 250, "lines of each file, more or less")
	fs.Float64Var(&c.Share, "share", 0.01, "share of files that use v1")
	fs.IntVar(&c.Depth, "depth", 3, "packages between a call and its request, in uses with wrappers")
	fs.Uint64Var(&c.Seed, "seed", 1, "another seed gives another module")
	fs.Func("idioms", "names of the ways to use v1, separated by commas, instead of all", func(names string) error {
		c.Idioms = strings.Split(names, ",")
		return nil
	})
	fs.Usage = func() {
		fmt.Fprintln(fs.Output(), "usage: generate [flags] DIR")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		return fmt.Errorf("%d directories are named, want one; -help lists the flags", fs.NArg())
	}
	m, err := module.Write(fs.Arg(0), c)
	if err != nil {
		return err
	}
	fmt.Printf("%d packages, %d files (%d with uses), %d lines, %d requests\n", m.Packages, m.Files, m.Affected, m.Lines, m.Requests)
	return nil
}
