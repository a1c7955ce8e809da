package support_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/support"
)

func fixed() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

var officer = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleCaseOfficer}}}

func open(t *testing.T) *support.Service {
	t.Helper()
	s := support.New(dbtest.New(t), fixed)
	if err := s.LoadStarter(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStarterIsCompleteAndLoadedOnce(t *testing.T) {
	s := open(t)
	if err := s.LoadStarter(t.Context()); err != nil {
		t.Fatal(err)
	}
	measures, err := s.List(t.Context(), support.Filter{Kind: support.Measure})
	if err != nil || len(measures) != 25 {
		t.Errorf("%d measures, want 25 (%v)", len(measures), err)
	}
	all, err := s.List(t.Context(), support.Filter{})
	if err != nil || len(all) != 33 {
		t.Errorf("%d cards, want 33 (%v)", len(all), err)
	}
	for _, c := range all {
		if c.Title.NB == "" || c.Title.NN == "" || c.Title.EN == "" || c.What.NN == "" || c.What.EN == "" {
			t.Errorf("%s lacks a language", c.Code)
		}
		if (c.Amount == 0) != (c.AmountYear == 0) {
			t.Errorf("%s: amount %v of year %d", c.Code, c.Amount, c.AmountYear)
		}
		if c.IsStale(clock.Today(fixed())) {
			t.Errorf("%s is stale from the start", c.Code)
		}
	}
}

func TestListFindsByEverydayWords(t *testing.T) {
	hits, err := open(t).List(t.Context(), support.Filter{Text: "VERTSKAP"})
	if err != nil || len(hits) == 0 || !slices.ContainsFunc(hits, func(c support.Card) bool { return strings.Contains(c.Title.NB, "ertskap") }) {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	if none, err := open(t).List(t.Context(), support.Filter{Text: "100%_"}); err != nil || len(none) != 0 {
		t.Errorf("wildcards are not literal: %d hits, %v", len(none), err)
	}
}

func TestEditNeedsTheRoleAndTheNewestVersion(t *testing.T) {
	s := open(t)
	all, err := s.List(t.Context(), support.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	c := all[0]
	c.What.NB = "Ny tekst med æøå"
	for name, actor := range map[string]access.Actor{
		"visitor":  {},
		"provider": {Account: "x", Roles: []access.Assignment{{Role: access.RoleProviderUser}}},
		"sysadmin": {Account: "x", Roles: []access.Assignment{{Role: access.RoleSysadmin}}},
	} {
		if err := s.Edit(t.Context(), actor, c); !fault.Is(err, fault.Denied) {
			t.Errorf("%s edits: %v", name, err)
		}
	}
	if err := s.Edit(t.Context(), officer, c); err != nil {
		t.Fatal(err)
	}
	if err := s.Edit(t.Context(), officer, c); !fault.Is(err, fault.Stale) {
		t.Errorf("second save of the same version: %v, want stale", err)
	}
	got, err := s.Get(t.Context(), c.ID)
	if err != nil || got.What.NB != c.What.NB || got.Version != c.Version+1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCheckNamesEveryWrongField(t *testing.T) {
	s := open(t)
	bad := support.Card{Kind: "gift", TargetGroup: "alle", Amount: -1, AmountYear: 1492, LastChecked: clock.Today(fixed()).AddDays(1)}
	bad.Title.NB = strings.Repeat("x", 121)
	bad.What.EN = strings.Repeat("x", 100_000)
	_, err := s.Create(t.Context(), officer, bad)
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		t.Fatalf("err = %v", err)
	}
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Name)
	}
	for _, want := range []string{"kind", "target_group", "title_nb", "for_whom_nb", "what_nb", "what_en", "owner_nb", "amount", "amount_year", "source", "last_checked"} {
		if !slices.Contains(names, want) {
			t.Errorf("no fault at %s; got %v", want, names)
		}
	}
	noYear := support.Card{Kind: support.Scheme, TargetGroup: "generelt", Source: "Test", Amount: 100, LastChecked: clock.Today(fixed())}
	noYear.Title.NB, noYear.ForWhom.NB, noYear.What.NB, noYear.Owner.NB = "a", "b", "c", "d"
	if _, err := s.Create(t.Context(), officer, noYear); !fault.Is(err, fault.Invalid) {
		t.Errorf("an amount without a year: %v", err)
	}
	noYear.AmountYear = 2026
	created, err := s.Create(t.Context(), officer, noYear)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context(), created); err != nil || got.Code == "" {
		t.Errorf("created: %+v, %v", got, err)
	}
}
