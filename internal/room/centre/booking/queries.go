package booking

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/centre"
)

// Calendar is a room with what it is taken for between two days. Whoever has asked sees his
// own, the centre's people all that has been asked for; others see what is confirmed, without
// what it is for and for whom.
type Calendar struct {
	Room     centre.Room
	Of       centre.Centre
	From, To clock.Date // To is not in it
	Bookings []Booking
}

// Calendar reads a room's calendar from the day, for so many days.
func (s *Service) Calendar(ctx context.Context, actor access.Actor, room centre.RoomID, from clock.Date, days int) (Calendar, error) {
	out := Calendar{From: from, To: from.AddDays(days)}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Room, out.Of, err = s.Centres.RoomIn(ctx, tx, actor, room); err != nil {
			return err
		}
		all, err := s.find(ctx, tx, actor, between(room, clock.StartOfDay(from), clock.StartOfDay(out.To), Confirmed, Asked))
		for _, b := range all {
			switch {
			case len(b.Mine) > 0:
				out.Bookings = append(out.Bookings, b)
			case b.State == Confirmed:
				out.Bookings = append(out.Bookings, b.shut())
			}
		}
		return err
	})
}

// shut is the booking without what it is for and for whom.
func (b Booking) shut() Booking {
	return Booking{ID: b.ID, Room: b.Room, From: b.From, To: b.To, Sort: b.Sort, State: b.State}
}

// Detail is a booking with its room and history, for those who are party to it.
type Detail struct {
	Booking
	In    centre.Room
	Of    centre.Centre
	Ball  flow.Ball
	Steps []flow.Step
	// Against are those already confirmed that it cannot stand beside.
	Against []Booking
}

// Get is a booking for those who are party to it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, b ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Booking, err = s.load(ctx, tx, actor, b); err != nil {
			return err
		}
		if out.In, out.Of, err = s.Centres.RoomIn(ctx, tx, actor, out.Room); err != nil {
			return err
		}
		item, err := flow.Get(ctx, tx, flowOf(b))
		if err != nil {
			return err
		}
		out.Ball = item.Ball
		if out.Steps, err = flow.History(ctx, tx, flowOf(b)); err != nil || out.State != Asked {
			return err
		}
		against, err := s.find(ctx, tx, actor, between(out.Room, out.From, out.To, Confirmed))
		for _, x := range against {
			if len(x.Mine) == 0 {
				x = x.shut()
			}
			out.Against = append(out.Against, x)
		}
		return err
	})
}

// Waiting are the bookings that wait for the centre's answer, for its people, in the order of
// time; nothing for others.
func (s *Service) Waiting(ctx context.Context, actor access.Actor, of centre.Centre) ([]Booking, error) {
	if !of.Runs {
		return nil, nil
	}
	var w db.Where
	db.In(&w, fragCentre, []access.OrgID{of.Org})
	db.In(&w, fragState, []flow.State{Asked})
	return s.list(ctx, actor, w)
}

// Own are what the actor has asked for that has not passed, for herself and for her
// organisations, in the order of time.
func (s *Service) Own(ctx context.Context, actor access.Actor) ([]Booking, error) {
	if actor.Account == "" {
		return nil, nil
	}
	var mine db.Where
	db.In(&mine, fragAccount, []access.AccountID{actor.Account})
	either := []db.Where{mine}
	if orgs := actor.Orgs(); len(orgs) > 0 {
		var ours db.Where
		db.In(&ours, fragOrg, orgs)
		either = append(either, ours)
	}
	var w db.Where
	w.Or(either...)
	db.In(&w, fragState, []flow.State{Asked, Confirmed})
	w.And(fragEnds, s.Clock.Now())
	return s.list(ctx, actor, w)
}

// Gatherings are the gatherings at a centre that are confirmed and have not passed, for its
// local group: the centre's people and members are given what each is for.
func (s *Service) Gatherings(ctx context.Context, actor access.Actor, of centre.Centre) ([]Booking, error) {
	var w db.Where
	db.In(&w, fragCentre, []access.OrgID{of.Org})
	db.In(&w, fragState, []flow.State{Confirmed})
	w.And(fragEnds, s.Clock.Now())
	all, err := s.list(ctx, actor, w)
	var out []Booking
	for _, b := range all {
		if b.Sort != Gathering {
			continue
		}
		if !of.Runs && !of.Member {
			b = b.shut()
		}
		out = append(out, b)
	}
	return out, err
}

func (s *Service) list(ctx context.Context, actor access.Actor, w db.Where) ([]Booking, error) {
	var out []Booking
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.find(ctx, tx, actor, w)
		return err
	})
}

// Object is the kind of thing that a booking is: known to those who are party to it.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "booking.object", Path: "/rombestillinger/",
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			list, err := s.some(ctx, tx, actor, ids)
			out := make([]object.Card, len(list))
			for i, b := range list {
				out[i] = object.Card{Ref: object.Ref{ID: string(b.ID)}, Number: b.Number, Title: i18n.Text{NB: b.Purpose}}
			}
			return out, err
		},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, err := s.load(ctx, tx, actor, ID(id))
			return err
		}}
}

func (s *Service) some(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Booking, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	found, err := s.find(ctx, tx, actor, w)
	var out []Booking
	for _, b := range found {
		if len(b.Mine) > 0 {
			out = append(out, b)
		}
	}
	return out, err
}

// Seen tells which of the bookings the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.some(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, b := range list {
		out[string(b.ID)] = true
	}
	return out, err
}

// Concerns are the centre and the organisation that asked.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerned, id)
}

// People is who asked for herself.
func People(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, askers, id)
}
