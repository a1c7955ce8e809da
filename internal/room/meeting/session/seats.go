package session

import (
	"context"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// Seated is a seat in a meeting, with who holds it that day.
type Seated struct {
	meeting.Seat
	Member   meeting.Holder
	Deputies []meeting.Holder
	Votes    bool
	Mine     bool // the Reader holds it
}

// Seated are the seats of all bodies that meet, as they are on the meeting's day. Kinds
// that the body's rules do not know stay without a vote.
func (s *Service) Seated(ctx context.Context, tx *db.Tx, m Meeting, rd Reader) ([]Seated, error) {
	var out []Seated
	for _, b := range m.Bodies() {
		seats, err := meeting.SeatsOf(ctx, tx, b, m.Day)
		if err != nil {
			return nil, err
		}
		rules, err := meeting.RulesOn(ctx, tx, b, m.Day)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		for _, x := range seats {
			if !x.HoldsOn(m.Day) {
				continue
			}
			member, _ := x.MemberOn(m.Day)
			_, mine := rd.Rights[b].In(x.ID)
			out = append(out, Seated{Seat: x, Member: member, Deputies: x.DeputiesOn(m.Day), Votes: rules.Rules.Votes(x.Kind), Mine: mine})
		}
	}
	return out, nil
}
