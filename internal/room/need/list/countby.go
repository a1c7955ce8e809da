package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
)

// Dimension is what needs can be counted by (BEH-12, 16).
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

func (d Dimension) statement() (db.SQL, bool) {
	switch d {
	case ByState:
		return countByState, true
	case ByField:
		return countByField, true
	case ByLevel:
		return countByLevel, true
	case BySector:
		return countBySector, true
	case ByPurpose:
		return countByPurpose, true
	case ByBarrier:
		return countByBarrier, true
	}
	return "", false
}

// Count is how many needs, firms and people stand under one value of a
// dimension, of those the reader may see. Readers without an office get
// figures under three organisations as "1–2".
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
	c := Count{Value: r.Value, Needs: need.Exactly(r.Needs), Firms: need.Exactly(r.Firms), Headcount: need.Exactly(r.Headcount)}
	if !exact && r.Firms < need.Few {
		c.Needs, c.Firms, c.Headcount = need.FewOnly(), need.FewOnly(), need.FewOnly()
	}
	return c
}

// CountBy counts the needs of a list by a dimension.
func (s *Service) CountBy(ctx context.Context, actor access.Actor, d Dimension, f Filter) ([]Count, error) {
	base, ok := d.statement()
	if !ok {
		return nil, fault.InvalidField("by", "form.error.choice")
	}
	var out []Count
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: base, Where: f.where(actor, s.room.Today())}.Build()
		rows, err := db.List[countRow](ctx, tx, statement, args...)
		for _, r := range rows {
			out = append(out, r.count(need.HasOffice(actor)))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("needs: count by %s: %w", d, err)
	}
	return out, nil
}
