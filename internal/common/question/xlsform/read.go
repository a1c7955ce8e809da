package xlsform

import (
	"errors"
	"slices"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
)

// Fault is one thing that could not be read. Row is as the spreadsheet program
// shows it, 0 for the sheet as a whole. Values are name-value pairs.
type Fault struct {
	Sheet  string   `json:"sheet"`
	Row    int      `json:"row"`
	Column string   `json:"column"`
	Key    i18n.Key `json:"key"`
	Values []string `json:"values,omitempty"`
}

// Result is what was read: the form, as far as it could be, a short name for
// it if the workbook gives one, what could not be read, and the row of each
// name.
type Result struct {
	Code       string
	Definition question.Definition
	Faults     []Fault
	Rows       map[string]int
}

// maxFaults is how many faults are told; more are of one making.
const maxFaults = 200

// Read reads the form. It never fails: a workbook without a survey gives a
// fault and an empty form.
func Read(book *sheet.Book) Result {
	r := &reader{out: Result{Rows: map[string]int{}}}
	r.settings(find(book, "settings"))
	r.lists = r.choices(find(book, "choices"))
	survey, ok := tableOf(find(book, "survey"), "type")
	if !ok {
		r.fault("survey", 0, "type", "xlsform.error.no_survey")
		return r.out
	}
	for _, column := range survey.unknown(surveyColumns) {
		r.fault("survey", survey.headRow, column, "xlsform.error.column", "column", column)
	}
	for _, row := range survey.rows {
		r.row(survey, row)
	}
	for _, g := range r.open {
		r.fault("survey", g.row, "type", "xlsform.error.not_closed", "type", g.kind)
	}
	r.flush()
	return r.out
}

// surveyColumns are those that are read, and those that make no difference here.
var surveyColumns = []string{"type", "name", "label", "hint", "relevant", "constraint", "constraint_message", "required", "required_message", "calculation",
	"choice_filter", "appearance", "read_only", "readonly", "note", "repeat_count", "guidance_hint"}

type reader struct {
	out     Result
	title   i18n.Text
	lists   map[string][]question.Choice
	open    []block
	section *question.Section // being filled
	repeat  *question.Question
}

// block is a group or repeat that is begun.
type block struct {
	kind     string // group, repeat
	row      int
	relevant string
	isPage   bool // it became a section
	skipped  bool // a repeat that could not be read: its rows are left out
}

func (r *reader) fault(sheetName string, row int, column string, key i18n.Key, values ...string) {
	if len(r.out.Faults) < maxFaults {
		r.out.Faults = append(r.out.Faults, Fault{Sheet: sheetName, Row: row, Column: column, Key: key, Values: values})
	}
}

// ignored are the types that a survey tool fills in by itself.
var ignored = []string{"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial", "subscriberid", "start-geopoint", "hidden", "xml-external", "csv-external"}

func (r *reader) row(t table, row sheet.Row) {
	kind := strings.Join(strings.Fields(strings.ToLower(t.cell(row, "type"))), " ")
	kind = strings.NewReplacer("begin_", "begin ", "end_", "end ").Replace(kind)
	switch {
	case kind == "" && t.cell(row, "name") == "" && t.text(row, "label") == (i18n.Text{}), slices.Contains(ignored, kind):
	case kind == "begin group", kind == "begin repeat":
		r.begin(t, row, strings.TrimPrefix(kind, "begin "))
	case kind == "end group", kind == "end repeat":
		r.end(row, strings.TrimPrefix(kind, "end "))
	case r.skipping():
	default:
		r.question(t, row, kind)
	}
}

func (r *reader) skipping() bool {
	return slices.ContainsFunc(r.open, func(b block) bool { return b.skipped })
}

func (r *reader) begin(t table, row sheet.Row, kind string) {
	b := block{kind: kind, row: row.Number, relevant: t.cell(row, "relevant")}
	r.expression(row, "relevant", b.relevant)
	switch {
	case kind == "repeat" && (r.repeat != nil || r.skipping()):
		r.fault("survey", row.Number, "type", "xlsform.error.nested_repeat")
		b.skipped = true
	case kind == "repeat":
		q := question.Question{Kind: question.Table, Name: r.name(t, row), Label: t.text(row, "label"), Hint: t.text(row, "hint"), ShowIf: r.condition(b.relevant)}
		b.relevant = ""
		r.repeat = &q
	case len(r.open) == 0:
		r.flush()
		b.isPage = true
		r.section = &question.Section{Name: r.name(t, row), Title: t.text(row, "label"), Intro: t.text(row, "hint"), ShowIf: b.relevant}
		if r.section.Title == (i18n.Text{}) {
			r.section.Title = i18n.Text{NB: r.section.Name}
		}
		b.relevant = ""
	}
	r.open = append(r.open, b)
}

func (r *reader) end(row sheet.Row, kind string) {
	if len(r.open) == 0 || r.open[len(r.open)-1].kind != kind {
		r.fault("survey", row.Number, "type", "xlsform.error.not_opened", "type", "end "+kind)
		return
	}
	b := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	switch {
	case kind == "repeat" && !b.skipped:
		q := *r.repeat
		r.repeat = nil
		r.add(q)
	case b.isPage:
		r.flush()
	}
}

// condition joins what an inner group hangs on with what its question does.
func (r *reader) condition(own string) string {
	var parts []string
	for _, b := range r.open {
		if b.relevant != "" {
			parts = append(parts, b.relevant)
		}
	}
	if own != "" {
		parts = append(parts, own)
	}
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return "(" + strings.Join(parts, ") and (") + ")"
}

// add puts a question where it belongs: into the table or the section that is
// open, or into a first section of its own.
func (r *reader) add(q question.Question) {
	if r.repeat != nil {
		r.repeat.Columns = append(r.repeat.Columns, q)
		return
	}
	if r.section == nil {
		name := "skjema"
		if n := len(r.out.Definition.Sections); n > 0 {
			name = "skjema_" + string(rune('a'+n%26))
		}
		title := r.title
		if title == (i18n.Text{}) {
			title = i18n.Text{NB: "Spørsmål", NN: "Spørsmål", EN: "Questions"}
		}
		r.section = &question.Section{Name: name, Title: title}
	}
	r.section.Questions = append(r.section.Questions, q)
}

// flush ends the section that is being filled.
func (r *reader) flush() {
	if r.section != nil && len(r.section.Questions) > 0 {
		r.out.Definition.Sections = append(r.out.Definition.Sections, *r.section)
	}
	r.section = nil
}

// name is the row's name, noted with its row; one that cannot be used is told.
func (r *reader) name(t table, row sheet.Row) string {
	name := t.cell(row, "name")
	if !expr.IsName(name) {
		r.fault("survey", row.Number, "name", "question.problem.name")
		return name
	}
	if _, twice := r.out.Rows[name]; twice {
		r.fault("survey", row.Number, "name", "question.problem.name_twice", "name", name)
	}
	r.out.Rows[name] = row.Number
	return name
}

// types are the simple types and what they become.
var types = map[string]question.Kind{"text": question.Text, "string": question.Text, "integer": question.Number, "int": question.Number, "decimal": question.Decimal, "date": question.Date,
	"note": question.Note, "calculate": question.Text, "file": question.File, "image": question.File, "audio": question.File, "video": question.File,
	"long": question.Long, "money": question.Money, "organisation": question.Organisation, "municipality": question.Municipality, "person_role": question.PersonRole, "concept": question.Concept}

func (r *reader) question(t table, row sheet.Row, kind string) {
	q := question.Question{Name: r.name(t, row), Label: t.text(row, "label"), Hint: t.text(row, "hint"), ShowIf: r.condition(t.cell(row, "relevant")),
		Constraint: t.cell(row, "constraint"), ConstraintMessage: t.text(row, "constraint_message"), Calculation: t.cell(row, "calculation"), ChoiceFilter: t.cell(row, "choice_filter")}
	for _, x := range []struct{ column, src string }{{"relevant", t.cell(row, "relevant")}, {"constraint", q.Constraint}, {"calculation", q.Calculation}, {"choice_filter", q.ChoiceFilter}} {
		r.expression(row, x.column, x.src)
	}
	word, rest, _ := strings.Cut(kind, " ")
	known := true
	switch word {
	case "select_one", "select_multiple":
		q.Kind = map[string]question.Kind{"select_one": question.Single, "select_multiple": question.Multiple}[word]
		q.Choices, known = r.list(row, rest)
	default:
		q.Kind, known = types[kind]
		if !known {
			r.fault("survey", row.Number, "type", "xlsform.error.type", "type", kind)
		}
	}
	if q.Kind == question.Text && strings.Contains(strings.ToLower(t.cell(row, "appearance")), "multiline") {
		q.Kind = question.Long
	}
	if kind == "calculate" && q.Label == (i18n.Text{}) {
		q.Label = i18n.Text{NB: q.Name}
	}
	q.Required = r.yes(t, row)
	if r.repeat != nil && (q.Kind == question.Note || q.Kind == question.Multiple || q.Kind == question.File) {
		r.fault("survey", row.Number, "type", "xlsform.error.in_repeat", "type", kind)
		known = false
	}
	if known {
		r.add(q)
	}
}

// list are the choices of the list that the type names, with one for other
// answers when it asks for that.
func (r *reader) list(row sheet.Row, rest string) ([]question.Choice, bool) {
	name, extra, _ := strings.Cut(rest, " ")
	choices, ok := r.lists[name]
	if !ok {
		r.fault("survey", row.Number, "type", "xlsform.error.list", "list", name)
		return nil, false
	}
	choices = slices.Clone(choices)
	if extra == "or_other" {
		choices = append(choices, question.Choice{Code: "other", Label: i18n.Text{NB: "Annet", NN: "Anna", EN: "Other"}, Other: true})
	}
	return choices, true
}

func (r *reader) yes(t table, row sheet.Row) bool {
	switch strings.ToLower(strings.TrimSuffix(t.cell(row, "required"), "()")) {
	case "yes", "true", "ja", "1", "sann":
		return true
	case "", "no", "false", "nei", "0", "usann":
		return false
	}
	r.fault("survey", row.Number, "required", "xlsform.error.required")
	return false
}

// expression tells what is wrong with a rule; it stays in the form, where it
// can be mended.
func (r *reader) expression(row sheet.Row, column, src string) {
	if src == "" {
		return
	}
	_, err := expr.Parse(src)
	var bad *expr.Error
	if errors.As(err, &bad) {
		values := bad.Values()
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = show(v)
		}
		r.fault("survey", row.Number, column, bad.Key, texts...)
	}
}
