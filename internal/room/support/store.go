package support

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

const (
	insertCard db.SQL = `INSERT INTO support_card (id, code, kind, target_group, texts, source, source_year, amount, amount_year,
		last_checked, topics, styrk08, words, folded, sort_key, archived, draft, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`
	updateCard db.SQL = `UPDATE support_card SET kind = $1, target_group = $2, texts = $3, source = $4, source_year = $5, amount = $6,
		amount_year = $7, last_checked = $8, topics = $9, styrk08 = $10, words = $11, folded = $12, sort_key = $13, archived = $14,
		version = version + 1 WHERE id = $15 AND version = $16`
	getCard db.SQL = `SELECT id, code, kind, target_group, texts, source, source_year, amount, amount_year, last_checked, topics,
		styrk08, words, archived, draft, version FROM support_card WHERE id = $1`
	listCards db.SQL = `SELECT id, code, kind, target_group, texts, source, source_year, amount, amount_year, last_checked, topics,
		styrk08, words, archived, draft, version FROM support_card /*where*/ ORDER BY sort_key, id`
	countCards db.SQL = `SELECT COUNT(*) FROM support_card`
	maxCode    db.SQL = `SELECT COUNT(*) FROM support_card WHERE kind = $1`
	sumVersion db.SQL = `SELECT COALESCE(SUM(version), 0) FROM support_card`

	standIn   db.SQL = `UPDATE support_card SET archived = $1, draft = $2, version = version + 1 WHERE id = $3`
	checkedOn db.SQL = `UPDATE support_card SET last_checked = $1, version = version + 1 WHERE id = $2`

	fragLiving db.Fragment = "NOT archived"
	fragOpen   db.Fragment = "NOT draft"
	fragKind   db.Fragment = "kind"
	fragGroup  db.Fragment = "target_group"
	fragFolded db.Fragment = "folded"
)

type cardRow struct {
	ID          ID          `db:"id"`
	Code        string      `db:"code"`
	Kind        Kind        `db:"kind"`
	TargetGroup TargetGroup `db:"target_group"`
	Texts       string      `db:"texts"`
	Source      string      `db:"source"`
	SourceYear  int64       `db:"source_year"`
	Amount      money.NOK   `db:"amount"`
	AmountYear  int64       `db:"amount_year"`
	LastChecked db.Date     `db:"last_checked"`
	Topics      string      `db:"topics"`
	STYRK08     string      `db:"styrk08"`
	Words       string      `db:"words"`
	Archived    bool        `db:"archived"`
	Draft       bool        `db:"draft"`
	Version     int64       `db:"version"`
}

func (r cardRow) card() (Card, error) {
	c := Card{ID: r.ID, Code: r.Code, Kind: r.Kind, TargetGroup: r.TargetGroup, Source: r.Source, SourceYear: int(r.SourceYear),
		Amount: r.Amount, AmountYear: int(r.AmountYear), LastChecked: r.LastChecked, Topics: split(r.Topics), STYRK08: split(r.STYRK08),
		Words: split(r.Words), Archived: r.Archived, Draft: r.Draft, Version: r.Version}
	if err := json.Unmarshal([]byte(r.Texts), &c.Texts); err != nil {
		return Card{}, fmt.Errorf("card %s: texts: %w", r.ID, err)
	}
	return c, nil
}

// A list of codes or phrases is stored as lines.
func join(list []string) string { return strings.Join(list, "\n") }

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// values are the columns that insert and update share, in their order.
func (c Card) values() ([]any, error) {
	texts, err := json.Marshal(c.Texts)
	if err != nil {
		return nil, fmt.Errorf("card %s: texts: %w", c.Code, err)
	}
	var all []string
	for _, t := range []struct{ NB, NN, EN string }{
		{c.Title.NB, c.Title.NN, c.Title.EN}, {c.What.NB, c.What.NN, c.What.EN}, {c.ForWhom.NB, c.ForWhom.NN, c.ForWhom.EN},
	} {
		all = append(all, t.NB, t.NN, t.EN)
	}
	folded := text.Fold(strings.Join(append(all, c.Words...), " "))
	return []any{c.Kind, c.TargetGroup, string(texts), c.Source, c.SourceYear, c.Amount, c.AmountYear, c.LastChecked,
		join(c.Topics), join(c.STYRK08), join(c.Words), folded, text.SortKey(c.Title.String()), c.Archived}, nil
}

func insert(ctx context.Context, tx *db.Tx, c Card) error {
	values, err := c.values()
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, insertCard, slices.Concat([]any{c.ID, c.Code}, values, []any{c.Draft})...); err != nil {
		return fmt.Errorf("card %s: insert: %w", c.Code, err)
	}
	return nil
}

func get(ctx context.Context, tx *db.Tx, card ID) (Card, error) {
	row, err := db.Get[cardRow](ctx, tx, getCard, card)
	if err != nil {
		return Card{}, fmt.Errorf("card %s: %w", card, err)
	}
	return row.card()
}

func list(ctx context.Context, tx *db.Tx, where db.Where) ([]Card, error) {
	statement, args := db.Query{Base: listCards, Where: where}.Build()
	rows, err := db.List[cardRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("cards: %w", err)
	}
	out := make([]Card, len(rows))
	for i, r := range rows {
		if out[i], err = r.card(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
