package meeting

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Number is a number in a series of a body: PS 22/20.
type Number struct {
	Prefix   string
	Nr, Year int
}

// String is the number as people write it, with the last two digits of the year.
func (n Number) String() string { return fmt.Sprintf("%s %d/%02d", n.Prefix, n.Nr, n.Year%100) }

const (
	takeNumber db.SQL = `INSERT INTO body_number (body, prefix, year, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (body, prefix, year) DO UPDATE SET last = body_number.last + 1 RETURNING last`
	startNumber db.SQL = `INSERT INTO body_number (body, prefix, year, last) VALUES ($1, $2, $3, $4) ON CONFLICT (body, prefix, year) DO NOTHING`
	lastNumber  db.SQL = `SELECT last FROM body_number WHERE body = $1 AND prefix = $2 AND year = $3`
)

// TakeNumber gives the next number of the series, 1 in a new year. It is given in
// the transaction that uses it: rolled back, the number is free again, so none is
// ever missing (O-17). The caller has the permission and writes the audit entry.
func TakeNumber(ctx context.Context, tx *db.Tx, b BodyID, prefix string, year int) (Number, error) {
	n, err := db.Scalar[int64](ctx, tx, takeNumber, b, prefix, year)
	if err != nil {
		return Number{}, fmt.Errorf("body %s: number %s/%d: %w", b, prefix, year, err)
	}
	return Number{Prefix: prefix, Nr: int(n), Year: year}, nil
}

// LastNumber is the last number given in the series, with Nr 0 for none.
func LastNumber(ctx context.Context, tx *db.Tx, b BodyID, prefix string, year int) (Number, error) {
	out := Number{Prefix: prefix, Year: year}
	n, err := db.Scalar[int64](ctx, tx, lastNumber, b, prefix, year)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	out.Nr = int(n)
	return out, err
}

// maxNumber is the highest number that a series may be told to go on from.
const maxNumber = 9999

// StartSeries tells that numbers up to last were given before the body's cases
// were kept here, so that the next one follows. A series that has begun refuses.
func (s *Service) StartSeries(ctx context.Context, actor access.Actor, b BodyID, prefix string, year, last int) error {
	if last < 1 || last > maxNumber {
		return fault.InvalidField("last", "form.error.range", "min", 1, "max", maxNumber)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.toChange(ctx, tx, actor, b); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, startNumber, b, prefix, year, last)
		if err != nil {
			return fmt.Errorf("body %s: start series: %w", b, err)
		}
		if n == 0 {
			return fault.InvalidField("last", "body.error.series_begun")
		}
		audit.Record(tx, s.clock.Now(), actor, ActionNumberAt, subject(b), audit.Field("series", "", Number{Prefix: prefix, Nr: last, Year: year}))
		return nil
	})
}
