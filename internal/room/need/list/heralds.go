package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

const ownerOfOpen db.SQL = `SELECT org FROM need WHERE id = $1 AND confidentiality = 'open' ORDER BY org`

// Heralds is the organisation whose followers are told of the event: the owner of
// an open need that was handed in. Of other needs nobody is told for the owner's
// sake, as their readers need not know that it has one.
func Heralds(ctx context.Context, tx *db.Tx, e follow.Event) ([]access.OrgID, error) {
	if e.What != follow.Moved || e.To != need.Mapped || e.From != "" && e.From != need.Draft {
		return nil, nil
	}
	orgs, err := db.List[access.OrgID](ctx, tx, ownerOfOpen, e.Subject.ID)
	if err != nil {
		return nil, fmt.Errorf("need %s: owner: %w", e.Subject.ID, err)
	}
	return orgs, nil
}
