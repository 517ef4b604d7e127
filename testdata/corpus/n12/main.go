// Command imports prints the packages that a generated file needs.
package main

import (
	"fmt"
	"go/format"
	"log"
	"strings"

	"example.com/corpus/n12/customer/v1/locations"
)

const modulePath = "github.com/acme/customer/v1"

var imports = []string{
	"github.com/acme/customer/v1/locations",
	modulePath + "/licenses",
	"k8s.io/api/core/v1",
}

func main() {
	var b strings.Builder
	b.WriteString("package gen\n\nimport (\n")
	for _, p := range imports {
		fmt.Fprintf(&b, "_ %q\n", p)
	}
	b.WriteString(")\n")
	src, err := format.Source([]byte(b.String()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("// %s\n%s", strings.Join(locations.Names, " "), src)
}
