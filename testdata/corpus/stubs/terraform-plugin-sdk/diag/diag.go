// Package diag stands in for the package of the same path: the part that the corpus uses.
package diag

// Diagnostic is one problem.
type Diagnostic struct {
	Summary string
}

// Diagnostics is a list of problems; empty means success.
type Diagnostics []Diagnostic

// HasError reports whether there is a problem.
func (d Diagnostics) HasError() bool { return len(d) > 0 }

// FromErr turns err into a list of one problem, or nil into none.
func FromErr(err error) Diagnostics {
	if err == nil {
		return nil
	}
	return Diagnostics{{Summary: err.Error()}}
}
