package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

func (f *function) block(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s, "")
	}
}

func (f *function) stmt(s ast.Stmt, label string) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		f.block(s.List)
	case *ast.LabeledStmt:
		if f.targets[s.Label.Name] {
			// Whatever jumps here, what it has assigned is in a cell; that there was a way is all
			// that is known of the tests on it.
			f.flow.dead, f.flow.when = false, nil
		}
		f.stmt(s.Stmt, s.Label.Name)
	case *ast.ExprStmt:
		f.expr(s.X)
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && f.neverReturns(call) {
			f.flow.dead = true
		}
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok {
			f.genDecl(d)
		}
	case *ast.IncDecStmt:
		f.assignTo(s.X, f.opaque(s.Pos(), "it is counted", f.expr(s.X)), false)
	case *ast.SendStmt:
		f.expr(s.Chan)
		f.send(s.Chan, f.expr(s.Value))
	case *ast.GoStmt:
		f.expr(s.Call)
	case *ast.DeferStmt:
		f.expr(s.Call)
	case *ast.ReturnStmt:
		f.returns(s)
	case *ast.BranchStmt:
		f.branch(s)
	case *ast.IfStmt:
		if s.Init != nil {
			f.stmt(s.Init, "")
		}
		f.expr(s.Cond)
		test := f.test(s.Cond)
		before := f.flow.fork()
		f.flow.assume(test)
		f.block(s.Body.List)
		then := f.flow
		f.flow = before
		f.flow.assume(negate(test))
		if s.Else != nil {
			f.stmt(s.Else, "")
		}
		f.choose(test, then, f.flow)
	case *ast.SwitchStmt:
		if s.Init != nil {
			f.stmt(s.Init, "")
		}
		if s.Tag != nil {
			f.expr(s.Tag)
		}
		f.clauses(label, s.Body.List, s.Tag, s.Tag == nil)
	case *ast.TypeSwitchStmt:
		if s.Init != nil {
			f.stmt(s.Init, "")
		}
		var subject *equation.Expr
		switch a := s.Assign.(type) {
		case *ast.AssignStmt:
			subject = f.expr(ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X)
		case *ast.ExprStmt:
			f.expr(ast.Unparen(a.X).(*ast.TypeAssertExpr).X)
		}
		if subject != nil {
			for _, c := range s.Body.List {
				if v, _ := f.x.Info.Implicits[c].(*types.Var); v != nil {
					f.declare(v, subject)
				}
			}
		}
		f.clauses(label, s.Body.List, nil, false)
	case *ast.SelectStmt:
		f.clauses(label, s.Body.List, nil, false)
	case *ast.ForStmt:
		if s.Init != nil {
			f.stmt(s.Init, "")
		}
		f.loop(label, s, func() {
			if s.Cond != nil {
				f.expr(s.Cond)
			}
		}, func(int) {
			f.block(s.Body.List)
		}, func() {
			if s.Post != nil {
				f.stmt(s.Post, "")
			}
		})
	case *ast.RangeStmt:
		x := f.share(f.expr(s.X))
		f.numbered(s, x)
		f.loop(label, s, func() {}, func(loop int) {
			for i, lhs := range []ast.Expr{s.Key, s.Value} {
				if lhs == nil {
					continue
				}
				e := &equation.Expr{Op: equation.Elem, N: loop, I: i, Args: []*equation.Expr{x}}
				if sig, ok := f.x.typeOf(s.X).Underlying().(*types.Signature); ok {
					e = f.yielded(s, sig, x, i, e)
				} else if _, ok := f.x.typeOf(s.X).Underlying().(*types.Chan); ok {
					e = f.received(s.X)
				}
				f.assignTo(lhs, e, s.Tok == token.DEFINE)
			}
			f.block(s.Body.List)
		}, func() {})
	case *ast.EmptyStmt:
	default:
		f.operands(s) // it does not compile
	}
}

// clauses walks the bodies of a switch or select; each starts from the flow before it.
// In a switch over truth values or a tag, a clause knows what it is there for.
func (f *function) clauses(label string, list []ast.Stmt, tag ast.Expr, truth bool) {
	j := &jump{label: label}
	f.jumps = append(f.jumps, j)
	before := f.flow.fork()
	hasDefault := false
	var ends []flow
	fallen := flow{dead: true}
	for _, c := range list {
		f.flow = before.fork()
		var body []ast.Stmt
		switch c := c.(type) {
		case *ast.CaseClause:
			hasDefault = hasDefault || c.List == nil
			var any *equation.Expr
			for i, e := range c.List {
				f.expr(e)
				var test *equation.Expr
				switch {
				case tag != nil:
					f.compare(tag, e, c.Pos())
					test = f.equality(tag, e)
				case truth:
					test = f.test(e)
				}
				if any = either(any, test); i == 0 {
					any = test
				}
			}
			if c.List != nil {
				f.flow.assume(any)
				before.assume(negate(any))
			}
			body = c.Body
		case *ast.CommClause:
			hasDefault = true
			if c.Comm != nil {
				f.stmt(c.Comm, "")
			}
			body = c.Body
		}
		if !fallen.dead {
			f.meet(f.flow, fallen)
			fallen = flow{dead: true}
		}
		f.block(body)
		if n := len(body); n > 0 {
			if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				fallen = f.flow
				fallen.dead = false
				continue
			}
		}
		ends = append(ends, f.flow)
	}
	if !hasDefault {
		ends = append(ends, before)
	}
	f.jumps = f.jumps[:len(f.jumps)-1]
	f.meet(append(ends, j.breaks...)...)
}

// loop walks a loop once. Every variable that the body assigns to is, at its start,
// either what it was before the loop or what a round made of it.
func (f *function) loop(label string, stmt ast.Stmt, cond func(), body func(loop int), post func()) {
	loop := len(f.f.Loops)
	f.f.Loops = append(f.f.Loops, equation.Span{})
	j := &jump{label: label, loop: true}
	f.jumps = append(f.jumps, j)

	span := equation.Span{LocalFrom: len(f.f.Locals), MergeFrom: f.merges}
	assigned := f.assignedIn(stmt)
	heads := map[*types.Var]*equation.Expr{}
	for _, v := range assigned {
		if e, ok := f.flow.vars[v]; ok {
			head := &equation.Expr{Op: equation.Loop, N: loop, Args: []*equation.Expr{e, e}}
			heads[v] = head
			f.flow.vars[v] = f.share(head)
		}
	}
	cond()
	entry := f.flow.fork()
	body(loop)
	f.meet(append([]flow{f.flow}, j.rounds...)...)
	post()
	span.LocalTo, span.MergeTo = len(f.f.Locals), f.merges
	f.f.Loops[loop] = span
	exits := map[*types.Var]*equation.Expr{}
	for _, v := range assigned {
		head := heads[v]
		if head == nil {
			continue
		}
		if e, ok := f.flow.vars[v]; ok && !f.flow.dead {
			head.Args[1] = e
		}
		exits[v] = f.share(&equation.Expr{Op: equation.Loop, N: loop, I: 1, Args: head.Args})
	}
	f.jumps = f.jumps[:len(f.jumps)-1]
	for v, head := range heads {
		if e := entry.vars[v]; e.Op == equation.Local && f.f.Locals[e.N] == head {
			entry.vars[v] = exits[v]
		}
	}
	if fs, ok := stmt.(*ast.ForStmt); ok && fs.Cond == nil {
		entry.dead = true // the only way out is a break
	}
	f.meet(append([]flow{entry}, j.breaks...)...)
}

// assignedIn lists the variables that a statement may change, in source order.
func (f *function) assignedIn(stmt ast.Node) []*types.Var {
	seen := map[*types.Var]bool{}
	var out []*types.Var
	add := func(e ast.Expr) {
		if v := f.rootVar(e); v != nil && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				add(l)
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND && isBuilder(f.x.typeOf(n.X)) {
				add(n.X)
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				add(n.Key)
				if n.Value != nil {
					add(n.Value)
				}
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
				if isBuilder(f.x.typeOf(sel.X)) || f.followed(sel.X) != nil {
					add(sel.X)
				}
			}
			for _, arg := range n.Args {
				if t := f.x.typeOf(arg); isBuilder(t) || isWriter(t) || f.followed(arg) != nil {
					add(arg)
				}
			}
			if tv := f.x.Info.Types[n.Fun]; tv.IsBuiltin() && len(n.Args) > 0 {
				add(n.Args[0]) // it may overwrite elements
			}
		}
		return true
	})
	slices.SortFunc(out, func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
	return out
}

func (f *function) branch(s *ast.BranchStmt) {
	if s.Tok == token.FALLTHROUGH {
		return // clauses handles it
	}
	for i := len(f.jumps) - 1; i >= 0 && s.Tok != token.GOTO; i-- {
		j := f.jumps[i]
		if s.Label != nil && s.Label.Name != j.label || s.Tok == token.CONTINUE && !j.loop {
			continue
		}
		if s.Tok == token.BREAK {
			j.breaks = append(j.breaks, f.flow.fork())
		} else {
			j.rounds = append(j.rounds, f.flow.fork())
		}
		break
	}
	f.flow.dead = true
}

func (f *function) returns(s *ast.ReturnStmt) {
	var results []*equation.Expr
	switch {
	case len(s.Results) == 0:
		for _, v := range f.named {
			results = append(results, f.lookup(v))
		}
	case len(s.Results) == 1 && f.sig != nil && f.sig.Results().Len() > 1:
		results = f.multi(s.Results[0], f.sig.Results().Len())
	default:
		for _, e := range s.Results {
			results = append(results, f.expr(e))
		}
	}
	for i, v := range f.named {
		if f.late[v] && i < len(results) && len(s.Results) > 0 {
			f.set(v, results[i])
			results[i] = f.lookup(v)
		}
	}
	if f.flow.dead {
		// A return that follows a panic.
	} else if !f.failed(s, results) {
		f.exit(results)
	}
	f.flow.dead = true
}

// failed reports whether a return hands back an error and nothing else: its empty
// results are not used by a caller that checks.
func (f *function) failed(s *ast.ReturnStmt, results []*equation.Expr) bool {
	n := len(s.Results)
	if n < 2 || f.sig == nil || f.sig.Results().Len() != n || !types.Identical(f.sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	if tv := f.x.Info.Types[s.Results[n-1]]; tv.IsNil() {
		return false
	}
	for i, e := range results[:n-1] {
		tv := f.x.Info.Types[s.Results[i]]
		if !(tv.IsNil() || e.Op == equation.Lit && f.x.out.Lits[e.N].Source == `""` || e.Op == equation.Composite && len(e.Args) == 0 ||
			silent(e)) {
			return false
		}
	}
	return true
}
