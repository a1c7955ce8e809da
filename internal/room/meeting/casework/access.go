package casework

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// Sight is how much of a case an actor reads.
type Sight int

// The sights: nothing; a neutral title and the ground; all that is not held back
// by a document's own ground; and the secretary's, who also writes.
const (
	None Sight = iota
	Neutral
	Reads
	Writes
)

// reader is what an actor is in every body: asked once for a request.
type reader struct {
	all    bool // the program itself
	rights map[meeting.BodyID]meeting.Rights
	actor  access.Actor
}

func (s *Service) reader(ctx context.Context, tx *db.Tx, actor access.Actor) (reader, error) {
	rights, err := s.Bodies.RightsOn(ctx, tx, actor, s.Clock.Today())
	return reader{all: actor.IsSystem(), rights: rights, actor: actor}, err
}

// writesIn reports whether the actor keeps the body's cases.
func (r reader) writesIn(b meeting.BodyID) bool { return r.all || r.rights[b].Secretary }

// closedIn reports whether the actor may read what the body treats behind closed
// doors.
func (r reader) closedIn(b meeting.BodyID) bool { return r.all || r.rights[b].MaySeeClosed() }

// sight is how much of the case the actor reads. bodies are those that treat it
// besides its own.
func (r reader) sight(c Case, bodies []meeting.BodyID) Sight {
	if r.writesIn(c.Body) {
		return Writes
	}
	within := r.closedIn(c.Body) || slices.ContainsFunc(bodies, r.closedIn)
	switch {
	case within && (c.State == Recommended || IsIssued(c.State)):
		return Reads
	case !IsIssued(c.State):
		return None
	case c.Closed:
		return Neutral
	}
	return Reads
}

// within reports whether the actor may read documents of the case that have a ground
// of their own.
func (r reader) within(c Case, bodies []meeting.BodyID) bool {
	return r.closedIn(c.Body) || slices.ContainsFunc(bodies, r.closedIn)
}

// lists are the bodies that the actor writes for, and those whose closed cases he
// reads: what SQL narrows by.
func (r reader) lists() (writes, reads []meeting.BodyID) {
	for b, x := range r.rights {
		if x.Secretary {
			writes = append(writes, b)
		}
		if x.MaySeeClosed() {
			reads = append(reads, b)
		}
	}
	slices.Sort(writes)
	slices.Sort(reads)
	return writes, reads
}

const (
	fragOwn     db.Fragment = "c.body"
	fragState   db.Fragment = "f.state"
	fragTreats  db.Fragment = "SELECT 1 FROM case_treatment AS t WHERE t.case_file = c.id"
	fragTreater db.Fragment = "t.body"
	fragOpen    db.Fragment = "NOT c.closed"
)

// inside narrows to the cases that the actor reads whatever closes them.
func (r reader) inside() db.Where {
	var out db.Where
	if r.all {
		return out
	}
	writes, reads := r.lists()
	var own, seat, other, treats db.Where
	db.In(&own, fragOwn, writes)
	shown := append([]flow.State{Recommended}, issued()...)
	db.In(&seat, fragOwn, reads)
	db.In(&seat, fragState, shown)
	db.In(&treats, fragTreater, reads)
	other.Exists(fragTreats, treats)
	db.In(&other, fragState, shown)
	out.Or(own, seat, other)
	return out
}

// known narrows to the cases that the actor may know of: sight's rule in SQL.
func (r reader) known(w *db.Where) {
	var open db.Where
	db.In(&open, fragState, issued())
	w.Or(r.inside(), open)
}

// mayWrite is nil for who keeps the body's cases: the body's secretary.
func (r reader) mayWrite(b meeting.BodyID) error {
	if r.writesIn(b) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}
