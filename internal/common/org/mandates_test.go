package org_test

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// pair is a hub, a company and a person at each.
type pair struct {
	register
	hub, firm        org.Organisation
	adviser, manager access.Actor
}

func openPair(t *testing.T) pair {
	t.Helper()
	r := open(t)
	p := pair{register: r,
		hub:  r.add(org.Registration{Kind: org.BusinessHub, Name: "Næringshagen", Municipality: "5021"}),
		firm: r.add(company("Eksempel Sag AS", "5022"))}
	p.adviser, p.manager = as(access.RoleIntermediary, p.hub.ID), as(access.RoleOrgMember, p.firm.ID)
	return p
}

func (p pair) holds(on clock.Date) bool {
	p.t.Helper()
	var held bool
	err := p.db.Read(p.t.Context(), func(tx *db.Tx) error {
		var err error
		held, err = org.HasMandate(p.t.Context(), tx, p.hub.ID, p.firm.ID, on)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return held
}

// TestAMandateHoldsFromADayToADay is PLT-2.
func TestAMandateHoldsFromADayToADay(t *testing.T) {
	p := openPair(t)
	if p.holds(day("2026-11-21")) {
		t.Fatal("a mandate from nowhere")
	}
	m, err := p.GiveMandate(t.Context(), p.adviser, org.NewMandate{Intermediary: p.hub.ID, Principal: p.firm.ID,
		Ground: "avtalt i besøk 20.11.", From: day("2026-11-20"), To: day("2027-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]bool{"2026-11-19": false, "2026-11-20": true, "2027-06-30": true, "2027-07-01": false} {
		if got := p.holds(day(on)); got != want {
			t.Errorf("on %s it holds: %v", on, got)
		}
	}
	stored, err := p.Mandate(t.Context(), p.manager, m)
	if err != nil || stored.Intermediary != p.hub.ID || stored.Principal != p.firm.ID || stored.Ground != "avtalt i besøk 20.11." {
		t.Errorf("the record: %+v, %v", stored, err)
	}
	if err := p.EndMandate(t.Context(), p.manager, m, stored.Version, day("2026-12-01")); err != nil {
		t.Fatal(err)
	}
	if !p.holds(day("2026-12-01")) || p.holds(day("2026-12-02")) {
		t.Error("the end did not take")
	}
	for name, c := range map[string]struct {
		version int64
		last    string
		kind    fault.Kind
	}{
		"stale":        {stored.Version, "2026-11-30", fault.Stale},
		"longer":       {stored.Version + 1, "2026-12-02", fault.Invalid},
		"before start": {stored.Version + 1, "2026-11-18", fault.Invalid},
	} {
		if err := p.EndMandate(t.Context(), p.adviser, m, c.version, day(c.last)); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.EndMandate(t.Context(), p.adviser, m, stored.Version+1, day("2026-11-19")); err != nil || p.holds(day("2026-11-20")) {
		t.Errorf("undoing it: %v", err)
	}
}

func TestWhoMayGiveAndEndMandates(t *testing.T) {
	p := openPair(t)
	in := org.NewMandate{Intermediary: p.hub.ID, Principal: p.firm.ID, Ground: "avtale"}
	for name, actor := range map[string]access.Actor{
		"visitor": {}, "adviser elsewhere": as(access.RoleIntermediary, p.firm.ID), "member of the hub": as(access.RoleOrgMember, p.hub.ID),
		"provider": as(access.RoleProviderUser, p.firm.ID), "sysadmin": as(access.RoleSysadmin, ""),
	} {
		if _, err := p.GiveMandate(t.Context(), actor, in); !fault.Is(err, fault.Denied) {
			t.Errorf("%s records a mandate: %v", name, err)
		}
	}
	m, err := p.GiveMandate(t.Context(), p.manager, in)
	if err != nil {
		t.Fatalf("the company gives it itself: %v", err)
	}
	for name, actor := range map[string]access.Actor{"visitor": {}, "another company": as(access.RoleOrgMember, p.hub.ID), "another hub": as(access.RoleIntermediary, p.firm.ID)} {
		if err := p.EndMandate(t.Context(), actor, m, 1, day("2026-11-21")); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s ends it: %v, want not found", name, err)
		}
	}
	for name, actor := range map[string]access.Actor{"adviser": p.adviser, "manager": p.manager, "sysadmin": as(access.RoleSysadmin, "")} {
		if list, err := p.Mandates(t.Context(), actor, p.firm.ID); err != nil || len(list) != 1 || list[0].IntermediaryName != "Næringshagen" || list[0].PrincipalName != "Eksempel Sag AS" {
			t.Errorf("%s sees %v, %v", name, list, err)
		}
		if list, err := p.Mandates(t.Context(), actor, p.hub.ID); err != nil || len(list) != 1 {
			t.Errorf("%s sees at the hub %v, %v", name, list, err)
		}
	}
	for name, actor := range map[string]access.Actor{"visitor": {}, "another adviser": as(access.RoleIntermediary, access.NewOrgID()), "provider": as(access.RoleProviderUser, p.firm.ID)} {
		if list, err := p.Mandates(t.Context(), actor, p.firm.ID); err != nil || len(list) != 0 {
			t.Errorf("%s sees %v, %v", name, list, err)
		}
	}
}

func TestGiveMandateRefuses(t *testing.T) {
	p := openPair(t)
	good := org.NewMandate{Intermediary: p.hub.ID, Principal: p.firm.ID, Ground: "avtale", From: day("2026-11-21")}
	provider := p.add(org.Registration{Kind: org.Fagskole, Name: "Fagskolen", Municipality: "5006"})
	for name, c := range map[string]struct {
		actor  access.Actor
		change func(*org.NewMandate)
		want   []string
	}{
		"no ground":               {p.adviser, func(in *org.NewMandate) { in.Ground = " " }, []string{"mandate_ground"}},
		"long ground":             {p.adviser, func(in *org.NewMandate) { in.Ground = strings.Repeat("a", org.MaxGround+1) }, []string{"mandate_ground"}},
		"ends before it begins":   {p.adviser, func(in *org.NewMandate) { in.To = day("2026-11-20") }, []string{"to"}},
		"no company":              {p.adviser, func(in *org.NewMandate) { in.Principal = "" }, []string{"organisation"}},
		"unknown company":         {p.adviser, func(in *org.NewMandate) { in.Principal = access.NewOrgID() }, []string{"organisation"}},
		"itself":                  {p.adviser, func(in *org.NewMandate) { in.Principal = p.hub.ID }, []string{"organisation"}},
		"no intermediary":         {p.manager, func(in *org.NewMandate) { in.Intermediary = "" }, []string{"intermediary"}},
		"to a kind that does not": {p.manager, func(in *org.NewMandate) { in.Intermediary = provider.ID }, []string{"intermediary"}},
	} {
		in := good
		c.change(&in)
		if _, err := p.GiveMandate(t.Context(), c.actor, in); !slices.Equal(fields(err), c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := p.GiveMandate(t.Context(), p.adviser, good); err != nil {
		t.Fatal(err)
	}
	if _, err := p.GiveMandate(t.Context(), p.manager, good); !slices.Equal(fields(err), []string{"from"}) {
		t.Errorf("a second one the same day: %v", err)
	}
}
