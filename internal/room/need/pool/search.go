package pool

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

const (
	poolsAfter db.SQL = `SELECT p.id FROM need_pool AS p WHERE p.id > $1 ORDER BY p.id LIMIT 25`
	poolOfNeed db.SQL = `SELECT n.pool FROM need AS n WHERE n.id = $1 AND n.pool IS NOT NULL`
	poolDays   db.SQL = `SELECT p.id, p.created_at FROM need_pool AS p /*where*/`

	fragFound db.Fragment = "SELECT 1 FROM need_pool AS p WHERE p.id = d.id"
)

// search lets anybody find the pooled needs, by their title and number. The
// texts of their needs are the needs' own: not everyone may read them.
func search() *object.Search {
	return &object.Search{Label: "pool.objects", Documents: documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, poolsAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
		Touched: func(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error) {
			if s.Kind != need.FlowKind { // its place may be one of the pool's
				return nil, nil
			}
			return db.List[string](ctx, tx, poolOfNeed, s.ID)
		},
	}
}

type dayRow struct {
	ID        string  `db:"id"`
	CreatedAt db.Time `db:"created_at"`
}

func documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	list, err := cards(ctx, tx, access.SystemActor("search"), ids)
	if err != nil {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragID, ids)
	statement, args := db.Query{Base: poolDays, Where: w}.Build()
	rows, err := db.List[dayRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("pools: documents: %w", err)
	}
	out := make([]object.Document, len(list))
	for i, c := range list {
		out[i] = object.Document{ID: c.Ref.ID, Number: c.Number, Title: c.Title, Municipalities: c.Municipalities}
		for _, r := range rows {
			if r.ID == c.Ref.ID {
				out[i].Day = r.CreatedAt.Date()
			}
		}
	}
	return out, nil
}
