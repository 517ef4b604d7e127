// Package spelling finds what somebody may have meant by a word that means nothing.
package spelling

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that takes the fewest insertions, deletions and replacements of
// a letter to become the word, capital or not, and "" if even that takes so many that the word
// is hardly a misspelling of it. Of several that are equally near it is the first.
func Nearest(word string, candidates []string) string {
	best, least := "", tolerated(word)+1
	for _, candidate := range candidates {
		if n := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(candidate)); n < least && n < len(candidate) {
			best, least = candidate, n
		}
	}
	return best
}

// tolerated is how many letters of a word may be wrong.
func tolerated(word string) int {
	switch n := len(word); {
	case n <= 2:
		return 1
	case n <= 5:
		return 2 // two letters that have changed places
	default:
		return 3
	}
}
