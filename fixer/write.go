package fixer

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

const (
	tempPrefix = ".orbitmigrate-"
	tempSuffix = ".tmp"
)

// inspect says whether a file below root may be replaced: a regular file with
// one name, writable, reached without symbolic links. Permission bits are
// looked at as well, as they do not stop every user.
func inspect(root *os.Root, rel string) (fs.FileInfo, *Refusal) {
	for dir := filepath.Dir(rel); dir != "."; dir = filepath.Dir(dir) {
		if info, err := root.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, refuse("symlink", "the directory %s is a symbolic link", dir)
		}
	}
	info, err := root.Lstat(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse("missing", "the file does not exist")
	case err != nil:
		return nil, refuse("missing", "%v", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, refuse("symlink", "the file is a symbolic link")
	case !info.Mode().IsRegular():
		return nil, refuse("irregular", "not a regular file")
	case info.Size() > disk.MaxSource:
		return nil, refuse("too-large", "the file is larger than %d MiB", disk.MaxSource>>20)
	case info.Mode().Perm()&0o200 == 0:
		return nil, refuse("read-only", "the file is read-only")
	}
	f, err := root.OpenFile(rel, os.O_WRONLY|disk.NoWait, 0) // no truncation: the file stays as it is
	if err != nil {
		return nil, refuse("read-only", "the file cannot be written: %v", err)
	}
	defer f.Close()
	n, err := links(f, info)
	if err != nil {
		return nil, refuse("hard-link", "the hard links of the file cannot be counted: %v", err)
	}
	if n > 1 {
		return nil, refuse("hard-link", "the file has %d hard links; replacing it would part them", n)
	}
	dir, err := root.Stat(filepath.Dir(rel))
	if err != nil {
		return nil, refuse("missing", "%v", err)
	}
	if dir.Mode().Perm()&0o200 == 0 {
		return nil, refuse("read-only", "the directory is read-only")
	}
	return info, nil
}

// Write puts the planned bytes on disk and returns what became of each group.
//
// All files are written to temporary files beside them first. If one cannot
// be, or has been changed since the plan was made, its groups are taken out and
// the rest is planned again. Only when everything is prepared are the files
// replaced, each by one rename. Until then the end of ctx stops Write with
// nothing written and no temporary file left; afterwards it is ignored. The
// same is true of Options.Interlock.
//
// The error is not nil if the context ended, if another run holds the root, or
// if a rename failed; the outcomes are complete in any case. After a failed
// rename the outcome says which files of the group were written; running the
// program again completes the migration. A plan can be written once.
func (p *Plan) Write(ctx context.Context) ([]Outcome, error) {
	if p.wrote {
		return p.Outcomes(), errors.New("fixer: the plan has been written before")
	}
	p.wrote = true
	err := p.write(ctx)
	return p.Outcomes(), err
}

// abort takes out all units and returns the reason as an error.
func (p *Plan) abort(code string, err error) error {
	for _, u := range p.units {
		u.refuse(refuse(code, "%v", err))
	}
	return fmt.Errorf("fixer: nothing was written: %w", err)
}

func (p *Plan) write(ctx context.Context) error {
	if !slices.ContainsFunc(p.files, (*file).changed) {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return p.abort("cancelled", err)
	}
	root, err := os.OpenRoot(p.opts.Root)
	if err != nil {
		return p.abort("write-failed", err)
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return p.abort("busy", fmt.Errorf("another run is writing below %s: %w", p.opts.Root, err))
	}
	defer unlock()

	for {
		temps, ok := p.prepare(ctx, root)
		stopped := ctx.Err()
		if stopped == nil && ok {
			var failures error
			stopped = p.opts.Interlock.replace(func() { failures = p.replace(root, temps) })
			if stopped == nil {
				return failures
			}
		}
		for _, name := range temps {
			p.opts.Interlock.remove(root, name)
		}
		if stopped != nil {
			return p.abort("cancelled", stopped)
		}
		p.build() // every round takes out a unit, so there is an end
	}
}

// Sweep removes the temporary files that an interrupted Write left in
// directories, given by absolute paths; those that are not below root are passed
// over. While another run is writing below root nothing is removed, because the
// files may be its own. What cannot be removed stays.
func Sweep(root string, dirs []string) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return
	}
	defer r.Close()
	unlock, err := lock(r)
	if err != nil {
		return
	}
	defer unlock()
	bases := spellings(root)
	for _, dir := range dirs {
		rel, ok := below(bases, dir)
		if !ok {
			continue
		}
		entries, err := fs.ReadDir(r.FS(), filepath.ToSlash(rel))
		if err != nil {
			continue
		}
		for _, e := range entries {
			if e.Type().IsRegular() && strings.HasPrefix(e.Name(), tempPrefix) && strings.HasSuffix(e.Name(), tempSuffix) {
				_ = r.Remove(filepath.Join(rel, e.Name()))
			}
		}
	}
}

// dirs lists the directories, below the root, of the files to be written.
func (p *Plan) dirs() []string {
	var dirs []string
	for _, f := range p.files {
		if f.changed() {
			dirs = append(dirs, filepath.Dir(f.rel))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// prepare writes a temporary file for each file that changes and then makes
// sure that all of them still are what was planned on. If that fails for a file
// its units are taken out and ok is false. It stops early when ctx ends.
func (p *Plan) prepare(ctx context.Context, root *os.Root) (temps map[*file]string, ok bool) {
	temps = map[*file]string{}
	ok = true
	steps := []func(*file) *Refusal{
		func(f *file) *Refusal {
			name, r := p.writeTemp(root, f)
			if r == nil {
				temps[f] = name
			}
			return r
		},
		func(f *file) *Refusal { return unchanged(root, f) },
	}
	for _, step := range steps {
		for _, f := range p.files {
			if ctx.Err() != nil {
				return temps, false
			}
			if !f.changed() {
				continue
			}
			if r := step(f); r != nil {
				f.refuse(r)
				ok = false
			}
		}
		if !ok {
			return temps, false
		}
	}
	return temps, true
}

// writeTemp writes the new bytes beside the file, with its mode and owner.
func (p *Plan) writeTemp(root *os.Root, f *file) (name string, r *Refusal) {
	info, r := inspect(root, f.rel)
	if r != nil {
		return "", r
	}
	name = filepath.Join(filepath.Dir(f.rel), tempPrefix+rand.Text()+tempSuffix)
	temp, err := p.opts.Interlock.create(root, name)
	if errors.Is(err, errStopped) {
		return "", refuse("cancelled", "%v", err)
	}
	if errors.Is(err, fs.ErrPermission) {
		return "", refuse("read-only", "the directory cannot be written: %v", err)
	}
	if err != nil {
		return "", refuse("write-failed", "%v", err)
	}
	_, err = temp.Write(f.out)
	if err == nil {
		err = keepOwner(temp, info)
	}
	if err == nil {
		err = temp.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = temp.Sync()
	}
	if err := errors.Join(err, temp.Close()); err != nil {
		p.opts.Interlock.remove(root, name)
		return "", refuse("write-failed", "%v", err)
	}
	return name, nil
}

// unchanged compares the file with what was planned on. Size and time are not
// enough: an editor may have saved the same size within the same tick.
func unchanged(root *os.Root, f *file) *Refusal {
	if _, r := inspect(root, f.rel); r != nil {
		return r
	}
	raw, err := disk.ReadFrom(root, f.rel, disk.MaxSource)
	if err != nil {
		return refuse("changed", "the file cannot be read again: %v", err)
	}
	if sha256.Sum256(raw) != f.hash {
		return refuse("changed", "the file was changed while the fix was made; run again")
	}
	return nil
}

// replace renames the temporary files. Files are taken together that are tied
// by their units, so that a failure spreads no further than it has to.
func (p *Plan) replace(root *os.Root, temps map[*file]string) error {
	defer func() {
		for _, name := range temps {
			p.opts.Interlock.drop(root, name) // what is left after a failure
		}
	}()
	var failures []error
	for _, part := range p.parts() {
		var done, open []string
		var failure error
		for _, f := range part {
			if failure == nil {
				failure = p.opts.Interlock.rename(root, temps[f], f.rel)
			}
			if failure == nil {
				delete(temps, f)
				done = append(done, f.rel)
			} else {
				open = append(open, f.rel)
			}
		}
		if failure == nil {
			continue
		}
		failures = append(failures, failure)
		r := refuse("write-failed", "%v; written: %s; not written: %s; run again to complete",
			failure, names(done), names(open))
		for _, f := range part {
			for _, u := range f.units {
				u.refuse(r)
			}
		}
	}
	for _, dir := range p.dirs() {
		// Makes the renames durable where directories can be synced at all.
		if d, err := root.Open(dir); err == nil {
			d.Sync()
			d.Close()
		}
	}
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("fixer: some files were not written: %w", err)
	}
	return nil
}

func names(files []string) string {
	if len(files) == 0 {
		return "none"
	}
	return strings.Join(files, ", ")
}

// parts divides the files to be written so that no unit is in two parts.
func (p *Plan) parts() [][]*file {
	part := map[*file]int{}
	var parts [][]*file
	for _, start := range p.files {
		if _, ok := part[start]; ok || !start.changed() {
			continue
		}
		n := len(parts)
		parts = append(parts, nil)
		part[start] = n
		for todo := []*file{start}; len(todo) > 0; {
			f := todo[0]
			todo = todo[1:]
			parts[n] = append(parts[n], f)
			for _, u := range f.units {
				if u.refusal != nil {
					continue
				}
				for _, other := range u.files {
					if _, ok := part[other]; !ok && other.changed() {
						part[other] = n
						todo = append(todo, other)
					}
				}
			}
		}
	}
	return parts
}
