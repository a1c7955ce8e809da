package demo

import (
	"context"
	"fmt"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach"
)

// visit is one of the hub's visits: to whom, how many days ago, for how long, and
// what came of it: the story of a need, or a day to come back.
type visit struct {
	org, place string
	daysAgo    int
	minutes    int
	kind       outreach.Kind
	result     outreach.Result
	story      string
	again      int // days from today
}

// visits are ten contacts, of which three found a need.
func visits() []visit {
	return []visit{
		{org: "sag", place: "5022", daysAgo: 20, minutes: 90, kind: "visit", result: outreach.Need, story: "plc"},
		{org: "limtre", place: "5027", daysAgo: 12, minutes: 120, kind: "visit", result: outreach.Need, story: "limtre"},
		{org: "guide", place: "5021", daysAgo: 9, minutes: 60, kind: "visit", result: outreach.Need, story: "guide"},
		{org: "anlegg", place: "5021", daysAgo: 8, minutes: 20, kind: "call", result: outreach.NotNow},
		{org: "skole", place: "5021", daysAgo: 7, minutes: 30, kind: "call", result: outreach.Again, again: 14},
		{org: "mek", place: "5028", daysAgo: 6, minutes: 75, kind: "visit", result: outreach.NotNow},
		{org: "bygg", place: "5026", daysAgo: 5, minutes: 45, kind: "meeting", result: outreach.Again, again: 30},
		{org: "hotell", place: "5021", daysAgo: 4, minutes: 60, kind: "visit", result: outreach.NotNow},
		{org: "oppdal", place: "5021", daysAgo: 3, minutes: 60, kind: "meeting", result: outreach.NotNow},
		{org: "rennebu", place: "5022", daysAgo: 2, minutes: 40, kind: "call", result: outreach.Again, again: 21},
	}
}

func (l *loader) loadVisits(ctx context.Context, needs map[string]need.ID) error {
	room, today := outreach.New(l.DB, l.Clock), l.Clock.Today()
	for _, v := range visits() {
		in := outreach.Visit{Organisation: l.Org[v.org], Municipality: v.place, Hub: l.Org["nn"], Day: today.AddDays(-v.daysAgo), Kind: v.kind, Minutes: v.minutes,
			Result: v.result, NeedID: string(needs[v.story])}
		if v.again > 0 {
			in.AgainOn = today.AddDays(v.again)
		}
		if _, err := room.Record(ctx, l.Role[hub], in, ""); err != nil {
			return fmt.Errorf("visit to %s: %w", v.org, err)
		}
	}
	return nil
}
