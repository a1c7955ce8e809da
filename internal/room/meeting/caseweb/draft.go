package caseweb

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/writing"
)

// draftView is the paper as it stands, each section with its way to change it.
type draftView struct {
	web.Page
	Head     ui.Head
	Notices  []ui.Notice
	Bodies   ui.Table
	HeaderDo ui.Action
	Sections []draftSection
	Keep     *ui.Fieldset
	KeepTo   string
	KeepDo   ui.Action
}

type draftSection struct {
	ID, Heading string
	Body        template.HTML // drawn by paper, which escapes every word in it
	Empty       string
	Edit        ui.Action
	Saved       string
}

func (p *pages) draft(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.writing(r, actor)
	if err != nil {
		return err
	}
	c, doc, frozen, err := p.Writing.Draft(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	links, err := p.links(r, actor, frozen)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := draftView{Page: p.door.Frame(r, actor, t.T("case.draft")), KeepTo: path(d.ID) + "/ta-vare",
		Head:   ui.Head{Kicker: t.T("case.kicker", "number", frozen.Number), Title: t.T("case.draft"), Lead: c.Title, Tags: []ui.Tag{stateTag(t, c.State)}},
		Bodies: bodyTable(t, frozen.Header)}
	view.Crumbs = crumbs(t, d)
	view.Head.Actions = []ui.Action{{Label: t.T("case.do.check"), Href: path(d.ID) + "/kontroll", Variant: ui.Primary}, {Label: t.T("case.draft.preview"), Href: path(d.ID) + "/utkast", Variant: ui.Secondary},
		{Label: t.T("case.versions"), Href: path(d.ID) + "/versjoner", Variant: ui.Secondary}}
	writes := casework.IsWritten(c)
	if writes {
		view.HeaderDo = ui.Action{Label: t.T("case.header.edit"), Href: path(d.ID) + "/hode", Variant: ui.Tertiary}
		view.Keep = &ui.Fieldset{Fields: []form.Field{{Name: "why", Kind: form.Text, Label: t.T("case.field.why"), Hint: t.T("case.hint.keep"), MaxRunes: writing.MaxReason}}}
		view.KeepDo = ui.Action{Label: t.T("case.keep"), Submit: true, Variant: ui.Secondary}
	}
	if casework.IsIssued(c.State) {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Info, Text: t.T("case.draft.issued")})
	}
	if len(doc.Header) > 0 {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Info, Text: t.T("case.header.own")})
	}
	for _, s := range doc.Sections {
		x := draftSection{ID: "del-" + s.Name, Heading: s.Heading}
		if writes {
			x.Edit = ui.Action{Label: t.T("case.section.edit"), Context: s.Heading, Href: path(d.ID) + "/saksframlegg/" + s.Name, Variant: ui.Secondary}
		}
		if s.Words == "" {
			x.Empty = t.T("case.section.empty")
		} else {
			x.Saved = t.T("case.section.saved", "when", t.Moment(s.SavedAt))
			body := append([]paper.Block{paper.H(2, s.Heading)}, p.reader(t, 3, frozen, links).Read(s.Words)...)
			html, err := paper.Document{Title: c.Title, Lang: t.Language(), Body: body, Words: paper.Words{Contents: "-", About: "-"}}.Inner()
			if err != nil {
				return err
			}
			_, html, _ = strings.Cut(html, "</h2>") // the page has the heading itself
			x.Body = template.HTML(html)
		}
		view.Sections = append(view.Sections, x)
	}
	return p.door.Views.Render(w, http.StatusOK, "case/draft", view)
}

func bodyTable(t i18n.Printer, rows []casepaper.FrozenRow) ui.Table {
	out := ui.Table{Caption: t.T("case.paper.bodies"), Columns: []ui.Column{{Label: t.T("case.paper.body")}, {Label: t.T("case.paper.body_number")}, {Label: t.T("case.paper.day")}},
		Empty: ui.Empty{Title: t.T("case.header.none"), Text: t.T("case.header.none.text")}}
	for _, r := range rows {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: r.Body}, {Text: r.Number}, {Text: t.Date(r.Day)}}})
	}
	return out
}

// sectionForm is the editor of one section.
func (p *pages) sectionForm(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	c, doc, _, err := p.Writing.Draft(r.Context(), actor, d.ID)
	if err != nil {
		return asked{}, err
	}
	s, ok := doc.Section(r.PathValue("name"))
	if !ok || !casework.IsWritten(c) {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	lead := ""
	if s.Help != "" {
		lead = t.T(s.Help)
	}
	back := path(d.ID) + "/saksframlegg"
	return asked{Title: s.Heading, Lead: lead, Crumbs: append(crumbs(t, d), ui.Link{Label: t.T("case.draft"), Href: back}), Back: back + "#del-" + s.Name, Submit: t.T("case.save"), Version: s.Version,
		Theirs: theirs{t.T("case.theirs.section", "when", t.Moment(s.SavedAt)), paragraphs(s.Words)},
		Draft: &ui.Draft{Key: "sak-" + string(d.ID) + "-" + s.Name, Saving: t.T("case.autosave.saving"), Saved: t.T("case.autosave.saved"), Offline: t.T("case.autosave.offline"),
			Found: t.T("case.autosave.found"), Restore: t.T("case.autosave.restore"), Throw: t.T("case.autosave.throw")},
		Groups: []ui.Fieldset{{Fields: []form.Field{
			{Name: "words", Kind: form.Long, Rows: 18, Label: t.T("case.field.text"), Hint: t.T("case.hint.text"), Value: s.Words, MaxRunes: writing.MaxSection},
			{Name: "heading", Kind: form.Text, Label: t.T("case.field.heading"), Value: s.Heading, Required: true}}}},
		Help: p.writingHelp(t),
		Save: func(in *form.Input, values url.Values) (string, error) {
			return back + "?ok=case.said.written#del-" + s.Name, p.Writing.SaveSection(r.Context(), actor, d.ID, s.Name, seen(values), in.Text("heading"), in.Text("words"))
		}}, nil
}

// writingHelp says how lists and tables are written, and which figures there are.
func (p *pages) writingHelp(t i18n.Printer) []ui.Details {
	how := ui.Details{Summary: t.T("case.writing"), Points: []ui.Point{{Text: t.T("case.writing.heading")}, {Text: t.T("case.writing.list")}, {Text: t.T("case.writing.table")}, {Text: t.T("case.writing.strong")}, {Text: t.T("case.writing.link")}, {Text: t.T("case.writing.annex")}}}
	figures := ui.Details{Summary: t.T("case.figures"), Paragraphs: []string{t.T("case.figures.text")}}
	for _, s := range p.Writing.Figures {
		figures.Facts = append(figures.Facts, ui.Fact{Label: t.T(s.Label), Text: "[[" + strings.TrimSpace(s.Name+" "+s.Example) + "]]"})
	}
	return []ui.Details{how, figures}
}

func (p *pages) headerForm(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	c, doc, _, err := p.Writing.Draft(r.Context(), actor, d.ID)
	if err == nil && !casework.IsWritten(c) {
		err = fault.Missing()
	}
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	back := path(d.ID) + "/saksframlegg"
	return asked{Title: t.T("case.header.edit"), Lead: t.T("case.header.lead"), Crumbs: append(crumbs(t, d), ui.Link{Label: t.T("case.draft"), Href: back}), Back: back, Submit: t.T("case.save"), Version: doc.Version,
		Theirs: theirs{t.T("case.theirs"), paragraphs(casepaper.HeaderText(doc.Header))},
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "header", Kind: form.Long, Rows: 4, Label: t.T("case.field.header"), Hint: t.T("case.hint.header"), Value: casepaper.HeaderText(doc.Header)}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			return back + "?ok=case.said.written", p.Writing.SaveHeader(r.Context(), actor, d.ID, seen(values), in.Text("header"))
		}}, nil
}

func (p *pages) keepPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.id(r)
	if err == nil {
		err = r.ParseForm()
	}
	if err != nil {
		return err
	}
	if _, err := p.Writing.Keep(r.Context(), actor, c, form.Read(r.PostForm).Text("why")); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(c)+"/versjoner?ok=case.said.kept")
}
