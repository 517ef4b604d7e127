package endpoint

// below decides about the path below a base. hasBase says that q.res.Edits holds the edit of the version; isNew
// that the base is a v2 one.
func (q *query) below(hasBase, isNew bool) {
	switch {
	case isNew:
		q.belowNew()
	case len(q.segs) == 0 && q.subtree && hasBase:
		q.set(Mapped, "")
	case len(q.segs) == 0:
		q.set(BaseOnly, "")
	case q.subtree:
		q.belowSubtree()
	default:
		q.belowOld()
	}
}

// belowOld decides about the path of one v1 endpoint.
func (q *query) belowOld() {
	if len(q.segs) > q.t.maxOld {
		q.notMapped()
		return
	}
	var best *Rule
	how := fitNo
	var derived, several, differ, maybe bool
	for _, r := range q.t.rules {
		f := fits(r.old, q.s, q.segs)
		if f == fitNo {
			continue
		}
		ok, der := q.methodFits(r.Method)
		switch {
		case !ok:
		case f == fitMaybe:
			maybe = true
		case best == nil || f > how || f == how && specialCase(r.old, best.old):
			best, how, derived, several, differ = r, f, der, false, false
		case f == how && !specialCase(best.old, r.old):
			several = true
			differ = differ || r.change != best.change
		}
	}
	switch {
	case best == nil && maybe:
		q.set(Unclear, unknownPath)
	case best == nil:
		q.notMapped()
	case differ:
		q.set(Unclear, methodDecides)
	case maybe && q.otherMaybe(best):
		q.set(Unclear, unknownPath)
	default:
		q.mapTo(best, how, derived, several)
	}
}

// otherMaybe reports whether holes can make the path that of a row with another change than best.
func (q *query) otherMaybe(best *Rule) bool {
	for _, r := range q.t.rules {
		if ok, _ := q.methodFits(r.Method); ok && r.change != best.change && fits(r.old, q.s, q.segs) == fitMaybe {
			return true
		}
	}
	return false
}

// mapTo makes r the answer, unless the new path would be that of another endpoint.
func (q *query) mapTo(r *Rule, how fit, derived, several bool) {
	q.res.Rule = r
	q.res.method = q.method
	if q.method == "" && !several {
		q.res.method = r.Method
	}
	for _, o := range r.collides {
		if ok, _ := q.methodFits(o.Method); ok && q.becomes(r, o) {
			q.set(NoEquivalent, "in v2 this path is the endpoint "+o.Method+" "+o.New+", which is another one in v1")
			return
		}
	}
	q.set(Mapped, "")
	switch {
	case how == fitGlued:
		q.res.Doubt = gluedHole
	case derived && q.res.Doubt == "":
		q.res.Doubt = headFollows
	}
	if q.route {
		q.routeRemarks(r)
	}
	q.edit(r.change)
}

// becomes reports whether the path of row r, when moved, is one of row o.
func (q *query) becomes(r, o *Rule) bool {
	for i, lit := range o.new {
		if r.new[i] == "" && lit != "" && !q.segs[r.params[i]].equal(q.s, lit) {
			return false
		}
	}
	return true
}

// notMapped says why no row with a v1 path answers.
func (q *query) notMapped() {
	var only *Rule // exists only in v2
	several, maybe := false, false
	for _, r := range q.t.added {
		switch fits(r.new, q.s, q.segs) {
		case fitMaybe:
			maybe = true
		case fitYes, fitGlued:
			several = only != nil
			if ok, _ := q.methodFits(r.Method); only == nil || ok && q.method != "" {
				only = r
			}
		}
	}
	var listed *Rule // right path, wrong method
	for _, r := range q.t.rules {
		if f := fits(r.old, q.s, q.segs); f == fitYes || f == fitGlued {
			listed = r
		}
	}
	last := q.segs[len(q.segs)-1]
	switch {
	case only != nil && listed == nil:
		q.onlyNew(only, several)
	case maybe || q.segs[0].whole:
		q.set(Unclear, unknownPath)
	case last.glue < last.end && !q.route && q.longer():
		q.set(Unclear, "the run-time value at its end may hold the rest of another endpoint")
	case listed != nil:
		q.set(NoEquivalent, "the endpoint table lists "+listed.Old+" only for other methods")
	default:
		q.set(NoEquivalent, "the endpoint table has no row for its path")
	}
}

// onlyNew answers with a row that v1 never had. several says that other rows have the same path.
func (q *query) onlyNew(r *Rule, several bool) {
	q.res.Rule = r
	switch {
	case q.method == r.Method, !several && r.Method != "ANY":
		q.res.method = r.Method
	}
	q.set(V2Only, "the endpoint "+r.New+" exists only in v2")
}

// longer reports whether a hole at the end can make the path that of a longer row.
func (q *query) longer() bool {
	for _, r := range q.t.rules {
		if ok, _ := q.methodFits(r.Method); ok && len(r.old) > len(q.segs) && fitsPrefix(r.old, q.s, q.segs) != fitNo {
			return true
		}
	}
	return false
}

// belowNew decides about a path below a v2 base: whether it is one that v2 does not have.
func (q *query) belowNew() {
	q.set(Current, alreadyNew)
	if len(q.segs) == 0 {
		return
	}
	for _, r := range q.t.rules {
		if q.within(r.new) != fitNo {
			return
		}
	}
	for _, r := range q.t.added {
		if q.within(r.new) != fitNo {
			return
		}
	}
	var best *Rule
	how := fitNo
	var usable, derived bool
	for _, r := range q.t.rules {
		f := q.within(r.old)
		if f < fitGlued || r.change == (change{}) || q.subtree && r.change.clip(len(q.segs)) != r.change {
			continue
		}
		ok, der := q.methodFits(r.Method)
		if best == nil || ok && !usable {
			best, how, usable, derived = r, f, ok, der
		}
	}
	if best == nil {
		return
	}
	q.res.Rule = best
	q.res.method = best.Method
	q.set(HalfMigrated, "v2 has no "+best.Old+", which became "+best.New)
	switch {
	case !usable:
		q.res.Reason += "; the table does not list it for this method"
		return
	case how == fitGlued:
		q.res.Doubt = gluedHole
	case derived && q.res.Doubt == "":
		q.res.Doubt = headFollows
	}
	q.edit(best.change)
}

// within compares the path with a pattern or, if the query covers a subtree, with the start of a pattern.
func (q *query) within(pattern []string) fit {
	if q.subtree && len(pattern) > len(q.segs) {
		return fitsPrefix(pattern, q.s, q.segs)
	}
	return fits(pattern, q.s, q.segs)
}
