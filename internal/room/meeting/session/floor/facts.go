package floor

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
)

// deputyLeads is the seat of the deputy leader on a day.
const deputyLeads db.SQL = `SELECT seat FROM body_leader WHERE body = $1 AND task = $2 AND from_day <= $3 AND to_day >= $3 ORDER BY from_day DESC, id LIMIT 1`

const decidedInstead db.SQL = `SELECT COUNT(*) FROM decision WHERE item = $1`

// undecided refuses a change of what a decision builds on.
func (s *Service) undecided(ctx context.Context, tx *db.Tx, i session.ItemID) error {
	n, err := db.Scalar[int64](ctx, tx, decidedInstead, i)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "meeting.error.decided")
	}
	return err
}

// rulesOf are the rules of the body that decides the item, in force on the meeting's day;
// the zero Set where there are none.
func rulesOf(ctx context.Context, tx *db.Tx, i session.Item, m session.Meeting) (rule.Set, error) {
	rules, err := meeting.RulesOn(ctx, tx, i.Body, m.Day)
	if fault.Is(err, fault.NotFound) {
		return rule.Set{}, nil
	}
	return rules.Rules, err
}

// facts puts together what decides an item, with the rules in force on the meeting's day.
func (s *Service) facts(ctx context.Context, tx *db.Tx, i session.Item, m session.Meeting) (outcome.Facts, meeting.RuleSet, error) {
	rules, err := meeting.RulesOn(ctx, tx, i.Body, m.Day)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Conflict, "meeting.error.no_rules")
	}
	if err != nil {
		return outcome.Facts{}, rules, err
	}
	f := outcome.Facts{Case: outcome.Case{Kind: i.Matter, Scope: i.Scope, ScopeBy: i.ScopeBy, ScopeOn: i.ScopeOn, OffAgenda: i.OffAgenda, Deadline: m.Day, Amount: i.Amount},
		Today: s.room.Clock.Today()}
	if i.InWriting(m) {
		f.Case.Procedure, f.Case.Deadline = outcome.Urgent, i.UrgentBy
	}
	if err := members(ctx, tx, i, &f.Case); err != nil {
		return f, rules, err
	}
	seats, err := meeting.SeatsOf(ctx, tx, i.Body, m.Day)
	if err != nil {
		return f, rules, err
	}
	for _, x := range seats {
		if x.HoldsOn(m.Day) {
			f.Seats = append(f.Seats, outcome.Seat{ID: string(x.ID), Member: string(x.Org), Name: x.OrgName, Kind: x.Kind})
		}
	}
	if f.Present, err = present(ctx, tx, i, m, f.Seats); err != nil {
		return f, rules, err
	}
	asked, err := session.RecusalsOf(ctx, tx, i.ID)
	if err != nil {
		return f, rules, err
	}
	for _, x := range asked {
		f.Recusals = append(f.Recusals, outcome.Recusal{Seat: string(x.Seat), By: outcome.Holder(x.Part), Decided: x.Decided})
	}
	if f.Chair, err = chair(ctx, tx, i, m, asked); err != nil {
		return f, rules, err
	}
	taken, err := session.PositionsOf(ctx, tx, i.ID)
	if err != nil {
		return f, rules, err
	}
	for _, x := range taken {
		f.Positions = append(f.Positions, outcome.Position{Seat: string(x.Seat), By: outcome.Holder(x.Part), Position: x.Position, Reason: x.Reason, How: x.How, At: x.At,
			Registered: x.Registered, Contested: x.Contested, Procedure: x.InWriting})
	}
	return f, rules, nil
}

// chair is the seat that leads the meeting in an item: the deputy leader's where the body
// has found that the chair steps back in it.
func chair(ctx context.Context, tx *db.Tx, i session.Item, m session.Meeting, asked []session.Recusal) (string, error) {
	if !slices.ContainsFunc(asked, func(x session.Recusal) bool {
		return x.Seat == m.Chair && x.Part == meeting.Member && x.Decided == outcome.Stepped
	}) {
		return string(m.Chair), nil
	}
	seat, err := db.Scalar[meeting.SeatID](ctx, tx, deputyLeads, i.Body, meeting.DeputyLeader, m.Day)
	if fault.Is(err, fault.NotFound) {
		return string(m.Chair), nil
	}
	if err != nil {
		return "", fmt.Errorf("item %s: deputy leader: %w", i.ID, err)
	}
	return string(seat), nil
}

// members fills in what concerns the members one by one.
func members(ctx context.Context, tx *db.Tx, i session.Item, c *outcome.Case) error {
	own, err := session.OwnOf(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	c.Local = session.Locals(own)
	parts, err := session.WeightsOf(ctx, tx, i.ID)
	for _, x := range parts {
		c.Weights = append(c.Weights, outcome.Weight{Member: string(x.Org), Weight: x.Weight})
	}
	return err
}

// present are those who are in the meeting when the item is treated.
func present(ctx context.Context, tx *db.Tx, i session.Item, m session.Meeting, seats []outcome.Seat) ([]outcome.Present, error) {
	list, err := session.AttendanceOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	all, err := session.ItemsOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	at := map[session.ItemID]int{}
	for n, x := range all {
		at[x.ID] = n
	}
	var out []outcome.Present
	for _, a := range list {
		here := a.Present && (a.From == "" || at[a.From] <= at[i.ID]) && (a.To == "" || at[i.ID] <= at[a.To])
		if here && slices.ContainsFunc(seats, func(x outcome.Seat) bool { return x.ID == string(a.Seat) }) {
			out = append(out, outcome.Present{Seat: string(a.Seat), Member: a.Part == meeting.Member, Deputy: a.Part == meeting.Deputy})
		}
	}
	return out, nil
}
