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
)

// Detail is the seats of something as a certain reader sees them. Round is nil before the
// first pledge; it is the last one when none collects any more.
type Detail struct {
	Target
	ProviderName string
	Round        *Round
	Ball         flow.Ball
	BallName     string
	Steps        []flow.Step // for partners and those who have pledged
	// Published is what all may know of how many seats count, as of AsOf; nothing has been
	// published when AsOf is zero.
	Published few.Figure
	AsOf      clock.Time
	// Partner says that the reader works with it: then Sums and All are those of this
	// moment. Sums are the seats beyond those of Placed.
	Partner bool
	Sums    Sums
	All     []Pledge
	// Mine are the pledges that the reader may change.
	Mine []Pledge
	// CanPledge, CanSteer and CanStart are what the reader may do now.
	CanPledge, CanSteer, CanStart bool
}

// Involved reports whether the reader works with it, or has pledged.
func (d Detail) Involved() bool { return d.Partner || len(d.Mine) > 0 }

// Missing is how many more are needed to start, as far as the reader may know, and
// whether he may.
func (d Detail) Missing() (int, bool) {
	switch {
	case d.Least == 0:
		return 0, false
	case d.Partner:
		return Missing(d.Least, d.In()+d.Sums.Counted()), true
	case len(d.Mine) > 0 && d.Round.State == Enough: // who has pledged was told so
		return 0, true
	case d.Published.Known && d.Shown != nil:
		return Missing(d.Least, *d.Shown+d.Published.Value), true
	}
	return 0, false
}

// Get is the seats of something that the actor may know of, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, of Ref) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.detail(ctx, tx, actor, of)
		if err == nil && !out.rights(actor).Sees && !out.Involved() {
			err = fault.Missing()
		}
		return err
	})
}

func (s *Service) detail(ctx context.Context, tx *db.Tx, actor access.Actor, of Ref) (Detail, error) {
	t, err := s.load(ctx, tx, of)
	if err != nil {
		return Detail{}, err
	}
	may := t.rights(actor)
	if !may.Works {
		t.Placed, t.Typed = nil, 0
	}
	out := Detail{Target: t, Partner: may.Works, CanPledge: t.Open}
	r, err := getRoundBy(ctx, tx, lastRound, of.ID)
	if fault.Is(err, fault.NotFound) { // nobody has pledged
		out.Published = few.Exactly(0)
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Round = &r
	if r.State == Collecting || r.State == Enough {
		out.CanPledge, out.CanSteer = r.IsOpen(s.Clock.Today()) && t.Open, may.Steers
		out.CanStart = may.Starts && !actor.IsSystem()
	}
	if err := s.fill(ctx, tx, actor, &out); err != nil {
		return out, err
	}
	before, err := editions(ctx, tx, r.ID)
	if n := len(before); n > 0 {
		out.Published, out.AsOf = few.Exactly(before[n-1].seats), before[n-1].asOf
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
		d.All, d.Sums = all, sum(d.beyond(all))
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
	names, err := org.NamesOn(ctx, tx, []access.OrgID{item.Ball.Org, d.Provider}, s.Clock.Today())
	d.BallName, d.ProviderName = names[item.Ball.Org], names[d.Provider]
	return err
}

// standing are the pledges that hold, or held when the round ended.
func (s *Service) standing(ctx context.Context, tx *db.Tx, r Round) ([]Pledge, error) {
	var w db.Where
	db.In(&w, fragRound, []RoundID{r.ID})
	db.In(&w, fragState, []string{live, used, lapsed})
	return pledges(ctx, tx, w)
}

// Own is a pledge of the actor's with what it is for.
type Own struct {
	Pledge
	For   Target
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
		out = Own{Pledge: list[0], For: of, State: r.State}
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
			of, err := s.load(ctx, tx, p.Of)
			if err != nil {
				return err
			}
			r, err := getRoundBy(ctx, tx, getRound, string(p.Round))
			if err != nil {
				return err
			}
			out = append(out, Own{Pledge: p, For: of, State: r.State})
		}
		return nil
	})
}

// Concerns are the organisations that a round is about: those that have pledged, who acts
// for them, who finds them and the provider.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, pledgersOf, id)
}

// People are the persons who have pledged for themselves.
func People(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, peopleOf, id)
}

// Object is the kind of thing that a round is: known to those who work with what it
// is for and to those who have pledged.
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
					out = append(out, object.Card{Ref: object.Ref{ID: id}, Number: d.Number, Title: i18n.Text{NB: d.Title}})
				}
			}
			return out, nil
		}}
}

func (s *Service) ofRound(ctx context.Context, tx *db.Tx, actor access.Actor, r RoundID) (Detail, error) {
	round, err := getRoundBy(ctx, tx, getRound, string(r))
	if err != nil {
		return Detail{}, fmt.Errorf("pledge round %s: %w", r, err)
	}
	return s.detail(ctx, tx, actor, round.Of)
}

// TargetOf is what a round is for, for whoever may know of the round, or NotFound.
func (s *Service) TargetOf(ctx context.Context, actor access.Actor, r RoundID) (Target, error) {
	var out Target
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		d, err := s.ofRound(ctx, tx, actor, r)
		if err == nil && !d.Involved() {
			err = fault.Missing()
		}
		out = d.Target
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
