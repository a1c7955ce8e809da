package supply_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

func meet(numbers ...place.Number) []offer.Gathering {
	var out []offer.Gathering
	for _, n := range numbers {
		out = append(out, offer.Gathering{Municipality: n, Days: 1})
	}
	return out
}

// filled is a house with a small catalogue.
func filled(t *testing.T) *house {
	h := newHouse(t)
	weld := h.programme("Sveising", func(p *offer.Programme) { p.Occupations = []string{"7212"}; p.Description.NB = "Buesveising av stål" })
	h.offering(weld, func(o *offer.Offering) {
		o.DigitalShare, o.WorkplaceShare = percent(50), percent(50)
		o.Gatherings, o.Target = meet("5025"), offer.Target{Municipalities: []place.Number{"5025"}}
	})
	h.offering(weld, func(o *offer.Offering) {
		o.StartType, o.Delivery, o.Start, o.Gatherings = offer.Fixed, offer.Campus, clock.MustDate("2027-08-23"), meet("5001")
		o.MaxPlaces, o.Enrolled = 10, 10
	})
	care := h.programme("Helsefagarbeider", func(p *offer.Programme) {
		p.Level, p.Fields, p.Credits, p.CreditUnit = offer.Fagskole, []string{"09"}, 30, offer.FagskolePoints
	})
	h.offering(care, func(o *offer.Offering) { o.Delivery, o.Gatherings = offer.Gatherings, meet("5057") })
	h.offering(care, func(o *offer.Offering) {
		o.StartType, o.Start, o.End = offer.Fixed, clock.MustDate("2026-01-01"), clock.MustDate("2026-06-01")
	})
	h.draft(h.programme("Hemmelig løp", nil), nil)
	return h
}

func titles(hits supply.Hits) string {
	var out []string
	for _, i := range hits.Items {
		out = append(out, i.Programme.Title.NB+"/"+string(i.Offering.Delivery))
	}
	return strings.Join(out, " ")
}

func TestList(t *testing.T) {
	ctx, h := context.Background(), filled(t)
	tests := []struct {
		name   string
		filter supply.Filter
		want   string
	}{
		{"what one can start first comes first", supply.Filter{}, "Helsefagarbeider/samlinger Sveising/nett Sveising/campus"},
		{"by title", supply.Filter{Sort: supply.ByTitle}, "Helsefagarbeider/samlinger Sveising/nett Sveising/campus"},
		{"also what is over", supply.Filter{All: true, Sort: supply.ByTitle}, "Helsefagarbeider/samlinger Helsefagarbeider/nett Sveising/nett Sveising/campus"},
		{"a word of the text, folded", supply.Filter{Text: "BUESVEISING stål"}, "Sveising/nett Sveising/campus"},
		{"a word of the provider", supply.Filter{Text: "fjell sveis", Sort: supply.ByTitle}, "Sveising/nett Sveising/campus"},
		{"signs have no meaning", supply.Filter{Text: "%"}, ""},
		{"level", supply.Filter{Levels: []offer.Level{offer.Fagskole}}, "Helsefagarbeider/samlinger"},
		{"form", supply.Filter{Deliveries: []offer.Delivery{offer.Campus, offer.Net}}, "Sveising/nett Sveising/campus"},
		{"start", supply.Filter{StartTypes: []offer.StartType{offer.Fixed}}, "Sveising/campus"},
		{"field as stated", supply.Filter{Fields: []string{"09"}}, "Helsefagarbeider/samlinger"},
		{"field from the occupations", supply.Filter{Fields: []string{"07"}}, "Sveising/nett Sveising/campus"},
		{"badge", supply.Filter{Badge: true}, "Sveising/nett"},
		{"free places", supply.Filter{FreePlaces: true}, "Helsefagarbeider/samlinger Sveising/nett"},
		{"open now", supply.Filter{OpenNow: true}, "Helsefagarbeider/samlinger Sveising/nett"},
		{"gatherings in a municipality", supply.Filter{Municipality: "5001"}, "Sveising/campus"},
		{"gatherings in a region", supply.Filter{Region: "trondelag-sor"}, "Sveising/nett"},
		{"extent", supply.Filter{MaxCredits: 30}, "Helsefagarbeider/samlinger"},
		{"near: nearest first", supply.Filter{Near: "5025"}, "Sveising/nett Sveising/campus Helsefagarbeider/samlinger"},
		{"near: within", supply.Filter{Near: "5025", Within: 50}, "Sveising/nett"},
		{"sorted by distance without a place is by start", supply.Filter{Sort: supply.ByDistance}, "Helsefagarbeider/samlinger Sveising/nett Sveising/campus"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hits, err := h.List(ctx, tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(hits); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if hits.Total != len(hits.Items) {
				t.Errorf("total %d of %d", hits.Total, len(hits.Items))
			}
		})
	}
	for name, f := range map[string]supply.Filter{"sort": {Sort: "price"}, "near": {Near: "9998"}, "after": {After: "%%"}} {
		if _, err := h.List(ctx, f); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
}

func TestMine(t *testing.T) {
	ctx, h := context.Background(), filled(t)
	mine, err := h.Mine(ctx, h.teacher, supply.Filter{})
	if err != nil || mine.Total != 5 {
		t.Errorf("the school has %d, %v", mine.Total, err)
	}
	for _, a := range []access.Actor{h.rival, h.officer, {}} {
		if other, err := h.Mine(ctx, a, supply.Filter{}); err != nil || other.Total != 0 {
			t.Errorf("others have %d, %v", other.Total, err)
		}
	}
	if _, total, _, err := h.MyProgrammes(ctx, h.teacher, supply.ProgrammeFilter{}); err != nil || total != 3 {
		t.Errorf("the school has %d programmes, %v", total, err)
	}
	if list, total, _, err := h.Programmes(ctx, supply.ProgrammeFilter{}); err != nil || total != 2 || list[0].Title.NB != "Helsefagarbeider" {
		t.Errorf("%d public programmes, %v", total, err)
	}
}

// Walking through the pages meets every offering once, in every order, also
// when one that has been shown changes its place meanwhile.
func TestPages(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	for n := range 23 {
		h.offering(h.programme(fmt.Sprintf("Kurs %d", n%7), nil), func(o *offer.Offering) {
			o.Gatherings = meet([]place.Number{"5025", "5001", "5057"}[n%3])
			o.Wait = offer.Wait{Value: n % 4, Unit: offer.Weeks}
			if n%4 == 0 {
				o.Wait = offer.Wait{}
			}
		})
	}
	for _, f := range []supply.Filter{{Sort: supply.ByTitle}, {Sort: supply.ByStart}, {Near: "5025"}} {
		f.Limit = 5
		var seen []offer.OfferingID
		for {
			hits, err := h.List(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			if hits.Total != 23 {
				t.Errorf("%s: total %d", f.Sort, hits.Total)
			}
			for _, i := range hits.Items {
				if slices.Contains(seen, i.Offering.ID) {
					t.Errorf("%s: twice %s", f.Sort, i.Offering.ID)
				}
				seen = append(seen, i.Offering.ID)
			}
			if f.After = hits.Next; f.After == "" {
				break
			}
		}
		if len(seen) != 23 {
			t.Errorf("%s: met %d", f.Sort, len(seen))
		}
	}
	first, err := h.List(ctx, supply.Filter{Sort: supply.ByStart, Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	last := first.Items[4].Offering
	moved := *last
	moved.Wait = offer.Wait{Value: 50, Unit: offer.Weeks}
	if err := h.UpdateOffering(ctx, h.teacher, last.ID, last.Version, moved); err != nil {
		t.Fatal(err)
	}
	second, err := h.List(ctx, supply.Filter{Sort: supply.ByStart, Limit: 5, After: first.Next})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range second.Items {
		for _, j := range first.Items {
			if i.Offering.ID == j.Offering.ID {
				t.Errorf("%s is on both pages", i.Offering.ID)
			}
		}
	}
}

func TestSnapshot(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	first, err := h.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p := h.programme("Sveising", nil)
	o := h.offering(p, nil)
	h.draft(p, nil)
	second, err := h.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if second.Version <= first.Version || len(second.Programmes) != 1 || len(second.Offerings) != 1 {
		t.Fatalf("from %d to %d: %d programmes, %d offerings", first.Version, second.Version, len(second.Programmes), len(second.Offerings))
	}
	again, err := h.Snapshot(ctx)
	if err != nil || again.Version != second.Version || again.Offerings[0] != second.Offerings[0] {
		t.Errorf("nothing changed, yet another snapshot: %v", err)
	}
	if err := h.Rest(ctx, h.teacher, o.ID, o.Version); err != nil {
		t.Fatal(err)
	}
	third, err := h.Snapshot(ctx)
	if err != nil || len(third.Offerings) != 0 || len(second.Offerings) != 1 {
		t.Errorf("resting: %d now, %d in the older one, %v", len(third.Offerings), len(second.Offerings), err)
	}
}

// A copy in memory that has seen every change is the same as a fresh one, and
// a second node sees what the first one writes.
func TestCatalogueFollows(t *testing.T) {
	ctx, h := context.Background(), filled(t)
	node := h.node()
	before, err := node.List(ctx, supply.Filter{All: true})
	if err != nil {
		t.Fatal(err)
	}
	p := h.storedProgramme(before.Items[0].Programme.ID)
	p.Title.NB = "Aaa " + p.Title.NB
	if err := h.UpdateProgramme(ctx, h.teacher, p.ID, p.Version, p); err != nil {
		t.Fatal(err)
	}
	if err := h.orgs.Rename(ctx, system, h.school, 1, org.Name{Name: "Fjellskolen", From: clock.MustDate("2027-01-01")}); err != nil {
		t.Fatal(err)
	}
	h.days(1)
	followed, err := node.List(ctx, supply.Filter{All: true, Sort: supply.ByTitle})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := h.node().List(ctx, supply.Filter{All: true, Sort: supply.ByTitle})
	if err != nil {
		t.Fatal(err)
	}
	if titles(followed) != titles(fresh) {
		t.Errorf("followed %s\nfresh    %s", titles(followed), titles(fresh))
	}
	for i, f := range followed.Items {
		g := fresh.Items[i]
		if f.Programme.ProviderName != "Fjellskolen" || f.Status != g.Status || f.Earliest.Day != g.Earliest.Day {
			t.Errorf("followed %+v\nfresh    %+v", f.Item, g.Item)
		}
	}
}

// Readers and writers at once: each reader sees whole states, and two who
// confirm the same offering at the same version do not both win.
func TestReadersAndWriters(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	o := h.offering(h.programme("Sveising", nil), nil)
	var group sync.WaitGroup
	var won atomic.Int64
	for range 4 {
		group.Go(func() {
			if err := h.Confirm(ctx, h.teacher, o.ID, o.Version); err == nil {
				won.Add(1)
			} else if !fault.Is(err, fault.Stale) {
				t.Error(err)
			}
		})
		group.Go(func() {
			for range 20 {
				hits, err := h.List(ctx, supply.Filter{})
				if err != nil || hits.Total != 1 || hits.Items[0].Programme.Title.NB != "Sveising" {
					t.Errorf("%d hits, %v", hits.Total, err)
				}
			}
		})
	}
	group.Wait()
	if won.Load() != 1 {
		t.Errorf("%d of 4 confirmed the same version", won.Load())
	}
	if got := h.stored(o.ID); got.Version != o.Version+1 {
		t.Errorf("version %d after %d", got.Version, o.Version)
	}
}
