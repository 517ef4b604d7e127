package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMeasureTree wants what a program has started to end with it, in its own process group or another.
func TestMeasureTree(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc")
	}
	for _, script := range []string{"sleep 3600 & wait", "set -m; sleep 3600 & wait"} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		// The pipe is open as long as the child lives, so the wait would be longer than WaitDelay.
		c, err := measure(ctx, t.TempDir(), os.Environ(), "sh", "-c", script)
		if !errors.Is(err, context.DeadlineExceeded) || c.wall > 30*time.Minute {
			t.Errorf("%s: measure returns %v after %s", script, err, c.wall)
		}
	}
}

// TestMain lets the test binary be a program to measure: one that takes memory, exits with a code, or both.
func TestMain(m *testing.M) {
	if os.Getenv("BENCH_MEASURED") == "" {
		os.Exit(m.Run())
	}
	block := make([]byte, 64<<20)
	for i := 0; i < len(block); i += 4096 {
		block[i] = 1
	}
	time.Sleep(100 * time.Millisecond) // so that the peak can be read
	os.Stdout.WriteString("out")
	os.Exit(3 + int(block[1]))
}

func TestMeasure(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c, err := measure(t.Context(), t.TempDir(), append(os.Environ(), "BENCH_MEASURED=1"), exe)
	if err != nil {
		t.Fatal(err)
	}
	if c.exit != 3 || c.stdout != "out" || c.wall < 100*time.Millisecond || c.child != 0 {
		t.Errorf("exit code %d, output %q, %s, child %d", c.exit, c.stdout, c.wall, c.child)
	}
	if most := max(c.self, c.tree); most != 0 && most < 64<<20 {
		t.Errorf("the peak is %d bytes, but the program touches 64 MB", most)
	}
	if _, err := measure(t.Context(), t.TempDir(), nil, "./nothing"); err == nil {
		t.Error("a program that does not exist was measured")
	}
}

func TestParse(t *testing.T) {
	c, err := parse([]string{"-on", "small,std", "-tools", "grep", "-rounds", "5"})
	if err != nil || strings.Join(c.on, " ") != "small std" || len(c.tools) != 1 || len(c.caches) != 2 || c.rounds != 5 {
		t.Errorf("parse = %+v, %v", c, err)
	}
	for _, args := range []string{"-on nothing", "-tools sed", "-cache hot", "-rounds 0", "-scale 0", "more"} {
		if _, err := parse(strings.Fields(args)); err == nil {
			t.Errorf("parse accepts %s", args)
		}
	}
}

func TestMedian(t *testing.T) {
	got := median([]cost{{wall: 5, cpu: 1, exit: 3}, {wall: 1, cpu: 9, exit: 3}, {wall: 2, cpu: 4, exit: 3}})
	if got.wall != 2 || got.cpu != 4 || got.exit != 3 {
		t.Errorf("median = %+v", got)
	}
}

func TestTable(t *testing.T) {
	got := table(subject{name: "small", about: "About."}, "warm", []row{
		{tool: "first", problem: "a | b"},
		{tool: "go list", cost: cost{wall: time.Second, cpu: 2 * time.Second, self: 22 << 20, tree: 22 << 20}},
		{tool: "grep", cost: cost{wall: time.Second / 2, cpu: 0, exit: 1}},
	})
	for _, want := range []string{
		"## small, warm build cache\n\nAbout.\n",
		"| first | a \\| b | | | | | | | |\n",
		"| go list | 1.00 s | 1.00 | 2.00 s | 1.00 | 22 MB |  | 22 MB | 0 |\n",
		"| grep | 0.50 s | 0.50 | 0.00 s | 0.00 |  |  |  | 1 |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks %q:\n%s", want, got)
		}
	}
}
