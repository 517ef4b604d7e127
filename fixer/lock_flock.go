//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package fixer

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps two runs from writing below one root at the same time. It locks
// the directory itself, so that nothing is left behind if the process dies.
// File systems without locks are used without one: the hashes still hold.
func lock(root *os.Root) (unlock func(), err error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		dir.Close()
		return nil, err
	}
	return func() {
		// Closing unlocks too, but not while a process that was forked in between, and has
		// not yet begun its own program, holds the file.
		_ = syscall.Flock(int(dir.Fd()), syscall.LOCK_UN)
		dir.Close()
	}, nil
}
