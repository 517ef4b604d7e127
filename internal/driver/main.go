package driver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// The exit codes. If several hold: usage, interrupted, failed, left, clean.
const (
	exitClean       = 0   // nothing is left to do
	exitFailed      = 1   // incomplete, or something failed
	exitUsage       = 2   // the command line is wrong
	exitLeft        = 3   // there are findings left, or -diff is not empty
	exitInterrupted = 130 // as shells report SIGINT
)

// Main runs the command and returns the exit code. args are the arguments
// without the name of the program. Findings go to stdout, everything else to
// stderr. If ctx ends, or an interrupt signal comes, Main cleans up and returns
// 130. As a vet tool it takes its arguments from os.Args and does not return.
func Main(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if vetTool(args) {
		unitchecker.Main(analyzer.Analyzer)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that goes away must not end the program while it writes files:
	// with a channel for the signal, writing returns an error instead.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	defer signal.Stop(pipe)

	code, err := run(ctx, args, stdout, stderr)
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "orbitmigrate: %s\nRun 'orbitmigrate -help' for usage.\n", report.Escape(err.Error()))
		return exitUsage
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "orbitmigrate: interrupted; run again to complete")
		return exitInterrupted
	case err != nil:
		fmt.Fprintf(stderr, "orbitmigrate: %s\n", report.Escape(err.Error()))
		return exitFailed
	}
	return code
}

// vetTool says whether the go command is calling, which asks -V=full and
// -flags first and then passes the configuration of one package as the last
// argument.
func vetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	first := strings.TrimPrefix(args[0], "-")
	return first == "-flags" || strings.HasPrefix(first, "-V=") || args[0] == "-flags" || strings.HasPrefix(args[0], "-V=") ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}
