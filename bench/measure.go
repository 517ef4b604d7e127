package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A cost is what a process and those that it started took.
type cost struct {
	wall, cpu time.Duration
	self      int64 // peak resident set of the process itself in bytes, 0 if not known
	child     int64 // the same of the largest of the others, 0 if there were none or it is not known
	tree      int64 // the same of the largest of all, as the system reports it, 0 if not known
	exit      int
	stdout    string
	stderr    string
}

// measure runs a command to its end. That it says no by its exit code is no error.
func measure(ctx context.Context, dir string, env []string, argv ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = dir, env
	group(cmd)
	// What a killed command has started may keep the pipes open.
	cmd.WaitDelay = 10 * time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, err
	}
	stop, watched := make(chan struct{}), make(chan cost)
	go func() { watched <- watch(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	wall := time.Since(start)
	close(stop)
	c := <-watched
	c.wall, c.stdout, c.stderr = wall, stdout.String(), stderr.String()
	if state := cmd.ProcessState; state != nil {
		c.cpu, c.tree, c.exit = state.UserTime()+state.SystemTime(), maxResident(state), state.ExitCode()
	}
	if ctx.Err() != nil {
		return c, fmt.Errorf("%s: %w after %s", argv[0], ctx.Err(), wall.Round(time.Second))
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return c, err
	}
	return c, nil
}

// watch reads the peaks of a process and of those below it until it is told to stop. Peaks never fall, so the last
// reading of each process counts.
func watch(pid int, stop <-chan struct{}) cost {
	var c cost
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := os.Stat(proc(pid, "status")); err == nil {
			c.self = max(c.self, peak(pid))
			c.child = max(c.child, below(pid))
		}
		select {
		case <-stop:
			return c
		case <-tick.C:
		}
	}
}

// below returns the largest peak of all processes that pid has started, and those that they have.
func below(pid int) int64 {
	parent := commandLine(pid)
	var most int64
	for _, child := range children(pid) {
		// Between fork and exec a child has the memory and the command line of its parent.
		if commandLine(child) != parent {
			most = max(most, peak(child))
		}
		most = max(most, below(child))
	}
	return most
}

func proc(pid int, name string) string { return "/proc/" + strconv.Itoa(pid) + "/" + name }

func commandLine(pid int) string {
	data, _ := os.ReadFile(proc(pid, "cmdline"))
	return string(data)
}

func children(pid int) []int {
	threads, _ := os.ReadDir(proc(pid, "task"))
	var out []int
	for _, thread := range threads {
		data, _ := os.ReadFile(proc(pid, "task/"+thread.Name()+"/children"))
		for _, word := range strings.Fields(string(data)) {
			if child, err := strconv.Atoi(word); err == nil {
				out = append(out, child)
			}
		}
	}
	return out
}

// peak returns the high-water mark of the resident set, or 0 if the process has ended.
func peak(pid int) int64 {
	data, _ := os.ReadFile(proc(pid, "status"))
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
