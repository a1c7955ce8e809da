package agreement

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/position"
)

const (
	insertVersion db.SQL = `INSERT INTO position_agreement (position, nr, candidate, name, work_hours, study_hours, pay, gatherings, duration, goal, start_on, written_by, written_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	selectLatest db.SQL = `SELECT g.nr, g.candidate, COALESCE(a.name, g.name) AS name, g.work_hours, g.study_hours, g.pay, g.gatherings, g.duration, g.goal, g.start_on, g.written_at
		FROM position_agreement AS g LEFT JOIN account AS a ON a.id = g.candidate WHERE g.position = $1
		AND g.nr = (SELECT MAX(l.nr) FROM position_agreement AS l WHERE l.position = g.position)`
	insertYes   db.SQL = `INSERT INTO position_yes (position, nr, party, on_day, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6)`
	selectYeses db.SQL = `SELECT party, on_day FROM position_yes WHERE position = $1 AND nr = $2 ORDER BY given_at, party`

	agreementsOf    db.SQL = `SELECT DISTINCT position FROM position_agreement WHERE candidate = $1 ORDER BY position`
	forgetCandidate db.SQL = `UPDATE position_agreement SET candidate = NULL, name = '' WHERE candidate = $1`
	sweepNames      db.SQL = `UPDATE position_agreement SET name = '' WHERE name <> '' AND position IN (SELECT id FROM position WHERE ended_at IS NOT NULL AND ended_at < $1)`

	concerned db.SQL = `SELECT p.employer AS org FROM position AS p JOIN position_agreement AS g ON g.position = p.id WHERE p.id = $1
		UNION SELECT p.represented_by FROM position AS p JOIN position_agreement AS g ON g.position = p.id WHERE p.id = $1 AND p.represented_by IS NOT NULL
		UNION SELECT p.provider FROM position AS p JOIN position_agreement AS g ON g.position = p.id WHERE p.id = $1 ORDER BY org`
	concernedPerson db.SQL = `SELECT g.candidate FROM position_agreement AS g WHERE g.position = $1 AND g.candidate IS NOT NULL
		AND g.nr = (SELECT MAX(l.nr) FROM position_agreement AS l WHERE l.position = g.position) ORDER BY g.candidate`
)

type row struct {
	Nr         int64             `db:"nr"`
	Candidate  *access.AccountID `db:"candidate"`
	Name       string            `db:"name"`
	WorkHours  int               `db:"work_hours"`
	StudyHours int               `db:"study_hours"`
	Pay        string            `db:"pay"`
	Gatherings string            `db:"gatherings"`
	Duration   string            `db:"duration"`
	Goal       string            `db:"goal"`
	Start      db.Date           `db:"start_on"`
	WrittenAt  db.Time           `db:"written_at"`
}

type yesRow struct {
	Party Party   `db:"party"`
	On    db.Date `db:"on_day"`
}

// latest is the last version without what depends on the reader; its Nr is 0 when none is
// written.
func latest(ctx context.Context, tx *db.Tx, p position.ID) (Agreement, error) {
	r, err := db.Get[row](ctx, tx, selectLatest, p)
	if fault.Is(err, fault.NotFound) {
		return Agreement{}, nil
	}
	if err != nil {
		return Agreement{}, fmt.Errorf("agreement of position %s: %w", p, err)
	}
	out := Agreement{Nr: r.Nr, WrittenAt: r.WrittenAt, Terms: Terms{Name: r.Name, WorkHours: r.WorkHours, StudyHours: r.StudyHours, Pay: r.Pay, Gatherings: r.Gatherings,
		Duration: r.Duration, Goal: r.Goal, Start: r.Start}}
	if r.Candidate != nil {
		out.Candidate = *r.Candidate
	}
	yeses, err := db.List[yesRow](ctx, tx, selectYeses, p, r.Nr)
	if err != nil {
		return out, fmt.Errorf("agreement of position %s: %w", p, err)
	}
	for _, y := range yeses {
		out.Yeses = append(out.Yeses, Yes{Party: y.Party, On: clock.Date(y.On)})
	}
	return out, nil
}

// Concerns are the organisations that are told of an agreement: the employer, who acts for
// it, and the provider.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerned, id)
}

// People is who got the job, when she has an account.
func People(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, concernedPerson, id)
}
