// Package locations names the places where machines stand.
package locations

// Names are the names in the order in which they were opened.
var Names = []string{"fra", "ams"}
