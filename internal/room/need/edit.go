package need

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Edit changes a submitted need's content. version is the one the editor saw.
// Whose need it is cannot be changed: withdraw it and register another.
func (s *Service) Edit(ctx context.Context, actor access.Actor, need ID, version int64, in Content) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		old, err := s.editable(ctx, tx, actor, need)
		if err != nil {
			return err
		}
		if old.State == Draft {
			out, err = s.saveDraft(ctx, tx, actor, need, version, in, "")
			return err
		}
		in := in.tidied()
		if in.Organisation == "" && in.Firms < 2 {
			in.Organisation = old.Organisation
		}
		in.RepresentedBy, in.MandateGround = old.RepresentedBy, old.MandateGround
		c := s.checker()
		c.complete(in)
		if in.Organisation != old.Organisation {
			c.Add("organisation", "need.error.organisation_fixed")
		}
		if err := c.Err(); err != nil {
			return err
		}
		out, err = s.store(ctx, tx, actor, old, version, in, ActionEdit)
		return err
	})
	return out, err
}

// SetConcepts stores what the text was understood as, after the linker or a
// person has changed it.
func (s *Service) SetConcepts(ctx context.Context, actor access.Actor, need ID, version int64, concepts []Concept) error {
	return s.Write(ctx, func(tx *db.Tx) error {
		n, err := s.editable(ctx, tx, actor, need)
		if err != nil {
			return err
		}
		c := s.checker()
		CheckConcepts(&c.Fields, concepts)
		if err := c.Err(); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, bumpNeed, fieldFrom(concepts), s.clock.Now(), actor.Label(), need, version); err != nil {
			return fmt.Errorf("need %s: concepts: %w", need, err)
		}
		before := n.Concepts
		if err := putConcepts(ctx, tx, need, concepts); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionConcepts, Subject(need), audit.Field("concepts", refs(before), refs(concepts)))
		return nil
	})
}

// editable loads a need that the actor may change: NotFound for one he may not
// see, Denied for one he may only read or whose mandate has ended.
func (s *Service) editable(ctx context.Context, tx *db.Tx, actor access.Actor, need ID) (Need, error) {
	n, err := Load(ctx, tx, need)
	if err != nil {
		return Need{}, err
	}
	if !CanSee(actor, n) {
		return Need{}, fault.Missing()
	}
	if !CanEdit(actor, n) {
		return Need{}, fault.New(fault.Denied, "need.error.may_not_edit")
	}
	if actor.IsSystem() || owns(actor, n) || n.State == Draft {
		return n, nil
	}
	holds, err := s.mandateHolds(ctx, tx, n)
	if err == nil && !holds {
		err = fault.New(fault.Denied, "need.error.mandate_ended")
	}
	return n, err
}

// mandateHolds reports whether the representative may act today. For a group
// of firms it speaks in its own name.
func (s *Service) mandateHolds(ctx context.Context, tx *db.Tx, n Need) (bool, error) {
	if n.RepresentedBy == "" || n.Organisation == "" {
		return true, nil
	}
	return org.HasMandate(ctx, tx, n.RepresentedBy, n.Organisation, s.clock.Today())
}

func (s *Service) reload(ctx context.Context, tx *db.Tx, actor access.Actor, need ID) (Need, error) {
	n, err := Load(ctx, tx, need)
	n.Sight = SightOf(actor, n)
	return n, err
}

func refs(concepts []Concept) []string {
	out := make([]string, len(concepts))
	for i, c := range concepts {
		out[i] = string(c.Chosen) + " " + c.Ref()
	}
	return out
}

// changes lists what differs, for the audit log. Own words may tell about
// people, so their values can be erased.
func changes(a, b Need) []audit.Change {
	list := []audit.Change{
		audit.PersonalField("text", a.Text, b.Text), audit.PersonalField("title", a.Title, b.Title),
		audit.PersonalField("confidentiality_ground", a.ConfidentialityGround, b.ConfidentialityGround),
		audit.Field("organisation", a.Organisation, b.Organisation), audit.Field("firms", a.Firms, b.Firms),
		audit.Field("represented_by", a.RepresentedBy, b.RepresentedBy), audit.Field("municipality", a.Municipality, b.Municipality),
		audit.Field("sector", a.Sector, b.Sector), audit.Field("purpose", a.Purpose, b.Purpose), audit.Field("level", a.Level, b.Level),
		audit.Field("wanted_from", a.WantedFrom, b.WantedFrom), audit.Field("horizon", a.Horizon, b.Horizon),
		audit.Field("cause", a.Cause, b.Cause), audit.Field("headcount", a.Headcount, b.Headcount),
		audit.Field("confidentiality", a.Confidentiality, b.Confidentiality),
		audit.Field("forms", Joined(a.Forms), Joined(b.Forms)), audit.Field("consequences", Joined(a.Consequences), Joined(b.Consequences)),
		audit.Field("barriers", Joined(a.Barriers), Joined(b.Barriers)), audit.Field("willing", a.Willing, b.Willing),
	}
	if b.Concepts != nil {
		list = append(list, audit.Field("concepts", refs(a.Concepts), refs(b.Concepts)))
	}
	return audit.Changed(list...)
}
