// Command golangci-lint is golangci-lint with the linter orbitmigrate built in. It is
// built by the program in the folder build, without git and with no other network access
// than to the module proxy.
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/orbitmigrate/orbitmigrate/analyzer/gclplugin"
)

// version is set by the linker. golangci-lint salts its cache of results with it, so it
// has to change whenever the linter does.
var version = "(devel)"

func main() {
	info := commands.BuildInfo{Version: version, GoVersion: runtime.Version(), Commit: "?", Date: "an unknown date"}
	if err := commands.Execute(info); err != nil {
		fmt.Fprintln(os.Stderr, "golangci-lint:", err)
		os.Exit(exitcodes.Failure)
	}
}
