package minutes

import (
	"context"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
)

// compose writes the minutes from what was recorded in the meeting.
func (s *Service) compose(ctx context.Context, tx *db.Tx, m session.Meeting, r session.Reader) (record.Book, error) {
	b := record.Book{Bodies: append([]string{m.BodyName}, m.JointNames...), Day: m.Day, From: m.From, To: m.To, Place: m.Place, Remote: m.Remote}
	var err error
	if b.Elected, err = session.IsElected(ctx, tx, m); err != nil {
		return b, err
	}
	list, err := session.ItemsOf(ctx, tx, m.ID)
	if err != nil {
		return b, err
	}
	seats, err := s.room.Seated(ctx, tx, m, r)
	if err != nil {
		return b, err
	}
	met, err := session.AttendanceOf(ctx, tx, m.ID)
	if err != nil {
		return b, err
	}
	numbers := map[session.ItemID]string{}
	for _, i := range list {
		numbers[i.ID] = i.Number.String()
	}
	for _, x := range seats {
		b.Seats = append(b.Seats, bookSeats(x, met, numbers)...)
	}
	for _, i := range list {
		if i.Place != session.Listed {
			continue
		}
		item, err := s.bookItem(ctx, tx, i, seats)
		if err != nil {
			return b, err
		}
		b.Items = append(b.Items, item)
	}
	return b, nil
}

// bookSeats tells who met for a seat: a line for each holder that did, or one for the
// member that did not.
func bookSeats(x session.Seated, met []session.Attendance, numbers map[session.ItemID]string) []record.Seat {
	var out []record.Seat
	noted := false
	for _, a := range met {
		if a.Seat != x.ID {
			continue
		}
		noted = true
		if !a.Present {
			continue
		}
		line := record.Seat{Name: x.OrgName, Office: x.Member.Title, Votes: x.Votes, Noted: true, Present: true, FromItem: numbers[a.From], ToItem: numbers[a.To]}
		if a.Part == meeting.Deputy {
			line.Deputy = true
			if len(x.Deputies) > 0 {
				line.Office = x.Deputies[0].Title
			}
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		out = append(out, record.Seat{Name: x.OrgName, Office: x.Member.Title, Votes: x.Votes, Noted: noted})
	}
	return out
}

func (s *Service) bookItem(ctx context.Context, tx *db.Tx, i session.Item, seats []session.Seated) (record.Item, error) {
	out := record.Item{ID: string(i.ID), Title: i.Title, PublicTitle: i.PublicTitle, Treated: i.Treated, Decides: i.Decides(), Closed: i.Doors == session.DoorsClosed, DoorsFor: i.DoorsFor, DoorsNo: i.DoorsAgainst}
	if i.Number.Nr > 0 {
		out.Number = i.Number.String()
	}
	if i.Title == "" {
		out.Label, out.AboutDay = i.Kind.Label(), i.AboutDay
	}
	if g, ok := casework.GroundOf(casework.MeetingGrounds(), i.DoorsGround); ok && out.Closed {
		out.Ground = g.Code
	}
	d, decided, err := session.DecisionOf(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	if decided {
		out.Decision, out.State = d.Words, string(d.State)
		out.Voted = d.State != "" && meeting.CountsVotes(d.Rules)
		out.Vote = vote(d.Outcome)
		if d.State != "" && d.Facts.Case.Procedure == outcome.Urgent {
			out.Written = &record.Written{On: d.At.Date(), Why: i.UrgentWhy}
		}
		out.Decides = out.Decides && d.State != "" || out.Decision != ""
	}
	asked, err := session.RecusalsOf(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	for _, x := range asked {
		name := ""
		for _, seat := range seats {
			if seat.ID == x.Seat {
				name = seat.OrgName
			}
		}
		out.Recusals = append(out.Recusals, record.Recusal{Name: name, Reason: x.Reason, Recused: x.Decided == outcome.Stepped, Told: x.Told})
	}
	tasks, err := session.FollowUpsOf(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	for _, f := range tasks {
		out.Tasks = append(out.Tasks, record.Task{What: f.What, Owner: f.Owner(), Due: f.Due})
	}
	return out, nil
}

// vote is how the votes fell, nil where none were cast.
func vote(o outcome.Outcome) *record.Vote {
	if len(o.Ballots) == 0 {
		return nil
	}
	t := o.Vote
	v := &record.Vote{Entitled: t.Entitled, For: t.For, Against: t.Against, Reserved: t.Reserved, Recused: t.Recused, NotHeard: t.NotHeard, Casting: t.Casting}
	for _, b := range o.Ballots {
		v.Ballots = append(v.Ballots, record.Ballot{Name: b.Seat.Name, Position: b.Position, Deputy: b.By == outcome.Deputy, Reason: b.Reason})
	}
	return v
}
