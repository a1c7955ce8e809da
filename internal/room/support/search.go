package support

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

const (
	cardsAfter db.SQL = `SELECT id FROM support_card WHERE id > $1 ORDER BY id LIMIT 25`
	allCards   db.SQL = `SELECT id FROM support_card ORDER BY id`

	fragFound       db.Fragment = "SELECT 1 FROM support_card AS s WHERE s.id = d.id"
	fragFoundLiving db.Fragment = "NOT s.archived"
)

// search lets anybody find the cards that are not archived.
func search() *object.Search {
	return &object.Search{Label: "support.objects", Documents: documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, cardsAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) {
			var living db.Where
			living.And(fragFoundLiving)
			w.Exists(fragFound, living)
		},
		Touched: func(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error) {
			if s != subject("starter") {
				return nil, nil
			}
			return db.List[string](ctx, tx, allCards)
		},
	}
}

func documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	w.And(fragLiving)
	found, err := list(ctx, tx, w)
	if err != nil {
		return nil, fmt.Errorf("support: documents: %w", err)
	}
	out := make([]object.Document, len(found))
	for i, c := range found {
		out[i] = object.Document{ID: string(c.ID), Title: c.Title, Words: c.Code + " " + strings.Join(c.Words, " "), Day: c.LastChecked,
			Text: i18n.Text{NB: lines(c, i18n.NB), NN: lines(c, i18n.NN), EN: lines(c, i18n.EN)}}
	}
	return out, nil
}

// lines is what a card says in the language itself.
func lines(c Card, l i18n.Lang) string {
	var out []string
	for _, t := range []i18n.Text{c.What, c.ForWhom, c.Effort, c.Owner} {
		if s, in := t.In(l); in == l && s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}
