package fixer

import "sort"

// Offsets tells where the bytes of a changed file have been before.
type Offsets struct {
	runs []run // in order; the first one begins the file
}

// A run is a stretch of the changed file, up to the next one.
type run struct {
	to    int  // where it begins
	from  int  // where it began
	fresh bool // all of it stands for what began there
}

// Offsets returns, by path, those of the files that are to be changed.
func (p *Plan) Offsets() map[string]*Offsets {
	out := map[string]*Offsets{}
	for _, f := range p.files {
		if f.changed() {
			out[f.path] = newOffsets(f.edits)
		}
	}
	return out
}

// newOffsets returns those of a file with changes made, which are in order.
func newOffsets(changes []Change) *Offsets {
	o := &Offsets{runs: []run{{}}}
	shift := 0 // of what follows
	for _, c := range changes {
		o.runs = append(o.runs, run{to: c.Start + shift, from: c.Start, fresh: true})
		shift += len(c.New) - (c.End - c.Start)
		o.runs = append(o.runs, run{to: c.End + shift, from: c.End})
	}
	return o
}

// at is the run that an offset of the changed file is in.
func (o *Offsets) at(off int) run {
	i := sort.Search(len(o.runs), func(i int) bool { return o.runs[i].to > off })
	if i == 0 {
		return run{}
	}
	return o.runs[i-1]
}

// Original returns where in the file as it is on disk the byte stands that is at an offset of
// the changed file. Of what a change has put there it is where the change begins.
func (o *Offsets) Original(off int) int {
	r := o.at(off)
	if r.fresh {
		return r.from
	}
	return r.from + off - r.to
}
