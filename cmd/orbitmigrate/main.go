package main

import (
	"context"
	"os"

	"github.com/orbitmigrate/orbitmigrate/internal/driver"
)

func main() {
	os.Exit(driver.Main(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}
