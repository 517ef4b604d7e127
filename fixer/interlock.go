package fixer

import (
	"context"
	"fmt"
	"os"
	"sync"
)

// An Interlock lets a process end at any time without harm to what its plans are writing. It
// knows all their temporary files, and the time in which files are replaced, which must not
// be cut short. The zero value is ready; it may be used by several goroutines at once.
type Interlock struct {
	mu    sync.Mutex // held while files are replaced, so that Stop waits
	over  bool
	temps map[temp]bool
}

// A temp is a temporary file that is there.
type temp struct {
	root *os.Root
	name string // below the root
}

// Stop waits until files that are being replaced have been replaced, and removes all temporary
// files. From then on nothing is written: Write fails as if its context had ended.
func (i *Interlock) Stop() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.over = true
	for t := range i.temps {
		_ = t.root.Remove(t.name)
	}
	i.temps = nil
}

// errStopped is what whoever wants to write is told after Stop.
var errStopped = fmt.Errorf("the run has been stopped: %w", context.Canceled)

// create makes a temporary file, unless Stop has been called.
func (i *Interlock) create(root *os.Root, name string) (*os.File, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.over {
		return nil, errStopped
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if i.temps == nil {
		i.temps = map[temp]bool{}
	}
	i.temps[temp{root, name}] = true
	return f, nil
}

// remove removes a temporary file.
func (i *Interlock) remove(root *os.Root, name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.drop(root, name)
}

// drop is remove for whoever holds the lock.
func (i *Interlock) drop(root *os.Root, name string) {
	if i.temps[temp{root, name}] {
		_ = root.Remove(name)
		delete(i.temps, temp{root, name})
	}
}

// replace calls f, which replaces files and drops their temporary files, unless Stop has been
// called. Stop waits for it.
func (i *Interlock) replace(f func()) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.over {
		return errStopped
	}
	f()
	return nil
}

// rename gives a temporary file the name of the file that it replaces. It is called inside of
// replace.
func (i *Interlock) rename(root *os.Root, name, to string) error {
	if err := root.Rename(name, to); err != nil {
		return err
	}
	delete(i.temps, temp{root, name})
	return nil
}
