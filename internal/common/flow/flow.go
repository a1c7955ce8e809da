package flow

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Subject is a thing that moves: its kind, which names the definition, and id.
type Subject struct{ Kind, ID string }

// Ball says who has to act now, and until when. Account is a certain person, who
// acts for herself; Org is a certain organisation, when no person is named; Role
// is everybody with that role, when neither is.
type Ball struct {
	Party   Party
	Account access.AccountID
	Org     access.OrgID
	Role    access.Role
	Due     clock.Date
}

// BallRow is a ball in the columns of a table, for rows to embed.
type BallRow struct {
	Party   Party            `db:"ball_party"`
	Account access.AccountID `db:"ball_account"`
	Org     access.OrgID     `db:"ball_org"`
	Role    access.Role      `db:"ball_role"`
	Due     db.Date          `db:"due"`
}

// Ball is the row's ball.
func (r BallRow) Ball() Ball { return Ball(r) }

// Item is where a thing stands. Label is its short name for lists of tasks.
type Item struct {
	Subject Subject
	State   State
	Since   clock.Time
	Label   string
	Ball    Ball
	Moves   int
	// Passes is how often the ball or its deadline was changed without a move.
	Passes int
	// Places are the numbers of the municipalities it lies in. Only Get fills
	// them in.
	Places []string
}

// HeldBy reports whether the actor has the ball of an item that Get gave: the
// rule by which Held lists.
func (i Item) HeldBy(a access.Actor) bool {
	switch {
	case i.Ball.Account != "":
		return a.Account == i.Ball.Account
	case i.Ball.Org != "":
		return slices.Contains(a.Orgs(), i.Ball.Org)
	}
	return i.Ball.Role != "" && a.Area(i.Ball.Role).Has(i.Places...)
}

// Overdue reports whether the deadline has passed; the day itself is in time.
func (i Item) Overdue(today clock.Date) bool {
	return !i.Ball.Due.IsZero() && today.After(i.Ball.Due)
}

// Step is a line of the history. Role and Org say in what office it was done.
type Step struct {
	From, To State
	At       clock.Time
	Actor    string
	Role     access.Role
	Org      access.OrgID
	Note     string
	Ball     Ball
}

// Due is the deadline that a state's definition gives from the day: so many
// working days later, the day itself included; none when Days is 0.
func (s StateDef) Due(from clock.Date) clock.Date {
	if s.Days == 0 {
		return clock.Date{}
	}
	return clock.AddWorkdays(from, s.Days)
}

type itemRow struct {
	Kind    string  `db:"kind"`
	Subject string  `db:"subject"`
	State   State   `db:"state"`
	Since   db.Time `db:"since"`
	Label   string  `db:"label"`
	BallRow
	Moves  int64 `db:"moves"`
	Passes int64 `db:"passes"`
}

func (r itemRow) item() Item {
	return Item{
		Subject: Subject{r.Kind, r.Subject}, State: r.State, Since: r.Since, Label: r.Label, Moves: int(r.Moves), Passes: int(r.Passes),
		Ball: r.Ball(),
	}
}

const (
	insertItem db.SQL = `INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_account, ball_org, ball_role, due, moves, passes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)`
	insertMove db.SQL = `INSERT INTO flow_move (kind, subject, nr, from_state, to_state, at, actor, role, org, note, ball_party, ball_account, ball_org, ball_role, due, told)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, FALSE)`
	moveItem db.SQL = `UPDATE flow_item SET state = $1, since = $2, ball_party = $3, ball_account = $4, ball_org = $5, ball_role = $6, due = $7, moves = moves + 1
		WHERE kind = $8 AND subject = $9 AND state = $10 RETURNING moves`
	passBall db.SQL = `UPDATE flow_item SET ball_party = $1, ball_account = $2, ball_org = $3, ball_role = $4, due = $5, passes = passes + 1
		WHERE kind = $6 AND subject = $7`
	setLabel  db.SQL = `UPDATE flow_item SET label = $1 WHERE kind = $2 AND subject = $3`
	getItem   db.SQL = `SELECT kind, subject, state, since, label, ball_party, ball_account, ball_org, ball_role, due, moves, passes FROM flow_item WHERE kind = $1 AND subject = $2`
	listSteps db.SQL = `SELECT from_state, to_state, at, actor, role, org, note, ball_party, ball_account, ball_org, ball_role, due FROM flow_move
		WHERE kind = $1 AND subject = $2 ORDER BY nr`
	insertPlace  db.SQL = `INSERT INTO flow_place (kind, subject, municipality) VALUES ($1, $2, $3)`
	placesOf     db.SQL = `SELECT municipality FROM flow_place WHERE kind = $1 AND subject = $2 ORDER BY municipality`
	removePlaces db.SQL = `DELETE FROM flow_place WHERE kind = $1 AND subject = $2`
	removeMoves  db.SQL = `DELETE FROM flow_move WHERE kind = $1 AND subject = $2`
	removeItem   db.SQL = `DELETE FROM flow_item WHERE kind = $1 AND subject = $2`
)

// Start puts a thing into its definition's initial state.
func Start(ctx context.Context, tx *db.Tx, d Definition, id, label string, ball Ball, by access.Actor, now clock.Time) error {
	return StartIn(ctx, tx, d, d.Initial, id, label, ball, by, now)
}

// StartIn puts a thing into another of its states at once, as one step: what is
// decided as it comes, and is told of once.
func StartIn(ctx context.Context, tx *db.Tx, d Definition, s State, id, label string, ball Ball, by access.Actor, now clock.Time) error {
	if _, known := d.State(s); !known {
		return fmt.Errorf("flow: start %s %s: no state %q", d.Kind, id, s)
	}
	if _, err := db.Exec(ctx, tx, insertItem, d.Kind, id, s, now, label, ball.Party, ball.Account, ball.Org, ball.Role, ball.Due); err != nil {
		return fmt.Errorf("flow: start %s %s: %w", d.Kind, id, err)
	}
	return addStep(ctx, tx, Subject{d.Kind, id}, 0, Step{To: s, At: now, Ball: ball}, by)
}

// Request is a move to be made: where the caller saw the thing stand, where it
// is to go, as which party, and who then has the ball.
type Request struct {
	Subject  Subject
	From, To State
	As       []Party
	Note     string
	Ball     Ball
}

// Move makes an allowed move. It answers an Invalid fault for a move that the
// definition does not have or that needs a note, Denied when none of the
// parties may make it, and Stale when the thing stands elsewhere by now.
func Move(ctx context.Context, tx *db.Tx, d Definition, req Request, by access.Actor, now clock.Time) error {
	def, ok := d.Move(req.From, req.To)
	if !ok {
		return fault.InvalidField("to", "flow.error.no_such_move")
	}
	if !by.IsSystem() && !slices.ContainsFunc(req.As, func(p Party) bool { return slices.Contains(def.By, p) }) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	if def.NoteRequired && req.Note == "" {
		return fault.InvalidField("note", "flow.error.note_required")
	}
	nr, err := db.Scalar[int64](ctx, tx, moveItem, req.To, now, req.Ball.Party, req.Ball.Account, req.Ball.Org, req.Ball.Role, req.Ball.Due,
		req.Subject.Kind, req.Subject.ID, req.From)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Stale, "flow.error.moved")
	}
	if err != nil {
		return fmt.Errorf("flow: move %s %s: %w", req.Subject.Kind, req.Subject.ID, err)
	}
	return addStep(ctx, tx, req.Subject, nr, Step{From: req.From, To: req.To, At: now, Note: req.Note, Ball: req.Ball}, by)
}

func addStep(ctx context.Context, tx *db.Tx, s Subject, nr int64, step Step, by access.Actor) error {
	acting, _ := by.ActingRole()
	_, err := db.Exec(ctx, tx, insertMove, s.Kind, s.ID, nr, step.From, step.To, step.At, by.Label(), acting.Role, acting.Org,
		step.Note, step.Ball.Party, step.Ball.Account, step.Ball.Org, step.Ball.Role, step.Ball.Due)
	if err != nil {
		return fmt.Errorf("flow: history of %s %s: %w", s.Kind, s.ID, err)
	}
	return nil
}

// Pass gives the ball to someone else, or another deadline, in the same state.
func Pass(ctx context.Context, tx *db.Tx, s Subject, ball Ball) error {
	if _, err := db.Exec(ctx, tx, passBall, ball.Party, ball.Account, ball.Org, ball.Role, ball.Due, s.Kind, s.ID); err != nil {
		return fmt.Errorf("flow: pass ball of %s %s: %w", s.Kind, s.ID, err)
	}
	return nil
}

// Rename changes the short name that task lists show.
func Rename(ctx context.Context, tx *db.Tx, s Subject, label string) error {
	if _, err := db.Exec(ctx, tx, setLabel, label, s.Kind, s.ID); err != nil {
		return fmt.Errorf("flow: rename %s %s: %w", s.Kind, s.ID, err)
	}
	return nil
}

// Locate says in which municipalities the thing lies, instead of what was said
// before. A ball that a role has is shown to those whose area it lies in; what
// lies nowhere, to those whose role has no limit.
func Locate(ctx context.Context, tx *db.Tx, s Subject, municipalities ...string) error {
	if _, err := db.Exec(ctx, tx, removePlaces, s.Kind, s.ID); err != nil {
		return fmt.Errorf("flow: locate %s %s: %w", s.Kind, s.ID, err)
	}
	for _, m := range municipalities {
		if _, err := db.Exec(ctx, tx, insertPlace, s.Kind, s.ID, m); err != nil {
			return fmt.Errorf("flow: locate %s %s: %w", s.Kind, s.ID, err)
		}
	}
	return nil
}

// Remove takes the thing and its history away, for drafts that their owner
// deletes; what has been part of a public record is never removed.
func Remove(ctx context.Context, tx *db.Tx, s Subject) error {
	for _, q := range []db.SQL{removePlaces, removeMoves, removeItem} {
		if _, err := db.Exec(ctx, tx, q, s.Kind, s.ID); err != nil {
			return fmt.Errorf("flow: remove %s %s: %w", s.Kind, s.ID, err)
		}
	}
	return nil
}

// Get is where the thing stands, or NotFound.
func Get(ctx context.Context, tx *db.Tx, s Subject) (Item, error) {
	row, err := db.Get[itemRow](ctx, tx, getItem, s.Kind, s.ID)
	if err != nil {
		return Item{}, fmt.Errorf("flow: %s %s: %w", s.Kind, s.ID, err)
	}
	item := row.item()
	item.Places, err = db.List[string](ctx, tx, placesOf, s.Kind, s.ID)
	if err != nil {
		return Item{}, fmt.Errorf("flow: places of %s %s: %w", s.Kind, s.ID, err)
	}
	return item, nil
}

type stepRow struct {
	From  State        `db:"from_state"`
	To    State        `db:"to_state"`
	At    db.Time      `db:"at"`
	Actor string       `db:"actor"`
	Role  access.Role  `db:"role"`
	Org   access.OrgID `db:"org"`
	Note  string       `db:"note"`
	BallRow
}

// History lists every step of the thing, oldest first.
func History(ctx context.Context, tx *db.Tx, s Subject) ([]Step, error) {
	rows, err := db.List[stepRow](ctx, tx, listSteps, s.Kind, s.ID)
	if err != nil {
		return nil, fmt.Errorf("flow: history of %s %s: %w", s.Kind, s.ID, err)
	}
	steps := make([]Step, len(rows))
	for i, r := range rows {
		steps[i] = Step{From: r.From, To: r.To, At: r.At, Actor: r.Actor, Role: r.Role, Org: r.Org, Note: r.Note, Ball: r.Ball()}
	}
	return steps, nil
}
