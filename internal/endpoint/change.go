package endpoint

import (
	"slices"
	"strings"
)

// A change turns the segments of an old path into those of the new one: it replaces the segments [from, to) by
// text or, if from == to, inserts text and a slash before segment from. The zero value changes nothing.
type change struct {
	from, to int
	text     string
}

// diff returns the one change between two paths with equal parameters, or false if a parameter is inside of it.
func diff(old, new []string) (change, bool) {
	if slices.Equal(old, new) {
		return change{}, true
	}
	i := 0
	for i < len(old) && i < len(new) && old[i] == new[i] {
		i++
	}
	oldEnd, newEnd := len(old), len(new)
	for oldEnd > i && newEnd > i && old[oldEnd-1] == new[newEnd-1] {
		oldEnd, newEnd = oldEnd-1, newEnd-1
	}
	// An insertion at the end has no segment to stand before, and a deletion would have to take a slash with it:
	// both become the replacement of a literal neighbour.
	if newEnd == i || (oldEnd == i && oldEnd == len(old)) {
		if i > 0 {
			i--
		} else {
			oldEnd, newEnd = oldEnd+1, newEnd+1
		}
	}
	if len(paramsOf(old[i:oldEnd])) > 0 || len(paramsOf(new[i:newEnd])) > 0 {
		return change{}, false
	}
	return change{i, oldEnd, strings.Join(new[i:newEnd], "/")}, true
}

// clip returns the part of c that a pattern of n segments shows: c itself, nothing, or, if the pattern ends inside
// of c, a change that no row has.
func (c change) clip(n int) change {
	switch {
	case c.from >= n:
		return change{}
	case c.to <= n:
		return c
	}
	return change{from: -1}
}
