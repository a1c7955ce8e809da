package org

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

// ObjectName is the name of the kind.
const ObjectName = "organisation"

// Object is the kind of thing that an organisation is. The register is open to
// all.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "org.object", Path: "/virksomheter/", Cards: s.cards, Search: s.search(),
		MayChange: func(_ context.Context, _ *db.Tx, actor access.Actor, _ string) error { return CanRegister(actor) }}
}

const cardsOf db.SQL = `SELECT o.id, o.municipality FROM organisation AS o /*where*/`

type objectRow struct {
	ID           ID     `db:"id"`
	Municipality string `db:"municipality"`
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	statement, args := db.Query{Base: cardsOf, Where: w}.Build()
	rows, err := db.List[objectRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("organisations: cards: %w", err)
	}
	out := make([]object.Card, len(rows))
	for i, r := range rows {
		name, err := NameOn(ctx, tx, r.ID, s.clock.Today())
		if err != nil {
			return nil, err
		}
		out[i] = object.Card{Ref: object.Ref{ID: string(r.ID)}, Title: i18n.Text{NB: name}}
		if r.Municipality != "" {
			out[i].Municipalities = []string{r.Municipality}
		}
	}
	return out, nil
}
