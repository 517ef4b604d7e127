package analyzer

import (
	"testing"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
)

// TestRowFits asks rows of servers for requests.
func TestRowFits(t *testing.T) {
	const locations, license = "/customer/v2/licenses/locations", "/customer/v2/licenses/x1"
	tests := []struct {
		sink       string
		kind       equation.UseKind
		method     string // of the route
		text, path string
		want       bool
	}{
		{"(*mux.Router).HandleFunc", equation.Route, "GET", "/customer/v2/licenses/{id}", locations, true},
		{"(*mux.Router).HandleFunc", equation.Route, "POST", "/customer/v2/licenses/{id}", locations, false},
		{"(*mux.Router).HandleFunc", equation.Route, "", "/customer/v2/licenses/{id:[0-9]+}", locations, false},
		{"(*mux.Router).HandleFunc", equation.Route, "", "/customer/v2/licenses/{id:[a-z0-9]+}", locations, true},
		{"(*fiber.App).Get", equation.Route, "GET", "/customer/v2/licenses/:id", locations, true},
		{"(*fiber.App).Get", equation.Route, "GET", "/customer/v2/licenses/:id<int>", locations, false},
		{"(*fiber.App).Get", equation.Route, "GET", "/customer/v2/*", locations, true},
		{"http.HandleFunc", equation.Route, "", "GET /customer/v2/licenses/{id}", license, true},
		{"http.HandleFunc", equation.Route, "", "POST /customer/v2/licenses/{id}", license, false},
		{"http.HandleFunc", equation.Route, "", "/customer/v2/{rest...}", locations, true},
		{"strings.HasPrefix", equation.Prefix, "", "/customer/v2/licenses/", locations, true},
		{"strings.HasPrefix", equation.Prefix, "", "/customer/v1/licenses/", locations, false},
		{"a comparison", equation.Compare, "", "/customer/v2/licenses", locations, false},
		{"(*regexp.Regexp).MatchString", equation.Compare, "", "/licenses/\x00", locations, true},
		{"path.Match", equation.Compare, "", "/customer/v2/licenses/*", locations, true},
		{"httpmock.RegisterResponder", equation.Route, "GET", "/locations", locations, true},
	}
	for _, test := range tests {
		r := row{v: &verdict{use: solve.Use{Use: &equation.Use{Sink: test.sink, Kind: test.kind}}, solved: solve.Solved{Method: test.method}}}
		if test.sink == "(*mux.Router).HandleFunc" || test.sink == "(*fiber.App).Get" {
			r.v.use.On = &equation.Expr{}
		}
		if got := r.fits(test.text, asked{"GET", test.path}); got != test.want {
			t.Errorf("%s %q fits %s: %v", test.sink, test.text, test.path, got)
		}
	}
}
