package treatment

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
)

// What meetings do with cases, inside their own transaction. The caller has the
// permission: it keeps the meeting.

// toCome is the case's treatment by the body that is to come, if there is one.
func toCome(ctx context.Context, tx *db.Tx, c casework.ID, b meeting.BodyID) (casework.Treatment, int, bool, error) {
	all, err := casework.TreatmentsOf(ctx, tx, c)
	if err != nil {
		return casework.Treatment{}, 0, false, err
	}
	last := 0
	for _, t := range all[c] {
		last = max(last, t.Position)
	}
	for _, t := range all[c] {
		if t.Body == b && t.Result == casework.Planned {
			return t, last, true, nil
		}
	}
	return casework.Treatment{}, last, false, nil
}

// Schedule says when the body treats the case, and under which number: at the treatment
// that is planned, or a new one.
func (s *Service) Schedule(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID, b meeting.BodyID, day clock.Date, number string) error {
	t, last, found, err := toCome(ctx, tx, c, b)
	if err != nil {
		return err
	}
	now := s.room.Clock.Now()
	switch {
	case found && t.Day == day && (number == "" || t.Number == number):
		return nil
	case found:
		if number == "" {
			number = t.Number
		}
		if err := db.ExecOne(ctx, tx, updateTreatment, number, day, casework.Planned, t.Told, actor.Label(), now, t.ID, t.Version); err != nil {
			return err
		}
	default:
		if _, err := db.Exec(ctx, tx, insertTreatment, id.New[casework.Treatment](), c, last+1, b, "", number, day, casework.Planned, "", actor.Label(), now); err != nil {
			return err
		}
	}
	audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Field("number", t.Number, number), audit.Field("day", t.Day, day))
	return s.refound(ctx, tx, c)
}

// Conclude records what came of the body's treatment, and moves a case that waits for it.
func (s *Service) Conclude(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID, b meeting.BodyID, r casework.Result, told string) error {
	t, _, found, err := toCome(ctx, tx, c, b)
	if err != nil || !found {
		return err
	}
	now := s.room.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, r, told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Field("result", string(casework.Planned), string(r)))
	if err := s.refound(ctx, tx, c); err != nil {
		return err
	}
	old, err := s.room.Load(ctx, tx, c)
	if err != nil {
		return err
	}
	if r == casework.Adopted || r == casework.Rejected {
		ref := t.Number
		if ref == "" {
			ref = old.Number.String()
		}
		if err := s.room.Settle(ctx, tx, actor, c, ref, t.Day, r == casework.Adopted); err != nil {
			return err
		}
	}
	if old.State == casework.OnAgenda {
		return s.room.Step(ctx, tx, actor, old, casework.OnAgenda, after(r), "")
	}
	return nil
}

// refound writes what the case is searched by anew.
func (s *Service) refound(ctx context.Context, tx *db.Tx, c casework.ID) error {
	old, err := s.room.Load(ctx, tx, c)
	if err != nil {
		return err
	}
	return casework.Refind(ctx, tx, old)
}

// Await records that the body has decided, and that members' own decisions are needed
// before it holds. A case that waits for the body goes on to wait for them.
func (s *Service) Await(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID, b meeting.BodyID, told string) error {
	t, _, found, err := toCome(ctx, tx, c, b)
	if err != nil || !found {
		return err
	}
	now := s.room.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, casework.Advised, told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Field("result", string(casework.Planned), string(casework.Advised)))
	if err := s.refound(ctx, tx, c); err != nil {
		return err
	}
	old, err := s.room.Load(ctx, tx, c)
	if err != nil || old.State != casework.OnAgenda {
		return err
	}
	return s.steps(ctx, tx, actor, c, "", casework.WasAdopted, casework.Local)
}

// Ratified records how a case that waited for members' own decisions ended: Adopted or
// Rejected, with why in words. What waited for the case is settled.
func (s *Service) Ratified(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID, b meeting.BodyID, r casework.Result, why string) error {
	all, err := casework.TreatmentsOf(ctx, tx, c)
	if err != nil {
		return err
	}
	at := -1
	for i, t := range all[c] {
		if t.Body == b && t.Result == casework.Advised {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	t, now := all[c][at], s.room.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, r, t.Told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Field("result", string(casework.Advised), string(r)))
	old, err := s.room.Load(ctx, tx, c)
	if err != nil {
		return err
	}
	ref := t.Number
	if ref == "" {
		ref = old.Number.String()
	}
	if err := s.room.Settle(ctx, tx, actor, c, ref, now.Date(), r == casework.Adopted); err != nil {
		return err
	}
	if err := s.refound(ctx, tx, c); err != nil || old.State != casework.Local {
		return err
	}
	if r == casework.Adopted {
		return s.steps(ctx, tx, actor, c, "", casework.Ratified)
	}
	return s.steps(ctx, tx, actor, c, why, casework.WasRejected)
}

// steps moves the case one state after the other.
func (s *Service) steps(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID, note string, to ...flow.State) error {
	for _, next := range to {
		now, err := s.room.Load(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := s.room.Step(ctx, tx, actor, now, now.State, next, note); err != nil {
			return err
		}
	}
	return nil
}
