package casework

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// What meetings do with cases, inside their own transaction. The caller has the
// permission: it keeps the meeting.

// Waiting are the cases for the body's meeting on the day: those recommended to it, and
// those whose treatment by it is planned for that day or for none yet.
func Waiting(ctx context.Context, tx *db.Tx, b meeting.BodyID, day, today clock.Date) ([]Case, error) {
	var w, own, other, treats db.Where
	db.In(&own, fragOwn, []meeting.BodyID{b})
	db.In(&treats, fragTreater, []meeting.BodyID{b})
	other.Exists(fragTreats, treats)
	w.Or(own, other)
	db.In(&w, fragState, []any{Recommended, OnAgenda})
	list, err := find(ctx, tx, w, today)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]ID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	all, err := treatments(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, c := range slices.Backward(list) { // the oldest number first
		planned := slices.ContainsFunc(all[c.ID], func(t Treatment) bool {
			return t.Body == b && t.Result == Planned && t.Number == "" && (t.Day == day || t.Day.IsZero())
		})
		if planned || c.State == Recommended && c.Body == b && len(all[c.ID]) == 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// Readable is the case when the actor may read it whole, else NotFound.
func (s *Service) Readable(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Case, error) {
	out, sight, _, err := s.seen(ctx, tx, actor, c)
	if err == nil && sight < Reads {
		err = fault.Missing()
	}
	return out, err
}

// toCome is the case's treatment by the body that is to come, if there is one.
func toCome(ctx context.Context, tx *db.Tx, c ID, b meeting.BodyID) (Treatment, int, bool, error) {
	all, err := treatments(ctx, tx, c)
	if err != nil {
		return Treatment{}, 0, false, err
	}
	last := 0
	for _, t := range all[c] {
		last = max(last, t.Position)
	}
	for _, t := range all[c] {
		if t.Body == b && t.Result == Planned {
			return t, last, true, nil
		}
	}
	return Treatment{}, last, false, nil
}

// Schedule says when the body treats the case, and under which number: at the treatment
// that is planned, or a new one.
func (s *Service) Schedule(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, b meeting.BodyID, day clock.Date, number string) error {
	t, last, found, err := toCome(ctx, tx, c, b)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	switch {
	case found && t.Day == day && (number == "" || t.Number == number):
		return nil
	case found:
		if number == "" {
			number = t.Number
		}
		if err := db.ExecOne(ctx, tx, updateTreatment, number, day, Planned, t.Told, actor.Label(), now, t.ID, t.Version); err != nil {
			return err
		}
	default:
		if _, err := db.Exec(ctx, tx, insertTreatment, newID[Treatment](), c, last+1, b, "", number, day, Planned, "", actor.Label(), now); err != nil {
			return err
		}
	}
	audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Field("number", t.Number, number), audit.Field("day", t.Day, day))
	return s.refound(ctx, tx, c)
}

// Conclude records what came of the body's treatment, and moves a case that waits for it.
func (s *Service) Conclude(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, b meeting.BodyID, r Result, told string) error {
	t, _, found, err := toCome(ctx, tx, c, b)
	if err != nil || !found {
		return err
	}
	now := s.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, r, told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Field("result", string(Planned), string(r)))
	if err := s.refound(ctx, tx, c); err != nil {
		return err
	}
	old, err := s.whole(ctx, tx, c)
	if err != nil {
		return err
	}
	if r == Adopted || r == Rejected {
		ref := t.Number
		if ref == "" {
			ref = old.Number.String()
		}
		if err := s.settle(ctx, tx, actor, c, ref, t.Day, r == Adopted); err != nil {
			return err
		}
	}
	if old.State == OnAgenda {
		return s.Step(ctx, tx, actor, old, OnAgenda, after(r), "")
	}
	return nil
}

func (s *Service) whole(ctx context.Context, tx *db.Tx, c ID) (Case, error) {
	var w db.Where
	db.In(&w, fragCase, []ID{c})
	list, err := find(ctx, tx, w, s.Clock.Today())
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Case{}, err
	}
	return list[0], nil
}

func (s *Service) refound(ctx context.Context, tx *db.Tx, c ID) error {
	old, err := s.whole(ctx, tx, c)
	if err != nil {
		return err
	}
	return refind(ctx, tx, old)
}

// Await records that the body has decided, and that members' own decisions are needed
// before it holds. A case that waits for the body goes on to wait for them.
func (s *Service) Await(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, b meeting.BodyID, told string) error {
	t, _, found, err := toCome(ctx, tx, c, b)
	if err != nil || !found {
		return err
	}
	now := s.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, Advised, told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Field("result", string(Planned), string(Advised)))
	if err := s.refound(ctx, tx, c); err != nil {
		return err
	}
	old, err := s.whole(ctx, tx, c)
	if err != nil || old.State != OnAgenda {
		return err
	}
	return s.steps(ctx, tx, actor, c, "", WasAdopted, Local)
}

// Ratified records how a case that waited for members' own decisions ended: Adopted or
// Rejected, with why in words. What waited for the case is settled.
func (s *Service) Ratified(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, b meeting.BodyID, r Result, why string) error {
	all, err := treatments(ctx, tx, c)
	if err != nil {
		return err
	}
	at := -1
	for i, t := range all[c] {
		if t.Body == b && t.Result == Advised {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	t, now := all[c][at], s.Clock.Now()
	if err := db.ExecOne(ctx, tx, updateTreatment, t.Number, t.Day, r, t.Told, actor.Label(), now, t.ID, t.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Field("result", string(Advised), string(r)))
	old, err := s.whole(ctx, tx, c)
	if err != nil {
		return err
	}
	ref := t.Number
	if ref == "" {
		ref = old.Number.String()
	}
	if err := s.settle(ctx, tx, actor, c, ref, now.Date(), r == Adopted); err != nil {
		return err
	}
	if err := s.refound(ctx, tx, c); err != nil || old.State != Local {
		return err
	}
	if r == Adopted {
		return s.steps(ctx, tx, actor, c, "", Ratified)
	}
	return s.steps(ctx, tx, actor, c, why, WasRejected)
}

// steps moves the case one state after the other.
func (s *Service) steps(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, note string, to ...flow.State) error {
	for _, next := range to {
		now, err := s.whole(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := s.Step(ctx, tx, actor, now, now.State, next, note); err != nil {
			return err
		}
	}
	return nil
}
