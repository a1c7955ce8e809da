package develop

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply/offer"
)

const answerByID db.SQL = `SELECT a.id, a.need, a.pool, a.nr, a.provider, a.kind, a.unit, a.programme, a.offering, a.card, a.seats, a.arrange, a.deadline, a.earliest,
	a.cost, a.hours, a.equipment, a.words, a.answer_by, a.answered_at FROM develop_answer AS a WHERE a.id = $1`

// ParseID reads the id of an answer from outside.
func ParseID(s string) (ID, error) { return id.Parse[Answer](s) }

// Subject is the need or pooled need in the flow.
func (a About) Subject() flow.Subject {
	t := subject{about: a}
	return t.flow()
}

// Origin is what an answer was given to, as the actor may know it. Title and Level are empty
// where not all may read them, so that nothing shielded is carried on; Name is for the
// actor's own eyes.
type Origin struct {
	Number         string
	Name, Title    string
	Level          need.Level
	Municipalities []string
	// Open says that all may read it, Partner that the actor works with it otherwise than as
	// the provider that follows it up, County that it lies in the actor's office.
	Open, Partner, County bool
	// Office says that it lies in the area of the actor's secretariat or county office.
	Office bool
}

// Target is whom an offering that is made for it is meant for: those who live there.
func (o Origin) Target() offer.Target {
	var out offer.Target
	if o.Open {
		out.Municipalities = text.Typed[place.Number](o.Municipalities)
	}
	return out
}

// OriginOf is what is answered, or NotFound for what the actor may not see.
func (s *Service) OriginOf(ctx context.Context, tx *db.Tx, actor access.Actor, about About) (Origin, error) {
	t, err := s.load(ctx, tx, actor, about)
	if err != nil {
		return Origin{}, err
	}
	out := Origin{Number: t.number, Name: t.title, Partner: t.works(actor), County: slices.Contains(t.as, flow.County),
		Office: slices.Contains(t.as, flow.County) || slices.Contains(t.as, flow.Secretary), Open: about.Pool != "" || t.need.Confidentiality == need.Open}
	if !out.Open {
		return out, nil
	}
	out.Title, out.Level, out.Municipalities = t.title, t.need.Level, []string{t.need.Municipality}
	if about.Pool != "" {
		out.Level, out.Municipalities = t.pool.Level, nil
	}
	return out, nil
}

// works reports whether the actor works with it otherwise than as the provider that follows
// it up: that one may be another than the one that an answer was given by.
func (t *subject) works(actor access.Actor) bool {
	if !t.partner || !actor.HasAt(t.provider, access.RoleProviderUser) {
		return t.partner
	}
	return t.about.Pool == "" && need.SightOf(actor, t.need) == need.Full
}

// OwnerIn is the ball of who has what is answered, or acts for them, whoever asks.
func (s *Service) OwnerIn(ctx context.Context, tx *db.Tx, about About, due clock.Date) (flow.Ball, error) {
	if about.Pool != "" {
		p, err := pool.Load(ctx, tx, about.Pool)
		return flow.Ball{Party: flow.Adviser, Org: p.Coordinator, Due: due}, err
	}
	n, err := need.Load(ctx, tx, about.Need)
	if n.RepresentedBy != "" {
		return flow.Ball{Party: flow.Adviser, Org: n.RepresentedBy, Due: due}, err
	}
	return flow.Ball{Party: flow.Owner, Org: n.Organisation, Due: due}, err
}

// Given is an answer with what it was given to, whole, for an actor who works with it or
// gave it; NotFound for others.
func (s *Service) Given(ctx context.Context, tx *db.Tx, actor access.Actor, answer ID) (Answer, Origin, error) {
	row, err := db.Get[answerRow](ctx, tx, answerByID, answer)
	if err != nil {
		return Answer{}, Origin{}, err
	}
	all, err := answers(ctx, tx, row.answer().About)
	if err != nil {
		return Answer{}, Origin{}, err
	}
	at := slices.IndexFunc(all, func(a Answer) bool { return a.ID == answer })
	if at < 0 {
		return Answer{}, Origin{}, fmt.Errorf("answer %s is not among those to its need", answer)
	}
	a := all[at]
	o, err := s.OriginOf(ctx, tx, actor, a.About)
	if err != nil {
		return Answer{}, Origin{}, err
	}
	if !o.Partner && !actor.HasAt(a.Provider, access.RoleProviderUser) {
		return Answer{}, Origin{}, fault.Missing()
	}
	a.Whole = true
	return a, o, nil
}
