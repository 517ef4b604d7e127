// Command version prints its version.
package main

import "fmt"

const (
	version = "1.8.2"

	legacyLicenses  = "/customer/v1/licenses"
	legacyLocations = legacyRoot + "/locations"
	legacyRoot      = "/customer/v1"
)

func main() {
	fmt.Println("orbit-tools", version)
}
