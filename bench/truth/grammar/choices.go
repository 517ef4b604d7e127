package grammar

import (
	"maps"
	"math/rand/v2"
)

// Choices decides what a program is like. It is a list of numbers, each of which picks one of several alternatives, the
// simplest being 0; a number that is missing is 0, and one that is too large is taken modulo the count. So every list
// makes a program, and a program is made simpler by making its list shorter or its numbers smaller.
type Choices struct {
	values []int
	next   int
	random *rand.Rand        // makes the numbers that values lacks; nil: they are 0
	plain  bool              // what is drawn by rarely is always the plainest
	force  map[string]string // features that have to be picked, by dimension, once each
	begun  []int             // where the parts that are not yet over begin
	parts  [][2]int          // parts of the list that can be left out together
}

// Random returns choices that are drawn at random, except that those features are picked wherever their dimensions
// come up first. What has to be picked for a dimension to come up at all is picked as well, unless one of the features
// decides otherwise.
func Random(seed uint64, features ...Feature) *Choices {
	c := &Choices{random: rand.New(rand.NewPCG(seed, 12)), force: map[string]string{}}
	for i := len(features) - 1; i >= 0; i-- {
		for _, d := range dimensions {
			if d.id == features[i].Dimension {
				maps.Copy(c.force, d.needs)
			}
		}
	}
	for _, f := range features {
		c.force[f.Dimension] = f.ID
	}
	return c
}

// Single returns choices that are drawn at random among programs that have a feature, what it needs, and nothing else that
// is not plainest.
func Single(seed uint64, f Feature) *Choices {
	c := Random(seed, f)
	c.plain = true
	return c
}

// wants reports whether a feature of the dimension has still to be picked.
func (c *Choices) wants(dimension string) bool {
	_, ok := c.force[dimension]
	return ok
}

// Replay returns choices that are given.
func Replay(values []int) *Choices { return &Choices{values: values} }

// pick chooses one of n alternatives, all equally often.
func (c *Choices) pick(n int) int {
	v := 0
	switch {
	case c.next < len(c.values):
		v = c.values[c.next] % n
	case c.random != nil:
		v = c.random.IntN(n)
	}
	return c.note(v)
}

// row chooses one of n features of a dimension: the one that has to be picked, if it is there.
func (c *Choices) row(dimension string, n int, id func(int) string) int {
	if want, ok := c.force[dimension]; ok {
		for i := range n {
			if id(i) == want {
				delete(c.force, dimension)
				return c.note(i)
			}
		}
	}
	return c.rarely(n)
}

// rarely chooses one of n alternatives, of which three quarters fall to the plainest and the rest evenly to all: a
// program that is unusual in every way at once says little about any of them.
func (c *Choices) rarely(n int) int {
	if c.next >= len(c.values) && c.random != nil && (c.plain || c.random.IntN(4) > 0) {
		return c.note(0)
	}
	return c.pick(n)
}

func (c *Choices) note(v int) int {
	if c.next < len(c.values) {
		c.values[c.next] = v
	} else {
		c.values = append(c.values, v)
	}
	c.next++
	return v
}

// begin and end enclose a part of the list.
func (c *Choices) begin() { c.begun = append(c.begun, c.next) }

func (c *Choices) end() {
	last := len(c.begun) - 1
	if from := c.begun[last]; from < c.next {
		c.parts = append(c.parts, [2]int{from, c.next})
	}
	c.begun = c.begun[:last]
}

// Values returns the numbers that were picked.
func (c *Choices) Values() []int { return append([]int(nil), c.values[:c.next]...) }

// Simpler returns lists that differ from the picked one by one simplification, the most drastic first.
func (c *Choices) Simpler() [][]int {
	values := c.Values()
	var out [][]int
	for _, p := range c.parts {
		if p[1]-p[0] > 1 {
			// A part without its numbers, and a part of zeros: the first changes what the later numbers mean less often.
			out = append(out, append(append([]int(nil), values[:p[0]]...), values[p[1]:]...))
			zeros := append([]int(nil), values...)
			clear(zeros[p[0]:p[1]])
			out = append(out, zeros)
		}
	}
	for i, v := range values {
		if v > 0 {
			zero := append([]int(nil), values...)
			zero[i] = 0
			out = append(out, zero)
		}
	}
	for i, v := range values {
		if v > 1 {
			less := append([]int(nil), values...)
			less[i] = v - 1
			out = append(out, less)
		}
	}
	return out
}
