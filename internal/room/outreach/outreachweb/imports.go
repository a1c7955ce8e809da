package outreachweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/intake"
)

type importForm struct{ File form.Field }

type importView struct {
	web.Page
	Head    ui.Head
	Steps   ui.Steps
	Form    importForm
	Actions ui.Actions
	Help    ui.Details
}

func importPath(u upload.ID) string { return "/besok/importer/" + string(u) }

// importSteps shows where in the import one is.
func importSteps(t i18n.Printer, at int) ui.Steps {
	out := ui.Steps{Label: t.T("outreach.import.steps")}
	for i, label := range []i18n.Key{"outreach.import.step.file", "outreach.import.step.check", "outreach.import.step.done"} {
		s := ui.Step{Label: t.T(label), State: ui.StepTodo, StateLabel: t.T("outreach.import.step.todo")}
		switch {
		case i == at:
			s.State, s.StateLabel = ui.StepCurrent, t.T("outreach.import.step.now")
		case i < at:
			s.State, s.StateLabel = ui.StepDone, t.T("outreach.import.step.past")
			if i == 0 {
				s.Href = "/besok/importer"
			}
		}
		out.Items = append(out.Items, s)
	}
	return out
}

func (p *pages) importPage(r *http.Request, actor access.Actor) importView {
	t := p.door.Printer(r)
	title := t.T("outreach.import.title")
	view := importView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("outreach.import.lead")}, Steps: importSteps(t, 0),
		Form: importForm{File: uploadview.Field(t.T("outreach.import.file"), t.T("outreach.import.file.hint", "max", uploadview.MaxMB()))},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("outreach.import.send"), Submit: true, Variant: ui.Primary},
			{Label: t.T("outreach.import.template"), Href: "/besok/importer/mal.xlsx", Variant: ui.Tertiary}}},
		Help: ui.Details{Summary: t.T("outreach.import.help"), Paragraphs: []string{t.T("outreach.import.help.columns"), t.T("outreach.import.help.words"), t.T("outreach.import.help.twice"), t.T("outreach.import.help.kept")}}}
	view.Crumbs = []ui.Link{{Label: t.T("outreach.title"), Href: "/besok"}}
	return view
}

func (p *pages) importFile(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "outreach/import", p.importPage(r, actor))
}

func (p *pages) importFilePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	book, err := uploadview.Receive(r)
	var u upload.ID
	if err == nil {
		u, err = p.keepSheet(r, actor, book)
	}
	if err == nil {
		return web.SeeOther(w, r, importPath(u)+"/kontroll")
	}
	key, values, status := uploadview.Told(err, "outreach.import.error.no_file")
	if key != "" {
		err = fault.InvalidField("file", key, values...)
	} else if status = http.StatusUnprocessableEntity; !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.importPage(r, actor)
	view.Refused(form.Refill(&view.Form, nil, err, view.Printer))
	return p.door.Views.Render(w, status, "outreach/import", view)
}

// keepSheet keeps the sheet in which most columns are known. One that lacks what every
// visit must have is refused, and the fault names it.
func (p *pages) keepSheet(r *http.Request, actor access.Actor, book *sheet.Book) (upload.ID, error) {
	t := p.door.Printer(r)
	var best sheet.Sheet
	var fields []intake.Field
	most := -1
	for _, s := range book.Sheets {
		if s.Hidden || len(s.Rows) == 0 {
			continue
		}
		s = s.WithKnownHeadings(intake.Names())
		proposed := intake.Propose(s.Headings())
		known := -len(intake.Missing(proposed))
		if most == -1 || known > most {
			best, fields, most = s, proposed, known
		}
	}
	if len(best.Rows) == 0 {
		return "", &sheet.Error{Key: sheet.KeyNoRows}
	}
	if missing := intake.Missing(fields); len(missing) > 0 {
		var names []string
		for _, f := range missing {
			names = append(names, "«"+t.T(f.Label())+"»")
		}
		return "", fault.InvalidField("file", "outreach.import.error.headings", "names", t.Join(names))
	}
	if len(best.Data()) == 0 {
		return "", &sheet.Error{Key: sheet.KeyNoRows}
	}
	c := upload.Choices{Done: true, Fields: text.Strings(fields)}
	if best.Header >= 0 {
		c.Header = best.Rows[best.Header].Number
	}
	book.Sheets = []sheet.Sheet{best}
	return p.Uploads.Keep(r.Context(), actor, book, c)
}

// judgedSheet is a kept sheet with what an import of it would do now.
type judgedSheet struct {
	upload.Upload
	rows   []intake.Row
	result intake.Result
}

// sheetRows reads the sheet that the path names; for all but its owner there is none.
func (p *pages) sheetRows(r *http.Request, actor access.Actor) (judgedSheet, error) {
	u, err := upload.ParseID(r.PathValue("id"))
	if err != nil {
		return judgedSheet{}, fault.Missing()
	}
	j := judgedSheet{}
	if j.Upload, err = p.Uploads.Get(r.Context(), actor, u); err != nil {
		return j, err
	}
	rd := intake.Reader{Places: p.Places, Today: p.Clock.Today()}
	fields := text.Typed[intake.Field](j.Choices.Fields)
	for _, row := range j.Chosen().Data() {
		j.rows = append(j.rows, rd.Row(row, fields))
	}
	return j, nil
}

func (p *pages) judgeSheet(r *http.Request, actor access.Actor) (judgedSheet, error) {
	j, err := p.sheetRows(r, actor)
	if err == nil {
		j.result, err = p.Intake.Preview(r.Context(), actor, j.rows)
	}
	return j, err
}

// importTemplate is an empty sheet with the headings, and a line that shows how.
func (p *pages) importTemplate(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("outreach.visits")}
	for _, f := range intake.Fields() {
		table.Columns = append(table.Columns, sheet.Column{Title: t.T(f.Label())})
	}
	return uploadview.Send(w, "mal-besok.xlsx", table)
}

// importFaulty is the rows that could not be taken, as they came, with what is wrong in
// a column of its own: mended, the file can be sent again.
func (p *pages) importFaulty(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judgeSheet(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	table := uploadview.Faulty(t.T("outreach.import.faults"), t.T("outreach.import.faults.what"), j.Chosen(), func(letter string) string { return letter }, func(row int) []string {
		var said []string
		for _, f := range j.result.Rows[row].Faults {
			heading, _ := j.cell(t, row, f.Name)
			said = append(said, heading+": "+t.T(f.Key, f.Values...))
		}
		return said
	})
	return uploadview.Send(w, "feil.xlsx", table)
}

// cell finds the heading and the words of the cell that a fault is about.
func (j judgedSheet) cell(t i18n.Printer, row int, field string) (heading, value string) {
	s := j.Chosen()
	for i, f := range j.Choices.Fields {
		if f == field {
			return s.Headings()[i], text.CleanLine(s.Data()[row].Cell(i))
		}
	}
	return t.T(intake.Field(field).Label()), ""
}

func (p *pages) importDrop(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.sheetRows(r, actor)
	if err == nil {
		err = p.Uploads.Drop(r.Context(), actor, j.ID)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/besok/importer?ok=outreach.said.dropped")
}

func importRow(t i18n.Printer, nr int) string {
	return t.T("outreach.import.row", "nr", strconv.Itoa(nr))
}
