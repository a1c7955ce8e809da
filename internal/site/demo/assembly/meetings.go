package assembly

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
	"kompetansetorg/internal/room/meeting/session/comment"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/own"
)

// loadMeetings puts in the meeting of 18.08.2020, a council meeting whose minutes wait
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
	comments  *comment.Service
}

func roomsOf(room *session.Service) meetings {
	return meetings{room, agenda.New(room), floor.New(room), minutes.New(room), followup.New(room), own.New(room), comment.New(room)}
}

// meetingsAt is the room on a day in the past.
func (l *loader) meetingsAt(d clock.Date) meetings {
	deps := l.Meetings.Deps
	deps.Clock = func() time.Time { return clock.StartOfDay(d).Std().Add(9 * time.Hour) }
	return roomsOf(session.New(deps))
}

// meets plans a meeting with items and sends its agenda.
func (l *loader) meets(ctx context.Context, room meetings, body string, f session.Frame, items []agenda.NewItem) (session.ID, error) {
	m, err := room.Plan(ctx, l.System, session.NewMeeting{Body: l.bodies[body], Frame: f})
	if err != nil {
		return "", err
	}
	for _, i := range items {
		if _, err := room.agenda.Add(ctx, l.System, m, i); err != nil {
			return "", err
		}
	}
	d, err := room.Get(ctx, l.System, m)
	if err != nil {
		return "", err
	}
	_, err = room.agenda.Issue(ctx, l.System, m, d.Version, "")
	return m, err
}

// executives2020 is the meeting of the committee of chief executives (S4): its agenda is
// as the documents have it, with their archive numbers. Of the meeting itself they say
// nothing; what the referat says is the demo's.
func (l *loader) executives2020(ctx context.Context) error {
	on := clock.MustDate("2020-08-18")
	file := func(key string) agenda.NewItem {
		return agenda.NewItem{Kind: session.File, Case: l.cases[key]}
	}
	m, err := l.meets(ctx, l.meetingsAt(on.AddDays(-7)), Executives, session.Frame{Day: on, From: "14:00", To: "15:30", Place: "Teams", Remote: true},
		[]agenda.NewItem{{Kind: session.Report}, file("avtale"), file("piloter")})
	if err != nil {
		return err
	}
	room := l.meetingsAt(on)
	d, err := l.opened(ctx, room, m, func(meeting.Seat) bool { return true })
	if err != nil {
		return err
	}
	if err := room.floor.Note(ctx, l.System, d.Items[0].ID, d.Items[0].Version, casework.Noted, "Referatene ble tatt til orientering."); err != nil {
		return err
	}
	for n, words := range []string{"Utvalget rår kommunestyrene til å vedta avtalen.", "Utvalget slutter seg til skissen og ber om at finansieringen går til rådet."} {
		i := d.Items[n+1]
		for _, x := range d.Seats {
			if !x.Votes {
				continue
			}
			if _, err := room.floor.TakePosition(ctx, l.System, i.ID, floor.Taking{Seat: x.ID, Position: rule.For}); err != nil {
				return err
			}
		}
		if _, err := room.floor.Decide(ctx, l.System, i.ID, i.Version, words); err != nil {
			return err
		}
		if err := room.minutes.Write(ctx, l.System, i.ID, i.Version, "Skrevet for demoen: kilden har bare sakslista."); err != nil {
			return err
		}
	}
	return l.ended(ctx, m, on, "15:30")
}

// opened begins the meeting with the first voting seat that may lead it, and writes down
// who is there.
func (l *loader) opened(ctx context.Context, room meetings, m session.ID, there func(meeting.Seat) bool) (session.Detail, error) {
	d, err := room.Get(ctx, l.System, m)
	if err != nil {
		return d, err
	}
	var chair meeting.SeatID
	for _, x := range d.Seats {
		if x.Votes && (chair == "" || x.Org == l.Org["oppdal"]) {
			chair = x.ID
		}
	}
	if err := room.floor.Begin(ctx, l.System, m, d.Version, chair); err != nil {
		return d, err
	}
	for _, x := range d.Seats {
		if err := room.floor.Attend(ctx, l.System, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: there(x.Seat)}); err != nil {
			return d, err
		}
	}
	return d, nil
}

// ended ends the meeting and publishes its minutes the day after.
func (l *loader) ended(ctx context.Context, m session.ID, on clock.Date, at string) error {
	room := l.meetingsAt(on)
	d, err := room.Get(ctx, l.System, m)
	if err != nil {
		return err
	}
	if err := room.floor.End(ctx, l.System, m, d.Version, at); err != nil {
		return err
	}
	if d, err = room.Get(ctx, l.System, m); err != nil {
		return err
	}
	_, err = l.meetingsAt(on.AddDays(1)).minutes.Publish(ctx, l.System, m, d.Version, "")
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
	d, err := l.opened(ctx, room, m, func(x meeting.Seat) bool { return x.Kind != rule.Opposition })
	if err != nil {
		return err
	}
	if err := l.decided(ctx, room, d); err != nil {
		return err
	}
	return l.ended(ctx, m, on, "13:40")
}

// decided treats the items of the meeting.
func (l *loader) decided(ctx context.Context, room meetings, d session.Detail) error {
	reports, plan := d.Items[0], d.Items[2]
	if err := room.floor.Note(ctx, l.System, reports.ID, reports.Version, casework.Noted, "Referatsakene tas til orientering."); err != nil {
		return err
	}
	if err := room.floor.SetScope(ctx, l.System, plan.ID, plan.Version, outcome.All, "Leder"); err != nil {
		return err
	}
	for _, x := range d.Seats {
		if !x.Votes {
			continue
		}
		if _, err := room.floor.TakePosition(ctx, l.System, plan.ID, floor.Taking{Seat: x.ID, Position: rule.For}); err != nil {
			return err
		}
	}
	if _, err := room.floor.Decide(ctx, l.System, plan.ID, plan.Version+1, "Rådet vedtar møteplanen slik den er lagt fram."); err != nil {
		return err
	}
	if err := room.minutes.Write(ctx, l.System, plan.ID, plan.Version+1, "Sekretariatet la fram forslag til møteplan. Ingen andre forslag."); err != nil {
		return err
	}
	if err := l.joined(ctx, room, d, d.Items[1]); err != nil {
		return err
	}
	_, err := room.followUps.Add(ctx, l.System, plan.ID, session.FollowUp{What: "Send møteplanen til kommunene", Org: l.Org["radet"], Due: d.Day.AddDays(30)})
	return err
}

// joined decides a project that five of six take part in, at a cost that they share, and
// asks the five for their own decisions; two have answered.
func (l *loader) joined(ctx context.Context, room meetings, d session.Detail, i session.Item) error {
	if err := room.floor.SetScope(ctx, l.System, i.ID, i.Version, outcome.Some, "Leder"); err != nil {
		return err
	}
	if err := room.floor.SetCost(ctx, l.System, i.ID, i.Version+1, 650_000*money.Krone, nil); err != nil {
		return err
	}
	var asked []access.OrgID
	for _, x := range d.Seats {
		if !x.Votes {
			continue
		}
		taken := floor.Taking{Seat: x.ID, Position: rule.For}
		if x.Org == l.Org["oppdal"] {
			taken.Position, taken.Reason = rule.Reserved, "Kommunen har nettopp gjennomført et eget kurs."
		} else {
			asked = append(asked, x.Org)
		}
		if _, err := room.floor.TakePosition(ctx, l.System, i.ID, taken); err != nil {
			return err
		}
	}
	if _, err := room.floor.Decide(ctx, l.System, i.ID, i.Version+2, "Kommunene som deltar, kjøper kurset sammen."); err != nil {
		return err
	}
	if err := room.minutes.Write(ctx, l.System, i.ID, i.Version+2, "Kostnaden deles likt mellom kommunene som deltar."); err != nil {
		return err
	}
	if err := room.own.Ask(ctx, l.System, i.ID, asked, l.Clock.Today().AddDays(30)); err != nil {
		return err
	}
	item, err := room.Item(ctx, l.System, i.ID)
	if err != nil {
		return err
	}
	for n, x := range item.Own[:2] {
		answer := own.Answer{Answer: outcome.Yes, Ref: fmt.Sprintf("PS %d/%02d", 41+n, d.Day.Year()%100), Day: d.Day}
		if err := room.own.Answer(ctx, l.System, x.ID, x.Version, answer); err != nil {
			return err
		}
	}
	return nil
}

// openMeeting goes on today: the chief executives have met, and one of them has said
// something of an item.
func (l *loader) openMeeting(ctx context.Context) error {
	room := roomsOf(l.Meetings)
	m, err := l.meets(ctx, room, Executives, session.Frame{Day: l.Clock.Today(), From: "08:00", To: "23:00", Place: "Teams", Remote: true},
		[]agenda.NewItem{{Kind: session.Other, Content: session.Content{Title: "Lokaler til samlinger", Words: "Hvilken kommune stiller med lokaler i vår?"}}, {Kind: session.Report}})
	if err != nil {
		return err
	}
	d, err := room.Get(ctx, l.System, m)
	if err != nil {
		return err
	}
	if err := room.floor.Begin(ctx, l.System, m, d.Version, d.Seats[0].ID); err != nil {
		return err
	}
	for _, x := range d.Seats {
		if err := room.floor.Attend(ctx, l.System, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: true}); err != nil {
			return err
		}
	}
	item := d.Items[1].ID
	if _, err := room.comments.Say(ctx, l.System, item, l.Org["roros"], "Biblioteket på Røros er ledig to kvelder i uka."); err != nil {
		return err
	}
	_, err = room.followUps.Add(ctx, l.System, item, session.FollowUp{What: "Lag en oversikt over ledige lokaler", Org: l.Org["radet"], Due: l.Clock.Today().AddDays(14)})
	return err
}

// nextMeetings are called to by themselves: the council's agenda is made and sent, and
// somebody has asked whether one of the mayors is able to take part in an item; the
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
		m, err := room.Plan(ctx, l.System, session.NewMeeting{Body: l.bodies[x.body], Frame: session.Frame{Day: day, From: x.from, To: x.to, Place: "Røros", Remote: x.send, Link: ""}})
		if err != nil {
			return err
		}
		if _, err := room.agenda.Make(ctx, l.System, m); err != nil {
			return err
		}
		if !x.send {
			continue
		}
		item := agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Felles innsats for desentralisert utdanning", Words: "Rådet drøfter hva kommunene kan gjøre sammen."}}
		added, err := room.agenda.Add(ctx, l.System, m, item)
		if err != nil {
			return err
		}
		d, err := room.Get(ctx, l.System, m)
		if err != nil {
			return err
		}
		if _, err := room.agenda.Issue(ctx, l.System, m, d.Version, ""); err != nil {
			return err
		}
		if _, err := room.floor.RaiseRecusal(ctx, l.System, added, d.Seats[0].ID, meeting.Member, "Kommunen eier lokalene som kan bli brukt."); err != nil {
			return err
		}
	}
	return nil
}
