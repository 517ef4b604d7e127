package endpoint

import (
	"slices"
	"strings"
)

func isParam(seg string) bool { return strings.HasPrefix(seg, "{") }

func paramsOf(segs []string) []string {
	return slices.DeleteFunc(slices.Clone(segs), func(s string) bool { return !isParam(s) })
}

func blankParams(segs []string) []string {
	out := make([]string, len(segs))
	for i, s := range segs {
		if !isParam(s) {
			out[i] = s
		}
	}
	return out
}

// specialCase reports whether every path of the pattern a is also one of the different pattern b.
func specialCase(a, b []string) bool {
	if len(a) != len(b) || slices.Equal(a, b) {
		return false
	}
	for i := range a {
		if b[i] != "" && a[i] != b[i] {
			return false
		}
	}
	return true
}

type fit uint8

const (
	fitNo    fit = iota
	fitMaybe     // if holes are filled in so
	fitGlued     // if the hole that is glued to the last literal is no path
	fitYes
)

// fits compares a path with a pattern of the same length.
func fits(pattern []string, s string, segs []segment) fit {
	if len(pattern) != len(segs) {
		return fitNo
	}
	return fitsPrefix(pattern, s, segs)
}

// fitsPrefix compares a path with the start of a pattern that is not shorter.
func fitsPrefix(pattern []string, s string, segs []segment) fit {
	best := fitYes
	for i, g := range segs {
		lit := pattern[i]
		switch {
		case lit == "" || g.equal(s, lit):
		case !g.hole:
			return fitNo
		case i == len(segs)-1 && g.glued(s, lit):
			best = min(best, fitGlued)
		case g.could(s, lit):
			best = fitMaybe
		default:
			return fitNo
		}
	}
	return best
}
