package demand

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
)

// ActionRebuild is the action of the audit log.
const ActionRebuild audit.Action = "need.rebuild_demand"

// Service makes and shows the board of demand.
type Service struct{ room *need.Service }

// New makes the board.
func New(room *need.Service) *Service { return &Service{room: room} }

const (
	livingNeeds db.SQL = `SELECT n.id, n.org, n.represented_by, n.firms, n.headcount, n.municipality, n.confidentiality, n.field, n.level, n.state,
		n.submitted_at, n.provider, n.pool, p.field AS pool_field, p.level AS pool_level, p.region AS pool_region, p.state AS pool_state, p.created_at AS pool_at,
		p.number AS pool_number, p.title AS pool_title
		FROM need AS n LEFT JOIN need_pool AS p ON p.id = n.pool
		WHERE n.state IN ('mapped', 'presented', 'discussed', 'in_follow_up', 'in_development')
		OR n.state = 'merged' AND p.state IN ('mapped', 'presented', 'discussed', 'in_follow_up', 'in_development') ORDER BY n.id`
	allParts db.SQL = `SELECT d.part, d.pool, d.region, d.field, d.level, d.year, d.few, d.published, d.firms, d.headcount, d.cell_firms, d.as_of,
		p.number AS pool_number, p.title AS pool_title, p.state AS pool_state
		FROM need_demand AS d LEFT JOIN need_pool AS p ON p.id = d.pool ORDER BY d.part`
	allKept db.SQL = `SELECT part, firm, confidentiality, firms, headcount FROM need_demand_source ORDER BY part, firm, confidentiality`
	putPart db.SQL = `INSERT INTO need_demand (part, pool, region, field, level, year, few, published, firms, headcount, cell_firms, as_of)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (part) DO UPDATE SET region = excluded.region, field = excluded.field,
		level = excluded.level, year = excluded.year, few = excluded.few, published = excluded.published, firms = excluded.firms,
		headcount = excluded.headcount, cell_firms = excluded.cell_firms, as_of = excluded.as_of`
	deletePart db.SQL = `DELETE FROM need_demand WHERE part = $1`
	deleteKept db.SQL = `DELETE FROM need_demand_source WHERE part = $1`
	insertKept db.SQL = `INSERT INTO need_demand_source (part, firm, confidentiality, firms, headcount) VALUES ($1, $2, $3, $4, $5)`
)

type livingRow struct {
	ID              need.ID              `db:"id"`
	Org             org.ID               `db:"org"`
	RepresentedBy   org.ID               `db:"represented_by"`
	Firms           int                  `db:"firms"`
	Headcount       int                  `db:"headcount"`
	Municipality    string               `db:"municipality"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	Field           need.Field           `db:"field"`
	Level           need.Level           `db:"level"`
	State           flow.State           `db:"state"`
	SubmittedAt     db.Time              `db:"submitted_at"`
	Provider        org.ID               `db:"provider"`
	Pool            need.PoolID          `db:"pool"`
	PoolField       *need.Field          `db:"pool_field"`
	PoolLevel       *need.Level          `db:"pool_level"`
	PoolRegion      *need.Region         `db:"pool_region"`
	PoolState       *flow.State          `db:"pool_state"`
	PoolAt          db.Time              `db:"pool_at"`
	PoolNumber      *string              `db:"pool_number"`
	PoolTitle       *string              `db:"pool_title"`
}

// cell is where the need counts: where its pool does, if it is in one.
func (r livingRow) cell(regions map[string]need.Region) Cell {
	if r.Pool != "" {
		return Cell{*r.PoolRegion, *r.PoolField, *r.PoolLevel, r.PoolAt.Date().Year()}
	}
	return Cell{regions[r.Municipality], r.Field, r.Level, r.SubmittedAt.Date().Year()}
}

func (r livingRow) source() source {
	s := source{firm: string(r.Org), firms: 1, headcount: r.Headcount, confidentiality: r.Confidentiality}
	if r.Org == "" {
		s.firm, s.firms = "group:"+string(r.ID), max(1, r.Firms)
	}
	for _, o := range []org.ID{r.Org, r.RepresentedBy} {
		if o != "" {
			s.known = append(s.known, o)
		}
	}
	return s
}

func (r livingRow) need() need.Need {
	return need.Need{Content: need.Content{Organisation: r.Org, RepresentedBy: r.RepresentedBy, Firms: r.Firms,
		Confidentiality: r.Confidentiality}, State: r.State, Provider: r.Provider}
}

// Rebuild makes the fixed tables anew: at start, once a day, and when an
// administrator asks. It tells how many parts there are and how many of them
// are published.
func (s *Service) Rebuild(ctx context.Context, actor access.Actor) (parts, published int, err error) {
	if !actor.IsSystem() && !actor.Has(access.RoleSysadmin, access.RoleCaseOfficer) {
		return 0, 0, fault.New(fault.Denied, "fault.denied")
	}
	err = s.room.Write(ctx, func(tx *db.Tx) error {
		parts, published = 0, 0
		rows, err := db.List[livingRow](ctx, tx, livingNeeds)
		if err != nil {
			return err
		}
		old, err := stored(ctx, tx)
		if err != nil {
			return err
		}
		list := partsOf(rows, s.regions(rows))
		cells := map[Cell][]source{}
		for _, p := range list {
			cells[p.cell] = append(cells[p.cell], p.sources...)
		}
		for _, p := range list {
			parts++
			shown, err := s.publish(ctx, tx, p, old[p.key], firmsIn(cells[p.cell]))
			if err != nil {
				return err
			}
			if shown {
				published++
			}
			delete(old, p.key)
		}
		audit.Record(tx, s.room.Now(), actor, ActionRebuild, audit.Subject{Kind: "need_demand", ID: "all"},
			audit.Field("parts", "", parts), audit.Field("published", "", published))
		return drop(ctx, tx, old)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("demand: rebuild: %w", err)
	}
	return parts, published, nil
}

// regions looks up the region of each municipality once.
func (s *Service) regions(rows []livingRow) map[string]need.Region {
	out := map[string]need.Region{}
	for _, r := range rows {
		if _, ok := out[r.Municipality]; !ok {
			out[r.Municipality] = need.RegionOf(s.room.Places(), r.Municipality)
		}
	}
	return out
}

// partsOf sorts the needs into parts. A pool that cannot be published by
// itself is listed without sources, and its needs count in the rest.
func partsOf(rows []livingRow, regions map[string]need.Region) []part {
	pools, rest := map[need.PoolID]*part{}, map[Cell]*part{}
	toRest := func(c Cell, list ...source) {
		if rest[c] == nil {
			rest[c] = &part{key: restKey(c), cell: c}
		}
		rest[c].sources = append(rest[c].sources, list...)
	}
	for _, r := range rows {
		c := r.cell(regions)
		if r.Pool == "" {
			toRest(c, r.source())
			continue
		}
		if pools[r.Pool] == nil {
			pools[r.Pool] = &part{key: poolKey(r.Pool), pool: r.Pool, cell: c}
		}
		pools[r.Pool].sources = append(pools[r.Pool].sources, r.source())
	}
	var out []part
	for _, p := range pools {
		if safe(p.sources) {
			out = append(out, *p)
		} else {
			toRest(p.cell, p.sources...)
		}
	}
	for _, p := range rest {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.key, b.key) })
	return out
}

// before is a part as it was last made.
type before struct {
	row  partRow
	kept []kept
}

func stored(ctx context.Context, tx *db.Tx) (map[string]before, error) {
	rows, err := db.List[partRow](ctx, tx, allParts)
	if err != nil {
		return nil, err
	}
	out := map[string]before{}
	for _, r := range rows {
		out[r.Part] = before{row: r}
	}
	lines, err := db.List[kept](ctx, tx, allKept)
	for _, k := range lines {
		b := out[k.Part]
		b.kept = append(b.kept, k)
		out[k.Part] = b
	}
	return out, err
}

// publish stores the part and reports whether it is shown.
func (s *Service) publish(ctx context.Context, tx *db.Tx, p part, old before, cellFirms int) (bool, error) {
	firms := firmsIn(p.sources)
	row := partRow{Part: p.key, Pool: p.pool, Region: p.cell.Region, Field: p.cell.Field, Level: p.cell.Level, Year: p.cell.Year,
		Few: firms < need.Few, CellFirms: cellFirms, AsOf: s.room.Today()}
	now := p.kept()
	fresh := false
	switch {
	case !safe(p.sources):
		// What was last published is remembered, not shown.
		row.Firms, row.Headcount = old.row.Firms, old.row.Headcount
	case len(old.kept) > 0 && tells(old.kept, now):
		row.Firms, row.Headcount, row.Published, row.AsOf = old.row.Firms, old.row.Headcount, old.row.Published, old.row.AsOf
	default:
		row.Firms, row.Headcount, row.Published, fresh = firms, headcountIn(p.sources), true, true
	}
	if _, err := db.Exec(ctx, tx, putPart, row.Part, row.Pool, row.Region, row.Field, row.Level, row.Year, row.Few, row.Published,
		row.Firms, row.Headcount, row.CellFirms, row.AsOf); err != nil {
		return false, fmt.Errorf("part %s: %w", p.key, err)
	}
	if !fresh {
		return row.Published, nil
	}
	if _, err := db.Exec(ctx, tx, deleteKept, p.key); err != nil {
		return false, fmt.Errorf("part %s: %w", p.key, err)
	}
	for _, k := range now {
		if _, err := db.Exec(ctx, tx, insertKept, k.Part, k.Firm, k.Confidentiality, k.Firms, k.Headcount); err != nil {
			return false, fmt.Errorf("part %s: %w", p.key, err)
		}
	}
	return true, nil
}

// drop takes away parts that nothing counts in any more.
func drop(ctx context.Context, tx *db.Tx, gone map[string]before) error {
	for key := range gone {
		if _, err := db.Exec(ctx, tx, deleteKept, key); err != nil {
			return fmt.Errorf("part %s: %w", key, err)
		}
		if _, err := db.Exec(ctx, tx, deletePart, key); err != nil {
			return fmt.Errorf("part %s: %w", key, err)
		}
	}
	return nil
}
