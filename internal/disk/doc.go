// Package disk opens the files of a source tree, which a stranger may have put there.
//
// Names are looked up before anything is opened, because opening a device may do something
// and opening a named pipe waits for a writer; only regular files, and links to such, are
// opened at all. How much is read is bounded. So no file makes a run wait or fills the memory.
package disk
