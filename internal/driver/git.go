package driver

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// A keeper knows which files git could give back as they are now. Writing over
// any other file of a work tree would mix the changes of this program with
// changes that nobody has committed.
type keeper struct {
	refusals map[string]error
	written  map[string]bool // files that this run has written: they were clean before
	missing  bool            // there is a work tree, but no git
}

// wrote notes files that are not as they were because this run has written them.
func (k *keeper) wrote(files []string) {
	if k.written == nil {
		k.written = map[string]bool{}
	}
	for _, file := range files {
		k.written[file] = true
	}
}

// askGit asks about the files of the groups, if there is anything to be written.
func (s *session) askGit(ctx context.Context, a *analysis) error {
	if !s.fix || s.diff || s.allowDirty {
		return nil
	}
	var files []string
	for _, g := range a.groups {
		for _, c := range g.Changes {
			if s.editable(a, c.File) == nil {
				files = append(files, c.File)
			}
		}
	}
	told := s.git.missing
	if err := s.git.ask(ctx, files); err != nil {
		return err
	}
	if s.git.missing && !told {
		fmt.Fprintln(s.stderr, "orbitmigrate: there is no git on PATH, so files are changed even if they have uncommitted changes")
	}
	return nil
}

// refusal returns the reason why a file must be left alone, of those that were
// asked about last.
func (k *keeper) refusal(file string) error { return k.refusals[file] }

// ask finds out about files, given by absolute paths. Every file is judged by the
// innermost repository around it; outside of repositories all may be written.
// The error is that of ctx.
func (k *keeper) ask(ctx context.Context, files []string) error {
	k.refusals = map[string]error{}
	tops := map[string]string{}           // by directory
	asked := map[string]map[string]bool{} // the files of each repository, by name below it
	names := map[string][]string{}        // the ways in which a file was given
	for _, file := range files {
		if k.written[file] {
			continue
		}
		dir, name := filepath.Split(file)
		// Git works with real paths, and so does the search for a repository.
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		dir = filepath.Clean(dir)
		top, ok := tops[dir]
		if !ok {
			top = repository(dir)
			tops[dir] = top
		}
		if top == "" {
			continue
		}
		path := filepath.Join(dir, name)
		rel, err := filepath.Rel(top, path)
		if err != nil {
			continue // the repository is a parent of the file
		}
		if asked[top] == nil {
			asked[top] = map[string]bool{}
		}
		asked[top][filepath.ToSlash(rel)] = true
		names[path] = append(names[path], file)
	}
	if len(asked) == 0 {
		return nil
	}
	git, err := exec.LookPath("git")
	relative := errors.Is(err, exec.ErrDot)
	if err != nil && !relative {
		k.missing = true
		return nil
	}
	for _, top := range slices.Sorted(maps.Keys(asked)) {
		r := repo{git: git, top: top}
		files := slices.Sorted(maps.Keys(asked[top]))
		for chunk := range chunks(files) {
			var states map[string]string
			// Who put a program there is not known.
			err := fmt.Errorf("PATH leads to %s by way of a directory that is not absolute, so it is not run: correct PATH", report.Line(git))
			if !relative {
				states, err = r.states(ctx, chunk)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			for _, rel := range chunk {
				reason := states[rel]
				if err != nil {
					reason = fmt.Sprintf("git cannot say whether it has uncommitted changes (%v)", err)
				} else if reason == "" {
					continue
				}
				for _, file := range names[filepath.Join(top, filepath.FromSlash(rel))] {
					k.refusals[file] = &fixer.Refusal{Code: "dirty", Reason: reason + ", or use -allow-dirty"}
				}
			}
		}
	}
	return nil
}

// repository returns the nearest directory, from dir upwards, that is the top of a
// work tree, or "". An empty directory named .git does not make one; one that
// cannot be looked into may, and is left to git.
func repository(dir string) string {
	for {
		// It is a file in submodules and in additional work trees.
		info, err := os.Stat(filepath.Join(dir, ".git"))
		if err == nil && info.IsDir() {
			_, err = os.Lstat(filepath.Join(dir, ".git", "HEAD"))
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// chunks divides names so that each part fits on a command line anywhere.
func chunks(names []string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		const most = 16 << 10 // bytes
		for len(names) > 0 {
			n := 1
			for size := len(names[0]); n < len(names) && size < most; n++ {
				size += len(names[n]) + 1
			}
			if !yield(names[:n]) {
				return
			}
			names = names[n:]
		}
	}
}

// A repo is a work tree.
type repo struct {
	git string // the program
	top string // the directory
}

// states returns, for each file that git could not give back, what it is and
// what to do about it. Files are named below the top with slashes.
//
// A file is clean if its index entry is that of the last commit, and if its bytes
// are those of that entry. The bytes are compared here: git status would run the
// programs that the repository names as filters. Nothing is taken for clean that git
// keeps silent about: ignored files, and tracked ones that it was told not to look at.
func (r repo) states(ctx context.Context, files []string) (map[string]string, error) {
	const (
		untracked = "git does not track it: add and commit it first"
		modified  = "it has uncommitted changes: commit or stash them first"
	)
	// What is asked in the top is answered with names below the top, unless
	// git takes another directory for it.
	out, err := r.run(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(out) != "" {
		return nil, fmt.Errorf("it does not take %s for the top of a work tree: repair the repository", report.Line(r.top))
	}
	tags, err := r.ask(ctx, files, "ls-files", "-v", "-z")
	if err != nil {
		return nil, err
	}
	states := map[string]string{}
	for _, file := range files {
		states[file] = untracked
	}
	for entry := range strings.SplitSeq(tags, "\x00") {
		tag, file, _ := strings.Cut(entry, " ")
		switch tag {
		case "H", "M": // M: the two sides of a merge; modified, too
			delete(states, file)
		case "":
		default:
			states[file] = "git was told not to look for changes of it: " +
				"run git update-index --no-assume-unchanged --no-skip-worktree on it first"
		}
	}
	index, err := r.entries(ctx, files, "ls-files", "-s", "-z")
	if err != nil {
		return nil, err
	}
	// Without a commit there is nothing that git could give back.
	head := map[string]blob{}
	if _, err := r.run(ctx, "rev-parse", "-q", "--verify", "HEAD"); err == nil {
		if head, err = r.entries(ctx, files, "ls-tree", "-r", "-z", "--full-tree", "HEAD"); err != nil {
			return nil, err
		}
	} else if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	filters, err := r.filters(ctx, files)
	if err != nil {
		return nil, err
	}
	modes := r.modes(ctx)
	var converted []string // files whose bytes differ from those in the index, if only by their line ends
	for _, file := range files {
		if states[file] != "" {
			continue
		}
		same, err := index[file].holds(filepath.Join(r.top, filepath.FromSlash(file)), modes)
		switch {
		case index[file] != head[file] || index[file].id == "" || err != nil:
			states[file] = modified
		case filters[file] != "":
			states[file] = fmt.Sprintf("git would have to run the filter %s to say whether it has uncommitted changes: "+
				"change it by hand", report.Line(filters[file]))
		case same == sameMode:
			converted = append(converted, file)
		case same == different:
			states[file] = modified
		}
	}
	if len(converted) == 0 {
		return states, nil
	}
	// Without a filter, what git makes of a file before it compares is up to git alone.
	ids, err := r.ask(ctx, converted, "hash-object")
	if err != nil {
		return nil, err
	}
	for i, id := range strings.Fields(ids) {
		if i < len(converted) && id != index[converted[i]].id {
			states[converted[i]] = modified
		}
	}
	return states, nil
}

// A blob is a file as the index or a commit has it.
type blob struct{ mode, id string }

// entries reads what git lists as "mode ... id ...<tab>name". A file that is listed more than
// once, as in a merge, has no blob.
func (r repo) entries(ctx context.Context, files []string, args ...string) (map[string]blob, error) {
	out, err := r.ask(ctx, files, args...)
	if err != nil {
		return nil, err
	}
	all := map[string]blob{}
	for entry := range strings.SplitSeq(out, "\x00") {
		about, file, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(about)
		if !ok || len(fields) < 3 {
			continue
		}
		b := blob{fields[0], fields[1]}
		if fields[1] == "blob" { // ls-tree says so first
			b.id = fields[2]
		}
		if _, twice := all[file]; twice {
			b = blob{}
		}
		all[file] = b
	}
	return all, nil
}

// A sameness says what a file has in common with a blob.
type sameness uint8

const (
	different sameness = iota
	sameMode           // and other bytes
	identical
)

// holds compares a blob with a file. The mode counts if the work tree keeps it.
func (b blob) holds(file string, modes bool) (sameness, error) {
	info, err := os.Lstat(file)
	if err != nil {
		return different, err
	}
	executable := info.Mode().Perm()&0o100 != 0
	if !info.Mode().IsRegular() || !strings.HasPrefix(b.mode, "100") || modes && executable != (b.mode == "100755") {
		return different, nil
	}
	data, err := disk.Read(file, disk.MaxSource)
	if err != nil {
		return different, err
	}
	hash := sha1.New()
	if len(b.id) == hex.EncodedLen(sha256.Size) {
		hash = sha256.New()
	}
	fmt.Fprintf(hash, "blob %d\x00", len(data))
	hash.Write(data)
	if hex.EncodeToString(hash.Sum(nil)) == b.id {
		return identical, nil
	}
	return sameMode, nil
}

// filters names the filter of each file that has one. Where the repository says nothing of
// what the filter is, git has none.
func (r repo) filters(ctx context.Context, files []string) (map[string]string, error) {
	if err := r.attributes(files); err != nil {
		return nil, err
	}
	out, err := r.ask(ctx, files, "check-attr", "-z", "filter")
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	configured := map[string]bool{}
	fields := strings.Split(out, "\x00") // name, attribute and value in turn
	for ; len(fields) >= 3; fields = fields[3:] {
		file, filter := fields[0], fields[2]
		if filter == "unspecified" || filter == "unset" || filter == "set" {
			continue
		}
		is, known := configured[filter]
		if !known {
			for _, kind := range []string{"clean", "process"} {
				value, err := r.run(ctx, "config", "--get", "filter."+filter+"."+kind)
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				// An error says that there is none.
				is = is || err == nil && strings.TrimSpace(value) != ""
			}
			configured[filter] = is
		}
		if is {
			found[file] = filter
		}
	}
	return found, nil
}

// attributes returns an error if git would wait for ever to read what attributes files have.
func (r repo) attributes(files []string) error {
	const name = ".gitattributes"
	asked := map[string]bool{}
	check := func(file string) error {
		asked[file] = true
		if info, err := os.Lstat(file); err == nil && !info.Mode().IsRegular() && info.Mode()&os.ModeSymlink == 0 {
			return fmt.Errorf("%s is not a regular file", file)
		}
		return nil
	}
	if err := check(filepath.Join(r.top, ".git", "info", "attributes")); err != nil {
		return err
	}
	for _, file := range files {
		for dir := path.Dir(file); ; dir = path.Dir(dir) {
			at := filepath.Join(r.top, filepath.FromSlash(dir), name)
			if asked[at] {
				break
			}
			if err := check(at); err != nil {
				return err
			}
			if dir == "." {
				break
			}
		}
	}
	return nil
}

// modes says whether the work tree keeps the mode of files.
func (r repo) modes(ctx context.Context) bool {
	value, _ := r.run(ctx, "config", "--type=bool", "--get", "core.fileMode")
	return strings.TrimSpace(value) != "false"
}

// gitTime is how long git may take to answer. None of what it is asked takes it a second.
const gitTime = time.Minute

// quiet are settings for git that keep it from running the programs that a repository may
// name, from reaching for other repositories, and from asking. Filters cannot be switched off
// so, and are not asked for.
var quiet = [...]string{
	"core.fsmonitor=false", "core.hooksPath=" + os.DevNull, "core.pager=cat", "core.askPass=", "core.sshCommand=false",
	"diff.external=", "credential.helper=",
}

// ask runs git about files.
func (r repo) ask(ctx context.Context, files []string, args ...string) (string, error) {
	return r.run(ctx, append(append(args, "--"), files...)...)
}

// run runs git in the work tree and returns what it prints.
func (r repo) run(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, gitTime, errors.New("it does not answer"))
	defer cancel()
	all := []string{"--literal-pathspecs", "--no-pager"}
	for _, setting := range quiet {
		all = append(all, "-c", setting)
	}
	cmd := command(ctx, r.top, r.git, append(all, args...)...)
	cmd.Env = append(gitNeutral(os.Environ()), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "PWD="+r.top,
		// A partial clone would fetch what it lacks: by no protocol, and not at all.
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0")
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		line, _, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), "\n")
		if line != "" {
			return "", errors.New(line)
		}
	}
	return string(out), err
}

// gitNeutral takes out what tells git to work elsewhere than in the working
// directory, as hooks do. Settings stay: they may be what makes a directory safe.
func gitNeutral(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GIT_") && !strings.HasPrefix(name, "GIT_CONFIG") && !strings.HasPrefix(name, "GIT_TEST")
	})
}
