// Package live is what an open page follows: its mark, a short text that is another when
// what its reader may see has changed. It is made of little, as everybody in a meeting asks
// for it at every change, and of nothing that its reader may not see, so that what is closed
// is not heard through the wall.
package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/session"
)

// Service is the marks of meetings.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }

// takenInItem counts what was said and decided in an item; nothing in it is changed
// without one of the numbers growing.
const takenInItem db.SQL = `SELECT (SELECT COUNT(*) FROM position_taken WHERE item = $1) AS positions,
	(SELECT COUNT(*) FROM position_taken WHERE item = $1 AND contested IS NOT NULL) AS contested,
	(SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM recusal WHERE item = $1) AS recusals,
	(SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM decision WHERE item = $1) AS decisions,
	(SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM follow_up WHERE item = $1) AS follow_ups,
	(SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM item_comment WHERE item = $1) AS comments`

// decidedIn are the items of a meeting that have been decided.
const decidedIn db.SQL = `SELECT d.item FROM decision AS d JOIN agenda_item AS i ON i.id = d.item WHERE i.meeting = $1 ORDER BY d.item`

type takenRow struct {
	Positions int64 `db:"positions"`
	Contested int64 `db:"contested"`
	Recusals  int64 `db:"recusals"`
	Decisions int64 `db:"decisions"`
	FollowUps int64 `db:"follow_ups"`
	Comments  int64 `db:"comments"`
}

func mark(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:8])
}

// Mark is the mark of the meeting's page as the actor may read it.
func (s *Service) Mark(ctx context.Context, actor access.Actor, m session.ID) (string, error) {
	var out string
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		mt, err := session.Load(ctx, tx, m)
		if err != nil {
			return err
		}
		r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
		if err != nil {
			return err
		}
		parts := []string{fmt.Sprint(mt.Day, mt.From, mt.To, mt.Place, mt.Remote, mt.State, mt.Edition, mt.Why)}
		if r.IsIn(mt) {
			if parts, err = s.inside(ctx, tx, r, mt, parts); err != nil {
				return err
			}
		}
		out = mark(parts...)
		return nil
	})
	return out, err
}

// inside adds what those in the body see besides: who has met (which counts the
// meeting's version up), the items as they may read them, and which are decided.
func (s *Service) inside(ctx context.Context, tx *db.Tx, r session.Reader, m session.Meeting, parts []string) ([]string, error) {
	parts = append(parts, fmt.Sprint(m.Version, m.Link))
	list, err := session.ItemsOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	decided, err := db.List[session.ItemID](ctx, tx, decidedIn, m.ID)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: decided: %w", m.ID, err)
	}
	open := map[session.ItemID]bool{}
	for _, i := range list {
		if m.State == session.Planned && !r.Writes(m) && i.Place != session.Demanded {
			continue
		}
		i = r.Reads(i)
		if open[i.ID] = !i.Hidden; i.Hidden {
			i.Version = 0
		}
		parts = append(parts, fmt.Sprint(i.ID, i.Version, i.Demanded, i.Number, i.Title, i.Place))
	}
	for _, i := range decided {
		if open[i] {
			parts = append(parts, string(i))
		}
	}
	return parts, nil
}

// ItemMark is the mark of the page where an item is treated; NotFound and Denied as
// Item.
func (s *Service) ItemMark(ctx context.Context, actor access.Actor, i session.ItemID) (session.ID, string, error) {
	var in session.ID
	var out string
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.room.Within(ctx, tx, actor, i)
		if fault.Is(err, fault.Denied) || err == nil && item.IsClosed() && !r.ClosedIn(item.Body) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if r.ClosedInAll(m) { // whatever happens in the meeting, he may know
			nr, err := audit.Mark(ctx, tx, session.Subject(m.ID))
			in, out = m.ID, mark(fmt.Sprint(nr))
			return err
		}
		taken, err := db.Get[takenRow](ctx, tx, takenInItem, i)
		if err != nil {
			return fmt.Errorf("item %s: taken: %w", i, err)
		}
		in, out = m.ID, mark(fmt.Sprint(m.Version, item.Version, taken))
		return nil
	})
	return in, out, err
}

// AgendaMark is the mark of the agenda as the secretary makes it; Denied for others. It
// is the same though the meeting goes on, until an item comes, goes, moves or is edited.
func (s *Service) AgendaMark(ctx context.Context, actor access.Actor, m session.ID) (string, error) {
	var out string
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		mt, _, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		list, err := session.ItemsOf(ctx, tx, m)
		parts := []string{fmt.Sprint(mt.Edition, mt.State.Ahead())}
		for _, i := range list {
			parts = append(parts, fmt.Sprint(i.ID, i.Position, i.Place, i.Content, i.Number))
		}
		out = mark(parts...)
		return err
	})
	return out, err
}
