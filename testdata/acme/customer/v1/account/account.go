// Package account is version 1 of Acme's own record of a customer, as it is
// written to exports.
package account

import "time"

// APIVersion marks exported records, so that readers can tell versions apart.
const APIVersion = "customer/v1"

// Account is one customer in an export.
type Account struct {
	APIVersion string              `json:"apiVersion"`
	Name       string              `json:"name"`
	At         time.Time           `json:"at"`
	Counts     map[string]int      `json:"counts"`
	AllowList  map[string][]string `json:"allowList,omitempty"`
}

// New returns an empty record of a customer, taken at a moment.
func New(name string, at time.Time) *Account {
	return &Account{
		APIVersion: APIVersion,
		Name:       name,
		At:         at.UTC(),
		Counts:     make(map[string]int),
		AllowList:  make(map[string][]string),
	}
}
