package flow

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
)

const (
	heldItems db.SQL = `SELECT i.kind, i.subject, i.state, i.since, i.label, i.ball_party, i.ball_account, i.ball_org, i.ball_role, i.due, i.moves, i.passes
		FROM flow_item AS i /*where*/`
	countHeld  db.SQL = `SELECT h.kind, COUNT(*) AS n FROM (SELECT i.kind FROM flow_item AS i /*where*/) AS h GROUP BY h.kind ORDER BY h.kind`
	heldIDs    db.SQL = `SELECT i.kind, i.subject FROM flow_item AS i /*where*/ ORDER BY i.kind, i.subject`
	recentBase db.SQL = `SELECT m.kind, m.subject, m.from_state, m.to_state, m.at, i.label
		FROM flow_move AS m JOIN flow_item AS i ON i.kind = m.kind AND i.subject = m.subject
		WHERE m.actor <> $1 AND m.at >= $2 AND m.nr = i.moves AND m.from_state <> '' /*and*/ ORDER BY m.at DESC, m.kind, m.subject LIMIT 8`

	fragBallMine db.Fragment = "i.ball_account = ?"
	fragBallOrg  db.Fragment = "i.ball_account IS NULL AND i.ball_org"
	fragBallRole db.Fragment = "i.ball_account IS NULL AND i.ball_org IS NULL AND i.ball_role = ?"
	// The same for an office, which has many balls: no index is chosen for the
	// expression, and the list goes along the index of its order instead.
	fragBallOffice db.Fragment = "COALESCE(i.ball_account, i.ball_org, i.ball_role) = ?"
	// The value is the numbers of the area, parted by blanks.
	fragIn db.Fragment = `EXISTS (SELECT 1 FROM flow_place AS p WHERE p.kind = i.kind AND p.subject = i.subject
		AND ? LIKE '%' || p.municipality || '%')`
	fragDue       db.Fragment = "COALESCE(i.due, '9999-12-31')"
	fragSubject   db.Fragment = "i.subject"
	fragKind      db.Fragment = "i.kind"
	fragOtherKind db.Fragment = "i.kind <> ?"
	fragTouched   db.Fragment = `(m.kind, m.subject) IN (SELECT t.kind, t.subject FROM flow_move AS t WHERE t.org = ?
		UNION SELECT b.kind, b.subject FROM flow_move AS b WHERE b.ball_org = ?)`
)

// lastDay is the key of an item without a deadline.
const lastDay = "9999-12-31"

// Asked is which of the balls that somebody has a list shows. Kinds empty asks for all
// of them; Hidden are left out. After is the cursor of a page, Limit its length.
type Asked struct {
	Kinds  []string
	Hidden []Subject
	After  string
	Limit  int
}

// Held lists the things whose ball the actor has: as the person named, as a member of
// the organisation that has it, or by a role, where the thing lies in the role's area,
// when neither is named. Earliest deadline first, things without one last. A cursor that is not one of
// ours is an Invalid field "after".
func Held(ctx context.Context, tx *db.Tx, actor access.Actor, ask Asked) (db.Paged[Item], error) {
	w := heldBy(actor)
	if len(ask.Kinds) > 0 {
		db.In(&w, fragKind, ask.Kinds)
	}
	without(&w, ask.Hidden)
	// Two things with the same id (a council's duties of one year) have different days.
	page := db.Page{Order: db.Order{Key: fragDue, ID: fragSubject}, After: ask.After, Limit: ask.Limit}
	rows, err := db.ListPage(ctx, tx, db.Query{Base: heldItems, Where: w}, page, func(r itemRow) (any, string) {
		if r.Due.IsZero() {
			return lastDay, r.Subject
		}
		return r.Due.String(), r.Subject
	})
	if err != nil {
		return db.Paged[Item]{}, fmt.Errorf("flow: held: %w", err)
	}
	out := db.Paged[Item]{Items: make([]Item, len(rows.Items)), Next: rows.Next}
	for i, r := range rows.Items {
		out.Items[i] = r.item()
	}
	return out, nil
}

// CountHeld counts, by kind, the balls that Held lists. Hidden are left out.
func CountHeld(ctx context.Context, tx *db.Tx, actor access.Actor, hidden []Subject) (map[string]int, error) {
	w := heldBy(actor)
	without(&w, hidden)
	statement, args := db.Query{Base: countHeld, Where: w}.Build()
	rows, err := db.List[countRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("flow: count held: %w", err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.Kind] = int(r.N)
	}
	return out, nil
}

type countRow struct {
	Kind string `db:"kind"`
	N    int64  `db:"n"`
}

// HeldByOrgs lists the ids of the things of the kinds whose ball an organisation of the
// actor's has. Not all who are in an organisation may know of all that it has; what an
// office has, its area's rooms show to everybody in the office.
func HeldByOrgs(ctx context.Context, tx *db.Tx, actor access.Actor, kinds []string) ([]Subject, error) {
	var w db.Where
	db.In(&w, fragBallOrg, actor.Orgs())
	db.In(&w, fragKind, kinds)
	statement, args := db.Query{Base: heldIDs, Where: w}.Build()
	rows, err := db.List[subjectRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("flow: held by organisations: %w", err)
	}
	out := make([]Subject, len(rows))
	for i, r := range rows {
		out[i] = Subject(r)
	}
	return out, nil
}

type subjectRow struct {
	Kind string `db:"kind"`
	ID   string `db:"subject"`
}

// without leaves out the things.
func without(w *db.Where, hidden []Subject) {
	ids := map[string][]string{}
	for _, s := range hidden {
		ids[s.Kind] = append(ids[s.Kind], s.ID)
	}
	for _, kind := range slices.Sorted(maps.Keys(ids)) {
		var others, rest db.Where
		others.And(fragOtherKind, kind)
		db.NotIn(&rest, fragSubject, ids[kind])
		w.Or(others, rest)
	}
}

// heldBy asks for the balls of the actor, and of his organisations and roles.
func heldBy(a access.Actor) db.Where {
	var orgs, out db.Where
	db.In(&orgs, fragBallOrg, a.Orgs())
	either := []db.Where{orgs}
	if a.Account != "" {
		var mine db.Where
		mine.And(fragBallMine, a.Account)
		either = append(either, mine)
	}
	for _, r := range access.Roles() {
		area := a.Area(r)
		if area.IsNowhere() {
			continue
		}
		var w db.Where
		if slices.Contains(access.OfficeRoles(), r) {
			w.And(fragBallOffice, r)
		} else {
			w.And(fragBallRole, r)
		}
		within(&w, area)
		either = append(either, w)
	}
	out.Or(either...)
	return out
}

// within asks that the thing lies in the area.
func within(w *db.Where, area access.Area) {
	if !area.Everywhere {
		w.And(fragIn, strings.Join(area.Municipalities, " "))
	}
}

// Change is a step of a thing, with the thing's short name.
type Change struct {
	Subject  Subject
	Label    string
	From, To State
	At       db.Time
}

type changeRow struct {
	Kind    string  `db:"kind"`
	Subject string  `db:"subject"`
	From    State   `db:"from_state"`
	To      State   `db:"to_state"`
	At      db.Time `db:"at"`
	Label   string  `db:"label"`
}

// Recent lists where others have moved things, since the moment: things that
// one of the actor's organisations has acted on or had the ball of, each once,
// by its newest step, and that lie in the area of what the actor is there. The
// newest first, at most eight an organisation. What the actor may see of a thing
// is for its room to say: the notes of the steps are not among the changes, and
// callers leave out what the room hides.
func Recent(ctx context.Context, tx *db.Tx, actor access.Actor, since db.Time) ([]Change, error) {
	var out []Change
	seen := map[Subject]bool{}
	for _, o := range actor.Orgs() {
		var w db.Where
		w.And(fragTouched, o, o)
		within(&w, actor.At(o).Area())
		statement, args := db.Query{Base: recentBase, Args: []any{actor.Label(), since}, Where: w}.Build()
		rows, err := db.List[changeRow](ctx, tx, statement, args...)
		if err != nil {
			return nil, fmt.Errorf("flow: recent: %w", err)
		}
		for _, r := range rows {
			c := Change{Subject: Subject{r.Kind, r.Subject}, Label: r.Label, From: r.From, To: r.To, At: r.At}
			if !seen[c.Subject] {
				seen[c.Subject], out = true, append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return strings.Compare(b.At.String(), a.At.String()) })
	return out, nil
}
