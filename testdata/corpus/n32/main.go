// Command redact hides ids in an access log.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func secret(line string) bool {
	return strings.Contains(line, "/customer/v1/licenses/")
}

func noise(line string) bool {
	return strings.Contains(line, "GET /customer/v1/locations ") || strings.HasPrefix(line, "#")
}

func main() {
	sc := bufio.NewScanner(os.Stdin)
	for sc.Scan() {
		switch line := sc.Text(); {
		case secret(line):
			fmt.Println("[redacted]")
		case !noise(line):
			fmt.Println(line)
		}
	}
}
