package forumweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
)

// findDocument reads the version that the path names, and whether the reader keeps it.
func (p *pages) findDocument(r *http.Request, actor access.Actor) (found, forum.Document, forum.Signatures, error) {
	f, err := p.find(r, actor)
	if err != nil {
		return f, forum.Document{}, forum.Signatures{}, err
	}
	id, err := forum.ParseDocumentID(r.PathValue("doc"))
	if err != nil {
		return f, forum.Document{}, forum.Signatures{}, fault.Missing()
	}
	d, signed, _, err := p.Forums.Document(r.Context(), actor, id)
	if err == nil && d.Body != f.id {
		err = fault.Missing()
	}
	return f, d, signed, err
}

// document shows a version with who has signed it, and the versions before and after.
func (p *pages) document(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, signed, err := p.findDocument(r, actor)
	if err != nil {
		return err
	}
	all, err := p.Forums.Documents(r.Context(), f.id)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	page := leaf.Page{Head: ui.Head{Kicker: t.T("forum.document.version", "kind", t.T(d.Kind.Label()), "nr", d.Nr), Title: d.Title}, Crumbs: crumbs(t, f.Name, f.id)}
	if now, ok := forum.Current(all, d.Kind, today); ok && now.ID != d.ID {
		page.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("forum.document.other"), Links: []ui.Link{{Label: t.T("forum.document.version", "kind", t.T(now.Kind.Label()), "nr", now.Nr), Href: path(f.id, "/dokument/"+string(now.ID))}}}}
	}
	table, mine := &ui.Table{Caption: t.T("forum.signatures"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("forum.field.org")}, {Label: t.T("forum.field.signing")}, {Label: t.T("forum.day")}}}, false
	for _, x := range signed.List {
		row := ui.Row{ID: string(x.Org), Cells: []ui.Cell{{Text: x.Name, Sub: x.Office}, {Tags: []ui.Tag{signingTag(t, x.State)}}, {}}}
		if !x.Day.IsZero() {
			row.Cells[2].Text = t.Date(x.Day)
		}
		table.Rows, mine = append(table.Rows, row), mine || x.Mine
	}
	sign := leaf.Section{ID: "signaturer", Title: t.T("forum.signatures"), Text: t.T("forum.signed.of", "n", signed.Signed, "of", len(signed.List)), Table: table}
	if mine {
		sign.Actions = []ui.Action{{Label: t.T("forum.sign"), Href: path(f.id, "/dokument/"+string(d.ID)+"/signer"), Variant: ui.Primary}}
	}
	versions := leaf.Section{ID: "versjoner", Title: t.T("forum.versions")}
	for _, x := range all {
		if x.Kind == d.Kind && x.ID != d.ID {
			versions.Cards = append(versions.Cards, documentCard(t, f, x))
		}
	}
	page.Main = []leaf.Section{{ID: "ord", Title: t.T("forum.document.words"), Paragraphs: text.Paragraphs(d.Words)}, sign}
	page.Side = []leaf.Section{{ID: "om", Title: t.T("forum.about"), Facts: &ui.Facts{Items: []ui.Fact{{Label: t.T("forum.document.from"), Text: t.Date(d.ValidFrom)}, {Label: t.T("forum.document.by"), Text: d.AdoptedBy}}}}}
	if len(versions.Cards) > 0 {
		page.Side = append(page.Side, versions)
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func signingTag(t i18n.Printer, s forum.Signing) ui.Tag {
	tag := ui.Tag{Text: t.T(s.Label())}
	switch s {
	case forum.Signed:
		tag.Color = ui.Success
	case forum.Declined:
		tag.Color = ui.Danger
	}
	return tag
}

func (p *pages) documentForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, err := p.keeping(r, actor)
	kinds := []string{string(forum.Mandate), string(forum.Agreement)}
	return leaf.Asked{Title: t.T("forum.document.new"), Kicker: f.Name, Lead: t.T("forum.document.new.lead"), Crumbs: crumbs(t, f.Name, f.id), Back: path(f.id, ""), Submit: t.T("forum.save"),
		Fields: []form.Field{{Name: "kind", Kind: form.Radio, Label: t.T("forum.document.kind"), Options: leaf.Options(t, "", forum.Kinds(), forum.Kind.Label, forum.Mandate), Required: true},
			{Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Required: true},
			{Name: "valid_from", Kind: form.Date, Label: t.T("forum.document.from"), Value: p.Clock.Today().String(), Required: true},
			{Name: "adopted_by", Kind: form.Text, Label: t.T("forum.document.by"), Hint: t.T("forum.document.by.hint"), Required: true},
			{Name: "words", Kind: form.Long, Rows: 14, Label: t.T("forum.document.words"), MaxRunes: forum.MaxWords, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			d := forum.Document{Body: f.id, Kind: forum.Kind(in.Choice("kind", kinds...)), Title: in.Text("title"), Words: in.Text("words"), ValidFrom: in.Date("valid_from"), AdoptedBy: in.Text("adopted_by")}
			return func() (string, error) {
				id, err := p.Forums.Add(r.Context(), actor, d)
				return path(f.id, "/dokument/"+string(id)+"?ok=forum.said.saved"), err
			}
		}}, err
}

func (p *pages) signForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, mine, err := p.speaking(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	_, d, _, err := p.findDocument(r, actor)
	org, ids := orgField(t, mine, "")
	back := path(f.id, "/dokument/"+string(d.ID))
	states := []forum.Signing{forum.Signed, forum.Declined}
	return leaf.Asked{Title: t.T("forum.sign"), Kicker: d.Title, Lead: t.T("forum.sign.lead"), Crumbs: append(crumbs(t, f.Name, f.id), ui.Link{Label: d.Title, Href: back}), Back: back, Submit: t.T("forum.save"),
		Fields: []form.Field{org, {Name: "state", Kind: form.Radio, Label: t.T("forum.field.signing"), Options: leaf.Options(t, "", states, forum.Signing.Label, forum.Signed), Required: true},
			{Name: "day", Kind: form.Date, Label: t.T("forum.day"), Value: p.Clock.Today().String(), Required: true},
			{Name: "office", Kind: form.Text, Label: t.T("forum.field.office"), Hint: t.T("forum.field.office.hint"), Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			x := forum.Signature{Org: readOrg(in, ids), State: forum.Signing(in.Choice("state", string(forum.Signed), string(forum.Declined))), Day: in.Date("day"), Office: in.Text("office")}
			return func() (string, error) {
				return back + "?ok=forum.said.signed", p.Forums.Sign(r.Context(), actor, d.ID, x)
			}
		}}, err
}
