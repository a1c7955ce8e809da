package meeting

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// What can happen with a body that those who follow it are told.
const (
	RulesAdopted  happening.What = "body_rules_adopted"
	LeaderElected happening.What = "body_leader_elected"
	SeatAdded     happening.What = "body_seat_added"
	SeatEnded     happening.What = "body_seat_ended"
	HolderChanged happening.What = "body_holder_changed"
	HolderLeaves  happening.What = "body_holder_leaves"
)

// The facts: what the rules or the decision are called, the day they hold from, and
// the task that somebody was elected to.
const (
	FactTitle = "title"
	FactFrom  = "from"
	FactTask  = "task"
	FactSeat  = "seat"
	FactOrg   = "org"
	FactPart  = "part"

	factMark = "mark" // tells two of a day apart, and is not told
)

// happened notes it for those who follow the body. What the program itself puts in
// when it fills a database is no news.
func (s *Service) happened(tx *db.Tx, actor access.Actor, b BodyID, what happening.What, from clock.Date, facts happening.Facts) {
	if actor.IsSystem() {
		return
	}
	facts[FactFrom] = from.String()
	mark := facts[FactTask] + facts[factMark] + from.String()
	delete(facts, factMark)
	happening.Record(tx, s.clock.Now(), actor, happening.Happening{Kind: ObjectName, ID: string(b), What: what, Mark: mark, Facts: facts})
}

// seatHappened notes what happened with a seat, or with who holds it: the organisation,
// the kind of seat and the office, which all may read; never a person.
func (s *Service) seatHappened(ctx context.Context, tx *db.Tx, actor access.Actor, x Seat, what happening.What, on clock.Date, h Holder) error {
	name, err := org.NameOn(ctx, tx, x.Org, s.clock.Today())
	if err != nil {
		return err
	}
	s.happened(tx, actor, x.Body, what, on, happening.Facts{FactSeat: string(x.Kind), FactOrg: name, FactTitle: h.Title, FactPart: string(h.Part), factMark: string(x.ID) + string(h.ID)})
	return nil
}
