package making

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// has reports whether the actor has what is answered, or acts for somebody who has it.
func (s *Service) has(ctx context.Context, tx *db.Tx, actor access.Actor, a develop.About) (bool, error) {
	if len(actor.Roles) == 0 {
		return false, nil
	}
	sides, err := s.Answers.Sides(ctx, tx, a)
	return slices.ContainsFunc(sides, func(x develop.Side) bool { return x.IsOf(actor) }), err
}

// Circle is a development with the organisations that share its workspace. Sides are those the
// actor may know of, the provider first; Others are the rest, whose needs are shielded from
// the actor and who are not named.
type Circle struct {
	Development
	Sides  []develop.Side
	Others []access.OrgID
}

// Of is the side that the actor writes for, the provider before the others; an office writes
// for itself and is none.
func (c Circle) Of(actor access.Actor) (develop.Side, bool) {
	for _, x := range c.Sides {
		if x.Party == flow.Provider && c.Is(flow.Provider) && !actor.IsSystem() || x.Party != flow.Provider && x.IsOf(actor) {
			return x, true
		}
	}
	return develop.Side{}, false
}

// CircleOf is the development with those who share its workspace: its provider, those who have
// the needs behind it or act for them with a mandate, and the secretariat and the county of
// their area. Whoever is none of them finds nothing: NotFound.
func (s *Service) CircleOf(ctx context.Context, tx *db.Tx, actor access.Actor, of ID) (Circle, error) {
	d, err := s.seen(ctx, tx, actor, of)
	if err == nil && !d.Inside {
		err = fault.Missing()
	}
	if err != nil {
		return Circle{}, err
	}
	out := Circle{Development: d, Sides: []develop.Side{{Org: d.Provider, Party: flow.Provider}}}
	all, err := behind(ctx, tx, d)
	if err != nil {
		return Circle{}, err
	}
	var hidden []develop.Side
	for _, a := range all {
		sides, err := s.Answers.Sides(ctx, tx, a)
		if err != nil {
			return Circle{}, err
		}
		_, err = s.Answers.OriginOf(ctx, tx, actor, a)
		switch {
		case err == nil:
			out.Sides = append(out.Sides, sides...)
		case fault.Is(err, fault.NotFound):
			hidden = append(hidden, sides...)
		default:
			return Circle{}, err
		}
	}
	out.Sides = once(out.Sides)
	for _, x := range hidden {
		if !slices.ContainsFunc(out.Sides, func(y develop.Side) bool { return y.Org == x.Org }) {
			out.Others = append(out.Others, x.Org)
		}
	}
	return out, nil
}

// once are the sides, one for each organisation, as the first of them.
func once(list []develop.Side) []develop.Side {
	var out []develop.Side
	for _, x := range list {
		if !slices.ContainsFunc(out, func(y develop.Side) bool { return y.Org == x.Org }) {
			out = append(out, x)
		}
	}
	return out
}
