package round

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/outreach"
)

const (
	roundColumns        = `r.id, r.hub, r.title, r.form, r.form_nr, r.deadline, r.reminders, r.state, r.created_at, r.opened_at, r.closed_at, r.version`
	insertRound  db.SQL = `INSERT INTO outreach_round (id, hub, title, form, form_nr, deadline, reminders, state, created_at, created_by, version)
		VALUES ($1, $2, $3, $4, 0, $5, $6, 'draft', $7, $8, 1)`
	getRound  db.SQL = `SELECT ` + roundColumns + ` FROM outreach_round AS r WHERE r.id = $1`
	saveRound db.SQL = `UPDATE outreach_round SET title = $1, form = $2, form_nr = $3, deadline = $4, reminders = $5, state = $6, opened_at = $7, closed_at = $8,
		version = version + 1 WHERE id = $9 AND version = $10`
	listRounds db.SQL = `SELECT ` + roundColumns + ` FROM outreach_round AS r /*where*/`
	overdue    db.SQL = `SELECT id FROM outreach_round WHERE state = 'open' AND deadline < $1 ORDER BY id`

	insertStep db.SQL = `INSERT INTO round_step (round, kind, nr, day, done_at) VALUES ($1, $2, $3, $4, $5)`
	dropSteps  db.SQL = `DELETE FROM round_step WHERE round = $1 AND done_at IS NULL`
	listSteps  db.SQL = `SELECT kind, nr, day, done_at FROM round_step WHERE round = $1 ORDER BY day, kind DESC, nr`
	dueSteps   db.SQL = `SELECT s.round, s.kind, s.nr, s.day FROM round_step AS s JOIN outreach_round AS r ON r.id = s.round
		WHERE r.state = 'open' AND s.done_at IS NULL AND s.day <= $1 ORDER BY s.day, s.round, s.kind, s.nr`
	doneStep db.SQL = `UPDATE round_step SET done_at = $1 WHERE round = $2 AND kind = $3 AND nr = $4 AND done_at IS NULL`

	inviteColumns = `i.id, i.round, i.org, i.municipality, i.wave, i.via, i.sent_at, i.mailed, i.answer, i.answered_at, i.answered_by, i.created_at,
		(SELECT COUNT(*) FROM round_need AS n WHERE n.invite = i.id) AS needs,
		(EXISTS (SELECT 1 FROM round_link AS l WHERE l.round = i.round AND l.invite = i.id) AND NOT EXISTS (` + liveLink + `)) AS stopped`
	liveLink            = `SELECT 1 FROM round_link AS l WHERE l.round = i.round AND l.invite = i.id AND l.revoked_at IS NULL`
	insertInvite db.SQL = `INSERT INTO round_invite (id, round, org, municipality, wave, via, mailed, created_at) VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7)`
	getInvite    db.SQL = `SELECT ` + inviteColumns + ` FROM round_invite AS i WHERE i.id = $1`
	inviteOf     db.SQL = `SELECT ` + inviteColumns + ` FROM round_invite AS i WHERE i.round = $1 AND i.org = $2`
	listInvites  db.SQL = `SELECT ` + inviteColumns + ` FROM round_invite AS i /*where*/ ORDER BY i.municipality, i.created_at, i.id`
	deleteInvite db.SQL = `DELETE FROM round_invite WHERE id = $1 AND answer IS NULL`
	countInvites db.SQL = `SELECT COUNT(*) FROM round_invite WHERE round = $1`
	countOpen    db.SQL = `SELECT COUNT(*) FROM round_invite WHERE round = $1 AND via = 'open' AND created_at >= $2 AND (answer IS NOT NULL OR created_at > $3)`
	joinAgain    db.SQL = `UPDATE round_invite SET created_at = $1 WHERE id = $2 AND answer IS NULL`
	countSent    db.SQL = `SELECT COUNT(*) FROM round_invite WHERE round = $1 AND answered_at IS NOT NULL`
	setSent      db.SQL = `UPDATE round_invite SET sent_at = COALESCE(sent_at, $1), mailed = $2 WHERE id = $3`
	setReminded  db.SQL = `UPDATE round_invite SET reminded_for = $1 WHERE id = $2`
	setAnswer    db.SQL = `UPDATE round_invite SET answer = $1 WHERE id = $2`
	setAnswered  db.SQL = `UPDATE round_invite SET answered_at = $1, answered_by = $2, via = $3 WHERE id = $4 AND answered_at IS NULL`
	toSend       db.SQL = `SELECT ` + inviteColumns + ` FROM round_invite AS i
		WHERE i.round = $1 AND i.wave = $2 AND i.via = 'link' AND i.sent_at IS NULL AND i.answered_at IS NULL AND i.id > $3 ORDER BY i.id LIMIT 50`
	toRemind db.SQL = `SELECT ` + inviteColumns + ` FROM round_invite AS i
		WHERE i.round = $1 AND i.mailed AND i.answered_at IS NULL AND EXISTS (` + liveLink + `) AND (i.reminded_for IS NULL OR i.reminded_for < $2) AND i.id > $3 ORDER BY i.id LIMIT 50`

	insertLink   db.SQL = `INSERT INTO round_link (token_hash, round, invite, most, made_at) VALUES ($1, $2, $3, $4, $5)`
	getLink      db.SQL = `SELECT round, invite, most, revoked_at, made_at FROM round_link WHERE token_hash = $1`
	revokeOf     db.SQL = `UPDATE round_link SET revoked_at = $1 WHERE invite = $2 AND revoked_at IS NULL`
	revokeOpen   db.SQL = `UPDATE round_link SET revoked_at = $1 WHERE round = $2 AND invite IS NULL AND revoked_at IS NULL`
	liveOpen     db.SQL = `SELECT round, invite, most, revoked_at, made_at FROM round_link WHERE round = $1 AND invite IS NULL AND revoked_at IS NULL ORDER BY made_at DESC, token_hash LIMIT 1`
	insertNeed   db.SQL = `INSERT INTO round_need (invite, row_nr, need, made_at) VALUES ($1, $2, $3, $4)`
	needsOf      db.SQL = `SELECT row_nr, need FROM round_need WHERE invite = $1 ORDER BY row_nr`
	answerOfNeed db.SQL = `SELECT i.round, i.id AS invite, i.municipality FROM round_need AS n JOIN round_invite AS i ON i.id = n.invite WHERE n.need = $1 ORDER BY n.made_at, i.id LIMIT 1`

	fragHub      db.Fragment = "r.hub"
	fragConcerns db.Fragment = "SELECT 1 FROM round_invite AS c WHERE c.round = r.id"
	fragPlace    db.Fragment = "c.municipality"
	fragCreated  db.Fragment = "r.created_at"
	fragID       db.Fragment = "r.id"
	fragState    db.Fragment = "r.state = ?"
	fragOfRound  db.Fragment = "i.round = ?"
	fragIn       db.Fragment = "i.municipality"
)

type roundRow struct {
	ID        ID       `db:"id"`
	Hub       org.ID   `db:"hub"`
	Title     string   `db:"title"`
	Form      forms.ID `db:"form"`
	Nr        int      `db:"form_nr"`
	Deadline  db.Date  `db:"deadline"`
	Reminders string   `db:"reminders"`
	State     State    `db:"state"`
	CreatedAt db.Time  `db:"created_at"`
	OpenedAt  db.Time  `db:"opened_at"`
	ClosedAt  db.Time  `db:"closed_at"`
	Version   int64    `db:"version"`
}

func (r roundRow) round() Round {
	return Round{ID: r.ID, Nr: r.Nr, State: r.State, CreatedAt: r.CreatedAt, OpenedAt: r.OpenedAt, ClosedAt: r.ClosedAt, Version: r.Version,
		Content: Content{Hub: r.Hub, Title: r.Title, Form: r.Form, Deadline: r.Deadline, Reminders: readDays(r.Reminders)}}
}

// Step is what is sent on a day. DoneAt is zero until it has been.
type Step struct {
	Kind   StepKind
	Nr     int
	Day    clock.Date
	DoneAt clock.Time
}

// StepKind is what a step sends. Stored as written.
type StepKind string

// The kinds of steps.
const (
	Wave     StepKind = "wave"
	Reminder StepKind = "reminder"
)

type stepRow struct {
	Kind   StepKind `db:"kind"`
	Nr     int      `db:"nr"`
	Day    db.Date  `db:"day"`
	DoneAt db.Time  `db:"done_at"`
}

type dueRow struct {
	Round ID       `db:"round"`
	Kind  StepKind `db:"kind"`
	Nr    int      `db:"nr"`
	Day   db.Date  `db:"day"`
}

type inviteRow struct {
	ID           InviteID        `db:"id"`
	Round        ID              `db:"round"`
	Org          org.ID          `db:"org"`
	Municipality string          `db:"municipality"`
	Wave         int             `db:"wave"`
	Via          Via             `db:"via"`
	SentAt       db.Time         `db:"sent_at"`
	Mailed       bool            `db:"mailed"`
	Answer       *forms.AnswerID `db:"answer"`
	AnsweredAt   db.Time         `db:"answered_at"`
	AnsweredBy   *org.ID         `db:"answered_by"`
	Needs        int             `db:"needs"`
	Stopped      bool            `db:"stopped"`
	CreatedAt    db.Time         `db:"created_at"`
}

func (r inviteRow) invite() Invite {
	i := Invite{ID: r.ID, Round: r.Round, Org: r.Org, Municipality: r.Municipality, Wave: r.Wave, Via: r.Via, SentAt: r.SentAt, Mailed: r.Mailed,
		AnsweredAt: r.AnsweredAt, Needs: r.Needs, Stopped: r.Stopped}
	if r.Answer != nil {
		i.Answer = *r.Answer
	}
	if r.AnsweredBy != nil {
		i.AnsweredBy = *r.AnsweredBy
	}
	return i
}

type linkRow struct {
	Round     ID        `db:"round"`
	Invite    *InviteID `db:"invite"`
	Most      int       `db:"most"`
	RevokedAt db.Time   `db:"revoked_at"`
	MadeAt    db.Time   `db:"made_at"`
}

// Visible narrows a statement over outreach_round AS r to what the actor may see.
func Visible(w *db.Where, a access.Actor) {
	outreach.SeenBy(w, a, Roles(), fragHub, func(in *db.Where, municipalities []string) {
		var concerns db.Where
		db.In(&concerns, fragPlace, municipalities)
		in.Exists(fragConcerns, concerns)
	})
}

func load(ctx context.Context, tx *db.Tx, round ID) (Round, error) {
	row, err := db.Get[roundRow](ctx, tx, getRound, round)
	if err != nil {
		return Round{}, fmt.Errorf("round %s: %w", round, err)
	}
	r := row.round()
	steps, err := steps(ctx, tx, round)
	if err != nil {
		return Round{}, err
	}
	for _, s := range steps {
		if s.Kind == Wave {
			r.Waves = append(r.Waves, s.Day)
		}
	}
	return r, nil
}

func steps(ctx context.Context, tx *db.Tx, round ID) ([]Step, error) {
	rows, err := db.List[stepRow](ctx, tx, listSteps, round)
	if err != nil {
		return nil, fmt.Errorf("round %s: steps: %w", round, err)
	}
	out := make([]Step, len(rows))
	for i, s := range rows {
		out[i] = Step(s)
	}
	return out, nil
}

func store(ctx context.Context, tx *db.Tx, r Round, version int64) error {
	if err := db.ExecOne(ctx, tx, saveRound, r.Title, r.Form, r.Nr, r.Deadline, writeDays(r.Reminders), r.State, r.OpenedAt, r.ClosedAt, r.ID, version); err != nil {
		return fmt.Errorf("round %s: save: %w", r.ID, err)
	}
	return nil
}

// plan writes the steps that have not been done anew. A reminder whose day has
// passed already is left out.
func plan(ctx context.Context, tx *db.Tx, r Round, today clock.Date) error {
	done := map[StepKind]map[int]bool{Wave: {}, Reminder: {}}
	before, err := steps(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	for _, s := range before {
		if !s.DoneAt.IsZero() {
			done[s.Kind][s.Nr] = true
		}
	}
	if _, err := db.Exec(ctx, tx, dropSteps, r.ID); err != nil {
		return fmt.Errorf("round %s: plan: %w", r.ID, err)
	}
	add := func(kind StepKind, nr int, day clock.Date) error {
		if done[kind][nr] {
			return nil
		}
		if _, err := db.Exec(ctx, tx, insertStep, r.ID, kind, nr, day, nil); err != nil {
			return fmt.Errorf("round %s: plan: %w", r.ID, err)
		}
		return nil
	}
	for i, d := range r.Waves {
		if err := add(Wave, i+1, d); err != nil {
			return err
		}
	}
	for _, n := range r.Reminders {
		if day := r.Deadline.AddDays(-n); !day.Before(today) {
			if err := add(Reminder, n, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// VisibleAnswers narrows a statement over outreach_round AS r and round_invite AS i
// to the answers that the actor may see.
func VisibleAnswers(w *db.Where, a access.Actor) {
	outreach.SeenBy(w, a, Roles(), fragHub, func(in *db.Where, municipalities []string) { db.In(in, fragIn, municipalities) })
}
