package member

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/council"
)

// The actions of the audit log.
const (
	ActionFee      audit.Action = "council.fee"
	ActionDeposit  audit.Action = "council.deposit"
	ActionWithdraw audit.Action = "council.withdraw"
)

// Service is the use cases of membership.
type Service struct{ council.Deps }

// New makes the room.
func New(d council.Deps) *Service { return &Service{Deps: d} }

// Account is what a council and its members owe one another, with what the reader is
// in it: fees newest first, deposits and withdrawals newest first.
type Account struct {
	Body        council.Body
	Is          council.Standing
	Fees        []Fee
	Deposits    []Deposit
	Withdrawals []Withdrawal
}

// Fee is the fee of the year, if it is fixed.
func (a Account) Fee(year int) (Fee, bool) {
	for _, f := range a.Fees {
		if f.Year == year {
			return f, true
		}
	}
	return Fee{}, false
}

// DepositsIn are the deposits of the year.
func (a Account) DepositsIn(year int) []Deposit {
	var out []Deposit
	for _, d := range a.Deposits {
		if d.Year == year {
			out = append(out, d)
		}
	}
	return out
}

// Account is open to all.
func (s *Service) Account(ctx context.Context, actor access.Actor, b council.BodyID) (Account, error) {
	var out Account
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		today := s.Clock.Today()
		if out.Body, out.Is, err = council.Seen(ctx, tx, s.Bodies, actor, b, today); err != nil {
			return err
		}
		if out.Fees, err = fees(ctx, tx, b); err != nil {
			return err
		}
		if out.Deposits, err = deposits(ctx, tx, b, today); err != nil {
			return err
		}
		out.Withdrawals, err = withdrawals(ctx, tx, b, today)
		return err
	})
	return out, err
}

const (
	insertFee db.SQL = `INSERT INTO council_fee (id, body, year, amount, decided_by, decided_on, recorded_by, recorded_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	updateFee db.SQL = `UPDATE council_fee SET amount = $1, decided_by = $2, decided_on = $3, recorded_by = $4, recorded_at = $5, version = version + 1 WHERE id = $6 AND version = $7`
	feesOf    db.SQL = `SELECT id, body, year, amount, decided_by, decided_on, version FROM council_fee WHERE body = $1 ORDER BY year DESC, id`
	getFee    db.SQL = `SELECT id, body, year, amount, decided_by, decided_on, version FROM council_fee WHERE id = $1`

	insertDeposit db.SQL = `INSERT INTO council_deposit (id, body, org, year, project, amount, case_number, decided_on, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	depositsOf db.SQL = `SELECT id, body, org, year, project, amount, case_number, decided_on FROM council_deposit WHERE body = $1 ORDER BY year DESC, id DESC`

	insertWithdrawal db.SQL = `INSERT INTO council_withdrawal (id, body, org, notice, case_number, decided_on, effect, last_fee, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	withdrawalsOf db.SQL = `SELECT id, body, org, notice, case_number, decided_on, effect, last_fee FROM council_withdrawal WHERE body = $1 ORDER BY notice DESC, id DESC`
)

type feeRow struct {
	ID        FeeID          `db:"id"`
	Body      council.BodyID `db:"body"`
	Year      int            `db:"year"`
	Amount    int64          `db:"amount"`
	DecidedBy string         `db:"decided_by"`
	DecidedOn db.Date        `db:"decided_on"`
	Version   int64          `db:"version"`
}

type depositRow struct {
	ID        DepositID      `db:"id"`
	Body      council.BodyID `db:"body"`
	Org       access.OrgID   `db:"org"`
	Year      int            `db:"year"`
	Project   string         `db:"project"`
	Amount    int64          `db:"amount"`
	Case      string         `db:"case_number"`
	DecidedOn db.Date        `db:"decided_on"`
}

type withdrawalRow struct {
	ID        WithdrawalID   `db:"id"`
	Body      council.BodyID `db:"body"`
	Org       access.OrgID   `db:"org"`
	Notice    db.Date        `db:"notice"`
	Case      string         `db:"case_number"`
	DecidedOn db.Date        `db:"decided_on"`
	Effect    db.Date        `db:"effect"`
	LastFee   int            `db:"last_fee"`
}

func fees(ctx context.Context, tx *db.Tx, b council.BodyID) ([]Fee, error) {
	rows, err := db.List[feeRow](ctx, tx, feesOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: fees: %w", b, err)
	}
	out := make([]Fee, len(rows))
	for i, r := range rows {
		out[i] = r.fee()
	}
	return out, nil
}

func deposits(ctx context.Context, tx *db.Tx, b council.BodyID, today clock.Date) ([]Deposit, error) {
	rows, err := db.List[depositRow](ctx, tx, depositsOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: deposits: %w", b, err)
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return nil, err
	}
	out := make([]Deposit, len(rows))
	for i, r := range rows {
		out[i] = r.deposit(names[r.Org])
	}
	return out, nil
}

func withdrawals(ctx context.Context, tx *db.Tx, b council.BodyID, today clock.Date) ([]Withdrawal, error) {
	rows, err := db.List[withdrawalRow](ctx, tx, withdrawalsOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: withdrawals: %w", b, err)
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return nil, err
	}
	out := make([]Withdrawal, len(rows))
	for i, r := range rows {
		out[i] = Withdrawal{ID: r.ID, Body: r.Body, Org: r.Org, Name: names[r.Org], Notice: r.Notice, Case: r.Case, DecidedOn: r.DecidedOn, Effect: r.Effect, LastFee: r.LastFee}
	}
	return out, nil
}
