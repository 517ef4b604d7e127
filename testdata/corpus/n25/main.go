// Command blob checks a recorded payload.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log"
)

const (
	recorded = "aHR0cHM6Ly9hcGkub3JiaXRmbGFyZS5jb20vY3VzdG9tZXIvdjEvbG9jYXRpb25z"
	dump     = "2f637573746f6d65722f76312f6c6963656e736573"
)

var magic = []byte{0x2f, 0x63, 0x75, 0x73, 0x74, 0x6f, 0x6d, 0x65, 0x72, 0x2f, 0x76, 0x31}

func main() {
	a, err := base64.StdEncoding.DecodeString(recorded)
	if err != nil {
		log.Fatal(err)
	}
	b, err := hex.DecodeString(dump)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(a), len(b), bytes.HasPrefix(b, magic))
}
