package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
)

// An operation is the source at a place: an expression, or a parameter.
type operation struct {
	pkg      string // name of the package
	from, to int    // of an expression
	param    string // name of a parameter, and
	body     int    // where the body of its function begins
}

// operationAt finds the operation at a line and a column, both from 1: the longest expression that
// begins there and only reads, or the parameter that is declared there.
func operationAt(name string, src []byte, line, column int) (operation, bool) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return operation{}, false
	}
	op := operation{pkg: file.Name.Name}
	at := func(p token.Pos) bool {
		pos := fset.PositionFor(p, false)
		return pos.Line == line && pos.Column == column
	}
	offset := func(p token.Pos) int { return fset.PositionFor(p, false).Offset }
	params := func(typ *ast.FuncType, recv *ast.FieldList, body *ast.BlockStmt) {
		if body == nil {
			return
		}
		for _, list := range []*ast.FieldList{recv, typ.Params} {
			if list == nil {
				continue
			}
			for _, field := range list.List {
				for _, id := range field.Names {
					if at(id.Pos()) {
						op.param, op.body = id.Name, offset(body.Lbrace)+1
					}
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			params(n.Type, n.Recv, n.Body)
		case *ast.FuncLit:
			params(n.Type, nil, n.Body)
		case *ast.BinaryExpr, *ast.KeyValueExpr, *ast.FuncType:
		case ast.Expr:
			if at(n.Pos()) && op.to < offset(n.End()) {
				op.from, op.to = offset(n.Pos()), offset(n.End())
			}
		}
		return true
	})
	return op, op.param != "" || op.to > 0
}

// logged is the source with the value of the operation written down.
func (op operation) logged(src []byte) []byte {
	if op.param != "" {
		return splice(src, op.body, op.body, "reasonsLog("+op.param+");")
	}
	return splice(src, op.from, op.to, "reasonsLog("+string(src[op.from:op.to])+")")
}

// replaced is the source with a value in the place of the operation.
func (op operation) replaced(src []byte, value string) []byte {
	if op.param != "" {
		return splice(src, op.body, op.body, op.param+" = "+value+";")
	}
	return splice(src, op.from, op.to, value)
}

func splice(src []byte, from, to int, text string) []byte {
	return []byte(string(src[:from]) + text + string(src[to:]))
}

// split takes a posn apart.
func split(posn string) (name string, line, column int, err error) {
	parts := strings.Split(posn, ":")
	if len(parts) < 3 {
		return "", 0, 0, fmt.Errorf("%q is no position", posn)
	}
	n := len(parts)
	line, err = strconv.Atoi(parts[n-2])
	if err == nil {
		column, err = strconv.Atoi(parts[n-1])
	}
	return strings.Join(parts[:n-2], ":"), line, column, err
}

// The marks around the result in a file.
const begin, end = "<!-- true reasons: go run ./bench/reasons -->\n", "<!-- end of true reasons -->\n"

// replaceSection writes the result between its marks in a file, or at its end.
func replaceSection(file, text string) error {
	data, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, closed := strings.Cut(rest, end)
	if ok && !closed {
		return fmt.Errorf("%s: %q has no end", file, strings.TrimSpace(begin))
	}
	if !ok && before != "" {
		before += "\n"
	}
	return os.WriteFile(file, []byte(before+begin+"\n"+text+"\n"+end+after), 0o666)
}
