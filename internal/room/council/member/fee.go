package member

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/duty"
)

// FeeID names the fee of a year, DepositID a deposit.
type (
	FeeID     = id.Of[Fee]
	DepositID = id.Of[Deposit]
)

// ParseFeeID reads the id of a fee from outside.
func ParseFeeID(s string) (FeeID, error) { return id.Parse[Fee](s) }

// Fee is what each member pays for a year.
type Fee struct {
	ID        FeeID
	Body      council.BodyID
	Year      int
	Amount    money.NOK
	DecidedBy string
	DecidedOn clock.Date
	Version   int64
}

func (r feeRow) fee() Fee {
	return Fee{ID: r.ID, Body: r.Body, Year: r.Year, Amount: money.NOK(r.Amount), DecidedBy: r.DecidedBy, DecidedOn: r.DecidedOn, Version: r.Version}
}

// The bounds of a year and of an amount.
const (
	firstYear, lastYear = 2000, 2100

	most = 100_000_000 * money.Krone
)

func (f Fee) tidied(today clock.Date) (Fee, error) {
	var fs fault.Fields
	f.DecidedBy = text.CleanLine(f.DecidedBy)
	if f.Year < firstYear || f.Year > lastYear {
		fs.Add("year", "form.error.range", "min", firstYear, "max", lastYear)
	}
	positive(&fs, f.Amount)
	fs.Text("decided_by", f.DecidedBy, council.MaxLine, true)
	council.Past(&fs, "decided_on", f.DecidedOn, today)
	return f, fs.Err()
}

func positive(fs *fault.Fields, amount money.NOK) {
	if amount <= 0 || amount > most {
		fs.Add("amount", "council.error.amount")
	}
}

// Line is a line of the invoice basis.
type Line struct {
	Org    access.OrgID
	Name   string
	Amount money.NOK
}

// Invoice is the invoice basis of a fee: a line for each member on the first day of
// the year, and the sum.
func (f Fee) Invoice(b council.Body) (lines []Line, sum money.NOK) {
	for _, m := range b.MembersOn(firstDay(f.Year)) {
		lines, sum = append(lines, Line{Org: m.Org, Name: m.Name, Amount: f.Amount}), sum+f.Amount
	}
	return lines, sum
}

// firstDay is the first of January; of a year that has none here, no day.
func firstDay(year int) clock.Date {
	d, err := clock.NewDate(year, 1, 1)
	if err != nil {
		return clock.Date{}
	}
	return d
}

// FixFee records the fee that the council has fixed for a year. A year that has one is
// refused: it is fixed once, and a new decision changes it with ChangeFee.
func (s *Service) FixFee(ctx context.Context, actor access.Actor, f Fee) (FeeID, error) {
	f, err := f.tidied(s.Clock.Today())
	if err != nil {
		return "", err
	}
	f.ID = id.New[Fee]()
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		body, err := council.Keeping(ctx, tx, s.Bodies, actor, f.Body, s.Clock.Today())
		if err != nil {
			return err
		}
		if !body.Terms.EqualFee {
			return fault.New(fault.Conflict, "council.error.no_fee")
		}
		if _, err := db.Exec(ctx, tx, insertFee, f.ID, f.Body, f.Year, int64(f.Amount), f.DecidedBy, f.DecidedOn, actor.Label(), s.Clock.Now()); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.InvalidField("year", "council.error.fee_fixed", "year", f.Year)
			}
			return fmt.Errorf("council %s: fee: %w", f.Body, err)
		}
		if err := duty.Finish(ctx, tx, actor, s.Clock.Now(), f.Body, duty.Fee, f.Year); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionFee, council.Subject(f.Body), audit.Field("year", "", f.Year), audit.Field("amount", "", int64(f.Amount)),
			audit.Field("decided_by", "", f.DecidedBy))
		return nil
	})
	return f.ID, err
}

// ChangeFee records that a new decision of the council has changed the fee of a year.
// f.Version is the one that was seen.
func (s *Service) ChangeFee(ctx context.Context, actor access.Actor, f Fee) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[feeRow](ctx, tx, getFee, f.ID)
		if err != nil {
			return fmt.Errorf("fee %s: %w", f.ID, err)
		}
		old := row.fee()
		if _, err := council.Keeping(ctx, tx, s.Bodies, actor, old.Body, s.Clock.Today()); err != nil {
			return err
		}
		f.Year = old.Year
		is, err := f.tidied(s.Clock.Today())
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateFee, int64(is.Amount), is.DecidedBy, is.DecidedOn, actor.Label(), s.Clock.Now(), f.ID, f.Version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionFee, council.Subject(old.Body), audit.Field("year", old.Year, old.Year), audit.Field("amount", int64(old.Amount), int64(is.Amount)),
			audit.Field("decided_by", old.DecidedBy, is.DecidedBy))
		return nil
	})
}

// Deposit is what a member pays into a project by its own decision, Case in its own
// council.
type Deposit struct {
	ID        DepositID
	Body      council.BodyID
	Org       access.OrgID
	Name      string
	Year      int
	Project   string
	Amount    money.NOK
	Case      string
	DecidedOn clock.Date
}

func (r depositRow) deposit(name string) Deposit {
	return Deposit{ID: r.ID, Body: r.Body, Org: r.Org, Name: name, Year: r.Year, Project: r.Project, Amount: money.NOK(r.Amount), Case: r.Case, DecidedOn: r.DecidedOn}
}

func (d Deposit) tidied(today clock.Date) (Deposit, error) {
	var fs fault.Fields
	d.Project, d.Case = text.CleanLine(d.Project), text.CleanLine(d.Case)
	if d.Org == "" {
		fs.Add("org", "form.error.required")
	}
	if d.Year < firstYear || d.Year > lastYear {
		fs.Add("year", "form.error.range", "min", firstYear, "max", lastYear)
	}
	fs.Text("project", d.Project, council.MaxLine, true)
	positive(&fs, d.Amount)
	council.CaseNumber(&fs, "case", d.Case)
	council.Past(&fs, "decided_on", d.DecidedOn, today)
	return d, fs.Err()
}

// AddDeposit records a deposit. Without the number of the case in which the member's
// own council decided it, it is refused: the council cannot bind its members.
func (s *Service) AddDeposit(ctx context.Context, actor access.Actor, d Deposit) (DepositID, error) {
	d, err := d.tidied(s.Clock.Today())
	if err != nil {
		return "", err
	}
	d.ID = id.New[Deposit]()
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		body, is, err := council.Seen(ctx, tx, s.Bodies, actor, d.Body, s.Clock.Today())
		switch {
		case err != nil:
			return err
		case !is.Speaks(d.Org):
			return council.Denied()
		case !body.Terms.Voluntary:
			return fault.New(fault.Conflict, "council.error.no_deposit")
		}
		if m, ok := body.Member(d.Org); !ok || !m.IsOn(d.DecidedOn) {
			return fault.InvalidField("org", "council.error.no_member")
		}
		if _, err := db.Exec(ctx, tx, insertDeposit, d.ID, d.Body, d.Org, d.Year, d.Project, int64(d.Amount), d.Case, d.DecidedOn, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("council %s: deposit: %w", d.Body, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDeposit, council.Subject(d.Body), audit.Field("organisation", "", string(d.Org)), audit.Field("project", "", d.Project),
			audit.Field("amount", "", int64(d.Amount)), audit.Field("case", "", d.Case))
		return nil
	})
	return d.ID, err
}
