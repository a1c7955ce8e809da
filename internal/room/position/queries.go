package position

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Detail is a position with its history and, for the employer, the interest in it. Own is
// the interest that the reader has shown, if any.
type Detail struct {
	Position
	Steps     []flow.Step // only for the parties
	Interests []Interest  // only for the employer, the newest first
	Own       *Interest
}

// Get is the position as the actor sees it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, p ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := s.seen(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		list := []Position{found}
		if err := s.named(ctx, tx, list); err != nil {
			return err
		}
		if list[0].Programme != "" {
			path, err := s.Knows.Path(ctx, tx, actor, list[0].Programme)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			list[0].ProgrammeTitle = path.Title
		}
		if list[0].Need != "" {
			_, title, err := s.Knows.Origin(ctx, tx, actor, list[0].Need)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			list[0].NeedTitle = title
		}
		out = Detail{Position: list[0]}
		if len(found.Mine) > 0 {
			if out.Steps, err = flow.History(ctx, tx, flowOf(p)); err != nil {
				return err
			}
		}
		if found.Is(flow.Employer) {
			if out.Interests, err = interestsOf(ctx, tx, p); err != nil {
				return err
			}
			out.Interested = len(out.Interests)
		}
		out.Own, err = ownInterest(ctx, tx, actor, p)
		return err
	})
}

// Filter narrows the list; empty fields narrow nothing. Municipalities are numbers, any
// of which will do. Open leaves only those that interest can be shown in.
type Filter struct {
	Municipalities []string
	Level          string
	Open           bool
}

func (f Filter) where() db.Where {
	var w db.Where
	if len(f.Municipalities) > 0 {
		db.In(&w, fragMunicipality, f.Municipalities)
	}
	if f.Level != "" {
		db.In(&w, fragLevel, []string{f.Level})
	}
	states := []flow.State{Published, Hired, InEducation, Qualified}
	if f.Open {
		states = states[:1]
	}
	db.In(&w, fragState, states)
	return w
}

// List lists the positions that are open to all, the newest first.
func (s *Service) List(ctx context.Context, f Filter, after string, limit int) (db.Paged[Position], error) {
	var out db.Paged[Position]
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.ListPage(ctx, tx, db.Query{Base: selectPosition, Where: f.where()},
			db.Page{Order: db.Order{Key: fragKey, ID: fragID, Desc: true}, After: after, Limit: limit}, func(r row) (any, string) { return r.Key, string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			out.Items = append(out.Items, r.position())
		}
		return s.named(ctx, tx, out.Items)
	})
}

// Mine lists the positions that the actor's organisations write, act for or are asked to
// confirm, in all states, the newest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Position, error) {
	var of []db.Where
	add := func(column db.Fragment, orgs []access.OrgID, more ...db.Fragment) {
		if len(orgs) == 0 {
			return
		}
		var w db.Where
		db.In(&w, column, orgs)
		for _, m := range more {
			w.And(m)
		}
		of = append(of, w)
	}
	add(fragEmployer, actor.Orgs(WriterRoles()...))
	add(fragRepresented, actor.Orgs(AdviserRoles()...))
	add(fragProvider, actor.Orgs(access.RoleProviderUser), fragNotDraft)
	if len(of) == 0 {
		return nil, nil
	}
	var w db.Where
	w.Or(of...)
	var out []Position
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := find(ctx, tx, w)
		if err != nil {
			return err
		}
		for _, p := range found {
			if p.Mine, err = s.parties(ctx, tx, actor, p); err != nil {
				return err
			}
			if len(p.Mine) > 0 { // a mandate may have ended
				out = append(out, p)
			}
		}
		return s.named(ctx, tx, out)
	})
}

// Within is the position with what the actor may act as, without asking whether he may
// see it: for those parts of the room that have readers of their own.
func (s *Service) Within(ctx context.Context, tx *db.Tx, actor access.Actor, p ID) (Position, error) {
	found, err := load(ctx, tx, p)
	if err != nil {
		return Position{}, err
	}
	if found.Mine, err = s.parties(ctx, tx, actor, found); err != nil {
		return Position{}, err
	}
	list := []Position{found}
	err = s.named(ctx, tx, list)
	return list[0], err
}
