package session

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// reader is what an actor is in every body: asked once for a request.
type reader struct {
	all    bool // the program itself
	rights map[meeting.BodyID]meeting.Rights
	actor  access.Actor
}

func (s *Service) reader(ctx context.Context, tx *db.Tx, actor access.Actor, day clock.Date) (reader, error) {
	rights, err := s.Bodies.RightsOn(ctx, tx, actor, day)
	return reader{all: actor.IsSystem(), rights: rights, actor: actor}, err
}

// writes reports whether the actor keeps the meeting: the secretary of the body that
// calls it.
func (r reader) writes(m Meeting) bool { return r.all || r.rights[m.Body].Secretary }

// isIn reports whether the actor takes part in any of the bodies.
func (r reader) isIn(m Meeting) bool {
	for _, b := range m.Bodies() {
		if r.rights[b].IsIn() {
			return true
		}
	}
	return r.all
}

// closedIn reports whether the actor may be in the body's closed meetings.
func (r reader) closedIn(b meeting.BodyID) bool { return r.all || r.rights[b].MaySeeClosed() }

// seat is the actor's right to a seat in one of the meeting's bodies.
func (r reader) seat(m Meeting, seat meeting.SeatID) (meeting.SeatRight, bool) {
	for _, b := range m.Bodies() {
		if x, ok := r.rights[b].In(seat); ok {
			return x, true
		}
	}
	return meeting.SeatRight{}, false
}

// reads is the item as the actor may read it.
func (r reader) reads(i Item) Item {
	if i.IsClosed() && !r.closedIn(i.Body) {
		return i.hide()
	}
	return i
}

// writing loads the meeting for who keeps it; others are Denied.
func (s *Service) writing(ctx context.Context, tx *db.Tx, actor access.Actor, m ID) (Meeting, reader, error) {
	found, err := get(ctx, tx, m)
	if err != nil {
		return Meeting{}, reader{}, err
	}
	r, err := s.reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return Meeting{}, reader{}, err
	}
	if !r.writes(found) {
		return Meeting{}, reader{}, fault.New(fault.Denied, "fault.denied")
	}
	return found, r, nil
}

// within loads an item of a meeting for those who take part in it. What others may not
// know of is NotFound.
func (s *Service) within(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (Item, Meeting, reader, error) {
	item, err := itemByID(ctx, tx, i)
	if err != nil {
		return Item{}, Meeting{}, reader{}, err
	}
	m, err := get(ctx, tx, item.Meeting)
	if err != nil {
		return Item{}, Meeting{}, reader{}, err
	}
	r, err := s.reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return Item{}, Meeting{}, reader{}, err
	}
	if m.State == Planned && !r.writes(m) && item.Place != Demanded {
		return Item{}, Meeting{}, reader{}, fault.Missing()
	}
	if !r.isIn(m) {
		return Item{}, Meeting{}, reader{}, fault.New(fault.Denied, "fault.denied")
	}
	return item, m, r, nil
}

// keeping is within for the secretary.
func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (Item, Meeting, error) {
	item, m, r, err := s.within(ctx, tx, actor, i)
	if err == nil && !r.writes(m) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return item, m, err
}
