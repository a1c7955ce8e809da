// Package series gives things the numbers that people say: B-2026-0042.
//
// A series is a letter and a year. It has no gaps, as a number is given back when
// the transaction rolls back, and no doubles, as writers take turns. Each kind of
// thing has a letter of its own: B a need, F a pooled need.
//
// Words: nummer = number, nummerserie = series.
//
// Tables: need_series, named after the first thing that had numbers.
package series

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const take db.SQL = `INSERT INTO need_series (series, year, last) VALUES ($1, $2, 1)
	ON CONFLICT (series, year) DO UPDATE SET last = need_series.last + 1 RETURNING last`

// perYear is how many numbers of a year the sort key has room for.
const perYear = 1_000_000

// Next takes the next number of the series, 1 in a new year, in the transaction that
// uses it. key sorts numbers of one series as they were given, over the years.
func Next(ctx context.Context, tx *db.Tx, series string, year int) (number string, key int64, err error) {
	n, err := db.Scalar[int64](ctx, tx, take, series, year)
	if err != nil {
		return "", 0, fmt.Errorf("series: number %s-%d: %w", series, year, err)
	}
	return fmt.Sprintf("%s-%04d-%04d", series, year, n), int64(year)*perYear + n, nil
}
