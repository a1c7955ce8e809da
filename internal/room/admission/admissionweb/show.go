package admissionweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// show is an application: where it stands, who acts next and by when, and what the reader
// can do.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page, err := p.page(r, actor, d, func(to flow.State) string { return path(d.ID, "/flytt/"+string(to)) })
	if err != nil {
		return err
	}
	page.Crumbs = crumbs(t)
	if actor.SignedIn() && len(d.Mine) > 0 {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Number, Variant: ui.Tertiary,
			Href: follow.Topic{Target: follow.Object, Kind: admission.FlowKind, Ref: string(d.ID)}.Path()})
	}
	if d.CanTakeOut() {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("admission.take_out"), Context: d.Number, Href: path(d.ID, "/ta-ut"), Variant: ui.Tertiary})
	}
	if d.Token != "" {
		page.Side = append(page.Side, leaf.Section{ID: "lenke", Title: t.T("admission.link"), Text: t.T("admission.link.text"),
			Copy: &ui.Copy{ID: "lenka", Label: t.T("admission.link.label"), Value: p.PublicURL + linkPath(d.Token, ""), Button: t.T("admission.link.copy")}})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// page is what both who has an account and who has a link reads.
func (p *Pages) page(r *http.Request, actor access.Actor, d admission.Detail, to func(flow.State) string) (leaf.Page, error) {
	t := p.door.Printer(r)
	provider, err := p.orgName(r, d.Provider)
	if err != nil {
		return leaf.Page{}, err
	}
	employer, err := p.orgName(r, d.Employer)
	if err != nil {
		return leaf.Page{}, err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("admission.number", "number", d.Number), Title: d.Title, Lead: t.T("admission.at", "provider", provider), Tags: []ui.Tag{stateTag(t, d.State)}}}
	page.Head.Actions = actions(t, d.Application, to)
	if n := p.notice(t, d, provider); n != nil {
		page.Notices = []ui.Notice{*n}
	}
	page.Main = []leaf.Section{{ID: "soknaden", Title: t.T("admission.about"), Facts: p.facts(t, d, employer)}}
	gatherings, err := p.gatherings(r, actor, d.Application)
	if err != nil {
		return page, err
	}
	page.Main = append(page.Main, gatherings...)
	page.Further = append(page.Further, leaf.Section{ID: "lagret", Title: t.T("admission.kept"),
		Paragraphs: []string{t.T("admission.kept.what"), t.T("admission.kept.who"), t.T("admission.kept.long", "days", admission.KeptDays), t.T("admission.kept.basis")}})
	if ball := p.ball(t, d.Application, provider, employer); ball != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("admission.next"), Ball: ball})
	}
	if len(d.Steps) > 0 {
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("admission.history"), Timeline: history(t, d)})
	}
	return page, nil
}

// actions are what the reader can do, the next step first.
func actions(t i18n.Printer, a admission.Application, to func(flow.State) string) []ui.Action {
	var out []ui.Action
	for i, m := range a.Moves() {
		action := ui.Action{Label: t.T(m.Label), Href: to(m.To), Variant: ui.Secondary}
		switch {
		case m.To == admission.Withdrawn, m.To == admission.Interrupted, m.To == admission.Refused:
			action.Variant = ui.Tertiary
		case i == 0:
			action.Variant = ui.Primary
		}
		out = append(out, action)
	}
	return out
}

// notice says what matters most where it stands: the place in the queue, a refusal with its
// reason and the time to appeal.
func (p *Pages) notice(t i18n.Printer, d admission.Detail, provider string) *ui.Notice {
	switch d.State {
	case admission.Queued:
		return &ui.Notice{Color: ui.Info, Title: t.T("admission.queue", "n", d.Ahead+1), Text: t.T("admission.queue.text")}
	case admission.Offered:
		return &ui.Notice{Color: ui.Warning, Title: t.T("admission.offer", "date", d.Ball.Due), Text: t.T("admission.offer.text")}
	case admission.Refused, admission.Interrupted:
		if d.State == admission.Interrupted && d.AppealBy.IsZero() || len(d.Mine) == 0 {
			return nil
		}
		out := &ui.Notice{Color: ui.Warning, Title: t.T(stateLabel(d.State)), Paragraphs: []string{d.Reason}}
		if d.AppealBy.IsZero() {
			if refusedByProvider(d) {
				out.Paragraphs = append(out.Paragraphs, t.T("admission.appeal.private", "provider", provider))
			}
			return out
		}
		if rule, ok := admission.AppealRuleOn(d.EndedOn); ok {
			out.Paragraphs = append(out.Paragraphs, t.T("admission.appeal", "provider", provider, "date", d.AppealBy),
				t.T("admission.appeal.source", "law", t.T("admission.law."+i18n.Key(rule.Law)), "where", rule.Where, "checked", rule.Checked, "source", rule.Source))
		}
		return out
	}
	return nil
}

// refusedByProvider reports whether the last step was a person's, not that of an offering
// called off.
func refusedByProvider(d admission.Detail) bool {
	return len(d.Steps) > 0 && d.Steps[len(d.Steps)-1].Org != ""
}

func (p *Pages) facts(t i18n.Printer, d admission.Detail, employer string) *ui.Facts {
	out := []ui.Fact{{Label: t.T("admission.field.programme"), Link: &ui.Link{Label: d.Title, Href: "/tilbud/" + d.Programme}}}
	add := func(label i18n.Key, text string) {
		if text != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: text})
		}
	}
	add("admission.field.name", whoseName(t, d.Application))
	add("admission.field.contact", d.Person.Contact)
	add("admission.field.employer", employer)
	if d.Municipality != "" {
		add("admission.field.municipality", (say.Speaker{Printer: t, Places: p.Places}).Municipality(place.Number(d.Municipality)))
	}
	out = append(out, dates(t, d.Application)...)
	if !d.ExpectedEnd.IsZero() {
		add("admission.field.expected_end", t.Date(d.ExpectedEnd))
	}
	if !d.EndedOn.IsZero() {
		add("admission.field.ended", t.Date(d.EndedOn))
	}
	return &ui.Facts{Items: out}
}

// gatherings is where they meet, with her way to each (LOP-6); nothing for a reader who may
// not read the programme any more.
func (p *Pages) gatherings(r *http.Request, actor access.Actor, a admission.Application) ([]leaf.Section, error) {
	programme, err := id.Parse[offer.Programme](a.Programme)
	if err != nil {
		return nil, fault.Missing()
	}
	i, err := p.item(r, actor, programme, a.Offering)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := p.speaker(r)
	table := s.Gatherings(*i.Offering, place.Number(a.Municipality))
	if table == nil {
		return nil, nil
	}
	return []leaf.Section{{ID: "samlinger", Title: s.T("admission.way"), Table: table}}, nil
}

// ball says who acts next, and by when; nil when the matter has ended.
func (p *Pages) ball(t i18n.Printer, a admission.Application, provider, employer string) *ui.Ball {
	if a.Ball.Party == flow.Nobody {
		return nil
	}
	b := &ui.Ball{Label: t.T("admission.ball"), Who: provider, Note: t.T(i18n.Key("admission.expect." + string(a.State))), State: ui.BallWaiting}
	switch a.Ball.Party {
	case flow.Learner:
		b.Who = whoseName(t, a)
	case flow.Employer:
		b.Who = employer
	}
	if slices.Contains(a.Mine, a.Ball.Party) {
		b.State = ui.BallMine
	}
	today := p.Clock.Today()
	if !a.Ball.Due.IsZero() {
		b.Due = t.T("admission.due", "date", t.Day(a.Ball.Due, today))
		if a.Ball.Due.Before(today) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("admission.late"), Color: ui.Danger}}
		}
	}
	return b
}

// history is what happened, the newest first.
func history(t i18n.Printer, d admission.Detail) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("admission.history")}
	for i := len(d.Steps) - 1; i >= 0; i-- {
		s := d.Steps[i]
		text := t.T(stateLabel(s.To))
		if admission.Lapsed(s) {
			text = t.T("admission.lapsed")
		}
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: text, Note: s.Note})
	}
	return out
}
