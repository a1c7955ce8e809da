package org

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

const (
	orgsAfter db.SQL = `SELECT id FROM organisation WHERE id > $1 ORDER BY id LIMIT 25`
	orgFacts  db.SQL = `SELECT o.id, o.orgno, o.municipality FROM organisation AS o /*where*/`

	fragFound db.Fragment = "SELECT 1 FROM organisation AS o WHERE o.id = d.id"
)

// search lets anybody find an organisation by every name it has had, its short
// forms and its number.
func (s *Service) search() *object.Search {
	return &object.Search{Label: "org.objects", Documents: s.documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, orgsAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
	}
}

type factRow struct {
	ID           ID      `db:"id"`
	OrgNo        *string `db:"orgno"`
	Municipality string  `db:"municipality"`
}

type nameOnlyRow struct {
	Org   ID      `db:"org"`
	Nr    int64   `db:"nr"`
	Name  string  `db:"name"`
	Short string  `db:"short"`
	From  db.Date `db:"from_day"`
	To    db.Date `db:"to_day"`
}

func (s *Service) documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	statement, args := db.Query{Base: orgFacts, Where: w}.Build()
	rows, err := db.List[factRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("organisations: documents: %w", err)
	}
	out := make([]object.Document, 0, len(rows))
	for _, r := range rows {
		d := object.Document{ID: string(r.ID)}
		now, err := NameOn(ctx, tx, r.ID, s.clock.Today())
		if err != nil {
			return nil, err
		}
		names, err := db.List[nameOnlyRow](ctx, tx, namesOf, r.ID)
		if err != nil {
			return nil, fmt.Errorf("organisation %s: document: %w", r.ID, err)
		}
		words, err := db.List[string](ctx, tx, aliasesOf, r.ID)
		if err != nil {
			return nil, fmt.Errorf("organisation %s: document: %w", r.ID, err)
		}
		for _, n := range names {
			words = append(words, n.Name, n.Short)
		}
		if r.OrgNo != nil {
			words = append(words, *r.OrgNo)
		}
		d.Title, d.Words = i18n.Text{NB: now}, strings.Join(words, "\n")
		if r.Municipality != "" {
			d.Municipalities = []string{r.Municipality}
		}
		out = append(out, d)
	}
	return out, nil
}
