package list

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

// totals remembers counts for a second, so that turning pages does not count
// 20,000 rows each time, and readers who ask at once wait for one count. What
// this process writes is seen at once.
type totals struct {
	room *need.Service
	mu   sync.Mutex
	kept map[string]*total
}

// total is a count with the time, and the room's number of changes, it holds
// for.
type total struct {
	mu     sync.Mutex
	known  bool
	n      int
	at     clock.Time
	writes int64
}

const (
	keepTotal = time.Second
	maxTotals = 500
)

func newTotals(room *need.Service) *totals { return &totals{room: room, kept: map[string]*total{}} }

func (t *totals) count(ctx context.Context, tx *db.Tx, q db.Query) (int, error) {
	statement, args := q.Build()
	one := t.of(fmt.Sprintf("%s %q", statement, args))
	one.mu.Lock()
	defer one.mu.Unlock()
	now, writes := t.room.Now(), t.room.Writes()
	if one.known && one.writes == writes && now.Sub(one.at) < keepTotal {
		return one.n, nil
	}
	n, err := db.Scalar[int64](ctx, tx, statement, args...)
	if err != nil {
		return 0, err
	}
	one.known, one.n, one.at, one.writes = true, int(n), now, writes
	return one.n, nil
}

func (t *totals) of(key string) *total {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept[key] == nil {
		if len(t.kept) >= maxTotals {
			clear(t.kept)
		}
		t.kept[key] = &total{}
	}
	return t.kept[key]
}

const (
	countByPlace db.SQL = `SELECT n.municipality AS value, COUNT(*) AS needs, SUM(n.headcount) AS headcount,
		COUNT(DISTINCT n.org) + SUM(CASE WHEN n.org IS NULL THEN n.firms ELSE 0 END) AS firms FROM need AS n /*where*/
		GROUP BY n.municipality ORDER BY n.municipality`
	countSimilar db.SQL = `SELECT COUNT(DISTINCT COALESCE(n.org, n.id)) FROM need AS n JOIN need_concept AS c ON c.need = n.id
		WHERE c.chosen <> 'removed' /*and*/`
	fragRef db.Fragment = "c.ref"
)

// PlaceCount is what a map shows for a municipality: the needs the reader may
// see there. Readers without an office there get figures under three
// organisations as "1–2".
type PlaceCount struct {
	Municipality            string
	Needs, Firms, Headcount need.Figure
}

// CountByMunicipality counts the needs of a list for the map.
func (s *Service) CountByMunicipality(ctx context.Context, actor access.Actor, f Filter) ([]PlaceCount, error) {
	var out []PlaceCount
	office := need.Office(actor)
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: countByPlace, Where: f.where(actor, s.room.Today())}.Build()
		rows, err := db.List[countRow](ctx, tx, statement, args...)
		for _, r := range rows {
			c := r.count(office.Has(r.Value))
			out = append(out, PlaceCount{Municipality: c.Value, Needs: c.Needs, Firms: c.Firms, Headcount: c.Headcount})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("needs: count by municipality: %w", err)
	}
	return out, nil
}

// Similar is how many organisations have a need about one of the concepts that
// still lives, whoever may see it; rounded down to 3, 5, 10, 20 or 50. Below
// three it is 0, which means that nothing is said. except leaves out one need.
func (s *Service) Similar(ctx context.Context, concepts []need.Concept, except need.ID) (int, error) {
	var list []string
	for _, c := range concepts {
		if c.Chosen != need.Removed {
			list = append(list, c.Ref())
		}
	}
	if len(list) == 0 {
		return 0, nil
	}
	var w db.Where
	db.In(&w, fragRef, list)
	db.NotIn(&w, fragState, []any{string(need.Draft), string(need.Withdrawn), string(need.Closed)})
	db.NotIn(&w, fragID, []need.ID{except})
	if except == "" {
		w = db.Where{}
		db.In(&w, fragRef, list)
		db.NotIn(&w, fragState, []any{string(need.Draft), string(need.Withdrawn), string(need.Closed)})
	}
	n := 0
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		n, err = s.totals.count(ctx, tx, db.Query{Base: countSimilar, Where: w})
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("needs: similar: %w", err)
	}
	return rounded(n), nil
}

// rounded rounds a number down to one that tells nothing about a single need.
func rounded(n int) int {
	out := 0
	for _, step := range []int{3, 5, 10, 20, 50} {
		if n >= step {
			out = step
		}
	}
	return out
}
