package demand

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

type partRow struct {
	Part       string      `db:"part"`
	Pool       need.PoolID `db:"pool"`
	Region     need.Region `db:"region"`
	Field      need.Field  `db:"field"`
	Level      need.Level  `db:"level"`
	Year       int         `db:"year"`
	Few        bool        `db:"few"`
	Published  bool        `db:"published"`
	Firms      int         `db:"firms"`
	Headcount  int         `db:"headcount"`
	CellFirms  int         `db:"cell_firms"`
	Edition    int         `db:"edition"`
	AsOf       db.Date     `db:"as_of"`
	PoolNumber *string     `db:"pool_number"`
	PoolTitle  *string     `db:"pool_title"`
	PoolState  *flow.State `db:"pool_state"`
}

// Choice picks cells of the table; it never adds them up. Zero fields pick all.
type Choice struct {
	Regions []need.Region
	Fields  []need.Field
	Levels  []need.Level
	Years   []int
}

func (c Choice) has(x Cell) bool {
	in := func(empty bool, hit bool) bool { return empty || hit }
	return in(len(c.Regions) == 0, slices.Contains(c.Regions, x.Region)) && in(len(c.Fields) == 0, slices.Contains(c.Fields, x.Field)) &&
		in(len(c.Levels) == 0, slices.Contains(c.Levels, x.Level)) && in(len(c.Years) == 0, slices.Contains(c.Years, x.Year))
}

// Line is a cell of the board as the reader may know it. AsOf is the day its
// figures were made; no day means this moment.
type Line struct {
	Cell
	Firms, Headcount need.Figure
	Parts            []Part
	AsOf             clock.Date
}

// Part is a pooled need in a cell, or, without Pool, all else there.
type Part struct {
	Pool             *need.PoolRef
	Firms, Headcount need.Figure
}

// Table is the board as the actor may know it, by field, region, level, and
// newest year first. Who may open every need in a cell gets the sum of this
// moment, everybody else the fixed figure or none.
func (s *Service) Table(ctx context.Context, actor access.Actor, c Choice) ([]Line, error) {
	lines := map[Cell]Line{}
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[partRow](ctx, tx, allParts)
		if err != nil {
			return err
		}
		fixed := map[Cell][]partRow{}
		for _, r := range rows {
			if !r.Published && !r.Few && r.CellFirms == 0 {
				continue // nothing counts there any more
			}
			cell := Cell{r.Region, r.Field, r.Level, r.Year}
			fixed[cell] = append(fixed[cell], r)
		}
		for cell, parts := range fixed {
			lines[cell] = lineOf(cell, parts)
		}
		if len(actor.Roles) == 0 && !actor.IsSystem() {
			return nil
		}
		return s.addLive(ctx, tx, actor, lines)
	})
	if err != nil {
		return nil, fmt.Errorf("demand: table: %w", err)
	}
	var out []Line
	for _, l := range lines {
		if c.has(l.Cell) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, byCell)
	return out, nil
}

func byCell(a, b Line) int {
	place := func(f need.Field) int { return slices.Index(append(need.Fields(), ""), f) }
	level := func(l need.Level) int { return slices.Index(need.Levels(), l) }
	return cmp.Or(cmp.Compare(place(a.Field), place(b.Field)), cmp.Compare(a.Region, b.Region),
		cmp.Compare(level(a.Level), level(b.Level)), cmp.Compare(b.Year, a.Year))
}

// lineOf puts a cell together of its fixed parts.
func lineOf(cell Cell, parts []partRow) Line {
	l := Line{Cell: cell}
	all, headcount, firms := true, 0, parts[0].CellFirms
	for _, r := range parts {
		p := Part{}
		if r.PoolNumber != nil {
			p.Pool = &need.PoolRef{ID: r.Pool, Number: *r.PoolNumber, Title: *r.PoolTitle, State: *r.PoolState}
		}
		switch {
		case r.Published:
			p.Firms, p.Headcount = few.Exactly(r.Firms), few.Exactly(r.Headcount)
		case r.Few:
			p.Firms, p.Headcount = few.FewOnly(), few.FewOnly()
		}
		all, headcount = all && r.Published, headcount+r.Headcount
		l.Parts = append(l.Parts, p)
		if r.AsOf.After(l.AsOf) {
			l.AsOf = r.AsOf
		}
	}
	switch {
	case all && len(parts) == 1:
		l.Firms, l.Headcount = few.Exactly(parts[0].Firms), few.Exactly(headcount)
	case all:
		l.Firms, l.Headcount = few.Exactly(firms), few.Exactly(headcount)
	case firms < need.Few:
		l.Firms, l.Headcount = few.FewOnly(), few.FewOnly()
	}
	return l
}

// addLive replaces the cells in which the actor may open every need, and either
// works with them all or reads some that are not open.
func (s *Service) addLive(ctx context.Context, tx *db.Tx, actor access.Actor, lines map[Cell]Line) error {
	rows, err := db.List[livingRow](ctx, tx, livingNeeds)
	if err != nil {
		return err
	}
	regions := s.regions(rows)
	cells, least := map[Cell][]livingRow{}, map[Cell]need.Sight{}
	for _, r := range rows {
		c, sight := r.cell(regions), need.SightOf(actor, r.need())
		if cells[c] == nil || sight < least[c] {
			least[c] = sight
		}
		cells[c] = append(cells[c], r)
	}
	for c, list := range cells {
		if least[c] >= need.Partner || least[c] > need.Hidden && hasHidden(list) {
			lines[c] = liveLine(c, list)
		}
	}
	return nil
}

// hasHidden reports whether not all of the needs are open.
func hasHidden(list []livingRow) bool {
	return slices.ContainsFunc(list, func(r livingRow) bool { return r.Confidentiality != need.Open })
}

func liveLine(c Cell, list []livingRow) Line {
	l := Line{Cell: c}
	all, byPool := []source{}, map[need.PoolID][]source{}
	refs := map[need.PoolID]*need.PoolRef{}
	var order []need.PoolID
	for _, r := range list {
		all = append(all, r.source())
		if byPool[r.Pool] == nil {
			order = append(order, r.Pool)
		}
		byPool[r.Pool] = append(byPool[r.Pool], r.source())
		if r.Pool != "" {
			refs[r.Pool] = &need.PoolRef{ID: r.Pool, Number: *r.PoolNumber, Title: *r.PoolTitle, State: *r.PoolState}
		}
	}
	l.Firms, l.Headcount = few.Exactly(firmsIn(all)), few.Exactly(headcountIn(all))
	for _, p := range order {
		l.Parts = append(l.Parts, Part{Pool: refs[p], Firms: few.Exactly(firmsIn(byPool[p])), Headcount: few.Exactly(headcountIn(byPool[p]))})
	}
	return l
}
