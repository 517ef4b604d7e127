package strval

// A Value is what a string function takes and gives: text, a list, or a record
// such as a url.URL.
type Value struct {
	Kind   Kind
	Text   Template         // KindText
	List   []Value          // KindList
	Fields map[string]Value // KindRecord, by field name; a missing field is empty text
}

// Kind tells which field of a Value holds it.
type Kind uint8

const (
	KindText Kind = iota
	KindList
	KindRecord
)

// TextValue wraps a template.
func TextValue(t Template) Value { return Value{Text: t} }

// ListValue wraps a list.
func ListValue(vs ...Value) Value { return Value{Kind: KindList, List: vs} }

// UnknownValue is text that is one hole.
func UnknownValue(reason string) Value { return TextValue(Unknown(reason)) }

// Template returns the value as text; what is not text is a hole.
func (v Value) Template() Template {
	if v.Kind != KindText {
		return Unknown("a value that is not a string is used as one")
	}
	return v.Text
}

// Field returns a record's field. Of text that is one hole, every field is that hole.
func (v Value) Field(name string) Value {
	switch v.Kind {
	case KindRecord:
		if f, ok := v.Fields[name]; ok {
			return f
		}
		if f, ok := v.Fields[urlRest]; ok && (name == "Path" || name == "Host" || name == "Scheme") {
			return f
		}
		return Value{}
	case KindText:
		return v
	}
	return UnknownValue("a list has no field " + name)
}

// With returns the record with one field replaced.
func (v Value) With(name string, field Value) Value {
	fields := make(map[string]Value, len(v.Fields)+1)
	for k, f := range v.Fields {
		fields[k] = f
	}
	if v.Kind != KindRecord {
		// An unknown URL keeps standing for scheme and host, and for what is not replaced.
		fields[urlHead], fields[urlRest] = v, v
	}
	if name == "Host" || name == "Scheme" {
		delete(fields, urlHead)
	}
	fields[name] = field
	return Value{Kind: KindRecord, Fields: fields}
}
