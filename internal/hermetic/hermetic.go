// Package hermetic is the environment in which tests run the go command. It is for tests only.
package hermetic

import (
	"os/exec"
	"strings"
	"testing"
)

// Environment returns variables, each as "NAME=value", that take precedence over those of
// whoever runs the test: the go command with its caches, no settings of its own, and no
// network. The test fails if there is no go command.
func Environment(t *testing.T) []string {
	t.Helper()
	env := []string{"GOFLAGS=", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=", "GOENV=off", "NO_COLOR=1"}
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	for i, value := range strings.Split(strings.TrimRight(string(out), "\n"), "\n") {
		env = append(env, names[i]+"="+strings.TrimSpace(value))
	}
	return env
}
