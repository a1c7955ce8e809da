package meeting

import (
	"context"

	"kompetansetorg/internal/kit/db"
)

const bodyOfHolder db.SQL = `SELECT s.body FROM body_holder AS h JOIN body_seat AS s ON s.id = h.seat WHERE h.id = $1`

// BodyOfHolder is the body in which the office holds a seat, or NotFound.
func (s *Service) BodyOfHolder(ctx context.Context, h HolderID) (BodyID, error) {
	var out BodyID
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.Scalar[BodyID](ctx, tx, bodyOfHolder, h)
		return err
	})
	return out, err
}
