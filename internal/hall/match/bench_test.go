package match

import (
	"fmt"
	"testing"
	"time"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// manyOfferings is how many offerings BenchmarkFind matches with.
const manyOfferings = 20_000

// catalogue makes programmes out of the vocabulary's trades and topics, two
// offerings of each: any day on the net, together at gatherings, mixed, in the
// company; some full, some closed, as a county's are.
func catalogue(v *vocab.Index, municipalities []place.Municipality) supply.Snapshot {
	subjects := append(v.Concepts(vocab.Trade), v.Concepts(vocab.Topic)...)
	levels, forms := offer.Levels(), offer.Deliveries()
	s := supply.Snapshot{Version: 1}
	for i := range manyOfferings / 2 {
		at := func(k int) vocab.Concept { return subjects[(i*k+i/len(subjects)*7)%len(subjects)] }
		p := &offer.Programme{ID: offer.ProgrammeID(fmt.Sprint("p", i)), State: offer.ProgrammeActive, Level: levels[i%len(levels)], Credits: float64(i % 120), CreditUnit: offer.StudyPoints,
			Title: i18n.Text{NB: fmt.Sprintf("%s, gruppe %d", at(1).NB, i/len(subjects))}, Occupations: at(1).Styrk08,
			Description: i18n.Text{NB: "For dem som arbeider med " + at(3).NB + " eller vil lære mer om " + at(5).NB + "."}, Outcomes: []i18n.Text{{NB: at(7).NB}, {NB: at(11).NB}}}
		s.Programmes = append(s.Programmes, p)
		for j := range 2 {
			o := &offer.Offering{ID: offer.OfferingID(fmt.Sprint("o", i, "-", j)), Programme: p.ID, State: offer.Active, StartType: offer.Rolling, Delivery: forms[(i+j)%len(forms)],
				MaxPlaces: 20, Enrolled: i % 21}
			if i%3 == j {
				o.StartType, o.Start = offer.Fixed, today.AddDays(i%400-40)
			}
			if o.Delivery != offer.Net && o.Delivery != offer.Company {
				o.Gatherings = []offer.Gathering{{Municipality: municipalities[(i+j)%len(municipalities)].Number, Days: 2}}
			}
			s.Offerings = append(s.Offerings, o)
		}
	}
	return s
}

// BenchmarkFind understands needs as people write them, and answers them from
// 20,000 offerings and the starter set of cards; what the database says of other
// needs is measured by BenchmarkHouse in internal/site.
func BenchmarkFind(b *testing.B) {
	v := vocabulary(b)
	data, err := place.Starter()
	if err != nil {
		b.Fatal(err)
	}
	register, err := place.New(data)
	if err != nil {
		b.Fatal(err)
	}
	cards, err := support.Starter()
	if err != nil {
		b.Fatal(err)
	}
	s := New(Deps{Vocab: vocab.NewLive(v), Places: register, Clock: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }})
	snapshot := catalogue(v, register.On(today).List("50"))
	x := buildIndex(sources{supply: snapshot, support: 1, vocab: v}, cards, nil)
	for _, need := range []struct{ name, text string }{
		{"title", "sveiser"},
		{"sentence", "Han som styre saga går av te sommarn, og ingen anna kan stille a inn"},
		{"two sentences", "Kveld og natt oppdager de for seint at beboere holder på å bli dårlige, og legevakta får enten ti telefoner eller ingen. Det gjelder tolv fagarbeidere, og de kan ikke reise."},
	} {
		b.Run(need.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := s.answer(x, Query{Text: need.text, Municipality: "5021", Headcount: 6}, true, nil); a.IsEmpty() {
					b.Fatal("nothing answers")
				}
			}
		})
	}
}
