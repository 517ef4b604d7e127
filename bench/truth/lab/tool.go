package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// Command is the tool that a binary is: it is run with -fix, and then once more to see what it leaves. What repository the
// directory happens to be below says nothing about the programs, which are made anew.
func Command(binary string) Tool {
	return func(ctx context.Context, dir string) ([]judge.Finding, string, error) {
		_, log, err := output(ctx, binary, "-C", dir, "-fix", "-allow-dirty", "./...")
		if err != nil {
			return nil, log, err
		}
		text, more, err := output(ctx, binary, "-C", dir, "-json", "./...")
		if err != nil {
			return nil, log + more, err
		}
		found, err := Findings(dir, []byte(text))
		return found, log + more, err
	}
}

// output runs the tool. Exit codes of a run that came to its end are no errors.
func output(ctx context.Context, binary string, args ...string) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3) {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, errs.String())
	}
	return out.String(), errs.String(), err
}

// shellOutput runs a command in a directory, without what the environment says to the programs of cases.
func shellOutput(ctx context.Context, dir string, args ...string) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "ORBIT") || strings.HasPrefix(v, "HTTP_PROXY=") || strings.HasPrefix(v, "HTTPS_PROXY=")
	})
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

// Findings reads the findings that the tool prints with -json, with names relative to dir.
func Findings(dir string, data []byte) ([]judge.Finding, error) {
	var packages map[string]map[string]json.RawMessage
	if err := json.Unmarshal(data, &packages); err != nil {
		return nil, fmt.Errorf("what -json prints: %w\n%s", err, data)
	}
	var out []judge.Finding
	seen := map[judge.Finding]bool{}
	for _, analyzers := range packages {
		for _, raw := range analyzers {
			var all []struct{ Posn, Message string }
			if err := json.Unmarshal(raw, &all); err != nil {
				return nil, fmt.Errorf("what -json prints: %w", err)
			}
			for _, d := range all {
				parts := strings.Split(d.Posn, ":")
				if len(parts) < 3 {
					continue
				}
				line, err := strconv.Atoi(parts[len(parts)-2])
				if err != nil {
					return nil, fmt.Errorf("what -json prints: %w", err)
				}
				name, err := filepath.Rel(dir, strings.Join(parts[:len(parts)-2], ":"))
				if err != nil {
					return nil, err
				}
				f := judge.Finding{File: filepath.ToSlash(name), Line: line, Message: d.Message}
				if !seen[f] {
					seen[f] = true
					out = append(out, f)
				}
			}
		}
	}
	return out, nil
}
