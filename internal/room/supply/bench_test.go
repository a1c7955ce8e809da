package supply_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// many puts 20,000 offerings of 5,000 programmes in, in files of a size that
// an import takes.
func many(b *testing.B) *house {
	h := newHouse(b)
	ctx := context.Background()
	words := strings.Fields("sveising helse lafting fiske regnskap barn eldre strøm robot mat reiseliv skog vann tunnel data ledelse språk sau ysting kran")
	text := strings.Repeat("En beskrivelse på noen linjer, så lang som de pleier å være. ", 8)
	towns := []place.Number{"5025", "5001", "5057", "5006", "5021", "5059"}
	for from := 0; from < 5000; from += 500 {
		batch := supply.Batch{Source: "bench", Provider: h.school, Publish: true}
		for n := from; n < from+500; n++ {
			title := fmt.Sprintf("%s og %s %d", words[n%len(words)], words[n/20%len(words)], n)
			p := supply.BatchProgramme{Row: n, SourceID: fmt.Sprint("p", n), Title: title, Fill: func(p *offer.Programme) error {
				p.Title, p.Description, p.Level = i18n.Text{NB: title}, i18n.Text{NB: text + title}, offer.Levels()[n%5]
				p.Occupations = []string{fmt.Sprint(2000 + n%5000)}
				return nil
			}}
			for k := range 4 {
				p.Offerings = append(p.Offerings, supply.BatchOffering{Row: n, SourceID: fmt.Sprint("o", n, "-", k), Fill: func(o *offer.Offering) error {
					o.StartType, o.Delivery, o.Channel = offer.StartTypes()[k%2], offer.Deliveries()[(n+k)%5], offer.Here
					o.Start = clock.MustDate("2027-08-01").AddDays(n % 300)
					o.Gatherings = meet(towns[(n+k)%6], towns[(n+2*k)%6])
					o.Target = offer.Target{Region: "trondelag-sor"}
					return nil
				}})
			}
			batch.Programmes = append(batch.Programmes, p)
		}
		plan, err := h.Import(ctx, system, batch)
		if err != nil || plan.Count(supply.LineRefused) > 0 {
			b.Fatal(err, plan.Count(supply.LineRefused))
		}
	}
	return h
}

func BenchmarkCatalogue(b *testing.B) {
	ctx, h := context.Background(), many(b)
	if hits, err := h.List(ctx, supply.Filter{}); err != nil || hits.Total != 20_000 {
		b.Fatal(hits.Total, err)
	}
	for name, f := range map[string]supply.Filter{
		"all by start": {Limit: 20}, "text": {Text: "robot 42", Limit: 20}, "near": {Near: "5025", Limit: 20},
		"near, text, level": {Near: "5025", Within: 100, Text: "sveising", Levels: []offer.Level{offer.Fagskole}, Limit: 20},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.List(ctx, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("snapshot unchanged", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Snapshot(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load all", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.node().Snapshot(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("after a change", func(b *testing.B) {
		o := h.stored(mustFirst(b, h))
		for b.Loop() {
			if err := h.Confirm(ctx, h.teacher, o.ID, o.Version); err != nil {
				b.Fatal(err)
			}
			o.Version++
			if _, err := h.Snapshot(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func mustFirst(b *testing.B, h *house) offer.OfferingID {
	b.Helper()
	hits, err := h.List(context.Background(), supply.Filter{Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	return hits.Items[0].Offering.ID
}
