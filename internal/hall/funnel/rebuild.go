package funnel

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

// Service makes and reads the figures.
type Service struct {
	DB     *db.DB
	Clock  clock.Clock
	Places *place.Register
}

const (
	reportedNeeds db.SQL = `SELECT id, org, firms, municipality, field, level, submitted_at, pool FROM need WHERE submitted_at IS NOT NULL ORDER BY id`
	movesOfNeeds  db.SQL = `SELECT subject AS id, to_state AS state, MIN(at) AS at FROM flow_move WHERE kind = 'need' AND to_state IN ('presented', 'discussed', 'covered_by_existing') GROUP BY subject, to_state ORDER BY subject, to_state`
	movesOfPools  db.SQL = `SELECT subject AS id, to_state AS state, MIN(at) AS at FROM flow_move WHERE kind = 'need_pool' AND to_state IN ('presented', 'discussed', 'covered_by_existing') GROUP BY subject, to_state ORDER BY subject, to_state`
	firstAnswers  db.SQL = `SELECT COALESCE(need, pool) AS id, 'answered' AS state, MIN(answered_at) AS at FROM develop_answer GROUP BY COALESCE(need, pool) ORDER BY COALESCE(need, pool)`
	madeForThem   db.SQL = `SELECT COALESCE(d.need, d.pool) AS id, m.to_state AS state, MIN(m.at) AS at FROM development AS d JOIN flow_move AS m ON m.kind = 'development' AND m.subject = d.id
		WHERE d.copied_from IS NULL AND m.to_state IN ('open', 'running') GROUP BY COALESCE(d.need, d.pool), m.to_state ORDER BY COALESCE(d.need, d.pool), m.to_state`
	enrolledFor  db.SQL = `SELECT need AS id, 'enrolled' AS state, MIN(answered_at) AS at FROM application WHERE need IS NOT NULL AND state IN ('admitted', 'started', 'completed') GROUP BY need ORDER BY need`
	completedFor db.SQL = `SELECT need AS id, 'completed' AS state, MIN(recorded_at) AS at FROM need_evidence WHERE sort = 'completed' AND undone_at IS NULL GROUP BY need ORDER BY need`
	allCells     db.SQL = `SELECT region, field, level, year, step, needs, median_days, sources, as_of FROM funnel_cell ORDER BY region, field, level, year, step`
	putCell      db.SQL = `INSERT INTO funnel_cell (region, field, level, year, step, needs, median_days, sources, as_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (region, field, level, year, step) DO UPDATE SET needs = excluded.needs, median_days = excluded.median_days, sources = excluded.sources, as_of = excluded.as_of`
	dropHidden db.SQL = `DELETE FROM funnel_hidden`
	putHidden  db.SQL = `INSERT INTO funnel_hidden (region, year) VALUES ($1, $2)`
)

type needRow struct {
	ID           string      `db:"id"`
	Org          *string     `db:"org"`
	Firms        int         `db:"firms"`
	Municipality string      `db:"municipality"`
	Field        need.Field  `db:"field"`
	Level        need.Level  `db:"level"`
	SubmittedAt  db.Time     `db:"submitted_at"`
	Pool         need.PoolID `db:"pool"`
}

type reachedRow struct {
	ID    string     `db:"id"`
	State flow.State `db:"state"`
	At    db.Time    `db:"at"`
}

// stepOf is the step that a state or a happening is.
func stepOf(s flow.State) Step {
	switch s {
	case need.Presented, need.Discussed:
		return Presented
	case "answered":
		return Answered
	case need.CoveredByExisting, "open":
		return Programme
	case "enrolled", "running":
		return Enrolled
	case "completed":
		return Completed
	}
	return ""
}

// courses are how all needs have come.
func (s *Service) courses(ctx context.Context, tx *db.Tx) ([]*course, error) {
	rows, err := db.List[needRow](ctx, tx, reportedNeeds)
	if err != nil {
		return nil, fmt.Errorf("funnel: needs: %w", err)
	}
	regions := map[string]need.Region{}
	byID, byPool := map[string]*course{}, map[string][]*course{}
	out := make([]*course, len(rows))
	for i, r := range rows {
		region, known := regions[r.Municipality]
		if !known {
			region = need.RegionOf(s.Places, r.Municipality)
			regions[r.Municipality] = region
		}
		c := &course{need: r.ID, weight: max(1, r.Firms), cell: Cell{Region: region, Field: r.Field, Level: r.Level, Year: r.SubmittedAt.Date().Year()}}
		if r.Org != nil {
			c.firm = *r.Org
		}
		c.days[0] = r.SubmittedAt.Date()
		out[i], byID[r.ID] = c, c
		if r.Pool != "" {
			byPool[string(r.Pool)] = append(byPool[string(r.Pool)], c)
		}
	}
	for _, statement := range []db.SQL{movesOfNeeds, movesOfPools, firstAnswers, madeForThem, enrolledFor, completedFor} {
		reached, err := db.List[reachedRow](ctx, tx, statement)
		if err != nil {
			return nil, fmt.Errorf("funnel: %w", err)
		}
		for _, r := range reached {
			for _, c := range append(byPool[r.ID], byID[r.ID]) {
				if c != nil {
					c.reach(stepOf(r.State), r.At.Date())
				}
			}
		}
	}
	for _, c := range out {
		c.settle()
	}
	return out, nil
}

// reach notes the first day that the need was at the step.
func (c *course) reach(step Step, day clock.Date) {
	i := slices.Index(Steps(), step)
	if i > 0 && !day.IsZero() && (c.days[i].IsZero() || day.Before(c.days[i])) {
		c.days[i] = day
	}
}

type cellRow struct {
	Region  need.Region `db:"region"`
	Field   need.Field  `db:"field"`
	Level   need.Level  `db:"level"`
	Year    int         `db:"year"`
	Step    Step        `db:"step"`
	Needs   int         `db:"needs"`
	Median  *int        `db:"median_days"`
	Sources string      `db:"sources"`
	AsOf    db.Time     `db:"as_of"`
}

func (r cellRow) cell() Cell { return Cell{r.Region, r.Field, r.Level, r.Year} }

// sources are the ids of the needs that the row was built on.
func (r cellRow) sources() ([]string, error) {
	var out []string
	if err := json.Unmarshal([]byte(r.Sources), &out); err != nil {
		return nil, fmt.Errorf("funnel: sources of %s %d %s: %w", r.Region, r.Year, r.Step, err)
	}
	return out, nil
}

// Daily makes the figures anew from all that has happened.
func (s *Service) Daily(ctx context.Context) error {
	var now map[Cell][]*course
	before := map[Cell]map[Step]cellRow{}
	byID := map[string]*course{}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := s.courses(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range all {
			byID[c.need] = c
		}
		rows, err := db.List[cellRow](ctx, tx, allCells)
		if err != nil {
			return fmt.Errorf("funnel: %w", err)
		}
		in := map[string]Cell{}
		for _, r := range rows {
			if before[r.cell()] == nil {
				before[r.cell()] = map[Step]cellRow{}
			}
			before[r.cell()][r.Step] = r
			ids, err := r.sources()
			if err != nil {
				return err
			}
			for _, id := range ids {
				in[id] = r.cell()
			}
		}
		now = parts(all, in)
		return nil
	})
	if err != nil {
		return err
	}
	var hidden []Cell
	cells := make([]Cell, 0, len(now))
	for c := range now {
		cells = append(cells, c)
	}
	slices.SortFunc(cells, compareCells)
	for _, cell := range cells {
		part := now[cell]
		steps := shown(part)
		changed, err := differs(before[cell], part, steps, byID)
		switch {
		case err != nil:
			return err
		case steps == 0 && len(before[cell]) == 0:
			hidden = append(hidden, cell)
			continue
		case changed != fine:
			continue
		}
		if err := s.DB.Write(ctx, func(tx *db.Tx) error { return s.put(ctx, tx, cell, part, steps) }); err != nil {
			return err
		}
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, dropHidden); err != nil {
			return fmt.Errorf("funnel: %w", err)
		}
		for _, c := range hidden {
			if _, err := db.Exec(ctx, tx, putHidden, c.Region, c.Year); err != nil {
				return fmt.Errorf("funnel: %w", err)
			}
		}
		return nil
	})
}

// change is how an edition differs from the one before.
type change int

const (
	same  change = iota // nothing to publish
	tells               // one or two firms could be told from it
	fine
)

// differs compares the first steps of a part with its last edition, step by step. An edition
// never has fewer steps than the one before: they would be compared with older ones.
func differs(before map[Step]cellRow, part []*course, steps int, byID map[string]*course) (change, error) {
	if steps < len(before) {
		return tells, nil
	}
	out := same
	for i, step := range Steps()[:steps] {
		if _, known := before[step]; !known {
			out = fine
			continue
		}
		ids, err := before[step].sources()
		if err != nil {
			return same, err
		}
		was := map[string]bool{}
		for _, id := range ids {
			was[id] = true
		}
		var moved []*course
		for _, c := range at(part, i) {
			if !was[c.need] {
				moved = append(moved, c)
			}
			delete(was, c.need)
		}
		for id := range was { // gone from the part
			if c := byID[id]; c != nil {
				moved = append(moved, c)
			} else {
				moved = append(moved, &course{need: id, weight: 1})
			}
		}
		switch {
		case !may(moved):
			return tells, nil
		case len(moved) > 0:
			out = fine
		}
	}
	return out, nil
}

// put publishes the first steps of a part.
func (s *Service) put(ctx context.Context, tx *db.Tx, cell Cell, part []*course, steps int) error {
	now := s.Clock.Now()
	for i, step := range Steps()[:steps] {
		here := at(part, i)
		ids := make([]string, len(here))
		for j, c := range here {
			ids[j] = c.need
		}
		sources, err := json.Marshal(ids)
		if err != nil {
			return fmt.Errorf("funnel: %w", err)
		}
		var days *int
		if m, ok := median(here, i); ok {
			days = &m
		}
		if _, err := db.Exec(ctx, tx, putCell, cell.Region, cell.Field, cell.Level, cell.Year, step, len(here), days, string(sources), now); err != nil {
			return fmt.Errorf("funnel: %s %d %s: %w", cell.Region, cell.Year, step, err)
		}
	}
	return nil
}
