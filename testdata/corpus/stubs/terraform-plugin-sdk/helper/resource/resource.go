// Package resource stands in for the package of the same path: the part that the corpus uses.
package resource

import (
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// TestStep applies one configuration.
type TestStep struct {
	Config string
}

// TestCase is an acceptance test.
type TestCase struct {
	ProviderFactories map[string]func() (*schema.Provider, error)
	Steps             []TestStep
}

// Test skips t, as the real function does unless TF_ACC is set and the terraform command is at hand.
func Test(t *testing.T, c TestCase) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}
	t.Fatalf("%d steps need the terraform command", len(c.Steps))
}
