package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// CreateProgramme adds a programme of in.Provider as a concept. ID, state,
// source and times of in do not count.
func (s *Service) CreateProgramme(ctx context.Context, actor access.Actor, in offer.Programme) (offer.Programme, error) {
	if err := CanWrite(actor, in.Provider); err != nil {
		return offer.Programme{}, err
	}
	in.ID, in.State, in.Source, in.SourceID = "", offer.ProgrammeConcept, "", ""
	var out offer.Programme
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		out, err = s.addProgramme(ctx, tx, actor, n, in)
		return err
	})
	return out, err
}

// addProgramme checks and writes a new programme.
func (s *Service) addProgramme(ctx context.Context, tx *db.Tx, actor access.Actor, n int64, in offer.Programme) (offer.Programme, error) {
	p, err := in.Check()
	if err != nil {
		return offer.Programme{}, err
	}
	p.ID = id.New[offer.Programme]()
	if err := checkAdapts(ctx, tx, p); err != nil {
		return offer.Programme{}, err
	}
	p.CreatedAt, p.UpdatedAt, p.Version = s.clock.Now(), s.clock.Now(), 1
	if err := insertP(ctx, tx, p, n); err != nil {
		return offer.Programme{}, err
	}
	if err := s.tellProgramme(ctx, tx, actor, offer.Programme{State: offer.ProgrammeConcept}, p); err != nil {
		return offer.Programme{}, err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionCreateProgramme, programmeSubject(p.ID), changes(nil, p.Values())...)
	return p, nil
}

// longestChain of programmes that adapt one another; a loop is longer.
const longestChain = 20

// checkAdapts sees to it that the programme adapted from exists and does not
// itself come from this one.
func checkAdapts(ctx context.Context, tx *db.Tx, p offer.Programme) error {
	for from, n := p.Adapts, 0; from != ""; n++ {
		if from == p.ID || n == longestChain {
			return fault.InvalidField("adapts", "supply.error.adapts_itself")
		}
		base, err := loadP(ctx, tx, from)
		switch {
		case fault.Is(err, fault.NotFound):
			return fault.InvalidField("adapts", "supply.error.adapts_unknown")
		case err != nil:
			return err
		case n == 0 && !base.IsPublic() && base.Provider != p.Provider:
			return fault.InvalidField("adapts", "supply.error.adapts_unknown")
		}
		from = base.Adapts
	}
	return nil
}

// UpdateProgramme writes what the provider says about the programme. version is
// the one the editor saw; when somebody else saved first it is Stale.
func (s *Service) UpdateProgramme(ctx context.Context, actor access.Actor, programme offer.ProgrammeID, version int64, in offer.Programme) error {
	return s.changeProgramme(ctx, actor, programme, version, ActionEditProgramme, func(tx *db.Tx, old offer.Programme) (offer.Programme, error) {
		p, err := in.Check()
		if err != nil {
			return p, err
		}
		p.ID, p.Provider, p.State, p.Source, p.SourceID, p.CreatedAt = old.ID, old.Provider, old.State, old.Source, old.SourceID, old.CreatedAt
		return p, checkAdapts(ctx, tx, p)
	})
}

// SetProgrammeState publishes a programme, lets it rest (no longer offered), or
// takes it up again. A published one never becomes a concept again.
func (s *Service) SetProgrammeState(ctx context.Context, actor access.Actor, programme offer.ProgrammeID, version int64, to offer.ProgrammeState) error {
	if to != offer.ProgrammeActive && to != offer.ProgrammeInactive {
		return fault.InvalidField("state", "form.error.choice")
	}
	return s.changeProgramme(ctx, actor, programme, version, ActionProgrammeState, func(_ *db.Tx, p offer.Programme) (offer.Programme, error) {
		if p.State == offer.ProgrammeConcept && to == offer.ProgrammeInactive {
			return p, fault.New(fault.Conflict, "supply.error.not_published")
		}
		p.State = to
		return p, nil
	})
}

// changeProgramme loads the programme, lets change answer the new one, writes
// and records it.
func (s *Service) changeProgramme(ctx context.Context, actor access.Actor, programme offer.ProgrammeID, version int64, action audit.Action,
	change func(*db.Tx, offer.Programme) (offer.Programme, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := loadP(ctx, tx, programme)
		if err != nil {
			return err
		}
		if err := CanWrite(actor, old.Provider); err != nil {
			return hide(err, old.IsPublic())
		}
		if old.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		p, err := change(tx, old)
		if err != nil {
			return fmt.Errorf("programme %s: %w", programme, err)
		}
		n, err := touch(ctx, tx)
		if err != nil {
			return err
		}
		return s.saveProgramme(ctx, tx, actor, n, action, old, p)
	})
}

// saveProgramme writes the programme over the old one.
func (s *Service) saveProgramme(ctx context.Context, tx *db.Tx, actor access.Actor, n int64, action audit.Action, old, p offer.Programme) error {
	p.UpdatedAt, p.Version = s.clock.Now(), old.Version
	if err := updateP(ctx, tx, p, n); err != nil {
		return err
	}
	told := p
	told.Version++
	if err := s.tellProgramme(ctx, tx, actor, old, told); err != nil {
		return err
	}
	diff := append(changes(old.Values(), p.Values()), audit.Changed(audit.Field("state", old.State, p.State))...)
	audit.Record(tx, s.clock.Now(), actor, action, programmeSubject(p.ID), diff...)
	if old.State == p.State {
		return nil
	}
	return s.tellOfferings(ctx, tx, actor, p)
}

// tellProgramme notes what those who follow the programme are told.
func (s *Service) tellProgramme(ctx context.Context, tx *db.Tx, actor access.Actor, old, p offer.Programme) error {
	if old.State == p.State {
		return nil
	}
	name, err := org.NameOn(ctx, tx, p.Provider, s.clock.Today())
	if err != nil {
		return err
	}
	happening.Record(tx, s.clock.Now(), actor, happened.ToProgramme(old, p, name)...)
	return nil
}

// hide answers NotFound instead of a refusal for what the actor may not even
// see.
func hide(err error, public bool) error {
	if public {
		return err
	}
	return fault.Missing()
}
