package ownweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/meeting/wording"
)

// Member is an organisation with a vote in an item.
type Member struct {
	Org  access.OrgID
	Name string
	Mine bool // the reader holds a seat of it
}

// Members are the members with a vote, each once.
func Members(d session.ItemDetail) []Member {
	var out []Member
	for _, x := range d.Seats {
		i := slices.IndexFunc(out, func(m Member) bool { return m.Org == x.Org })
		switch {
		case i >= 0:
			out[i].Mine = out[i].Mine || x.Mine
		case x.Votes:
			out = append(out, Member{x.Org, x.OrgName, x.Mine})
		}
	}
	for _, x := range d.Seats { // who sits for a member without a vote answers for it too
		if i := slices.IndexFunc(out, func(m Member) bool { return m.Org == x.Org }); i >= 0 && x.Mine {
			out[i].Mine = true
		}
	}
	return out
}

// SitsFor reports whether the reader holds a seat of the organisation.
func SitsFor(d session.ItemDetail, o access.OrgID) bool {
	return slices.ContainsFunc(d.Seats, func(x session.Seated) bool { return x.Org == o && x.Mine })
}

// Card is a member's own decision: its answer, or how it is given.
func Card(t i18n.Printer, d session.ItemDetail, x session.Own, today clock.Date) ui.Card {
	c := ui.Card{Title: x.OrgName, Text: x.Told, Tags: []ui.Tag{{Text: t.T("meeting.own.waits"), Color: ui.Warning}}}
	switch {
	case x.Answer == outcome.Yes:
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.yes"), Color: ui.Success}}
	case x.Answer == outcome.No:
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.no"), Color: ui.Danger}}
	case d.Meeting.State == session.Cancelled:
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.dropped"), Color: ui.Neutral}}
		return c
	case !x.Due.IsZero() && x.Due.Before(today):
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.late"), Color: ui.Danger}}
	}
	to := func(label i18n.Key, more string, post bool) {
		c.Actions = append(c.Actions, ui.Action{Label: t.T(label), Context: x.OrgName, Href: wording.ItemPath(d.Item, "/egne-vedtak/"+string(x.ID)+more), Post: post, Variant: ui.Secondary})
	}
	if x.Answer != "" {
		c.Facts = []ui.Fact{{Label: t.T("meeting.field.own_ref"), Text: x.Ref}, {Label: t.T("meeting.field.own_day"), Text: t.Date(x.Day)}, {Label: t.T("meeting.field.how"), Text: t.T(x.Via.Label())}}
		if d.Keeps {
			to("meeting.own.correct", "", false)
		}
		return c
	}
	if !x.Due.IsZero() {
		c.Facts = []ui.Fact{{Label: t.T("meeting.field.due"), Text: t.Date(x.Due)}}
	}
	if d.Keeps || SitsFor(d, x.Org) {
		to("meeting.own.answer", "", false)
	}
	if d.Keeps {
		to("meeting.own.link", "/lenke", true)
	}
	return c
}

// Unasked are the members that have not been asked for their own decision.
func Unasked(d session.ItemDetail) []Member {
	return slices.DeleteFunc(Members(d), func(m Member) bool {
		return slices.ContainsFunc(d.Own, func(x session.Own) bool { return x.Org == m.Org })
	})
}

func memberOptions(list []Member) (out []form.Option, ids []string) {
	for _, m := range list {
		out, ids = append(out, form.Option{Value: string(m.Org), Label: m.Name}), append(ids, string(m.Org))
	}
	return out, ids
}

func (p *pages) askOwnForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	choices, ids := memberOptions(Unasked(d))
	for i := range choices {
		choices[i].Selected = true
	}
	return leaf.Asked{Title: t.T("meeting.own.ask"), Lead: t.T("meeting.own.ask.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: wording.ItemPath(d.Item, ""), Submit: t.T("meeting.own.ask"),
		Fields: []form.Field{{Name: "orgs", Kind: form.Checks, Label: t.T("meeting.field.orgs"), Options: choices},
			{Name: "due", Kind: form.Date, Label: t.T("meeting.field.own_due"), OptionalMark: t.T("meeting.optional")}},
		Read: func(in *form.Input) func() (string, error) {
			var orgs []access.OrgID
			for _, o := range in.Choices("orgs", ids...) {
				orgs = append(orgs, access.OrgID(o))
			}
			due := in.Date("due")
			return func() (string, error) {
				return wording.ItemPath(d.Item, "?ok=meeting.said.asked#own"), p.Own.Ask(r.Context(), actor, d.ID, orgs, due)
			}
		}}, nil
}

// ownFields ask for a member's own decision.
func ownFields(t i18n.Printer, x session.Own) []form.Field {
	day := ""
	if !x.Day.IsZero() {
		day = x.Day.String()
	}
	answers := []outcome.Answer{outcome.Yes, outcome.No}
	return []form.Field{{Name: "answer", Kind: form.Radio, Label: t.T("meeting.field.own_answer"), Required: true,
		Options: leaf.Options(t, "", answers, func(a outcome.Answer) i18n.Key { return i18n.Key("meeting.own." + string(a)) }, x.Answer)},
		{Name: "ref", Kind: form.Text, Label: t.T("meeting.field.own_ref"), Hint: t.T("meeting.hint.own_ref"), Value: x.Ref, Required: true, MaxRunes: session.MaxLine},
		{Name: "day", Kind: form.Date, Label: t.T("meeting.field.own_day"), Value: day, Required: true},
		{Name: "told", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.own_told"), Hint: t.T("meeting.hint.own_told"), Value: x.Told, OptionalMark: t.T("meeting.optional")}}
}

func readOwn(in *form.Input) own.Answer {
	return own.Answer{Answer: outcome.Answer(in.Choice("answer", string(outcome.Yes), string(outcome.No))), Ref: in.Text("ref"), Day: in.Date("day"), Told: in.Text("told")}
}

// ownOf is the member's own decision that the path names, for who may answer it.
func (p *pages) ownOf(r *http.Request, actor access.Actor) (session.ItemDetail, session.Own, error) {
	d, err := p.treated(r, actor)
	if err != nil {
		return d, session.Own{}, err
	}
	i := slices.IndexFunc(d.Own, func(x session.Own) bool { return string(x.ID) == r.PathValue("own") })
	if i < 0 || !d.Keeps && !SitsFor(d, d.Own[i].Org) {
		return d, session.Own{}, fault.Missing()
	}
	return d, d.Own[i], nil
}

func (p *pages) ownForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, x, err := p.ownOf(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	return leaf.Asked{Title: t.T("meeting.own.answer"), Lead: t.T("meeting.own.lead", "name", x.OrgName, "title", wording.Numbered(t, d.Item)), Crumbs: wording.ItemCrumbs(t, d), Back: wording.ItemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: x.Version,
		Fields: ownFields(t, x),
		Read: func(in *form.Input) func() (string, error) {
			a := readOwn(in)
			return func() (string, error) {
				return wording.ItemPath(d.Item, "?ok=meeting.said.saved#own"), p.Own.Answer(r.Context(), actor, x.ID, leaf.Version(in), a)
			}
		}}, nil
}

func (p *pages) joinForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	var list []Member
	if d.Decision != nil {
		for _, x := range own.MayJoin(*d.Decision) {
			if o := access.OrgID(x.Member); d.Keeps || SitsFor(d, o) {
				list = append(list, Member{Org: o, Name: x.Name})
			}
		}
	}
	if len(list) == 0 {
		return leaf.Asked{}, fault.Missing()
	}
	choices, ids := memberOptions(list)
	return leaf.Asked{Title: t.T("meeting.join"), Lead: t.T("meeting.join.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: wording.ItemPath(d.Item, ""), Submit: t.T("meeting.join.do"),
		Fields: []form.Field{{Name: "org", Kind: form.Select, Label: t.T("meeting.field.member"), Options: choices, Required: true},
			{Name: "day", Kind: form.Date, Label: t.T("meeting.field.join_day"), Hint: t.T("meeting.hint.join_day"), Value: p.Clock.Today().String(), Required: true},
			{Name: "ref", Kind: form.Text, Label: t.T("meeting.field.own_ref"), Hint: t.T("meeting.hint.own_ref"), Required: true, MaxRunes: session.MaxLine}},
		Read: func(in *form.Input) func() (string, error) {
			o, day, ref := access.OrgID(in.Choice("org", ids...)), in.Date("day"), in.Text("ref")
			return func() (string, error) {
				return wording.ItemPath(d.Item, "?ok=meeting.said.joined#shares"), p.Own.Join(r.Context(), actor, d.ID, o, day, ref)
			}
		}}, nil
}
