package floor

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const itemsOfCase db.SQL = `SELECT i.id FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting WHERE i.case_file = $1 AND i.state = 'listed'
		AND m.state <> 'cancelled' ORDER BY m.day DESC, i.id DESC`

// Outcome is how an item stands, for who may read its positions: those in the body, and
// all when the minutes are out. decided is false while it is only what would be; of a
// decision it is how that stands now, as it was explained when it came to stand so.
func (s *Service) Outcome(ctx context.Context, actor access.Actor, i session.ItemID) (out outcome.Outcome, decided bool, err error) {
	err = s.room.DB.Read(ctx, func(tx *db.Tx) error {
		out, decided, err = s.outcome(ctx, tx, actor, i)
		return err
	})
	return out, decided, err
}

func (s *Service) outcome(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID) (outcome.Outcome, bool, error) {
	item, err := session.LoadItem(ctx, tx, i)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	m, err := session.Load(ctx, tx, item.Meeting)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	public := m.State == session.Published || m.State == session.Approved
	if !r.IsIn(m) && !public || item.IsClosed() && !r.ClosedIn(item.Body) || m.State == session.Planned && !r.Writes(m) {
		return outcome.Outcome{}, false, fault.Missing()
	}
	d, ok, err := session.DecisionOf(ctx, tx, i)
	if err != nil || ok {
		now, _ := d.Standing()
		return now, ok, err
	}
	facts, rules, err := s.facts(ctx, tx, item, m)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	return outcome.Decide(rules.Rules, facts), false, nil
}

// OfCase is the newest item of the case that the actor may read the outcome of, or
// NotFound: what the API answers for a case.
func (s *Service) OfCase(ctx context.Context, actor access.Actor, c meeting.CaseID) (item session.ItemID, out outcome.Outcome, err error) {
	err = s.room.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := db.List[session.ItemID](ctx, tx, itemsOfCase, c)
		if err != nil {
			return err
		}
		for _, i := range list {
			found, _, err := s.outcome(ctx, tx, actor, i)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			item, out = i, found
			return err
		}
		return fault.Missing()
	})
	return item, out, err
}
