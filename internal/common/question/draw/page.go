package draw

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Page is a form with answers, ready to be drawn for a reader.
type Page struct {
	i18n.Printer
	Registers  Registers
	Definition question.Definition
	Values     question.Values
	Today      clock.Date
	// Live answers the section anew when the form is posted to it; empty for
	// none.
	Live string
	// Prefilled are the facts that were filled in beforehand.
	Prefilled map[string]forms.Prefill
	// Last is the same organisation's answer before this; nil when there is none.
	Last *forms.Answer
	// Unchanged is whether the section was said to be unchanged since.
	Unchanged bool
	// Prefix is put before the names and ids of everything, for a page that
	// shows questions without asking them.
	Prefix string
	// FileHref is the address of a file of the answer; nil where files are only
	// named. Writes tells that files can be sent and taken away here; KeepsNone that
	// what is sent is looked at and not kept.
	FileHref  func(question.Sent) string
	Writes    bool
	KeepsNone bool

	state *question.State
}

// Text is a text of the form in the reader's language, or in one it has, with
// that language when it is another.
func (p Page) Text(t i18n.Text) (s, lang string) {
	s, in := t.In(p.Language())
	if in != p.Language() && s != "" {
		lang = string(in)
	}
	return s, lang
}

// Shown are the sections that are shown as the answers are.
func (p Page) Shown() []question.Section {
	state := p.Definition.State(p.Values, p.Today)
	var out []question.Section
	for _, s := range p.Definition.Sections {
		if state.Section(s) == question.Visible {
			out = append(out, s)
		}
	}
	return out
}

// Section draws the questions of the section that are to be asked now.
func (p Page) Section(sec question.Section) ui.Questions {
	p.state = p.Definition.State(p.Values, p.Today)
	out := ui.Questions{Live: p.Live, Update: ui.Action{Label: p.T("draw.update"), Submit: true, Variant: ui.Tertiary, Name: actField, Value: actUpdate, NoCheck: true}}
	if p.Last != nil && p.Prefix == "" && !forms.Carried(*p.Last, sec).IsEmpty() {
		out.Last = p.last()
	}
	for _, q := range sec.Questions {
		if p.state.Shown(q.Name) == question.Visible {
			out.List = append(out.List, p.asked(q, p.state.Value(q.Name)))
		}
	}
	if !hangs(p.Definition, sec) {
		out.Update = ui.Action{}
	}
	return out
}

// hangs reports whether anything on the section's page changes with an answer,
// so that there is something to update.
func hangs(d question.Definition, sec question.Section) bool {
	for _, s := range d.Sections {
		if s.ShowIf != "" {
			return true
		}
	}
	for _, q := range sec.Questions {
		if q.ShowIf != "" || q.ChoiceFilter != "" || q.Calculation != "" || q.Kind == question.Table || q.Kind == question.Concept {
			return true
		}
	}
	return false
}

func (p Page) last() ui.Last {
	day := p.Last.SubmittedAt.Date()
	if p.Unchanged {
		return ui.Last{Text: p.T("draw.last.unchanged", "day", day)}
	}
	return ui.Last{Text: p.T("draw.last.text", "day", day),
		Action: ui.Action{Label: p.T("draw.last.take"), Submit: true, Variant: ui.Secondary, Name: actField, Value: actUnchanged, NoCheck: true}}
}

// asked draws a question outside any table.
func (p Page) asked(q question.Question, v question.Value) ui.Asked {
	out := ui.Asked{ID: p.Prefix + "asked-" + q.Name, Names: []string{q.Name}}
	switch {
	case q.Kind == question.Note:
		out.Names = nil
		out.Text, out.Lang = p.Text(q.Label)
		return out
	case q.Calculation != "":
		out.Names = nil
		out.Title, out.Lang = p.Text(q.Label)
		out.Text = p.sayOr(q, v)
		return out
	case q.Kind == question.Table:
		out.Rows = p.table(q, v)
		out.Told = p.told(q, v)
		return out
	}
	if q.Kind == question.File {
		p.files(&out, q, v)
		return out
	}
	out.Fields, out.Shape = p.fields(question.FieldOf(q.Name), q, v, -1)
	out.Told = p.told(q, v)
	return out
}

func (p Page) table(q question.Question, v question.Value) *ui.Repeat {
	head := p.head(question.FieldOf(q.Name), q)
	out := &ui.Repeat{Head: head}
	rows := v.Rows
	for len(rows) < max(1, q.Limits.MinRows) {
		rows = append(rows, question.Values{})
	}
	for i, row := range rows {
		out.Rows = append(out.Rows, p.row(q, i, row, len(v.Rows) > 1))
	}
	if limit := q.Limits.MaxRows; (limit == 0 || len(rows) < limit) && len(rows) < question.MaxRows {
		out.Add = ui.Action{Label: p.T("draw.row.add"), Context: head.Label, Submit: true, Variant: ui.Secondary, Name: actField, Value: actAdd + ":" + q.Name, NoCheck: true}
	}
	for _, col := range q.Columns {
		if col.Sum {
			label, _ := p.Text(col.Label)
			out.Sums = append(out.Sums, ui.Fact{Label: p.T("draw.sum", "what", label), Text: p.amount(col, p.state.Sum(col.Name))})
		}
	}
	return out
}

func (p Page) row(q question.Question, i int, row question.Values, removable bool) ui.RepeatRow {
	nr := strconv.Itoa(i)
	out := ui.RepeatRow{Legend: p.T("draw.row", "nr", i+1)}
	for _, col := range q.Columns {
		name := q.Name + "." + nr + "." + col.Name
		v := p.state.ValueIn(col.Name, i)
		a := ui.Asked{ID: p.Prefix + "asked-" + q.Name + "-" + nr + "-" + col.Name, Names: []string{name}}
		switch {
		case p.state.ShownIn(col.Name, i) != question.Visible:
			if given := row[col.Name]; !given.IsEmpty() {
				out.Kept = append(out.Kept, ui.Hidden{Name: question.FieldIn(q.Name, i, col.Name), Value: given.Text}, ui.Hidden{Name: askedField, Value: name})
			}
			continue
		case col.Calculation != "":
			a.Names = nil
			a.Title, a.Lang = p.Text(col.Label)
			a.Text = p.sayOr(col, v)
		default:
			a.Fields, a.Shape = p.fields(question.FieldIn(q.Name, i, col.Name), col, v, i)
			a.Told = p.understood(col, v)
		}
		out.Cells = append(out.Cells, a)
	}
	if removable {
		out.Remove = ui.Action{Label: p.T("draw.row.remove"), Context: p.T("draw.row", "nr", i+1), Submit: true, Variant: ui.Tertiary,
			Name: actField, Value: actRemove + ":" + q.Name + ":" + nr, NoCheck: true}
	}
	return out
}

// head is what all fields have: name, label, hint, whether it may be left out.
func (p Page) head(name string, q question.Question) form.Field {
	f := form.Field{Name: p.Prefix + name, Required: q.Required}
	f.Label, f.Lang = p.Text(q.Label)
	f.Hint, _ = p.Text(q.Hint)
	if !q.Required {
		f.OptionalMark = p.T("draw.optional")
	}
	if n := q.Limits.MaxWords; n > 0 {
		f.Hint = strings.TrimSpace(f.Hint + " " + p.T("draw.words", "max", n))
	}
	return f
}

// radios is how many choices are shown all at once.
const radios = 8

// fields draws the field of a question, and the one for words to a choice. row
// is the row of a table, or -1.
func (p Page) fields(name string, q question.Question, v question.Value, row int) (list []form.Field, shape string) {
	f := p.head(name, q)
	f.Value = v.Text
	switch q.Kind {
	case question.Text, question.PersonRole:
		f.Kind, f.MaxRunes, f.MaxWords = form.Text, q.MaxRunes(), q.Limits.MaxWords
		if q.Kind == question.PersonRole {
			f.Hint = strings.TrimSpace(f.Hint + " " + p.T("draw.person_role"))
		}
	case question.Long:
		f.Kind, f.MaxRunes, f.MaxWords, f.Rows = form.Long, q.Limits.MaxLength, q.Limits.MaxWords, 5
	case question.Number:
		f.Kind = form.Number
	case question.Decimal:
		f.Kind, f.InputMode = form.Number, "decimal"
		if p.Language() != i18n.EN {
			f.Value = strings.Replace(v.Text, ".", ",", 1)
		}
	case question.Money:
		f.Kind = form.Money
	case question.Date:
		f.Kind = form.Date
	case question.Single, question.Multiple:
		return p.choices(f, q, v, row)
	default:
		f.Kind, f.Autocomplete, f.Attrs = form.Suggest, "off", p.suggesting(name, q)
	}
	return []form.Field{f}, ""
}

// SuggestPath answers the names for what somebody has begun to write.
const SuggestPath = "/skjema/forslag"

// suggesting are the attributes by which the script asks for names.
func (p Page) suggesting(name string, q question.Question) []form.Attr {
	return []form.Attr{{Name: "hx-get", Value: SuggestPath + "?slag=" + string(q.Kind) + "&ordliste=" + q.Scheme + "&felt=" + name},
		{Name: "hx-trigger", Value: "input changed delay:300ms"}, {Name: "hx-target", Value: "[id='" + p.Prefix + name + "-list']"}, {Name: "hx-sync", Value: "this:replace"}}
}

func (p Page) choices(f form.Field, q question.Question, v question.Value, row int) ([]form.Field, string) {
	offered := p.state.Offered(q, row)
	chosen := v.Codes
	f.Kind = form.Checks
	if q.Kind == question.Single {
		chosen = []string{v.Text}
		f.Kind = form.Radio
		if len(offered) > radios || row >= 0 {
			f.Kind = form.Select
			f.Options = append(f.Options, form.Option{Label: p.T("draw.choose")})
		}
	}
	var shape strings.Builder
	words := false
	for _, c := range offered {
		shape.WriteString(c.Code + " ")
		label, _ := p.Text(c.Label)
		if c.Letter != "" {
			label = c.Letter + ") " + label
		}
		f.Options = append(f.Options, form.Option{Value: c.Code, Label: label})
		words = words || c.Other
	}
	if q.Kind == question.Single && v.Text == "" {
		chosen = nil
	}
	f = f.WithAll(chosen)
	f.Value, f.Values = v.Text, v.Codes
	out := []form.Field{f}
	if words {
		out = append(out, form.Field{Name: f.Name + ".other", Kind: form.Text, Label: p.T("draw.other"), Hint: p.T("draw.other.hint"), Value: v.Other,
			OptionalMark: p.T("draw.optional"), MaxRunes: question.MaxLabel})
	}
	return out, shape.String()
}
