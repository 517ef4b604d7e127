package driver

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// A progress tells whoever waits at a terminal what is going on. The nil progress is
// silent.
type progress struct {
	w     io.Writer
	quiet time.Time // nothing is said before
	now   func() time.Time

	mu   sync.Mutex
	last time.Time // of something said; zero if the line is clear
}

const (
	progressAfter = 2 * time.Second
	progressEvery = 100 * time.Millisecond
)

// newProgress returns nil if w is no terminal.
func newProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return nil
	}
	return &progress{w: w, quiet: time.Now().Add(progressAfter), now: time.Now}
}

// step says what is being done: the n-th of so many things, and which.
func (p *progress) step(what string, n, of int, name string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Before(p.quiet) || now.Sub(p.last) < progressEvery {
		return
	}
	p.last = now
	fmt.Fprintf(p.w, "\r\x1b[Korbitmigrate: %s %d/%d %s", what, n, of, report.Line(name))
}

// clear takes the last word back, so that other output starts on a clean line.
func (p *progress) clear() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.last.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.last = time.Time{}
	}
}
