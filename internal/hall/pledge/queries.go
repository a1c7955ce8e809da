package pledge

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// Detail is the seats of a pooled need as a certain reader sees them. Round is nil before
// the first pledge; it is the last one when none collects any more.
type Detail struct {
	Pool         pool.Pool
	ProviderName string
	Round        *Round
	Ball         flow.Ball
	BallName     string
	Steps        []flow.Step // for partners and those who have pledged
	// Least is how many are needed to start, 0 when nobody has said.
	Least int
	// Open is what all may know of how many seats count, as of AsOf; nothing has been
	// published when AsOf is zero.
	Open few.Figure
	AsOf clock.Time
	// Partner says that the reader works with the pooled need: then Sums and All are
	// those of this moment.
	Partner bool
	Sums    Sums
	All     []Pledge
	// Mine are the pledges that the reader may change.
	Mine []Pledge
	// CanPledge, CanSteer and CanStart are what the reader may do now.
	CanPledge, CanSteer, CanStart bool
}

// Involved reports whether the reader works with the pooled need, or has pledged.
func (d Detail) Involved() bool { return d.Partner || len(d.Mine) > 0 }

// Missing is how many more are needed to start, as far as the reader may know, and
// whether he may.
func (d Detail) Missing() (int, bool) {
	switch {
	case d.Least == 0:
		return 0, false
	case d.Partner:
		return Missing(d.Least, d.Sums.Counted()), true
	case d.Open.Known:
		return Missing(d.Least, d.Open.Value), true
	}
	return 0, false
}

// Get is the seats of a pooled need.
func (s *Service) Get(ctx context.Context, actor access.Actor, of need.PoolID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.detail(ctx, tx, actor, of)
		return err
	})
}

func (s *Service) detail(ctx context.Context, tx *db.Tx, actor access.Actor, of need.PoolID) (Detail, error) {
	p, err := pool.Load(ctx, tx, of)
	if err != nil {
		return Detail{}, err
	}
	today := s.Clock.Today()
	ended := p.State == need.Closed || p.State == need.Withdrawn
	out := Detail{Pool: p, Least: p.MinToStart, Partner: pool.IsPartner(actor, p), CanPledge: !ended}
	row, err := db.Get[roundRow](ctx, tx, lastRound, of)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	r := Round(row)
	out.Round = &r
	if r.State == Collecting || r.State == Enough {
		out.CanPledge, out.CanSteer = r.IsOpen(today) && !ended, pool.CanSteer(actor, p)
		out.CanStart = p.Provider != "" && actor.HasAt(p.Provider, access.RoleProviderUser)
	}
	if err := s.fill(ctx, tx, actor, &out); err != nil {
		return out, err
	}
	before, err := editions(ctx, tx, r.ID)
	if n := len(before); n > 0 {
		out.Open, out.AsOf = few.Exactly(before[n-1].seats), before[n-1].asOf
	}
	return out, err
}

// fill adds the pledges that the reader may see, and who has the ball for whoever is
// involved.
func (s *Service) fill(ctx context.Context, tx *db.Tx, actor access.Actor, d *Detail) error {
	all, err := s.standing(ctx, tx, *d.Round)
	if err != nil {
		return err
	}
	if err := named(ctx, tx, all, s.Clock.Today()); err != nil {
		return err
	}
	for _, p := range all {
		mine := p.Account != "" && p.Account == actor.Account
		if p.Org != "" && actor.SignedIn() {
			if _, mine, err = s.holds(ctx, tx, actor, p.Org); err != nil {
				return err
			}
		}
		if mine {
			d.Mine = append(d.Mine, p)
		}
	}
	if d.Partner {
		d.All, d.Sums = all, sum(all)
	}
	if !d.Involved() {
		return nil
	}
	if d.Steps, err = flow.History(ctx, tx, flowOf(d.Round.ID)); err != nil {
		return err
	}
	item, err := flow.Get(ctx, tx, flowOf(d.Round.ID))
	if err != nil {
		return err
	}
	d.Ball = item.Ball
	names, err := org.NamesOn(ctx, tx, []access.OrgID{item.Ball.Org, d.Pool.Provider}, s.Clock.Today())
	d.BallName, d.ProviderName = names[item.Ball.Org], names[d.Pool.Provider]
	return err
}

// standing are the pledges that hold, or held when the round ended.
func (s *Service) standing(ctx context.Context, tx *db.Tx, r Round) ([]Pledge, error) {
	var w db.Where
	db.In(&w, fragRound, []RoundID{r.ID})
	db.In(&w, fragState, []string{live, used, lapsed})
	return pledges(ctx, tx, w)
}

// Own is a pledge of the actor's with the title of what it is for.
type Own struct {
	Pledge
	Title string
	State flow.State // of the round
}

// Own is a pledge that the actor may change, or NotFound.
func (s *Service) Own(ctx context.Context, actor access.Actor, p ID) (Own, error) {
	var out Own
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		x, r, of, err := s.own(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		list := []Pledge{x}
		err = named(ctx, tx, list, s.Clock.Today())
		out = Own{Pledge: list[0], Title: of.Title, State: r.State}
		return err
	})
}

// Mine lists the pledges that hold of the actor and of the actor's organisations, the
// oldest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Own, error) {
	var of []db.Where
	some := func(column db.Fragment, orgs []access.OrgID) {
		if len(orgs) > 0 {
			var w db.Where
			db.In(&w, column, orgs)
			of = append(of, w)
		}
	}
	some(fragOrg, actor.Orgs(need.OwnerRoles()...))
	some(fragActing, actor.Orgs(need.AdviserRoles()...))
	if actor.Account != "" {
		var w db.Where
		db.In(&w, fragAccount, []access.AccountID{actor.Account})
		of = append(of, w)
	}
	if len(of) == 0 {
		return nil, nil
	}
	var out []Own
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		w.Or(of...)
		db.In(&w, fragState, []string{live})
		found, err := pledges(ctx, tx, w)
		if err != nil {
			return err
		}
		if err := named(ctx, tx, found, s.Clock.Today()); err != nil {
			return err
		}
		for _, p := range found {
			if p.Org != "" {
				if _, holds, err := s.holds(ctx, tx, actor, p.Org); err != nil {
					return err
				} else if !holds { // a mandate has ended
					continue
				}
			}
			of, err := pool.Load(ctx, tx, p.Pool)
			if err != nil {
				return err
			}
			r, err := db.Get[roundRow](ctx, tx, getRound, p.Round)
			if err != nil {
				return err
			}
			out = append(out, Own{Pledge: p, Title: of.Title, State: r.State})
		}
		return nil
	})
}

// Concerns are the organisations that a round is about: those that have pledged, who acts
// for them, the coordinator and the provider.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, pledgersOf, id)
}

// People are the persons who have pledged for themselves.
func People(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, peopleOf, id)
}

// Object is the kind of thing that a round is: known to those who work with the pooled
// need and to those who have pledged.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "pledge.object", Path: "/plassrunde/",
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied")
		},
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			var out []object.Card
			for _, id := range ids {
				d, err := s.ofRound(ctx, tx, actor, RoundID(id))
				switch {
				case fault.Is(err, fault.NotFound):
				case err != nil:
					return nil, err
				case d.Involved() || actor.IsSystem():
					out = append(out, object.Card{Ref: object.Ref{ID: id}, Number: d.Pool.Number, Title: i18n.Text{NB: d.Pool.Title}})
				}
			}
			return out, nil
		}}
}

func (s *Service) ofRound(ctx context.Context, tx *db.Tx, actor access.Actor, r RoundID) (Detail, error) {
	row, err := db.Get[roundRow](ctx, tx, getRound, r)
	if err != nil {
		return Detail{}, fmt.Errorf("pledge round %s: %w", r, err)
	}
	return s.detail(ctx, tx, actor, row.Pool)
}

// PoolOf is the pooled need that a round is for, for whoever may know of the round, or
// NotFound.
func (s *Service) PoolOf(ctx context.Context, actor access.Actor, r RoundID) (need.PoolID, error) {
	var out need.PoolID
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		d, err := s.ofRound(ctx, tx, actor, r)
		if err == nil && !d.Involved() {
			err = fault.Missing()
		}
		out = d.Pool.ID
		return err
	})
}

// Seen tells which of the rounds the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	cards, err := Object(s).Cards(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, c := range cards {
		out[c.Ref.ID] = true
	}
	return out, err
}
