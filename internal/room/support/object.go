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

// Object is the kind of thing that a card is. Cards are open to all, but drafts.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "support.object", Path: "/verktoykasse/", Cards: s.cards, Search: search(),
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			return s.mayEdit(ctx, tx, actor, ID(id))
		}}
}

const fragID db.Fragment = "id"

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	found, err := list(ctx, tx, w)
	if err != nil {
		return nil, fmt.Errorf("support: cards: %w", err)
	}
	var out []object.Card
	for _, c := range found {
		may, err := s.sees(ctx, tx, actor, c)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, object.Card{Ref: object.Ref{ID: string(c.ID)}, Title: c.Title})
		}
	}
	return out, nil
}
