// Command route-stats groups request paths from an access log by endpoint, whatever the version.
package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strings"
)

var (
	anyVersion = regexp.MustCompile(`^/customer/v\d+/`)
	oneLicense = regexp.MustCompile(`^/customer/v[0-9]+/licenses/([^/]+)$`)
)

func group(path string) string {
	if m := oneLicense.FindStringSubmatch(path); m != nil {
		return "license"
	}
	return strings.Trim(anyVersion.ReplaceAllString(path, ""), "/")
}

func main() {
	counts := map[string]int{}
	for sc := bufio.NewScanner(os.Stdin); sc.Scan(); {
		counts[group(sc.Text())]++
	}
	fmt.Println(len(counts))
}
