package meeting

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "body.create"
	ActionChange   audit.Action = "body.change"
	ActionAddSeat  audit.Action = "body.add_seat"
	ActionEndSeat  audit.Action = "body.end_seat"
	ActionAppoint  audit.Action = "body.appoint"
	ActionEnd      audit.Action = "body.end_holder"
	ActionElect    audit.Action = "body.elect"
	ActionAdopt    audit.Action = "body.adopt_rules"
	ActionNumberAt audit.Action = "body.number_series"
)

// Service is the use cases of bodies.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	places *place.Register
}

// New makes the room.
func New(d *db.DB, c clock.Clock, places *place.Register) *Service {
	return &Service{db: d, clock: c, places: places}
}

// Today is the day that the room reckons with.
func (s *Service) Today() clock.Date { return s.clock.Today() }

func subject(b BodyID) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(b)} }

// Create makes a body and answers its id. The county does, and a secretary whose
// organisation is to be its secretariat.
func (s *Service) Create(ctx context.Context, actor access.Actor, in Body) (BodyID, error) {
	if err := CanCreate(actor); err != nil {
		return "", err
	}
	in, err := in.check()
	if err != nil {
		return "", err
	}
	if !actor.IsSystem() && !actor.Has(access.RoleCaseOfficer) && !actor.HasAt(in.Secretariat, access.RoleSecretary) {
		return "", fault.InvalidField("secretariat", "body.error.not_yours")
	}
	in.ID = NewBodyID()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.checkStored(ctx, tx, in); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertBody, append(append([]any{in.ID}, in.values()...), s.clock.Now())...); err != nil {
			return fmt.Errorf("body: create: %w", err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionCreate, subject(in.ID), bodyChanges(Body{}, in)...)
		return nil
	})
	return in.ID, err
}

// Change replaces what is said about the body. in.Version is the one that the
// editor saw; when somebody has saved since, it answers Stale and changes nothing.
func (s *Service) Change(ctx context.Context, actor access.Actor, in Body) error {
	in, err := in.check()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := s.toChange(ctx, tx, actor, in.ID)
		if err != nil {
			return err
		}
		if err := s.checkStored(ctx, tx, in); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateBody, append(in.values(), in.ID, in.Version)...); err != nil {
			return fmt.Errorf("body %s: change: %w", in.ID, err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionChange, subject(in.ID), bodyChanges(old, in)...)
		return nil
	})
}

func bodyChanges(was, is Body) []audit.Change {
	return audit.Changed(audit.Field("name", was.Name, is.Name), audit.Field("kind", string(was.Kind), string(is.Kind)),
		audit.Field("about", was.About, is.About), audit.Field("host", string(was.Host), string(is.Host)),
		audit.Field("secretariat", string(was.Secretariat), string(is.Secretariat)), audit.Field("region", string(was.Region), string(is.Region)),
		audit.Field("parent", string(was.Parent), string(is.Parent)), audit.Field("from", was.From, is.From), audit.Field("to", was.To, is.To))
}

// toChange is the body when the actor may change it, else a Denied fault.
func (s *Service) toChange(ctx context.Context, tx *db.Tx, actor access.Actor, b BodyID) (Body, error) {
	body, err := Get(ctx, tx, b, s.clock.Today())
	if err != nil {
		return Body{}, err
	}
	return body, s.canChange(ctx, tx, actor, body)
}

// maxDepth is how many bodies may be part of one another.
const maxDepth = 6

// checkStored holds the body against what it names: organisations and a region
// that exist, and a parent that is not below it.
func (s *Service) checkStored(ctx context.Context, tx *db.Tx, b Body) error {
	var fs fault.Fields
	for field, o := range map[string]access.OrgID{"host": b.Host, "secretariat": b.Secretariat} {
		if err := checkOrg(ctx, tx, &fs, field, o); err != nil {
			return err
		}
	}
	if b.Region != "" {
		if _, err := s.places.Region(b.Region); err != nil {
			fs.Add("region", "form.error.choice")
		}
	}
	above := b.Parent
	for depth := 0; above != ""; depth++ {
		if above == b.ID || depth == maxDepth {
			fs.Add("parent", "body.error.parent_below")
			break
		}
		row, err := db.Get[bodyRow](ctx, tx, getBody, above)
		if fault.Is(err, fault.NotFound) {
			fs.Add("parent", "form.error.choice")
			break
		}
		if err != nil {
			return err
		}
		above = row.body().Parent
	}
	return fs.Err()
}

// checkOrg notes at the field that there is no such organisation.
func checkOrg(ctx context.Context, tx *db.Tx, fs *fault.Fields, field string, o access.OrgID) error {
	if o == "" {
		fs.Add(field, "form.error.required")
		return nil
	}
	_, err := org.Get(ctx, tx, o)
	if fault.Is(err, fault.NotFound) {
		fs.Add(field, "org.error.unknown")
		return nil
	}
	return err
}

// Filter narrows the list. Zero fields narrow nothing, except that bodies which
// have ended are left out unless asked for.
type Filter struct {
	Text  string
	Kinds []Kind
	// Org lists the bodies where the organisation has a seat today.
	Org access.OrgID
	// Parent lists the bodies that are part of it.
	Parent BodyID
	Ended  bool
}

// where is the filter as conditions on body AS b.
func (f Filter) where(today clock.Date) db.Where {
	var w db.Where
	if !f.Ended {
		w.And(fragExists, today, today)
	}
	if folded := text.Fold(f.Text); folded != "" {
		w.Like(fragFold, folded)
	}
	if len(f.Kinds) > 0 {
		db.In(&w, fragKind, f.Kinds)
	}
	if f.Parent != "" {
		db.In(&w, fragParent, []BodyID{f.Parent})
	}
	if f.Org != "" {
		var seat db.Where
		db.In(&seat, fragSeatOrg, []access.OrgID{f.Org})
		seat.And(fragSeatOn, today, today)
		w.Exists(fragSeatOf, seat)
	}
	return w
}

// List lists bodies by name. They are open to all.
func (s *Service) List(ctx context.Context, f Filter) ([]Body, error) {
	today := s.clock.Today()
	var out []Body
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = find(ctx, tx, f.where(today), today)
		return err
	})
	return out, err
}

// Find lists bodies by name, as List does. For other packages of the room, inside their
// transaction.
func Find(ctx context.Context, tx *db.Tx, f Filter, today clock.Date) ([]Body, error) {
	return find(ctx, tx, f.where(today), today)
}

// Details is a body with all that belongs to it. Seats are those of all times,
// Elections and Rules newest first.
type Details struct {
	Body
	Above     Body // the body it is part of; zero for none
	Below     []Body
	Seats     []Seat
	Elections []Election
	Rules     []RuleSet
}

// SeatsOn are the seats that exist on the day.
func (d Details) SeatsOn(day clock.Date) []Seat {
	var out []Seat
	for _, s := range d.Seats {
		if s.HoldsOn(day) {
			out = append(out, s)
		}
	}
	return out
}

// Party is an organisation in a body with its seats on a day.
type Party struct {
	Org   access.OrgID
	Name  string
	Side  Side
	Seats []Seat
}

// PartiesOn are those with seats on the day, in the order of the seats.
func (d Details) PartiesOn(day clock.Date) []Party {
	var out []Party
	for _, s := range d.SeatsOn(day) {
		// A secretary or an observer sits beside the members of the same organisation.
		i := slices.IndexFunc(out, func(p Party) bool { return p.Org == s.Org && p.Side == s.Side })
		if i < 0 {
			out = append(out, Party{Org: s.Org, Name: s.OrgName, Side: s.Side})
			i = len(out) - 1
		}
		out[i].Seats = append(out[i].Seats, s)
	}
	return out
}

// LeaderOn is the seat with the task on the day, and its term, if there is one.
func (d Details) LeaderOn(t Task, day clock.Date) (Seat, Election, bool) {
	for _, e := range d.Elections {
		if e.Task != t || !e.HoldsOn(day) {
			continue
		}
		for _, s := range d.Seats {
			if s.ID == e.Seat && s.HoldsOn(day) {
				return s, e, true
			}
		}
	}
	return Seat{}, Election{}, false
}

// RulesOn are the rules in force on the day, if any.
func (d Details) RulesOn(day clock.Date) (RuleSet, bool) {
	for _, r := range d.Rules {
		if !r.ValidFrom.After(day) {
			return r, true
		}
	}
	return RuleSet{}, false
}

// Get is the body with all that belongs to it, or NotFound.
func (s *Service) Get(ctx context.Context, b BodyID) (Details, error) {
	var out Details
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.details(ctx, tx, b)
		return err
	})
	return out, err
}

func (s *Service) details(ctx context.Context, tx *db.Tx, b BodyID) (Details, error) {
	today := s.clock.Today()
	body, err := Get(ctx, tx, b, today)
	if err != nil {
		return Details{}, err
	}
	out := Details{Body: body}
	if body.Parent != "" {
		if out.Above, err = Get(ctx, tx, body.Parent, today); err != nil {
			return Details{}, err
		}
	}
	if out.Below, err = find(ctx, tx, Filter{Parent: b}.where(today), today); err != nil {
		return Details{}, err
	}
	if out.Seats, err = SeatsOf(ctx, tx, b, today); err != nil {
		return Details{}, err
	}
	if out.Elections, err = electionsOf(ctx, tx, b); err != nil {
		return Details{}, err
	}
	out.Rules, err = RulesOf(ctx, tx, b)
	return out, err
}
