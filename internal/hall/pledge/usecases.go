package pledge

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Deps is what the hall needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Supply *supply.Service
}

// Service is the use cases of pledges.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

// counting makes the moves that follow from the number of seats.
var counting = access.SystemActor("pledge")

// holds reports whether the actor may act for the organisation: as its own, or with a
// mandate, and then for which organisation of the actor's.
func (s *Service) holds(ctx context.Context, tx *db.Tx, actor access.Actor, o access.OrgID) (by access.OrgID, ok bool, err error) {
	if actor.IsSystem() || actor.HasAt(o, need.OwnerRoles()...) {
		return "", true, nil
	}
	for _, mine := range actor.Orgs(need.AdviserRoles()...) {
		if ok, err := org.HasMandate(ctx, tx, mine, o, s.Clock.Today()); err != nil || ok {
			return mine, ok, err
		}
	}
	return "", false, nil
}

// Pledge takes seats for an organisation, or for the actor herself. The first one begins
// the round. Who has pledged already is Conflict: that pledge is changed. What takes no
// pledges now, or a round whose last day is over, is Conflict too.
func (s *Service) Pledge(ctx context.Context, actor access.Actor, of Ref, in Pledging) (ID, error) {
	if err := in.check(s.Clock.Today()); err != nil {
		return "", err
	}
	out := id.New[Pledge]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		t, err := s.load(ctx, tx, of)
		switch {
		case err != nil:
			return err
		case !t.rights(actor).Sees:
			return fault.Missing()
		case !t.Open:
			return fault.New(fault.Conflict, "pledge.error.closed")
		}
		new := Pledge{ID: out, Of: of, Sort: in.Sort, Org: in.Org, Seats: in.Seats, ValidTo: in.ValidTo}
		if new, err = s.forWhom(ctx, tx, actor, new); err != nil {
			return err
		}
		now := s.Clock.Now()
		r, err := s.round(ctx, tx, actor, t, now)
		if err != nil {
			return err
		}
		if !r.IsOpen(now.Date()) {
			return fault.New(fault.Conflict, "pledge.error.closed")
		}
		_, err = db.Exec(ctx, tx, insertPledge, out, r.ID, new.Sort, new.Org, new.RepresentedBy, new.Account, new.Seats, new.ValidTo, actor.Label(), now)
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Conflict, "pledge.error.again")
		}
		if err != nil {
			return fmt.Errorf("pledge: %w", err)
		}
		audit.Record(tx, now, actor, ActionPledge, subject(r.ID), audit.Field("org", "", string(new.Org)), audit.Field("sort", "", new.Sort), audit.Field("seats", 0, new.Seats))
		return s.weigh(ctx, tx, t, r)
	})
}

// forWhom fills in who the pledge is for, or refuses an actor who may not act for it.
func (s *Service) forWhom(ctx context.Context, tx *db.Tx, actor access.Actor, p Pledge) (Pledge, error) {
	if p.Org == "" {
		if actor.Account == "" || !actor.Has(access.RolePerson) {
			return p, fault.InvalidField("org", "form.error.required")
		}
		p.Account = actor.Account
		return p, nil
	}
	by, ok, err := s.holds(ctx, tx, actor, p.Org)
	if err == nil && !ok {
		err = fault.InvalidField("org", "pledge.error.no_mandate")
	}
	p.RepresentedBy = by
	return p, err
}

// round is the round that collects, begun when there is none.
func (s *Service) round(ctx context.Context, tx *db.Tx, actor access.Actor, t Target, now clock.Time) (Round, error) {
	r, err := getRoundBy(ctx, tx, openRound, t.ID)
	if !fault.Is(err, fault.NotFound) {
		return r, err
	}
	r = Round{ID: id.New[Round](), Of: t.Ref, State: Collecting, Version: 1}
	of := t.columns()
	if _, err := db.Exec(ctx, tx, insertRound, r.ID, of.Pool, of.Offering, r.State, actor.Label(), now); err != nil {
		return r, fmt.Errorf("pledge round: %w", err)
	}
	return r, flow.Start(ctx, tx, Flow(), string(r.ID), t.Title, s.ball(t, r, Collecting), actor, now)
}

// ball is who has to act on the round in the state: who finds those who pledge until there
// are enough, then the provider; the finder still, where nobody follows up.
func (s *Service) ball(t Target, r Round, to flow.State) flow.Ball {
	def, _ := Flow().State(to)
	switch {
	case def.End:
		return flow.Ball{}
	case to == Enough && t.Provider != "":
		return flow.Ball{Party: flow.Provider, Org: t.Provider, Due: def.Due(s.Clock.Today())}
	case to == Enough:
		return flow.Ball{Party: t.finder(), Org: t.Coordinator, Due: def.Due(s.Clock.Today())}
	}
	return flow.Ball{Party: t.finder(), Org: t.Coordinator, Due: r.Due}
}

// weigh moves the round where the seats of the moment put it.
func (s *Service) weigh(ctx context.Context, tx *db.Tx, t Target, r Round) error {
	all, err := liveOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	to := becomes(t.Least, t.In()+sum(t.beyond(all)).Counted())
	if to == r.State {
		return nil
	}
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(r.ID), From: r.State, To: to, Ball: s.ball(t, r, to)}, counting, s.Clock.Now()); err != nil {
		return err
	}
	return db.ExecOne(ctx, tx, stateRound, to, r.ID)
}

// Weigh is told that what seats are gathered for has changed: another least number, another
// provider, somebody who got a place, an end.
func (s *Service) Weigh(ctx context.Context, tx *db.Tx, of Ref) error {
	r, err := getRoundBy(ctx, tx, openRound, of.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	t, err := s.load(ctx, tx, of)
	if err != nil {
		return err
	}
	if err := flow.Rename(ctx, tx, flowOf(r.ID), t.Title); err != nil {
		return err
	}
	if t.Ended {
		return s.finish(ctx, tx, counting, r, Lapsed, "", nil)
	}
	before := r.State
	if err := s.weigh(ctx, tx, t, r); err != nil {
		return err
	}
	if now, err := getRoundBy(ctx, tx, getRound, string(r.ID)); err != nil || now.State != before {
		return err
	}
	return s.hand(ctx, tx, t, r)
}

// hand gives the ball to who has it now, when that is another than before.
func (s *Service) hand(ctx context.Context, tx *db.Tx, t Target, r Round) error {
	item, err := flow.Get(ctx, tx, flowOf(r.ID))
	if err != nil {
		return err
	}
	b := s.ball(t, r, r.State)
	if item.Ball.Org == b.Org && item.Ball.Party == b.Party {
		return nil
	}
	return flow.Pass(ctx, tx, flowOf(r.ID), b)
}

// own is a live pledge that the actor may change, with its round and what it is for,
// or NotFound.
func (s *Service) own(ctx context.Context, tx *db.Tx, actor access.Actor, p ID) (Pledge, Round, Target, error) {
	var w db.Where
	db.In(&w, fragID, []ID{p})
	db.In(&w, fragState, []string{live})
	found, err := pledges(ctx, tx, w)
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Pledge{}, Round{}, Target{}, err
	}
	mine := found[0].Account != "" && found[0].Account == actor.Account
	if found[0].Org != "" {
		if _, mine, err = s.holds(ctx, tx, actor, found[0].Org); err != nil {
			return Pledge{}, Round{}, Target{}, err
		}
	}
	if !mine {
		return Pledge{}, Round{}, Target{}, fault.Missing()
	}
	r, err := getRoundBy(ctx, tx, getRound, string(found[0].Round))
	if err != nil {
		return Pledge{}, Round{}, Target{}, err
	}
	of, err := s.load(ctx, tx, r.Of)
	return found[0], r, of, err
}

// Change replaces what a pledge says. Whom it is for stays. version is the one that the
// actor saw.
func (s *Service) Change(ctx context.Context, actor access.Actor, p ID, version int64, in Pledging) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, r, of, err := s.own(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		in := in
		in.Org = old.Org
		if err := in.check(s.Clock.Today()); err != nil {
			return err
		}
		if !r.IsOpen(s.Clock.Today()) {
			return fault.New(fault.Conflict, "pledge.error.closed")
		}
		if err := db.ExecOne(ctx, tx, updatePledge, in.Sort, in.Seats, in.ValidTo, p, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionChange, subject(r.ID), audit.Changed(audit.Field("sort", old.Sort, in.Sort), audit.Field("seats", old.Seats, in.Seats))...)
		return s.weigh(ctx, tx, of, r)
	})
}

// Withdraw takes a pledge back, also after the last day. A person's is deleted.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, p ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, r, of, err := s.own(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		if err := s.drop(ctx, tx, old, withdrawn); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWithdraw, subject(r.ID), audit.Field("org", string(old.Org), ""), audit.Field("seats", old.Seats, 0))
		return s.weigh(ctx, tx, of, r)
	})
}

// drop ends a pledge in the state, or deletes it when it is a person's.
func (s *Service) drop(ctx context.Context, tx *db.Tx, p Pledge, state string) error {
	if p.Account != "" {
		return db.ExecOne(ctx, tx, deletePledge, p.ID)
	}
	return db.ExecOne(ctx, tx, endPledge, state, p.ID)
}

// Forget takes away the pledges of an account that is deleted; the rounds are weighed
// anew.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	var w db.Where
	db.In(&w, fragAccount, []access.AccountID{a})
	found, err := pledges(ctx, tx, w)
	if err != nil {
		return err
	}
	for _, p := range found {
		if err := s.drop(ctx, tx, p, withdrawn); err != nil {
			return err
		}
		if err := s.weighRound(ctx, tx, p.Round); err != nil {
			return err
		}
	}
	return nil
}

// weighRound weighs a round by its id; one that has ended stays so.
func (s *Service) weighRound(ctx context.Context, tx *db.Tx, r RoundID) error {
	round, err := getRoundBy(ctx, tx, getRound, string(r))
	if err != nil || !slices.Contains([]flow.State{Collecting, Enough}, round.State) {
		return err
	}
	return s.Weigh(ctx, tx, round.Of)
}

// OfferingChanged hears that an offering has been written over; it is one of supply's
// listeners.
func (s *Service) OfferingChanged(ctx context.Context, tx *db.Tx, _ access.Actor, _ offer.Programme, _, o offer.Offering) error {
	return s.Weigh(ctx, tx, Offering(o.ID))
}

// ApplicationMoved hears that somebody has applied, or has got or given up a place.
func (s *Service) ApplicationMoved(ctx context.Context, tx *db.Tx, _ access.Actor, a admission.Application) error {
	return s.Weigh(ctx, tx, Ref{ForOffering, a.Offering})
}
