// Command build builds golangci-lint with the linter orbitmigrate and prints the path of
// the binary. It needs Go and a module proxy, nothing else. Run it in the folder above
// this one:
//
//	go run ./build [directory]
//
// The binary is kept in the directory, by default one below the user's cache directory,
// under a name that holds a hash of all that goes into it: the sources of the linter, the
// versions of everything else, and the Go toolchain. If it is there already, nothing is
// built. The hash is part of the version that the binary reports too, because
// golangci-lint keeps results for as long as its version stays the same.
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	project = "github.com/orbitmigrate/orbitmigrate"
	plugin  = project + "/analyzer/gclplugin"
	gcl     = "github.com/golangci/golangci-lint/v2"
)

func main() {
	path, err := build(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
	fmt.Println(path)
}

// build returns the absolute path of the binary.
func build(args []string) (string, error) {
	var dir string
	switch len(args) {
	case 0:
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no default for the directory, give one as the argument: %w", err)
		}
		dir = filepath.Join(cache, "orbitmigrate")
	case 1:
		dir = args[0]
	default:
		return "", fmt.Errorf("want one argument at most, the directory for the binary; got %d", len(args))
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	toolchain, err := command("go", "env", "GOVERSION", "GOOS", "GOARCH", "GOFLAGS", "CGO_ENABLED")
	if err != nil {
		return "", err
	}
	files, err := inputs()
	if err != nil {
		return "", err
	}
	sum, err := hash(toolchain, files)
	if err != nil {
		return "", err
	}
	suffix, err := command("go", "env", "GOEXE")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "golangci-lint-"+sum+suffix)
	if _, err := os.Stat(path); err == nil {
		// The time of last use decides which binaries removeOld takes away.
		now := time.Now()
		return path, os.Chtimes(path, now, now)
	}

	version, err := command("go", "list", "-m", "-f", "{{.Version}}", gcl)
	if err != nil {
		return "", err
	}
	version = strings.TrimPrefix(version, "v") + "-orbitmigrate-" + sum
	// Build beside the final place: a build that is cut short leaves no binary there, and
	// two builds at once do not meet.
	tmp, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "golangci-lint")
	if _, err := command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+version, "-o", out, "."); err != nil {
		return "", err
	}
	if err := os.Rename(out, path); err != nil {
		return "", err
	}
	removeOld(dir)
	return path, nil
}

// removeOld deletes binaries that were last asked for more than a week ago: each takes
// more than 50 MB, and every edit of the linter makes a new one. What cannot be deleted
// stays.
func removeOld(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, "golangci-lint-*"))
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > 7*24*time.Hour {
			os.Remove(name)
		}
	}
}

// inputs returns the files that the binary is made from, as far as the go.mod here does
// not fix their contents: that names the versions of all modules but this project's.
func inputs() ([]string, error) {
	files := []string{"go.mod", "go.sum", "main.go"}
	const format = `{{with .Module}}{{if eq .Path "` + project + `"}}{{range $.GoFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}{{range $.EmbedFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}{{end}}{{end}}`
	list, err := command("go", "list", "-deps", "-f", format, plugin)
	if err != nil {
		return nil, err
	}
	for name := range strings.Lines(list) {
		if name = strings.TrimSpace(name); name != "" {
			files = append(files, name)
		}
	}
	return files, nil
}

// hash returns a short hash of a toolchain's description and of the contents of files.
func hash(toolchain string, files []string) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", toolchain)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q %d\n", filepath.Base(name), len(data))
		h.Write(data)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6]), nil
}

// command runs a command in this module and returns its standard output without the
// final newline. What the command complains about goes to standard error.
func command(name string, args ...string) (string, error) {
	var stdout bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout = &stdout
	cmd.Stderr = os.Stderr // a first build downloads a lot, and errors stand there
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSuffix(stdout.String(), "\n"), nil
}
