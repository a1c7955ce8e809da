package list

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

// Object is the kind of thing that a need is.
func Object() object.Kind {
	return object.Kind{Name: need.FlowKind, Label: "need.object", Path: "/behov/", Cards: cards, MayChange: mayChange, Search: search(),
		IsDraft: func(ctx context.Context, tx *db.Tx, id string) (bool, error) {
			n, err := need.Load(ctx, tx, need.ID(id))
			return n.IsDraft(), err
		}}
}

const cardsOf db.SQL = `SELECT n.id, n.number, n.title, n.municipality, n.field FROM need AS n /*where*/`

type cardRow struct {
	ID           string  `db:"id"`
	Number       *string `db:"number"`
	Title        string  `db:"title"`
	Municipality string  `db:"municipality"`
	Field        string  `db:"field"`
}

func cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	need.Visible(&w, actor)
	statement, args := db.Query{Base: cardsOf, Where: w}.Build()
	rows, err := db.List[cardRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("needs: cards: %w", err)
	}
	out := make([]object.Card, len(rows))
	for i, r := range rows {
		out[i] = object.Card{Ref: object.Ref{ID: r.ID}, Title: i18n.Text{NB: r.Title}}
		if r.Number != nil {
			out[i].Number = *r.Number
		}
		if r.Municipality != "" {
			out[i].Municipalities = []string{r.Municipality}
		}
		if r.Field != "" {
			out[i].Fields = []string{r.Field}
		}
	}
	return out, nil
}

func mayChange(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	n, err := need.Load(ctx, tx, need.ID(id))
	if err != nil {
		return err
	}
	if !need.CanEdit(actor, n) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	return nil
}
