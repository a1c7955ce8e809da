package meetingweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Coming []ui.Card
	Empty  ui.Empty
	Past   ui.Table
	// Subscribe are the ways to follow all meetings from a program of one's own.
	Subscribe ui.Actions
}

// list is one calendar over all bodies: what comes as cards, with what collides, and
// what has been below.
func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, today := p.door.Printer(r), p.Clock.Today()
	bodies, err := p.Bodies.List(r.Context(), meeting.Filter{})
	if err != nil {
		return err
	}
	in := form.Read(r.URL.Query())
	f := session.Filter{Body: meeting.BodyID(in.Choice("body", bodyIDs(bodies)...))}
	state := session.State(in.Choice("state", strs(session.States())...))
	if state != "" {
		f.States = []session.State{state}
	}
	all, err := p.Meetings.List(r.Context(), actor, f)
	if err != nil {
		return err
	}
	view := listView{Page: p.door.Frame(r, actor, t.T("meeting.calendar")), Head: ui.Head{Title: t.T("meeting.calendar"), Lead: t.T("meeting.calendar.lead")},
		Empty: ui.Empty{Title: t.T("meeting.none.title"), Text: t.T("meeting.none.text")},
		Past:  ui.Table{Caption: t.T("meeting.past"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("meeting.field.day")}, {Label: t.T("meeting.field.body")}, {Label: t.T("meeting.field.state")}}}}
	for _, e := range all {
		if e.Day.Before(today) || e.State.Over() {
			continue
		}
		view.Coming = append(view.Coming, p.card(t, e))
	}
	for _, e := range slices.Backward(all) {
		if e.Day.Before(today) || e.State.Over() {
			view.Past.Rows = append(view.Past.Rows, ui.Row{Cells: []ui.Cell{{Text: t.Date(e.Day), Href: path(e.ID, ""), Sub: e.From + "–" + e.To}, {Text: e.BodyName},
				{Tags: []ui.Tag{stateTag(t, e.State)}}}})
		}
	}
	view.Filter = ui.Filter{Action: "/moter", Title: t.T("meeting.filter"), Submit: t.T("meeting.filter.do"), Hits: t.T("meeting.hits", "n", len(all)),
		Fields: []form.Field{{Name: "body", Kind: form.Select, Label: t.T("meeting.field.body"), Options: bodyOptions(t, "meeting.filter.all", bodies, f.Body)},
			{Name: "state", Kind: form.Select, Label: t.T("meeting.field.state"), Options: options(t, "meeting.filter.any_state", session.States(), session.State.Label, state)}}}
	if f.Body != "" || state != "" {
		view.Filter.Clear = &ui.Link{Label: t.T("meeting.filter.clear"), Href: "/moter"}
	}
	keeps, err := p.Meetings.Keeps(r.Context(), actor)
	if err != nil {
		return err
	}
	view.Head.Actions = []ui.Action{{Label: t.T("meeting.cases"), Href: "/saker", Variant: ui.Secondary}}
	view.Subscribe.Items = []ui.Action{{Label: t.T("meeting.calendar.all"), Href: "/moter/kalender.ics", Variant: ui.Tertiary}, {Label: t.T("meeting.feed.all"), Href: "/moter/nytt.atom", Variant: ui.Tertiary}}
	if len(keeps) > 0 {
		view.Head.Actions = []ui.Action{view.Head.Actions[0], {Label: t.T("meeting.plan"), Href: "/moter/ny", Variant: ui.Primary}}
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
	}
	return p.door.Views.Render(w, status, "meeting/list", view)
}

// card is a meeting to come: when, where, and what it collides with.
func (p *pages) card(t i18n.Printer, e session.Entry) ui.Card {
	c := ui.Card{Kicker: when(t, e.Frame, p.Clock.Today()), Title: e.BodyName, Href: path(e.ID, ""), Text: where(t, e.Frame), Tags: []ui.Tag{stateTag(t, e.State)}, Color: ui.Accent}
	if len(e.JointNames) > 0 {
		c.Facts = []ui.Fact{{Label: t.T("meeting.joint"), Text: t.Join(e.JointNames)}}
	}
	for _, x := range e.Collides {
		c.Points = append(c.Points, ui.Point{Kind: ui.No, Label: t.T("meeting.collides"), Text: t.T("meeting.collides.with", "body", x.BodyName, "from", x.From, "to", x.To)})
	}
	if e.State == session.Cancelled {
		c.Color, c.Points = ui.Neutral, []ui.Point{{Text: e.Why}}
	}
	return c
}

func bodyIDs(list []meeting.Body) []string {
	out := make([]string, len(list))
	for i, b := range list {
		out[i] = string(b.ID)
	}
	return out
}

func bodyOptions(t i18n.Printer, none i18n.Key, list []meeting.Body, chosen meeting.BodyID) []form.Option {
	var out []form.Option
	if none != "" {
		out = append(out, form.Option{Label: t.T(none), Selected: chosen == ""})
	}
	for _, b := range list {
		out = append(out, form.Option{Value: string(b.ID), Label: b.Name, Selected: b.ID == chosen})
	}
	return out
}
