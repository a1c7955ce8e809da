package happened_test

import (
	"testing"

	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// What is told of an offering depends on what it was, and whether it is of use to
// anyone.
func TestToOffering(t *testing.T) {
	day := func(n int) clock.Date { return clock.MustDate("2026-11-21").AddDays(n) }
	with := func(s offer.State, start, by int) offer.Offering {
		return offer.Offering{ID: "o", Programme: "p", State: s, StartType: offer.Fixed, Start: day(start), Deadline: day(by), Version: 2}
	}
	open := offer.Programme{ID: "p", State: offer.ProgrammeActive}
	for _, c := range []struct {
		name     string
		p        offer.Programme
		old, new offer.Offering
		want     happening.What
	}{
		{"new draft", open, offer.Offering{}, with(offer.Concept, 90, 30), ""},
		{"new and published", open, offer.Offering{}, with(offer.Active, 90, 30), happened.Offered},
		{"published", open, with(offer.Concept, 90, 30), with(offer.Active, 90, 30), happened.Offered},
		{"last year's in a file", open, offer.Offering{}, with(offer.Active, -300, -330), ""},
		{"of a programme that rests", offer.Programme{State: offer.ProgrammeInactive}, with(offer.Concept, 90, 30), with(offer.Active, 90, 30), ""},
		{"a draft's days", open, with(offer.Concept, 90, 30), with(offer.Concept, 90, 40), ""},
		{"deadline", open, with(offer.Active, 90, 30), with(offer.Active, 90, 40), happened.Moved},
		{"start", open, with(offer.Active, 90, 30), with(offer.Active, 91, 30), happened.Moved},
		{"nothing of these", open, with(offer.Active, 90, 30), with(offer.Active, 90, 30), ""},
		{"called off", open, with(offer.Active, 90, 30), with(offer.Cancelled, 90, 30), happened.CalledOff},
		{"a draft called off", open, with(offer.Concept, 90, 30), with(offer.Cancelled, 90, 30), ""},
		{"rests", open, with(offer.Active, 90, 30), with(offer.Inactive, 90, 30), happened.Resting},
	} {
		got := happened.ToOffering(c.p, c.old, c.new, day(0))
		switch {
		case c.want == "" && len(got) > 0:
			t.Errorf("%s: told %s", c.name, got[0].What)
		case c.want != "" && (len(got) != 1 || got[0].What != c.want || got[0].ID != "p" || got[0].Mark != "o:2"):
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
}
