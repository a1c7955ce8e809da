package importweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
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
	view := fileView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("import.lead")}, Steps: steps(t, 0, upload.Upload{}),
		Form: fileForm{File: uploadview.Field(t.T("import.file"), t.T("import.file.hint", "max", uploadview.MaxMB()))},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("import.file.send"), Submit: true, Variant: ui.Primary},
			{Label: t.T("import.template"), Href: "/behov/import/mal.xlsx", Variant: ui.Tertiary}}},
		Help: ui.Details{Summary: t.T("import.help"), Paragraphs: []string{t.T("import.help.columns"), t.T("import.help.words"), t.T("import.help.kept"), t.T("import.help.twice")}}}
	view.Crumbs = []ui.Link{{Label: t.T("import.crumb"), Href: "/behov"}}
	return view
}

func (p *pages) file(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "import/file", p.filePage(r, actor))
}

func (p *pages) filePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	book, err := uploadview.Receive(r)
	var u upload.ID
	if err == nil {
		u, err = p.keep(r, actor, book)
	}
	if err == nil {
		return web.SeeOther(w, r, "/behov/import/"+string(u)+"/kolonner")
	}
	key, values, status := uploadview.Told(err, "import.error.no_file")
	if key == "" {
		return err
	}
	view := p.filePage(r, actor)
	view.Refused(form.Refill(&view.Form, nil, fault.InvalidField("file", key, values...), view.Printer))
	return p.door.Views.Render(w, status, "import/file", view)
}

// keep keeps the sheets that can be seen, with a proposal for the likeliest.
func (p *pages) keep(r *http.Request, actor access.Actor, book *sheet.Book) (upload.ID, error) {
	remembered, err := p.remembered(r, actor)
	if err != nil {
		return "", err
	}
	named := reading.Names()
	known := func(heading string) bool {
		_, ok := remembered(heading)
		return ok || named(heading)
	}
	var sheets []sheet.Sheet
	for _, s := range book.Sheets {
		if !s.Hidden && len(s.Rows) > 0 {
			sheets = append(sheets, s.WithKnownHeadings(known))
		}
	}
	if len(sheets) == 0 {
		return "", &sheet.Error{Key: sheet.KeyNoRows}
	}
	book.Sheets = sheets
	best, most := 0, -1
	for i, s := range sheets {
		if n := score(reading.Propose(s.Headings(), remembered), len(s.Data())); n > most {
			best, most = i, n
		}
	}
	return p.Uploads.Keep(r.Context(), actor, book, chosenFrom(best, sheets[best], remembered))
}

// score is higher for a sheet in which more columns are known and, among such,
// for one with rows.
func score(fields []reading.Field, rows int) int {
	n := 10 * recognised(fields)
	if rows > 0 {
		n += 5
	}
	return n
}

// recognised is how many columns are taken for a field.
func recognised(fields []reading.Field) int {
	n := 0
	for _, f := range fields {
		if f != "" {
			n++
		}
	}
	return n
}

// remembered gives what the organisation took a heading for last.
func (p *pages) remembered(r *http.Request, actor access.Actor) (func(string) (reading.Field, bool), error) {
	kept, err := p.Intake.Headings(r.Context(), actor)
	return func(heading string) (reading.Field, bool) {
		f, ok := kept[text.Fold(heading)]
		return reading.Field(f), ok
	}, err
}

// chosenFrom proposes what the columns of a sheet are.
func chosenFrom(i int, s sheet.Sheet, remembered func(string) (reading.Field, bool)) upload.Choices {
	c := upload.Choices{Sheet: i}
	if s.Header >= 0 {
		c.Header = s.Rows[s.Header].Number
	}
	for _, f := range reading.Propose(s.Headings(), remembered) {
		c.Fields = append(c.Fields, string(f))
	}
	return c
}

// template is an empty sheet with the headings of every field.
func (p *pages) template(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("import.template.sheet")}
	for _, f := range reading.Fields() {
		kind := sheet.Text
		if f == reading.Text {
			kind = sheet.Long
		}
		table.Columns = append(table.Columns, sheet.Column{Title: t.T(f.Label()), Kind: kind})
	}
	return uploadview.Send(w, "mal-behov.xlsx", table)
}
