// Package happened says what is worth telling those who follow a programme when
// it, or an offering of it, is written: pure functions over what was and what
// is. It belongs to the room supply, which records what they answer; the
// sentences are in telling.
package happened

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/offer"
)

// Kind is the name of the kind of thing that a programme is.
const Kind = "programme"

// What can happen. An offering's happenings are its programme's.
const (
	Published happening.What = "programme_published" // anyone may read about it
	Withdrawn happening.What = "programme_withdrawn" // no longer offered
	Again     happening.What = "programme_again"     // offered once more
	Offered   happening.What = "offering_published"
	Moved     happening.What = "offering_moved" // another start or last day to apply
	CalledOff happening.What = "offering_cancelled"
	Resting   happening.What = "offering_resting"
	// Soon is that the last day to apply is near.
	Soon happening.What = "offering_deadline"
)

// The facts. Provider is a name; Offering an id; Start, By (the last day to
// apply) and those before them are days; Places are municipalities' numbers with
// a comma between; Rolling is set when one starts on any day; Reason is the
// provider's own words to all.
const (
	Provider = "provider"
	Offering = "offering"
	Start    = "start"
	By       = "by"
	WasStart = "was_start"
	WasBy    = "was_by"
	Places   = "places"
	Rolling  = "rolling"
	Reason   = "reason"
)

// ToProgramme is what happened when the programme old became p, whose version is
// the one it gets. provider is its provider's name.
func ToProgramme(old, p offer.Programme, provider string) []happening.Happening {
	if old.State == p.State {
		return nil
	}
	h := happening.Happening{Kind: Kind, ID: string(p.ID), Mark: strconv.FormatInt(p.Version, 10), Facts: happening.Facts{Provider: provider}}
	switch {
	case p.State == offer.ProgrammeInactive:
		h.What = Withdrawn
	case p.State != offer.ProgrammeActive:
		return nil
	case old.State == offer.ProgrammeInactive:
		h.What = Again
	default:
		h.What = Published
	}
	return []happening.Happening{h}
}

// ToOffering is what happened when the offering old of the programme became o,
// whose version is the one it gets; a zero old is a new one. What is of no use to
// anyone any more is not told, such as last year's offerings in a file.
func ToOffering(p offer.Programme, old, o offer.Offering, today clock.Date) []happening.Happening {
	if p.State == offer.ProgrammeInactive || isPast(o, today) {
		return nil
	}
	h := happening.Happening{Kind: Kind, ID: string(o.Programme), Mark: string(o.ID) + ":" + strconv.FormatInt(o.Version, 10), Facts: FactsOf(p, o)}
	was := old.State
	if was == "" {
		was = offer.Concept
	}
	switch {
	case o.State == offer.Active && was != offer.Active:
		h.What = Offered
	case o.State == offer.Cancelled && (was == offer.Active || was == offer.Inactive):
		h.What = CalledOff
		h.Facts[Reason] = o.Reason
	case o.State == offer.Inactive && was == offer.Active:
		h.What = Resting
	case o.State == offer.Active && (old.Start != o.Start || old.ApplyBy(p) != o.ApplyBy(p)):
		h.What = Moved
		h.Facts.WithDay(WasStart, old.Start)
		h.Facts.WithDay(WasBy, old.ApplyBy(p))
	default:
		return nil
	}
	return []happening.Happening{h}
}

// Deadline is that the offering's last day to apply is near: the same one
// however often it is told, until the day is moved.
func Deadline(p offer.Programme, o offer.Offering) happening.Happening {
	return happening.Happening{Kind: Kind, ID: string(p.ID), What: Soon, Mark: string(o.ID) + ":" + o.ApplyBy(p).String(), Facts: FactsOf(p, o)}
}

// FactsOf are the facts about an offering that every sentence has.
func FactsOf(p offer.Programme, o offer.Offering) happening.Facts {
	f := happening.Facts{Offering: string(o.ID)}
	f.WithDay(Start, o.Start)
	f.WithDay(By, o.ApplyBy(p))
	if o.StartType == offer.Rolling {
		f[Rolling] = "1"
	}
	var places []string
	for _, g := range o.Gatherings {
		n := string(g.Municipality)
		if n != "" && !strings.Contains(strings.Join(places, ","), n) {
			places = append(places, n)
		}
	}
	if len(places) > 0 {
		f[Places] = strings.Join(places, ",")
	}
	return f
}

// isPast reports whether the offering has ended, or all have started together.
func isPast(o offer.Offering, today clock.Date) bool {
	return !o.End.IsZero() && today.After(o.End) || o.StartType == offer.Fixed && !o.Start.IsZero() && today.After(o.Start)
}
