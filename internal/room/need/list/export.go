package list

import (
	"context"
	"fmt"
	"iter"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

// Export walks through all needs of the list, page by page, with their texts
// as far as the actor may see them.
func (s *Service) Export(ctx context.Context, actor access.Actor, q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		q.After, q.Limit = "", db.MaxLimit
		for {
			var rows []Row
			var next string
			err := s.room.Read(ctx, func(tx *db.Tx) error {
				page, err := s.page(ctx, tx, actor, q)
				if err != nil {
					return err
				}
				next = page.Next
				rows, err = withTexts(ctx, tx, page.Items)
				return err
			})
			if err != nil {
				yield(Row{}, fmt.Errorf("needs: export: %w", err))
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			q.After = next
		}
	}
}

// Row is a need in an export: what a list shows, with the text and the ticked
// answers.
type Row struct {
	Item
	Text         string
	Forms        []need.Form
	Consequences []need.Consequence
	Barriers     []need.Barrier
	Concepts     []need.Concept
}

const (
	textsIn    db.SQL      = `SELECT need, text FROM need_text /*where*/`
	choicesIn  db.SQL      = `SELECT need, kind, code FROM need_choice /*where*/ ORDER BY need, kind, code`
	conceptsIn db.SQL      = `SELECT need, scheme, code, styrk08, chosen FROM need_concept /*where*/ ORDER BY need, nr`
	fragNeed   db.Fragment = "need"
)

type textRow struct {
	Need need.ID `db:"need"`
	Text string  `db:"text"`
}

type needConceptRow struct {
	Need need.ID `db:"need"`
	need.ConceptRow
}

func withTexts(ctx context.Context, tx *db.Tx, items []Item) ([]Row, error) {
	rows, at, ids := make([]Row, len(items)), map[need.ID]int{}, make([]need.ID, len(items))
	for i, it := range items {
		rows[i].Item, at[it.ID], ids[i] = it, i, it.ID
	}
	if len(ids) == 0 {
		return rows, nil
	}
	var w db.Where
	db.In(&w, fragNeed, ids)
	statement, args := db.Query{Base: textsIn, Where: w}.Build()
	texts, err := db.List[textRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		rows[at[t.Need]].Text = t.Text
	}
	statement, args = db.Query{Base: choicesIn, Where: w}.Build()
	choices, err := db.List[need.ChoiceRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	for _, c := range choices {
		var in need.Content
		in.Take(c)
		r := &rows[at[c.Need]]
		r.Forms, r.Consequences, r.Barriers = append(r.Forms, in.Forms...), append(r.Consequences, in.Consequences...), append(r.Barriers, in.Barriers...)
	}
	statement, args = db.Query{Base: conceptsIn, Where: w}.Build()
	concepts, err := db.List[needConceptRow](ctx, tx, statement, args...)
	for _, c := range concepts {
		r := &rows[at[c.Need]]
		r.Concepts = append(r.Concepts, need.Concept(c.ConceptRow))
	}
	return rows, err
}
