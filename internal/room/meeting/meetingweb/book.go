package meetingweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/meetingweb/outgoing"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/record"
	"kompetansetorg/internal/room/meeting/wording"
)

// bookView is the minutes: who met, and item by item what was said, how the votes fell
// and what was decided.
type bookView struct {
	web.Page
	Head      ui.Head
	Notices   []ui.Notice
	Missing   []ui.Point // what the law still asks for
	Facts     ui.Facts
	Met       ui.Table
	Items     []outgoing.Item
	Versions  ui.Timeline
	FollowUps []ui.Card
	Do        ui.Actions
}

func (p *pages) book(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	rec, err := p.Minutes.Get(r.Context(), actor, m)
	if err != nil {
		return err
	}
	t, b := p.door.Printer(r), rec.Book
	name := t.T("meeting.book.referat")
	if b.Elected {
		name = t.T("meeting.book.motebok")
	}
	view := bookView{Page: p.door.Frame(r, actor, name), Head: ui.Head{Kicker: rec.Meeting.BodyName, Title: name, Lead: when(t, rec.Meeting.Frame, p.Clock.Today()), Tags: []ui.Tag{stateTag(t, rec.Meeting.State)}}}
	view.Crumbs = wording.Crumbs(t, rec.Meeting)
	switch rec.Meeting.State {
	case session.Published:
		view.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("meeting.not_approved")}}
	case session.Approved:
		view.Notices = []ui.Notice{{Color: ui.Success, Text: t.T("meeting.approved_on", "date", rec.ApprovedOn)}}
	}
	items, err := p.itemsOf(r, actor, rec)
	if err != nil {
		return err
	}
	for _, x := range rec.Missing {
		point := ui.Point{Kind: ui.No, Label: t.T("meeting.missing.label"), Text: t.T(x.Message(), "where", x.Where), Href: items[x.Where]}
		if x.Element == record.Attendance {
			point.Href = path(m, "/oppmote")
		}
		view.Missing = append(view.Missing, point)
	}
	view.Facts.Items = []ui.Fact{{Label: t.T("meeting.field.body"), Text: t.Join(b.Bodies)}, {Label: t.T("meeting.field.when"), Text: t.T("meeting.book.when", "date", b.Day, "from", b.From, "to", b.To)},
		{Label: t.T("meeting.field.place"), Text: where(t, session.Frame{Place: b.Place, Remote: b.Remote})}}
	view.Met = outgoing.MetTable(t, b)
	for n, i := range b.Items {
		it := outgoing.ItemOf(t, b, n)
		it.Href = items[i.Key()]
		view.Items = append(view.Items, it)
	}
	for _, v := range rec.Versions {
		view.Versions.Items = append(view.Versions.Items, ui.Event{When: t.Moment(v.At), ISO: v.At.Date().String(), Text: t.T("meeting.book.version", "nr", v.Nr), Note: v.Why})
	}
	view.Versions.Label = t.T("meeting.book.versions")
	if err := p.openTasks(r, actor, rec, &view); err != nil {
		return err
	}
	if len(rec.Versions) > 0 {
		view.Head.Actions = []ui.Action{{Label: t.T("meeting.book.paper"), Href: path(m, "/motebok/papir"), Variant: ui.Secondary}}
	}
	if rec.Keeps && (rec.Meeting.State == session.Held || rec.Meeting.State == session.Published) && len(rec.Missing) == 0 {
		label := t.T("meeting.publish")
		if rec.Meeting.State == session.Published {
			label = t.T("meeting.publish.again")
		}
		view.Do.Items = []ui.Action{{Label: label, Href: path(m, "/publiser"), Variant: ui.Primary}}
	}
	return p.door.Views.Render(w, http.StatusOK, "meeting/book", view)
}

// itemsOf are the addresses of the meeting's items by their ids and by their numbers, for
// its secretary: what is missing in the minutes is written there.
func (p *pages) itemsOf(r *http.Request, actor access.Actor, rec minutes.Record) (map[string]string, error) {
	out := map[string]string{}
	if !rec.Keeps {
		return out, nil
	}
	d, err := p.Meetings.Get(r.Context(), actor, rec.Meeting.ID)
	for _, i := range d.Items {
		out[i.Number.String()], out[string(i.ID)] = itemPath(i, ""), itemPath(i, "")
	}
	return out, err
}

// openTasks are the follow-ups of the meeting that are open, for its secretary.
func (p *pages) openTasks(r *http.Request, actor access.Actor, rec minutes.Record, view *bookView) error {
	if !rec.Keeps {
		return nil
	}
	list, err := p.FollowUps.List(r.Context(), actor, rec.Meeting.Body, session.Open)
	for _, f := range list {
		view.FollowUps = append(view.FollowUps, followUpCard(p.door.Printer(r), f.Meeting, f, true))
	}
	return err
}

func (p *pages) publishForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	a := asked{Title: t.T("meeting.publish"), Lead: t.T("meeting.publish.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, "/motebok"), Submit: t.T("meeting.publish.do"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			_, err := p.Minutes.Publish(r.Context(), actor, d.ID, seen(values), in.Text("why"))
			return path(d.ID, "/motebok?ok=meeting.said.published"), err
		}}
	if d.State == session.Published {
		a.Title = t.T("meeting.publish.again")
		a.Groups[0].Fields = []form.Field{{Name: "why", Kind: form.Text, Label: t.T("meeting.field.why_corrected"), Required: true}}
	}
	return a, nil
}

// task leads from the list of tasks to the item that a follow-up came of.
func (p *pages) task(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := session.ParseFollowUpID(r.PathValue("follow"))
	if err != nil {
		return fault.Missing()
	}
	f, err := p.FollowUps.Get(r.Context(), actor, id)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, itemPath(session.Item{ID: f.Item, Meeting: f.Meeting}, "#followups"))
}

// closeForm closes a follow-up, with evidence.
func (p *pages) closeForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return asked{}, err
	}
	list, err := p.FollowUps.List(r.Context(), actor, d.Body, session.Open)
	if err != nil {
		return asked{}, err
	}
	var f session.FollowUp
	for _, x := range list {
		if string(x.ID) == r.PathValue("follow") && x.Meeting == d.ID && d.Within {
			f = x
		}
	}
	if f.ID == "" {
		return asked{}, fault.Missing()
	}
	ends := []session.Progress{session.Done, session.Dropped}
	return asked{Title: t.T("meeting.follow_up.close"), Lead: f.What, Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.save"), Version: f.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "state", Kind: form.Radio, Label: t.T("meeting.field.state"), Options: options(t, "", ends, session.Progress.Label, session.Done), Required: true},
			{Name: "evidence", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.evidence"), Hint: t.T("meeting.hint.closing"), Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			state, evidence := session.Progress(in.Choice("state", strs(ends)...)), in.Text("evidence")
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID, "?ok=meeting.said.saved"), p.FollowUps.Close(r.Context(), actor, f.ID, seen(values), state, evidence)
		}}, nil
}
