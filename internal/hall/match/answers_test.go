package match

import (
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

func course(id offer.ProgrammeID, title, text string) *offer.Programme {
	return &offer.Programme{ID: id, Title: i18n.Text{NB: title}, Description: i18n.Text{NB: text}}
}

// What stands nearest is shown for any reason, what stands behind it only for a
// strong one.
func TestTheNearestIsShownForAnyReason(t *testing.T) {
	s := hall(t)
	x := buildIndex(s.Vocab.Now(), offered(course("near", "Farlige stoffer", "Du frakter propan trygt."),
		course("behind", "Kjøkken og servering", "Vi frakter propan trygt til alle som griller."), course("other", "Tur", "Gå på ski.")), nil, 1, nil)
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
		a := s.answer(buildIndex(s.Vocab.Now(), snapshot, nil, 1, nil), q, true, nil)
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
	}
}

// An index made from an older one answers as one made anew, and knows what is
// gone and what is changed.
func TestNextIndex(t *testing.T) {
	s := hall(t)
	old := buildIndex(s.Vocab.Now(), offered(course("weld", "Sveising", "Sveise stål."), course("care", "Helsefag", "Stelle eldre.")), nil, 1, nil)
	changed := offered(course("care", "Helsefagarbeider", "Stelle eldre med demens."), course("bus", "Buss", "Kjøre buss."))
	next, anew := buildIndex(s.Vocab.Now(), changed, nil, 1, old), buildIndex(s.Vocab.Now(), changed, nil, 1, nil)
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
	x := buildIndex(s.Vocab.Now(), supply.Snapshot{}, cards, 1, nil)
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
