//go:build !unix

package disk

// NoWait is the flag for opening a file that keeps a named pipe from waiting for its other end.
const NoWait = 0
