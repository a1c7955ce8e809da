package flow

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
)

const (
	heldBase db.SQL = `SELECT kind, subject, state, since, label, ball_party, ball_org, ball_role, due, moves
		FROM flow_item /*where*/ ORDER BY COALESCE(due, '9999-12-31'), since, kind, subject`
	recentBase db.SQL = `SELECT m.kind, m.subject, m.from_state, m.to_state, m.at, m.note, i.label
		FROM flow_move AS m JOIN flow_item AS i ON i.kind = m.kind AND i.subject = m.subject
		WHERE m.actor <> $1 AND m.at >= $2 AND m.nr = i.moves AND m.from_state <> '' /*and*/ ORDER BY m.at DESC, m.kind, m.subject LIMIT 8`

	fragHeld     db.Fragment = "ball_org = ?"
	fragHeldRole db.Fragment = "ball_org IS NULL AND ball_role = ?"
	fragTouched  db.Fragment = `(m.kind, m.subject) IN (SELECT t.kind, t.subject FROM flow_move AS t WHERE t.org = ?
		UNION SELECT b.kind, b.subject FROM flow_move AS b WHERE b.ball_org = ?)`
)

// Held lists the things whose ball the actor has: as a member of the
// organisation that has it, or by a role when no organisation is named.
// Earliest deadline first, things without one last.
func Held(ctx context.Context, tx *db.Tx, actor access.Actor) ([]Item, error) {
	var out []Item
	for _, o := range actor.Orgs() {
		items, err := held(ctx, tx, fragHeld, string(o))
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	seen := map[access.Role]bool{}
	for _, a := range actor.Roles {
		if seen[a.Role] {
			continue
		}
		seen[a.Role] = true
		items, err := held(ctx, tx, fragHeldRole, string(a.Role))
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	return out, nil
}

func held(ctx context.Context, tx *db.Tx, condition db.Fragment, value string) ([]Item, error) {
	var w db.Where
	w.And(condition, value)
	statement, args := db.Query{Base: heldBase, Where: w}.Build()
	rows, err := db.List[itemRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("flow: held: %w", err)
	}
	items := make([]Item, len(rows))
	for i, r := range rows {
		items[i] = r.item()
	}
	return items, nil
}

// Change is a step of a thing, with the thing's short name.
type Change struct {
	Subject  Subject
	Label    string
	From, To State
	At       db.Time
	Note     string
}

type changeRow struct {
	Kind    string  `db:"kind"`
	Subject string  `db:"subject"`
	From    State   `db:"from_state"`
	To      State   `db:"to_state"`
	At      db.Time `db:"at"`
	Note    string  `db:"note"`
	Label   string  `db:"label"`
}

// Recent lists where others have moved things, since the moment: things that
// one of the actor's organisations has acted on or had the ball of, each once,
// by its newest step. At most eight an organisation.
func Recent(ctx context.Context, tx *db.Tx, actor access.Actor, since db.Time) ([]Change, error) {
	var out []Change
	for _, o := range actor.Orgs() {
		var w db.Where
		w.And(fragTouched, o, o)
		statement, args := db.Query{Base: recentBase, Args: []any{actor.Label(), since}, Where: w}.Build()
		rows, err := db.List[changeRow](ctx, tx, statement, args...)
		if err != nil {
			return nil, fmt.Errorf("flow: recent: %w", err)
		}
		for _, r := range rows {
			out = append(out, Change{Subject: Subject{r.Kind, r.Subject}, Label: r.Label, From: r.From, To: r.To, At: r.At, Note: r.Note})
		}
	}
	return out, nil
}
