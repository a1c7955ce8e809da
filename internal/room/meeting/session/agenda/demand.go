package agenda

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	dropDemands  db.SQL = `DELETE FROM agenda_demand WHERE item = $1`
	insertDemand db.SQL = `INSERT INTO agenda_demand (item, seat, at) VALUES ($1, $2, $3) ON CONFLICT (item, seat) DO NOTHING`
)

// Demand lets a member ask for an item that is not on the agenda (§ 11-3). When one
// third of the members with a vote ask for it, it is on the agenda.
func (s *Service) Demand(ctx context.Context, actor access.Actor, m session.ID, title string) (session.ItemID, error) {
	in := session.Content{Title: text.CleanLine(title), Matter: outcome.Ordinary}
	var fs fault.Fields
	in.Check(&fs, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[session.Item]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		mt, err := session.Load(ctx, tx, m)
		if err != nil {
			return err
		}
		if !mt.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		have, err := session.ItemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.insert(ctx, tx, actor, mt, session.Item{ID: out, Kind: session.Other, Place: session.Demanded, Content: in}, have); err != nil {
			return err
		}
		return s.support(ctx, tx, actor, mt, out)
	})
}

// Support adds a member's demand to that of others.
func (s *Service) Support(ctx context.Context, actor access.Actor, i session.ItemID) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, _, err := s.room.Within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if item.Place != session.Demanded || !m.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.not_demanded")
		}
		return s.support(ctx, tx, actor, m, i)
	})
}

// support notes the demand of the seat that the actor votes for, and lists the item when
// a third of the seats with a vote stand behind it.
func (s *Service) support(ctx context.Context, tx *db.Tx, actor access.Actor, m session.Meeting, i session.ItemID) error {
	r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
	if err != nil {
		return err
	}
	seats, err := s.room.Seated(ctx, tx, m, r)
	if err != nil {
		return err
	}
	votes, mine := 0, meeting.SeatID("")
	for _, x := range seats {
		if x.Body == m.Body && x.Votes {
			votes++
			if x.Mine {
				mine = x.ID
			}
		}
	}
	if mine == "" {
		return fault.New(fault.Denied, "meeting.error.demand_vote")
	}
	if _, err := db.Exec(ctx, tx, insertDemand, i, mine, s.room.Clock.Now()); err != nil {
		return err
	}
	audit.Record(tx, s.room.Clock.Now(), actor, session.ActionDemand, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("seat", "", string(mine)))
	item, err := session.LoadItem(ctx, tx, i)
	if err != nil || item.Demanded*3 < votes || item.Place != session.Demanded {
		return err
	}
	return db.ExecOne(ctx, tx, stateItem, session.Listed, i, item.Version)
}
