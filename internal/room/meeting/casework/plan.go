package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/financing"
)

// Plan is the financing of a case; one without costs and sources is none.
type Plan = financing.Plan

// HasPlan reports whether the case carries a financing plan.
func (c Case) HasPlan() bool { return len(c.Plan.Costs)+len(c.Plan.Sources) > 0 }

const (
	updatePlan   db.SQL = `UPDATE case_file SET plan = $1, awaits = $2, version = version + 1 WHERE id = $3 AND version = $4`
	settlePlan   db.SQL = `UPDATE case_file SET plan = $1, awaits = NULL, version = version + 1 WHERE id = $2`
	awaitingPlan db.SQL = `SELECT id, plan FROM case_file WHERE awaits = $1 ORDER BY id`
)

// readPlan reads a stored plan.
func readPlan(s string) (Plan, error) {
	var out Plan
	if err := json.Unmarshal([]byte(s), &out); err != nil {
		return Plan{}, fmt.Errorf("read: %w", err)
	}
	return out, nil
}

func writePlan(p Plan) (string, error) {
	out, err := json.Marshal(p)
	return string(out), err
}

// SetPlan replaces the financing plan; the empty Plan takes it away. A proviso that
// a decision has settled stays as it was settled. The case that is to settle one
// must be one that the actor may know of: else Invalid at "proviso_case".
func (s *Service) SetPlan(ctx context.Context, actor access.Actor, c ID, version int64, in Plan) error {
	if err := in.Check(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		in.Proviso.Settled = financing.Settlement{}
		if was := old.Plan.Proviso; was.Settled != (financing.Settlement{}) && was.What == in.Proviso.What {
			in.Proviso = was
		}
		awaits := ID(in.Proviso.Case)
		if in.Proviso.Settled != (financing.Settlement{}) {
			awaits = ""
		}
		if awaits != "" {
			if _, _, _, err := s.seen(ctx, tx, actor, awaits); fault.Is(err, fault.NotFound) {
				return fault.InvalidField("proviso_case", "case.error.proviso_case")
			} else if err != nil {
				return err
			}
		}
		stored, err := writePlan(in)
		if err != nil {
			return fmt.Errorf("case %s: plan: %w", c, err)
		}
		if err := db.ExecOne(ctx, tx, updatePlan, stored, awaits, c, version); err != nil {
			return err
		}
		now := in.Result()
		audit.Record(tx, s.Clock.Now(), actor, ActionPlan, Subject(c), audit.Field("cost", "", now.Cost), audit.Field("paid", "", now.Paid), audit.Field("own", "", now.Own))
		return nil
	})
}

// Settle lifts, or lets fall, the provisos that wait for the case, now that a body
// has decided it (SKI-5), in its transaction. The caller has the permission.
func (s *Service) Settle(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, ref string, on clock.Date, adopted bool) error {
	type row struct {
		ID   ID     `db:"id"`
		Plan string `db:"plan"`
	}
	rows, err := db.List[row](ctx, tx, awaitingPlan, c)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p, err := readPlan(r.Plan)
		if err != nil {
			return fmt.Errorf("case %s: plan: %w", r.ID, err)
		}
		if p.Proviso, err = p.Proviso.Settle(financing.Settlement{On: on, Ref: ref, Adopted: adopted}); err != nil {
			return fmt.Errorf("case %s: proviso: %w", r.ID, err)
		}
		stored, err := writePlan(p)
		if err != nil {
			return fmt.Errorf("case %s: plan: %w", r.ID, err)
		}
		if err := db.ExecOne(ctx, tx, settlePlan, stored, r.ID); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPlan, Subject(r.ID), audit.Field("settled_by", "", string(c)), audit.Field("adopted", "", adopted))
	}
	return nil
}
