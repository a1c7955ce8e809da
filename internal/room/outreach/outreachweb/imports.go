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

// importCrumbs lead back to where an import begins.
func importCrumbs(t i18n.Printer) []ui.Link {
	return []ui.Link{{Label: t.T("outreach.title"), Href: "/besok"}, {Label: t.T("outreach.import.title"), Href: "/besok/importer"}}
}

func (p *pages) importPage(r *http.Request, actor access.Actor) importView {
	t := p.door.Printer(r)
	title := t.T("outreach.import.title")
	view := importView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("outreach.import.lead")}, Steps: p.step.Steps(t, 0, ""),
		Form: importForm{File: uploadview.Field(t.T("outreach.import.file"), t.T("outreach.import.file.hint", "max", uploadview.MaxMB()))},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("outreach.import.send"), Submit: true, Variant: ui.Primary},
			{Label: t.T("outreach.import.template"), Href: "/besok/importer/mal.xlsx", Variant: ui.Tertiary}}},
		Help: ui.Details{Summary: t.T("outreach.import.help"), Paragraphs: []string{t.T("outreach.import.help.columns"), t.T("outreach.import.help.words"), t.T("outreach.import.help.twice"), t.T("outreach.import.help.kept")}}}
	view.Crumbs = importCrumbs(t)[:1]
	return view
}

func (p *pages) importFile(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "outreach/import", p.importPage(r, actor))
}

func (p *pages) importFilePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	book, err := uploadview.Receive(r)
	next := ""
	if err == nil {
		next, err = p.step.Keep(r, actor, book)
	}
	if err == nil {
		return web.SeeOther(w, r, next)
	}
	key, values, status := uploadview.Told(err, "outreach.import.error.no_file")
	if key == "" {
		return err
	}
	view := p.importPage(r, actor)
	view.Refused(form.Refill(&view.Form, nil, fault.InvalidField("file", key, values...), view.Printer))
	return p.door.Views.Render(w, status, "outreach/import", view)
}

// judgedSheet is a kept sheet with what an import of it would do now.
type judgedSheet struct {
	upload.Upload
	rows   []intake.Row
	result intake.Result
}

// sheetRows reads the sheet that the path names; for all but its owner there is none. One
// whose columns nobody has confirmed has no rows yet.
func (p *pages) sheetRows(r *http.Request, actor access.Actor) (judgedSheet, error) {
	u, err := p.step.Find(r, actor)
	j := judgedSheet{Upload: u}
	if err != nil || !u.Choices.Done {
		return j, err
	}
	j.rows = p.Intake.Rows(u)
	return j, nil
}

func (p *pages) judgeSheet(r *http.Request, actor access.Actor) (judgedSheet, error) {
	j, err := p.sheetRows(r, actor)
	if err == nil && j.Choices.Done {
		j.result, err = p.Intake.Preview(r.Context(), actor, j.rows)
	}
	return j, err
}

// importTemplate is an empty sheet with the headings, and a line that shows how.
func (p *pages) importTemplate(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("outreach.visits")}
	for _, f := range intake.Columns() {
		table.Columns = append(table.Columns, sheet.Column{Title: t.T(f.Label)})
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
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	t := p.door.Printer(r)
	table := uploadview.Faulty(t.T("outreach.import.faults"), t.T("outreach.import.faults.what"), j.Chosen(), func(i int) string { return uploadview.Unnamed(t, i) }, func(row int) []string {
		var said []string
		for _, f := range j.result.Rows[row].Faults {
			heading, _ := j.cell(t, row, f.Name)
			said = append(said, heading+": "+t.T(f.Key, f.Values...))
		}
		return said
	})
	return uploadview.Send(w, "feil.xlsx", table)
}

// cell finds the heading and the words of the cell that a fault is about; a field without
// a column of its own has only its name.
func (j judgedSheet) cell(t i18n.Printer, row int, field string) (heading, value string) {
	heading, value, ok := uploadview.Cell(t, j.Upload, row, field)
	if !ok {
		heading = t.T(intake.Field(field).Label())
	}
	return heading, value
}

func (p *pages) importDrop(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	u, err := p.step.Find(r, actor)
	if err == nil {
		err = p.Storing.Sheets.Drop(r.Context(), actor, u.ID)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/besok/importer?ok=outreach.said.dropped")
}

func importRow(t i18n.Printer, nr int) string {
	return t.T("outreach.import.row", "nr", strconv.Itoa(nr))
}
