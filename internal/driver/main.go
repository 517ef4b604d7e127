package driver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
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
// stderr. If ctx ends, or a signal comes that ends programs, Main returns 130 at
// once, whatever the run is doing: files that are being replaced are replaced
// first, and then nothing is written any more. As a vet tool it takes its
// arguments from os.Args and does not return.
func Main(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if vetTool(args) {
		unitchecker.Main(analyzer.Analyzer)
	}
	return supervise(ctx, args, stdout, stderr, nil)
}

// patience is how long whoever has been told to end may take.
const patience = 200 * time.Millisecond

// supervise has the command run beside it, so that nothing that it does, or waits for, keeps
// it from ending.
func supervise(ctx context.Context, args []string, stdout, stderr io.Writer, hook fault.Hook) int {
	ctx, stop := signal.NotifyContext(ctx, endings()...)
	defer stop()
	// A reader that goes away must not end the program while it writes files:
	// with a channel for the signal, writing returns an error instead.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	defer signal.Stop(pipe)

	out, errs := &outlet{w: stdout}, &outlet{w: stderr}
	interlock := &fixer.Interlock{}
	scratch, remove := newScratch()
	defer remove()
	result := make(chan int, 1)
	go func() {
		// What no place is to blame for is a failure of the run, and no wrong command line.
		code, err := 0, error(nil)
		if failed := fault.Catch(func() { code, err = run(ctx, args, out, errs, interlock, hook, scratch) }); failed != nil {
			err = failed
		}
		result <- conclude(ctx, errs, code, err)
	}()
	select {
	case code := <-result:
		return code
	case <-ctx.Done():
	}
	interlock.Stop()
	// The run sees the end of ctx, too: mostly at once, which lets it end its child processes.
	select {
	case code := <-result:
		return code
	case <-time.After(patience):
	}
	out.close()
	errs.close()
	// The reader of stderr may be the one who does not read.
	said := make(chan struct{})
	go func() {
		defer close(said)
		fmt.Fprintln(stderr, interrupted)
	}()
	select {
	case <-said:
	case <-time.After(patience):
	}
	return exitInterrupted
}

// newScratch makes a directory for what has no other place while the program runs. What the go
// command builds in is there, too: when it is ended, it leaves it behind. Without a directory,
// for want of space or rights, that is as the go command has it.
func newScratch() (dir string, remove func()) {
	dir, err := os.MkdirTemp(os.Getenv("GOTMPDIR"), "orbitmigrate")
	if err != nil {
		return "", func() {}
	}
	return dir, func() {
		// A go command that is about to end may still write there.
		for start := time.Now(); os.RemoveAll(dir) != nil && time.Since(start) < patience; {
			time.Sleep(patience / 20)
		}
	}
}

const interrupted = "orbitmigrate: interrupted; run again to complete"

// conclude says what an error is, and returns the exit code.
func conclude(ctx context.Context, stderr io.Writer, code int, err error) int {
	var usage *usageError
	var partly *afterWriting
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "orbitmigrate: %s\nRun 'orbitmigrate -help' for usage.\n", report.Escape(err.Error()))
		return exitUsage
	case ctx.Err() != nil && errors.As(err, &partly):
		fmt.Fprintf(stderr, "orbitmigrate: interrupted after %s; run again to complete\n", partly.made())
		return exitInterrupted
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, interrupted)
		return exitInterrupted
	case err != nil:
		fmt.Fprintf(stderr, "orbitmigrate: %s\n", report.Escape(err.Error()))
		return exitFailed
	}
	return code
}

// endings are the signals that end a run. That of a terminal which is closed does not if
// whoever started the program has it ignored, as nohup does.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// An outlet passes on what is written until it is closed: what a run that has been given up
// still has to say is not heard.
type outlet struct {
	mu     sync.Mutex // held while something is passed on
	closed atomic.Bool
	w      io.Writer
}

var errClosed = errors.New("the run has been given up")

func (o *outlet) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed.Load() {
		return 0, errClosed
	}
	return o.w.Write(p)
}

// close closes the outlet. It waits a little for what is being passed on.
func (o *outlet) close() {
	o.closed.Store(true)
	idle := make(chan struct{})
	go func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		close(idle)
	}()
	select {
	case <-idle:
	case <-time.After(patience):
	}
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
