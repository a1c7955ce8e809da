package cost

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

const (
	allRates   db.SQL = `SELECT code, nr, amount, from_day, to_day, source, checked_on FROM cost_rate ORDER BY code, from_day, nr`
	lastNr     db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM cost_rate WHERE code = $1`
	insertRate db.SQL = `INSERT INTO cost_rate (code, nr, amount, from_day, to_day, source, checked_on, written_by, written_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
)

type rateRow struct {
	Code      Code    `db:"code"`
	Nr        int64   `db:"nr"`
	Amount    int64   `db:"amount"`
	From      db.Date `db:"from_day"`
	To        db.Date `db:"to_day"`
	Source    string  `db:"source"`
	CheckedOn db.Date `db:"checked_on"`
}

func (r rateRow) rate() Rate {
	return Rate{Code: r.Code, Nr: r.Nr, Amount: r.Amount, From: r.From, To: r.To, Source: r.Source, CheckedOn: r.CheckedOn}
}

func list(ctx context.Context, tx *db.Tx) ([]Rate, error) {
	rows, err := db.List[rateRow](ctx, tx, allRates)
	if err != nil {
		return nil, fmt.Errorf("rates of cost: %w", err)
	}
	out := make([]Rate, len(rows))
	for i, r := range rows {
		out[i] = r.rate()
	}
	return out, nil
}

func insert(ctx context.Context, tx *db.Tx, by access.Actor, at clock.Time, r Rate) error {
	if _, err := db.Exec(ctx, tx, insertRate, r.Code, r.Nr, r.Amount, r.From, r.To, r.Source, r.CheckedOn, by.Label(), at); err != nil {
		return fmt.Errorf("rate %s: %w", r.Code, err)
	}
	return nil
}
