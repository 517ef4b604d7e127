//go:build unix

package fixer

import (
	"io/fs"
	"os"
	"syscall"
)

// links returns the number of names of the file.
func links(_ *os.File, info fs.FileInfo) (int, error) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Nlink), nil
	}
	return 1, nil
}

// keepOwner gives temp the owner and group of the original, without which a
// run as root would take users' files away from them.
func keepOwner(temp *os.File, original fs.FileInfo) error {
	info, err := temp.Stat()
	if err != nil {
		return err
	}
	have, ok1 := info.Sys().(*syscall.Stat_t)
	want, ok2 := original.Sys().(*syscall.Stat_t)
	if !ok1 || !ok2 || have.Uid == want.Uid && have.Gid == want.Gid {
		return nil
	}
	return temp.Chown(int(want.Uid), int(want.Gid))
}
