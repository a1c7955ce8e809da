package match

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// offered is a snapshot of programmes, each with an offering on the net that one
// may begin any day.
func offered(programmes ...*offer.Programme) supply.Snapshot {
	s := supply.Snapshot{Version: 1, Programmes: programmes}
	for _, p := range programmes {
		p.State, p.Level = offer.ProgrammeActive, offer.Kurs
		s.Offerings = append(s.Offerings, &offer.Offering{ID: offer.OfferingID("o-" + p.ID), Programme: p.ID, State: offer.Active, StartType: offer.Rolling, Delivery: offer.Net})
	}
	return s
}

func hall(t *testing.T) *Service {
	return New(Deps{Vocab: vocab.NewLive(vocabulary(t)), Places: places(t), Clock: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }})
}

func made(s *Service, offered supply.Snapshot, cards []support.Card, old *index) *index {
	return buildIndex(sources{supply: offered, support: 1, vocab: s.Vocab.Now()}, cards, old)
}

func course(id offer.ProgrammeID, title, text string) *offer.Programme {
	return &offer.Programme{ID: id, Title: i18n.Text{NB: title}, Description: i18n.Text{NB: text}}
}

// What stands nearest is shown for any reason, what stands behind it only for a
// strong one.
func TestTheNearestIsShownForAnyReason(t *testing.T) {
	s := hall(t)
	x := made(s, offered(course("near", "Farlige stoffer", "Du frakter propan trygt."),
		course("behind", "Kjøkken og servering", "Vi frakter propan trygt til alle som griller."), course("other", "Tur", "Gå på ski.")), nil, nil)
	q := Query{Text: "Vi må lære å frakte propan og bensin til kundene", Level: offer.Kurs, Purpose: need.Upskilling}
	_, linked := understand(s.Vocab.Now(), q)
	hits := search(x.education, s.Vocab.Now(), q, rank.Query{Text: q.Text, Linked: linked, Level: rank.Kurs, Purpose: rank.Upskill})
	if hits[0].Score < rank.Answers || hits[0].Score >= likely || hits[1].Score < rank.Answers {
		t.Fatalf("the scores are not what this is about: %v", hits)
	}
	a := s.answer(x, q, true, nil)
	if len(a.Offers) != 1 || a.Offers[0].Programme.ID != "near" || keys(a.Offers[0].Evidence) != "words rolling no_travel" {
		t.Errorf("offers %+v", a.Offers)
	}
}

// Of a programme's offerings the one that suits best is shown; one without any
// that takes people in stands among those to be adapted.
func TestBestOffering(t *testing.T) {
	s := hall(t)
	snapshot := offered(course("weld", "Sveising", "Sveise rustfritt stål."))
	far := *snapshot.Offerings[0]
	far.ID, far.Delivery, far.Gatherings = "far", offer.Gatherings, []offer.Gathering{{Municipality: "5060"}}
	over := far
	over.ID, over.State = "over", offer.Cancelled
	q := Query{Text: "Vi trenger sveisere", Municipality: "5022"}
	content := 0.0 // the score of the offering that fails nothing
	for _, c := range []struct {
		name      string
		offerings []*offer.Offering
		want      offer.OfferingID
		missing   string
	}{
		{"the nearest", []*offer.Offering{&over, &far, snapshot.Offerings[0]}, "o-weld", ""},
		{"the only one", []*offer.Offering{&over, &far}, "far", "place"},
		{"none that takes people in", []*offer.Offering{&over}, "", "not_offered"},
		{"none", nil, "", "not_offered"},
	} {
		snapshot.Offerings = c.offerings
		a := s.answer(made(s, snapshot, nil, nil), q, true, nil)
		all := slices.Concat(a.Offers, a.Adapt)
		if len(all) != 1 || (len(a.Adapt) == 1) != (c.missing != "") {
			t.Errorf("%s: %d to take, %d to adapt", c.name, len(a.Offers), len(a.Adapt))
			continue
		}
		var got offer.OfferingID
		if all[0].Offering != nil {
			got = all[0].Offering.ID
		}
		if got != c.want || keys(all[0].Missing) != c.missing {
			t.Errorf("%s: %q missing %q, want %q missing %q", c.name, got, keys(all[0].Missing), c.want, c.missing)
		}
		if c.missing == "" {
			content = all[0].Score
		} else if ratio := all[0].Score / content; math.Abs(ratio-factorFailed) > 1e-9 {
			t.Errorf("%s: it counts %v of what fails nothing, want %v", c.name, ratio, factorFailed)
		}
	}
}

// A question is not taken for a need, however well something answers it.
func TestQuestionsAreNoNeeds(t *testing.T) {
	s := hall(t)
	x := made(s, offered(course("air", "Ventilasjon for vaktmestre", "Vaktmestere lærer å drifte ventilasjonsanlegg.")), nil, nil)
	const text = "Vaktmesteren skjønner ikke det nye ventilasjonsanlegget"
	for text, want := range map[string]bool{text: true, text + "?": false, text + " ? ": false} {
		q := Query{Text: text}
		_, linked := understand(s.Vocab.Now(), q)
		if linked.Confident || linked.Need < mayBe {
			t.Fatalf("%q: %v is not what this is about", text, linked.Need)
		}
		if a := s.answer(x, q, false, nil); a.IsNeed != want || a.IsEmpty() == want || len(a.Concepts) == 0 {
			t.Errorf("%q: need %v, %d offers", text, a.IsNeed, len(a.Offers))
		}
		if a := s.answer(x, q, true, nil); !a.IsNeed || a.IsEmpty() {
			t.Errorf("%q, saved: need %v, %d offers", text, a.IsNeed, len(a.Offers))
		}
	}
}

// What a person has said fits is an answer even behind all that is looked at.
func TestJudgedFarBehind(t *testing.T) {
	s := hall(t)
	list := []*offer.Programme{course("far", "Harpespill", "Du lærer å stemme harpen.")}
	for i := range candidates + 5 {
		list = append(list, course(offer.ProgrammeID(fmt.Sprint("weld", i)), "Sveising", "Sveise rustfritt stål."))
	}
	x := made(s, offered(list...), nil, nil)
	ask := func(v Value) []Offer {
		return s.answer(x, Query{Text: "Vi trenger sveisere", Limit: 3}, true, verdicts{{KindProgramme, "far"}: {Value: v}, {KindProgramme, "gone"}: {Value: Fits}}).Offers
	}
	for _, v := range []Value{Fits, Partly} {
		if got := ask(v); len(got) != 3 || got[0].Programme.ID != "far" || got[0].Evidence[0].Kind != "verdict" {
			t.Errorf("%s: %+v", v, got)
		}
	}
	if got := ask(Not); len(got) != 3 || got[0].Programme.ID == "far" {
		t.Errorf("not: %+v", got)
	}
	if a := s.answer(x, Query{Text: "Vi trenger sveisere", Limit: candidates}, true, nil); len(a.Offers) != MaxLimit {
		t.Errorf("%d offers, want %d at the most", len(a.Offers), MaxLimit)
	}
}

// An index made from an older one answers as one made anew, and knows what is
// gone and what is changed.
func TestNextIndex(t *testing.T) {
	s := hall(t)
	old := made(s, offered(course("weld", "Sveising", "Sveise stål."), course("care", "Helsefag", "Stelle eldre.")), nil, nil)
	changed := offered(course("care", "Helsefagarbeider", "Stelle eldre med demens."), course("bus", "Buss", "Kjøre buss."))
	next, anew := made(s, changed, nil, old), made(s, changed, nil, nil)
	for _, text := range []string{"Vi trenger bussjåfører", "Helsefagarbeiderne må lære om demens", "Vi trenger sveisere"} {
		q := Query{Text: text}
		if got, want := s.answer(next, q, true, nil), s.answer(anew, q, true, nil); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, anew %+v", text, got.Offers, want.Offers)
		}
	}
	if a := s.answer(next, Query{Text: "Vi trenger sveisere"}, true, nil); len(a.Offers) != 0 {
		t.Errorf("what is gone answers: %+v", a.Offers)
	}
}

// Asking for money or guidance lifts the cards about it, and only those.
func TestAskedForSupport(t *testing.T) {
	s := hall(t)
	cards, err := support.Starter()
	if err != nil {
		t.Fatal(err)
	}
	x := made(s, supply.Snapshot{}, cards, nil)
	plain := s.answer(x, Query{Text: "Vi skal ta inn en lærling i verkstedet"}, true, nil)
	asked := s.answer(x, Query{Text: "Vi trenger tilskudd for å ta inn en lærling i verkstedet"}, true, nil)
	if len(asked.Support) == 0 || len(asked.Support) < len(plain.Support) || asked.Support[0].Score < settleBonus {
		t.Fatalf("%d cards, and %d when nothing is asked for", len(asked.Support), len(plain.Support))
	}
	for _, c := range asked.Support {
		if last := c.Evidence[len(c.Evidence)-1]; last.Key != "match.why.support" || last.Values[1] != "tilskudd" {
			t.Errorf("%s: %+v", c.Code, c.Evidence)
		}
	}
	for _, c := range slices.Concat(asked.Measures, plain.Support, plain.Measures) {
		if keys(c.Evidence) == "support" || c.Score >= 1 {
			t.Errorf("%s: %+v", c.Code, c.Evidence)
		}
	}
}
