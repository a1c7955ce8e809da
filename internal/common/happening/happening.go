// Package happening is how a room tells that something happened with a thing of
// its own which is no move of a flow: a programme was published, a deadline
// moved, an organisation struck off.
//
// The room writes a Happening in the transaction that causes it and knows
// nothing of who wants to hear of it; follow takes it from there in a job, so a
// write never waits for many readers. When the transaction rolls back nothing
// happened. What is written twice with the same Kind, Subject, What and Mark is
// told once.
//
// Words: hendelse = happening.
//
// Tables: happening.
package happening

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
)

// What is what sort of thing happened; each room has constants of its own, with
// the room's name first: "programme_published".
type What string

// Facts are what the sentence about a happening says besides the thing's name:
// days as 2006-01-02, codes, a reason that all may read. Never a person's name,
// and nothing that a reader of the thing may not read.
type Facts map[string]string

// Happening is what happened. Kind and ID name the thing, as object.Ref does;
// Mark tells happenings of the same sort with the same thing apart. Next is who
// acts next, and by when, where that follows from what happened.
type Happening struct {
	Kind  string
	ID    string
	What  What
	Mark  string
	Facts Facts
	Next  flow.Ball
}

// Taken is a happening that was told, with when and by whom. Org is the
// organisation that the actor acted for.
type Taken struct {
	Happening
	At    clock.Time
	Actor string
	Org   access.OrgID
}

const (
	insert db.SQL = `INSERT INTO happening (id, kind, subject, what, mark, at, actor, org, facts, ball_party, ball_account, ball_org, ball_role, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	waits db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM happening ORDER BY id LIMIT 1) AS h`
	first db.SQL = `SELECT id, kind, subject, what, mark, at, actor, org, facts, ball_party, ball_account, ball_org, ball_role, due FROM happening ORDER BY id LIMIT 20`
	drop  db.SQL = `DELETE FROM happening WHERE id = $1`
)

type row struct {
	ID      string       `db:"id"`
	Kind    string       `db:"kind"`
	Subject string       `db:"subject"`
	What    What         `db:"what"`
	Mark    string       `db:"mark"`
	At      db.Time      `db:"at"`
	Actor   string       `db:"actor"`
	Org     access.OrgID `db:"org"`
	Facts   string       `db:"facts"`
	flow.BallRow
}

// Record writes what happened as part of the transaction, as audit.Record does:
// when it cannot be written the change is not made.
func Record(tx *db.Tx, now clock.Time, by access.Actor, list ...Happening) {
	var org access.OrgID
	if acting, ok := by.ActingRole(); ok {
		org = acting.Org
	}
	for _, h := range list {
		tx.BeforeCommit(func(ctx context.Context) error {
			facts, err := h.Facts.Text()
			if err != nil {
				return err
			}
			_, err = db.Exec(ctx, tx, insert, id.New[Happening](), h.Kind, h.ID, h.What, h.Mark, now, by.Label(), org, facts,
				h.Next.Party, h.Next.Account, h.Next.Org, h.Next.Role, h.Next.Due)
			if err != nil {
				return fmt.Errorf("happening %s of %s %s: %w", h.What, h.Kind, h.ID, err)
			}
			return nil
		})
	}
}

// Wait reports whether there are happenings that have not been taken.
func Wait(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := db.Scalar[int](ctx, tx, waits)
	return n > 0, err
}

// Take takes the oldest happenings, twenty at most: they are gone when the
// transaction commits.
func Take(ctx context.Context, tx *db.Tx) ([]Taken, error) {
	rows, err := db.List[row](ctx, tx, first)
	if err != nil {
		return nil, fmt.Errorf("happening: take: %w", err)
	}
	out := make([]Taken, len(rows))
	for i, r := range rows {
		if _, err := db.Exec(ctx, tx, drop, r.ID); err != nil {
			return nil, fmt.Errorf("happening: take: %w", err)
		}
		facts, err := Parse(r.Facts)
		if err != nil {
			return nil, err
		}
		out[i] = Taken{Happening: Happening{r.Kind, r.Subject, r.What, r.Mark, facts, r.Ball()}, At: r.At, Actor: r.Actor, Org: r.Org}
	}
	return out, nil
}

// Text is the facts as they are stored.
func (f Facts) Text() (string, error) {
	if len(f) == 0 {
		return "{}", nil
	}
	b, err := json.Marshal(f)
	return string(b), err
}

// Parse reads facts as Text writes them.
func Parse(s string) (Facts, error) {
	var f Facts
	if err := json.Unmarshal([]byte(s), &f); err != nil {
		return nil, fmt.Errorf("happening: facts: %w", err)
	}
	return f, nil
}

// Day is the day that the fact holds, zero when there is none.
func (f Facts) Day(name string) clock.Date {
	d, err := clock.ParseDate(f[name])
	if err != nil {
		return clock.Date{}
	}
	return d
}

// WithDay notes the day under the name, unless it is zero.
func (f Facts) WithDay(name string, d clock.Date) {
	if !d.IsZero() {
		f[name] = d.String()
	}
}
