package fault

import (
	"errors"
	"strings"
	"testing"
)

func TestCatch(t *testing.T) {
	if err := Catch(func() {}); err != nil {
		t.Error(err)
	}
	var p *Panic
	err := Catch(func() { panic("why") })
	if !errors.As(err, &p) || p.Value != "why" || !strings.Contains(err.Error(), "report it") || !strings.Contains(string(p.Stack), "TestCatch") {
		t.Errorf("%v", err)
	}
	if again := Catch(func() { panic(err) }); again != err {
		t.Errorf("the same one has become %v", again)
	}
	Hook(nil).Begin(Scan, "file")
}
