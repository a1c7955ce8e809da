package form

// Kind says how a field is drawn.
type Kind string

// The kinds of field.
const (
	Text     Kind = "text"
	Long     Kind = "long"
	Number   Kind = "number"
	Date     Kind = "date"
	Money    Kind = "money"
	Email    Kind = "email"
	Password Kind = "password"
	Hidden   Kind = "hidden"
	Select   Kind = "select"
	Radio    Kind = "radio"
	Checks   Kind = "checks"
	Suggest  Kind = "suggest"
	File     Kind = "file"
)

// Field is one field as the reader sees it. Name is the same as the JSON
// field's; every text is in the reader's language. Value holds what was typed,
// Values what was ticked.
type Field struct {
	Name, ID     string
	Kind         Kind
	Label, Hint  string
	Error        string
	Value        string
	Values       []string
	Options      []Option
	Required     bool
	OptionalMark string
	MaxRunes     int
	MaxWords     int // the script counts words down; the room says no
	Rows         int
	Min, Max     string
	Autocomplete string
	InputMode    string
	Datalist     []string
	Attrs        []Attr
	// Lang is the language of the texts when that is not the page's.
	Lang string
}

// Option is a choice of a Select, Radio or Checks field.
type Option struct {
	Value, Label, Hint string
	Selected           bool
}

// Attr is an extra attribute of the control, such as hx-get. Only names that
// the template knows are drawn.
type Attr struct{ Name, Value string }

// DOMID is the control's id: ID, or the name.
func (f Field) DOMID() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// Filled reports whether anything was typed or ticked.
func (f Field) Filled() bool { return f.Value != "" || len(f.Values) > 0 }

// set puts in what was typed, and marks the options that were chosen.
func (f *Field) set(values []string) {
	if f.Kind == Checks {
		f.Values = values
	} else if len(values) > 0 {
		f.Value = values[0]
	}
	chosen := map[string]bool{}
	for _, v := range values {
		chosen[v] = true
	}
	for i := range f.Options {
		f.Options[i].Selected = chosen[f.Options[i].Value]
	}
}

// With gives the field holding the value: how a stored value enters a form.
func (f Field) With(value string) Field {
	f.set([]string{value})
	return f
}

// WithAll gives the field with the values ticked.
func (f Field) WithAll(values []string) Field {
	f.set(values)
	return f
}
