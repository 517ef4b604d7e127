package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// The largest files of each kind that are read, in bytes.
const (
	MaxSource = 64 << 20 // Go source
	MaxModule = 16 << 20 // go.mod and go.work, as the go command has it
	MaxText   = 1 << 20  // documentation and the like: what is larger is data, and only searched
	MaxRows   = 1 << 18  // rows for HTTP libraries
)

// Why what is no regular file is not opened. An irregular one is a pipe, a socket or a device.
var (
	ErrIrregular = errors.New("it is not a regular file")
	ErrDirectory = errors.New("it is a directory")
)

// A SizeError is why a file is not read that is larger than its kind may be.
type SizeError struct {
	Limit int64 // in bytes
}

// Error names the limit.
func (e *SizeError) Error() string {
	if e.Limit < 1<<20 {
		return fmt.Sprintf("the file is larger than %d KiB", e.Limit>>10)
	}
	return fmt.Sprintf("the file is larger than %d MiB", e.Limit>>20)
}

// Reason is what is wrong, without the name of the file.
func Reason(err error) string {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// A tree is what names are looked up in: the file system, or a part of it.
type tree interface {
	Stat(name string) (fs.FileInfo, error)
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
}

// everywhere is the whole file system.
type everywhere struct{}

func (everywhere) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

func (everywhere) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag, perm)
}

// Check says why a file cannot be read, without opening it. limit is in bytes. What links
// lead to counts.
func Check(name string, limit int64) error {
	_, err := look(everywhere{}, name, limit)
	return err
}

func look(from tree, name string, limit int64) (fs.FileInfo, error) {
	info, err := from.Stat(name)
	if err != nil {
		return nil, err
	}
	return info, admit(name, info, limit)
}

func admit(name string, info fs.FileInfo, limit int64) error {
	switch {
	case info.IsDir():
		return &fs.PathError{Op: "open", Path: name, Err: ErrDirectory}
	case !info.Mode().IsRegular():
		return &fs.PathError{Op: "open", Path: name, Err: ErrIrregular}
	case info.Size() > limit:
		return &fs.PathError{Op: "read", Path: name, Err: &SizeError{limit}}
	}
	return nil
}

// open opens a file for reading and returns its size.
func open(from tree, name string, limit int64) (*os.File, int64, error) {
	if _, err := look(from, name, limit); err != nil {
		return nil, 0, err
	}
	f, err := from.OpenFile(name, os.O_RDONLY|NoWait, 0)
	if err != nil {
		return nil, 0, err
	}
	// Another file may have taken the name since.
	info, err := f.Stat()
	if err == nil {
		err = admit(name, info, limit)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// Open opens a file for reading, whatever its size.
func Open(name string) (*os.File, error) {
	f, _, err := open(everywhere{}, name, 1<<63-1)
	return f, err
}

// Source returns the bytes of a Go file.
func Source(name string) ([]byte, error) { return Read(name, MaxSource) }

// Read returns the bytes of a file of at most limit bytes. The error is an *fs.PathError, with
// ErrDirectory, ErrIrregular or a *SizeError if that is what is wrong.
func Read(name string, limit int64) ([]byte, error) {
	data, _, err := ReadInto(name, limit, nil)
	return data, err
}

// ReadInto is Read with the bytes in buf, or in a larger buffer that takes its place.
func ReadInto(name string, limit int64, buf []byte) (data, kept []byte, err error) {
	return read(everywhere{}, name, limit, buf)
}

// ReadFrom is Read below a root.
func ReadFrom(root *os.Root, name string, limit int64) ([]byte, error) {
	data, _, err := read(root, name, limit, nil)
	return data, err
}

func read(from tree, name string, limit int64, buf []byte) (data, kept []byte, err error) {
	f, size, err := open(from, name, limit)
	if err != nil {
		return nil, buf, err
	}
	defer f.Close()
	// One byte more than the file has tells a file that grows from one that has ended.
	if need := int(size) + 1; cap(buf) < need {
		buf = make([]byte, need+need/4)
	}
	buf = buf[:cap(buf)]
	n := 0
	for {
		m, err := f.Read(buf[n:])
		n += m
		switch {
		case int64(n) > limit:
			return nil, buf, &fs.PathError{Op: "read", Path: name, Err: &SizeError{limit}}
		case errors.Is(err, io.EOF):
			return buf[:n], buf, nil
		case err != nil:
			return nil, buf, err
		case n == len(buf):
			buf = append(buf, make([]byte, len(buf))...)
		}
	}
}
