package meetingweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/meetingweb/outgoing"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/wording"
)

type showView struct {
	web.Page
	Live      ui.Live
	Head      ui.Head
	Notices   []ui.Notice
	Facts     ui.Facts
	Agenda    ui.Table
	NoAgenda  ui.Empty
	Changed   []ui.Point // since the edition before
	ChangedBy string
	Demanded  []ui.Card
	Demand    ui.Actions
	People    []ui.Card
	Extracts  []ui.Link // one for each member, for its own case system
	Do        ui.Actions
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	seen, err := p.lookMeeting(r, actor) // before the rest, so that no change falls between
	if err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	name := t.T("meeting.of", "body", d.BodyName, "date", d.Day)
	view := showView{Page: p.door.Frame(r, actor, name), Head: ui.Head{Kicker: t.T("meeting.kicker"), Title: d.BodyName, Lead: when(t, d.Frame, today), Tags: []ui.Tag{stateTag(t, d.State)}},
		Facts: ui.Facts{Items: facts(t, d)}, NoAgenda: ui.Empty{Title: t.T("meeting.agenda.none.title"), Text: t.T("meeting.agenda.none.text")}}
	view.Crumbs, view.Live = wording.Crumbs(t, session.Meeting{}), p.door.Follow(r, path(d.ID, listening), seen.Mark, "")
	if d.State == session.Cancelled {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Danger, Title: t.T(session.Cancelled.Label()), Text: d.Why})
	}
	if d.State == session.Published {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: t.T("meeting.not_approved")})
	}
	if len(d.Editions) > 0 {
		view.Agenda = editionTable(t, d, d.Editions[0])
	}
	if len(d.Editions) > 1 {
		for _, c := range agenda.Compare(d.Editions[1].Frozen, d.Editions[0].Frozen) {
			view.Changed = append(view.Changed, ui.Point{Text: wording.Difference(t, c)})
		}
		view.ChangedBy = t.T("meeting.changed.why", "nr", d.Editions[0].Nr, "date", d.Editions[0].At.Date(), "why", d.Editions[0].Why)
	}
	view.People = people(t, d)
	for _, i := range d.Demanded {
		view.Demanded = append(view.Demanded, ui.Card{Title: i.Title, Text: t.T("meeting.demanded.n", "n", i.Demanded),
			Actions: []ui.Action{{Label: t.T("meeting.support"), Context: i.Title, Href: path(d.ID, "/stott"), Post: true, Name: "item", Value: string(i.ID), Variant: ui.Secondary}}})
	}
	if mayDemand(d) {
		view.Demand.Items = []ui.Action{{Label: t.T("meeting.demand"), Href: path(d.ID, "/krev"), Variant: ui.Tertiary}}
	}
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: name, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: session.ObjectName, Ref: string(d.ID)}.Path()})
	}
	view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("meeting.calendar.get"), Href: path(d.ID, "/kalender.ics"), Variant: ui.Secondary})
	if len(d.Editions) > 0 {
		view.Extracts = outgoing.ExtractLinks(t, d)
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("meeting.agenda.paper"), Href: path(d.ID, "/innkalling"), Variant: ui.Secondary})
	}
	if d.Recorded {
		label := t.T("meeting.book.read_referat")
		if d.Elected {
			label = t.T("meeting.book.read")
		}
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: label, Href: path(d.ID, "/motebok"), Variant: ui.Primary})
	}
	if d.Keeps && d.Edition > 0 {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("meeting.invited"), Href: path(d.ID, "/innkalt"), Variant: ui.Tertiary})
	}
	if p.Beside != nil {
		beside, err := p.Beside(r.Context(), t, d)
		if err != nil {
			return err
		}
		view.Head.Actions = append(view.Head.Actions, beside...)
	}
	if d.Keeps {
		view.Do.Items = desk(t, d, today)
		if d.State.Over() {
			view.Do.Items = append(view.Do.Items, ui.Action{Label: t.T("meeting.archive.get"), Href: path(d.ID, "/arkiv.zip"), Variant: ui.Tertiary})
		}
	}
	return p.draw(w, r, "meeting/show", view)
}

// mayDemand reports whether the reader has a seat with a vote and may ask for an item.
func mayDemand(d session.Detail) bool {
	for _, x := range d.Seats {
		if x.Mine && x.Votes && d.State.Ahead() {
			return true
		}
	}
	return false
}

func facts(t i18n.Printer, d session.Detail) []ui.Fact {
	out := []ui.Fact{{Label: t.T("meeting.field.body"), Link: &ui.Link{Label: d.BodyName, Href: "/organ/" + string(d.Body)}},
		{Label: t.T("meeting.field.when"), Text: t.T("meeting.lasts", "date", d.Day, "from", d.From, "to", d.To, "n", d.Minutes())},
		{Label: t.T("meeting.field.place"), Text: where(t, d.Frame)}}
	if len(d.JointNames) > 0 {
		out = append(out, ui.Fact{Label: t.T("meeting.joint"), Text: t.Join(d.JointNames)})
	}
	if d.Link != "" {
		out = append(out, ui.Fact{Label: t.T("meeting.field.link"), Link: &ui.Link{Label: t.T("meeting.link"), Href: d.Link}})
	}
	return out
}

// editionTable is the agenda as it was sent, in the four columns that agendas have (D.4).
func editionTable(t i18n.Printer, d session.Detail, e session.Edition) ui.Table {
	out := ui.Table{Caption: t.T("meeting.agenda.caption", "nr", e.Nr, "date", e.At.Date()), Columns: []ui.Column{{Label: t.T("meeting.field.nr")}, {Label: t.T("meeting.field.title")},
		{Label: t.T("meeting.field.closed")}, {Label: t.T("meeting.field.archive")}}}
	open := map[session.ItemID]bool{}
	for _, i := range d.Items {
		open[i.ID] = !i.Hidden
	}
	for _, i := range e.Items {
		name := i.Title
		if name == "" {
			name = t.T(i.Label())
		}
		cell := ui.Cell{Text: name}
		switch {
		case open[i.ID] && d.Within:
			cell.Href = path(d.ID, "/saker/"+string(i.ID))
		case i.Case != "" && !d.Within:
			cell.Href = "/saker/" + string(i.Case)
		}
		if made, ok := d.Decided[i.ID]; ok && made.State != "" {
			cell.Tags = append(cell.Tags, ui.Tag{Text: t.T(made.State.Name()), Color: ui.Info})
		}
		if i.Withdrawn {
			cell.Tags = []ui.Tag{{Text: t.T("meeting.withdrawn"), Color: ui.Neutral}}
		}
		archive := ui.Cell{Text: i.Archive}
		if i.Case != "" {
			archive.Href = "/saker/" + string(i.Case)
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: i.Number}, cell, {Text: wording.Kept(t, i.Ground, d.Elected)}, archive}})
	}
	return out
}

// people are the members, each with the offices that sit for it, who has the vote, and to
// those within who meets.
func people(t i18n.Printer, d session.Detail) []ui.Card {
	var out []ui.Card
	at := map[access.OrgID]int{}
	for _, x := range d.Seats {
		n, known := at[x.Org]
		if !known {
			n = len(out)
			at[x.Org] = n
			out = append(out, ui.Card{Title: x.OrgName})
		}
		p := ui.Point{Text: x.Member.Title}
		if p.Text == "" {
			p.Text = t.T("meeting.seat.empty")
		}
		if x.Votes {
			p.Text = t.T("meeting.seat.votes", "office", p.Text)
		}
		if d.Within && len(d.Met) > 0 {
			p.Text = t.T("meeting.seat.met", "office", p.Text, "met", met(t, x, d.Met))
		}
		out[n].Points = append(out[n].Points, p)
	}
	return out
}

// met says whether and how a seat meets.
func met(t i18n.Printer, x session.Seated, list []session.Attendance) string {
	text := t.T("meeting.met.unknown")
	for _, a := range list {
		if a.Seat != x.ID {
			continue
		}
		switch {
		case a.Present && a.Part == meeting.Deputy:
			return t.T("meeting.met.deputy")
		case a.Present:
			return t.T("meeting.met.member")
		}
		text = t.T("meeting.met.absent")
	}
	return text
}

// desk is what the secretary can do next, the most likely first.
func desk(t i18n.Printer, d session.Detail, today clock.Date) []ui.Action {
	at := func(label i18n.Key, to string, v ui.Variant) ui.Action {
		return ui.Action{Label: t.T(label), Href: path(d.ID, to), Variant: v}
	}
	switch d.State {
	case session.Planned:
		return []ui.Action{at("meeting.do.agenda", "/saksliste", ui.Primary), at("meeting.do.edit", "/rediger", ui.Secondary), at("meeting.do.cancel", "/avlys", ui.Tertiary)}
	case session.Sent:
		if today.Before(d.Day) {
			return []ui.Action{at("meeting.do.agenda", "/saksliste", ui.Primary), at("meeting.do.edit", "/rediger", ui.Secondary), at("meeting.do.attend", "/oppmote", ui.Secondary),
				at("meeting.do.begin", "/start", ui.Secondary), at("meeting.do.cancel", "/avlys", ui.Tertiary)}
		}
		return []ui.Action{at("meeting.do.begin", "/start", ui.Primary), at("meeting.do.agenda", "/saksliste", ui.Secondary), at("meeting.do.attend", "/oppmote", ui.Secondary),
			at("meeting.do.edit", "/rediger", ui.Secondary), at("meeting.do.cancel", "/avlys", ui.Tertiary)}
	case session.Opened:
		return []ui.Action{at("meeting.do.attend", "/oppmote", ui.Primary), at("meeting.do.agenda", "/saksliste", ui.Secondary), at("meeting.do.end", "/slutt", ui.Secondary)}
	case session.Held:
		return []ui.Action{at("meeting.do.attend", "/oppmote", ui.Secondary)}
	}
	return nil
}

func (p *pages) supportPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	for _, i := range d.Demanded {
		if string(i.ID) == r.PostForm.Get("item") {
			if err := p.Agenda.Support(r.Context(), actor, i.ID); err != nil {
				return err
			}
		}
	}
	return web.SeeOther(w, r, path(d.ID, "?ok=meeting.said.saved"))
}
