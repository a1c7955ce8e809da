package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

const (
	needsAfter db.SQL = `SELECT n.id FROM need AS n WHERE n.id > $1 ORDER BY n.id LIMIT 25`
	needsOfOrg db.SQL = `SELECT n.id FROM need AS n WHERE n.org = $1 ORDER BY n.id`
	needTexts  db.SQL = `SELECT n.id, n.number, n.title, t.text, n.org, n.municipality, n.created_at
		FROM need AS n LEFT JOIN need_text AS t ON t.need = n.id /*where*/`

	fragFound db.Fragment = "SELECT 1 FROM need AS n WHERE n.id = d.id"
)

// search lets a need be found by what everyone who sees it reads: its title, its
// text, the organisation and the place. Grounds, notes and the discussion are
// not for all readers, so nobody finds it by them.
func search() *object.Search {
	return &object.Search{Label: "need.objects", Documents: documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, needsAfter, id)
		},
		Visible: func(w *db.Where, actor access.Actor) {
			var seen db.Where
			need.Visible(&seen, actor)
			w.Exists(fragFound, seen)
		},
		Touched: func(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error) {
			if s.Kind != "organisation" { // its name is in them
				return nil, nil
			}
			return db.List[string](ctx, tx, needsOfOrg, s.ID)
		},
	}
}

type documentRow struct {
	ID           string  `db:"id"`
	Number       *string `db:"number"`
	Title        string  `db:"title"`
	Text         *string `db:"text"`
	Org          org.ID  `db:"org"`
	Municipality string  `db:"municipality"`
	CreatedAt    db.Time `db:"created_at"`
}

func documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	statement, args := db.Query{Base: needTexts, Where: w}.Build()
	rows, err := db.List[documentRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("needs: documents: %w", err)
	}
	out := make([]object.Document, len(rows))
	for i, r := range rows {
		day := r.CreatedAt.Date()
		out[i] = object.Document{ID: r.ID, Title: i18n.Text{NB: r.Title}, Day: day}
		if out[i].Words, err = org.NameOn(ctx, tx, r.Org, day); err != nil {
			return nil, err
		}
		if r.Number != nil {
			out[i].Number = *r.Number
		}
		if r.Text != nil {
			out[i].Text.NB = *r.Text
		}
		if r.Municipality != "" {
			out[i].Municipalities = []string{r.Municipality}
		}
	}
	return out, nil
}
