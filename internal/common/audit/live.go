package audit

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const newestOf db.SQL = `SELECT COALESCE(MAX(seq), 0) FROM audit_entry WHERE subject_kind = $1 AND subject_id = $2`

// Mark is the number of the newest entry about the subject, 0 for none: it is another
// whenever something about the subject has been changed.
func Mark(ctx context.Context, tx *db.Tx, subject Subject) (int64, error) {
	n, err := db.Scalar[int64](ctx, tx, newestOf, subject.Kind, subject.ID)
	if err != nil {
		return 0, fmt.Errorf("audit: newest of %s %s: %w", subject.Kind, subject.ID, err)
	}
	return n, nil
}

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
