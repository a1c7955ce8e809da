package importweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need/reading"
)

type fileForm struct{ File form.Field }

type fileView struct {
	web.Page
	Head    ui.Head
	Steps   ui.Steps
	Form    fileForm
	Actions ui.Actions
	Help    ui.Details
}

func (p *pages) filePage(r *http.Request, actor access.Actor) fileView {
	t := p.door.Printer(r)
	title := t.T("import.title")
	view := fileView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("import.lead")}, Steps: p.step.Steps(t, 0, ""),
		Form: fileForm{File: uploadview.Field(t.T("import.file"), t.T("import.file.hint", "max", uploadview.MaxMB()))},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("import.file.send"), Submit: true, Variant: ui.Primary},
			{Label: t.T("import.template"), Href: "/behov/import/mal.xlsx", Variant: ui.Tertiary}}},
		Help: ui.Details{Summary: t.T("import.help"), Paragraphs: []string{t.T("import.help.columns"), t.T("import.help.words"), t.T("import.help.kept"), t.T("import.help.twice")}}}
	view.Crumbs = crumbs(t)[:1]
	return view
}

func (p *pages) file(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "import/file", p.filePage(r, actor))
}

func (p *pages) filePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	book, err := uploadview.Receive(r)
	next := ""
	if err == nil {
		next, err = p.step.Keep(r, actor, book)
	}
	if err == nil {
		return web.SeeOther(w, r, next)
	}
	key, values, status := uploadview.Told(err, "import.error.no_file")
	if key == "" {
		return err
	}
	view := p.filePage(r, actor)
	view.Refused(form.Refill(&view.Form, nil, fault.InvalidField("file", key, values...), view.Printer))
	return p.door.Views.Render(w, status, "import/file", view)
}

// template is an empty sheet with the headings of every field.
func (p *pages) template(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("import.template.sheet")}
	for _, f := range reading.Columns() {
		kind := sheet.Text
		if f.Name == string(reading.Text) {
			kind = sheet.Long
		}
		table.Columns = append(table.Columns, sheet.Column{Title: t.T(f.Label), Kind: kind})
	}
	return uploadview.Send(w, "mal-behov.xlsx", table)
}
