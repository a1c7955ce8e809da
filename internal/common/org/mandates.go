package org

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ActsFor are the roles that may act for another organisation.
func ActsFor() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer}
}

// NewMandate is what a mandate is recorded with. A zero From is today, a zero
// To is open-ended.
type NewMandate struct {
	Intermediary, Principal ID
	Ground                  string
	From, To                clock.Date
}

// MaxGround is the longest ground, in characters.
const MaxGround = 500

func (in NewMandate) check() error {
	var fs fault.Fields
	if in.Principal == "" {
		fs.Add("organisation", "form.error.required")
	}
	if in.Intermediary == "" {
		fs.Add("intermediary", "form.error.required")
	} else if in.Principal == in.Intermediary {
		fs.Add("organisation", "org.error.own_mandate")
	}
	if text.IsBlank(in.Ground) {
		fs.Add("mandate_ground", "org.error.ground_required")
	}
	if len([]rune(in.Ground)) > MaxGround {
		fs.Add("mandate_ground", "form.error.too_long", "max", MaxGround)
	}
	if !in.To.IsZero() && in.To.Before(in.From) {
		fs.Add("to", "form.error.period")
	}
	return fs.Err()
}

// GiveMandate is RecordMandate in a transaction of its own.
func (s *Service) GiveMandate(ctx context.Context, actor access.Actor, in NewMandate) (MandateID, error) {
	var m MandateID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		m, err = s.RecordMandate(ctx, tx, actor, in)
		return err
	})
	return m, err
}

// RecordMandate records in the caller's transaction that the principal has
// asked the intermediary to act for it (PLT-2). Who works for the intermediary
// may record it, and the principal may give it itself, to an organisation of a
// kind that acts for others. A second mandate on a day that has one is refused.
func (s *Service) RecordMandate(ctx context.Context, tx *db.Tx, actor access.Actor, in NewMandate) (MandateID, error) {
	gives := actor.HasAt(in.Principal, access.RoleOrgMember)
	if !actor.IsSystem() && !gives && !actor.HasAt(in.Intermediary, ActsFor()...) {
		return "", fault.New(fault.Denied, "org.error.not_intermediary")
	}
	if in.From.IsZero() {
		in.From = s.clock.Today()
	}
	in.Ground = strings.TrimSpace(in.Ground)
	if err := in.check(); err != nil {
		return "", err
	}
	if err := s.checkSides(ctx, tx, in, gives); err != nil {
		return "", err
	}
	m := id.New[Mandate]()
	if _, err := db.Exec(ctx, tx, insertMandate, m, in.Intermediary, in.Principal, in.Ground, in.From, in.To, actor.Label(), s.clock.Now()); err != nil {
		return "", fmt.Errorf("mandate: insert: %w", err)
	}
	audit.Record(tx, s.clock.Now(), actor, ActionMandate, subject(in.Principal), audit.Field("intermediary", "", in.Intermediary),
		audit.Field("ground", "", in.Ground), audit.Field("from", "", in.From), audit.Field("to", "", in.To))
	return m, nil
}

func (s *Service) checkSides(ctx context.Context, tx *db.Tx, in NewMandate, gives bool) error {
	if _, err := db.Get[orgRow](ctx, tx, getOrg, in.Principal); err != nil {
		return unknownAs("organisation", err)
	}
	other, err := db.Get[orgRow](ctx, tx, getOrg, in.Intermediary)
	if err != nil {
		return unknownAs("intermediary", err)
	}
	if gives && !other.Kind.IsIntermediary() {
		return fault.InvalidField("intermediary", "org.error.no_intermediary")
	}
	held, err := HasMandate(ctx, tx, in.Intermediary, in.Principal, in.From)
	if err != nil {
		return err
	}
	if held {
		return fault.InvalidField("from", "org.error.mandate_exists")
	}
	return nil
}

// unknownAs makes a missing organisation a fault of the field that named it.
func unknownAs(field string, err error) error {
	if fault.Is(err, fault.NotFound) {
		return fault.InvalidField(field, "org.error.unknown")
	}
	return err
}

// canEnd reports whether the actor works for either side; a system
// administrator may end a mandate that nobody is left to end.
func canEnd(a access.Actor, m Mandate) bool {
	return a.IsSystem() || a.HasAt(m.Intermediary, ActsFor()...) || a.HasAt(m.Principal, access.RoleOrgMember) || a.Has(access.RoleSysadmin)
}

// Mandate is a mandate that the actor may end, or NotFound.
func (s *Service) Mandate(ctx context.Context, actor access.Actor, m MandateID) (Mandate, error) {
	var out Mandate
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = endable(ctx, tx, actor, m)
		return err
	})
	return out, err
}

func endable(ctx context.Context, tx *db.Tx, actor access.Actor, m MandateID) (Mandate, error) {
	row, err := db.Get[mandateRow](ctx, tx, getMandate, m)
	if err != nil {
		return Mandate{}, fmt.Errorf("mandate %s: %w", m, err)
	}
	if !canEnd(actor, row.mandate()) {
		return Mandate{}, fault.Missing()
	}
	return row.mandate(), nil
}

// EndMandate lets a mandate hold to and with the day. Either side may end it.
// The day before it began undoes it; a mandate that has an end is only ever
// shortened.
func (s *Service) EndMandate(ctx context.Context, actor access.Actor, m MandateID, version int64, last clock.Date) error {
	if last.IsZero() {
		return fault.InvalidField("to", "form.error.required")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := endable(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if last.Before(old.From.AddDays(-1)) {
			return fault.InvalidField("to", "form.error.period")
		}
		if !old.To.IsZero() && last.After(old.To) {
			return fault.InvalidField("to", "org.error.mandate_longer")
		}
		if err := db.ExecOne(ctx, tx, endMandate, last, m, version); err != nil {
			return fmt.Errorf("mandate %s: end: %w", m, err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionEndMandate, subject(old.Principal),
			audit.Field("intermediary", old.Intermediary, old.Intermediary), audit.Field("to", old.To, last))
		return nil
	})
}

// MandateSides is a mandate with the names of both sides today. MayEnd tells
// whether the reader may end it.
type MandateSides struct {
	Mandate
	IntermediaryName, PrincipalName string
	MayEnd                          bool
}

// Mandates lists the newest 200 mandates that the organisation gives or holds,
// newest first, as far as the actor may see them: those who work for it see all
// of them, others those with an organisation they work for. Nobody else learns
// that there are any.
func (s *Service) Mandates(ctx context.Context, actor access.Actor, o ID) ([]MandateSides, error) {
	today := s.clock.Today()
	var out []MandateSides
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		seen := map[MandateID]bool{}
		for _, q := range visible(actor, o) {
			statement, args := q.Build()
			rows, err := db.List[mandateRow](ctx, tx, statement, args...)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if seen[r.ID] {
					continue
				}
				seen[r.ID] = true
				m := MandateSides{Mandate: r.mandate(), MayEnd: canEnd(actor, r.mandate())}
				if m.IntermediaryName, err = NameOn(ctx, tx, m.Intermediary, today); err != nil {
					return err
				}
				if m.PrincipalName, err = NameOn(ctx, tx, m.Principal, today); err != nil {
					return err
				}
				out = append(out, m)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mandates of %s: %w", o, err)
	}
	slices.SortStableFunc(out, func(a, b MandateSides) int { return b.From.Compare(a.From) })
	return out, nil
}

// visible is what to ask for, so that only mandates come that the actor may see.
func visible(actor access.Actor, o ID) []db.Query {
	all := db.Query{Base: mandatesOf, Args: []any{o}}
	if actor.IsSystem() || actor.Has(access.RoleSysadmin) || actor.HasAt(o, append(ActsFor(), access.RoleOrgMember)...) {
		return []db.Query{all}
	}
	var out []db.Query
	if mine := actor.Orgs(ActsFor()...); len(mine) > 0 {
		q := all
		db.In(&q.Where, fragIntermediary, mine)
		out = append(out, q)
	}
	if own := actor.Orgs(access.RoleOrgMember); len(own) > 0 {
		q := all
		db.In(&q.Where, fragPrincipal, own)
		out = append(out, q)
	}
	return out
}
