package own

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const insertSince db.SQL = `INSERT INTO decision_since (item, nr, what, org, facts, outcome, explained, made_by, made_at)
	VALUES ($1, (SELECT COALESCE(MAX(x.nr), 0) + 1 FROM decision_since AS x WHERE x.item = $1), $2, $3, $4, $5, $6, $7, $8)`

// since works out how the decision stands after what has just come, and keeps it. An item
// that is not decided yet, or that nothing holds of, has nothing to work out.
func (s *Service) since(ctx context.Context, tx *db.Tx, actor access.Actor, item session.Item, m session.Meeting, what session.What, o access.OrgID) error {
	if _, err := db.Exec(ctx, tx, touchItem, item.ID); err != nil {
		return err
	}
	d, decided, err := session.DecisionOf(ctx, tx, item.ID)
	if err != nil || !decided || d.State == "" {
		return err
	}
	was, facts := d.Standing()
	facts.Today = s.room.Clock.Today()
	all, err := session.OwnOf(ctx, tx, item.ID)
	if err != nil {
		return err
	}
	joined, err := session.OptInsOf(ctx, tx, item.ID)
	if err != nil {
		return err
	}
	facts.Case.Local, facts.Case.OptIns = session.Locals(all), nil
	for _, x := range joined {
		facts.Case.OptIns = append(facts.Case.OptIns, outcome.OptIn{Member: string(x.Org), On: x.Day})
	}
	out := outcome.Decide(d.Rules, facts)
	if _, err := db.Exec(ctx, tx, insertSince, item.ID, string(what), o, session.AsJSON(facts), string(out.State), session.AsJSON(out), actor.Label(), s.room.Clock.Now()); err != nil {
		return fmt.Errorf("item %s: since: %w", item.ID, err)
	}
	return s.settle(ctx, tx, actor, item, was.State, out)
}

// settle lets the case know when the last own decision that it waited for has come.
func (s *Service) settle(ctx context.Context, tx *db.Tx, actor access.Actor, item session.Item, was outcome.State, out outcome.Outcome) error {
	if item.Case == "" || was != outcome.Recommended || out.State == outcome.Recommended {
		return nil
	}
	r := casework.Rejected
	if out.State.Adopted() {
		r = casework.Adopted
	}
	return s.room.Treatments.Ratified(ctx, tx, actor, item.Case, item.Body, r, fmt.Sprintf("%d/%d", out.Local.Yes, out.Local.Of))
}
