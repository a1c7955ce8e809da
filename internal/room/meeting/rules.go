package meeting

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/rule"
)

// RuleSet is a version of a body's rules: in force from ValidFrom until the next.
// Title names the document, AdoptedBy the decision that adopted it, in words;
// Decision is its id when the decision was taken here.
type RuleSet struct {
	ID        RuleSetID
	Body      BodyID
	Nr        int
	Title     string
	Rules     rule.Set
	ValidFrom clock.Date
	AdoptedBy string
	Decision  string
}

const (
	insertRules db.SQL = `INSERT INTO body_rules (id, body, nr, title, rules, valid_from, adopted_by, decision, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	rulesOf db.SQL = `SELECT id, body, nr, title, rules, valid_from, adopted_by, decision FROM body_rules WHERE body = $1 ORDER BY valid_from DESC, id`
	rulesOn db.SQL = `SELECT id, body, nr, title, rules, valid_from, adopted_by, decision FROM body_rules WHERE body = $1 AND valid_from <= $2
		ORDER BY valid_from DESC, id LIMIT 1`
)

type rulesRow struct {
	ID        RuleSetID `db:"id"`
	Body      BodyID    `db:"body"`
	Nr        int       `db:"nr"`
	Title     string    `db:"title"`
	Rules     string    `db:"rules"`
	ValidFrom db.Date   `db:"valid_from"`
	AdoptedBy string    `db:"adopted_by"`
	Decision  *string   `db:"decision"`
}

func (r rulesRow) set() (RuleSet, error) {
	out := RuleSet{ID: r.ID, Body: r.Body, Nr: r.Nr, Title: r.Title, ValidFrom: r.ValidFrom, AdoptedBy: r.AdoptedBy}
	if r.Decision != nil {
		out.Decision = *r.Decision
	}
	if err := json.Unmarshal([]byte(r.Rules), &out.Rules); err != nil {
		return RuleSet{}, fmt.Errorf("rules %s: %w", r.ID, err)
	}
	return out, nil
}

// RulesOf are the versions of the body's rules, newest first. For other packages
// of the room, inside their transaction.
func RulesOf(ctx context.Context, tx *db.Tx, b BodyID) ([]RuleSet, error) {
	rows, err := db.List[rulesRow](ctx, tx, rulesOf, b)
	if err != nil {
		return nil, fmt.Errorf("body %s: rules: %w", b, err)
	}
	out := make([]RuleSet, len(rows))
	for i, r := range rows {
		if out[i], err = r.set(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RulesOn are the body's rules in force on the day, or NotFound when it has none
// yet: a body without rules cannot decide.
func RulesOn(ctx context.Context, tx *db.Tx, b BodyID, day clock.Date) (RuleSet, error) {
	row, err := db.Get[rulesRow](ctx, tx, rulesOn, b, day)
	if err != nil {
		return RuleSet{}, fmt.Errorf("body %s: rules on %s: %w", b, day, err)
	}
	return row.set()
}

// check answers the version with its texts put right, or its faults. What refuses
// in the rules themselves is put at the field "rules.<field>".
func (r RuleSet) check() (RuleSet, error) {
	var fs fault.Fields
	r.Title, r.AdoptedBy = text.CleanLine(r.Title), text.CleanLine(r.AdoptedBy)
	line(&fs, "title", r.Title, MaxName)
	line(&fs, "adopted_by", r.AdoptedBy, MaxDecision)
	if r.ValidFrom.IsZero() {
		fs.Add("valid_from", "form.error.required")
	}
	for _, f := range r.Rules.Validate() {
		if !f.Note {
			fs.Add("rules."+f.Field, f.Line.Key, f.Line.Values...)
		}
	}
	return r, fs.Err()
}

// Adopt gives the body a new version of its rules from in.ValidFrom on, which is
// later than those of all versions before, and answers its id. It refuses rules
// that contradict themselves or, for an elected body, the law. Only the body's
// secretary and the county do, after a decision that in.AdoptedBy names.
func (s *Service) Adopt(ctx context.Context, actor access.Actor, in RuleSet) (RuleSetID, error) {
	in.ID = NewRuleSetID()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.toChange(ctx, tx, actor, in.Body); err != nil {
			return err
		}
		r, err := in.check()
		if err != nil {
			return err
		}
		before, err := RulesOf(ctx, tx, in.Body)
		if err != nil {
			return err
		}
		if len(before) > 0 && !r.ValidFrom.After(before[0].ValidFrom) {
			return fault.InvalidField("valid_from", "body.error.rules_order", "date", before[0].ValidFrom)
		}
		rules, err := json.Marshal(r.Rules)
		if err != nil {
			return fmt.Errorf("body %s: rules: %w", in.Body, err)
		}
		var decision any
		if r.Decision != "" {
			decision = r.Decision
		}
		if _, err := db.Exec(ctx, tx, insertRules, r.ID, r.Body, len(before)+1, r.Title, string(rules), r.ValidFrom, r.AdoptedBy, decision,
			actor.Label(), s.clock.Now()); err != nil {
			return fmt.Errorf("body %s: adopt rules: %w", in.Body, err)
		}
		if _, err := db.Exec(ctx, tx, bumpBody, in.Body); err != nil {
			return fmt.Errorf("body %s: adopt rules: %w", in.Body, err)
		}
		s.happened(tx, actor, in.Body, RulesAdopted, r.ValidFrom, happening.Facts{FactTitle: r.Title})
		audit.Record(tx, s.clock.Now(), actor, ActionAdopt, subject(in.Body), audit.Field("title", "", r.Title), audit.Field("rules", "", string(rules)),
			audit.Field("valid_from", "", r.ValidFrom), audit.Field("adopted_by", "", r.AdoptedBy))
		return nil
	})
	return in.ID, err
}

// electable answers the election with its last day, which follows from the rules
// when it has none. The seat must be of the body and exist; where the rules say
// which kind of seat leads, it must be of that kind, else it must have a vote.
func (s *Service) electable(ctx context.Context, tx *db.Tx, b BodyID, e Election) (Election, error) {
	seat, err := db.Get[seatRow](ctx, tx, getSeat, e.Seat)
	if fault.Is(err, fault.NotFound) || err == nil && (seat.Body != b || !seat.seat().HoldsOn(e.From)) {
		return e, fault.InvalidField("seat", "body.error.not_a_seat")
	}
	if err != nil {
		return e, err
	}
	years := defaultTerm
	rules, err := RulesOn(ctx, tx, b, e.From)
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil:
		return e, err
	default:
		among := rules.Rules.Leader.Among
		if among != "" && seat.Kind != among || among == "" && !rules.Rules.Votes(seat.Kind) {
			return e, fault.InvalidField("seat", "body.error.cannot_lead")
		}
		if rules.Rules.Leader.Years > 0 {
			years = rules.Rules.Leader.Years
		}
	}
	if e.To.IsZero() {
		e.To = e.From.AddMonths(12 * years).AddDays(-1)
	}
	return e, nil
}

// defaultTerm is how many years a leader leads where the rules do not say.
const defaultTerm = 2

// CountsVotes reports whether the rules let votes decide anything; in a body that
// only talks, nobody votes.
func CountsVotes(s rule.Set) bool {
	return s.Decision.Consensus != rule.Never || s.Decision.Otherwise == rule.Majority
}
