package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	want := bytes.Repeat([]byte("x"), 5000)
	if err := os.WriteFile(file, want, 0o666); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(file, 5000); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	buf := make([]byte, 10, 10000)
	if got, kept, err := ReadInto(file, 5000, buf); err != nil || !bytes.Equal(got, want) || &kept[0] != &buf[0] {
		t.Errorf("%d bytes, %v; or the buffer has not been used", len(got), err)
	}
	var size *SizeError
	if _, err := Read(file, 4999); !errors.As(err, &size) || size.Limit != 4999 {
		t.Errorf("too large: %v", err)
	}
	if err := Check(file, 4999); !errors.As(err, &size) {
		t.Errorf("too large: %v", err)
	}
	if _, err := Read(dir, 1); !errors.Is(err, ErrDirectory) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Read(filepath.Join(dir, "none"), 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if got, err := ReadFrom(root, "file", 5000); err != nil || !bytes.Equal(got, want) {
		t.Errorf("below a root: %d bytes, %v", len(got), err)
	}
	if err := os.Symlink("file", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	if got, err := Source(filepath.Join(dir, "link")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("through a link: %d bytes, %v", len(got), err)
	}
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	if _, err := Read("/dev/zero", 1); !errors.Is(err, ErrIrregular) || Reason(err) != ErrIrregular.Error() {
		t.Errorf("a device: %v", err)
	}
}
