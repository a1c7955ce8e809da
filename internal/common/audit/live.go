package audit

import (
	"context"

	"kompetansetorg/internal/kit/db"
)

// Poll looks in the log for what changed while a node could not hear of it (db.Changes).
func Poll(d *db.DB) db.Since {
	return func(ctx context.Context, after int64) (changes []db.Change, newest int64, err error) {
		err = d.Read(ctx, func(tx *db.Tx) error {
			if after < 0 {
				newest, err = Newest(ctx, tx)
				return err
			}
			subjects, upTo, err := Since(ctx, tx, after)
			changes, newest = make([]db.Change, len(subjects)), upTo
			for i, s := range subjects {
				changes[i] = db.Change{Topic: db.Topic(s), Nr: upTo}
			}
			return err
		})
		return changes, newest, err
	}
}
