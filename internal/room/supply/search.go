package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

const (
	programmesAfter db.SQL = `SELECT id FROM programme WHERE id > $1 ORDER BY id LIMIT 25`
	programmesOf    db.SQL = `SELECT id FROM programme WHERE provider = $1 ORDER BY id`
	programmeOf     db.SQL = `SELECT programme FROM offering WHERE id = $1`
	programmeText   db.SQL = `SELECT p.id, p.provider, p.code, p.title_nb, p.title_nn, p.title_en, p.description_nb, p.description_nn,
		p.description_en, p.updated_at FROM programme AS p /*where*/`
	programmeOutcome db.SQL = `SELECT o.programme, o.text_nb, o.text_nn, o.text_en FROM programme_outcome AS o /*where*/ ORDER BY o.programme, o.nr`
	programmePlace   db.SQL = `SELECT DISTINCT o.programme, g.municipality FROM offering AS o JOIN gathering AS g ON g.offering = o.id
		WHERE o.state <> 'concept' /*and*/ ORDER BY o.programme, g.municipality`

	fragOutcomeOf  db.Fragment = "o.programme"
	fragFound      db.Fragment = "SELECT 1 FROM programme AS p WHERE p.id = d.id"
	fragPublic     db.Fragment = "p.state <> 'concept'"
	fragProviderOf db.Fragment = "p.provider"
)

// search lets a programme be found by its title, description and outcomes, and
// by the places where others may see that it is held. Visible is canSee in SQL.
func search() *object.Search {
	return &object.Search{Label: "supply.objects", Documents: documents, Touched: touched,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, programmesAfter, id)
		},
		Visible: func(w *db.Where, actor access.Actor) {
			if actor.IsSystem() {
				w.Exists(fragFound, db.Where{})
				return
			}
			var public, own, seen db.Where
			public.And(fragPublic)
			db.In(&own, fragProviderOf, WritesFor(actor))
			seen.Or(public, own)
			w.Exists(fragFound, seen)
		},
	}
}

// touched follows what is written of others: an import is one entry for the
// provider, and an offering tells where its programme is held.
func touched(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error) {
	switch s.Kind {
	case "organisation":
		return db.List[string](ctx, tx, programmesOf, s.ID)
	case "offering":
		return db.List[string](ctx, tx, programmeOf, s.ID)
	}
	return nil, nil
}

type documentRow struct {
	ID        string  `db:"id"`
	Provider  org.ID  `db:"provider"`
	Code      string  `db:"code"`
	TitleNB   string  `db:"title_nb"`
	TitleNN   string  `db:"title_nn"`
	TitleEN   string  `db:"title_en"`
	TextNB    string  `db:"description_nb"`
	TextNN    string  `db:"description_nn"`
	TextEN    string  `db:"description_en"`
	UpdatedAt db.Time `db:"updated_at"`
}

type outcomeTextRow struct {
	Programme string `db:"programme"`
	NB        string `db:"text_nb"`
	NN        string `db:"text_nn"`
	EN        string `db:"text_en"`
}

type heldRow struct {
	Programme    string `db:"programme"`
	Municipality string `db:"municipality"`
}

func documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	var these, outcomes db.Where
	db.In(&these, fragCardID, ids)
	db.In(&outcomes, fragOutcomeOf, ids)
	rows, err := rowsFor[documentRow](ctx, tx, programmeText, these)
	if err != nil {
		return nil, err
	}
	texts, err := rowsFor[outcomeTextRow](ctx, tx, programmeOutcome, outcomes)
	if err != nil {
		return nil, err
	}
	held, err := rowsFor[heldRow](ctx, tx, programmePlace, outcomes)
	if err != nil {
		return nil, err
	}
	out := make([]object.Document, len(rows))
	for i, r := range rows {
		d := object.Document{ID: r.ID, Title: i18n.Text{NB: r.TitleNB, NN: r.TitleNN, EN: r.TitleEN}, Words: r.Code, Day: r.UpdatedAt.Date(),
			Text: i18n.Text{NB: r.TextNB, NN: r.TextNN, EN: r.TextEN}}
		for _, o := range texts {
			if o.Programme == r.ID {
				d.Text = i18n.Text{NB: d.Text.NB + "\n" + o.NB, NN: d.Text.NN + "\n" + o.NN, EN: d.Text.EN + "\n" + o.EN}
			}
		}
		for _, h := range held {
			if h.Programme == r.ID && h.Municipality != "" {
				d.Municipalities = append(d.Municipalities, h.Municipality)
			}
		}
		out[i] = d
	}
	return out, nil
}

func rowsFor[T any](ctx context.Context, tx *db.Tx, base db.SQL, w db.Where) ([]T, error) {
	statement, args := db.Query{Base: base, Where: w}.Build()
	rows, err := db.List[T](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("supply: documents: %w", err)
	}
	return rows, nil
}
