package org

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionRegister   audit.Action = "org.register"
	ActionEdit       audit.Action = "org.edit"
	ActionRename     audit.Action = "org.rename"
	ActionMandate    audit.Action = "org.mandate"
	ActionEndMandate audit.Action = "org.end_mandate"
	ActionStanding   audit.Action = "org.standing"
)

// Service is the register's use cases.
type Service struct {
	db                *db.DB
	clock             clock.Clock
	knownMunicipality func(string) bool
}

// New makes the register. knownMunicipality tells whether a number is one of
// today's or an earlier municipality.
func New(d *db.DB, c clock.Clock, knownMunicipality func(string) bool) *Service {
	return &Service{db: d, clock: c, knownMunicipality: knownMunicipality}
}

func subject(o ID) audit.Subject { return audit.Subject{Kind: "organisation", ID: string(o)} }

// Register adds an organisation. Its number must be free, and no other of the
// same name may lie in the municipality unless numbers tell them apart; the
// fault then names the field orgno or name.
func (s *Service) Register(ctx context.Context, actor access.Actor, in Registration) (Organisation, error) {
	var o Organisation
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		o, err = s.RegisterIn(ctx, tx, actor, in)
		return err
	})
	return o, err
}

// RegisterIn is Register inside a transaction of the caller, for a room whose
// use case meets an organisation that is new.
func (s *Service) RegisterIn(ctx context.Context, tx *db.Tx, actor access.Actor, in Registration) (Organisation, error) {
	if err := CanRegister(actor); err != nil {
		return Organisation{}, err
	}
	in, err := in.check(s.knownMunicipality)
	if err != nil {
		return Organisation{}, err
	}
	o := Organisation{ID: access.NewOrgID(), Kind: in.Kind, OrgNo: in.OrgNo, Parent: in.Parent,
		Municipality: in.Municipality, Website: in.Website, Names: in.Names, Aliases: in.Aliases,
		CreatedAt: s.clock.Now(), Version: 1}
	if err := s.checkStored(ctx, tx, o); err != nil {
		return Organisation{}, err
	}
	if err := insert(ctx, tx, o); err != nil {
		return Organisation{}, err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionRegister, subject(o.ID),
		audit.Field("name", "", o.NameOn(s.clock.Today())), audit.Field("kind", "", string(o.Kind)),
		audit.Field("orgno", "", o.OrgNo), audit.Field("municipality", "", o.Municipality))
	return o, nil
}

// checkStored holds the organisation against the rest of the register: a free
// number, no double, a parent that exists and is not below it.
func (s *Service) checkStored(ctx context.Context, tx *db.Tx, o Organisation) error {
	var fs fault.Fields
	if o.OrgNo != "" {
		other, err := db.Get[orgRow](ctx, tx, getByOrgNo, o.OrgNo)
		switch {
		case err == nil && other.ID != o.ID:
			fs.Add("orgno", "org.error.orgno_taken")
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		}
	}
	same, err := db.List[orgRow](ctx, tx, sameName, o.Municipality, key(o.NameOn(s.clock.Today())))
	if err != nil {
		return fmt.Errorf("organisation: look for doubles: %w", err)
	}
	for _, other := range same {
		if other.ID != o.ID && (other.OrgNo == nil || o.OrgNo == "") {
			fs.Add("name", "org.error.name_taken")
			break
		}
	}
	above := o.Parent
	for depth := 0; above != ""; depth++ {
		row, err := db.Get[orgRow](ctx, tx, getOrg, above)
		if fault.Is(err, fault.NotFound) {
			fs.Add("parent", "org.error.unknown")
			break
		}
		if err != nil {
			return err
		}
		if row.ID == o.ID || depth > maxDepth {
			fs.Add("parent", "org.error.parent_below")
			break
		}
		above = ""
		if row.Parent != nil {
			above = *row.Parent
		}
	}
	return fs.Err()
}

// maxDepth is how many levels of "part of" there may be.
const maxDepth = 10

// Edit changes what the register says now, the current name included: that is
// for spelling; a new name from a day is Rename. version is the one the editor
// saw; when somebody has saved since, it answers Stale and changes nothing.
func (s *Service) Edit(ctx context.Context, actor access.Actor, o ID, version int64, in Registration) error {
	if err := CanRegister(actor); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := Get(ctx, tx, o)
		if err != nil {
			return err
		}
		if old.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		in := in
		in.Names = nil
		if in, err = in.check(s.knownMunicipality); err != nil {
			return err
		}
		nr := old.at(s.clock.Today())
		was, name := old.Names[nr], in.Names[0]
		after := Organisation{ID: o, OrgNo: in.OrgNo, Parent: in.Parent, Municipality: in.Municipality, Names: in.Names}
		if err := s.checkStored(ctx, tx, after); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateOrg, in.Kind, orNull(in.OrgNo), in.Municipality, in.Website, orNull(in.Parent), o, version); err != nil {
			return fmt.Errorf("organisation %s: edit: %w", o, err)
		}
		if err := setName(ctx, tx, o, nr, name); err != nil {
			return err
		}
		if in.OrgNo != old.OrgNo { // what was read about the other number is not about this one
			if _, err := db.Exec(ctx, tx, dropStanding, o); err != nil {
				return fmt.Errorf("organisation %s: edit: %w", o, err)
			}
		}
		if _, err := db.Exec(ctx, tx, dropAliases, o); err != nil {
			return fmt.Errorf("organisation %s: edit: %w", o, err)
		}
		if err := addAliases(ctx, tx, o, in.Aliases); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionEdit, subject(o), audit.Changed(
			audit.Field("name", was.Name, name.Name), audit.Field("short", was.Short, name.Short),
			audit.Field("kind", string(old.Kind), string(in.Kind)), audit.Field("orgno", old.OrgNo, in.OrgNo),
			audit.Field("municipality", old.Municipality, in.Municipality), audit.Field("website", old.Website, in.Website),
			audit.Field("parent", old.Parent, in.Parent), audit.Field("aliases", old.Aliases, in.Aliases))...)
		return nil
	})
}

// Rename gives the organisation a new name from n.From on; the name until then
// ends the day before, and is kept (ORG-2). n.To does not count.
func (s *Service) Rename(ctx context.Context, actor access.Actor, o ID, version int64, n Name) error {
	if err := CanRegister(actor); err != nil {
		return err
	}
	n = Name{Name: strings.TrimSpace(text.CleanLine(n.Name)), Short: strings.TrimSpace(text.CleanLine(n.Short)), From: n.From}
	var fs fault.Fields
	checkName(&fs, n)
	if n.From.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := Get(ctx, tx, o)
		if err != nil {
			return err
		}
		return s.renameIn(ctx, tx, actor, old, version, n)
	})
}

func (s *Service) renameIn(ctx context.Context, tx *db.Tx, actor access.Actor, old Organisation, version int64, n Name) error {
	last := len(old.Names) - 1
	if !n.From.After(old.Names[last].From) {
		return fault.InvalidField("from", "org.error.name_from")
	}
	if err := db.ExecOne(ctx, tx, bumpOrg, old.ID, version); err != nil {
		return fmt.Errorf("organisation %s: rename: %w", old.ID, err)
	}
	until := n.From.AddDays(-1)
	if _, err := db.Exec(ctx, tx, closeName, until, old.ID, last, until); err != nil {
		return fmt.Errorf("organisation %s: rename: %w", old.ID, err)
	}
	if err := addName(ctx, tx, old.ID, last+1, n); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionRename, subject(old.ID), audit.Field("name", old.Names[last].Name, n.Name), audit.Field("from", "", n.From))
	return nil
}
