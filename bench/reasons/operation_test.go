package main

import "testing"

// TestOperation writes down and replaces what stands at a place.
func TestOperation(t *testing.T) {
	const src = "package p\n\nfunc f(id string) string { return \"/x/\" + os.Args[1] + id }\n"
	tests := []struct {
		line, column     int
		logged, replaced string
	}{
		{3, 8, "package p\n\nfunc f(id string) string {reasonsLog(id); return \"/x/\" + os.Args[1] + id }\n",
			"package p\n\nfunc f(id string) string {id = \"v\"; return \"/x/\" + os.Args[1] + id }\n"},
		{3, 43, "package p\n\nfunc f(id string) string { return \"/x/\" + reasonsLog(os.Args[1]) + id }\n",
			"package p\n\nfunc f(id string) string { return \"/x/\" + \"v\" + id }\n"},
	}
	for _, test := range tests {
		op, ok := operationAt("p.go", []byte(src), test.line, test.column)
		if !ok {
			t.Errorf("%d:%d: nothing stands there", test.line, test.column)
			continue
		}
		if got := string(op.logged([]byte(src))); got != test.logged {
			t.Errorf("%d:%d: logged:\n%s", test.line, test.column, got)
		}
		if got := string(op.replaced([]byte(src), `"v"`)); got != test.replaced {
			t.Errorf("%d:%d: replaced:\n%s", test.line, test.column, got)
		}
	}
	if _, ok := operationAt("p.go", []byte(src), 1, 2); ok {
		t.Error("something stands inside of a keyword")
	}
	if _, _, _, err := split("p.go"); err == nil {
		t.Error("a name is a position")
	}
}
