//go:build unix

package disk

import "syscall"

// NoWait is the flag for opening a file that keeps a named pipe from waiting for its other end.
const NoWait = syscall.O_NONBLOCK
