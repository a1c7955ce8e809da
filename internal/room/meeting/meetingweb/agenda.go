package meetingweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/wording"
)

// agendaView is the workshop: the agenda as it stands, with what can be done to each
// item. Every button says what it does to which item.
type agendaView struct {
	web.Page
	Live    ui.Live
	Head    ui.Head
	Notices []ui.Notice
	Items   []ui.Card
	Empty   ui.Empty
	Do      ui.Actions
}

func (p *pages) agenda(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	seen, err := p.lookAgenda(r, actor)
	if err != nil {
		return err
	}
	d, err := p.keeping(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := agendaView{Page: p.door.Frame(r, actor, t.T("meeting.agenda")), Head: ui.Head{Kicker: d.BodyName, Title: t.T("meeting.agenda"), Lead: when(t, d.Frame, p.Clock.Today()), Tags: []ui.Tag{stateTag(t, d.State)}},
		Empty: ui.Empty{Title: t.T("meeting.agenda.empty.title"), Text: t.T("meeting.agenda.empty.text")}}
	view.Crumbs, view.Live = wording.Crumbs(t, d.Meeting), p.door.Follow(r, path(d.ID, "/saksliste"+listening), seen.Mark, t.T("meeting.live.agenda"))
	if days := d.Day.Sub(p.Clock.Today()); d.State == session.Planned && days < agenda.EnoughNotice {
		short := i18n.Key("meeting.notice.brief") // the law's rule is for elected bodies
		if d.Elected {
			short = "meeting.notice.short"
		}
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: t.T(short, "n", max(days, 0))})
	}
	changeable := d.State.Ahead() || d.State == session.Opened
	for n, i := range d.Items {
		view.Items = append(view.Items, workCard(t, d, n, i, changeable))
	}
	if changeable {
		view.Do.Items = []ui.Action{{Label: t.T("meeting.make"), Href: path(d.ID, "/saksliste"), Post: true, Name: "do", Value: "make", Variant: ui.Secondary},
			{Label: t.T("meeting.item.add"), Href: path(d.ID, "/saksliste/ny"), Variant: ui.Secondary}}
	}
	if d.State.Ahead() && len(d.Items) > 0 {
		view.Do.Items = append(view.Do.Items, ui.Action{Label: t.T("meeting.issue"), Href: path(d.ID, "/send-ut"), Variant: ui.Primary})
	}
	return p.door.Views.Render(w, http.StatusOK, "meeting/agenda", view)
}

// workCard is an item with its buttons.
func workCard(t i18n.Printer, d session.Detail, n int, i session.Item, changeable bool) ui.Card {
	name := wording.Title(t, i)
	c := ui.Card{ID: "sak-" + string(i.ID), Kicker: t.T(i.Kind.Label()), Title: wording.Numbered(t, i), Text: i.Words, Color: ui.Accent}
	if i.Archive != (casework.Number{}) {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("meeting.field.archive"), Link: &ui.Link{Label: i.Archive.String(), Href: "/saker/" + string(i.Case)}})
	}
	if i.Ground != "" {
		tag := i18n.Key("meeting.kept.tag")
		if d.Elected {
			tag = "meeting.proposed.tag"
		}
		c.Tags = append(c.Tags, ui.Tag{Text: t.T(tag), Color: ui.Warning})
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("meeting.field.public_title"), Text: i.PublicTitle})
	}
	if i.Place == session.Withdrawn {
		c.Color, c.Tags = ui.Neutral, append(c.Tags, ui.Tag{Text: t.T("meeting.withdrawn"), Color: ui.Neutral})
		return c
	}
	if _, decided := d.Decided[i.ID]; decided || !changeable {
		return c
	}
	do := func(label i18n.Key, what string) ui.Action {
		return ui.Action{Label: t.T(label), Context: name, Href: path(d.ID, "/saksliste"), Post: true, Name: "do", Value: what, Variant: ui.Tertiary,
			Hidden: []ui.Hidden{{Name: "item", Value: string(i.ID)}, {Name: "version", Value: strconv.FormatInt(i.Version, 10)}}}
	}
	if n > 0 && d.Items[n-1].Kind != session.Report || n > 0 && i.Kind == session.Report {
		c.Actions = append(c.Actions, do("meeting.up", "up"))
	}
	if n < len(d.Items)-1 && (i.Kind != session.Report || d.Items[n+1].Kind == session.Report) {
		c.Actions = append(c.Actions, do("meeting.down", "down"))
	}
	c.Actions = append(c.Actions, ui.Action{Label: t.T("meeting.item.edit"), Context: name, Href: path(d.ID, "/saksliste/"+string(i.ID)), Variant: ui.Secondary}, do("meeting.item.remove", "remove"))
	return c
}

func (p *pages) agendaPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.keeping(r, actor)
	if err != nil {
		return err
	}
	said, at := "meeting.said.saved", ""
	switch do := r.PostForm.Get("do"); do {
	case "make":
		_, err = p.Agenda.Make(r.Context(), actor, d.ID)
		said = "meeting.said.made"
	case "up", "down", "remove":
		n := slices.IndexFunc(d.Items, func(i session.Item) bool { return string(i.ID) == r.PostForm.Get("item") })
		if n < 0 {
			return fault.Missing() // another has taken it away
		}
		at = "#sak-" + string(d.Items[n].ID)
		if do == "remove" {
			err, said, at = p.Agenda.Remove(r.Context(), actor, d.Items[n].ID, version(r)), "meeting.said.removed", ""
			break
		}
		err = p.Agenda.Move(r.Context(), actor, d.Items[n].ID, follows(d.Items, n, do))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID, "/saksliste?ok="+said+at))
}

// follows is the item that the n-th comes after when it is moved a step.
func follows(list []session.Item, n int, do string) session.ItemID {
	at := n + 1
	if do == "up" {
		at = n - 2
	}
	if at < 0 || at >= len(list) {
		return ""
	}
	return list[at].ID
}

func (p *pages) newItemForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	cases, err := p.Cases.List(r.Context(), actor, casework.Filter{Body: d.Body})
	if err != nil {
		return asked{}, err
	}
	list, ids := []form.Option{{Label: t.T("meeting.field.case.none"), Selected: true}}, []string{}
	for _, c := range cases {
		if casework.IsIssued(c.State) && c.State != casework.OnAgenda || c.Sight < casework.Reads || listed(d.Items, c.ID) {
			continue
		}
		ids = append(ids, string(c.ID))
		list = append(list, form.Option{Value: string(c.ID), Label: c.Number.String() + " " + c.Title})
	}
	kinds := []session.Kind{session.Other, session.Report, session.Regular}
	return asked{Title: t.T("meeting.item.add"), Lead: t.T("meeting.item.add.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, "/saksliste"), Submit: t.T("meeting.item.add"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "case", Kind: form.Select, Label: t.T("meeting.field.case"), Hint: t.T("meeting.hint.case"), Options: list},
			{Name: "kind", Kind: form.Select, Label: t.T("meeting.field.kind"), Options: options(t, "", kinds, session.Kind.Label, session.Other)}}}, contentFields(t, session.Content{}, d.Elected)},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			n := agenda.NewItem{Content: readContent(in), Kind: session.Kind(in.Choice("kind", strs(kinds)...)), Case: meeting.CaseID(in.Choice("case", ids...))}
			if n.Case != "" {
				n.Kind = session.File
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Agenda.Add(r.Context(), actor, d.ID, n)
			return path(d.ID, "/saksliste?ok=meeting.said.added"), err
		}}, nil
}

// listed reports whether the case is on the agenda already.
func listed(list []session.Item, c meeting.CaseID) bool {
	return slices.ContainsFunc(list, func(i session.Item) bool { return i.Case == c && i.Place == session.Listed })
}

func (p *pages) editItemForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	was, err := p.lookAgenda(r, actor)
	if err != nil {
		return asked{}, err
	}
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	n := slices.IndexFunc(d.Items, func(i session.Item) bool { return string(i.ID) == r.PathValue("item") })
	if n < 0 {
		return asked{}, fault.Missing()
	}
	i, live := d.Items[n], p.door.Follow(r, path(d.ID, "/saksliste"+listening), was.Mark, t.T("meeting.live.writing"))
	return asked{Title: t.T("meeting.item.edit"), Live: &live, Lead: wording.Numbered(t, i), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, "/saksliste"), Submit: t.T("meeting.save"), Version: i.Version,
		Theirs: theirs{t.T("meeting.theirs"), []string{i.Title, i.PublicTitle, i.Words}}, Groups: []ui.Fieldset{contentFields(t, i.Content, d.Elected)},
		Save: func(in *form.Input, values url.Values) (string, error) {
			c := readContent(in)
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID, "/saksliste?ok=meeting.said.saved"), p.Agenda.Edit(r.Context(), actor, i.ID, seen(values), c)
		}}, nil
}

// matters are the kinds of case that have rules of their own.
func matters() []outcome.Kind {
	return []outcome.Kind{outcome.Ordinary, outcome.Loan, outcome.Obligation, outcome.Joint, outcome.Election}
}

func matterLabel(k outcome.Kind) i18n.Key {
	if k == outcome.Ordinary {
		return "meeting.matter.ordinary"
	}
	return i18n.Key("meeting.matter." + string(k))
}

// contentFields ask for what is written of an item. Closed doors are proposed where the body
// votes on them; elsewhere an item that is kept from others may stay so, or be opened.
func contentFields(t i18n.Printer, c session.Content, elected bool) ui.Fieldset {
	title := form.Field{Name: "title", Kind: form.Text, Label: t.T("meeting.field.title"), Hint: t.T("meeting.hint.title"), Value: c.Title, MaxRunes: session.MaxLine}
	words := form.Field{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("meeting.field.words"), Value: c.Words}
	matter := form.Field{Name: "matter", Kind: form.Select, Label: t.T("meeting.field.matter"), Options: options(t, "", matters(), matterLabel, c.Matter)}
	if !elected && c.Ground == "" {
		return ui.Fieldset{Fields: []form.Field{title, words, matter}}
	}
	grounds := []form.Option{{Label: t.T("meeting.field.ground.none"), Selected: c.Ground == ""}}
	for _, g := range casework.MeetingGrounds() {
		if elected || g.Code == c.Ground {
			grounds = append(grounds, form.Option{Value: g.Code, Label: t.T(g.Label), Selected: g.Code == c.Ground})
		}
	}
	return ui.Fieldset{Fields: []form.Field{title, words, {Name: "ground", Kind: form.Select, Label: t.T("meeting.field.ground"), Hint: t.T("meeting.hint.ground"), Options: grounds},
		{Name: "public_title", Kind: form.Text, Label: t.T("meeting.field.public_title"), Hint: t.T("meeting.hint.public_title"), Value: c.PublicTitle}, matter}}
}

func readContent(in *form.Input) session.Content {
	var grounds []string
	for _, g := range casework.MeetingGrounds() {
		grounds = append(grounds, g.Code)
	}
	return session.Content{Title: in.Text("title"), PublicTitle: in.Text("public_title"), Ground: in.Choice("ground", grounds...), Words: in.Text("words"),
		Matter: outcome.Kind(in.Choice("matter", strs(matters())...))}
}

func (p *pages) issueForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	a := asked{Title: t.T("meeting.issue"), Lead: t.T("meeting.issue.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, "/saksliste"), Submit: t.T("meeting.issue.do"), Version: d.Version,
		Theirs: theirs{t.T("meeting.theirs.agenda"), titles(t, d.Items)}, Groups: []ui.Fieldset{{Fields: []form.Field{}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			_, err := p.Agenda.Issue(r.Context(), actor, d.ID, seen(values), in.Text("why"))
			return path(d.ID, "?ok=meeting.said.sent"), err
		}}
	if d.Edition > 0 {
		a.Groups[0].Fields = []form.Field{{Name: "why", Kind: form.Text, Label: t.T("meeting.field.why_changed"), Required: true}}
	}
	a.Help = []ui.Details{{Summary: t.T("meeting.issue.what"), Open: true, Paragraphs: titles(t, d.Items)}}
	a.Notices, err = p.paperless(r, actor, d)
	return a, err
}

// paperless tells of each case on the agenda whose paper has not been issued: the members
// would be called to a meeting with nothing to read.
func (p *pages) paperless(r *http.Request, actor access.Actor, d session.Detail) ([]ui.Notice, error) {
	t := p.door.Printer(r)
	cases, err := p.Cases.List(r.Context(), actor, casework.Filter{Body: d.Body})
	var out []ui.Notice
	for _, c := range cases {
		if listed(d.Items, c.ID) && !casework.IsIssued(c.State) {
			out = append(out, ui.Notice{Color: ui.Warning, Text: t.T("meeting.issue.no_paper", "case", c.Number.String()+" "+c.Title),
				Links: []ui.Link{{Label: t.T("meeting.issue.no_paper.do"), Href: "/saker/" + string(c.ID) + "/kontroll"}}})
		}
	}
	return out, err
}

func titles(t i18n.Printer, list []session.Item) []string {
	var out []string
	for _, i := range list {
		switch {
		case i.Place != session.Listed:
		case i.Ground != "":
			out = append(out, t.T("meeting.issue.public", "title", wording.Numbered(t, i), "public", i.PublicTitle))
		default:
			out = append(out, wording.Numbered(t, i))
		}
	}
	return out
}

func (p *pages) demandForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return asked{}, err
	}
	if !mayDemand(d) {
		return asked{}, fault.Missing()
	}
	return asked{Title: t.T("meeting.demand"), Lead: t.T("meeting.demand.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.demand.do"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "title", Kind: form.Text, Label: t.T("meeting.field.title"), Required: true, MaxRunes: session.MaxLine}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			_, err := p.Agenda.Demand(r.Context(), actor, d.ID, in.Text("title"))
			return path(d.ID, "?ok=meeting.said.added"), err
		}}, nil
}
