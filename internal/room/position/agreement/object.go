package agreement

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/position"
)

// Object is the kind of thing that an agreement is, in notices: known to the three alone.
func Object(s *Service) object.Kind {
	return object.Kind{Name: Kind, Label: "agreement.object", Path: "/stillingsavtale/", Cards: s.cards,
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied")
		}}
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var out []object.Card
	for _, id := range ids {
		a, err := s.seen(ctx, tx, actor, position.ID(id))
		if fault.Is(err, fault.NotFound) || err == nil && a.Nr == 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, object.Card{Ref: object.Ref{ID: id}, Number: a.Position.Number, Title: i18n.Text{NB: a.Position.Title}})
	}
	return out, nil
}
