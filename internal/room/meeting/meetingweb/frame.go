package meetingweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/wording"
)

func frameFields(t i18n.Printer, f session.Frame) []form.Field {
	return []form.Field{{Name: "day", Kind: form.Date, Label: t.T("meeting.field.day"), Value: f.Day.String(), Required: true},
		{Name: "from", Kind: form.Text, Label: t.T("meeting.field.from"), Hint: t.T("meeting.hint.clock"), Value: f.From, Required: true},
		{Name: "to", Kind: form.Text, Label: t.T("meeting.field.to"), Hint: t.T("meeting.hint.clock"), Value: f.To, Required: true},
		{Name: "place", Kind: form.Text, Label: t.T("meeting.field.place"), Value: f.Place},
		{Name: "remote", Kind: form.Checks, Label: t.T("meeting.field.remote"), Hint: t.T("meeting.hint.remote"), Options: []form.Option{{Value: "ja", Label: t.T("meeting.remote"), Selected: f.Remote}}},
		{Name: "link", Kind: form.Text, Label: t.T("meeting.field.link"), Hint: t.T("meeting.hint.link"), Value: f.Link}}
}

func readFrame(in *form.Input) session.Frame {
	return session.Frame{Day: in.Date("day"), From: in.Text("from"), To: in.Text("to"), Place: in.Text("place"), Remote: in.Bool("remote"), Link: in.Text("link")}
}

func (p *pages) planForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	keeps, err := p.Meetings.Keeps(r.Context(), actor)
	if err != nil {
		return asked{}, err
	}
	if len(keeps) == 0 {
		return asked{}, fault.New(fault.Denied, "fault.denied")
	}
	all, err := p.Bodies.List(r.Context(), meeting.Filter{})
	if err != nil {
		return asked{}, err
	}
	mine := slices.DeleteFunc(slices.Clone(all), func(b meeting.Body) bool { return !slices.Contains(keeps, b.ID) })
	chosen := meeting.BodyID(r.URL.Query().Get("body"))
	if len(mine) == 1 {
		chosen = mine[0].ID
	}
	joint := form.Field{Name: "joint", Kind: form.Checks, Label: t.T("meeting.field.joint"), Hint: t.T("meeting.hint.joint")}
	for _, b := range all {
		joint.Options = append(joint.Options, form.Option{Value: string(b.ID), Label: b.Name})
	}
	return asked{Title: t.T("meeting.plan"), Lead: t.T("meeting.plan.lead"), Crumbs: wording.Crumbs(t, session.Meeting{}), Back: "/moter", Submit: t.T("meeting.plan"),
		Groups: []ui.Fieldset{{Fields: append(append([]form.Field{{Name: "body", Kind: form.Select, Label: t.T("meeting.field.body"), Options: bodyOptions(t, "meeting.choose", mine, chosen), Required: true}},
			frameFields(t, session.Frame{From: "10:00", To: "12:00"})...), joint)}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			n := session.NewMeeting{Frame: readFrame(in), Body: meeting.BodyID(in.Choice("body", bodyIDs(mine)...))}
			for _, b := range in.Choices("joint", bodyIDs(all)...) {
				n.Joint = append(n.Joint, meeting.BodyID(b))
			}
			if n.Body == "" {
				in.Refuse("body", "form.error.required")
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			m, err := p.Meetings.Plan(r.Context(), actor, n)
			return path(m, "?ok=meeting.said.planned"), err
		}}, nil
}

func (p *pages) frameForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("meeting.do.edit"), Lead: t.T("meeting.edit.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Theirs: theirs{t.T("meeting.theirs"), []string{when(t, d.Frame, p.Clock.Today()), where(t, d.Frame)}}, Groups: []ui.Fieldset{{Fields: frameFields(t, d.Frame)}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			f := readFrame(in)
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID, "?ok=meeting.said.saved"), p.Meetings.Change(r.Context(), actor, d.ID, seen(values), f)
		}}, nil
}

func (p *pages) cancelForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("meeting.do.cancel"), Lead: t.T("meeting.cancel.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.do.cancel"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "why", Kind: form.Text, Label: t.T("meeting.field.why"), Hint: t.T("meeting.hint.why"), Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			return path(d.ID, "?ok=meeting.said.cancelled"), p.Meetings.Cancel(r.Context(), actor, d.ID, seen(values), in.Text("why"))
		}}, nil
}

// seatOptions are the seats of a meeting, with the office that holds each.
func seatOptions(t i18n.Printer, list []session.Seated, only func(session.Seated) bool) ([]form.Option, []string) {
	out, ids := []form.Option{{Label: t.T("meeting.choose"), Selected: true}}, []string{}
	for _, x := range list {
		if only(x) {
			out, ids = append(out, form.Option{Value: string(x.ID), Label: x.OrgName + ", " + x.Member.Title}), append(ids, string(x.ID))
		}
	}
	return out, ids
}

func voting(x session.Seated) bool { return x.Votes }

func anybody(session.Seated) bool { return true }

func (p *pages) beginForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	body, err := p.Bodies.Get(r.Context(), d.Body)
	if err != nil {
		return asked{}, err
	}
	seats, ids := seatOptions(t, d.Seats, voting)
	if leader, _, ok := body.LeaderOn(meeting.Leader, d.Day); ok {
		for n := range seats {
			seats[n].Selected = seats[n].Value == string(leader.ID)
		}
	}
	lead := t.T("meeting.begin.lead")
	if d.Day != p.Clock.Today() {
		lead = t.T("meeting.begin.early", "date", d.Day) + " " + lead
	}
	return asked{Title: t.T("meeting.do.begin"), Lead: lead, Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.do.begin"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "chair", Kind: form.Select, Label: t.T("meeting.field.chair"), Options: seats, Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			chair := meeting.SeatID(in.Choice("chair", ids...))
			if chair == "" {
				in.Refuse("chair", "form.error.required")
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID, "/oppmote?ok=meeting.said.begun"), p.Floor.Begin(r.Context(), actor, d.ID, seen(values), chair)
		}}, nil
}

func (p *pages) endForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	now := clock.InOslo(p.Clock.Now()).Format("15:04")
	if d.Day != p.Clock.Today() || now <= d.From {
		now = d.To // it was opened before its time, or is ended on another day
	}
	return asked{Title: t.T("meeting.do.end"), Lead: t.T("meeting.end.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.do.end"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "to", Kind: form.Text, Label: t.T("meeting.field.ended"), Hint: t.T("meeting.hint.clock"), Value: now, Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			return path(d.ID, "/motebok?ok=meeting.said.ended"), p.Floor.End(r.Context(), actor, d.ID, seen(values), in.Text("to"))
		}}, nil
}

// How a seat meets, as the form of attendance asks.
const (
	metMember = "member"
	metDeputy = "deputy"
	metBoth   = "both"
	metAbsent = "absent"
)

// attendForm asks of every seat at once who meets, so that a roll call is one page.
func (p *pages) attendForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.keeping(r, actor)
	if err != nil {
		return asked{}, err
	}
	choices := []string{metMember, metDeputy, metBoth, metAbsent}
	group := ui.Fieldset{}
	for _, x := range d.Seats {
		f := form.Field{Name: "seat-" + string(x.ID), Kind: form.Select, Label: x.OrgName + ", " + x.Member.Title, Options: []form.Option{{Label: t.T("meeting.met.unknown")}}}
		for _, c := range choices {
			if len(x.Deputies) > 0 || c == metMember || c == metAbsent {
				f.Options = append(f.Options, form.Option{Value: c, Label: t.T(i18n.Key("meeting.met." + c)), Selected: c == metNow(x, d.Met)})
			}
		}
		group.Fields = append(group.Fields, f)
	}
	return asked{Title: t.T("meeting.do.attend"), Lead: t.T("meeting.attend.lead"), Crumbs: wording.Crumbs(t, d.Meeting), Back: path(d.ID, ""), Submit: t.T("meeting.save"), Groups: []ui.Fieldset{group},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			for _, x := range d.Seats {
				c := in.Choice("seat-"+string(x.ID), choices...)
				if c == "" || c == metNow(x, d.Met) {
					continue // unchanged: what another secretary notes stays
				}
				if err := p.attend(r, actor, d, x, c); err != nil {
					return "", err
				}
			}
			return path(d.ID, "?ok=meeting.said.saved"), in.Err()
		}}, nil
}

// metNow is how the seat meets as noted, empty when nothing is.
func metNow(x session.Seated, list []session.Attendance) string {
	member, deputy, noted := false, false, false
	for _, a := range list {
		if a.Seat == x.ID {
			noted = true
			member = member || a.Present && a.Part == meeting.Member
			deputy = deputy || a.Present && a.Part == meeting.Deputy
		}
	}
	switch {
	case member && deputy:
		return metBoth
	case member:
		return metMember
	case deputy:
		return metDeputy
	case noted:
		return metAbsent
	}
	return ""
}

func (p *pages) attend(r *http.Request, actor access.Actor, d session.Detail, x session.Seated, how string) error {
	err := p.Floor.Attend(r.Context(), actor, d.ID, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: how == metMember || how == metBoth})
	if err != nil || len(x.Deputies) == 0 {
		return err
	}
	return p.Floor.Attend(r.Context(), actor, d.ID, session.Attendance{Seat: x.ID, Part: meeting.Deputy, Present: how == metDeputy || how == metBoth})
}
