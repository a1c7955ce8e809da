package forumweb

import (
	"context"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/need"
)

// partOwn is the good examples, those lifted first, and what the partners do.
func (p *pages) partOwn(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	efforts, examples, err := p.Own.Of(ctx, actor, f.id)
	if err != nil {
		return err
	}
	speaks := len(f.mine(p.Clock.Today())) > 0
	show := leaf.Section{ID: "eksempler", Title: t.T("forum.examples"), Text: t.T("forum.examples.text")}
	for _, e := range examples {
		show.Cards = append(show.Cards, exampleCard(t, f, e))
	}
	if len(examples) == 0 {
		show.Empty = &ui.Empty{Title: t.T("forum.examples.none"), Text: t.T("forum.examples.none.text")}
	}
	did := leaf.Section{ID: "innsats", Title: t.T("forum.efforts"), Text: t.T("forum.efforts.text")}
	for _, e := range efforts {
		did.Cards = append(did.Cards, p.effortCard(t, f, e))
	}
	if len(efforts) == 0 {
		did.Empty = &ui.Empty{Title: t.T("forum.efforts.none"), Text: t.T("forum.efforts.none.text")}
	}
	if speaks {
		show.Actions = []ui.Action{{Label: t.T("forum.example.new"), Href: path(f.id, "/eksempler/ny"), Variant: ui.Secondary}}
		did.Actions = []ui.Action{{Label: t.T("forum.effort.new"), Href: path(f.id, "/innsats/ny"), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, show, did)
	return nil
}

func exampleCard(t i18n.Printer, f found, e partner.Example) ui.Card {
	c := ui.Card{ID: "eksempel-" + string(e.ID), Kicker: e.OrgName, Title: e.Title, Text: e.Done,
		Facts: []ui.Fact{{Label: t.T("forum.example.result"), Text: e.Result}, {Label: t.T("forum.example.contact"), Text: e.Contact}}}
	if e.Transfer != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("forum.example.transfer"), Text: e.Transfer})
	}
	if e.Lifted {
		c.Color, c.Tags = ui.Accent, []ui.Tag{{Text: t.T("forum.example.lifted"), Color: ui.Accent}}
	}
	if e.Mine {
		c.Actions = append(c.Actions, ui.Action{Label: t.T("forum.change"), Context: e.Title, Href: path(f.id, "/eksempler/"+string(e.ID)), Variant: ui.Tertiary})
	}
	if f.keeps() {
		label, up := t.T("forum.example.lift"), "ja"
		if e.Lifted {
			label, up = t.T("forum.example.drop"), ""
		}
		c.Actions = append(c.Actions, ui.Action{Label: label, Context: e.Title, Href: path(f.id, "/eksempler/"+string(e.ID)+"/loft"), Post: true, Name: "up", Value: up, Variant: ui.Tertiary,
			Hidden: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(e.Version, 10)}}})
	}
	return c
}

func (p *pages) effortCard(t i18n.Printer, f found, e partner.Effort) ui.Card {
	c := ui.Card{ID: "innsats-" + string(e.ID), Kicker: e.OrgName, Title: e.Title, Text: e.Words}
	if e.Field != "" {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T(need.Field(e.Field).Label()), Color: ui.Info})
	}
	if !e.GoesOn(p.Clock.Today()) {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T("forum.effort.ended")})
	}
	var when []string
	if !e.From.IsZero() {
		when = append(when, t.T("forum.effort.from", "date", e.From))
	}
	if !e.To.IsZero() {
		when = append(when, t.T("forum.effort.to", "date", e.To))
	}
	if len(when) > 0 {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("forum.effort.when"), Lines: when})
	}
	if e.Link != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("forum.effort.link"), Link: &ui.Link{Label: e.Link, Href: e.Link}})
	}
	if e.Mine {
		c.Actions = []ui.Action{{Label: t.T("forum.change"), Context: e.Title, Href: path(f.id, "/innsats/"+string(e.ID)), Variant: ui.Tertiary}}
	}
	return c
}

func (p *pages) effortForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, mine, err := p.speaking(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	e, title := partner.Effort{Body: f.id, From: p.Clock.Today()}, t.T("forum.effort.new")
	if s := r.PathValue("effort"); s != "" {
		id, err := partner.ParseEffortID(s)
		if err != nil {
			return leaf.Asked{}, fault.Missing()
		}
		if e, err = p.Own.Effort(r.Context(), actor, id); err != nil {
			return leaf.Asked{}, err
		}
		title = t.T("forum.effort.edit")
	}
	if e.Body != f.id {
		return leaf.Asked{}, fault.Missing()
	}
	org, ids := orgField(t, mine, e.Org)
	return leaf.Asked{Title: title, Kicker: f.Name, Lead: t.T("forum.effort.lead"), Crumbs: crumbs(t, f.Name, f.id), Back: path(f.id, "#innsats"), Submit: t.T("forum.save"), Version: e.Version,
		Theirs: []ui.Fact{{Label: t.T("forum.field.title"), Text: e.Title}, {Label: t.T("forum.field.words"), Text: e.Words}},
		Fields: []form.Field{org, {Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Value: e.Title, Required: true},
			{Name: "words", Kind: form.Long, Rows: 4, Label: t.T("forum.field.words"), Hint: t.T("forum.effort.words.hint"), Value: e.Words, MaxRunes: partner.MaxTold, Required: true},
			{Name: "field", Kind: form.Select, Label: t.T("forum.field.field"), Options: fieldOptions(t, e.Field)},
			{Name: "from", Kind: form.Date, Label: t.T("forum.field.from"), Value: e.From.String()}, {Name: "to", Kind: form.Date, Label: t.T("forum.field.to"), Value: e.To.String()},
			{Name: "link", Kind: form.Text, Label: t.T("forum.field.link"), Hint: t.T("forum.field.link.hint"), Value: e.Link}},
		Read: func(in *form.Input) func() (string, error) {
			next := partner.Effort{ID: e.ID, Body: f.id, Org: readOrg(in, ids), Title: in.Text("title"), Words: in.Text("words"), Field: in.Choice("field", fieldCodes()...), From: in.Date("from"),
				To: in.Date("to"), Link: in.Text("link"), Version: leaf.Version(in)}
			return func() (string, error) {
				_, err := p.Own.SaveEffort(r.Context(), actor, next)
				return path(f.id, "?ok=forum.said.saved"), err
			}
		}}, nil
}

func (p *pages) exampleForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, mine, err := p.speaking(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	e, title := partner.Example{Body: f.id}, t.T("forum.example.new")
	if s := r.PathValue("example"); s != "" {
		id, err := partner.ParseExampleID(s)
		if err != nil {
			return leaf.Asked{}, fault.Missing()
		}
		if e, err = p.Own.Example(r.Context(), actor, id); err != nil {
			return leaf.Asked{}, err
		}
		title = t.T("forum.example.edit")
	}
	if e.Body != f.id {
		return leaf.Asked{}, fault.Missing()
	}
	org, ids := orgField(t, mine, e.Org)
	long := func(name string, label, hint i18n.Key, value string, required bool) form.Field {
		return form.Field{Name: name, Kind: form.Long, Rows: 3, Label: t.T(label), Hint: t.T(hint), Value: value, MaxRunes: partner.MaxTold, Required: required}
	}
	return leaf.Asked{Title: title, Kicker: f.Name, Lead: t.T("forum.example.lead"), Crumbs: crumbs(t, f.Name, f.id), Back: path(f.id, "#eksempler"), Submit: t.T("forum.save"), Version: e.Version,
		Theirs: []ui.Fact{{Label: t.T("forum.field.title"), Text: e.Title}, {Label: t.T("forum.example.done"), Text: e.Done}, {Label: t.T("forum.example.result"), Text: e.Result}},
		Fields: []form.Field{org, {Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Value: e.Title, Required: true},
			long("done", "forum.example.done", "forum.example.done.hint", e.Done, true), long("result", "forum.example.result", "forum.example.result.hint", e.Result, true),
			long("transfer", "forum.example.transfer", "forum.example.transfer.hint", e.Transfer, false),
			{Name: "contact", Kind: form.Text, Label: t.T("forum.example.contact"), Hint: t.T("forum.example.contact.hint"), Value: e.Contact, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			next := partner.Example{ID: e.ID, Body: f.id, Org: readOrg(in, ids), Title: in.Text("title"), Done: in.Text("done"), Result: in.Text("result"), Transfer: in.Text("transfer"),
				Contact: in.Text("contact"), Version: leaf.Version(in)}
			return func() (string, error) {
				_, err := p.Own.SaveExample(r.Context(), actor, next)
				return path(f.id, "?ok=forum.said.saved"), err
			}
		}}, nil
}

func (p *pages) liftPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	f, err := p.keeping(r, actor)
	if err != nil {
		return err
	}
	id, err := partner.ParseExampleID(r.PathValue("example"))
	if err != nil {
		return fault.Missing()
	}
	in := form.Read(r.PostForm)
	if err := p.Own.Lift(r.Context(), actor, id, leaf.Version(in), in.Text("up") != ""); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(f.id, "?ok=forum.said.saved"))
}
