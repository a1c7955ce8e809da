package wheel

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/need"
)

// List lists the rounds of a county's forum, or of all for an empty one, newest first,
// each with its steps. They are open to all.
func (s *Service) List(ctx context.Context, county forum.BodyID) ([]Round, error) {
	var out []Round
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		if county != "" {
			db.In(&w, fragCounty, []forum.BodyID{county})
		}
		var err error
		if out, err = findRounds(ctx, tx, w); err != nil {
			return err
		}
		for i := range out {
			body, err := s.Forums.Bodies.Body(ctx, tx, out[i].County)
			if err != nil {
				return err
			}
			out[i].CountyName = body.Name
			if out[i].Steps, err = s.steps(ctx, tx, out[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Get is the round as the actor may read it.
func (s *Service) Get(ctx context.Context, actor access.Actor, r ID) (Round, error) {
	var out Round
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = load(ctx, tx, r); err != nil {
			return err
		}
		body, part, err := forum.Open(ctx, tx, s.Forums.Bodies, actor, out.County)
		if err != nil {
			return err
		}
		out.CountyName, out.Keeps = body.Name, part.Secretary
		if out.Steps, err = s.steps(ctx, tx, r); err != nil {
			return err
		}
		if out.Priorities, err = prioritiesOf(ctx, tx, r); err != nil {
			return err
		}
		if err := s.fillRegions(ctx, tx, actor, &out); err != nil {
			return err
		}
		return s.fillAnswers(ctx, tx, actor, &out)
	})
}

func (s *Service) steps(ctx context.Context, tx *db.Tx, r ID) ([]Step, error) {
	out, err := stepsOf(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	var orgs []access.OrgID
	for _, x := range out {
		orgs = append(orgs, x.Org)
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range out {
		out[i].OrgName = names[out[i].Org]
	}
	return out, err
}

// fillRegions adds the regions with the inputs that the actor may read, and to each
// priority those that it came from.
func (s *Service) fillRegions(ctx context.Context, tx *db.Tx, actor access.Actor, r *Round) error {
	var err error
	if r.Regions, err = s.regions(ctx, tx, *r); err != nil {
		return err
	}
	all, err := inputsOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if err := s.evidence(ctx, tx, actor, all); err != nil {
		return err
	}
	for i := range r.Regions {
		x := &r.Regions[i]
		if x.Mine, err = s.writes(ctx, tx, actor, *x); err != nil {
			return err
		}
		for _, in := range all {
			if in.Region != x.Region {
				continue
			}
			mine := actor.IsSystem() || slices.Contains(x.Mine, in.Org)
			if x.SentAt.IsZero() && x.Body != "" && !mine || x.Silent != "" && !mine {
				continue
			}
			x.Inputs = append(x.Inputs, in)
		}
	}
	for i := range r.Priorities {
		for _, in := range all {
			if in.Priority == r.Priorities[i].ID {
				r.Priorities[i].From = append(r.Priorities[i].From, in)
			}
		}
	}
	return nil
}

// evidence fills in what the inputs cite: figures with their sources, and needs that the
// actor may know of.
func (s *Service) evidence(ctx context.Context, tx *db.Tx, actor access.Actor, list []Input) error {
	var figures []figure.ID
	var needs []need.ID
	var orgs []access.OrgID
	for _, i := range list {
		orgs = append(orgs, i.Org)
		if i.Figure != "" {
			figures = append(figures, i.Figure)
		}
		if i.Need != "" {
			needs = append(needs, i.Need)
		}
	}
	known, err := figure.ByID(ctx, tx, figures)
	if err != nil {
		return err
	}
	named, err := named(ctx, tx, actor, needs)
	if err != nil {
		return err
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range list {
		x := &list[i]
		x.OrgName = names[x.Org]
		if f, ok := known[x.Figure]; ok {
			x.Fig = &f
		}
		if n, ok := named[x.Need]; ok && n.Number != nil {
			x.NeedNumber, x.NeedTitle = *n.Number, n.Title
		}
	}
	return err
}

// named are those of the needs that the actor may know of.
func named(ctx context.Context, tx *db.Tx, actor access.Actor, ids []need.ID) (map[need.ID]needRow, error) {
	out := map[need.ID]needRow{}
	if len(ids) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragNeed, ids)
	need.Visible(&w, actor)
	statement, args := db.Query{Base: needsNamed, Where: w}.Build()
	rows, err := db.List[needRow](ctx, tx, statement, args...)
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, err
}

func (s *Service) fillAnswers(ctx context.Context, tx *db.Tx, actor access.Actor, r *Round) error {
	all, err := answersOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	var orgs []access.OrgID
	for _, a := range all {
		orgs = append(orgs, a.Org)
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	if err != nil {
		return err
	}
	for i := range r.Priorities {
		p := &r.Priorities[i]
		for _, a := range all {
			if a.Priority == p.ID {
				a.OrgName, a.Mine = names[a.Org], r.Keeps || actor.HasAt(a.Org, access.RoleProviderUser, access.RoleCaseOfficer)
				p.Answers = append(p.Answers, a)
			}
		}
	}
	return nil
}

// Where is what a task is about: the round, and the answer or the region. NotFound for
// none.
func (s *Service) Where(ctx context.Context, t TaskID) (ID, PriorityID, error) {
	var r ID
	var p PriorityID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[answerRow](ctx, tx, getAnswer, t)
		if err == nil {
			found, err := db.Get[priorityRow](ctx, tx, getPriority, row.Priority)
			r, p = found.Round, row.Priority
			return err
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		r, err = db.Get[ID](ctx, tx, roundOfRegion, t)
		return err
	})
	return r, p, err
}

// Figures are what inputs may cite: the sources, and those of one in an area.
func (s *Service) Figures(ctx context.Context, src figure.SourceID, area string) ([]figure.Source, []string, []figure.Figure, error) {
	var sources []figure.Source
	var areas []string
	var list []figure.Figure
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if sources, err = figure.Sources(ctx, tx); err != nil || src == "" {
			return err
		}
		if areas, err = figure.Areas(ctx, tx, src); err != nil {
			return err
		}
		list, err = figure.In(ctx, tx, src, area)
		return err
	})
	return sources, areas, list, err
}
