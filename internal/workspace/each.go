package workspace

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// Each calls f for 0 to n-1, in order of their start, on all cores. When ctx ends no further
// call is made, and its error is returned. A panic of f ends the worker and goes on in the
// caller when all others are done.
func Each(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	var failed atomic.Pointer[error]
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				if err := fault.Catch(func() { f(i) }); err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
			}
		})
	}
	workers.Wait()
	if p := failed.Load(); p != nil {
		panic(*p)
	}
	return ctx.Err()
}
