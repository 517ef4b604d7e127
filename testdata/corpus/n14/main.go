// Command whatsnew prints what changed in the last release.
package main

import (
	"fmt"
	"strings"
)

var notes = []struct{ version, text string }{
	{"2.0.0", "GET /customer/v1/locations is now GET /customer/v2/licenses/locations"},
	{"2.0.0", "everything below /customer/v1/licenses moved to /customer/v2/licenses"},
	{"1.4.0", "added retries"},
}

func main() {
	last := ""
	for _, n := range notes {
		if n.version != last {
			fmt.Println(n.version + "\n" + strings.Repeat("-", len(n.version)))
			last = n.version
		}
		fmt.Println("*", n.text)
	}
}
