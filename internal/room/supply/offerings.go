package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// CreateOffering adds an offering of the programme as a concept. ID, state,
// source and times of in do not count.
func (s *Service) CreateOffering(ctx context.Context, actor access.Actor, programme offer.ProgrammeID, in offer.Offering) (offer.Offering, error) {
	var out offer.Offering
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := loadP(ctx, tx, programme)
		if err != nil {
			return err
		}
		if err := CanWrite(actor, p.Provider); err != nil {
			return hide(err, p.IsPublic())
		}
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		in.State, in.Reason, in.Source, in.SourceID = offer.Concept, "", "", ""
		out, err = s.addOffering(ctx, tx, actor, n, p, in)
		return err
	})
	return out, err
}

// addOffering checks and writes a new offering of the programme.
func (s *Service) addOffering(ctx context.Context, tx *db.Tx, actor access.Actor, n int64, p offer.Programme, in offer.Offering) (offer.Offering, error) {
	o, err := in.Check(s.places)
	if err != nil {
		return offer.Offering{}, err
	}
	o.Here = offer.Taken{}
	o.ID, o.Programme, o.Provider, o.LastConfirmed = id.New[offer.Offering](), p.ID, p.Provider, s.clock.Today()
	o.CreatedAt, o.UpdatedAt, o.Version = s.clock.Now(), s.clock.Now(), 1
	if err := insertO(ctx, tx, o, n); err != nil {
		return offer.Offering{}, err
	}
	happening.Record(tx, s.clock.Now(), actor, happened.ToOffering(p, offer.Offering{}, o, s.clock.Today())...)
	audit.Record(tx, s.clock.Now(), actor, ActionCreateOffering, offeringSubject(o.ID),
		append(changes(nil, o.Values()), audit.Field("programme", "", p.ID))...)
	return o, nil
}

// UpdateOffering writes what the provider says about the offering, which also
// confirms it. version is the one the editor saw.
func (s *Service) UpdateOffering(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64, in offer.Offering) error {
	return s.changeOffering(ctx, actor, offering, version, ActionEditOffering, func(_ *db.Tx, old offer.Offering) (offer.Offering, error) {
		in.Here = old.Here
		o, err := in.Check(s.places)
		if err != nil {
			return o, err
		}
		o.ID, o.Programme, o.Provider, o.State, o.Reason = old.ID, old.Programme, old.Provider, old.State, old.Reason
		o.Source, o.SourceID, o.CreatedAt, o.LastConfirmed = old.Source, old.SourceID, old.CreatedAt, s.clock.Today()
		return o, nil
	})
}

// Publish shows an offering to everybody, together with its programme when that
// is still a concept. A cancelled offering stays cancelled: copy it instead.
func (s *Service) Publish(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64) error {
	return s.changeOffering(ctx, actor, offering, version, ActionPublishOffering, func(tx *db.Tx, o offer.Offering) (offer.Offering, error) {
		if o.State == offer.Cancelled {
			return o, fault.New(fault.Conflict, "supply.error.cancelled")
		}
		p, err := loadP(ctx, tx, o.Programme)
		if err != nil {
			return o, err
		}
		if p.State != offer.ProgrammeActive {
			n, err := touch(ctx, tx)
			if err != nil {
				return o, err
			}
			active := p
			active.State = offer.ProgrammeActive
			if err := s.saveProgramme(ctx, tx, actor, n, ActionProgrammeState, p, active); err != nil {
				return o, err
			}
		}
		o.State, o.LastConfirmed = offer.Active, s.clock.Today()
		return o, nil
	})
}

// Cancel calls a published offering off. Readers see the reason.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64, reason string) error {
	reason, err := offer.CheckReason(reason)
	if err != nil {
		return err
	}
	return s.changeOffering(ctx, actor, offering, version, ActionCancelOffering, func(_ *db.Tx, o offer.Offering) (offer.Offering, error) {
		if err := isPublished(o); err != nil {
			return o, err
		}
		o.State, o.Reason = offer.Cancelled, reason
		return o, nil
	})
}

// Rest takes a published offering out of the lists for the time being; Publish
// brings it back.
func (s *Service) Rest(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64) error {
	return s.changeOffering(ctx, actor, offering, version, ActionRestOffering, func(_ *db.Tx, o offer.Offering) (offer.Offering, error) {
		if err := isPublished(o); err != nil {
			return o, err
		}
		o.State = offer.Inactive
		return o, nil
	})
}

func isPublished(o offer.Offering) error {
	switch o.State {
	case offer.Cancelled:
		return fault.New(fault.Conflict, "supply.error.cancelled")
	case offer.Concept:
		return fault.New(fault.Conflict, "supply.error.not_published")
	}
	return nil
}

// Confirm says that the offering still holds as it stands.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64) error {
	return s.changeOffering(ctx, actor, offering, version, ActionConfirmOffering, func(_ *db.Tx, o offer.Offering) (offer.Offering, error) {
		o.LastConfirmed = s.clock.Today()
		return o, nil
	})
}

// Copy makes a new concept of the same programme from an offering, without its
// days, applicants and source.
func (s *Service) Copy(ctx context.Context, actor access.Actor, offering offer.OfferingID) (offer.Offering, error) {
	var out offer.Offering
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := loadO(ctx, tx, offering)
		if err != nil {
			return err
		}
		if err := CanWrite(actor, o.Provider); err != nil {
			return hide(err, o.IsPublic())
		}
		p, err := loadP(ctx, tx, o.Programme)
		if err != nil {
			return err
		}
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		out, err = s.addOffering(ctx, tx, actor, n, p, o.Template())
		return err
	})
	return out, err
}

// changeOffering loads the offering, lets change answer the new one, writes and
// records it.
func (s *Service) changeOffering(ctx context.Context, actor access.Actor, offering offer.OfferingID, version int64, action audit.Action,
	change func(*db.Tx, offer.Offering) (offer.Offering, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := loadO(ctx, tx, offering)
		if err != nil {
			return err
		}
		if err := CanWrite(actor, old.Provider); err != nil {
			return hide(err, old.IsPublic())
		}
		if old.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		o, err := change(tx, old)
		if err != nil {
			return fmt.Errorf("offering %s: %w", offering, err)
		}
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		return s.saveOffering(ctx, tx, actor, n, action, old, o)
	})
}

// saveOffering writes the offering over the old one.
func (s *Service) saveOffering(ctx context.Context, tx *db.Tx, actor access.Actor, n int64, action audit.Action, old, o offer.Offering) error {
	o.UpdatedAt, o.Version = s.clock.Now(), old.Version
	if err := updateO(ctx, tx, o, n); err != nil {
		return err
	}
	p, err := loadP(ctx, tx, o.Programme)
	if err != nil {
		return err
	}
	if o.IsPublic() {
		told := o
		told.Version++
		happening.Record(tx, s.clock.Now(), actor, happened.ToOffering(p, old, told, s.clock.Today())...)
	}
	diff := append(changes(old.Values(), o.Values()), audit.Changed(audit.Field("state", old.State, o.State),
		audit.Field("reason", old.Reason, o.Reason), audit.Field("last_confirmed", old.LastConfirmed, o.LastConfirmed))...)
	audit.Record(tx, s.clock.Now(), actor, action, offeringSubject(o.ID), diff...)
	return s.tellChanged(ctx, tx, actor, p, old, o)
}
