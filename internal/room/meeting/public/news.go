package public

import (
	"context"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
)

// What is what happened. Stored nowhere.
type What string

// What feeds tell.
const (
	AgendaSent   What = "agenda"
	MinutesOut   What = "minutes"
	PaperIssued  What = "paper"
	WasCancelled What = "cancelled"
)

// News is something that happened and that all may know: an agenda was sent, minutes were
// published, the paper of a case was issued, a meeting was cancelled. Nr counts versions
// of the same, from 1. Items is set for an agenda, Book for minutes.
type News struct {
	What    What
	At      clock.Time
	Nr      int
	Why     string
	Meeting session.Meeting
	Items   []session.FrozenItem
	Book    record.Book
	Case    casework.Case
}

// The newest that feeds tell of, and how far back they look.
const (
	mostNews     = 50
	mostMeetings = 40
	mostCases    = 40
	daysBack     = 400
)

// News lists what happened lately, the newest first: in one body, or in all.
func (s *Service) News(ctx context.Context, b meeting.BodyID) ([]News, error) {
	met, err := s.Meetings(ctx, session.Filter{Body: b, From: s.Clock.Today().AddDays(-daysBack)})
	if err != nil {
		return nil, err
	}
	out, err := s.ofMeetings(ctx, met[max(0, len(met)-mostMeetings):])
	if err != nil {
		return nil, err
	}
	cases, err := s.Cases.List(ctx, visitor, casework.Filter{Body: b})
	if err != nil {
		return nil, err
	}
	seen := 0
	for _, c := range cases {
		// Of a closed case no paper is read by all, so nothing is told.
		if c.Sight == casework.Neutral || seen == mostCases {
			continue
		}
		seen++
		_, issued, err := s.Cases.Versions(ctx, visitor, c.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range issued {
			out = append(out, News{What: PaperIssued, At: v.At, Nr: v.Nr, Why: v.Why, Case: c.Case})
		}
	}
	slices.SortStableFunc(out, func(a, b News) int {
		if n := b.At.Compare(a.At); n != 0 {
			return n
		}
		return strings.Compare(string(b.Meeting.ID)+string(b.Case.ID), string(a.Meeting.ID)+string(a.Case.ID))
	})
	return out[:min(len(out), mostNews)], nil
}

func (s *Service) ofMeetings(ctx context.Context, list []session.Meeting) ([]News, error) {
	var out []News
	for _, m := range list {
		if m.State == session.Planned {
			continue
		}
		d, err := s.Meeting(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range d.Editions {
			out = append(out, News{What: AgendaSent, At: e.At, Nr: e.Nr, Why: e.Why, Meeting: m, Items: e.Items})
		}
		for _, b := range d.Books {
			out = append(out, News{What: MinutesOut, At: b.At, Nr: b.Nr, Why: b.Why, Meeting: m, Book: b.Book})
		}
		if m.State == session.Cancelled {
			changed, err := s.Changed(ctx, session.ObjectName, string(m.ID))
			if err != nil {
				return nil, err
			}
			out = append(out, News{What: WasCancelled, At: changed[string(m.ID)].Last, Nr: 1, Why: m.Why, Meeting: m})
		}
	}
	return out, nil
}
