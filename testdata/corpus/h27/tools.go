//go:build tools

package main

import (
	_ "golang.org/x/net/html"
)

//go:generate go run regions.go
