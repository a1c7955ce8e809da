package measure_test

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

// TestFilters: each narrows by itself; what suits all is found under any sector and municipality.
func TestFilters(t *testing.T) {
	h := newHouse(t)
	cheap, dear, free := h.at(measure.Published), h.at(measure.Published), h.at(measure.Published)
	set := func(card support.ID, f measure.Facts) {
		ok(t, h.measures.SetFacts(t.Context(), h.as("hub"), card, h.get(card).Version, f))
	}
	set(cheap, measure.Facts{Effort: measure.Low, Cost: &measure.Cost{Low: money.Kroner(1_000), High: money.Kroner(8_000), Year: 2026}, Sectors: []string{"C"}, Municipalities: []string{"1624"}})
	set(dear, measure.Facts{Effort: measure.High, Cost: &measure.Cost{High: money.Kroner(200_000), Year: 2026}, Sectors: []string{"Q"}, Municipalities: []string{"5061"}})
	set(free, measure.Facts{Cost: &measure.Cost{Year: 2026}})
	for name, c := range map[string]struct {
		filter measure.Filter
		want   []support.ID
	}{
		"free": {measure.Filter{Band: measure.Free}, []support.ID{free}}, "to ten": {measure.Filter{Band: measure.Ten}, []support.ID{cheap, free}}, "over": {measure.Filter{Band: measure.Over}, []support.ID{dear}},
		"sector":       {measure.Filter{Sector: "C"}, []support.ID{cheap, free}},
		"municipality": {measure.Filter{Municipality: "5054"}, []support.ID{cheap, free}},
		"text":         {measure.Filter{Text: "fadder", Effort: measure.High}, []support.ID{dear}},
		"group":        {measure.Filter{Group: "student", Text: "fadder"}, nil},
	} {
		list, err := h.measures.List(t.Context(), access.Actor{}, c.filter)
		ok(t, err)
		var got []support.ID
		for _, m := range list {
			if slices.Contains([]support.ID{cheap, dear, free}, m.Card.ID) {
				got = append(got, m.Card.ID)
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for name, f := range map[string]measure.Facts{"effort": {Effort: "huge"}, "cost_high": {Cost: &measure.Cost{Low: 2, High: 1, Year: 2026}}, "cost_year": {Cost: &measure.Cost{}}, "sectors": {Sectors: []string{"X"}},
		"municipalities": {Municipalities: []string{"1"}}, "contact_role": {ContactOrg: h.hub}} {
		e, isFault := fault.As(h.measures.SetFacts(t.Context(), h.as("hub"), free, h.get(free).Version, f))
		if !isFault || len(e.Fields) != 1 || e.Fields[0].Name != name {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// TestAContactNeedsConsent: who has experience is shown to others only with consent.
func TestAContactNeedsConsent(t *testing.T) {
	h := newHouse(t)
	card := h.at(measure.Published)
	for _, consents := range []bool{false, true} {
		ok(t, h.measures.SetFacts(t.Context(), h.as("hub"), card, h.get(card).Version, measure.Facts{ContactOrg: h.hub, ContactRole: "Rådgiver", ContactOK: consents}))
		for who, sees := range map[string]bool{"visitor": consents, "other": consents, "hub": true, "officer": true} {
			m, err := h.measures.Get(t.Context(), h.as(who), card)
			ok(t, err)
			if (m.ContactRole == "Rådgiver") != sees || (m.ContactName == "Næringshagen") != sees {
				t.Errorf("consent %v: %s reads %q at %q", consents, who, m.ContactRole, m.ContactName)
			}
		}
	}
}

// TestPackages: editors gather measures in an order; what leaves the toolbox leaves the package.
func TestPackages(t *testing.T) {
	h := newHouse(t)
	p, err := h.measures.Package(t.Context(), access.Actor{}, "ta-imot-nye-innbyggere")
	ok(t, err)
	var codes []string
	for _, m := range p.Measures {
		codes = append(codes, m.Card.Code)
	}
	if strings.Join(codes, " ") != "M06 M12 M20 M02" {
		t.Errorf("the package has %v", codes)
	}
	ok(t, h.move("officer", p.Measures[1].Card.ID, measure.Archived))
	if p, err = h.measures.Package(t.Context(), access.Actor{}, p.Slug); err != nil || len(p.Measures) != 3 {
		t.Errorf("%d measures, %v", len(p.Measures), err)
	}
	in := measure.Pack{Title: i18n.Text{NB: "Før sesongen"}, Cards: []support.ID{p.Cards[3], p.Cards[0]}}
	for _, who := range []string{"visitor", "learner", "hub"} {
		if _, err := h.measures.SavePackage(t.Context(), h.as(who), "", 0, in); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", who, err)
		}
	}
	slug, err := h.measures.SavePackage(t.Context(), h.as("secretary"), "", 0, in)
	ok(t, err)
	if _, err := h.measures.SavePackage(t.Context(), h.as("secretary"), "", 0, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same again: %v", err)
	}
	if _, err := h.measures.Package(t.Context(), access.Actor{}, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("closed, a visitor reads it: %v", err)
	}
	in.Open = true
	if _, err := h.measures.SavePackage(t.Context(), h.as("officer"), slug, 9, in); !fault.Is(err, fault.Stale) {
		t.Errorf("from another version: %v", err)
	}
	_, err = h.measures.SavePackage(t.Context(), h.as("officer"), slug, 1, in)
	ok(t, err)
	got, err := h.measures.Package(t.Context(), access.Actor{}, slug)
	if err != nil || len(got.Measures) != 2 || got.Measures[0].Card.Code != "M02" {
		t.Errorf("%+v, %v", got.Measures, err)
	}
	with, err := h.measures.Packages(t.Context(), access.Actor{}, p.Cards[0])
	if err != nil || len(with) != 2 {
		t.Errorf("%d packages with it, %v", len(with), err)
	}
	in.Cards = nil
	if _, err := h.measures.SavePackage(t.Context(), h.as("officer"), slug, 2, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("without measures: %v", err)
	}
}

// TestStartPages: the county writes them.
func TestStartPages(t *testing.T) {
	h := newHouse(t)
	list, err := h.measures.Starts(t.Context())
	if err != nil || len(list) != 2 || list[0].Slug != "rekruttering" || list[1].Slug != "inkludering" {
		t.Fatalf("%+v, %v", list, err)
	}
	in := list[1].Beginning
	in.Lead.NB = "Ny innledning"
	for _, who := range []string{"visitor", "hub", "secretary"} {
		if _, err := h.measures.SaveStart(t.Context(), h.as(who), "inkludering", list[1].Version, in); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", who, err)
		}
	}
	_, err = h.measures.SaveStart(t.Context(), h.as("officer"), "inkludering", list[1].Version, in)
	ok(t, err)
	if got, err := h.measures.Start(t.Context(), "inkludering"); err != nil || got.Lead.NB != "Ny innledning" || got.Packages[0] != "ta-imot-nye-innbyggere" {
		t.Errorf("%+v, %v", got, err)
	}
	in.Packages = []string{"finnes-ikke"}
	if _, err := h.measures.SaveStart(t.Context(), h.as("officer"), "inkludering", list[1].Version+1, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("with a package that is not there: %v", err)
	}
	in.Packages, in.Title = nil, i18n.Text{NB: "Grønn omstilling"}
	slug, err := h.measures.SaveStart(t.Context(), h.as("officer"), "", 0, in)
	if _, err2 := h.measures.Start(t.Context(), slug); err != nil || err2 != nil {
		t.Errorf("a new one: %v %v", err, err2)
	}
}

// TestSuggesting: by those who are at the organisation, and no draft answers a need.
func TestSuggesting(t *testing.T) {
	h := newHouse(t)
	in := measure.Suggestion{Org: h.hub, Group: "ungdom", Title: "Verkstedkveld", ForWhom: "Ungdom", What: "Lån et verksted."}
	for _, who := range []string{"visitor", "learner", "other", "outsider"} {
		if _, err := h.measures.Suggest(t.Context(), h.as(who), in); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", who, err)
		}
	}
	in.Title = ""
	if _, err := h.measures.Suggest(t.Context(), h.as("hub"), in); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a title: %v", err)
	}
	before, err := h.cards.List(t.Context(), support.Filter{Kind: support.Measure, Archived: true})
	ok(t, err)
	card := h.suggest()
	if b := h.ball(card); b.Role != access.RoleCaseOfficer || b.Due.IsZero() {
		t.Errorf("it waits for %+v", b)
	}
	after, err := h.cards.List(t.Context(), support.Filter{Kind: support.Measure, Archived: true})
	if err != nil || len(after) != len(before) {
		t.Errorf("%d cards, %d before", len(after), len(before))
	}
	drafts, err := h.measures.Drafts(t.Context(), h.as("hub"))
	if err != nil || len(drafts) != 1 || drafts[0].Card.ID != card {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	if none, err := h.measures.Drafts(t.Context(), h.as("other")); err != nil || len(none) != 0 {
		t.Errorf("others have %d drafts, %v", len(none), err)
	}
}

// TestEditingTheCard: a card stays a measure, leaves the toolbox by its own moves, and a new one
// is a measure at once.
func TestEditingTheCard(t *testing.T) {
	h := newHouse(t)
	list, err := h.measures.List(t.Context(), access.Actor{}, measure.Filter{})
	ok(t, err)
	c := list[0].Card
	c.Archived = true
	ok(t, h.cards.Edit(t.Context(), h.as("officer"), c))
	if got := h.get(c.ID); got.Card.Archived || got.State != measure.Published {
		t.Errorf("archived by the form: %+v", got.Card)
	}
	c = h.get(c.ID).Card
	c.Kind = support.Scheme
	if err := h.cards.Edit(t.Context(), h.as("officer"), c); !fault.Is(err, fault.Invalid) {
		t.Errorf("made a scheme: %v", err)
	}
	c.Kind, c.ID = support.Measure, ""
	made, err := h.cards.Create(t.Context(), h.as("officer"), c)
	ok(t, err)
	if got := h.get(made); got.State != measure.Published {
		t.Errorf("a new card is %s", got.State)
	}
}
