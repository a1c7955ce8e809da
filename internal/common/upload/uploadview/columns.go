package uploadview

import (
	"embed"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the page of the columns and the texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Columns is the step of an import in which its owner says which column is what. The room
// lists its two handlers, Show and Choose, in its route table.
type Columns struct {
	Door   *gate.Door
	Sheets *upload.Service
	// Storing stores what its owner has said yes to.
	Storing upload.Storing
	Fields  upload.Fields
	// Room is what the room's views are registered under, Home the address that its
	// imports begin at, Crumbs the way there.
	Room, Home string
	Crumbs     func(t i18n.Printer) []ui.Link
	// Options are the questions about all rows, and Answer reads what was answered; both
	// nil for a room that asks none.
	Options func(t i18n.Printer, actor access.Actor, u upload.Upload) []form.Field
	Answer  func(in *form.Input, c *upload.Choices)
}

type columnsForm struct {
	Sheet, Header    form.Field
	Columns, Options []form.Field
}

type columnsView struct {
	web.Page
	Head    ui.Head
	Steps   ui.Steps
	Found   *ui.Notice
	Form    columnsForm
	Version int64
	Reread  ui.Action
	Actions ui.Actions
	Drop    ui.Action
}

// Register adds the page to the room's views.
func (c Columns) Register() { c.Door.Views.Add(c.Room, Files, "columns", columnsView{}) }

// At is the address of a step of the import of a sheet: kolonner, kontroll, ferdig.
func (c Columns) At(u upload.ID, step string) string { return c.Home + "/" + string(u) + "/" + step }

// Find reads the sheet that the path names; for all but its owner there is none.
func (c Columns) Find(r *http.Request, actor access.Actor) (upload.Upload, error) {
	u, err := upload.ParseID(r.PathValue("id"))
	if err != nil {
		return upload.Upload{}, fault.Missing()
	}
	return c.Sheets.Get(r.Context(), actor, u)
}

// Keep keeps the sheets of a book that can be seen, with a proposal for the likeliest, and
// answers where the import goes on. A room that asks nothing about all rows goes straight
// to the check of a sheet in which every heading is known; one without rows is refused.
func (c Columns) Keep(r *http.Request, actor access.Actor, book *sheet.Book) (string, error) {
	remembered, err := c.Sheets.Headings(r.Context(), actor)
	if err != nil {
		return "", err
	}
	choices, err := c.Fields.Read(book, remembered)
	if err != nil {
		return "", err
	}
	chosen, step := book.Sheets[choices.Sheet], "kolonner"
	if c.Options == nil {
		if len(chosen.Data()) == 0 {
			return "", &sheet.Error{Key: sheet.KeyNoRows}
		}
		if c.Fields.Sure(chosen, choices.Fields, remembered) {
			choices.Done, step = true, "kontroll"
		}
	}
	u, err := c.Sheets.Keep(r.Context(), actor, book, choices)
	return c.At(u, step), err
}

// Steps shows where in the import one is; those gone through lead back.
func (c Columns) Steps(t i18n.Printer, at int, u upload.ID) ui.Steps {
	out := ui.Steps{Label: t.T("upload.steps")}
	hrefs := []string{c.Home, c.At(u, "kolonner"), c.At(u, "kontroll"), ""}
	for i, label := range []i18n.Key{"upload.step.file", "upload.step.columns", "upload.step.check", "upload.step.done"} {
		s := ui.Step{Label: t.T(label), State: ui.StepTodo, StateLabel: t.T("upload.step.todo")}
		switch {
		case i == at:
			s.State, s.StateLabel = ui.StepCurrent, t.T("upload.step.now")
		case i < at:
			s.State, s.StateLabel, s.Href = ui.StepDone, t.T("upload.step.past"), hrefs[i]
		}
		out.Items = append(out.Items, s)
	}
	return out
}

// column names the form's field of column i.
func column(i int) string { return "column_" + strconv.Itoa(i) }

func (c Columns) page(r *http.Request, actor access.Actor, u upload.Upload) columnsView {
	t := c.Door.Printer(r)
	title := t.T("upload.columns.title")
	chosen := u.Chosen()
	view := columnsView{Page: c.Door.Frame(r, actor, title), Steps: c.Steps(t, 1, u.ID), Version: u.Version,
		Head:   ui.Head{Kicker: u.Name, Title: title, Lead: t.T("upload.columns.lead")},
		Form:   columnsForm{Columns: c.columnFields(t, chosen, u.Choices.Fields)},
		Reread: ui.Action{Label: t.T("upload.columns.reread"), Submit: true, Name: "reread", Value: "1", Variant: ui.Secondary, NoCheck: true},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("upload.columns.check"), Submit: true, Variant: ui.Primary},
			{Label: t.T("upload.columns.other"), Href: c.Home, Variant: ui.Tertiary}}},
		Drop: ui.Action{Label: t.T("upload.drop"), Post: true, Href: c.At(u.ID, "forkast"), Name: "drop", Value: "1", Variant: ui.Tertiary}}
	view.Crumbs = c.Crumbs(t)
	known := 0
	for _, f := range u.Choices.Fields {
		if f != "" {
			known++
		}
	}
	view.Found = &ui.Notice{Text: t.T("upload.columns.found", "known", known, "all", len(u.Choices.Fields), "n", len(chosen.Data()))}
	if chosen.Uncalculated > 0 {
		view.Found.Paragraphs = []string{t.T("upload.columns.uncalculated", "n", chosen.Uncalculated)}
	}
	if len(u.Sheets) > 1 {
		view.Form.Sheet = form.Field{Name: "sheet", Kind: form.Select, Label: t.T("upload.columns.sheet")}
		for i, s := range u.Sheets {
			view.Form.Sheet.Options = append(view.Form.Sheet.Options, form.Option{Value: strconv.Itoa(i), Label: s.Name, Selected: i == u.Choices.Sheet})
		}
	}
	view.Form.Header = form.Field{Name: "header", Kind: form.Number, Label: t.T("upload.columns.header"), Hint: t.T("upload.columns.header.hint"), Value: strconv.Itoa(u.Choices.Header)}
	if c.Options != nil {
		view.Form.Options = c.Options(t, actor, u)
	}
	return view
}

// examples is how many values of a column are shown beside its heading.
const examples = 3

func (c Columns) columnFields(t i18n.Printer, s sheet.Sheet, chosen []string) []form.Field {
	var out []form.Field
	for i, heading := range s.Headings() {
		label := heading
		if label == "" {
			label = Unnamed(t, i)
		}
		f := form.Field{Name: column(i), Kind: form.Select, Label: label, Options: []form.Option{{Value: "", Label: t.T("upload.columns.leave")}}}
		if values := sample(s, i); len(values) > 0 {
			f.Hint = t.T("upload.columns.example", "values", t.Join(values))
		}
		for _, field := range c.Fields {
			f.Options = append(f.Options, form.Option{Value: field.Name, Label: t.T(field.Label)})
		}
		if i < len(chosen) {
			f = f.With(chosen[i])
		}
		out = append(out, f)
	}
	return out
}

// sample gives the first different values of column i, cut short.
func sample(s sheet.Sheet, i int) []string {
	var out []string
	for _, row := range s.Data() {
		v := text.Truncate(text.CleanLine(row.Cell(i)), 40)
		if v != "" && !slices.Contains(out, "«"+v+"»") {
			out = append(out, "«"+v+"»")
		}
		if len(out) == examples {
			break
		}
	}
	return out
}

// Show is the page.
func (c Columns) Show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	u, err := c.Find(r, actor)
	if err != nil {
		return err
	}
	return c.Door.Views.Render(w, http.StatusOK, c.Room+"/columns", c.page(r, actor, u))
}

// Choose takes what was chosen and leads to the check, or reads the sheet anew.
func (c Columns) Choose(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	u, err := c.Find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	next, version, step := u.Choices, u.Version, "kolonner"
	if r.PostForm.Has("reread") {
		next, err = c.reread(r, actor, u, in)
	} else {
		version, step = int64(in.Int("version")), "kontroll"
		next.Fields, next.Done = c.read(in, u.Chosen().Headings()), true
	}
	if c.Answer != nil {
		c.Answer(in, &next)
	}
	if err == nil {
		err = in.Err()
	}
	if err == nil {
		err = c.Sheets.Choose(r.Context(), actor, u.ID, version, next)
	}
	if err == nil {
		return web.SeeOther(w, r, c.At(u.ID, step))
	}
	return c.refused(w, r, actor, u, err)
}

func (c Columns) refused(w http.ResponseWriter, r *http.Request, actor access.Actor, u upload.Upload, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := c.page(r, actor, u)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	}
	view.Refused(problems)
	return c.Door.Views.Render(w, gate.Status(err), c.Room+"/columns", view)
}

// read reads what each column is. A field that does not join is taken once, and what every
// sheet must have is there.
func (c Columns) read(in *form.Input, headings []string) []string {
	allowed := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		allowed[i] = f.Name
	}
	out := make([]string, len(headings))
	seen := map[string]bool{}
	for i := range headings {
		v := in.Choice(column(i), allowed...)
		if f, _ := c.Fields.Named(v); v != "" && seen[v] && !f.Joins {
			in.Refuse(column(i), "upload.error.twice")
		}
		seen[v], out[i] = true, v
	}
	for _, f := range c.Fields.Missing(out) {
		in.Refuse("missing", "upload.error.missing", "field", f.Label)
	}
	return out
}

// reread takes another sheet, or another row as the headings, and proposes anew.
func (c Columns) reread(r *http.Request, actor access.Actor, u upload.Upload, in *form.Input) (upload.Choices, error) {
	i := u.Choices.Sheet
	if s := r.PostForm.Get("sheet"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n >= len(u.Sheets) {
			in.Refuse("sheet", "form.error.choice")
		} else {
			i = n
		}
	}
	chosen := u.Sheets[i]
	if number := in.Int("header"); i == u.Choices.Sheet && in.Err() == nil {
		with, ok := chosen.WithHeader(number)
		if !ok {
			in.Refuse("header", "upload.error.header")
		}
		chosen = with
	}
	remembered, err := c.Sheets.Headings(r.Context(), actor)
	if err != nil {
		return upload.Choices{}, err
	}
	return c.Fields.Choose(i, chosen, remembered), nil
}

// Unnamed is what a column without a heading is called.
func Unnamed(t i18n.Printer, i int) string {
	return t.T("upload.columns.unnamed", "letter", Letter(i))
}

// Cell finds the heading and the words of the cell that a row, by its index, has for a
// field; false where no column is taken for it.
func Cell(t i18n.Printer, u upload.Upload, row int, field string) (heading, value string, ok bool) {
	i := slices.Index(u.Choices.Fields, field)
	if i < 0 {
		return "", "", false
	}
	s := u.Chosen()
	if heading = s.Headings()[i]; heading == "" {
		heading = Unnamed(t, i)
	}
	return heading, text.CleanLine(s.Data()[row].Cell(i)), true
}
