package support

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
)

// ObjectName is the name of the kind.
const ObjectName = "support_card"

// Object is the kind of thing that a card is. Cards are open to all.
func Object() object.Kind {
	return object.Kind{Name: ObjectName, Label: "support.object", Path: "/verktoykasse/", Cards: cards, Search: search(),
		MayChange: func(_ context.Context, _ *db.Tx, actor access.Actor, _ string) error { return CanEdit(actor) }}
}

const fragID db.Fragment = "id"

func cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	found, err := list(ctx, tx, w)
	if err != nil {
		return nil, fmt.Errorf("support: cards: %w", err)
	}
	out := make([]object.Card, len(found))
	for i, c := range found {
		out[i] = object.Card{Ref: object.Ref{ID: string(c.ID)}, Title: c.Title}
	}
	return out, nil
}
