package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

// judgeCases judges the cases of a directory and prints what became of each.
func judgeCases(ctx context.Context, c config) error {
	files, err := filepath.Glob(filepath.Join(c.cases, "*", "case.json"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("-cases: no directory below %s has a case.json", c.cases)
	}
	classes := map[string]*tally{}
	var order []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var k lab.Case
		if err := json.Unmarshal(data, &k); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		out, err := k.Judge(ctx, filepath.Dir(file), filepath.Join(c.work, "case"), c.tool)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if classes[k.Class] == nil {
			classes[k.Class] = &tally{}
			order = append(order, k.Class)
		}
		classes[k.Class].add(out.Verdict)
		fmt.Printf("%s: %s, %s: %s\n", filepath.Base(filepath.Dir(file)), k.Class, out.Verdict, cell(out.Evidence))
	}
	fmt.Print(heads("class"))
	for _, class := range order {
		fmt.Print(classes[class].row(class))
	}
	return nil
}
