package driver

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/fixer"
)

// git runs git in a directory with no settings but those that it needs.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	cmd := exec.Command("git", append([]string{"-c", "user.name=name", "-c", "user.email=mail@example.com"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(gitNeutral(os.Environ()), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// commit makes a directory a repository, if it is none, and commits all files.
func commit(t *testing.T, dir string) {
	t.Helper()
	git(t, dir, "init", "-q")
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "message")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestKeeper asks about files with all kinds of names, of all kinds of states.
// What the command makes of it is in dirty.txtar.
func TestKeeper(t *testing.T) {
	names := []string{"a.go", "sub/a.go", "with space.go", "ünï/日本.go", ":(top)magic.go", "-dash.go"}
	if runtime.GOOS != "windows" {
		names = append(names, "new\nline.go", "tab\t\"quote\\.go", "star*.go", "no\xffutf8.go")
	}
	dir := t.TempDir()
	for _, state := range []string{"clean", "modified"} {
		for _, name := range names {
			write(t, filepath.Join(dir, state, name), "package a\n")
		}
	}
	write(t, filepath.Join(dir, "starred.go"), "package a\n") // what star*.go must not stand for
	commit(t, dir)
	for _, state := range []string{"modified", "untracked"} {
		for _, name := range names {
			write(t, filepath.Join(dir, state, name), "package b\n")
		}
	}
	outside := filepath.Join(t.TempDir(), "a.go")
	write(t, outside, "package a\n")

	files := []string{outside}
	want := map[string]string{outside: ""}
	for state, part := range map[string]string{"clean": "", "modified": "uncommitted changes", "untracked": "does not track"} {
		for _, name := range names {
			file := filepath.Join(dir, state, name)
			files = append(files, file)
			want[file] = part
		}
	}
	check := func(t *testing.T, k *keeper) {
		t.Helper()
		for file, part := range want {
			err := k.refusal(file)
			var r *fixer.Refusal
			switch {
			case part == "" && err != nil, part != "" && !errors.As(err, &r):
				t.Errorf("%q: got %v, want %q", file, err, part)
			case part != "" && (r.Code != "dirty" || !strings.Contains(r.Reason, part) || !strings.HasSuffix(r.Reason, "or use -allow-dirty")):
				t.Errorf("%q: got %s: %s, want %q", file, r.Code, r.Reason, part)
			}
		}
	}
	k := &keeper{}
	if err := k.ask(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	check(t, k)

	// The next round: what this program has written is not held against it.
	for _, name := range names {
		file := filepath.Join(dir, "clean", name)
		write(t, file, "package b\n")
		if name == "sub/a.go" {
			want[file] = "uncommitted changes"
			continue
		}
		k.wrote([]string{file})
	}
	if err := k.ask(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	check(t, k)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&keeper{}).ask(ctx, files); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context: %v", err)
	}
}

// Through a symbolic link, and in a repository that git cannot read.
func TestKeeperFindsRepository(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "repo/m/a.go"), "package a\n")
	write(t, filepath.Join(dir, "repo/m/b.go"), "package a\n")
	write(t, filepath.Join(dir, "repo/hollow/.git/README"), "")
	write(t, filepath.Join(dir, "repo/hollow/a.go"), "package a\n")
	commit(t, filepath.Join(dir, "repo"))
	write(t, filepath.Join(dir, "repo/m/b.go"), "package b\n")
	if err := os.Symlink(filepath.Join(dir, "repo/m"), filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	write(t, filepath.Join(dir, "broken/.git"), "gitdir: nowhere\n")
	write(t, filepath.Join(dir, "broken/a.go"), "package a\n")
	write(t, filepath.Join(dir, "empty/.git/HEAD"), "")
	write(t, filepath.Join(dir, "empty/a.go"), "package a\n")
	// Both names of one file.
	k := &keeper{}
	both := []string{filepath.Join(dir, "link/b.go"), filepath.Join(dir, "repo/m/b.go")}
	if err := k.ask(t.Context(), both); err != nil {
		t.Fatal(err)
	}
	for _, file := range both {
		if k.refusal(file) == nil {
			t.Errorf("%s may be written", file)
		}
	}
	for name, part := range map[string]string{
		"link/a.go":        "",
		"link/b.go":        "uncommitted changes",
		"repo/hollow/a.go": "", // the directory .git is no repository
		"broken/a.go":      "git cannot say whether it has uncommitted changes (fatal: not a git repository",
		"empty/a.go":       "git cannot say",
	} {
		k := &keeper{}
		file := filepath.Join(dir, name)
		if err := k.ask(t.Context(), []string{file}); err != nil {
			t.Fatal(err)
		}
		if err := k.refusal(file); part == "" && err != nil || part != "" && (err == nil || !strings.Contains(err.Error(), part)) {
			t.Errorf("%s: got %v, want %q", name, err, part)
		}
	}
}

// TestKeeperRunsNothing asks about files of a repository that names programs wherever git
// takes some. None is run, and what cannot be known without one is refused.
func TestKeeperRunsNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("plants shell scripts")
	}
	dir, ran := t.TempDir(), filepath.Join(t.TempDir(), "ran")
	for _, name := range []string{"clean.go", "dirty.go", "filtered.go", "processed.go", "named.go"} {
		write(t, filepath.Join(dir, name), "package a\n")
	}
	commit(t, dir)
	trap := filepath.Join(t.TempDir(), "trap")
	write(t, trap, "#!/bin/sh\ntouch '"+ran+"'\nexec cat\n")
	if err := os.Chmod(trap, 0o755); err != nil {
		t.Fatal(err)
	}
	hooks := filepath.Dir(trap)
	for _, hook := range []string{"fsmonitor-watchman", "post-index-change", "pre-auto-gc", "reference-transaction"} {
		if err := os.Symlink(trap, filepath.Join(hooks, hook)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, ".git/info/attributes"), "filtered.go filter=one\nprocessed.go filter=two\nnamed.go filter=none\n*.go diff=three\n")
	for key, value := range map[string]string{
		"filter.one.clean": trap, "filter.two.process": trap, "filter.two.required": "true",
		"diff.three.textconv": trap, "diff.three.command": trap, "diff.external": trap,
		"core.fsmonitor": trap, "core.hooksPath": hooks, "core.pager": trap, "pager.status": trap, "pager.ls-files": trap,
		"core.sshCommand": trap, "core.askPass": trap, "credential.helper": "!" + trap,
		"alias.ls-files": "!" + trap, "alias.rev-parse": "!" + trap,
		"protocol.allow": "always", "protocol.ext.allow": "always",
		"remote.origin.url": "ext::" + trap, "remote.origin.promisor": "true", "remote.origin.uploadpack": trap,
		"remote.origin.partialclonefilter": "tree:0", "extensions.partialClone": "origin",
	} {
		git(t, dir, "config", key, value)
	}
	write(t, filepath.Join(dir, "dirty.go"), "package b\n")
	var files []string
	for name := range map[string]bool{"clean.go": true, "dirty.go": true, "filtered.go": true, "processed.go": true, "named.go": true} {
		file := filepath.Join(dir, name)
		files = append(files, file)
		// The index does not know them any more, and would have to look.
		if err := age(file, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{
		"clean.go": "", "named.go": "", "dirty.go": "uncommitted changes",
		"filtered.go": "git would have to run the filter one ", "processed.go": "git would have to run the filter two ",
	}
	judge := func() {
		t.Helper()
		k := &keeper{}
		if err := k.ask(t.Context(), files); err != nil {
			t.Fatal(err)
		}
		for name, part := range want {
			err := k.refusal(filepath.Join(dir, name))
			if (err == nil) != (part == "") || err != nil && !strings.Contains(err.Error(), part) {
				t.Errorf("%s: got %v, want %q", name, err, part)
			}
		}
		if _, err := os.Stat(ran); err == nil {
			t.Fatal("a program that the repository names has been run")
		}
	}
	judge()

	// A partial clone that lacks the tree of its commit would fetch it.
	cmd := exec.Command("git", "rev-parse", "HEAD^{tree}")
	cmd.Dir = dir
	tree, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	id := strings.TrimSpace(string(tree))
	if err := os.Remove(filepath.Join(dir, ".git/objects", id[:2], id[2:])); err != nil {
		t.Fatal(err)
	}
	for name := range want {
		want[name] = "git cannot say whether it has uncommitted changes"
	}
	judge()
}

// A git that is found by way of the working directory is not run, and not taken for none.
func TestKeeperRelativePath(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.go"), "package a\n")
	commit(t, dir)
	write(t, filepath.Join(dir, "git"), "#!/bin/sh\n")
	if err := os.Chmod(filepath.Join(dir, "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	t.Setenv("PATH", ".")
	k := &keeper{}
	if err := k.ask(t.Context(), []string{filepath.Join(dir, "a.go")}); err != nil {
		t.Fatal(err)
	}
	if err := k.refusal(filepath.Join(dir, "a.go")); k.missing || err == nil || !strings.Contains(err.Error(), "PATH leads to") {
		t.Errorf("missing %v, refusal %v", k.missing, err)
	}
}

// Line ends that git converts are no changes.
func TestKeeperLineEnds(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.go"), "package a\n")
	write(t, filepath.Join(dir, "b.go"), "package a\r\n")
	commit(t, dir)
	git(t, dir, "config", "core.autocrlf", "true")
	write(t, filepath.Join(dir, "a.go"), "package a\r\n") // as a checkout makes it
	files := []string{filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")}
	k := &keeper{}
	if err := k.ask(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := k.refusal(file); err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
}

// A list of files that is too long for one command line is divided.
func TestKeeperAsksInChunks(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for i := range 300 {
		name := filepath.Join(dir, strings.Repeat("d/", i%20), strings.Repeat("x", 150)+string(rune('a'+i%26))+string(rune('a'+i/26))+".go")
		write(t, name, "package a\n")
		files = append(files, name)
	}
	commit(t, dir)
	last := files[len(files)-1]
	write(t, last, "package b\n")
	k := &keeper{}
	if err := k.ask(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := k.refusal(file); (err != nil) != (file == last) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
