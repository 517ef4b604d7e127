package endpoint

// Kind is what a text is to the table.
type Kind uint8

const (
	// NotOurs: another host, another path, or nothing that speaks for this API. Result.Reason says which.
	NotOurs Kind = iota
	// Mapped: the v1 endpoint has a v2 equivalent; Result.Edits make it. Edits are empty if the text is relative to
	// a base and only the base changes.
	Mapped
	// BaseOnly: the text ends right after the v1 prefix, with or without a slash. Edits change the version, which is
	// right only if everything that is appended at run time stays right.
	BaseOnly
	// V2Only: a v1 prefix with an endpoint that exists only in v2. No edits.
	V2Only
	// HalfMigrated: a v2 prefix with a path that exists only in v1. Edits are set if the repair is certain.
	HalfMigrated
	// NoEquivalent: ours and v1, but nothing documents what it becomes. No edits.
	NoEquivalent
	// Unclear: ours, but what decides is known only at run time or is written in a way that is not safe to rewrite.
	// No edits.
	Unclear
	// Current: already v2.
	Current
)

var kindNames = [...]string{"not ours", "mapped", "base only", "v2 only", "half-migrated", "no equivalent", "unclear", "current"}

// String returns the kind as words, such as "half-migrated".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown kind"
}

// Host is what a text says about its host.
type Host uint8

const (
	HostAbsent  Host = iota // names none: a path
	HostUnknown             // a hole may be the host, be a part of it or hold it
	HostOurs                // names one of our hosts in full
	HostForeign             // names another host, or one that must not be touched
)

var hostNames = [...]string{"absent", "unknown", "ours", "foreign"}

// String returns the host evidence as a word, such as "ours".
func (h Host) String() string {
	if int(h) < len(hostNames) {
		return hostNames[h]
	}
	return "unknown evidence"
}

// A Result is what the table says about a text. Its zero value is NotOurs.
type Result struct {
	Kind Kind
	Host Host
	// Prefix says that the text holds a whole versioned prefix of the API, v1 or v2.
	Prefix bool
	// Rule is the row that the path is about, or nil. If the method is not known and several rows make the same
	// change, it is the first of them. For kinds without edits it is what the path would be, if that is known.
	Rule *Rule
	// Base is the base that matched, or nil. If the host is absent or unknown it is the first whose path fits.
	Base *Base
	// Reason completes a sentence such as "..., because <Reason>". It is empty for Mapped and BaseOnly.
	Reason string
	// Doubt is why edits that follow the table may still be wrong here. It reads like Reason and is empty if
	// nothing speaks against them.
	Doubt string
	// Note is what a reader should know although the edits are right. It is a whole clause or empty.
	Note string
	// Edits make the v2 text. They are ascending, disjoint, and touch path segments only. Each replaces as few bytes
	// as it can.
	Edits []Edit

	text   string // what was matched
	offset int    // where text begins in the text that Edits refer to
	method string // for display: empty if not known and not decided by the table
}

// Endpoints returns the v1 and the v2 endpoint as the guide writes them, such as "GET /customer/v1/locations" and
// "GET /customer/v2/licenses/locations". The method is left out if it is not known and the path has rows for
// several. Both are empty if no row matched, and old is empty for an endpoint that exists only in v2.
func (r Result) Endpoints() (old, new string) {
	if r.Rule == nil {
		return "", ""
	}
	var oldBase, newBase string
	if r.Base != nil {
		oldBase, newBase = r.Base.Old, r.Base.New
	}
	method := r.method
	if method != "" {
		method += " "
	}
	if r.Rule.Old != "" {
		old = method + oldBase + "/" + r.Rule.Old
	}
	return old, method + newBase + "/" + r.Rule.New
}

// URL returns the matched text for display: holes as {}, secrets and control characters replaced.
func (r Result) URL() string { return display(r.text) }

// NewURL returns the matched text after the edits, for display in the same form as URL.
func (r Result) NewURL() string {
	edits := make([]Edit, len(r.Edits))
	for i, e := range r.Edits {
		edits[i] = Edit{e.Start - r.offset, e.End - r.offset, e.New}
	}
	return display(Apply(r.text, edits))
}

func (r Result) describe() string {
	if r.Reason == "" {
		return r.Kind.String()
	}
	return r.Kind.String() + ", because " + r.Reason
}

// shift makes the offsets of r refer to a text in which the matched one begins at offset by.
func (r *Result) shift(by int) {
	r.offset += by
	for i := range r.Edits {
		r.Edits[i].Start += by
		r.Edits[i].End += by
	}
}
