package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
)

// Dimension is what needs can be counted by (BEH-12, BEH-16).
type Dimension string

// The dimensions. A need with two barriers counts under both.
const (
	ByState   Dimension = "state"
	ByField   Dimension = "field"
	ByLevel   Dimension = "level"
	BySector  Dimension = "sector"
	ByPurpose Dimension = "purpose"
	ByBarrier Dimension = "barrier"
)

const (
	countByState db.SQL = `SELECT n.state AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/ GROUP BY n.state ORDER BY n.state`
	countByField db.SQL = `SELECT n.field AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/ GROUP BY n.field ORDER BY n.field`
	countByLevel db.SQL = `SELECT n.level AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/ GROUP BY n.level ORDER BY n.level`
	countBySector db.SQL = `SELECT n.sector AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/ GROUP BY n.sector ORDER BY n.sector`
	countByPurpose db.SQL = `SELECT n.purpose AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/ GROUP BY n.purpose ORDER BY n.purpose`
	countByBarrier db.SQL = `SELECT c.code AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms
		FROM need AS n JOIN need_choice AS c ON c.need = n.id WHERE c.kind = 'barrier' /*and*/ GROUP BY c.code ORDER BY c.code`
)

// query gives the statement of the dimension, and whether there is one.
func (d Dimension) query(w db.Where) (db.Query, bool) {
	switch d {
	case ByState:
		return db.Query{Base: countByState, Where: w}, true
	case ByField:
		return db.Query{Base: countByField, Where: w}, true
	case ByLevel:
		return db.Query{Base: countByLevel, Where: w}, true
	case BySector:
		return db.Query{Base: countBySector, Where: w}, true
	case ByPurpose:
		return db.Query{Base: countByPurpose, Where: w}, true
	case ByBarrier:
		return db.Query{Base: countByBarrier, Where: w}, true
	}
	return db.Query{}, false
}

// Count is how many needs, firms and people stand under one value of a
// dimension, of those the reader may see. A figure under three organisations is
// "1–2", unless the reader has an office where all its needs lie.
type Count struct {
	Value                   string
	Needs, Firms, Headcount need.Figure
}

type countRow struct {
	Value     string `db:"value"`
	Needs     int    `db:"needs"`
	Headcount int    `db:"headcount"`
	Firms     int    `db:"firms"`
}

func (r countRow) count(exact bool) Count {
	c := Count{Value: r.Value, Needs: few.Exactly(r.Needs), Firms: few.Exactly(r.Firms), Headcount: few.Exactly(r.Headcount)}
	if !exact && r.Firms < need.Few {
		c.Needs, c.Firms, c.Headcount = few.FewOnly(), few.FewOnly(), few.FewOnly()
	}
	return c
}

// CountBy counts the needs of a list by a dimension.
func (s *Service) CountBy(ctx context.Context, actor access.Actor, d Dimension, f Filter) ([]Count, error) {
	w := f.where(actor, s.room.Today())
	q, ok := d.query(w)
	if !ok {
		return nil, fault.InvalidField("by", "form.error.choice")
	}
	var out []Count
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		out = nil
		open := map[string]bool{} // what also counts needs that the actor reads as everybody does
		if office := need.Office(actor); !office.Everywhere {
			db.NotIn(&w, fragMunicipality, office.Municipalities)
			beyond, _ := d.query(w)
			statement, args := beyond.Build()
			rows, err := db.List[countRow](ctx, tx, statement, args...)
			if err != nil {
				return err
			}
			for _, r := range rows {
				open[r.Value] = true
			}
		}
		statement, args := q.Build()
		rows, err := db.List[countRow](ctx, tx, statement, args...)
		for _, r := range rows {
			out = append(out, r.count(!open[r.Value]))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("needs: count by %s: %w", d, err)
	}
	return out, nil
}
