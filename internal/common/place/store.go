package place

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// ActionLoad is in the audit log when boundaries are loaded.
const ActionLoad audit.Action = "place.load"

const (
	dropOutlines  db.SQL = `DELETE FROM place_outline`
	insertOutline db.SQL = `INSERT INTO place_outline (municipality, rings) VALUES ($1, $2)`
	listOutlines  db.SQL = `SELECT municipality, rings FROM place_outline /*where*/ ORDER BY municipality`
	countOutlines db.SQL = `SELECT COUNT(*) FROM place_outline`
)

const fragMunicipality db.Fragment = "municipality"

// The outlines that are stored.
const (
	storedTolerance = 0.4 // kilometres
	storedIsland    = 3   // square kilometres
	storedFactor    = 1e4 // four decimals of a degree, some 10 m
)

// ForMaps simplifies outlines for maps some 500 points wide: no line strays more than
// 400 m, and islands under 3 km² are left out. All of Norway is then under half a
// megabyte. It takes a while, so it is done before the transaction that stores them.
func ForMaps(outlines []Outline) []Outline {
	return Simplify(outlines, storedTolerance, storedIsland)
}

type outlineRow struct {
	Municipality Number `db:"municipality"`
	Rings        string `db:"rings"`
}

// StoreOutlines replaces the stored boundaries by those of ForMaps, in the caller's
// transaction. An empty list is refused, so that a wrong file cannot clear the map.
func StoreOutlines(ctx context.Context, tx *db.Tx, now clock.Time, by access.Actor, outlines []Outline) error {
	if len(outlines) == 0 {
		return errors.New("store boundaries: none given")
	}
	before, err := db.Scalar[int64](ctx, tx, countOutlines)
	if err != nil {
		return fmt.Errorf("store boundaries: %w", err)
	}
	if _, err := db.Exec(ctx, tx, dropOutlines); err != nil {
		return fmt.Errorf("store boundaries: %w", err)
	}
	for _, o := range outlines {
		if _, err := db.Exec(ctx, tx, insertOutline, o.Number, writeRings(o.Rings)); err != nil {
			return fmt.Errorf("store boundaries: %s: %w", o.Number, err)
		}
	}
	audit.Record(tx, now, by, ActionLoad, audit.Subject{Kind: "place", ID: "outlines"},
		audit.Field("municipalities", strconv.FormatInt(before, 10), len(outlines)))
	return nil
}

// Outlines lists the stored boundaries of the municipalities, or all of them when none is
// named, by number. None are stored until an operator loads them; maps are then drawn
// from the centres alone.
func Outlines(ctx context.Context, tx *db.Tx, municipalities ...Number) ([]Outline, error) {
	q := db.Query{Base: listOutlines}
	if len(municipalities) > 0 {
		db.In(&q.Where, fragMunicipality, municipalities)
	}
	statement, args := q.Build()
	rows, err := db.List[outlineRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("boundaries: %w", err)
	}
	out := make([]Outline, len(rows))
	for i, row := range rows {
		out[i].Number = row.Municipality
		if err := json.Unmarshal([]byte(row.Rings), &out[i].Rings); err != nil {
			return nil, fmt.Errorf("boundary of %s: %w", row.Municipality, err)
		}
	}
	return out, nil
}

// HasOutlines reports whether boundaries are stored.
func HasOutlines(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := db.Scalar[int64](ctx, tx, countOutlines)
	if err != nil {
		return false, fmt.Errorf("boundaries: %w", err)
	}
	return n > 0, nil
}

// writeRings is the rings as JSON, [[[longitude,latitude],…],…], with the decimals that
// are kept. Points that fall together are written once; the first and last stay, so the
// ring stays closed.
func writeRings(rings []orb.Ring) string {
	b := []byte{'['}
	for i, ring := range rings {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		var last orb.Point
		for j, p := range ring {
			p = orb.Point{rounded(p[0]), rounded(p[1])}
			if j > 0 && p == last && j < len(ring)-1 {
				continue
			}
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, '[')
			b = strconv.AppendFloat(b, p[0], 'f', -1, 64)
			b = append(b, ',')
			b = strconv.AppendFloat(b, p[1], 'f', -1, 64)
			b = append(b, ']')
			last = p
		}
		b = append(b, ']')
	}
	return string(append(b, ']'))
}

func rounded(degrees float64) float64 {
	return math.Round(degrees*storedFactor) / storedFactor
}
