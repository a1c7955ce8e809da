package treatment

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
)

const (
	insertTreatment db.SQL = `INSERT INTO case_treatment (id, case_file, position, body, body_called, number, day, result, told, recorded_by, recorded_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`
	updateTreatment db.SQL = `UPDATE case_treatment SET number = $1, day = $2, result = $3, told = $4, recorded_by = $5, recorded_at = $6, version = version + 1
		WHERE id = $7 AND version = $8`
	removeTreatment db.SQL = `DELETE FROM case_treatment WHERE id = $1 AND result = 'planned'`
	lastPosition    db.SQL = `SELECT COALESCE(MAX(position), 0) FROM case_treatment WHERE case_file = $1`
)

// Add adds a treatment that is to come, or one that has been, after those that are there,
// and answers its id. A registered body is named by id, another by name.
func (s *Service) Add(ctx context.Context, actor access.Actor, c casework.ID, in casework.Treatment) (casework.TreatmentID, error) {
	in.BodyName, in.Number, in.Told = text.CleanLine(in.BodyName), text.CleanLine(in.Number), text.CleanMultiline(in.Told)
	if in.Result == "" {
		in.Result = casework.Planned
	}
	var fs fault.Fields
	in.Check(&fs)
	if err := fs.Err(); err != nil {
		return "", err
	}
	in.ID, in.Case = id.New[casework.Treatment](), c
	return in.ID, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.room.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if in.Body != "" {
			if _, err := meeting.Get(ctx, tx, in.Body, s.room.Clock.Today()); fault.Is(err, fault.NotFound) {
				return fault.InvalidField("body", "form.error.choice")
			} else if err != nil {
				return err
			}
		}
		last, err := db.Scalar[int64](ctx, tx, lastPosition, c)
		if err != nil {
			return err
		}
		now := s.room.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertTreatment, in.ID, c, last+1, in.Body, in.BodyName, in.Number, in.Day, in.Result, in.Told, actor.Label(), now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Field("number", "", in.Number), audit.Field("day", "", in.Day), audit.Field("result", "", string(in.Result)))
		return casework.Refind(ctx, tx, old)
	})
}

// Remove takes away a treatment that has not been: what has, stays.
func (s *Service) Remove(ctx context.Context, actor access.Actor, c casework.ID, t casework.TreatmentID) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.room.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		was, err := casework.TreatmentByID(ctx, tx, c, t)
		if err != nil {
			return err
		}
		if n, err := db.Exec(ctx, tx, removeTreatment, t); err != nil || n == 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "case.error.treated")
			}
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, ActionTreat, casework.Subject(c), audit.Field("number", was.Number, ""), audit.Field("day", was.Day, clock.Date{}))
		return casework.Refind(ctx, tx, old)
	})
}

// Treat records what came of a treatment, and moves the case when it waits for one:
// to the state that the result means. Telling and correcting an earlier treatment
// leaves the case where it is.
func (s *Service) Treat(ctx context.Context, actor access.Actor, c casework.ID, in casework.Treatment) error {
	in.Number, in.Told = text.CleanLine(in.Number), text.CleanMultiline(in.Told)
	in.BodyName = "-" // not changed here
	var fs fault.Fields
	in.Check(&fs)
	if in.Result == casework.Planned {
		fs.Add("result", "form.error.required")
	}
	if in.Day.After(s.room.Clock.Today()) {
		fs.Add("day", "case.error.future")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.room.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		was, err := casework.TreatmentByID(ctx, tx, c, in.ID)
		if err != nil {
			return err
		}
		now := s.room.Clock.Now()
		if err := db.ExecOne(ctx, tx, updateTreatment, in.Number, in.Day, in.Result, in.Told, actor.Label(), now, in.ID, in.Version); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionTreat, casework.Subject(c), audit.Changed(audit.Field("number", was.Number, in.Number), audit.Field("day", was.Day, in.Day),
			audit.Field("result", string(was.Result), string(in.Result)))...)
		if err := casework.Refind(ctx, tx, old); err != nil {
			return err
		}
		if was.Result == casework.Planned && (in.Result == casework.Adopted || in.Result == casework.Rejected) {
			ref := in.Number
			if ref == "" {
				ref = old.Number.String()
			}
			if err := s.room.Settle(ctx, tx, actor, c, ref, in.Day, in.Result == casework.Adopted); err != nil {
				return err
			}
		}
		if was.Result == casework.Planned && old.State == casework.OnAgenda {
			return s.room.Step(ctx, tx, actor, old, casework.OnAgenda, after(in.Result), "")
		}
		return nil
	})
}

// after is where a case stands when a treatment ended with the result; a body that
// only advises, or sends the case back, leaves it to be written on.
func after(r casework.Result) flow.State {
	switch r {
	case casework.Adopted:
		return casework.WasAdopted
	case casework.Rejected:
		return casework.WasRejected
	case casework.Postponed:
		return casework.WasPut
	case casework.Noted:
		return casework.WasNoted
	}
	return casework.WasSent
}
