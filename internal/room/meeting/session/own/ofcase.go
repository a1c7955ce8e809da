package own

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

// itemsOfCase are the items that the case was treated as on agendas that were sent, the
// newest meeting first.
const itemsOfCase db.SQL = `SELECT i.id FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting WHERE i.case_file = $1 AND i.state = 'listed' AND i.nr IS NOT NULL
	AND m.state <> 'cancelled' ORDER BY m.day DESC, i.id DESC`

// Treated is what the members have decided themselves in an item, and the cost as it is
// split: Shares is empty until the body has decided. Inside tells that the reader takes
// part in the meeting, where the item has a page; others do not read what was told with
// the answers.
type Treated struct {
	Item     session.ItemID
	Meeting  session.ID
	Number   meeting.Number
	BodyName string
	Day      clock.Date
	Own      []session.Own
	Amount   money.NOK
	Shares   []outcome.Table
	Inside   bool
}

// Yes is how many of those that were asked have decided it.
func (t Treated) Yes() int {
	n := 0
	for _, x := range t.Own {
		if x.Answer == outcome.Yes {
			n++
		}
	}
	return n
}

// OfCase is what the members of bodies have decided themselves in a case, and the shares
// of what it costs, the newest meeting first: for those who may read how the item ended,
// as the outcome is. Items with neither are left out.
func (s *Service) OfCase(ctx context.Context, actor access.Actor, c meeting.CaseID) ([]Treated, error) {
	var out []Treated
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		ids, err := db.List[session.ItemID](ctx, tx, itemsOfCase, c)
		if err != nil {
			return fmt.Errorf("case %s: own decisions: %w", c, err)
		}
		r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
		if err != nil {
			return err
		}
		for _, i := range ids {
			x, err := treated(ctx, tx, r, i)
			if err != nil {
				return err
			}
			if len(x.Own) > 0 || len(x.Shares) > 0 {
				out = append(out, x)
			}
		}
		return nil
	})
	return out, err
}

// treated is the item as the reader may read it; nothing of it when he may not.
func treated(ctx context.Context, tx *db.Tx, r session.Reader, i session.ItemID) (Treated, error) {
	item, err := session.LoadItem(ctx, tx, i)
	if err != nil {
		return Treated{}, err
	}
	m, err := session.Load(ctx, tx, item.Meeting)
	if err != nil {
		return Treated{}, err
	}
	public := m.State == session.Published || m.State == session.Approved
	if !r.IsIn(m) && !public || item.IsClosed() && !r.ClosedIn(item.Body) {
		return Treated{}, nil
	}
	out := Treated{Item: i, Meeting: m.ID, Number: item.Number, BodyName: m.BodyName, Day: m.Day, Amount: item.Amount, Inside: r.IsIn(m)}
	if out.Own, err = session.OwnOf(ctx, tx, i); err != nil {
		return Treated{}, err
	}
	if !out.Inside {
		for n := range out.Own {
			out.Own[n].Told = ""
		}
	}
	d, decided, err := session.DecisionOf(ctx, tx, i)
	if err == nil && decided && item.Amount > 0 {
		now, _ := d.Standing()
		out.Shares = now.Tables
	}
	return out, err
}
