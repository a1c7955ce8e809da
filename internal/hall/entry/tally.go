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

// counted is what is counted of those who have begun.
type counted string

const (
	learners  counted = "learners"
	completed counted = "completed"
	firms     counted = "firms"
)

const (
	begunHere       db.SQL = `SELECT id, applicant, employer, municipality, state FROM application WHERE programme = $1 AND started_on IS NOT NULL ORDER BY number_key, id`
	programmesBegun db.SQL = `SELECT DISTINCT programme FROM application WHERE started_on IS NOT NULL ORDER BY programme`
	tallyEditions   db.SQL = `SELECT municipality, figure, nr, n, sources, as_of FROM entry_tally WHERE programme = $1 ORDER BY municipality, figure, nr`
	lastTallies     db.SQL = `SELECT municipality, figure, nr, n, sources, as_of FROM entry_tally AS e WHERE programme = $1
		AND nr = (SELECT MAX(x.nr) FROM entry_tally AS x WHERE x.programme = e.programme AND x.municipality = e.municipality AND x.figure = e.figure) ORDER BY municipality, figure, nr`
	insertTally db.SQL = `INSERT INTO entry_tally (programme, municipality, figure, nr, n, sources, as_of) VALUES ($1, $2, $3, $4, $5, $6, $7)`
)

// Tally is how many have begun on a programme by an application here, how many of them have
// completed it, and from how many firms they come (LOP-14): of those who live in a
// municipality, or of all when it is empty. AsOf is the oldest of the figures; zero for the
// exact ones of this moment.
type Tally struct {
	Municipality               string
	Learners, Completed, Firms few.Figure
	AsOf                       clock.Time
}

type begunRow struct {
	ID           admission.ID     `db:"id"`
	Applicant    access.AccountID `db:"applicant"`
	Employer     access.OrgID     `db:"employer"`
	Municipality string           `db:"municipality"`
	State        flow.State       `db:"state"`
}

type tallyRow struct {
	Municipality string  `db:"municipality"`
	Figure       counted `db:"figure"`
	Nr           int     `db:"nr"`
	N            int     `db:"n"`
	Sources      string  `db:"sources"`
	AsOf         db.Time `db:"as_of"`
}

// sourcesOf are those whom the figure counts, each once, of those who live in the
// municipality, or of all.
func sourcesOf(rows []begunRow, of offer.ProgrammeID, f counted, municipality string) few.Sources {
	var out few.Sources
	for _, r := range rows {
		source := appliedRow{ID: r.ID, Applicant: r.Applicant}.source(of)
		switch {
		case municipality != "" && r.Municipality != municipality, f == completed && r.State != admission.Completed, f == firms && r.Employer == "":
			continue
		case f == firms:
			source = string(r.Employer)
		}
		if !slices.Contains(out, source) {
			out = append(out, source)
		}
	}
	return out
}

// places are the municipalities that somebody lives in, in order, after "" for all.
func places(rows []begunRow) []string {
	out := []string{""}
	for _, r := range rows {
		if r.Municipality != "" && !slices.Contains(out, r.Municipality) {
			out = append(out, r.Municipality)
		}
	}
	slices.Sort(out)
	return out
}

// Exact are the numbers of this moment, for the provider alone: of all first, then by
// municipality. Nothing when nobody has begun.
func (p Promises) Exact(ctx context.Context, programme string) ([]Tally, error) {
	of, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return nil, fault.Missing()
	}
	var out []Tally
	return out, p.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[begunRow](ctx, tx, begunHere, of)
		if err != nil || len(rows) == 0 {
			return err
		}
		out = nil
		for _, m := range places(rows) {
			n := func(f counted) few.Figure { return few.Exactly(len(sourcesOf(rows, of, f, m))) }
			out = append(out, Tally{Municipality: m, Learners: n(learners), Completed: n(completed), Firms: n(firms)})
		}
		return nil
	})
}

// Published are the numbers as they were published last, for others who work with the
// programme: what would tell of one or two is not there.
func (p Promises) Published(ctx context.Context, programme string) ([]Tally, error) {
	of, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return nil, fault.Missing()
	}
	var out []Tally
	return out, p.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[tallyRow](ctx, tx, lastTallies, of)
		out = nil
		for _, r := range rows {
			if len(out) == 0 || out[len(out)-1].Municipality != r.Municipality {
				out = append(out, Tally{Municipality: r.Municipality, AsOf: r.AsOf})
			}
			t := &out[len(out)-1]
			if r.AsOf.Compare(t.AsOf) < 0 {
				t.AsOf = r.AsOf
			}
			switch r.Figure {
			case learners:
				t.Learners = few.Exactly(r.N)
			case completed:
				t.Completed = few.Exactly(r.N)
			case firms:
				t.Firms = few.Exactly(r.N)
			}
		}
		return err
	})
}

// tallies are the editions of the tallies of a programme, and the ids of people that they were
// built on: readers may compare them with those of the promise.
func tallies(ctx context.Context, tx *db.Tx, of offer.ProgrammeID) (list []tallyRow, people, orgs []few.Sources, err error) {
	if list, err = db.List[tallyRow](ctx, tx, tallyEditions, of); err != nil {
		return nil, nil, nil, fmt.Errorf("programme %s: tally: %w", of, err)
	}
	for _, r := range list {
		var s few.Sources
		if err := json.Unmarshal([]byte(r.Sources), &s); err != nil {
			return nil, nil, nil, fmt.Errorf("programme %s: tally %d: %w", of, r.Nr, err)
		}
		if r.Figure == firms {
			orgs = append(orgs, s)
		} else {
			people = append(people, s)
		}
	}
	return list, people, orgs, nil
}

// count publishes the tallies of one programme, where the rule of few lets it; else the last
// ones stand. shown are the editions of the promise.
func (p Promises) count(ctx context.Context, tx *db.Tx, of offer.ProgrammeID, shown []few.Sources) error {
	rows, err := db.List[begunRow](ctx, tx, begunHere, of)
	if err != nil {
		return fmt.Errorf("programme %s: tally: %w", of, err)
	}
	before, people, orgs, err := tallies(ctx, tx, of)
	if err != nil {
		return err
	}
	people = append(people, shown...)
	for _, m := range places(rows) {
		for _, f := range []counted{learners, completed, firms} {
			now := sourcesOf(rows, of, f, m)
			kin, nr := &people, 1
			if f == firms {
				kin = &orgs
			}
			last, found := few.Sources(nil), false
			for _, b := range before {
				if b.Municipality == m && b.Figure == f {
					nr, found = b.Nr+1, true
					if err := json.Unmarshal([]byte(b.Sources), &last); err != nil {
						return fmt.Errorf("programme %s: tally %d: %w", of, b.Nr, err)
					}
				}
			}
			if found && len(last) == len(now) || len(now) == 0 && !found || !few.May(*kin, now) {
				continue
			}
			text, err := json.Marshal(now)
			if err != nil {
				return fmt.Errorf("programme %s: tally: %w", of, err)
			}
			if _, err := db.Exec(ctx, tx, insertTally, of, m, f, nr, len(now), string(text), p.Clock.Now()); err != nil {
				return fmt.Errorf("programme %s: tally: %w", of, err)
			}
			*kin = append(*kin, now)
		}
	}
	return nil
}
