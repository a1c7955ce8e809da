package financing

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
)

// Plan is costs, those who pay, and what is required of it. It is stored as JSON.
type Plan struct {
	Costs   []Cost      `json:"costs"`
	Sources []Source    `json:"sources"`
	Require Requirement `json:"require"`
	Proviso Proviso     `json:"proviso,omitzero"`
}

// Cost is one line of the budget.
type Cost struct {
	Name   string    `json:"name"`
	Amount money.NOK `json:"amount"`
}

// Source is one who pays, or who works. Hours and Rate may be given for own work; then
// their product should be the amount.
type Source struct {
	Name   string    `json:"name"`
	Kind   Kind      `json:"kind"`
	Amount money.NOK `json:"amount"`
	Hours  int64     `json:"hours,omitempty"`
	Rate   money.NOK `json:"rate,omitempty"` // for an hour
}

// Kind is the kind of a source.
type Kind string

// The kinds of source. Cash and InKind are the own share.
const (
	Grant       Kind = "grant"
	Cash        Kind = "own_cash"
	InKind      Kind = "own_work"
	OtherPublic Kind = "other_public"
	Private     Kind = "private"
)

// Kinds lists the kinds of source in the order of forms.
func Kinds() []Kind { return []Kind{Grant, Cash, InKind, OtherPublic, Private} }

// Name is the key of the kind's name.
func (k Kind) Name() i18n.Key { return i18n.Key("financing.kind." + string(k)) }

// Share is a part in hundredths of a per cent: 3000 is 30 %.
type Share int64

// Percent writes the share with one decimal in the printer's language: "25,0 %".
func (s Share) Percent(p i18n.Printer) string {
	// Rounded half up to a tenth of a per cent, in whole numbers.
	tenths := (int64(s) + 5) / 10
	return p.Decimal(float64(tenths)/10, 1) + "\u00a0%"
}

// Requirement is what a scheme asks of the own share. The zero value asks nothing.
type Requirement struct {
	Own     Share `json:"own,omitempty"`
	Base    Base  `json:"base,omitempty"`
	NoWork  bool  `json:"no_work,omitempty"`  // own work does not count
	RoundUp bool  `json:"round_up,omitempty"` // to a whole krone, instead of the nearest
	// Programme says that the share is asked of the programme as a whole: a project
	// below it is a remark and not a fault.
	Programme bool   `json:"programme,omitempty"`
	Source    string `json:"source,omitempty"` // where it is asked: the call's own words
}

// Base is what the own share is counted of.
type Base string

// The own share as a part of the total cost, or relative to the grant.
const (
	OfTotal Base = "total"
	OfGrant Base = "grant"
)

// Limits of a plan. The largest amount times a share stays far inside an int64.
const (
	maxLines  = 200
	maxName   = 400 // letters
	maxAmount = 1_000_000_000 * money.Krone
	whole     = Share(10_000)
)

// Check refuses a plan that cannot be counted: an Invalid fault with a field for each
// line, "costs.0.amount" and the like. A plan that does not add up is not refused; the
// Result says so.
func (p Plan) Check() error {
	var f fault.Fields
	if len(p.Costs) > maxLines || len(p.Sources) > maxLines {
		f.Add("costs", "financing.error.many", "n", maxLines)
		return f.Err()
	}
	for i, c := range p.Costs {
		at := "costs." + strconv.Itoa(i) + "."
		line(&f, at, c.Name, c.Amount)
	}
	for i, s := range p.Sources {
		at := "sources." + strconv.Itoa(i) + "."
		line(&f, at, s.Name, s.Amount)
		if !slices.Contains(Kinds(), s.Kind) {
			f.Add(at+"kind", "financing.error.kind")
		}
		if s.Hours < 0 || s.Hours > 1_000_000 || s.Rate < 0 || s.Rate > money.Kroner(100_000) {
			f.Add(at+"hours", "financing.error.hours")
		}
	}
	if p.Require.Own < 0 || p.Require.Own >= whole {
		f.Add("own", "financing.error.share")
	}
	if p.Require.Own > 0 && p.Require.Base != OfTotal && p.Require.Base != OfGrant {
		f.Add("base", "financing.error.base")
	}
	for at, s := range map[string]string{"source": p.Require.Source, "proviso.what": p.Proviso.What, "proviso.body": p.Proviso.Body} {
		if utf8.RuneCountInString(s) > maxName {
			f.Add(at, "form.error.too_long", "max", maxName)
		}
	}
	return f.Err()
}

func line(f *fault.Fields, at, name string, amount money.NOK) {
	if name == "" || utf8.RuneCountInString(name) > maxName {
		f.Add(at+"name", "financing.error.name")
	}
	if amount < 0 || amount > maxAmount {
		f.Add(at+"amount", "financing.error.amount")
	}
}
