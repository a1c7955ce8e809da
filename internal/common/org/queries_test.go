package org_test

import (
	"fmt"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
)

// TestSpellingsAreOneOrganisation is ORG-7: the variants of the sources.
func TestSpellingsAreOneOrganisation(t *testing.T) {
	r := open(t)
	ids := map[string]org.ID{}
	for key, in := range map[string]org.Registration{
		"trfk":    {Kind: org.County, Municipality: "5006", Aliases: []string{"TRFK", "fylket"}, Name: "Trøndelag fylkeskommune", Short: "TRFK"},
		"thyf":    {Kind: org.Fagskole, Municipality: "5006", Name: "Trøndelag høyere yrkesfagskole", Short: "THYF", Aliases: []string{"THYFS", "fagskolen"}},
		"nit":     {Kind: org.Association, Municipality: "5027", Name: "Næringsforeningen i Trondheimsregionen", Short: "NiT"},
		"rn":      {Kind: org.BusinessHub, Municipality: "5025", Name: "Rørosregionen Næringshage AS", Short: "RN"},
		"nn":      {Kind: org.BusinessHub, Municipality: "5021", Name: "Nasjonalparken Næringshage AS", Short: "NN"},
		"gauldal": {Kind: org.Municipality, Municipality: "5027", Name: "Midtre Gauldal kommune"},
		"kysten":  {Kind: org.Partnership, Municipality: "5014", Name: "Kysten er klar"},
	} {
		ids[key] = r.add(in).ID
	}
	for written, key := range map[string]string{
		"Midtre-Gauldal kommune": "gauldal", "midtre gauldal kommune": "gauldal", "Kysten er Klar": "kysten", "THYFS": "thyf",
		"NiT": "nit", "nit": "nit", "RN": "rn", "NN": "nn", "TRFK": "trfk", " Rørosregionen Næringshage ": "rn",
		"Rørosregionen næringshage AS": "rn", "fylket": "trfk",
	} {
		if got, err := r.Find(t.Context(), written); err != nil || got != ids[key] {
			t.Errorf("%q resolves to %q, %v; want %s", written, got, err, key)
		}
		list, total, err := r.List(t.Context(), org.Filter{Text: written})
		if err != nil || total == 0 || !slices.ContainsFunc(list.Items, func(e org.Entry) bool { return e.ID == ids[key] }) {
			t.Errorf("search for %q finds %v, %v", written, list.Items, err)
		}
	}
	for _, nothing := range []string{"", "  ", "-", "Ukjent AS", "%", "_"} {
		if got, err := r.Find(t.Context(), nothing); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q resolves to %q, %v", nothing, got, err)
		}
	}
	r.add(org.Registration{Kind: org.Company, Municipality: "5028", Name: "Nye Noter", Short: "NN"})
	if _, err := r.Find(t.Context(), "NN"); !fault.Is(err, fault.Conflict) {
		t.Errorf("two called NN: %v, want conflict", err)
	}
}

// TestPlacesFarAway is ORG-6: in another county, and in municipalities that
// are no more.
func TestPlacesFarAway(t *testing.T) {
	r := open(t)
	for name, municipality := range map[string]string{"Leksvik Eksempel": "1718", "Os Eksempel": "0441", "Tynset Eksempel": "3427"} {
		o := r.add(company(name, municipality))
		list, total, err := r.List(t.Context(), org.Filter{Municipality: municipality})
		if err != nil || total != 1 || list.Items[0].ID != o.ID {
			t.Errorf("%s in %s: %v, %v", name, municipality, list.Items, err)
		}
	}
}

func TestListIsSortedFilteredAndPaged(t *testing.T) {
	r := open(t)
	for _, name := range []string{"Zulu", "Ørland", "Aasen", "Aure", "Ævik", "Bjugn", "Åfjord"} {
		r.add(company(name, "5021"))
	}
	r.add(org.Registration{Kind: org.Fagskole, Name: "Skole", Municipality: "5025"})
	var got []string
	after := ""
	for {
		page, total, err := r.List(t.Context(), org.Filter{Kinds: []org.Kind{org.Company}, Limit: 3, After: after})
		if err != nil {
			t.Fatal(err)
		}
		if total != 7 {
			t.Errorf("total %d, want 7", total)
		}
		for _, e := range page.Items {
			got = append(got, e.Name)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if want := []string{"Aure", "Bjugn", "Zulu", "Ævik", "Ørland", "Åfjord", "Aasen"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	if _, total, err := r.List(t.Context(), org.Filter{Municipality: "5025"}); err != nil || total != 1 {
		t.Errorf("in Røros: %d, %v", total, err)
	}
	if _, _, err := r.List(t.Context(), org.Filter{After: "rubbish"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a cursor of rubbish: %v", err)
	}
}

// TestPrincipalOf lists the companies that an adviser may act for today.
func TestPrincipalOf(t *testing.T) {
	r := open(t)
	hub := r.add(org.Registration{Kind: org.BusinessHub, Name: "Næringshagen", Municipality: "5021"})
	adviser := as(access.RoleIntermediary, hub.ID)
	for i, period := range [][2]string{{"2026-01-01", ""}, {"2026-01-01", "2026-11-20"}, {"2026-11-22", ""}, {"2026-11-21", "2026-11-21"}} {
		o := r.add(company(fmt.Sprintf("Bedrift %d", i+1), "5021"))
		in := org.NewMandate{Intermediary: hub.ID, Principal: o.ID, Ground: "avtalt i besøk", From: day(period[0])}
		if period[1] != "" {
			in.To = day(period[1])
		}
		if _, err := r.GiveMandate(t.Context(), adviser, in); err != nil {
			t.Fatal(err)
		}
	}
	list, total, err := r.List(t.Context(), org.Filter{PrincipalOf: hub.ID})
	if err != nil || total != 2 || len(list.Items) != 2 || list.Items[0].Name != "Bedrift 1" || list.Items[1].Name != "Bedrift 4" {
		t.Errorf("acts for %v (%d), %v", list.Items, total, err)
	}
}
