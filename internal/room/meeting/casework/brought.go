package casework

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const originOf db.SQL = `SELECT origin FROM case_file WHERE id = $1`

// BroughtBy is the organisation that brought the case, whose people are told of each step
// without having asked; none for one that the secretariat began itself.
func BroughtBy(ctx context.Context, tx *db.Tx, c string) ([]access.OrgID, error) {
	o, err := db.Scalar[*access.OrgID](ctx, tx, originOf, c)
	if fault.Is(err, fault.NotFound) || err == nil && o == nil {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("case %s: brought by: %w", c, err)
	}
	return []access.OrgID{*o}, nil
}
