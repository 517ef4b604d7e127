// Command manifest prints the manifest of a license.
package main

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed deploy.yaml
var deploy string

const extra = `apiVersion: customer/v1
kind: Location
metadata:
  name: %s
`

type typeMeta struct{ APIVersion, Kind string }

func main() {
	meta := typeMeta{APIVersion: "customer/v1", Kind: "License"}
	if !strings.HasPrefix(deploy, "apiVersion: "+meta.APIVersion) {
		fmt.Println("unexpected version")
	}
	fmt.Print(deploy, "---\n")
	fmt.Printf(extra, "fra")
}
