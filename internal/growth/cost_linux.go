package growth

import (
	"runtime"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// cost runs f and returns the processor time that its thread takes, in seconds.
func cost(f func()) float64 {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	runtime.GC()                                     // what others left behind
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector works in steps
	before := threadTime()
	f()
	return threadTime() - before
}

// threadTime is the processor time of the calling thread, in seconds. That of getrusage(2) is
// counted in ticks on some kernels.
func threadTime() float64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return float64(t.Sec) + float64(t.Nsec)/1e9
}
