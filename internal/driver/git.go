package driver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
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
	if err != nil {
		k.missing = true
		return nil
	}
	for _, top := range slices.Sorted(maps.Keys(asked)) {
		r := repo{git: git, top: top}
		files := slices.Sorted(maps.Keys(asked[top]))
		for chunk := range chunks(files) {
			states, err := r.states(ctx, chunk)
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
// A file is clean if git lists it as tracked and does not list it as modified,
// so that nothing is taken for clean that git keeps silent about: ignored files,
// and tracked ones that it was told not to look at.
func (r repo) states(ctx context.Context, files []string) (map[string]string, error) {
	const untracked = "git does not track it: add and commit it first"
	// What is asked in the top is answered with names below the top, unless
	// git takes another directory for it.
	out, err := r.run(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(out) != "" {
		return nil, fmt.Errorf("it does not take %s for the top of a work tree: repair the repository", report.Line(r.top))
	}
	tracked, err := r.run(ctx, append([]string{"ls-files", "-v", "-z", "--"}, files...)...)
	if err != nil {
		return nil, err
	}
	modified, err := r.run(ctx, append([]string{"status", "--porcelain=v1", "-z", "--untracked-files=no",
		"--no-renames", "--ignore-submodules=all", "--"}, files...)...)
	if err != nil {
		return nil, err
	}
	states := map[string]string{}
	for _, file := range files {
		states[file] = untracked
	}
	for entry := range strings.SplitSeq(tracked, "\x00") {
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
	for entry := range strings.SplitSeq(modified, "\x00") {
		if len(entry) > len("XY ") {
			states[entry[len("XY "):]] = "it has uncommitted changes: commit or stash them first"
		}
	}
	return states, nil
}

// run runs git in the work tree and returns what it prints.
func (r repo) run(ctx context.Context, args ...string) (string, error) {
	// A monitor that watches the files would be a program that the
	// repository names.
	args = append([]string{"--literal-pathspecs", "-c", "core.fsmonitor=false"}, args...)
	cmd := exec.CommandContext(ctx, r.git, args...)
	cmd.Dir = r.top
	cmd.Env = append(gitNeutral(os.Environ()), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "PWD="+r.top)
	out, err := cmd.Output()
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
