package entry

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
)

// figure is what is promised: an answer by a day, or a start on one.
type figure string

const (
	answered figure = "answered"
	started  figure = "started"
)

// promiseDays is how far back a kept promise counts, in days.
const promiseDays = 365

const (
	applied db.SQL = `SELECT id, applicant, state, applied_at, answer_due, answered_at, promised_start, started_on FROM application
		WHERE programme = $1 AND applied_at >= $2 AND NOT EXISTS (SELECT 1 FROM offering AS o WHERE o.id = application.offering AND o.state = 'cancelled') ORDER BY number_key, id`
	programmesApplied db.SQL = `SELECT DISTINCT programme FROM application WHERE applied_at >= $1 ORDER BY programme`
	entryEditions     db.SQL = `SELECT nr, figure, kept, of_all, kept_ids, all_ids, as_of FROM entry_edition WHERE programme = $1 ORDER BY figure, nr`
	insertEntry       db.SQL = `INSERT INTO entry_edition (programme, nr, figure, kept, of_all, kept_ids, all_ids, as_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	lastEntry         db.SQL = `SELECT nr, figure, kept, of_all, kept_ids, all_ids, as_of FROM entry_edition AS e WHERE programme = $1
		AND nr = (SELECT MAX(nr) FROM entry_edition WHERE programme = $1 AND figure = e.figure) ORDER BY figure, nr`
)

// Share is how many of all kept what was promised, as of a moment; zero when nothing has
// been published.
type Share struct {
	Kept, Of int
	AsOf     clock.Time
}

// Promise is how a programme keeps what it promises those who apply: that they are
// answered, and that they start, in time. It counts the applications of the last year, is
// made once a day, and keeps to the rule of package few.
type Promise struct{ Answered, Started Share }

// Promises makes and reads them.
type Promises struct {
	DB    *db.DB
	Clock clock.Clock
}

type appliedRow struct {
	ID        admission.ID     `db:"id"`
	Applicant access.AccountID `db:"applicant"`
	State     flow.State       `db:"state"`
	AppliedAt db.Time          `db:"applied_at"`
	AnswerDue db.Date          `db:"answer_due"`
	Answered  db.Time          `db:"answered_at"`
	Promised  db.Date          `db:"promised_start"`
	StartedOn db.Date          `db:"started_on"`
}

// source is whom the application counts as: her account, which is not stored as it is, else
// the application.
func (r appliedRow) source(programme offer.ProgrammeID) string {
	if r.Applicant == "" || r.Applicant == "erased" {
		return string(r.ID)
	}
	return id.HashToken(string(programme) + string(r.Applicant))
}

// counts reports whether the application is one of those that the figure is about on the
// day, and whether it kept what was promised. Who withdrew before the answer, who had a
// place at once, and who only waits for one was promised nothing that can be broken.
func (r appliedRow) counts(f figure, today clock.Date) (counts, kept bool) {
	if f == answered {
		if r.AnswerDue.IsZero() || r.Answered == r.AppliedAt || r.Answered.IsZero() && (r.State == admission.Withdrawn || !r.AnswerDue.Before(today)) {
			return false, false
		}
		return true, !r.Answered.IsZero() && !r.Answered.Date().After(r.AnswerDue)
	}
	switch r.State {
	case admission.Admitted, admission.Started, admission.Completed, admission.Interrupted:
		if r.Promised.IsZero() || r.StartedOn.IsZero() && !r.Promised.Before(today) {
			return false, false
		}
		return true, !r.StartedOn.IsZero() && !r.StartedOn.After(r.Promised)
	}
	return false, false
}

type editionRow struct {
	Nr      int     `db:"nr"`
	Figure  figure  `db:"figure"`
	Kept    int     `db:"kept"`
	OfAll   int     `db:"of_all"`
	KeptIDs string  `db:"kept_ids"`
	AllIDs  string  `db:"all_ids"`
	AsOf    db.Time `db:"as_of"`
}

// Daily makes the figures of every programme that somebody has applied to in the last year, or
// has begun on.
func (p Promises) Daily(ctx context.Context) error {
	since := clock.StartOfDay(p.Clock.Today().AddDays(-promiseDays))
	var programmes []offer.ProgrammeID
	err := p.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if programmes, err = db.List[offer.ProgrammeID](ctx, tx, programmesApplied, since); err != nil {
			return err
		}
		begun, err := db.List[offer.ProgrammeID](ctx, tx, programmesBegun)
		for _, of := range begun {
			if !slices.Contains(programmes, of) {
				programmes = append(programmes, of)
			}
		}
		return err
	})
	for _, of := range programmes {
		if err == nil {
			err = p.DB.Write(ctx, func(tx *db.Tx) error { return p.publish(ctx, tx, of, since) })
		}
	}
	return err
}

// publish makes the figures of one programme, where the rule of few lets it; else the last
// ones stand. Those of the promise and the tallies count the same people, and are held against
// each other.
func (p Promises) publish(ctx context.Context, tx *db.Tx, of offer.ProgrammeID, since clock.Time) error {
	rows, err := db.List[appliedRow](ctx, tx, applied, of, since)
	if err != nil {
		return fmt.Errorf("programme %s: promise: %w", of, err)
	}
	before, err := db.List[editionRow](ctx, tx, entryEditions, of)
	if err != nil {
		return fmt.Errorf("programme %s: promise: %w", of, err)
	}
	_, tallied, _, err := tallies(ctx, tx, of)
	if err != nil {
		return err
	}
	var shown []few.Sources
	last := map[figure]editionRow{}
	for _, e := range before {
		for _, ids := range []string{e.AllIDs, e.KeptIDs} {
			var s few.Sources
			if err := json.Unmarshal([]byte(ids), &s); err != nil {
				return fmt.Errorf("programme %s: promise %d: %w", of, e.Nr, err)
			}
			shown = append(shown, s)
		}
		last[e.Figure] = e
	}
	today := p.Clock.Today()
	for _, f := range []figure{answered, started} {
		var all, kept few.Sources
		now := editionRow{Nr: last[f].Nr + 1, Figure: f, AsOf: p.Clock.Now()}
		for _, r := range rows {
			counts, keeps := r.counts(f, today)
			if counts {
				all, now.OfAll = append(all, r.source(of)), now.OfAll+1
			}
			if keeps {
				kept, now.Kept = append(kept, r.source(of)), now.Kept+1
			}
		}
		same := now.Kept == last[f].Kept && now.OfAll == last[f].OfAll
		seen := slices.Concat(tallied, shown)
		if same || !few.May(seen, all) || !few.May(append(seen, all), kept) {
			continue
		}
		if err := p.store(ctx, tx, of, now, all, kept); err != nil {
			return err
		}
		shown = append(shown, all, kept)
	}
	return p.count(ctx, tx, of, shown)
}

func (p Promises) store(ctx context.Context, tx *db.Tx, of offer.ProgrammeID, e editionRow, all, kept few.Sources) error {
	var texts [2]string
	for i, s := range []few.Sources{kept, all} {
		b, err := json.Marshal(s)
		if err != nil {
			return fmt.Errorf("programme %s: promise: %w", of, err)
		}
		texts[i] = string(b)
	}
	if _, err := db.Exec(ctx, tx, insertEntry, of, e.Nr, e.Figure, e.Kept, e.OfAll, texts[0], texts[1], e.AsOf); err != nil {
		return fmt.Errorf("programme %s: promise: %w", of, err)
	}
	return nil
}

// Of is the promise of a programme as it was published last.
func (p Promises) Of(ctx context.Context, programme string) (Promise, error) {
	of, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return Promise{}, fault.Missing()
	}
	var out Promise
	return out, p.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[editionRow](ctx, tx, lastEntry, of)
		for _, r := range rows {
			if r.AsOf.Date().Before(p.Clock.Today().AddDays(-promiseDays)) {
				continue // it tells of years ago
			}
			share := Share{Kept: r.Kept, Of: r.OfAll, AsOf: r.AsOf}
			if r.Figure == answered {
				out.Answered = share
			} else {
				out.Started = share
			}
		}
		return err
	})
}
