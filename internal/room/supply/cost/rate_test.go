package cost_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/cost"
)

func now() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func as(role access.Role) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Name: "Test", Roles: []access.Assignment{{Role: role, Org: access.NewOrgID()}}}
}

// TestHolding: of the rows of a code the one that began last decides on a day,
// and of two that began on the same day the one written last.
func TestHolding(t *testing.T) {
	day := clock.MustDate
	list := []cost.Rate{
		{Code: cost.Board, Nr: 1, Amount: 1, From: day("2025-01-01")},
		{Code: cost.Board, Nr: 3, Amount: 3, From: day("2026-01-01"), To: day("2026-06-30")},
		{Code: cost.Board, Nr: 2, Amount: 2, From: day("2026-01-01")},
		{Code: cost.Lodging, Nr: 1, Amount: 9, From: day("2026-03-01")},
	}
	for on, want := range map[string]int64{"2024-12-31": 0, "2025-01-01": 1, "2025-12-31": 1, "2026-01-01": 3, "2026-06-30": 3, "2026-07-01": 0} {
		if got := cost.Holding(list, day(on))[cost.Board].Amount; got != want {
			t.Errorf("%s: %d, want %d: a rate that has ended does not let an older one back", on, got, want)
		}
	}
	if _, ok := cost.Holding(list, day("2026-02-28"))[cost.Lodging]; ok {
		t.Error("a rate holds before its day")
	}
}

// TestFromTheStart: each rate that is there from the start has a source and a day,
// and what no source was found for is not there.
func TestFromTheStart(t *testing.T) {
	s := cost.New(dbtest.New(t), now)
	all, err := s.Rates(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var codes []cost.Code
	for _, r := range all {
		codes = append(codes, r.Code)
		if r.Source == "" || r.CheckedOn.IsZero() || r.From.IsZero() {
			t.Errorf("%+v", r)
		}
	}
	if want := []cost.Code{cost.CarKm, cost.PassengerKm, cost.RoadFactor, cost.StayFrom, cost.Workday}; !slices.Equal(codes, want) {
		t.Errorf("rates from the start: %v, want %v", codes, want)
	}
	if r := cost.Holding(all, clock.MustDate("2026-11-23"))[cost.CarKm]; r.Amount != 5_30 || r.Source == cost.Assumption {
		t.Errorf("a kilometre by car in 2026: %+v", r)
	}
	if r := cost.Holding(all, clock.MustDate("2027-01-01")); r[cost.CarKm].Amount != 0 || r[cost.RoadFactor].Source != cost.Assumption {
		t.Errorf("rates in 2027, which nobody has looked up: %+v", r)
	}
}

// TestWrite: the county adds a rate; the old one stays for the days before, what is
// wrong is said at its field, and who writes over what he has not seen is told.
func TestWrite(t *testing.T) {
	ctx, d, day := context.Background(), dbtest.New(t), clock.MustDate
	s, county := cost.New(d, now), as(access.RoleCaseOfficer)
	rate := cost.Rate{Code: cost.CarKm, Nr: 1, Amount: 5_60, From: day("2027-01-01"), Source: " Særavtalen\nfor 2027 ", CheckedOn: day("2026-11-23")}
	for _, role := range access.Roles() {
		if role != access.RoleCaseOfficer && !fault.Is(s.Write(ctx, as(role), rate), fault.Denied) {
			t.Errorf("%s may write rates", role)
		}
	}
	if err := s.Write(ctx, county, rate); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(ctx, county, rate); !fault.Is(err, fault.Stale) {
		t.Errorf("written from what stood before: %v", err)
	}
	all, err := s.Rates(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if r := cost.Holding(all, day("2026-12-31"))[cost.CarKm]; r.Amount != 5_30 {
		t.Errorf("the day before: %+v", r)
	}
	if r := cost.Holding(all, day("2027-01-01"))[cost.CarKm]; r.Amount != 5_60 || r.Nr != 2 || r.Source != "Særavtalen for 2027" {
		t.Errorf("from its day: %+v", r)
	}
	unknown := rate
	unknown.Code = "bicycle_km"
	if err := s.Write(ctx, county, unknown); !fault.Is(err, fault.NotFound) {
		t.Errorf("a code that is none: %v", err)
	}
	err = s.Write(ctx, county, cost.Rate{Code: cost.RoadFactor, Nr: 1, Amount: 99, To: day("2026-01-01"), CheckedOn: day("2026-11-24")})
	f, _ := fault.As(err)
	var wrong []string
	for _, x := range f.Fields {
		wrong = append(wrong, x.Name)
	}
	if want := []string{"amount", "from", "source", "checked_on"}; !slices.Equal(wrong, want) {
		t.Errorf("wrong: %v, want %v", wrong, want)
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		_, n, err := audit.List(ctx, tx, as(access.RoleSysadmin), audit.Filter{Subject: audit.Subject{Kind: "cost_rate", ID: "car_km"}})
		if n != 1 {
			t.Errorf("%d entries in the log", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
