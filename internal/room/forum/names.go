package forum

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// formerNames are the names of those who have signed and are members no more.
func formerNames(ctx context.Context, tx *db.Tx, b Body, rows []signatureRow, today clock.Date) (map[access.OrgID]string, error) {
	var gone []access.OrgID
	for _, r := range rows {
		if !b.Has(r.Org) {
			gone = append(gone, r.Org)
		}
	}
	if len(gone) == 0 {
		return nil, nil
	}
	return org.NamesOn(ctx, tx, gone, today)
}
