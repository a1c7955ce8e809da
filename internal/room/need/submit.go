package need

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Submit saves the content and puts the need on the map: everything mandatory
// is there, the mandate holds or is recorded with the ground given, the need
// gets its number and its follow link. With an empty id it registers a need in
// one step.
func (s *Service) Submit(ctx context.Context, actor access.Actor, draft ID, version int64, in Content) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.SubmitIn(ctx, tx, actor, draft, version, in)
		return err
	})
	return out, err
}

// Register makes and submits a need in one step.
func (s *Service) Register(ctx context.Context, actor access.Actor, in Content) (Need, error) {
	return s.Submit(ctx, actor, "", 0, in)
}

// SubmitIn is Submit inside a transaction of the caller.
func (s *Service) SubmitIn(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID, version int64, in Content) (Need, error) {
	return s.submit(ctx, tx, actor, draft, version, in, "")
}

const needOnce db.SQL = `SELECT id FROM need WHERE fingerprint = $1`

// SubmitOnce is SubmitIn for a form that may be sent twice, by a double tap or
// a tired network: the second time it answers the need that the first one made.
// once is the name of the drawn form; empty, nothing is looked for.
func (s *Service) SubmitOnce(ctx context.Context, tx *db.Tx, actor access.Actor, once string, draft ID, version int64, in Content) (Need, error) {
	if draft != "" {
		n, err := Load(ctx, tx, draft)
		if err == nil && n.State != Draft && n.CreatedBy == actor.Label() && n.Text == in.tidied().Text {
			return n, nil
		}
		return s.submit(ctx, tx, actor, draft, version, in, "")
	}
	if once == "" {
		return s.submit(ctx, tx, actor, "", 0, in, "")
	}
	mark := "form:" + actor.Label() + ":" + once
	made, err := db.Scalar[ID](ctx, tx, needOnce, mark)
	switch {
	case err == nil:
		n, err := Load(ctx, tx, made)
		if err != nil || n.Text == in.tidied().Text && n.Organisation == in.Organisation && n.Headcount == in.Headcount {
			return n, err
		}
		mark = "" // the reader went back and wrote another need in the same form
	case !fault.Is(err, fault.NotFound):
		return Need{}, fmt.Errorf("need: submit once: %w", err)
	}
	return s.submit(ctx, tx, actor, "", 0, in, mark)
}

func (s *Service) submit(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID, version int64, in Content, fingerprint string) (Need, error) {
	full, err := s.Check(ctx, tx, actor, in)
	if err != nil {
		return Need{}, err
	}
	n, err := s.saveDraft(ctx, tx, actor, draft, version, full, fingerprint)
	if err != nil {
		return Need{}, err
	}
	return s.put(ctx, tx, actor, n)
}

// Check answers the content as it would be stored, or all that keeps it from
// being submitted by the actor: wrong fields, or that he may not register.
func (s *Service) Check(ctx context.Context, tx *db.Tx, actor access.Actor, in Content) (Content, error) {
	return s.CheckImport(ctx, tx, actor, in, false)
}

// CheckImport is Check for a row of a sheet. pending tells that the row's
// organisation is settled elsewhere: it is not known yet, or its name is
// wrong.
func (s *Service) CheckImport(ctx context.Context, tx *db.Tx, actor access.Actor, in Content, pending bool) (Content, error) {
	if !CanRegister(actor) {
		return in, fault.New(fault.Denied, "need.error.may_not_register")
	}
	full := in.tidied()
	c := s.checker()
	c.pending = pending
	if pending {
		full.RepresentedBy = s.representative(actor)
	} else {
		var err error
		full, err = s.onBehalf(ctx, tx, actor, full)
		if err := c.AddErr(err); err != nil {
			return in, err
		}
		if err := c.AddErr(openOrg(ctx, tx, full.Organisation, s.clock.Today())); err != nil {
			return in, err
		}
	}
	c.complete(full)
	if err := s.checkMandate(ctx, tx, c, actor, full); err != nil {
		return in, err
	}
	return full, c.Err()
}

// openOrg refuses a new need of an organisation that Enhetsregisteret says is
// closed. Its earlier needs go on as they were.
func openOrg(ctx context.Context, tx *db.Tx, o org.ID, today clock.Date) error {
	if o == "" {
		return nil
	}
	s, err := org.StandingOf(ctx, tx, o)
	if err != nil || !s.IsClosed() {
		return err
	}
	name, err := org.NameOn(ctx, tx, o, today)
	if err != nil {
		return err
	}
	return s.Refused("organisation", name)
}

// checkMandate notes at the field mandate_ground when a mandate is needed,
// none holds, and no ground is given to record one.
func (s *Service) checkMandate(ctx context.Context, tx *db.Tx, c *checker, actor access.Actor, in Content) error {
	if c.pending && text.IsBlank(in.MandateGround) {
		c.Add("mandate_ground", "need.error.mandate_required")
	}
	if actor.IsSystem() || in.RepresentedBy == "" || in.Organisation == "" || !text.IsBlank(in.MandateGround) {
		return nil
	}
	holds, err := org.HasMandate(ctx, tx, in.RepresentedBy, in.Organisation, s.clock.Today())
	if err == nil && !holds {
		c.Add("mandate_ground", "need.error.mandate_required")
	}
	return err
}

// put gives a complete draft its mandate, number and link and moves it to mapped.
func (s *Service) put(ctx context.Context, tx *db.Tx, actor access.Actor, n Need) (Need, error) {
	now := s.clock.Now()
	if n.RepresentedBy != "" && n.Organisation != "" {
		holds, err := org.HasMandate(ctx, tx, n.RepresentedBy, n.Organisation, now.Date())
		if err != nil {
			return Need{}, err
		}
		if !holds && represents(actor, n) && !text.IsBlank(n.MandateGround) {
			n.Mandate, err = s.orgs.RecordMandate(ctx, tx, actor, org.NewMandate{Intermediary: n.RepresentedBy,
				Principal: n.Organisation, Ground: n.MandateGround})
			if err != nil {
				return Need{}, err
			}
		}
	}
	number, key, err := series.Next(ctx, tx, "B", now.Date().Year())
	if err != nil {
		return Need{}, err
	}
	n.Number = number
	if err := db.ExecOne(ctx, tx, submitNeed, number, key, n.Mandate, now, n.ID); err != nil {
		return Need{}, fmt.Errorf("need %s: submit: %w", n.ID, err)
	}
	if err := putTexts(ctx, tx, n); err != nil {
		return Need{}, err
	}
	if err := s.MoveIn(ctx, tx, actor, n, Decided{To: Mapped, As: []flow.Party{flow.Owner, flow.Adviser}}); err != nil {
		return Need{}, err
	}
	if _, err := newLink(ctx, tx, n.ID, now); err != nil {
		return Need{}, err
	}
	audit.Record(tx, now, actor, ActionSubmit, Subject(n.ID), audit.Field("number", "", number), audit.Field("mandate", "", n.Mandate))
	return s.reload(ctx, tx, actor, n.ID)
}
