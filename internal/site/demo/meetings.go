package demo

import (
	"context"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/own"
)

// loadMeetings puts in the agenda of 18.08.2020, a council meeting whose minutes wait
// for approval, a meeting that goes on today, and the council's and the regional forum's next meetings in nine days.
func (l *loader) loadMeetings(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.executives2020, l.heldMeeting, l.openMeeting, l.nextMeetings} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("demo: meetings: %w", err)
		}
	}
	return nil
}

// meetings is the room with its parts.
type meetings struct {
	*session.Service
	agenda    *agenda.Service
	floor     *floor.Service
	minutes   *minutes.Service
	followUps *followup.Service
	own       *own.Service
}

func roomsOf(room *session.Service) meetings {
	return meetings{room, agenda.New(room), floor.New(room), minutes.New(room), followup.New(room), own.New(room)}
}

// meetingsAt is the room on a day in the past.
func (l *loader) meetingsAt(d clock.Date) meetings {
	deps := l.Meetings.Deps
	deps.Clock = func() time.Time { return clock.StartOfDay(d).Std().Add(9 * time.Hour) }
	return roomsOf(session.New(deps))
}

// meets plans a meeting with items and sends its agenda.
func (l *loader) meets(ctx context.Context, room meetings, body string, f session.Frame, items []agenda.NewItem) (session.ID, error) {
	m, err := room.Plan(ctx, l.actor, session.NewMeeting{Body: l.bodies[body], Frame: f})
	if err != nil {
		return "", err
	}
	for _, i := range items {
		if _, err := room.agenda.Add(ctx, l.actor, m, i); err != nil {
			return "", err
		}
	}
	d, err := room.Get(ctx, l.actor, m)
	if err != nil {
		return "", err
	}
	_, err = room.agenda.Issue(ctx, l.actor, m, d.Version, "")
	return m, err
}

// executives2020 is the agenda of the committee of chief executives (S4): its two cases
// are named as the documents name them.
func (l *loader) executives2020(ctx context.Context) error {
	on := clock.MustDate("2020-08-18")
	other := func(title string) agenda.NewItem {
		return agenda.NewItem{Kind: session.Other, Content: session.Content{Title: title}}
	}
	_, err := l.meets(ctx, l.meetingsAt(on.AddDays(-7)), Executives, session.Frame{Day: on, From: "14:00", To: "15:30", Place: "Teams", Remote: true},
		[]agenda.NewItem{{Kind: session.Report}, other("Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd"),
			other("Kompetansepiloter Trøndelag Sør – forankring i kommuner og finansiering")})
	return err
}

// heldMeeting is a meeting of the council with one decision, minutes that are not
// approved yet, and a follow-up that is open.
func (l *loader) heldMeeting(ctx context.Context) error {
	on := l.Clock.Today().AddDays(-40)
	room := l.meetingsAt(on)
	m, err := l.meets(ctx, room, TheCouncil, session.Frame{Day: on, From: "10:00", To: "14:00", Place: "Kommunehuset på Støren"},
		[]agenda.NewItem{{Kind: session.Report}, {Kind: session.File, Case: l.cases["kurs"]},
			{Kind: session.Other, Content: session.Content{Title: "Møteplan for neste halvår"}}})
	if err != nil {
		return err
	}
	d, err := room.Get(ctx, l.actor, m)
	if err != nil {
		return err
	}
	var chair meeting.SeatID
	for _, x := range d.Seats {
		if x.Votes && x.Org == l.orgs["oppdal"] {
			chair = x.ID
		}
	}
	if err := room.floor.Begin(ctx, l.actor, m, d.Version, chair); err != nil {
		return err
	}
	for _, x := range d.Seats {
		if err := room.floor.Attend(ctx, l.actor, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: x.Votes || x.Kind != rule.Opposition}); err != nil {
			return err
		}
	}
	if err := l.decided(ctx, room, d); err != nil {
		return err
	}
	if d, err = room.Get(ctx, l.actor, m); err != nil {
		return err
	}
	if err := room.floor.End(ctx, l.actor, m, d.Version, "13:40"); err != nil {
		return err
	}
	if d, err = room.Get(ctx, l.actor, m); err != nil {
		return err
	}
	_, err = room.minutes.Publish(ctx, l.actor, m, d.Version, "")
	return err
}

// decided treats the items of the meeting.
func (l *loader) decided(ctx context.Context, room meetings, d session.Detail) error {
	reports, plan := d.Items[0], d.Items[2]
	if err := room.floor.Note(ctx, l.actor, reports.ID, reports.Version, casework.Noted, "Referatsakene tas til orientering."); err != nil {
		return err
	}
	if err := room.floor.SetScope(ctx, l.actor, plan.ID, plan.Version, outcome.All, "Leder"); err != nil {
		return err
	}
	for _, x := range d.Seats {
		if !x.Votes {
			continue
		}
		if _, err := room.floor.TakePosition(ctx, l.actor, plan.ID, floor.Taking{Seat: x.ID, Position: rule.For}); err != nil {
			return err
		}
	}
	if _, err := room.floor.Decide(ctx, l.actor, plan.ID, plan.Version+1, "Rådet vedtar møteplanen slik den er lagt fram."); err != nil {
		return err
	}
	if err := room.minutes.Write(ctx, l.actor, plan.ID, plan.Version+1, "Sekretariatet la fram forslag til møteplan. Ingen andre forslag."); err != nil {
		return err
	}
	if err := l.joined(ctx, room, d, d.Items[1]); err != nil {
		return err
	}
	_, err := room.followUps.Add(ctx, l.actor, plan.ID, session.FollowUp{What: "Send møteplanen til kommunene", Org: l.orgs["radet"], Due: d.Day.AddDays(30)})
	return err
}

// joined decides a project that five of six take part in, at a cost that they share, and
// asks the five for their own decisions; two have answered.
func (l *loader) joined(ctx context.Context, room meetings, d session.Detail, i session.Item) error {
	if err := room.floor.SetScope(ctx, l.actor, i.ID, i.Version, outcome.Some, "Leder"); err != nil {
		return err
	}
	if err := room.floor.SetCost(ctx, l.actor, i.ID, i.Version+1, 650_000*money.Krone, nil); err != nil {
		return err
	}
	var asked []access.OrgID
	for _, x := range d.Seats {
		if !x.Votes {
			continue
		}
		taken := floor.Taking{Seat: x.ID, Position: rule.For}
		if x.Org == l.orgs["oppdal"] {
			taken.Position, taken.Reason = rule.Reserved, "Kommunen har nettopp gjennomført et eget kurs."
		} else {
			asked = append(asked, x.Org)
		}
		if _, err := room.floor.TakePosition(ctx, l.actor, i.ID, taken); err != nil {
			return err
		}
	}
	if _, err := room.floor.Decide(ctx, l.actor, i.ID, i.Version+2, "Kommunene som deltar, kjøper kurset sammen."); err != nil {
		return err
	}
	if err := room.minutes.Write(ctx, l.actor, i.ID, i.Version+2, "Kostnaden deles likt mellom kommunene som deltar."); err != nil {
		return err
	}
	if err := room.own.Ask(ctx, l.actor, i.ID, asked, l.Clock.Today().AddDays(30)); err != nil {
		return err
	}
	item, err := room.Item(ctx, l.actor, i.ID)
	if err != nil {
		return err
	}
	for n, x := range item.Own[:2] {
		answer := own.Answer{Answer: outcome.Yes, Ref: fmt.Sprintf("PS %d/%02d", 41+n, d.Day.Year()%100), Day: d.Day}
		if err := room.own.Answer(ctx, l.actor, x.ID, x.Version, answer); err != nil {
			return err
		}
	}
	return nil
}

// openMeeting goes on today: the chief executives have met, and somebody has asked
// whether one of them is able to take part.
func (l *loader) openMeeting(ctx context.Context) error {
	room := roomsOf(l.Meetings)
	m, err := l.meets(ctx, room, Executives, session.Frame{Day: l.Clock.Today(), From: "08:00", To: "23:00", Place: "Teams", Remote: true},
		[]agenda.NewItem{{Kind: session.Other, Content: session.Content{Title: "Lokaler til samlinger", Words: "Hvilken kommune stiller med lokaler i vår?"}}, {Kind: session.Report}})
	if err != nil {
		return err
	}
	d, err := room.Get(ctx, l.actor, m)
	if err != nil {
		return err
	}
	if err := room.floor.Begin(ctx, l.actor, m, d.Version, d.Seats[0].ID); err != nil {
		return err
	}
	for _, x := range d.Seats {
		if err := room.floor.Attend(ctx, l.actor, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: true}); err != nil {
			return err
		}
	}
	item := d.Items[1].ID
	if _, err := room.floor.RaiseRecusal(ctx, l.actor, item, d.Seats[0].ID, meeting.Member, "Kommunen leier selv ut lokalene saken gjelder."); err != nil {
		return err
	}
	_, err = room.followUps.Add(ctx, l.actor, item, session.FollowUp{What: "Lag en oversikt over ledige lokaler", Org: l.orgs["radet"], Due: l.Clock.Today().AddDays(14)})
	return err
}

// nextMeetings are called to by themselves: the council's agenda is made and sent, the
// forum's is still in the workshop.
func (l *loader) nextMeetings(ctx context.Context) error {
	room := roomsOf(l.Meetings)
	room.agenda = l.Agenda // with what stands on every agenda
	day := l.Clock.Today().AddDays(9)
	for _, x := range []struct {
		body     string
		from, to string
		send     bool
	}{{TheCouncil, "10:00", "14:00", true}, {RegionalForum, "12:00", "15:00", false}} {
		m, err := room.Plan(ctx, l.actor, session.NewMeeting{Body: l.bodies[x.body], Frame: session.Frame{Day: day, From: x.from, To: x.to, Place: "Røros", Remote: x.send, Link: ""}})
		if err != nil {
			return err
		}
		if _, err := room.agenda.Make(ctx, l.actor, m); err != nil {
			return err
		}
		if !x.send {
			continue
		}
		item := agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Felles innsats for desentralisert utdanning", Words: "Rådet drøfter hva kommunene kan gjøre sammen."}}
		if _, err := room.agenda.Add(ctx, l.actor, m, item); err != nil {
			return err
		}
		d, err := room.Get(ctx, l.actor, m)
		if err != nil {
			return err
		}
		if _, err := room.agenda.Issue(ctx, l.actor, m, d.Version, ""); err != nil {
			return err
		}
	}
	return nil
}
