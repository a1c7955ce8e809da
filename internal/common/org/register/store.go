package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

const (
	getUnit db.SQL = `SELECT orgno, name, form, municipality, industry, parent, website, employees, state, since, fetched_at FROM register_unit WHERE orgno = $1`
	putUnit db.SQL = `INSERT INTO register_unit (orgno, name, form, municipality, industry, parent, website, employees, state, since, fetched_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (orgno) DO UPDATE SET name = excluded.name, form = excluded.form,
		municipality = excluded.municipality, industry = excluded.industry, parent = excluded.parent, website = excluded.website,
		employees = excluded.employees, state = excluded.state, since = excluded.since, fetched_at = excluded.fetched_at`
	getSearch db.SQL = `SELECT question, partial, fetched_at FROM register_search WHERE question = $1`
	putSearch db.SQL = `INSERT INTO register_search (question, partial, fetched_at) VALUES ($1, $2, $3)
		ON CONFLICT (question) DO UPDATE SET partial = excluded.partial, fetched_at = excluded.fetched_at`
	getHits db.SQL = `SELECT u.orgno, u.name, u.form, u.municipality, u.industry, u.parent, u.website, u.employees, u.state, u.since, u.fetched_at
		FROM register_hit AS h JOIN register_unit AS u ON u.orgno = h.orgno WHERE h.question = $1 ORDER BY h.nr`
	putHit        db.SQL = `INSERT INTO register_hit (question, nr, orgno) VALUES ($1, $2, $3)`
	dropHits      db.SQL = `DELETE FROM register_hit WHERE question = $1`
	dropHitsOf    db.SQL = `DELETE FROM register_hit WHERE orgno = $1`
	dropUnit      db.SQL = `DELETE FROM register_unit WHERE orgno = $1`
	sweepHits     db.SQL = `DELETE FROM register_hit WHERE question IN (SELECT question FROM register_search WHERE fetched_at < $1)`
	sweepSearches db.SQL = `DELETE FROM register_search WHERE fetched_at < $1`
	sweepUnits    db.SQL = `DELETE FROM register_unit WHERE fetched_at < $1 AND NOT EXISTS (SELECT 1 FROM register_hit AS h WHERE h.orgno = register_unit.orgno)`
)

type unitRow struct {
	OrgNo        string      `db:"orgno"`
	Name         string      `db:"name"`
	Form         string      `db:"form"`
	Municipality string      `db:"municipality"`
	Industry     string      `db:"industry"`
	Parent       string      `db:"parent"`
	Website      string      `db:"website"`
	Employees    int64       `db:"employees"`
	State        brreg.State `db:"state"`
	Since        db.Date     `db:"since"`
	FetchedAt    db.Time     `db:"fetched_at"`
}

func (r unitRow) unit() brreg.Unit {
	return brreg.Unit{OrgNo: r.OrgNo, Name: r.Name, Form: r.Form, Municipality: r.Municipality, Industry: r.Industry, Parent: r.Parent,
		Website: r.Website, Employees: int(r.Employees), State: r.State, Since: r.Since}
}

type searchRow struct {
	Question  string  `db:"question"`
	Partial   bool    `db:"partial"`
	FetchedAt db.Time `db:"fetched_at"`
}

// stored is an answer that was kept; at is zero when there is none. One that
// is partial is only for when there is no other.
type stored[T any] struct {
	value   T
	at      clock.Time
	partial bool
}

func (k stored[T]) fresh(now clock.Time) bool {
	return !k.at.IsZero() && !k.partial && k.at.Add(FreshFor).After(now)
}

// fingerprint stands for what was looked for; the same words in another case
// are the same.
func fingerprint(name string) string {
	sum := sha256.Sum256([]byte(text.Fold(name)))
	return hex.EncodeToString(sum[:])
}

func keptUnit(ctx context.Context, tx *db.Tx, no string) (stored[brreg.Unit], error) {
	r, err := db.Get[unitRow](ctx, tx, getUnit, no)
	if fault.Is(err, fault.NotFound) {
		return stored[brreg.Unit]{}, nil
	}
	if err != nil {
		return stored[brreg.Unit]{}, fmt.Errorf("register: unit %s: %w", no, err)
	}
	return stored[brreg.Unit]{value: r.unit(), at: r.FetchedAt}, nil
}

func (s *Service) keptSearch(ctx context.Context, tx *db.Tx, question string) (stored[[]Hit], error) {
	row, err := db.Get[searchRow](ctx, tx, getSearch, question)
	if fault.Is(err, fault.NotFound) {
		return stored[[]Hit]{}, nil
	}
	if err != nil {
		return stored[[]Hit]{}, fmt.Errorf("register: search: %w", err)
	}
	units, err := db.List[unitRow](ctx, tx, getHits, question)
	if err != nil {
		return stored[[]Hit]{}, fmt.Errorf("register: hits: %w", err)
	}
	out := stored[[]Hit]{at: row.FetchedAt, partial: row.Partial}
	for _, u := range units {
		out.value = append(out.value, s.hit(u.unit(), u.FetchedAt))
	}
	return out, nil
}

// keep stores what the register said of a unit. A sole proprietorship is not
// kept, and one that was before it became that is forgotten.
func (s *Service) keep(ctx context.Context, u brreg.Unit, at clock.Time) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error { return keepUnit(ctx, tx, u, at) })
}

func keepUnit(ctx context.Context, tx *db.Tx, u brreg.Unit, at clock.Time) error {
	if u.IsPersonal() {
		if _, err := db.Exec(ctx, tx, dropHitsOf, u.OrgNo); err != nil {
			return fmt.Errorf("register: forget %s: %w", u.OrgNo, err)
		}
		if _, err := db.Exec(ctx, tx, dropUnit, u.OrgNo); err != nil {
			return fmt.Errorf("register: forget %s: %w", u.OrgNo, err)
		}
		return nil
	}
	_, err := db.Exec(ctx, tx, putUnit, u.OrgNo, u.Name, u.Form, u.Municipality, u.Industry, u.Parent, u.Website, int64(u.Employees), u.State, u.Since, at)
	if err != nil {
		return fmt.Errorf("register: keep %s: %w", u.OrgNo, err)
	}
	return nil
}

func (s *Service) keepSearch(ctx context.Context, question string, units []brreg.Unit, at clock.Time) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		kept := map[string]bool{}
		partial := false
		for _, u := range units {
			if err := keepUnit(ctx, tx, u, at); err != nil {
				return err
			}
			partial = partial || u.IsPersonal()
		}
		if _, err := db.Exec(ctx, tx, putSearch, question, partial, at); err != nil {
			return fmt.Errorf("register: keep search: %w", err)
		}
		if _, err := db.Exec(ctx, tx, dropHits, question); err != nil {
			return fmt.Errorf("register: keep search: %w", err)
		}
		for nr, u := range units {
			if u.IsPersonal() || kept[u.OrgNo] {
				continue
			}
			kept[u.OrgNo] = true
			if _, err := db.Exec(ctx, tx, putHit, question, nr, u.OrgNo); err != nil {
				return fmt.Errorf("register: keep hit: %w", err)
			}
		}
		return nil
	})
}

// Sweep forgets answers older than KeptFor, and tells how many.
func (s *Service) Sweep(ctx context.Context) (int64, error) {
	before := clock.At(s.Clock().Add(-KeptFor).Truncate(time.Microsecond))
	var all int64
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		all = 0
		for _, q := range []db.SQL{sweepHits, sweepSearches, sweepUnits} {
			n, err := db.Exec(ctx, tx, q, before)
			if err != nil {
				return fmt.Errorf("register: sweep: %w", err)
			}
			all += n
		}
		return nil
	})
	return all, err
}
