package supply_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// many puts 20,000 offerings of 5,000 programmes in.
func many(b *testing.B) *house {
	h := newHouse(b)
	ctx := context.Background()
	words := strings.Fields("sveising helse lafting fiske regnskap barn eldre strøm robot mat reiseliv skog vann tunnel data ledelse språk sau ysting kran")
	text := strings.Repeat("En beskrivelse på noen linjer, så lang som de pleier å være. ", 8)
	towns := []place.Number{"5025", "5001", "5057", "5006", "5021", "5059"}
	made := clock.MustTime("2027-02-01T12:00:00Z")
	var programmes []offer.Programme
	var offerings []offer.Offering
	for n := range 5000 {
		title := fmt.Sprintf("%s og %s %d", words[n%len(words)], words[n/20%len(words)], n)
		p := offer.Programme{ID: id.New[offer.Programme](), Provider: h.school, State: offer.ProgrammeActive, Title: i18n.Text{NB: title},
			Description: i18n.Text{NB: text + title}, Level: offer.Levels()[n%5], CodeType: offer.CodeLocal, CreatedAt: made, UpdatedAt: made, Occupations: []string{fmt.Sprint(2000 + n%5000)}}
		programmes = append(programmes, p)
		for k := range 4 {
			offerings = append(offerings, offer.Offering{ID: id.New[offer.Offering](), Programme: p.ID, Provider: h.school, State: offer.Active,
				StartType: offer.StartTypes()[k%2], Delivery: offer.Deliveries()[(n+k)%5], Channel: offer.Here, Start: clock.MustDate("2027-08-01").AddDays(n % 300),
				Gatherings: meet(towns[(n+k)%6], towns[(n+2*k)%6]), Target: offer.Target{Region: "trondelag-sor"}, LastConfirmed: made.Date(), CreatedAt: made, UpdatedAt: made})
		}
	}
	if err := h.Fill(ctx, programmes, offerings); err != nil {
		b.Fatal(err)
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
