// Package strval models strings whose bytes remember where they came from.
//
// A [Template] is a sequence of parts. A text part carries decoded text and, if
// it was spelled in a source file, the [Literal] that holds it and the offset
// inside that literal's decoded value. A hole stands for text that is only known
// at run time and says why. The functions that Go programs build strings and
// URLs with (concatenation, fmt.Sprintf, strings.TrimSuffix, url.JoinPath, ...)
// are rows of a table, looked up by their full Go name with [Lookup]; every one
// keeps the origin of every byte it passes on.
//
// [Literal.Splice] is the way back: a range of the decoded text becomes the exact
// source range and a spelling that decodes to the wanted text.
//
// The package knows no syntax trees and no types.
package strval
