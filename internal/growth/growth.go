// Package growth measures how the cost of a function grows with its input. It is for tests only.
//
// What counts is the processor time of one thread, and of that only the ratio between a small
// and a large input in the same run: neither a slow nor a busy machine changes it much.
package growth

import "math"

// factor lies between the small and the large input.
const factor = 8

// tooShort is the processor time, in seconds, below which nothing can be told. Nobody waits
// for it either.
const tooShort = 0.02

// Exponent returns the k for which the cost of f grows like n to the power of k from n to 8 n:
// 1 if it is linear, 2 if it is quadratic. It is 0 if the large input costs next to nothing,
// or if the system does not tell the time of a thread.
func Exponent(n int, f func(n int)) float64 {
	large := math.Inf(1)
	small := math.Inf(1)
	for range 3 { // the least is the one that was disturbed least
		large = min(large, cost(func() { f(n * factor) }))
		if large < tooShort {
			return 0
		}
		small = min(small, cost(func() { f(n) }))
	}
	return math.Log(large/max(small, tooShort/100)) / math.Log(factor)
}
