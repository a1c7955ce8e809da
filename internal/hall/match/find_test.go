package match_test

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestFind asks one house many things; nothing of it changes anything.
func TestFind(t *testing.T) {
	h := sitetest.New(t)
	for name, test := range map[string]func(*testing.T, *match.Service){
		"sentences": testSentences, "order and limits": testOrder, "reasons": testReasons, "wrong queries": testWrongQueries, "municipality": testMunicipality,
		"no need": testNoNeed, "may be a need": testMayBeNeed, "concepts": testConcepts, "adapt": testAdapt, "same each time": testSame,
	} {
		t.Run(name, func(t *testing.T) { test(t, h.Match) })
	}
}

// testSentences are those that must work, whatever else changes.
func testSentences(t *testing.T, s *match.Service) {
	saw := find(t, s, match.Query{Text: sawText, Municipality: "5022"})
	if list := educations(saw); len(list) == 0 || !strings.Contains(list[0], "treteknikk") {
		t.Errorf("the saw: education %v", list)
	}
	if names := conceptNames(saw); !holds(names, "trelast") || !holds(names, "sagbruk") {
		t.Errorf("the saw: understood as %v", names)
	}
	everything := slices.Concat(educations(saw), cardTitles(saw.Measures), cardTitles(saw.Support), conceptNames(saw))
	for _, no := range []string{"hytte", "guide", "hotell", "reiseliv", "barnehage", "stillas"} {
		if holds(everything, no) {
			t.Errorf("the saw: %q is among %v", no, everything)
		}
	}
	bus := find(t, s, match.Query{Text: busText})
	if bus.IsNeed || !bus.IsEmpty() {
		t.Errorf("the bus: need %v, %v", bus.IsNeed, educations(bus))
	}
	stay := find(t, s, match.Query{Text: settleText})
	if !stay.IsNeed || !stay.Settle || len(stay.Measures) < 3 || len(stay.Offers) > 0 {
		t.Errorf("staying: need %v, settle %v, measures %v, education %v", stay.IsNeed, stay.Settle, cardTitles(stay.Measures), educations(stay))
	}
}

// testOrder: each list is best first and as long as asked for; a longer list
// begins with the shorter.
func testOrder(t *testing.T, s *match.Service) {
	q := match.Query{Text: "Kommunen mangler helsefagarbeidere"}
	for _, code := range []string{"2223", "7212", "5113", "7115", "8342", "7411", "2320"} {
		q.Added = append(q.Added, match.Ref{Scheme: vocab.Styrk08, Code: code})
	}
	lengths := func(limit int) (match.Answer, []int) {
		q.Limit = limit
		a := find(t, s, q)
		return a, []int{len(a.Offers), len(a.Adapt), len(a.Measures), len(a.Support)}
	}
	all, most := lengths(match.MaxLimit)
	if most[0] <= match.DefaultLimit {
		t.Fatalf("only %v answers", most)
	}
	for limit, want := range map[int]int{1: 1, 2: 2, 0: match.DefaultLimit, -3: match.DefaultLimit} {
		a, got := lengths(limit)
		for i := range got {
			if got[i] != min(want, most[i]) {
				t.Errorf("limit %d: lists of %v, of %v", limit, got, most)
				break
			}
		}
		if !reflect.DeepEqual(educations(a)[0], educations(all)[0]) {
			t.Errorf("limit %d: %v first", limit, educations(a)[0])
		}
	}
	if _, got := lengths(match.MaxLimit + 1); !slices.Equal(got, most) {
		t.Errorf("more than the most: %v", got)
	}
	byScore := func(x, y match.Offer) int { return cmp.Compare(y.Score, x.Score) }
	cards := func(x, y match.Card) int { return cmp.Compare(y.Score, x.Score) }
	if !slices.IsSortedFunc(all.Offers, byScore) || !slices.IsSortedFunc(all.Adapt, byScore) || !slices.IsSortedFunc(all.Measures, cards) || !slices.IsSortedFunc(all.Support, cards) {
		t.Error("not best first")
	}
}

// testReasons: everything that is shown says why, in the reader's own words; what
// can be taken as it stands fails nothing, and what must be adapted something.
func testReasons(t *testing.T, s *match.Service) {
	for _, text := range []string{sawText, settleText, "Kommunen får ikke tak i sykepleiere", "Dei demente på sjukeheimen er urolege, og personalet treng å lære meir",
		"To lærlinger har strøket på fagprøven", "Vi trenger tilskudd for å ta inn lærling", "Ho som styrer rekneskapen sluttar, og ingen vil ta over"} {
		a := find(t, s, match.Query{Text: text, Limit: match.MaxLimit})
		for _, o := range slices.Concat(a.Offers, a.Adapt) {
			checkReasons(t, text, o.Programme.Title.NB, o.Evidence)
			if o.Score <= 0 || o.Score > 1 {
				t.Errorf("%q: %s scores %v", text, o.Programme.Title.NB, o.Score)
			}
		}
		for _, c := range slices.Concat(a.Measures, a.Support) {
			checkReasons(t, text, c.Title.NB, c.Evidence)
		}
	}
}

func checkReasons(t *testing.T, text, title string, list []match.Reason) {
	t.Helper()
	content := 0
	for _, r := range list {
		if r.Kind == "concept" || r.Kind == "words" || r.Kind == "signal" {
			content++
		}
		for i := 0; i+1 < len(r.Values); i += 2 {
			if r.Values[i] != "words" {
				continue
			}
			for word := range strings.SplitSeq(fmt.Sprint(r.Values[i+1]), ", ") {
				if word == "" || !strings.Contains(text, word) {
					t.Errorf("%q: %s is here for %q, which is not the reader's own", text, title, word)
				}
			}
		}
	}
	if content == 0 {
		t.Errorf("%q: %s has no reason: %v", text, title, list)
	}
}

func testWrongQueries(t *testing.T, s *match.Service) {
	for _, c := range []struct {
		name  string
		q     match.Query
		field string
	}{
		{"nothing", match.Query{}, "text"},
		{"blanks", match.Query{Text: " \n\t"}, "text"},
		{"too long", match.Query{Text: strings.Repeat("ø ", 10_000) + "ø"}, "text"},
		{"unknown municipality", match.Query{Text: sawText, Municipality: "9999"}, "municipality"},
	} {
		if _, err := s.Find(context.Background(), visitor, c.q); !slices.Equal(wrongFields(err), []string{c.field}) {
			t.Errorf("%s: %v, want the field %s", c.name, err, c.field)
		}
	}
	if _, err := s.Find(context.Background(), visitor, match.Query{Text: strings.Repeat("ø ", 10_000)}); err != nil {
		t.Errorf("as long as it may be: %v", err)
	}
}

// testMunicipality: without one nothing is told of the way there; with one it
// counts.
func testMunicipality(t *testing.T, s *match.Service) {
	const text = "Fire guider skal ta gjester trygt på fjellet"
	way := func(q match.Query) (key i18n.Key, missing i18n.Key) {
		a := find(t, s, q)
		for _, o := range slices.Concat(a.Offers, a.Adapt) {
			if !strings.Contains(o.Programme.Title.NB, "friluftsguide") {
				continue
			}
			for _, r := range o.Evidence {
				if r.Kind == "place" {
					key = r.Key
				}
			}
			for _, r := range o.Missing {
				missing = r.Key
			}
			return key, missing
		}
		t.Fatalf("%v does not answer", educations(a))
		return
	}
	if key, missing := way(match.Query{Text: text}); key != "" || missing != "" {
		t.Errorf("no municipality: %q, %q", key, missing)
	}
	if key, missing := way(match.Query{Text: text, Municipality: "5021"}); key != "match.why.near" || missing != "" {
		t.Errorf("Oppdal: %q, %q", key, missing)
	}
	if key, missing := way(match.Query{Text: text, Municipality: "5060"}); key != "" || missing != "match.missing.place" {
		t.Errorf("Nærøysund: %q, %q", key, missing)
	}
}

// testNoNeed: a text that is no competence need gets no answer, but what it may
// be about; a concept that the reader adds makes it one.
func testNoNeed(t *testing.T, s *match.Service) {
	for _, text := range []string{busText, "takk for sist, alt vel her", "Kan du anbefale en god restaurant i Trondheim?", "Hva koster det å leie kulturhuset?",
		"Bussen var en halvtime forsinket i dag", "Sykehjemmet feirer femti år i helga", "xx"} {
		if a := find(t, s, match.Query{Text: text}); a.IsNeed || !a.IsEmpty() {
			t.Errorf("%q: need %v, %v", text, a.IsNeed, educations(a))
		}
	}
	a := find(t, s, match.Query{Text: busText, Added: []match.Ref{{Scheme: vocab.Styrk08, Code: "7212"}}})
	if !a.IsNeed || !holds(educations(a), "sveising") || !a.Concepts[0].Added {
		t.Errorf("welders added: need %v, %v", a.IsNeed, educations(a))
	}
	if a := find(t, s, match.Query{Added: []match.Ref{{Scheme: vocab.Styrk08, Code: "7212"}}}); !holds(educations(a), "sveising") {
		t.Errorf("welders alone: %v", educations(a))
	}
	if a := find(t, s, match.Query{Text: busText, Added: []match.Ref{{Scheme: vocab.Styrk08, Code: "9999"}}}); a.IsNeed {
		t.Error("a concept that nobody knows makes it a need")
	}
}

// testMayBeNeed: a text that says what it is about but not what is lacking is
// taken for a need when something answers it well.
func testMayBeNeed(t *testing.T, s *match.Service) {
	const text = "Hjemmetjenesten skal ta i bruk digitalt tilsyn"
	if a := find(t, s, match.Query{Text: text}); !a.IsNeed || !holds(educations(a)[:1], "velferdsteknologi") {
		t.Errorf("need %v, %v", a.IsNeed, educations(a))
	}
	// Nothing in the demo is about ventilation.
	if a := find(t, s, match.Query{Text: "Vaktmesteren skjønner ikke det nye ventilasjonsanlegget"}); a.IsNeed || !a.IsEmpty() || len(a.Concepts) == 0 {
		t.Errorf("need %v, %v, understood as %v", a.IsNeed, educations(a), conceptNames(a))
	}
}

// testConcepts: taking a concept away and adding one changes what is understood,
// the order and the reasons; taking it back restores all.
func testConcepts(t *testing.T, s *match.Service) {
	q := match.Query{Text: "Sveiserne og helsefagarbeiderne må lære mer"}
	before := find(t, s, q)
	if !holds(conceptNames(before), "sveisere") || !holds(conceptNames(before), "helsefag") {
		t.Fatalf("understood as %v", conceptNames(before))
	}
	without := q
	for _, c := range before.Concepts {
		if strings.Contains(strings.ToLower(c.NB), "sveise") {
			without.Removed = append(without.Removed, c.Ref())
		}
	}
	after := find(t, s, without)
	if holds(conceptNames(after), "sveise") || !holds(conceptNames(after), "helsefag") {
		t.Errorf("without welding it is understood as %v", conceptNames(after))
	}
	score := func(a match.Answer, title string) float64 {
		for _, o := range slices.Concat(a.Offers, a.Adapt) {
			if strings.Contains(o.Programme.Title.NB, title) {
				return o.Score
			}
		}
		return 0
	}
	if was, is := score(before, "Sveising i rustfritt"), score(after, "Sveising i rustfritt"); was == 0 || is >= was {
		t.Errorf("welding scored %.2f, and %.2f when welders were taken away", was, is)
	}
	added := q
	added.Added = []match.Ref{{Scheme: vocab.Styrk08, Code: "5113"}}
	with := find(t, s, added)
	if with.Concepts[0].Code != "5113" || !with.Concepts[0].Added || len(with.Concepts[0].Words) != 0 {
		t.Errorf("added: %+v", with.Concepts[0])
	}
	if score(before, "friluftsguide") != 0 || score(with, "friluftsguide") == 0 {
		t.Errorf("guiding scored %.2f before it was added, and %.2f after", score(before, "friluftsguide"), score(with, "friluftsguide"))
	}
	if was, is := score(before, "Sveising i rustfritt"), score(with, "Sveising i rustfritt"); is < was {
		t.Errorf("adding guides hid welding: %.2f, before %.2f", is, was)
	}
	without.Removed = nil
	if again := find(t, s, without); !slices.Equal(educations(again), educations(before)) {
		t.Errorf("taken back: %v, before %v", educations(again), educations(before))
	}
}

// testAdapt: what is right in content but not in place, time, form or level
// stands apart with all in which it fails.
func testAdapt(t *testing.T, s *match.Service) {
	q := match.Query{Text: "Tre røktere må lære å lede anlegget", Municipality: "5060", Headcount: 30, Level: offer.Kurs, Forms: []offer.Delivery{offer.Company}, From: clock.MustDate("2026-12-01")}
	a := find(t, s, q)
	if len(a.Offers) != 0 || len(a.Adapt) == 0 {
		t.Fatalf("offers %v", educations(a))
	}
	var kinds []string
	for _, r := range a.Adapt[0].Missing {
		kinds = append(kinds, r.Kind)
	}
	slices.Sort(kinds)
	if !slices.Equal(kinds, []string{"form", "level", "places", "start"}) && !slices.Equal(kinds, []string{"form", "level", "place", "places", "start"}) {
		t.Errorf("%s fails in %v", a.Adapt[0].Programme.Title.NB, kinds)
	}
	plain := find(t, s, match.Query{Text: q.Text})
	if len(plain.Offers) == 0 || plain.Offers[0].Score <= a.Adapt[0].Score {
		t.Errorf("what fails scores %.2f, what fits %v", a.Adapt[0].Score, plain.Offers)
	}
}

func testSame(t *testing.T, s *match.Service) {
	q := match.Query{Text: sawText, Municipality: "5022", Limit: 20}
	first := find(t, s, q)
	for range 3 {
		if again := find(t, s, q); !reflect.DeepEqual(again, first) {
			t.Fatalf("another answer: %v, before %v", educations(again), educations(first))
		}
	}
}

// An empty house answers nothing, and says so without failing.
func TestFindInAnEmptyHouse(t *testing.T) {
	s := bare(t)
	for _, q := range []match.Query{{Text: sawText}, {Text: settleText}, {Added: []match.Ref{{Scheme: vocab.Styrk08, Code: "7212"}}}} {
		if a := find(t, s, q); !a.IsNeed || !a.IsEmpty() || a.Similar != 0 || len(a.Pools) != 0 {
			t.Errorf("%+v: need %v, %v", q, a.IsNeed, educations(a))
		}
	}
	if _, _, err := s.FindFor(context.Background(), visitor, "01a1ffbb-5124-7114-866e-b76bbbac11af", 5); !fault.Is(err, fault.NotFound) {
		t.Errorf("a need that is not there: %v", err)
	}
}

// What is published answers at the next question, and what is laid off does not.
func TestFindFollowsTheCatalogue(t *testing.T) {
	h := sitetest.New(t)
	ctx, provider := context.Background(), h.Actor("provider")
	q := match.Query{Text: "Vi mangler en gullsmed og vil lære opp en"}
	if a := find(t, h.Match, q); len(educations(a)) != 0 {
		t.Fatalf("answered already by %v", educations(a))
	}
	p, err := h.Supply.CreateProgramme(ctx, provider, offer.Programme{Provider: organisationOf(provider), State: offer.ProgrammeActive, Level: offer.Kurs,
		Title: i18n.Text{NB: "Gullsmedfaget for voksne"}, Description: i18n.Text{NB: "Gullsmeder lærer å lodde og felle inn stein."}, Occupations: []string{"7313"}, Contact: "Studieveilederen"})
	if err != nil {
		t.Fatal(err)
	}
	o, err := h.Supply.CreateOffering(ctx, provider, p.ID, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here, MaxPlaces: 10, LastConfirmed: h.Today()})
	if err == nil {
		err = h.Supply.Publish(ctx, provider, o.ID, o.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	if a := find(t, h.Match, q); len(a.Offers) != 1 || a.Offers[0].Offering == nil || a.Offers[0].Offering.ID != o.ID {
		t.Errorf("published: %v", educations(a))
	}
}

// testFindFor: a saved need is one, whatever its text, and only for who may see
// it.
func testFindFor(t *testing.T, h *sitetest.House) {
	odd := register(t, h, func(c *need.Content) { c.Text = busText })
	if a := forNeed(t, h, odd); !a.IsNeed {
		t.Error("a saved need is no need")
	}
	hidden := register(t, h, func(c *need.Content) { c.Confidentiality, c.ConfidentialityGround = need.ForumOnly, "Prøve" })
	for role, want := range map[string]bool{"employer": true, "secretary": true, "provider": false, "learner": false} {
		_, _, err := h.Match.FindFor(context.Background(), h.Actor(role), hidden, 5)
		if want && err != nil || !want && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", role, err)
		}
	}
	_, a, err := h.Match.FindFor(context.Background(), h.Actor("employer"), hidden, 1)
	if err != nil || len(a.Offers) > 1 || len(a.Adapt) > 1 || len(educations(a)) == 0 {
		t.Errorf("one of each: %v, %v", educations(a), err)
	}
}
