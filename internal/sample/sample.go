// Package sample chooses which of many inputs a long test takes. It is for tests only.
//
// A run without settings takes the same sample every time. With the environment variable
// ORBITMIGRATE_SEED set to a text, such as the hash of a commit, the text chooses the sample,
// and whoever has the text can take it again. With ORBITMIGRATE_TESTS=all everything is taken.
package sample

import (
	"hash/fnv"
	"os"
)

// All says whether tests take all of their inputs, however long that is.
func All() bool { return os.Getenv("ORBITMIGRATE_TESTS") == "all" }

// Seed returns the text that chooses the sample, "" if none is set.
func Seed() string { return os.Getenv("ORBITMIGRATE_SEED") }

// Number returns the seed as a number, for generators of random input.
func Number() uint64 { return hash(Seed()) }

// Takes says whether an input is among those of this run, of which there is about one in n.
// The answer depends on the name of the input and on the seed, not on other inputs.
func Takes(name string, n int) bool {
	return All() || hash(Seed()+"\x00"+name)%uint64(n) == 0
}

func hash(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text)) // never fails
	// The low bits of FNV depend on those of the bytes alone.
	sum := h.Sum64()
	return sum ^ sum>>32
}
