package session

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

const (
	fragItemCase db.Fragment = "i.case_file"
	fragNumbered db.Fragment = "i.nr IS NOT NULL"
)

// OfCase are the items of agendas that were sent that the case is treated as, each as
// the actor may read it.
func (s *Service) OfCase(ctx context.Context, actor access.Actor, c meeting.CaseID) ([]Item, error) {
	var out []Item
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		var w db.Where
		db.In(&w, fragItemCase, []meeting.CaseID{c})
		w.And(fragNumbered)
		out, err = items(ctx, tx, w)
		for i := range out {
			out[i] = r.Reads(out[i])
		}
		return err
	})
	return out, err
}

// MeetingOf is the meeting that an item is on the agenda of, or NotFound. It tells no
// more than that: the caller reads the meeting as the reader may.
func (s *Service) MeetingOf(ctx context.Context, i ItemID) (ID, error) {
	var out ID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		item, err := LoadItem(ctx, tx, i)
		out = item.Meeting
		return err
	})
	return out, err
}

// CaseOf is the case that an item is about, or NotFound. It tells no more than that.
func (s *Service) CaseOf(ctx context.Context, i ItemID) (meeting.CaseID, error) {
	var out meeting.CaseID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		item, err := LoadItem(ctx, tx, i)
		if err == nil && item.Case == "" {
			err = fault.Missing()
		}
		out = item.Case
		return err
	})
	return out, err
}
