package org

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Standing is how an organisation stood in Enhetsregisteret when it was last
// read there. Name and Municipality are the register's, which may differ from
// what people have written here. Employees is -1 when none are registered. The
// zero Standing means that it has not been looked up.
type Standing struct {
	State          brreg.State
	Since          clock.Date
	Name           string
	Municipality   string
	Form, Industry string
	Employees      int
	CheckedAt      clock.Time
}

// IsRead reports whether the organisation has been looked up and found.
func (s Standing) IsRead() bool { return s.State != "" && s.State != brreg.Unknown }

// IsClosed reports whether the register says that the organisation is, or is
// about to be, no more. Nobody reports new needs for it.
func (s Standing) IsClosed() bool { return s.State.IsClosed() }

// Refused is the fault at the field that named a closed organisation for
// something new, and says how it stands.
func (s Standing) Refused(field, name string) error {
	return fault.InvalidField(field, i18n.Key("org.closed."+string(s.State)), "name", name)
}

// StateLabel is the name of a state of the register.
func StateLabel(s brreg.State) i18n.Key { return i18n.Key("org.state." + string(s)) }

const (
	standingOf  db.SQL = `SELECT org, state, since, name, municipality, form, industry, employees, checked_at FROM organisation_standing WHERE org = $1`
	putStanding db.SQL = `INSERT INTO organisation_standing (org, state, since, name, municipality, form, industry, employees, checked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org) DO UPDATE SET state = excluded.state, since = excluded.since, name = excluded.name,
		municipality = excluded.municipality, form = excluded.form, industry = excluded.industry, employees = excluded.employees, checked_at = excluded.checked_at`
	standingDue db.SQL = `SELECT o.id, o.orgno FROM organisation AS o LEFT JOIN organisation_standing AS s ON s.org = o.id
		WHERE o.orgno IS NOT NULL AND (s.checked_at IS NULL OR s.checked_at < $1) ORDER BY COALESCE(s.checked_at, ''), o.id LIMIT 100`
	countDue db.SQL = `SELECT COUNT(*) FROM organisation AS o LEFT JOIN organisation_standing AS s ON s.org = o.id
		WHERE o.orgno IS NOT NULL AND (s.checked_at IS NULL OR s.checked_at < $1)`
	dropStanding db.SQL = `DELETE FROM organisation_standing WHERE org = $1`
	setPlace     db.SQL = `UPDATE organisation SET municipality = $1, version = version + 1 WHERE id = $2 AND version = $3`
	setNumber    db.SQL = `UPDATE organisation SET orgno = $1, version = version + 1 WHERE id = $2 AND version = $3`
)

type standingRow struct {
	Org          ID          `db:"org"`
	State        brreg.State `db:"state"`
	Since        db.Date     `db:"since"`
	Name         string      `db:"name"`
	Municipality string      `db:"municipality"`
	Form         string      `db:"form"`
	Industry     string      `db:"industry"`
	Employees    int64       `db:"employees"`
	CheckedAt    db.Time     `db:"checked_at"`
}

// StandingOf is how the organisation stands; the zero Standing when it has not
// been looked up.
func StandingOf(ctx context.Context, tx *db.Tx, o ID) (Standing, error) {
	r, err := db.Get[standingRow](ctx, tx, standingOf, o)
	if fault.Is(err, fault.NotFound) {
		return Standing{}, nil
	}
	if err != nil {
		return Standing{}, fmt.Errorf("organisation %s: standing: %w", o, err)
	}
	return Standing{State: r.State, Since: r.Since, Name: r.Name, Municipality: r.Municipality, Form: r.Form, Industry: r.Industry,
		Employees: int(r.Employees), CheckedAt: r.CheckedAt}, nil
}

func storeStanding(ctx context.Context, tx *db.Tx, o ID, s Standing) error {
	_, err := db.Exec(ctx, tx, putStanding, o, s.State, s.Since, s.Name, s.Municipality, s.Form, s.Industry, int64(s.Employees), s.CheckedAt)
	if err != nil {
		return fmt.Errorf("organisation %s: standing: %w", o, err)
	}
	return nil
}

// Numbered is an organisation with the number it has.
type Numbered struct {
	ID    ID     `db:"id"`
	OrgNo string `db:"orgno"`
}

// Due lists the next hundred organisations with a number that have not been
// looked up since the moment, those never looked up first, and counts them all.
func Due(ctx context.Context, tx *db.Tx, since clock.Time) (next []Numbered, all int, err error) {
	if next, err = db.List[Numbered](ctx, tx, standingDue, since); err != nil {
		return nil, 0, fmt.Errorf("organisations: due: %w", err)
	}
	n, err := db.Scalar[int64](ctx, tx, countDue, since)
	return next, int(n), err
}

// Closed is what those who follow the organisation are told when the register
// says that it is, or is about to be, no more; ClosedAs is the fact of how: a
// state of the register.
const (
	Closed   happening.What = "organisation_closed"
	ClosedAs string         = "as"
)

// Followed tells what StandIn changed.
type Followed struct{ State, Name, Municipality bool }

// StandIn stores how the organisation stands now, and follows the register:
// when the register has changed its name or municipality since it was last
// read, and what stands here is what the register had, the organisation gets
// the new one, the name from today on. What people have written otherwise
// stays theirs. Only the program and those who may register do this; the
// caller's transaction records what changed.
func (s *Service) StandIn(ctx context.Context, tx *db.Tx, actor access.Actor, o ID, now Standing) (Followed, error) {
	var out Followed
	if err := CanRegister(actor); err != nil {
		return out, err
	}
	org, err := Get(ctx, tx, o)
	if err != nil {
		return out, err
	}
	was := org.Standing
	if now.State == brreg.Removed || now.State == brreg.Unknown { // it says nothing else
		now.Name, now.Municipality, now.Form, now.Industry, now.Employees = was.Name, was.Municipality, was.Form, was.Industry, was.Employees
	}
	if now.State == brreg.Deleted && now.Municipality == "" {
		now.Municipality, now.Industry = was.Municipality, was.Industry
	}
	if err := storeStanding(ctx, tx, o, now); err != nil {
		return out, err
	}
	if now.IsClosed() && !was.IsClosed() {
		happening.Record(tx, s.clock.Now(), actor, happening.Happening{Kind: ObjectName, ID: string(o), What: Closed, Mark: string(now.State) + ":" + now.Since.String(),
			Facts: happening.Facts{ClosedAs: string(now.State)}})
	}
	if out.State = was.State != now.State || was.Since != now.Since; out.State {
		audit.Record(tx, s.clock.Now(), actor, ActionStanding, subject(o), audit.Changed(
			audit.Field("state", string(was.State), string(now.State)), audit.Field("since", was.Since, now.Since))...)
	}
	if !was.IsRead() {
		out.Name, err = s.nameNumbered(ctx, tx, actor, org, now)
		return out, err
	}
	if out.Name, err = s.followName(ctx, tx, actor, &org, now); err != nil {
		return out, err
	}
	out.Municipality, err = s.followPlace(ctx, tx, actor, org, now)
	return out, err
}

// nameNumbered gives an organisation that was written as its number alone the
// name that the register has.
func (s *Service) nameNumbered(ctx context.Context, tx *db.Tx, actor access.Actor, o Organisation, now Standing) (bool, error) {
	nr := o.at(s.clock.Today())
	was := o.Names[nr]
	if no, err := text.ParseOrgNumber(was.Name); err != nil || no != o.OrgNo || now.Name == "" {
		return false, nil
	}
	if err := db.ExecOne(ctx, tx, bumpOrg, o.ID, o.Version); err != nil {
		return false, fmt.Errorf("organisation %s: name: %w", o.ID, err)
	}
	name := Written(now.Name)
	if err := setName(ctx, tx, o.ID, nr, Name{Name: name, Short: was.Short}); err != nil {
		return false, err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionEdit, subject(o.ID), audit.Field("name", was.Name, name))
	return true, nil
}

func (s *Service) followName(ctx context.Context, tx *db.Tx, actor access.Actor, o *Organisation, now Standing) (bool, error) {
	today := s.clock.Today()
	last := o.Names[len(o.Names)-1]
	ours, theirs := key(last.Name), key(now.Name)
	if now.Name == "" || ours != key(o.Standing.Name) || theirs == key(o.Standing.Name) || !today.After(last.From) || !last.To.IsZero() && last.To.Before(today) {
		return false, nil
	}
	err := s.renameIn(ctx, tx, actor, *o, o.Version, Name{Name: Written(now.Name), From: today})
	o.Version++
	return err == nil, err
}

func (s *Service) followPlace(ctx context.Context, tx *db.Tx, actor access.Actor, o Organisation, now Standing) (bool, error) {
	was := o.Standing.Municipality
	if now.Municipality == "" || was == "" || now.Municipality == was || o.Municipality != was || !s.knownMunicipality(now.Municipality) {
		return false, nil
	}
	if err := db.ExecOne(ctx, tx, setPlace, now.Municipality, o.ID, o.Version); err != nil {
		return false, fmt.Errorf("organisation %s: municipality: %w", o.ID, err)
	}
	audit.Record(tx, s.clock.Now(), actor, ActionEdit, subject(o.ID), audit.Field("municipality", o.Municipality, now.Municipality))
	return true, nil
}

// NumberIn gives the number to the one organisation of the name in the
// municipality that has none, and answers which it was; NotFound when there is
// no such or several.
func (s *Service) NumberIn(ctx context.Context, tx *db.Tx, actor access.Actor, name, municipality, orgNo string) (ID, error) {
	if err := CanRegister(actor); err != nil {
		return "", err
	}
	same, err := db.List[orgRow](ctx, tx, sameName, municipality, key(name))
	if err != nil {
		return "", fmt.Errorf("organisation: look for the name: %w", err)
	}
	if len(same) != 1 || same[0].OrgNo != nil {
		return "", fault.Missing()
	}
	o := same[0]
	if err := db.ExecOne(ctx, tx, setNumber, orgNo, o.ID, o.Version); err != nil {
		return "", fmt.Errorf("organisation %s: number: %w", o.ID, err)
	}
	audit.Record(tx, s.clock.Now(), actor, ActionEdit, subject(o.ID), audit.Field("orgno", "", orgNo))
	return o.ID, nil
}
