package session

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
)

// Decision is what the body decided in an item. Facts and the rules of RuleSet are
// what it was taken by; State is how it ended, empty for an item that was noted without a
// decision.
type Decision struct {
	Item    ItemID
	Words   string
	RuleSet meeting.RuleSetID
	Facts   outcome.Facts
	State   outcome.State
	At      clock.Time
	Version int64

	// Outcome is how it was worked out and explained when it was taken. It is kept, and not
	// worked out anew: a later version of the program does not change what was decided.
	Outcome outcome.Outcome
	Rules   rule.Set
	// Since is what has come after it, the oldest first; Standing is how it stands now.
	Since []Since
}

const getDecision db.SQL = `SELECT d.item, d.words, d.rules, d.facts, d.outcome, d.explained, d.taken_at, d.version, r.rules AS ruleset FROM decision AS d
		LEFT JOIN body_rules AS r ON r.id = d.rules WHERE d.item = $1`

type decisionRow struct {
	Item      ItemID             `db:"item"`
	Words     string             `db:"words"`
	Rules     *meeting.RuleSetID `db:"rules"`
	Facts     string             `db:"facts"`
	State     outcome.State      `db:"outcome"`
	Explained string             `db:"explained"`
	At        db.Time            `db:"taken_at"`
	Version   int64              `db:"version"`
	RuleSet   *string            `db:"ruleset"`
}

// DecisionOf is the decision of the item, and whether one has been taken.
func DecisionOf(ctx context.Context, tx *db.Tx, i ItemID) (Decision, bool, error) {
	row, err := db.Get[decisionRow](ctx, tx, getDecision, i)
	if fault.Is(err, fault.NotFound) {
		return Decision{}, false, nil
	}
	if err != nil {
		return Decision{}, false, fmt.Errorf("item %s: decision: %w", i, err)
	}
	d := Decision{Item: row.Item, Words: row.Words, State: row.State, At: row.At, Version: row.Version}
	if err := fromJSON(row.Facts, &d.Facts); err != nil {
		return Decision{}, false, fmt.Errorf("item %s: facts: %w", i, err)
	}
	if row.Rules != nil && row.RuleSet != nil && row.State != "" {
		d.RuleSet = *row.Rules
		if err := fromJSON(*row.RuleSet, &d.Rules); err != nil {
			return Decision{}, false, fmt.Errorf("item %s: rules: %w", i, err)
		}
		if err := fromJSON(row.Explained, &d.Outcome); err != nil {
			return Decision{}, false, fmt.Errorf("item %s: explanation: %w", i, err)
		}
	}
	d.Since, err = sinceOf(ctx, tx, i)
	return d, true, err
}

func fromJSON(stored string, v any) error { return json.Unmarshal([]byte(stored), v) }
