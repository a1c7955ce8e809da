package importweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/reading"
)

type columnsForm struct {
	Sheet, Header          form.Field
	Columns                []form.Field
	Create, Ground, Drafts form.Field
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

// column names the field of column i.
func column(i int) string { return "column_" + strconv.Itoa(i) }

func (p *pages) columnsPage(r *http.Request, actor access.Actor, u upload.Upload) columnsView {
	t := p.door.Printer(r)
	title := t.T("import.columns.title")
	chosen := u.Chosen()
	view := columnsView{Page: p.door.Frame(r, actor, title), Steps: steps(t, 1, u), Version: u.Version,
		Head:   ui.Head{Kicker: u.Name, Title: title, Lead: t.T("import.columns.lead")},
		Form:   columnsForm{Columns: columnFields(t, chosen, u.Choices.Fields)},
		Reread: ui.Action{Label: t.T("import.columns.reread"), Submit: true, Name: "reread", Value: "1", Variant: ui.Secondary, NoCheck: true},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("import.columns.check"), Submit: true, Variant: ui.Primary},
			{Label: t.T("import.columns.other"), Href: "/behov/import", Variant: ui.Tertiary}}},
		Drop: ui.Action{Label: t.T("import.drop"), Post: true, Href: path(u) + "/forkast", Name: "drop", Value: "1", Variant: ui.Tertiary}}
	view.Crumbs = []ui.Link{{Label: t.T("import.crumb"), Href: "/behov"}, {Label: t.T("import.title"), Href: "/behov/import"}}
	known := 0
	for _, f := range u.Choices.Fields {
		if f != "" {
			known++
		}
	}
	view.Found = &ui.Notice{Text: t.T("import.columns.found", "known", known, "all", len(u.Choices.Fields), "n", len(chosen.Data()))}
	if chosen.Uncalculated > 0 {
		view.Found.Paragraphs = []string{t.T("import.columns.uncalculated", "n", chosen.Uncalculated)}
	}
	if len(u.Sheets) > 1 {
		view.Form.Sheet = form.Field{Name: "sheet", Kind: form.Select, Label: t.T("import.columns.sheet")}
		for i, s := range u.Sheets {
			view.Form.Sheet.Options = append(view.Form.Sheet.Options, form.Option{Value: strconv.Itoa(i), Label: s.Name, Selected: i == u.Choices.Sheet})
		}
	}
	view.Form.Header = form.Field{Name: "header", Kind: form.Number, Label: t.T("import.columns.header"), Hint: t.T("import.columns.header.hint"), Value: strconv.Itoa(u.Choices.Header)}
	p.optionFields(t, actor, u, &view.Form)
	return view
}

// optionFields are what is said about all rows; only those who act for others
// are asked about other organisations.
func (p *pages) optionFields(t i18n.Printer, actor access.Actor, u upload.Upload, f *columnsForm) {
	tick := func(name string, label, yes i18n.Key, on bool) form.Field {
		return form.Field{Name: name, Kind: form.Checks, Label: t.T(label), Options: []form.Option{{Value: "1", Label: t.T(yes), Selected: on}}}
	}
	if need.CanRepresent(actor) {
		f.Create = tick("create", "import.option.create", "import.option.create.yes", u.Choices.Create)
		f.Ground = form.Field{Name: "mandate_ground", Kind: form.Text, Label: t.T("import.option.ground"), Hint: t.T("import.option.ground.hint"), Value: u.Choices.Ground}
	}
	f.Drafts = tick("drafts", "import.option.drafts", "import.option.drafts.yes", u.Choices.Drafts)
}

// examples is how many values of a column are shown beside its heading.
const examples = 3

func columnFields(t i18n.Printer, s sheet.Sheet, chosen []string) []form.Field {
	var out []form.Field
	for i, heading := range s.Headings() {
		label := heading
		if label == "" {
			label = t.T("import.columns.unnamed", "letter", uploadview.Letter(i))
		}
		f := form.Field{Name: column(i), Kind: form.Select, Label: label, Options: []form.Option{{Value: "", Label: t.T("import.columns.leave")}}}
		if values := sample(s, i); len(values) > 0 {
			f.Hint = t.T("import.columns.example", "values", t.Join(values))
		}
		for _, field := range reading.Fields() {
			f.Options = append(f.Options, form.Option{Value: string(field), Label: t.T(field.Label())})
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

func (p *pages) columns(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	u, err := p.find(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "import/columns", p.columnsPage(r, actor, u))
}

func (p *pages) columnsPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	u, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	version := int64(in.Int("version"))
	if r.PostForm.Has("reread") {
		return p.reread(w, r, actor, u, in)
	}
	next := u.Choices
	next.Create, next.Ground, next.Drafts, next.Done = in.Bool("create"), in.Text("mandate_ground"), in.Bool("drafts"), true
	next.Fields = readColumns(in, u.Chosen().Headings())
	if err = in.Err(); err == nil {
		err = p.Uploads.Choose(r.Context(), actor, u.ID, version, next)
	}
	if err == nil {
		err = p.remember(r, actor, u.Chosen().Headings(), next.Fields)
	}
	if err == nil {
		return web.SeeOther(w, r, path(u)+"/kontroll")
	}
	return p.columnsRefused(w, r, actor, u, err)
}

func (p *pages) columnsRefused(w http.ResponseWriter, r *http.Request, actor access.Actor, u upload.Upload, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.columnsPage(r, actor, u)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "import/columns", view)
}

// readColumns reads what each column is. A field that cannot be joined is
// taken once, and what every need must have is there.
func readColumns(in *form.Input, headings []string) []string {
	allowed := make([]string, 0, len(reading.Fields()))
	for _, f := range reading.Fields() {
		allowed = append(allowed, string(f))
	}
	out := make([]string, len(headings))
	seen := map[string]bool{}
	for i := range headings {
		v := in.Choice(column(i), allowed...)
		if v != "" && seen[v] && !reading.Field(v).Joins() {
			in.Refuse(column(i), "import.error.twice")
		}
		seen[v], out[i] = true, v
	}
	for _, f := range reading.Mandatory() {
		if !seen[string(f)] {
			in.Refuse("missing", "import.error.missing", "field", f.Label())
		}
	}
	return out
}

// reread takes another sheet, or another row as the headings, and proposes
// anew.
func (p *pages) reread(w http.ResponseWriter, r *http.Request, actor access.Actor, u upload.Upload, in *form.Input) error {
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
			in.Refuse("header", "import.error.header")
		}
		chosen = with
	}
	err := in.Err()
	if err == nil {
		remembered, lookErr := p.remembered(r, actor)
		if lookErr != nil {
			return lookErr
		}
		next := chosenFrom(i, chosen, remembered)
		next.Create, next.Ground, next.Drafts = in.Bool("create"), in.Text("mandate_ground"), in.Bool("drafts")
		err = p.Uploads.Choose(r.Context(), actor, u.ID, u.Version, next)
	}
	if err == nil {
		return web.SeeOther(w, r, path(u)+"/kolonner")
	}
	return p.columnsRefused(w, r, actor, u, err)
}

// remember keeps what the headings were taken for, for the next time.
func (p *pages) remember(r *http.Request, actor access.Actor, headings, fields []string) error {
	kept := map[string]string{}
	for i, h := range headings {
		if h != "" {
			kept[h] = fields[i]
		}
	}
	return p.Intake.RememberHeadings(r.Context(), actor, kept)
}
