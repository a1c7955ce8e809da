package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

const hasNeed db.SQL = `SELECT COUNT(*) FROM need AS n /*where*/`

// Has reports whether the actor finds the need by the filter.
func (s *Service) Has(ctx context.Context, tx *db.Tx, actor access.Actor, f Filter, n need.ID) (bool, error) {
	w := f.where(actor, s.room.Today())
	db.In(&w, fragID, []need.ID{n})
	statement, args := db.Query{Base: hasNeed, Where: w}.Build()
	found, err := db.Scalar[int](ctx, tx, statement, args...)
	if err != nil {
		return false, fmt.Errorf("need %s: is in a list: %w", n, err)
	}
	return found > 0, nil
}

// Concerns are the organisations that a need is about: its owner, whoever speaks
// for it, and the provider that follows it up.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	rows, err := db.List[concernRow](ctx, tx, concernsNeed, id)
	if err != nil {
		return nil, fmt.Errorf("need %s: concerns: %w", id, err)
	}
	var out []access.OrgID
	for _, r := range rows {
		for _, o := range []access.OrgID{r.Org, r.Rep, r.Provider} {
			if o != "" {
				out = append(out, o)
			}
		}
	}
	return out, nil
}

const concernsNeed db.SQL = `SELECT org, represented_by, provider FROM need WHERE id = $1`

type concernRow struct {
	Org      access.OrgID `db:"org"`
	Rep      access.OrgID `db:"represented_by"`
	Provider access.OrgID `db:"provider"`
}
