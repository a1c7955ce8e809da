package meetingweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
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

// member is an organisation with a vote in an item.
type member struct {
	Org  access.OrgID
	Name string
	Mine bool // the reader holds a seat of it
}

// membersOf are the members with a vote, each once.
func membersOf(d session.ItemDetail) []member {
	var out []member
	for _, x := range d.Seats {
		i := slices.IndexFunc(out, func(m member) bool { return m.Org == x.Org })
		switch {
		case i >= 0:
			out[i].Mine = out[i].Mine || x.Mine
		case x.Votes:
			out = append(out, member{x.Org, x.OrgName, x.Mine})
		}
	}
	for _, x := range d.Seats { // who sits for a member without a vote answers for it too
		if i := slices.IndexFunc(out, func(m member) bool { return m.Org == x.Org }); i >= 0 && x.Mine {
			out[i].Mine = true
		}
	}
	return out
}

func sitsFor(d session.ItemDetail, o access.OrgID) bool {
	return slices.ContainsFunc(d.Seats, func(x session.Seated) bool { return x.Org == o && x.Mine })
}

// ownCard is a member's own decision: its answer, or how it is given.
func ownCard(t i18n.Printer, d session.ItemDetail, x session.Own, today clock.Date) ui.Card {
	c := ui.Card{Title: x.OrgName, Text: x.Told, Tags: []ui.Tag{{Text: t.T("meeting.own.waits"), Color: ui.Warning}}}
	switch {
	case x.Answer == outcome.Yes:
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.yes"), Color: ui.Success}}
	case x.Answer == outcome.No:
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.no"), Color: ui.Danger}}
	case !x.Due.IsZero() && x.Due.Before(today):
		c.Tags = []ui.Tag{{Text: t.T("meeting.own.late"), Color: ui.Danger}}
	}
	to := func(label i18n.Key, more string, post bool) {
		c.Actions = append(c.Actions, ui.Action{Label: t.T(label), Context: x.OrgName, Href: itemPath(d.Item, "/egne-vedtak/"+string(x.ID)+more), Post: post, Variant: ui.Secondary})
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
	if d.Keeps || sitsFor(d, x.Org) {
		to("meeting.own.answer", "", false)
	}
	if d.Keeps {
		to("meeting.own.link", "/lenke", true)
	}
	return c
}

// shares are the cost as it is split, a table for each day that somebody joined.
func shares(t i18n.Printer, out outcome.Outcome) []ui.Table {
	var list []ui.Table
	for _, x := range out.Tables {
		caption := t.T("meeting.shares.from_start")
		if !x.From.IsZero() {
			caption = t.T("meeting.shares.from", "date", x.From)
		}
		table := ui.Table{Caption: caption, Compact: true, Columns: []ui.Column{{Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.share")}}}
		for _, s := range x.Shares {
			table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: t.Money(s.Amount)}}})
		}
		list = append(list, table)
	}
	return list
}

// fromMembers fills in what the members decide one by one, and what came of it.
func (p *pages) fromMembers(t i18n.Printer, d session.ItemDetail, out outcome.Outcome, view *itemView) {
	today := p.Clock.Today()
	for _, x := range d.Own {
		view.Own = append(view.Own, ownCard(t, d, x, today))
	}
	if out.Local.Of > 0 {
		view.Ratified = t.T("meeting.own.tally", "yes", out.Local.Yes, "of", out.Local.Of)
	}
	if d.Amount > 0 {
		view.Amount = t.T("meeting.shares.amount", "amount", d.Amount)
		view.Shares = shares(t, out)
	}
	if !d.UrgentBy.IsZero() && d.Decision == nil {
		n := ui.Notice{Color: ui.Info, Title: t.T("meeting.urgent.tag"), Text: d.UrgentWhy, Paragraphs: []string{t.T("meeting.urgent.until", "date", d.UrgentBy)}}
		if !d.InWriting(d.Meeting) {
			n.Paragraphs = []string{t.T("meeting.urgent.over")}
		}
		view.Notices = append(view.Notices, n)
	}
	if d.Decision == nil {
		return
	}
	for _, x := range d.Decision.Since {
		view.Since = append(view.Since, ui.Point{Text: t.T("meeting.since.line", "when", t.Moment(x.At), "what", t.T(x.What.Label(), "name", x.OrgName), "state", x.State.Name())})
	}
}

// memberDesk adds what can be done about the members one by one.
func memberDesk(t i18n.Printer, d session.ItemDetail) (all, desk []ui.Action) {
	s, undecided := d.Meeting.State, d.Decision == nil
	to := func(label i18n.Key, more string) ui.Action {
		return ui.Action{Label: t.T(label), Href: itemPath(d.Item, more), Variant: ui.Secondary}
	}
	if !d.Decides() {
		return nil, nil
	}
	if !undecided {
		may := own.MayJoin(*d.Decision)
		if slices.ContainsFunc(may, func(p outcome.Party) bool { return d.Keeps || sitsFor(d, access.OrgID(p.Member)) }) {
			all = append(all, to("meeting.join", "/slutt-til"))
		}
	}
	if !d.Keeps {
		return all, nil
	}
	if undecided && s != session.Approved && s != session.Published {
		desk = append(desk, to("meeting.cost.set", "/kostnad"))
	}
	if undecided && s == session.Sent && d.Rules.Elected {
		desk = append(desk, to("meeting.urgent.set", "/hastesak"))
	}
	if undecided && d.InWriting(d.Meeting) {
		desk = append(desk, to("meeting.decide", "/vedtak"))
	}
	if d.Kind != session.Minutes && len(unasked(d)) > 0 {
		desk = append(desk, to("meeting.own.ask", "/egne-vedtak"))
	}
	return all, desk
}

// unasked are the members that have not been asked for their own decision.
func unasked(d session.ItemDetail) []member {
	return slices.DeleteFunc(membersOf(d), func(m member) bool {
		return slices.ContainsFunc(d.Own, func(x session.Own) bool { return x.Org == m.Org })
	})
}

func memberOptions(list []member) (out []form.Option, ids []string) {
	for _, m := range list {
		out, ids = append(out, form.Option{Value: string(m.Org), Label: m.Name}), append(ids, string(m.Org))
	}
	return out, ids
}

func (p *pages) costForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	amount := ""
	if d.Amount > 0 {
		amount = d.Amount.String()
	}
	fields := []form.Field{{Name: "amount", Kind: form.Money, Label: t.T("meeting.field.amount"), Hint: t.T("meeting.hint.amount"), Value: amount, Required: true}}
	var parts []form.Field
	for _, m := range membersOf(d) {
		f := form.Field{Name: "part-" + string(m.Org), Kind: form.Number, Label: m.Name, OptionalMark: t.T("meeting.optional")}
		if i := slices.IndexFunc(d.Weights, func(w session.Weight) bool { return w.Org == m.Org }); i >= 0 {
			f.Value = strconv.FormatInt(d.Weights[i].Weight, 10)
		}
		parts = append(parts, f)
	}
	return asked{Title: t.T("meeting.cost.set"), Lead: t.T("meeting.cost.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: fields}, {Legend: t.T("meeting.cost.parts"), Fields: parts}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			sum := in.Money("amount")
			if values.Get("amount") == "" {
				in.Refuse("amount", "form.error.required")
			}
			var list []session.Weight
			for _, m := range membersOf(d) {
				if name := "part-" + string(m.Org); values.Get(name) != "" {
					list = append(list, session.Weight{Org: m.Org, Weight: int64(in.Int(name))})
				}
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Floor.SetCost(r.Context(), actor, d.ID, seen(values), sum, list)
		}}, nil
}

func (p *pages) urgentForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	by := ""
	if !d.UrgentBy.IsZero() {
		by = d.UrgentBy.String()
	}
	return asked{Title: t.T("meeting.urgent.set"), Lead: t.T("meeting.urgent.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "by", Kind: form.Date, Label: t.T("meeting.field.urgent_by"), Hint: t.T("meeting.hint.urgent_by"), Value: by, OptionalMark: t.T("meeting.optional")},
			{Name: "why", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.urgent_why"), Hint: t.T("meeting.hint.urgent_why"), Value: d.UrgentWhy}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			day, why := in.Date("by"), in.Text("why")
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Floor.SetUrgent(r.Context(), actor, d.ID, seen(values), day, why)
		}}, nil
}

func (p *pages) askOwnForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	choices, ids := memberOptions(unasked(d))
	for i := range choices {
		choices[i].Selected = true
	}
	return asked{Title: t.T("meeting.own.ask"), Lead: t.T("meeting.own.ask.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.own.ask"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "orgs", Kind: form.Checks, Label: t.T("meeting.field.orgs"), Options: choices},
			{Name: "due", Kind: form.Date, Label: t.T("meeting.field.own_due"), OptionalMark: t.T("meeting.optional")}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			var orgs []access.OrgID
			for _, o := range in.Choices("orgs", ids...) {
				orgs = append(orgs, access.OrgID(o))
			}
			due := in.Date("due")
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.asked#own"), p.Own.Ask(r.Context(), actor, d.ID, orgs, due)
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
		Options: options(t, "", answers, func(a outcome.Answer) i18n.Key { return i18n.Key("meeting.own." + string(a)) }, x.Answer)},
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
	if i < 0 || !d.Keeps && !sitsFor(d, d.Own[i].Org) {
		return d, session.Own{}, fault.Missing()
	}
	return d, d.Own[i], nil
}

func (p *pages) ownForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, x, err := p.ownOf(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("meeting.own.answer"), Lead: t.T("meeting.own.lead", "name", x.OrgName, "title", wording.Numbered(t, d.Item)), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: x.Version,
		Groups: []ui.Fieldset{{Fields: ownFields(t, x)}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			a := readOwn(in)
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved#own"), p.Own.Answer(r.Context(), actor, x.ID, seen(values), a)
		}}, nil
}

func (p *pages) joinForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return asked{}, err
	}
	var list []member
	if d.Decision != nil {
		for _, x := range own.MayJoin(*d.Decision) {
			if o := access.OrgID(x.Member); d.Keeps || sitsFor(d, o) {
				list = append(list, member{Org: o, Name: x.Name})
			}
		}
	}
	if len(list) == 0 {
		return asked{}, fault.Missing()
	}
	choices, ids := memberOptions(list)
	return asked{Title: t.T("meeting.join"), Lead: t.T("meeting.join.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.join.do"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "org", Kind: form.Select, Label: t.T("meeting.field.member"), Options: choices, Required: true},
			{Name: "day", Kind: form.Date, Label: t.T("meeting.field.join_day"), Hint: t.T("meeting.hint.join_day"), Value: p.Clock.Today().String(), Required: true},
			{Name: "ref", Kind: form.Text, Label: t.T("meeting.field.own_ref"), Hint: t.T("meeting.hint.own_ref"), Required: true, MaxRunes: session.MaxLine}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			o, day, ref := access.OrgID(in.Choice("org", ids...)), in.Date("day"), in.Text("ref")
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.joined#shares"), p.Own.Join(r.Context(), actor, d.ID, o, day, ref)
		}}, nil
}
