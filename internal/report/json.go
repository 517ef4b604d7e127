package report

import (
	"encoding/json"
	"fmt"
	"io"
)

// The JSON form is that of go vet -json, one object for the whole run.
type (
	jsonFinding struct {
		Category       string        `json:"category,omitempty"`
		Posn           string        `json:"posn"`
		End            string        `json:"end"`
		Message        string        `json:"message"`
		SuggestedFixes []jsonFix     `json:"suggested_fixes,omitempty"`
		Related        []jsonRelated `json:"related,omitempty"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
)

// JSON writes the findings in the form of go vet -json:
//
//	{"import/path": {"orbitmigrate": [{"category", "posn", "end", "message", "suggested_fixes", "related"}]}}
//
// What is related are the places of the finding's checks.
//
// File names are absolute, as vet's are. Without findings the object is empty.
func JSON(w io.Writer, findings []Finding) error {
	tree := map[string]map[string][]jsonFinding{}
	for _, f := range findings {
		out := jsonFinding{
			Category: f.Rule,
			Posn:     fmt.Sprintf("%s:%d:%d", f.Path, f.Line, f.Column),
			End:      fmt.Sprintf("%s:%d:%d", f.Path, f.EndLine, f.EndColumn),
			Message:  f.Message,
		}
		if len(f.Fix) > 0 {
			fix := jsonFix{Message: "Use v2 of the API"}
			for _, e := range f.Fix {
				fix.Edits = append(fix.Edits, jsonEdit{e.Path, e.Start, e.End, e.New})
			}
			out.SuggestedFixes = []jsonFix{fix}
		}
		for _, c := range f.Checks {
			for _, p := range c.Places {
				posn := fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
				out.Related = append(out.Related, jsonRelated{posn, posn, "check " + c.Subject + ": " + c.Why})
			}
		}
		if tree[f.Package] == nil {
			tree[f.Package] = map[string][]jsonFinding{}
		}
		tree[f.Package]["orbitmigrate"] = append(tree[f.Package]["orbitmigrate"], out)
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
