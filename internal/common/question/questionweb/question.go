package questionweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// group is a part of the question's form that opens on a press.
type group struct {
	Summary, Hint string
	Open          bool
	Fields        []form.Field
}

type questionView struct {
	web.Page
	Head    ui.Head
	Kind    form.Field
	Show    ui.Action // draws the page for the kind that is chosen
	Fields  []form.Field
	Choices ui.Repeat
	Groups  []group
	Kept    []form.Field // what was filled in for another kind
	Version int64
	Draft   ui.Draft
	Help    ui.Details
	Columns ui.Table
	More    ui.Actions // below the columns
	Actions ui.Actions
	// Preview shows the question as the answerer sees it; its controls send
	// nothing.
	Preview ui.Questions
}

// spot is where a question stands: in a section, or in a table of it.
type spot struct {
	section, question, column int // column -1 outside a table
}

// at is the spot as Check names it.
func (s spot) at() string {
	out := "sections." + strconv.Itoa(s.section) + ".questions." + strconv.Itoa(s.question)
	if s.column >= 0 {
		out += ".columns." + strconv.Itoa(s.column)
	}
	return out
}

// in is the question at the spot.
func (s spot) in(d *question.Definition) *question.Question {
	q := &d.Sections[s.section].Questions[s.question]
	if s.column >= 0 {
		return &q.Columns[s.column]
	}
	return q
}

// spotOf finds the question or column of the name.
func spotOf(d question.Definition, name string) (spot, bool) {
	for i, s := range d.Sections {
		for j, q := range s.Questions {
			if q.Name == name {
				return spot{i, j, -1}, true
			}
			for k, c := range q.Columns {
				if c.Name == name {
					return spot{i, j, k}, true
				}
			}
		}
	}
	return spot{}, false
}

// room adds an empty question to the section or table of the name.
func room(d *question.Definition, name string) (spot, bool) {
	for i := range d.Sections {
		s := &d.Sections[i]
		if s.Name == name {
			s.Questions = append(s.Questions, question.Question{Kind: question.Text})
			return spot{i, len(s.Questions) - 1, -1}, true
		}
		for j := range s.Questions {
			if q := &s.Questions[j]; q.Name == name && q.Kind == question.Table {
				q.Columns = append(q.Columns, question.Question{Kind: question.Number})
				return spot{i, j, len(q.Columns) - 1}, true
			}
		}
	}
	return spot{}, false
}

func (p *pages) questionPage(r *http.Request, actor access.Actor, f forms.Form, d question.Definition, at spot, title i18n.Key) questionView {
	t, q := p.door.Printer(r), *at.in(&d)
	view := questionView{Page: p.door.Frame(r, actor, t.T(title)), Version: f.Version, Head: ui.Head{Kicker: named(t, f.Title), Title: t.T(title)},
		Draft: draftBox(t, string(f.ID)+"-"+q.Name), Help: help(t, d), Actions: saveActions(t, path(f.ID))}
	view.Crumbs = crumbs(t, &f)
	view.Kind = kindField(t, q, at.column >= 0)
	view.Show = ui.Action{Label: t.T("question.kind.show"), Submit: true, Variant: ui.Secondary, Name: "act", Value: "kind", NoCheck: true}
	view.Fields = append(textFields(t, "label", "question.field.label", q.Label, false, question.MaxLabel),
		form.Field{Name: "required", Kind: form.Checks, Label: t.T("question.field.required"), Options: []form.Option{{Value: "ja", Label: t.T("question.field.required.yes"), Selected: q.Required}}})
	if at.column >= 0 {
		view.Fields = append(view.Fields, form.Field{Name: "sum", Kind: form.Checks, Label: t.T("question.field.sum"), Options: []form.Option{{Value: "ja", Label: t.T("question.field.sum.yes"), Selected: q.Sum}}})
	}
	view.Choices = choiceRows(t, q)
	view.Groups = groups(t, q, at.column >= 0)
	if q.Name != "" {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("question.question.remove"), Href: path(f.ID) + "/fjern/" + q.Name, Variant: ui.Tertiary, Color: ui.Danger})
		view.Preview = p.preview(t, d, at)
	}
	if q.Kind == question.Table && q.Name != "" {
		view.Columns = columnTable(t, f, q)
		if len(q.Columns) > 0 {
			view.More.Items = []ui.Action{{Label: t.T("question.column.new"), Href: path(f.ID) + "/nytt-sporsmal/" + q.Name, Variant: ui.Secondary}}
		}
	}
	return view
}

func kindField(t i18n.Printer, q question.Question, column bool) form.Field {
	f := form.Field{Name: "kind", Kind: form.Select, Label: t.T("question.field.kind"), Hint: t.T("question.hint.kind")}
	for _, k := range question.Kinds() {
		if column && (k == question.Table || k == question.Note || k == question.File || k == question.Multiple) {
			continue
		}
		f.Options = append(f.Options, form.Option{Value: string(k), Label: t.T(kindLabel(k)), Selected: k == q.Kind})
	}
	f.Value = string(q.Kind)
	return f
}

// blankChoices is how many empty rows stand after the choices.
const blankChoices = 2

func choiceRows(t i18n.Printer, q question.Question) ui.Repeat {
	out := ui.Repeat{Head: form.Field{Name: "choices", Label: t.T("question.field.choices"), Hint: t.T("question.hint.choices")},
		Add: ui.Action{Label: t.T("question.choices.more"), Submit: true, Variant: ui.Secondary, Name: "act", Value: "choices", NoCheck: true}}
	list := q.Choices
	for range blankChoices {
		list = append(list[:len(list):len(list)], question.Choice{})
	}
	for i, c := range list {
		at := "choices." + strconv.Itoa(i)
		cell := func(name string, label i18n.Key, value string) ui.Asked {
			return ui.Asked{ID: at + "." + name + "-cell", Fields: []form.Field{{Name: at + "." + name, Kind: form.Text, Label: t.T(label), Value: value, Autocomplete: "off"}}}
		}
		out.Rows = append(out.Rows, ui.RepeatRow{Legend: t.T("question.choice", "nr", i+1), Cells: []ui.Asked{
			cell("label.nb", "question.choice.nb", c.Label.NB), cell("label.nn", "question.choice.nn", c.Label.NN), cell("label.en", "question.choice.en", c.Label.EN),
			cell("code", "question.choice.code", c.Code), cell("letter", "question.choice.letter", c.Letter), cell("attrs", "question.choice.attrs", attrsText(c.Attrs)),
			{ID: at + ".other-cell", Fields: []form.Field{{Name: at + ".other", Kind: form.Checks, Label: t.T("question.choice.other"), Options: []form.Option{{Value: "ja", Label: t.T("question.choice.other.yes"), Selected: c.Other}}}}},
		}})
	}
	return out
}

func attrsText(attrs map[string]string) string {
	var out []string
	for k, v := range attrs {
		out = append(out, k+"="+v)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func groups(t i18n.Printer, q question.Question, column bool) []group {
	line := func(name string, label, hint i18n.Key, value string) form.Field {
		f := form.Field{Name: name, Kind: form.Text, Label: t.T(label), Value: value, OptionalMark: t.T("draw.optional"), Autocomplete: "off"}
		if hint != "" {
			f.Hint = t.T(hint)
		}
		return f
	}
	number := func(name string, label i18n.Key, n int) form.Field {
		return form.Field{Name: name, Kind: form.Number, Label: t.T(label), Value: count(n), OptionalMark: t.T("draw.optional")}
	}
	l := q.Limits
	rules := group{Summary: t.T("question.group.rules"), Hint: t.T("question.group.rules.hint"), Fields: append([]form.Field{
		line("show_if", "question.field.show_if", "question.hint.show_if", q.ShowIf), line("constraint", "question.field.constraint", "question.hint.constraint", q.Constraint)},
		textFields(t, "constraint_message", "question.field.constraint_message", q.ConstraintMessage, false, question.MaxLabel)...)}
	rules.Fields = append(rules.Fields, line("calculation", "question.field.calculation", "question.hint.calculation", q.Calculation),
		line("choice_filter", "question.field.choice_filter", "question.hint.choice_filter", q.ChoiceFilter))
	limits := group{Summary: t.T("question.group.limits"), Fields: []form.Field{
		line("limits.min", "question.field.min", "question.hint.limit", l.Min), line("limits.max", "question.field.max", "question.hint.limit", l.Max),
		number("limits.max_words", "question.field.max_words", l.MaxWords), number("limits.max_length", "question.field.max_length", l.MaxLength),
		number("limits.max_choices", "question.field.max_choices", l.MaxChoices), number("limits.min_rows", "question.field.min_rows", l.MinRows), number("limits.max_rows", "question.field.max_rows", l.MaxRows),
		number("limits.max_files", "question.field.max_files", l.MaxFiles)}}
	more := group{Summary: t.T("question.group.more"), Fields: append(textFields(t, "hint", "question.field.hint", q.Hint, true, question.MaxIntro),
		line("name", "question.field.name", "question.hint.name", q.Name), schemeField(t, q.Scheme), sightField(t, q.Sight, true))}
	if !column {
		more.Fields = append(more.Fields, prefillField(t, q.Prefill))
	}
	return []group{rules, limits, more}
}

func schemeField(t i18n.Printer, chosen string) form.Field {
	f := form.Field{Name: "scheme", Kind: form.Select, Label: t.T("question.field.scheme"), Options: []form.Option{{Label: t.T("question.scheme.all"), Selected: chosen == ""}}}
	for _, s := range schemes()[1:] {
		f.Options = append(f.Options, form.Option{Value: s, Label: t.T(i18n.Key("question.scheme." + s)), Selected: s == chosen})
	}
	return f
}

func schemes() []string {
	return []string{"", string(vocab.Styrk08), string(vocab.Trade), string(vocab.Topic)}
}

func prefillField(t i18n.Printer, chosen string) form.Field {
	f := form.Field{Name: "prefill", Kind: form.Select, Label: t.T("question.field.prefill"), Hint: t.T("question.hint.prefill"), Options: []form.Option{{Label: t.T("question.prefill.none"), Selected: chosen == ""}}}
	for _, k := range question.PrefillKeys() {
		f.Options = append(f.Options, form.Option{Value: k, Label: t.T(i18n.Key("question.prefill." + k)), Selected: k == chosen})
	}
	return f
}

func columnTable(t i18n.Printer, f forms.Form, q question.Question) ui.Table {
	out := ui.Table{Caption: t.T("question.columns"), Columns: []ui.Column{{Label: t.T("question.col.column")}, {Label: t.T("question.col.kind")}, {Label: t.T("question.field.sum")}},
		Empty: ui.Empty{Title: t.T("question.columns.empty"), Actions: []ui.Action{{Label: t.T("question.column.new"), Href: path(f.ID) + "/nytt-sporsmal/" + q.Name, Variant: ui.Secondary}}}}
	for _, c := range q.Columns {
		label, _ := c.Label.In(t.Language())
		sum := ""
		if c.Sum {
			sum = t.T("question.field.sum.yes")
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: named(t, label), Href: path(f.ID) + "/sporsmal/" + c.Name, Sub: c.Name}, {Text: t.T(kindLabel(c.Kind))}, {Text: sum}}})
	}
	return out
}

// preview draws the question by itself, as if all conditions held.
func (p *pages) preview(t i18n.Printer, d question.Definition, at spot) ui.Questions {
	d = d.Clone()
	sec := &d.Sections[at.section]
	sec.ShowIf = ""
	sec.Questions = []question.Question{sec.Questions[at.question]}
	q := &sec.Questions[0]
	q.ShowIf = ""
	for i := range q.Columns {
		q.Columns[i].ShowIf = ""
	}
	out := draw.Page{Printer: t, Registers: p.Registers, Definition: d, Values: question.Values{}, Today: p.Clock.Today(), Prefix: "vis-"}.Section(*sec)
	out.Update = ui.Action{}
	for i := range out.List {
		if rows := out.List[i].Rows; rows != nil {
			rows.Add = ui.Action{}
		}
	}
	return out
}

func (p *pages) newQuestion(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	at, ok := room(&d, r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	return p.door.Views.Render(w, http.StatusOK, "question/question", p.questionPage(r, actor, f, d, at, newTitle(at)).fit(at.in(&d).Kind))
}

func newTitle(at spot) i18n.Key {
	if at.column >= 0 {
		return "question.column.new"
	}
	return "question.question.new"
}

func (p *pages) newQuestionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	at, ok := room(&d, r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	return p.saveQuestion(w, r, actor, f, d, at, newTitle(at))
}

func (p *pages) question(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	at, ok := spotOf(d, r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	return p.door.Views.Render(w, http.StatusOK, "question/question", p.questionPage(r, actor, f, d, at, "question.question.edit").fit(at.in(&d).Kind))
}

func (p *pages) questionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	at, ok := spotOf(d, r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	return p.saveQuestion(w, r, actor, f, d, at, "question.question.edit")
}

// saveQuestion stores what was posted for the question. What is wrong with the
// question itself is told at its fields; what is wrong elsewhere in the draft
// stands on the form's page.
func (p *pages) saveQuestion(w http.ResponseWriter, r *http.Request, actor access.Actor, f forms.Form, d question.Definition, at spot, title i18n.Key) error {
	q := at.in(&d)
	kind := q.Kind
	if k := question.Kind(r.PostForm.Get("kind")); slices.Contains(question.Kinds(), k) {
		kind = k
	}
	used := usedBy(kind, r.PostForm)
	in := form.Read(used)
	posted := readQuestion(in, used, *q, at.column >= 0)
	rows := posted.rows
	*q = posted.Question
	if q.Name == "" {
		q.Name = nameOr("", q.Label.String(), d)
	}
	view := p.questionPage(r, actor, f, d, at, title)
	if title != "question.question.edit" { // not saved yet: neither removed nor given columns
		view.Columns, view.More, view.Actions = ui.Table{}, ui.Actions{}, saveActions(view.Printer, path(f.ID))
	}
	view.Choices = choiceRows(view.Printer, question.Question{Choices: make([]question.Choice, max(0, rowsIn(r.PostForm)-blankChoices))})
	if act := r.PostForm.Get("act"); act == "choices" || act == "kind" {
		if act == "choices" {
			view.Choices = choiceRows(view.Printer, question.Question{Choices: make([]question.Choice, rowsIn(r.PostForm))})
		}
		form.Refill(&view, r.PostForm, nil, view.Printer)
		return p.door.Views.Render(w, http.StatusOK, "question/question", view.fit(kind))
	}
	fs := problemsAt(d.Check(p.Forms.Can()), at.at(), "columns")
	err := join(in.Err(), fs.Err(), rows)
	if err == nil {
		err = p.Forms.SaveDraft(r.Context(), actor, f.ID, seen(r), d)
	}
	if err == nil {
		to := path(f.ID) + "?ok=question.said.saved#sp-" + url.PathEscape(q.Name)
		if q.Kind == question.Table && len(q.Columns) == 0 {
			to = path(f.ID) + "/nytt-sporsmal/" + q.Name + "?ok=question.said.saved"
		}
		return web.SeeOther(w, r, to)
	}
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	problems := form.Refill(&view, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	} else if n := seen(r); n >= 0 {
		view.Version = n
	}
	view = view.fit(kind)
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "question/question", view)
}
