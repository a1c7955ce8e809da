package meetingweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/meetingweb/ownweb"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/meeting/wording"
)

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
		view.Own = append(view.Own, ownweb.Card(t, d, x, today))
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
	s, undecided := d.Meeting.State, d.Decision == nil && d.OnAgenda() == nil
	to := func(label i18n.Key, more string) ui.Action {
		return ui.Action{Label: t.T(label), Href: itemPath(d.Item, more), Variant: ui.Secondary}
	}
	if !d.Decides() {
		return nil, nil
	}
	if d.Decision != nil {
		may := own.MayJoin(*d.Decision)
		if slices.ContainsFunc(may, func(p outcome.Party) bool { return d.Keeps || ownweb.SitsFor(d, access.OrgID(p.Member)) }) {
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
	if d.Kind != session.Minutes && s != session.Cancelled && d.OnAgenda() == nil && len(ownweb.Unasked(d)) > 0 {
		desk = append(desk, to("meeting.own.ask", "/egne-vedtak"))
	}
	return all, desk
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
	for _, m := range ownweb.Members(d) {
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
			for _, m := range ownweb.Members(d) {
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
