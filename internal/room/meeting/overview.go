package meeting

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting/rule"
)

// Overview is a body as lists show it today: how many organisations have seats in
// it, how many seats and votes they have, who leads it and what its rules say of
// it. Rules is nil for a body that has none.
type Overview struct {
	Body
	Members, Seats, Votes int
	Leader                string
	Rules                 *rule.Set
}

const (
	seatsToday db.SQL = `SELECT s.id, s.body, s.org, s.kind, s.side, s.from_day, s.to_day, s.version FROM body_seat AS s /*where*/ ORDER BY s.id`
	rulesToday db.SQL = `SELECT r.id, r.body, r.nr, r.title, r.rules, r.valid_from, r.adopted_by, r.decision FROM body_rules AS r /*where*/ ORDER BY r.body, r.valid_from, r.id`
	ledToday   db.SQL = `SELECT l.body, s.org FROM body_leader AS l JOIN body_seat AS s ON s.id = l.seat
		WHERE l.task = 'leader' AND l.from_day <= $1 AND l.to_day >= $1 ORDER BY l.from_day, l.id`

	fragOfBody  db.Fragment = "s.body"
	fragRulesOf db.Fragment = "r.body"
	fragInForce db.Fragment = "r.valid_from <= ?"
)

type ledOrg struct {
	Body BodyID       `db:"body"`
	Org  access.OrgID `db:"org"`
}

// Overviews lists bodies by name, each with what lists show of it. They are open
// to all.
func (s *Service) Overviews(ctx context.Context, f Filter) ([]Overview, error) {
	today := s.clock.Today()
	var out []Overview
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		found, err := find(ctx, tx, f.where(today), today)
		if err != nil {
			return err
		}
		out = make([]Overview, len(found))
		for i, b := range found {
			out[i].Body = b
		}
		return overview(ctx, tx, out, today)
	})
	return out, err
}

// overview fills in what is counted and who leads.
func overview(ctx context.Context, tx *db.Tx, list []Overview, today clock.Date) error {
	if len(list) == 0 {
		return nil
	}
	at, ids := map[BodyID]*Overview{}, make([]BodyID, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	var inForce db.Where
	db.In(&inForce, fragRulesOf, ids)
	inForce.And(fragInForce, today)
	statement, args := db.Query{Base: rulesToday, Where: inForce}.Build()
	rules, err := db.List[rulesRow](ctx, tx, statement, args...)
	if err != nil {
		return fmt.Errorf("bodies: rules: %w", err)
	}
	for _, r := range rules { // the last one is in force
		set, err := r.set()
		if err != nil {
			return err
		}
		at[r.Body].Rules = &set.Rules
	}
	var held db.Where
	db.In(&held, fragOfBody, ids)
	held.And(fragSeatOn, today, today)
	statement, args = db.Query{Base: seatsToday, Where: held}.Build()
	seats, err := db.List[seatRow](ctx, tx, statement, args...)
	if err != nil {
		return fmt.Errorf("bodies: seats: %w", err)
	}
	count(at, seats)
	return leaders(ctx, tx, at, today)
}

// count adds up the seats; observers and the secretary are no members.
func count(at map[BodyID]*Overview, seats []seatRow) {
	type member struct {
		body BodyID
		org  access.OrgID
	}
	seen := map[member]bool{}
	for _, r := range seats {
		o := at[r.Body]
		if o.Rules != nil {
			if known, ok := o.Rules.Seat(r.Kind); !ok || known.Each == 0 {
				continue
			}
			if o.Rules.Votes(r.Kind) {
				o.Votes++
			}
		}
		o.Seats++
		if m := (member{r.Body, r.Org}); !seen[m] {
			seen[m] = true
			o.Members++
		}
	}
}

func leaders(ctx context.Context, tx *db.Tx, at map[BodyID]*Overview, today clock.Date) error {
	led, err := db.List[ledOrg](ctx, tx, ledToday, today)
	if err != nil {
		return fmt.Errorf("bodies: leaders: %w", err)
	}
	for _, l := range led {
		if o := at[l.Body]; o != nil {
			if o.Leader, err = org.NameOn(ctx, tx, l.Org, today); err != nil {
				return err
			}
		}
	}
	return nil
}
