package demand

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
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
	allParts db.SQL = `SELECT d.part, d.pool, d.region, d.field, d.level, d.year, d.few, d.published, d.firms, d.headcount, d.cell_firms, d.edition, d.as_of,
		p.number AS pool_number, p.title AS pool_title, p.state AS pool_state
		FROM need_demand AS d LEFT JOIN need_pool AS p ON p.id = d.pool ORDER BY d.part`
	putPart db.SQL = `INSERT INTO need_demand (part, pool, region, field, level, year, few, published, firms, headcount, cell_firms, edition, as_of)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (part) DO UPDATE SET region = excluded.region,
		field = excluded.field, level = excluded.level, year = excluded.year, few = excluded.few, published = excluded.published,
		firms = excluded.firms, headcount = excluded.headcount, cell_firms = excluded.cell_firms, edition = excluded.edition, as_of = excluded.as_of`
	hidePart   db.SQL = `UPDATE need_demand SET published = FALSE, few = FALSE, cell_firms = 0 WHERE part = $1`
	allSources db.SQL = `SELECT part, edition, need, firm, firms, headcount, confidentiality, known FROM need_demand_source ORDER BY part, edition, need`
	putSource  db.SQL = `INSERT INTO need_demand_source (part, edition, need, firm, firms, headcount, confidentiality, known)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
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
	s := source{need: r.ID, firm: string(r.Org), firms: 1, headcount: r.Headcount, confidentiality: r.Confidentiality}
	if r.Org == "" {
		s.firm, s.firms = "group:"+string(r.ID), max(1, r.Firms)
	}
	for _, o := range []org.ID{r.Org, r.RepresentedBy, r.Provider} {
		if o != "" {
			s.known = append(s.known, o)
		}
	}
	return s
}

func (r livingRow) need() need.Need {
	return need.Need{Content: need.Content{Organisation: r.Org, RepresentedBy: r.RepresentedBy, Firms: r.Firms, Municipality: r.Municipality,
		Confidentiality: r.Confidentiality}, State: r.State, Provider: r.Provider}
}

// Rebuild makes the fixed tables anew: once a day, and when an
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
		b, err := s.open(ctx, tx)
		if err != nil {
			return err
		}
		list := partsOf(rows, s.regions(rows))
		cells := map[Cell][]source{}
		for _, p := range list {
			cells[p.cell] = append(cells[p.cell], p.sources...)
		}
		for _, p := range list {
			shown, err := b.publish(ctx, tx, p, firmsIn(cells[p.cell]))
			if err != nil {
				return err
			}
			parts++
			if shown {
				published++
			}
		}
		if _, err := db.Exec(ctx, tx, noteDay, s.room.Today(), s.room.Now()); err != nil {
			return err
		}
		audit.Record(tx, s.room.Now(), actor, ActionRebuild, audit.Subject{Kind: "need_demand", ID: "all"},
			audit.Field("parts", "", parts), audit.Field("published", "", published))
		return b.hideRest(ctx, tx)
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

// book is the fixed tables while they are made anew.
type book struct {
	ledger ledger
	old    map[string]partRow  // by part; those that are left were not made anew
	last   map[string][]source // the last edition of each part
	today  clock.Date
}

type sourceRow struct {
	Part            string               `db:"part"`
	Edition         int                  `db:"edition"`
	Need            need.ID              `db:"need"`
	Firm            string               `db:"firm"`
	Firms           int                  `db:"firms"`
	Headcount       int                  `db:"headcount"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	Known           string               `db:"known"`
}

func (r sourceRow) source() source {
	s := source{need: r.Need, firm: r.Firm, firms: r.Firms, headcount: r.Headcount, confidentiality: r.Confidentiality}
	for _, o := range strings.Fields(r.Known) {
		s.known = append(s.known, org.ID(o))
	}
	return s
}

// open reads the tables as they were last made, and all that ever stood there.
func (s *Service) open(ctx context.Context, tx *db.Tx) (*book, error) {
	b := &book{old: map[string]partRow{}, last: map[string][]source{}, today: s.room.Today()}
	rows, err := db.List[partRow](ctx, tx, allParts)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		b.old[r.Part] = r
	}
	lines, err := db.List[sourceRow](ctx, tx, allSources)
	for i, r := range lines {
		if i == 0 || r.Part != lines[i-1].Part || r.Edition != lines[i-1].Edition {
			b.last[r.Part] = nil
		}
		b.last[r.Part] = append(b.last[r.Part], r.source())
		if i == len(lines)-1 || r.Part != lines[i+1].Part || r.Edition != lines[i+1].Edition {
			b.ledger.add(b.last[r.Part])
		}
	}
	return b, err
}

// publish stores the part and reports whether it is shown: with its figure of
// today when that may be published, else with its last one, unless fewer than
// three firms are left behind it.
func (b *book) publish(ctx context.Context, tx *db.Tx, p part, cellFirms int) (bool, error) {
	old := b.old[p.key]
	delete(b.old, p.key)
	firms := firmsIn(p.sources)
	row := partRow{Part: p.key, Pool: p.pool, Region: p.cell.Region, Field: p.cell.Field, Level: p.cell.Level, Year: p.cell.Year,
		Few: firms < need.Few, CellFirms: cellFirms, Published: old.Published, Firms: old.Firms, Headcount: old.Headcount,
		Edition: old.Edition, AsOf: old.AsOf}
	var fresh []source
	switch {
	case len(b.last[p.key]) > 0 && same(b.last[p.key], p.sources):
		row.Published, row.AsOf = true, b.today
	case b.ledger.allows(p.sources):
		fresh = p.sources
		row.Published, row.Firms, row.Headcount, row.AsOf, row.Edition = true, firms, headcountIn(fresh), b.today, old.Edition+1
	case !new(ledger).allows(p.sources):
		row.Published = false
	}
	if row.AsOf.IsZero() {
		row.AsOf = b.today
	}
	if _, err := db.Exec(ctx, tx, putPart, row.Part, row.Pool, row.Region, row.Field, row.Level, row.Year, row.Few, row.Published,
		row.Firms, row.Headcount, row.CellFirms, row.Edition, row.AsOf); err != nil {
		return false, fmt.Errorf("part %s: %w", p.key, err)
	}
	for _, x := range fresh {
		if _, err := db.Exec(ctx, tx, putSource, p.key, row.Edition, x.need, x.firm, x.firms, x.headcount, x.confidentiality, need.Joined(x.known)); err != nil {
			return false, fmt.Errorf("part %s: %w", p.key, err)
		}
	}
	if fresh != nil {
		b.ledger.add(fresh)
	}
	return row.Published, nil
}

// same reports whether two figures are the sum of the same sources.
func same(a, b []source) bool {
	keys := map[string]bool{}
	for _, s := range a {
		keys[s.key()] = true
	}
	return len(a) == len(b) && !slices.ContainsFunc(b, func(s source) bool { return !keys[s.key()] })
}

// hideRest hides the parts that nothing counts in any more. Their rows stay,
// as what they once told is still known.
func (b *book) hideRest(ctx context.Context, tx *db.Tx) error {
	for key := range b.old {
		if _, err := db.Exec(ctx, tx, hidePart, key); err != nil {
			return fmt.Errorf("part %s: %w", key, err)
		}
	}
	return nil
}
