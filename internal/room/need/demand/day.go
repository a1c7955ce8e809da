package demand

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
)

const (
	countDay db.SQL = `SELECT COUNT(*) FROM need_demand_day WHERE day = $1`
	noteDay  db.SQL = `INSERT INTO need_demand_day (day, made_at) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET made_at = excluded.made_at`
)

// Daily makes the fixed tables anew unless that has been done today, and
// reports whether it did.
func (s *Service) Daily(ctx context.Context, actor access.Actor) (bool, error) {
	var made int64
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		made, err = db.Scalar[int64](ctx, tx, countDay, s.room.Today())
		return err
	})
	if err != nil {
		return false, fmt.Errorf("demand: daily: %w", err)
	}
	if made > 0 {
		return false, nil
	}
	_, _, err = s.Rebuild(ctx, actor)
	return err == nil, err
}
