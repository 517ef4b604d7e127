// Package report writes what a run found, one file for each output format.
//
// It is a leaf: its input is plain data that the driver fills in, so every
// format can be tested without analysing a program.
package report
