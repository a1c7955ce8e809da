package support

import (
	"context"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const fragCode db.Fragment = "code"

// ByCode is the card with the code, archived or not, or NotFound: projects that were made of a
// measure know it by that.
func (s *Service) ByCode(ctx context.Context, code string) (Card, error) {
	var out Card
	return out, s.db.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragCode, []string{code})
		found, err := list(ctx, tx, w)
		if err == nil && len(found) == 0 {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		out = found[0]
		return nil
	})
}
