package driver

import (
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/internal/sink"
)

// TestManualRows wants the file of rows that the manual shows to be one.
func TestManualRows(t *testing.T) {
	at := strings.Index(manual, "\n\tversion: 1\n")
	if at < 0 {
		t.Fatal("the manual shows no rows")
	}
	text, _, _ := strings.Cut(manual[at+1:], "\n\n")
	rows, err := sink.Parse("manual", []byte(strings.ReplaceAll(text+"\n", "\t", "")))
	if err != nil || len(rows) != 2 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}
