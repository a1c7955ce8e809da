package org

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
)

// Choice is an organisation to choose, with its name of today.
type Choice struct {
	ID   ID
	Name string
}

// ActsFor lists the organisations that the actor may act for: those where it has one of the
// roles own, and those that have given a mandate to one where it has one of advisers. The
// actor's own come first.
func (s *Service) ActsFor(ctx context.Context, actor access.Actor, own, advisers []access.Role) ([]Choice, error) {
	var out []Choice
	add := func(c Choice) {
		if !slices.ContainsFunc(out, func(x Choice) bool { return x.ID == c.ID }) {
			out = append(out, c)
		}
	}
	for _, o := range actor.Orgs(own...) {
		found, err := s.Get(ctx, o)
		if err != nil {
			return nil, err
		}
		add(Choice{o, found.NameOn(s.clock.Today())})
	}
	for _, o := range actor.Orgs(advisers...) {
		page, _, err := s.List(ctx, Filter{PrincipalOf: o, Limit: db.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, e := range page.Items {
			add(Choice{e.ID, e.Name})
		}
	}
	return out, nil
}
