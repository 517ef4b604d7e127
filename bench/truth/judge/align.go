package judge

import (
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strings"
)

// A tok is a token of a Go file.
type tok struct {
	text        string
	first, last int // lines
	literal     bool
}

// tokens splits a Go file. Comments are left out: a change of them changes no literal.
func tokens(source []byte) []tok {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, func(token.Position, string) {}, 0)
	var out []tok
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return out
		}
		if kind == token.SEMICOLON {
			continue // those that are not written depend on line ends
		}
		if text == "" {
			text = kind.String()
		}
		line := file.PositionFor(pos, false).Line
		out = append(out, tok{text, line, line + strings.Count(text, "\n"), isLiteral(kind)})
	}
}

func isLiteral(kind token.Token) bool {
	return kind == token.STRING || kind == token.CHAR || kind == token.INT || kind == token.FLOAT || kind == token.IMAG
}

// Literals returns the texts of the literals of a Go file, in order.
func Literals(source []byte) []string {
	var out []string
	for _, t := range tokens(source) {
		if t.literal {
			out = append(out, t.text)
		}
	}
	return out
}

// LineOf returns the line on which a literal of a Go file begins, or 0 if there is none of that index.
func LineOf(source []byte, index int) int {
	for _, t := range tokens(source) {
		if t.literal {
			if index == 0 {
				return t.first
			}
			index--
		}
	}
	return 0
}

// Differing returns the literals of the Go files in before that are not in after, as literals that have to change,
// and all others as literals that have to stay.
func Differing(before, after map[string][]byte) []Literal {
	var out []Literal
	for name, source := range before {
		if path.Ext(name) != ".go" {
			continue
		}
		a := align(source, after[name])
		for i, text := range Literals(source) {
			l := Literal{File: name, Index: i, Text: text, Due: Fixed}
			if _, _, same := a.lines(i); !same {
				l.Due = Change
			}
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Literal) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Index - b.Index
	})
	return out
}

// An alignment tells where the literals of a file are after a change of the file.
type alignment struct {
	literals []int // by index of the literal: its token in after, -1 if it has changed
	after    []tok
}

// lines returns the first and the last line of a literal in the changed file, and whether it is as it was.
func (a *alignment) lines(index int) (first, last int, same bool) {
	if index < 0 || index >= len(a.literals) || a.literals[index] < 0 {
		return 0, 0, false
	}
	t := a.after[a.literals[index]]
	return t.first, t.last, true
}

// align matches the tokens of two versions of a file by their longest common subsequence.
func align(before, after []byte) *alignment {
	old, now := tokens(before), tokens(after)
	a := &alignment{after: now}
	match := common(old, now)
	for i, t := range old {
		if t.literal {
			a.literals = append(a.literals, match[i])
		}
	}
	return a
}

// common returns for each token of old its partner in now, or -1.
func common(old, now []tok) []int {
	match := make([]int, len(old))
	for i := range match {
		match[i] = -1
	}
	start := 0
	for start < len(old) && start < len(now) && old[start].text == now[start].text {
		match[start] = start
		start++
	}
	end := 0
	for end < len(old)-start && end < len(now)-start && old[len(old)-1-end].text == now[len(now)-1-end].text {
		match[len(old)-1-end] = len(now) - 1 - end
		end++
	}
	a, b := old[start:len(old)-end], now[start:len(now)-end]
	// length[i][j] is that of the longest common subsequence of a[i:] and b[j:].
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].text == b[j].text {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].text == b[j].text:
			match[start+i] = start + j
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return match
}
