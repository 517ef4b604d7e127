//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// maxResident returns the largest resident set in bytes of a process that has been waited for.
func maxResident(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
