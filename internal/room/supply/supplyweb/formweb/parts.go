package formweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// Fields makes the fields of a form with their texts.
type Fields struct {
	say.Speaker
}

// Line is a field of one line.
func (f Fields) Line(name string, label i18n.Key, value string) form.Field {
	return form.Field{Name: name, Kind: form.Text, Label: f.T(label), Value: value, Autocomplete: "off"}
}

// Long is a field of several lines.
func (f Fields) Long(name string, label i18n.Key, value string, rows int) form.Field {
	return form.Field{Name: name, Kind: form.Long, Label: f.T(label), Value: value, Rows: rows}
}

// Day is a field for a day.
func (f Fields) Day(name string, label i18n.Key, value string) form.Field {
	return form.Field{Name: name, Kind: form.Date, Label: f.T(label), Value: value}
}

// Count is a field for a number, empty for none.
func (f Fields) Count(name string, label i18n.Key, value int) form.Field {
	return form.Field{Name: name, Kind: form.Number, Label: f.T(label), Value: Filled(value)}
}

// Share is a field for a share, empty when it is not known.
func (f Fields) Share(name string, label i18n.Key, value *int) form.Field {
	out := form.Field{Name: name, Kind: form.Number, Label: f.T(label)}
	if value != nil {
		out.Value = strconv.Itoa(*value)
	}
	return out
}

// Amount is a field for an amount, empty when it is not stated, which is not the same as free.
func (f Fields) Amount(name string, label i18n.Key, value *money.NOK) form.Field {
	out := form.Field{Name: name, Kind: form.Money, Label: f.T(label)}
	if value != nil {
		out.Value = value.Plain()
	}
	return out
}

// Choose is a field of choices.
func (f Fields) Choose(kind form.Kind, name string, label i18n.Key, list []form.Option, value string) form.Field {
	return form.Field{Name: name, Kind: kind, Label: f.T(label), Options: list}.With(value)
}

// Hinted is the field with a hint.
func (f Fields) Hinted(x form.Field, hint i18n.Key) form.Field {
	x.Hint = f.T(hint)
	return x
}

// Languages is a text in the two languages beside bokmål.
func (f Fields) Languages(name string, label i18n.Key, t i18n.Text, rows int) []form.Field {
	make := func(lang, value string) form.Field {
		x := f.Line(name+"."+lang, label, value)
		if rows > 0 {
			x = f.Long(name+"."+lang, label, value, rows)
		}
		x.Label = f.T("supply.in_language", "field", x.Label, "language", f.T(i18n.Key("supply.language."+lang)))
		return x
	}
	return []form.Field{make("nn", t.NN), make("en", t.EN)}
}

// None is the choice of nothing in a select.
func (f Fields) None() form.Option { return form.Option{Label: f.T("supply.value.choose")} }

// Filled writes a number, nothing for none.
func Filled(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Section is a part of a form that opens on a press.
type Section struct {
	Summary string
	Open    bool
	Hint    string
	Fields  []form.Field
	Rows    []ui.Fieldset
}

// OpenFaulty opens the sections that hold something wrong or filled.
func OpenFaulty(sections []Section) {
	for i := range sections {
		s := &sections[i]
		for _, f := range s.Fields {
			s.Open = s.Open || f.Error != ""
		}
		for _, row := range s.Rows {
			for _, f := range row.Fields {
				s.Open = s.Open || f.Error != ""
			}
		}
	}
}

// Texts reads a text in three languages.
func Texts(in *form.Input, name string) i18n.Text {
	return i18n.Text{NB: in.Text(name + ".nb"), NN: in.Text(name + ".nn"), EN: in.Text(name + ".en")}
}

// Share reads a share that may be empty.
func Share(in *form.Input, values url.Values, name string) *int {
	if strings.TrimSpace(values.Get(name)) == "" {
		return nil
	}
	n := in.Int(name)
	return &n
}

// Amount reads an amount that may be empty, which is not the same as free.
func Amount(in *form.Input, values url.Values, name string) *money.NOK {
	if strings.TrimSpace(values.Get(name)) == "" {
		return nil
	}
	n := in.Money(name)
	return &n
}

// Codes reads codes parted by commas, blanks or lines.
func Codes(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })
}

// MaxRows is how many rows of a kind a form takes.
const MaxRows = 60

// Compact moves the rows of a group together, so that the number of a row in a
// message is that of its field: names are group.0.part, group.1.part …
func Compact(values url.Values, group string, parts []string) int {
	kept := 0
	for row := range MaxRows {
		name := func(n int, part string) string { return group + "." + strconv.Itoa(n) + "." + part }
		has := slices.ContainsFunc(parts, func(part string) bool { return strings.TrimSpace(values.Get(name(row, part))) != "" })
		for _, part := range parts {
			v := values[name(row, part)]
			delete(values, name(row, part))
			if has && v != nil {
				values[name(kept, part)] = v
			}
		}
		if has {
			kept++
		}
	}
	return kept
}

// OutcomeLines writes outcomes in one language, a line each.
func OutcomeLines(list []i18n.Text, get func(i18n.Text) string) string {
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = get(t)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Outcomes puts the lines of the three languages together by their order.
func Outcomes(in *form.Input) []i18n.Text {
	nb, nn, en := strings.Split(in.Text("outcomes.nb"), "\n"), strings.Split(in.Text("outcomes.nn"), "\n"), strings.Split(in.Text("outcomes.en"), "\n")
	var out []i18n.Text
	at := func(lines []string, i int) string {
		if i < len(lines) {
			return strings.TrimSpace(lines[i])
		}
		return ""
	}
	for i := range max(len(nb), len(nn), len(en)) {
		if t := (i18n.Text{NB: at(nb, i), NN: at(nn, i), EN: at(en, i)}); t != (i18n.Text{}) {
			out = append(out, t)
		}
	}
	return out
}

// Theirs lists what somebody else saved while the reader was writing, against
// what the reader wrote.
func Theirs(s say.Speaker, stored, typed []offer.Value) ui.Table {
	t := ui.Table{Caption: s.T("supply.theirs"), Columns: []ui.Column{{Label: s.T("supply.theirs.field")}, {Label: s.T("supply.theirs.stored")}, {Label: s.T("supply.theirs.typed")}}}
	for _, d := range offer.Compare(stored, typed) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.T(offer.FieldName(d.Field))}, {Text: s.Value(d.Field, d.Before)}, {Text: s.Value(d.Field, d.After)}}})
	}
	return t
}

// Options are choices under their own names.
func Options[T interface {
	~string
	Label() i18n.Key
}](s say.Speaker, list []T) []form.Option {
	out := make([]form.Option, len(list))
	for i, v := range list {
		out[i] = form.Option{Value: string(v), Label: s.T(v.Label())}
	}
	return out
}
