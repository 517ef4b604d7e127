//go:build unix

package main

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// group makes the end of the command's context the end of all that it has started.
func group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return kill(cmd.Process.Pid) }
}

// kill ends the group of a process and those below it: go/packages gives the go command a group of its own.
func kill(pid int) error {
	below := children(pid)
	err := syscall.Kill(-pid, syscall.SIGKILL)
	for _, child := range below {
		// What is gone already, or leads no group, needs nothing.
		_ = kill(child)
	}
	return err
}

// maxResident returns the largest resident set in bytes of any process that has been waited for.
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
