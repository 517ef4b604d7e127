package strval

import "strings"

// A url.URL is a record with the fields Scheme, Host, Path, RawQuery and Fragment.
// urlHead is one more: scheme, user and host as they were spelled, kept until
// Scheme or Host is assigned. An unknown base is a head without scheme and host.
const urlHead = "head"

// urlRest is what the parts of a URL of which only some were assigned are otherwise.
const urlRest = "rest"

// ParseURL splits a URL template into a record. A hole at the start counts as
// scheme and host.
func ParseURL(t Template) Value {
	flat := t.Flat()
	fields := map[string]Value{}
	set := func(name string, from, to int) {
		if from < to {
			fields[name] = TextValue(t.Slice(from, to))
		}
	}
	end := len(flat)
	if i := strings.IndexByte(flat, '#'); i >= 0 {
		set("Fragment", i+1, end)
		end = i
	}
	if i := strings.IndexByte(flat[:end], '?'); i >= 0 {
		set("RawQuery", i+1, end)
		end = i
	}
	host, path := headEnd(flat[:end])
	set(urlHead, 0, path)
	if i := strings.Index(flat[:path], "://"); i >= 0 {
		set("Scheme", 0, i)
	} else if path > 0 && flat[0] == Hole {
		set("Scheme", 0, 1)
	}
	set("Host", host, path)
	set("Path", path, end)
	return Value{Kind: KindRecord, Fields: fields}
}

// headEnd returns where the host of a flat URL without query starts and where its
// path starts.
func headEnd(flat string) (host, path int) {
	switch i := strings.Index(flat, "://"); {
	case i >= 0 && !strings.Contains(flat[:i], "/"):
		host = i + 3
	case strings.HasPrefix(flat, "//"):
		host = 2
	case strings.HasPrefix(flat, string(Hole)):
		// The hole may hold anything up to the next slash.
	default:
		return 0, 0
	}
	if i := strings.IndexByte(flat[host:], '/'); i >= 0 {
		return host, host + i
	}
	return host, len(flat)
}

// URLString is (*url.URL).String.
func URLString(u Value) Template {
	if u.Kind == KindText {
		return u.Text
	}
	head := u.Field(urlHead).Template()
	if len(head) == 0 {
		scheme, host := u.Field("Scheme").Template(), u.Field("Host").Template()
		if len(scheme) > 0 {
			head = Concat(scheme, Text("://"))
		} else if len(host) > 0 {
			head = Text("//")
		}
		head = Concat(head, host)
	}
	path := u.Field("Path").Template()
	out := head
	if len(head) > 0 && len(path) > 0 {
		if f := path.Flat(); f[0] != '/' && f[0] != Hole {
			out = Concat(out, Text("/"))
		}
	}
	out = Concat(out, path)
	if q := u.Field("RawQuery").Template(); len(q) > 0 {
		out = Concat(out, Text("?"), q)
	}
	if f := u.Field("Fragment").Template(); len(f) > 0 {
		out = Concat(out, Text("#"), f)
	}
	return out
}

// resolve is (*url.URL).ResolveReference, RFC 3986 section 5.2.
func resolve(base, ref Value) Value {
	if ref.Kind == KindText {
		ref = ParseURL(ref.Text)
	}
	if base.Kind == KindText {
		base = ParseURL(base.Text)
	}
	path := ref.Field("Path").Template()
	if len(ref.Field(urlHead).Template()) > 0 || len(ref.Field("Host").Template()) > 0 {
		if f := URLString(ref).Flat(); f[0] == Hole {
			// The hole may be a whole URL, a rooted path or a relative one.
			return UnknownValue("the reference that is resolved against the base starts with an unknown value")
		}
		return ref
	}
	flat := path.Flat()
	out := base.With("Fragment", ref.Field("Fragment"))
	switch {
	case flat == "":
		if len(ref.Field("RawQuery").Template()) > 0 {
			out = out.With("RawQuery", ref.Field("RawQuery"))
		}
		return out
	case flat[0] == '/':
	default:
		bp := base.Field("Path").Template()
		dir := strings.LastIndexByte(bp.Flat(), '/') + 1
		if dir == 0 && bp.Len() == 0 {
			path = Concat(Text("/"), path)
		} else {
			path = Concat(bp.Slice(0, dir), path)
		}
	}
	return out.With("Path", TextValue(clean(path, cleanDots))).With("RawQuery", ref.Field("RawQuery"))
}

// joinPath is (*url.URL).JoinPath.
func joinPath(base Value, elems []Template) Value {
	if base.Kind == KindText {
		if strings.HasPrefix(base.Text.Flat(), "///") {
			return UnknownValue("its base names an empty host") // which net/url leaves out
		}
		base = ParseURL(base.Text)
	}
	path := base.Field("Path").Template()
	all := path
	for _, e := range elems {
		all = Concat(all, Text("/"), e)
	}
	f := all.Flat()
	if f == "" {
		return base
	}
	if f[0] != '/' && f[0] != Hole {
		all = Concat(Text("/"), all)
	}
	how := cleanSlash
	if n := len(elems); n > 0 && elems[n-1].Len() == 0 {
		how = cleanPath // a slash at the end has to be part of the last element
	}
	all = clean(all, how)
	// Without a host a relative path stays relative, although it is cleaned as a rooted one.
	hosted := len(base.Field(urlHead).Template())+len(base.Field("Host").Template()) > 0
	if p := path.Flat(); !hosted && (p == "" || p[0] != '/' && p[0] != Hole) {
		all = all.Slice(1, all.Len())
	}
	return base.With("Path", TextValue(all))
}

// A cleaning is a way to tidy a path.
type cleaning uint8

const (
	cleanPath  cleaning = iota // path.Clean
	cleanSlash                 // the same, but a slash at the end stays
	cleanDots                  // RFC 3986: only "." and ".." segments go
)

// clean tidies a path. Slashes and segments keep their origins.
func clean(t Template, how cleaning) Template {
	flat := t.Flat()
	if flat == "" {
		return t
	}
	rooted := flat[0] == '/'
	type span struct{ slash, from, to int } // slash is the offset of the one before
	var kept []span
	last := -1
	for from := 0; from <= len(flat); {
		to := len(flat)
		if i := strings.IndexByte(flat[from:], '/'); i >= 0 {
			to = from + i
		}
		switch seg := flat[from:to]; {
		case seg == "" && (how != cleanDots || from == 0 || to == len(flat)), seg == ".":
		case seg == "..":
			if n := len(kept); n > 0 && flat[kept[n-1].from:kept[n-1].to] != ".." {
				kept = kept[:n-1]
			} else if !rooted {
				kept = append(kept, span{from - 1, from, to})
			}
		default:
			kept = append(kept, span{from - 1, from, to})
		}
		if to < len(flat) {
			last = to
		}
		from = to + 1
	}
	var out Template
	for i, s := range kept {
		if i > 0 || rooted {
			out = Concat(out, t.Slice(s.slash, s.slash+1))
		}
		out = Concat(out, t.Slice(s.from, s.to))
	}
	switch {
	case len(kept) == 0 && rooted:
		return t.Slice(0, 1)
	case len(kept) == 0 && how == cleanPath:
		return Text(".")
	case how != cleanPath && (last == len(flat)-1 || how == cleanDots && last >= 0 && dots(flat[last+1:])):
		out = Concat(out, t.Slice(last, last+1))
	}
	return out
}

// dots reports whether a last segment names a directory: what stays of it is a slash.
func dots(seg string) bool { return seg == "." || seg == ".." }
