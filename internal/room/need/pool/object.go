package pool

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// Object is the kind of thing that a pooled need is. Anybody may know of one;
// its places are those of its open needs only.
func Object() object.Kind {
	return object.Kind{Name: need.PoolFlowKind, Label: "pool.object", Path: "/felles/", Cards: cards, MayChange: mayChange, Search: search()}
}

const (
	cardsOf  db.SQL = `SELECT p.id, p.number, p.title, p.field FROM need_pool AS p /*where*/`
	placesOf db.SQL = `SELECT DISTINCT n.pool, n.municipality FROM need AS n /*where*/ ORDER BY n.pool, n.municipality`

	fragOpenHere db.Fragment = "n.confidentiality = 'open' AND n.municipality <> ''"
)

type cardRow struct {
	ID     string `db:"id"`
	Number string `db:"number"`
	Title  string `db:"title"`
	Field  string `db:"field"`
}

type placeRow struct {
	Pool         string `db:"pool"`
	Municipality string `db:"municipality"`
}

func cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	var these, in db.Where
	db.In(&these, fragID, ids)
	statement, args := db.Query{Base: cardsOf, Where: these}.Build()
	rows, err := db.List[cardRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("pools: cards: %w", err)
	}
	db.In(&in, fragPool, ids)
	in.And(fragOpenHere)
	statement, args = db.Query{Base: placesOf, Where: in}.Build()
	places, err := db.List[placeRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("pools: cards: %w", err)
	}
	out := make([]object.Card, len(rows))
	for i, r := range rows {
		out[i] = object.Card{Ref: object.Ref{ID: r.ID}, Number: r.Number, Title: i18n.Text{NB: r.Title}}
		if r.Field != "" {
			out[i].Fields = []string{r.Field}
		}
		for _, p := range places {
			if p.Pool == r.ID {
				out[i].Municipalities = append(out[i].Municipalities, p.Municipality)
			}
		}
	}
	return out, nil
}

func mayChange(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	p, err := Load(ctx, tx, ID(id))
	if err != nil {
		return err
	}
	if !CanSteer(actor, p) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	return nil
}

const concernsPool db.SQL = `SELECT coordinator AS org FROM need_pool WHERE id = $1
	UNION SELECT provider FROM need_pool WHERE id = $1 AND provider IS NOT NULL
	UNION SELECT org FROM need WHERE pool = $1 AND org IS NOT NULL
	UNION SELECT represented_by FROM need WHERE pool = $1 AND represented_by IS NOT NULL ORDER BY org`

// Concerns are the organisations that a pooled need is about: its coordinator,
// the provider that follows it up, and those of its needs.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	list, err := db.List[access.OrgID](ctx, tx, concernsPool, id)
	if err != nil {
		return nil, fmt.Errorf("pool %s: concerns: %w", id, err)
	}
	return list, nil
}
