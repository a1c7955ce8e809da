package pasteweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need/notes"
	"kompetansetorg/internal/room/need/paste"
)

type textForm struct{ Body form.Field }

type textView struct {
	web.Page
	Head    ui.Head
	Warning ui.Notice
	Form    textForm
	Actions ui.Actions
	Help    ui.Details
	Earlier ui.Table
}

func (p *pages) textPage(r *http.Request, actor access.Actor) (textView, error) {
	t := p.door.Printer(r)
	title := t.T("paste.title")
	view := textView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("paste.lead")},
		Warning: ui.Notice{Color: ui.Warning, Text: t.T("paste.warning")},
		Form: textForm{Body: form.Field{Name: "body", Kind: form.Long, Rows: 14, Label: t.T("paste.body"), Hint: t.T("paste.body.hint", "max", notes.MaxText),
			Required: true, MaxRunes: notes.MaxText, Autocomplete: "off"}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("paste.find"), Submit: true, Variant: ui.Primary}, {Label: t.T("paste.cancel"), Href: "/behov", Variant: ui.Tertiary}}},
		Help:    ui.Details{Summary: t.T("paste.help"), Paragraphs: []string{t.T("paste.help.found"), t.T("paste.help.left_out"), t.T("paste.help.kept", "days", paste.Days)}}}
	view.Crumbs = []ui.Link{{Label: t.T("paste.crumb"), Href: "/behov"}}
	list, err := p.Paste.List(r.Context(), actor)
	view.Earlier = earlier(t, list)
	return view, err
}

// earlier lists the texts that the reader has not finished.
func earlier(t i18n.Printer, list []paste.Paste) ui.Table {
	table := ui.Table{Caption: t.T("paste.earlier"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("paste.earlier.text")}, {Label: t.T("paste.earlier.open")}, {Label: t.T("paste.earlier.until")}, {Label: t.T("paste.drop"), Hidden: true}}}
	for _, x := range list {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: text.Truncate(text.CleanLine(x.Body), 70), Href: path(x.ID) + "/forslag", Sub: t.Date(x.MadeAt.Date())},
			{Text: t.T("paste.count.open", "n", x.Count(paste.Open))}, {Text: t.Date(x.Expires.Date())},
			{Actions: []ui.Action{dropAction(t, x.ID, ui.Tertiary)}}}})
	}
	return table
}

func dropAction(t i18n.Printer, x paste.ID, v ui.Variant) ui.Action {
	return ui.Action{Label: t.T("paste.drop"), Post: true, Href: path(x) + "/slett", Name: "drop", Value: "1", Variant: v,
		Confirm: &ui.Confirm{Text: t.T("paste.drop.ask"), Yes: t.T("paste.drop"), No: t.T("paste.cancel")}}
}

func (p *pages) text(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.textPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "paste/text", view)
}

func (p *pages) textPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	kept, err := p.Paste.Keep(r.Context(), actor, r.PostForm.Get("body"))
	if err == nil {
		return web.SeeOther(w, r, path(kept)+"/forslag")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, viewErr := p.textPage(r, actor)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "paste/text", view)
}

func (p *pages) dropPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err == nil {
		err = p.Paste.Drop(r.Context(), actor, x.ID)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/behov/lim-inn?ok=paste.said.dropped")
}
