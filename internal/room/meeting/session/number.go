package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

const numberItem db.SQL = `UPDATE agenda_item SET prefix = $1, nr = $2, year = $3, version = version + 1 WHERE id = $4`

// Number gives numbers to the items that have none, in the order of the agenda. The
// prefix is that of the rules in force on the meeting's day.
func (s *Service) Number(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting) error {
	list, err := ItemsOf(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Number.Nr > 0 || i.Place != Listed {
			continue
		}
		rules, err := meeting.RulesOn(ctx, tx, i.Body, m.Day)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Conflict, "meeting.error.no_rules")
		}
		if err != nil {
			return err
		}
		n, err := meeting.TakeNumber(ctx, tx, i.Body, rules.Rules.Numbers.Prefix, m.Day.Year())
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, numberItem, n.Prefix, n.Nr, n.Year, i.ID); err != nil {
			return fmt.Errorf("item %s: number: %w", i.ID, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionItem, Subject(m.ID), audit.Field("number", "", n.String()))
	}
	return nil
}

// Schedule tells the cases when they are treated and under which number.
func (s *Service) Schedule(ctx context.Context, tx *db.Tx, m Meeting, day clock.Date, actor access.Actor) error {
	list, err := ItemsOf(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Case == "" || i.Place != Listed {
			continue
		}
		number := ""
		if i.Number.Nr > 0 {
			number = i.Number.String()
		}
		if err := s.Treatments.Schedule(ctx, tx, actor, i.Case, i.Body, day, number); err != nil {
			return err
		}
	}
	return nil
}
