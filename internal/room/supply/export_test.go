package supply

import (
	"context"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/supply/offer"
)

// Fill puts rows into the database without audit, for benchmarks only.
func (s *Service) Fill(ctx context.Context, programmes []offer.Programme, offerings []offer.Offering) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		for _, p := range programmes {
			if err := insertP(ctx, tx, p, n); err != nil {
				return err
			}
		}
		for _, o := range offerings {
			if err := insertO(ctx, tx, o, n); err != nil {
				return err
			}
		}
		return nil
	})
}
