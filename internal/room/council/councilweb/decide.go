package councilweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/wording"
)

// how a version comes into force, as the form offers it.
const (
	byMembers = "members"
	fromDay   = "day"
)

// send is the form of the council's own decision on a draft.
func (p *pages) send(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	decided, items, err := p.decidedFields(r, actor, t, v)
	if err != nil {
		return asked{}, err
	}
	rules := form.Field{Name: "rules", Kind: form.Select, Label: t.T("council.rules"), Hint: t.T("council.rules.hint"), OptionalMark: t.T("council.optional"), Options: []form.Option{{Value: "", Label: t.T("council.rules.none")}}}
	var sets []string
	for _, s := range b.RuleSets {
		sets = append(sets, s.ID)
		rules.Options = append(rules.Options, form.Option{Value: s.ID, Label: t.T("council.rules.of", "title", s.Title, "date", s.ValidFrom)})
	}
	how := form.Field{Name: "how", Kind: form.Radio, Label: t.T("council.send.how"), Required: true, Value: byMembers, Options: []form.Option{
		{Value: byMembers, Label: t.T("council.send.members"), Hint: t.T("council.send.members.hint"), Selected: true}, {Value: fromDay, Label: t.T("council.send.day"), Hint: t.T("council.send.day.hint")}}}
	return asked{Title: t.T("council.send"), Lead: t.T("council.send.lead"), Back: shownAt(b.ID, v, ""), Submit: t.T("council.send.do"), Version: v.Version, Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)),
		Fields: append(decided, how, councilview.Fields{T: t}.Date("from", "council.from", "council.from.hint", "", false), rules),
		Save: func(in *form.Input, seen int64) (string, error) {
			d := council.Decision{By: in.Text("decided_by"), On: in.Date("decided_on"), ByMembers: in.Choice("how", byMembers, fromDay) != fromDay, From: in.Date("from"), Rules: in.Choice("rules", sets...),
				Item: council.ItemID(in.Choice("item", items...))}
			if err := in.Err(); err != nil {
				return "", err
			}
			holds, err := p.Councils.Send(r.Context(), actor, v.ID, seen, d)
			if holds {
				return shownAt(b.ID, v, "council.ok.in_force"), err
			}
			return shownAt(b.ID, v, "council.ok.sent"), err
		}}, nil
}

// decidedFields ask who decided a draft, and when; or in which item of a meeting, which
// tells both. The ids are those of the items.
func (p *pages) decidedFields(r *http.Request, actor access.Actor, t i18n.Printer, v council.Version) ([]form.Field, []string, error) {
	list, err := p.Councils.Items(r.Context(), actor, v.ID)
	f := councilview.Fields{T: t}
	if err != nil || len(list) == 0 {
		return []form.Field{f.Text("decided_by", "council.decided.by", "council.decided.by.hint", "", true), f.Date("decided_on", "council.decided.on", "", "", true)}, nil, err
	}
	item := form.Field{Name: "item", Kind: form.Select, Label: t.T("council.item.choose"), Hint: t.T("council.item.choose.hint"), OptionalMark: t.T("council.optional"), Options: []form.Option{{Value: "", Label: t.T("council.item.none")}}}
	var ids []string
	for _, x := range list {
		ids = append(ids, string(x.ID))
		item.Options = append(item.Options, form.Option{Value: string(x.ID), Label: t.T("council.item.of", "number", x.Number, "title", x.Title, "date", x.On)})
	}
	return []form.Field{item, f.Text("decided_by", "council.decided.by", "council.decided.by.item", "", false), f.Date("decided_on", "council.decided.on", "council.decided.on.item", "", false)}, ids, nil
}

// answer is the form of a member's own decision. A member that was asked in the item that
// the version was decided in answers there.
func (p *pages) answer(r *http.Request, actor access.Actor) (asked, error) {
	v, b, is, err := p.version(r, actor)
	if err != nil {
		return asked{}, err
	}
	mine := councilview.SpeaksFor(b.MembersOn(p.Clock.Today()), is.Speaks)
	if len(mine) == 0 {
		return asked{}, council.Denied()
	}
	old := council.Answer{Org: access.OrgID(r.URL.Query().Get("org"))}
	here := slices.DeleteFunc(slices.Clone(mine), func(m council.Member) bool { return v.Item.Takes(m.Org) })
	if len(mine) == 1 {
		old.Org = mine[0].Org
	}
	if v.Item.Takes(old.Org) && is.Speaks(old.Org) {
		to, _ := ownPath(v.Item, old.Org, is)
		return asked{Elsewhere: to}, nil
	}
	if len(here) == 0 {
		return asked{Elsewhere: itemPath(v.Item, "#own")}, nil
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	for _, a := range v.Answers {
		if a.Org == old.Org {
			old = a
		}
	}
	if old.Place == "" {
		old.Place = t.T("council.answer.council")
	}
	return asked{Title: t.T("council.answer.title"), Lead: t.T("council.answer.lead", "title", v.Title), Back: shownAt(b.ID, v, ""), Submit: t.T("council.save"), Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)),
		Fields: []form.Field{f.Member(here, old.Org), councilview.Radio(f, "reply", "council.answer", []council.Reply{council.Yes, council.No}, council.Reply.Label, old.Reply),
			f.Text("place", "council.answer.place", "council.answer.place.hint", old.Place, true), f.Text("case", "council.case", "council.case.hint", old.Case, true), f.Date("day", "council.answer.day", "", old.Day.String(), true)},
		Save: func(in *form.Input, _ int64) (string, error) {
			a := council.Answer{Org: councilview.Chosen(in, here), Reply: council.Reply(in.Choice("reply", string(council.Yes), string(council.No))), Place: in.Text("place"), Case: in.Text("case"), Day: in.Date("day")}
			if err := in.Err(); err != nil {
				return "", err
			}
			holds, err := p.Councils.Record(r.Context(), actor, v.ID, a)
			if holds {
				return shownAt(b.ID, v, "council.ok.in_force"), err
			}
			return shownAt(b.ID, v, "council.ok.answered"), err
		}}, nil
}

// itemPath is the page of an item that an agreement was decided in, for those in the body.
func itemPath(i council.Item, more string) string {
	return wording.ItemPath(session.Item{ID: session.ItemID(i.ID), Meeting: session.ID(i.Meeting)}, more)
}

// itemLink leads to the item those who may open it, and all others to the meeting.
func itemLink(i council.Item, is council.Standing) string {
	if is.IsIn() {
		return itemPath(i, "#own")
	}
	return wording.Path(session.ID(i.Meeting), "")
}

// ownPath is where the member answers in the item. What is answered only the secretary
// puts right: to others it is where the answer stands, and may is false.
func ownPath(i council.Item, o access.OrgID, is council.Standing) (to string, may bool) {
	x, _ := i.Of(o)
	if x.Reply != "" && !is.Keeps {
		return itemPath(i, "#own"), false
	}
	return itemPath(i, "/egne-vedtak/"+x.ID), true
}
