package funnel

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

const (
	openCells   db.SQL = `SELECT region, field, level, year, step, needs, median_days, as_of FROM funnel_cell AS c /*where*/ ORDER BY year DESC, region, field, level, step`
	hiddenParts db.SQL = `SELECT region, year FROM funnel_hidden AS c /*where*/ ORDER BY year DESC, region`

	fragRegion db.Fragment = "c.region"
	fragField  db.Fragment = "c.field"
	fragLevel  db.Fragment = "c.level"
	fragYear   db.Fragment = "c.year"
)

// Filter narrows the figures; empty fields narrow nothing.
type Filter struct {
	Region need.Region
	Field  need.Field
	Level  need.Level
	Year   int
}

// Line is a part of the needs with its figures, one for each step, -1 for one that is held
// back. A hidden one has none.
type Line struct {
	Cell
	Hidden bool
	Counts [6]int
	Median [6]int // days from the report; -1 where nobody has come
	AsOf   clock.Time
}

// Table is the figures that may be known, and their sums. Hidden is how many parts of what
// was asked for are held back.
type Table struct {
	Lines  []Line
	Sums   [6]int
	Hidden int
	AsOf   clock.Time
}

type openRow struct {
	Region need.Region `db:"region"`
	Field  need.Field  `db:"field"`
	Level  need.Level  `db:"level"`
	Year   int         `db:"year"`
	Step   Step        `db:"step"`
	Needs  int         `db:"needs"`
	Median *int        `db:"median_days"`
	AsOf   db.Time     `db:"as_of"`
}

type hiddenRow struct {
	Region need.Region `db:"region"`
	Year   int         `db:"year"`
}

// Open reads the figures that all may know. What is left of a region is of no field and no
// level, so a filter on those leaves it out.
func (s *Service) Open(ctx context.Context, f Filter) (Table, error) {
	var out Table
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w, h db.Where
		if f.Region != "" {
			db.In(&w, fragRegion, []need.Region{f.Region})
			db.In(&h, fragRegion, []need.Region{f.Region})
		}
		if f.Year != 0 {
			db.In(&w, fragYear, []int{f.Year})
			db.In(&h, fragYear, []int{f.Year})
		}
		if f.Field != "" {
			db.In(&w, fragField, []need.Field{f.Field})
		}
		if f.Level != "" {
			db.In(&w, fragLevel, []need.Level{f.Level})
		}
		statement, args := db.Query{Base: openCells, Where: w}.Build()
		rows, err := db.List[openRow](ctx, tx, statement, args...)
		if err != nil {
			return fmt.Errorf("funnel: %w", err)
		}
		out.add(rows)
		if f.Field != "" || f.Level != "" {
			return nil
		}
		statement, args = db.Query{Base: hiddenParts, Where: h}.Build()
		hidden, err := db.List[hiddenRow](ctx, tx, statement, args...)
		for _, r := range hidden {
			out.Lines, out.Hidden = append(out.Lines, Line{Cell: Cell{Region: r.Region, Year: r.Year}, Hidden: true, Counts: none, Median: none}), out.Hidden+1
		}
		return err
	})
}

// none is where nothing is known of any step.
var none = [6]int{-1, -1, -1, -1, -1, -1}

// add gathers the rows of each part into a line.
func (t *Table) add(rows []openRow) {
	at := map[Cell]int{}
	for _, r := range rows {
		c := Cell{r.Region, r.Field, r.Level, r.Year}
		i, known := at[c]
		if !known {
			i = len(t.Lines)
			at[c] = i
			t.Lines = append(t.Lines, Line{Cell: c, AsOf: r.AsOf, Counts: none, Median: none})
		}
		step := slices.Index(Steps(), r.Step)
		t.Lines[i].Counts[step] = r.Needs
		if r.Median != nil {
			t.Lines[i].Median[step] = *r.Median
		}
		t.Sums[step] += r.Needs
		if t.AsOf.Before(r.AsOf) {
			t.AsOf = r.AsOf
		}
	}
}
