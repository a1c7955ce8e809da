package person

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Bodies lists the organisations that can answer a request about the thing: those
// whose case officers have it. Of several, the thing's own organisation comes
// before the county it lies in, and the county before others. About no thing in
// particular, all with a case officer today can answer.
func (s *Service) Bodies(ctx context.Context, thing object.Ref) ([]access.OrgID, error) {
	var out []access.OrgID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.bodies(ctx, tx, thing)
		return err
	})
	return out, err
}

func (s *Service) bodies(ctx context.Context, tx *db.Tx, thing object.Ref) ([]access.OrgID, error) {
	if thing == (object.Ref{}) {
		return s.Accounts.OrgsWith(ctx, tx, access.RoleCaseOfficer)
	}
	if o, ok := s.Officers[thing.Kind]; ok {
		body, err := o.Body(ctx, tx, thing.ID)
		if err != nil {
			return nil, err
		}
		able, err := s.Accounts.OrgsWith(ctx, tx, o.Role)
		return slices.DeleteFunc(able, func(x access.OrgID) bool { return x != body }), err
	}
	role := access.RoleCaseOfficer
	officers, err := s.Accounts.PeopleWith(ctx, tx, role)
	if err != nil {
		return nil, err
	}
	var able, home []access.OrgID
	for _, o := range officers {
		actor, err := s.Accounts.ActorIn(ctx, tx, o)
		if err != nil {
			return nil, fmt.Errorf("person: bodies: %w", err)
		}
		for _, body := range actor.Orgs(role) {
			if slices.Contains(able, body) {
				continue
			}
			card, ok, err := s.has(ctx, tx, actor, body, thing)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			able = append(able, body)
			if is, err := isCountyOf(ctx, tx, body, card); err != nil {
				return nil, err
			} else if is {
				home = append(home, body)
			}
		}
	}
	concerned, err := s.Concerns(ctx, tx, thing)
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(slices.Clone(able), func(o access.OrgID) bool { return !slices.Contains(concerned, o) })
	switch {
	case len(own) > 0:
		return own, nil
	case len(home) > 0:
		return home, nil
	}
	slices.Sort(able)
	return able, nil
}

// has reports whether the thing lies with the actor as the body's officer: he sees it,
// and it lies in his area.
func (s *Service) has(ctx context.Context, tx *db.Tx, actor access.Actor, body access.OrgID, thing object.Ref) (object.Card, bool, error) {
	officer, role := actor.At(body), s.officer(thing.Kind)
	officer.Roles = slices.DeleteFunc(officer.Roles, func(x access.Assignment) bool { return x.Role != role })
	if len(officer.Roles) == 0 {
		return object.Card{}, false, nil
	}
	card, err := s.Objects.Card(ctx, tx, officer, thing)
	if fault.Is(err, fault.NotFound) {
		return card, false, nil
	}
	return card, err == nil && officer.Area(role).Has(card.Municipalities...), err
}

// isCountyOf reports whether the body is the county that the thing lies in: the
// first two digits of a municipality's number are its county's.
func isCountyOf(ctx context.Context, tx *db.Tx, body access.OrgID, card object.Card) (bool, error) {
	o, err := org.Get(ctx, tx, body)
	if err != nil || o.Kind != org.County || len(o.Municipality) < 2 {
		return false, err
	}
	return slices.ContainsFunc(card.Municipalities, func(m string) bool { return strings.HasPrefix(m, o.Municipality[:2]) }), nil
}

// fits is nil while the actor has the thing for the body that was asked, and
// something stands about the person in it.
func (s *Service) fits(ctx context.Context, tx *db.Tx, actor access.Actor, x Request) error {
	bodies, err := s.bodies(ctx, tx, x.Thing)
	if err != nil {
		return err
	}
	_, ok, err := s.has(ctx, tx, actor, x.Org, x.Thing)
	if err != nil {
		return err
	}
	if !ok || !slices.Contains(bodies, x.Org) {
		return fault.New(fault.Conflict, "person.error.elsewhere")
	}
	held, err := s.inside(ctx, tx, x.Account, x.Thing)
	if err == nil && len(held) == 0 {
		return fault.New(fault.Conflict, "person.error.nothing")
	}
	return err
}

// Erased stands where a person was taken out of a row.
const Erased = "erased"

// takeOut takes the person out of the thing, and tells what went, by table: rows
// that name the person no longer, and values that are gone from the log.
func (s *Service) takeOut(ctx context.Context, tx *db.Tx, a access.AccountID, thing object.Ref) ([]audit.Change, error) {
	var went []audit.Change
	if more, ok := s.TakenOut[thing.Kind]; ok {
		if err := more(ctx, tx, thing.ID, a); err != nil {
			return nil, err
		}
	}
	for _, k := range s.Register.Kinds {
		for _, t := range k.Tables {
			within, ok := t.in(thing)
			if !ok || t.Fixed {
				continue
			}
			var rows int64
			for _, by := range t.By {
				n, err := db.ReplaceWith(ctx, tx, t.Name, by, string(a), Erased, within...)
				if err != nil {
					return nil, fmt.Errorf("person: take out of %s: %w", t.Name, err)
				}
				rows += n
			}
			if rows > 0 {
				went = append(went, audit.Field(k.ID+"."+t.Name+"."+strings.Join(t.By, "+"), "", rows))
			}
		}
	}
	n, err := audit.EraseWords(ctx, tx, audit.Subject{Kind: thing.Kind, ID: thing.ID}, string(a))
	return append(went, audit.Field("log_values", "", n)), err
}
