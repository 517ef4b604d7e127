package growth

import (
	"runtime"
	"testing"
)

var sink int

func work(n int) {
	for i := range n {
		sink += i % 7
	}
}

func TestExponent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the time of a thread is known on Linux only")
	}
	if k := Exponent(4_000_000, work); k < 0.7 || k > 1.3 {
		t.Errorf("linear work grows with exponent %.2f", k)
	}
	if k := Exponent(2_000, func(n int) { work(n * n / 2) }); k < 1.7 || k > 2.3 {
		t.Errorf("quadratic work grows with exponent %.2f", k)
	}
	if k := Exponent(1, func(int) {}); k != 0 {
		t.Errorf("no work grows with exponent %.2f", k)
	}
}
