package session

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// Reader is what an actor is in every body: asked once for a request. All is the
// program itself.
type Reader struct {
	All    bool
	Rights map[meeting.BodyID]meeting.Rights
}

// Reader answers what the actor is in every body on a day.
func (s *Service) Reader(ctx context.Context, tx *db.Tx, actor access.Actor, day clock.Date) (Reader, error) {
	rights, err := s.Bodies.RightsOn(ctx, tx, actor, day)
	return Reader{All: actor.IsSystem(), Rights: rights}, err
}

// Writes reports whether the actor keeps the meeting: the secretary of the body that
// calls it.
func (r Reader) Writes(m Meeting) bool { return r.All || r.Rights[m.Body].Secretary }

// IsIn reports whether the actor takes part in any of the bodies.
func (r Reader) IsIn(m Meeting) bool {
	for _, b := range m.Bodies() {
		if r.Rights[b].IsIn() {
			return true
		}
	}
	return r.All
}

// ClosedIn reports whether the actor may be in the body's closed meetings.
func (r Reader) ClosedIn(b meeting.BodyID) bool { return r.All || r.Rights[b].MaySeeClosed() }

// ClosedInAll reports whether the actor may be in the closed meetings of every body
// that meets.
func (r Reader) ClosedInAll(m Meeting) bool {
	for _, b := range m.Bodies() {
		if !r.ClosedIn(b) {
			return false
		}
	}
	return true
}

// Seat is the actor's right to a seat in one of the meeting's bodies.
func (r Reader) Seat(m Meeting, seat meeting.SeatID) (meeting.SeatRight, bool) {
	for _, b := range m.Bodies() {
		if x, ok := r.Rights[b].In(seat); ok {
			return x, true
		}
	}
	return meeting.SeatRight{}, false
}

// Reads is the item as the actor may read it.
func (r Reader) Reads(i Item) Item {
	if i.IsClosed() && !r.ClosedIn(i.Body) {
		return i.hide()
	}
	return i
}

// Writing loads the meeting for who keeps it; others are Denied.
func (s *Service) Writing(ctx context.Context, tx *db.Tx, actor access.Actor, m ID) (Meeting, Reader, error) {
	found, err := Load(ctx, tx, m)
	if err != nil {
		return Meeting{}, Reader{}, err
	}
	r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return Meeting{}, Reader{}, err
	}
	if !r.Writes(found) {
		return Meeting{}, Reader{}, fault.New(fault.Denied, "fault.denied")
	}
	return found, r, nil
}

// Within loads an item of a meeting for those who take part in it. What others may not
// know of is NotFound, and so is what is closed for those who may not be in the closed
// meeting of the body that treats it; whoever keeps the meeting writes there all the same.
func (s *Service) Within(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (Item, Meeting, Reader, error) {
	item, err := LoadItem(ctx, tx, i)
	if err != nil {
		return Item{}, Meeting{}, Reader{}, err
	}
	m, err := Load(ctx, tx, item.Meeting)
	if err != nil {
		return Item{}, Meeting{}, Reader{}, err
	}
	r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return Item{}, Meeting{}, Reader{}, err
	}
	if m.State == Planned && !r.Writes(m) && item.Place != Demanded {
		return Item{}, Meeting{}, Reader{}, fault.Missing()
	}
	if !r.IsIn(m) {
		return Item{}, Meeting{}, Reader{}, fault.New(fault.Denied, "fault.denied")
	}
	if item.IsClosed() && !r.ClosedIn(item.Body) && !r.Writes(m) {
		return Item{}, Meeting{}, Reader{}, fault.Missing()
	}
	return item, m, r, nil
}

// Keeping is within for the secretary.
func (s *Service) Keeping(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (Item, Meeting, error) {
	item, m, r, err := s.Within(ctx, tx, actor, i)
	if err == nil && !r.Writes(m) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return item, m, err
}
