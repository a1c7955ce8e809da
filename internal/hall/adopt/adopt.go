package adopt

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/support"
)

// Deps is what the hall needs. Steps are those of a measure, in order, in the language.
type Deps struct {
	Projects *project.Service
	Entries  *entry.Service
	Cards    *support.Service
	Steps    func(ctx context.Context, card support.ID, lang i18n.Lang) ([]string, error)
}

// Service is the use cases of taking measures into use.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

// Case is a project that was made of a measure, with what it says of itself; Entry is nil until it
// is complete.
type Case struct {
	project.Project
	Entry *entry.Entry
}

// Use is what became of a measure. Cases are the projects that the actor may see, by their
// codes; All counts those that it may not, too.
type Use struct {
	Card    support.Card
	Cases   []Case
	All     int
	Counted Counted
}

// code is what projects know the card by.
func code(c support.Card) string {
	if c.Code != "" {
		return c.Code
	}
	return string(c.ID)
}

// Used is what became of a measure, or NotFound for what is no measure.
func (s *Service) Used(ctx context.Context, actor access.Actor, card support.ID) (Use, error) {
	c, err := s.measure(ctx, actor, card)
	if err != nil {
		return Use{}, err
	}
	out := Use{Card: c}
	all, err := s.Projects.List(ctx, access.SystemActor("adopt"), project.Filter{Card: code(c)})
	if err != nil {
		return out, err
	}
	out.All = len(all)
	seen, err := s.Projects.List(ctx, actor, project.Filter{Card: code(c)})
	if err != nil {
		return out, err
	}
	ids := make([]project.ID, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	said, err := s.Entries.Complete(ctx, ids)
	for _, e := range said {
		out.Counted = out.Counted.add(e.Attainment)
	}
	for _, p := range seen {
		x := Case{Project: p}
		if e, ok := said[p.ID]; ok {
			x.Entry = &e
		}
		out.Cases = append(out.Cases, x)
	}
	return out, err
}

// measure is the card, or NotFound when it is a scheme or guidance, which nobody takes into use.
func (s *Service) measure(ctx context.Context, actor access.Actor, card support.ID) (support.Card, error) {
	c, err := s.Cards.Read(ctx, actor, card)
	if err == nil && c.Kind != support.Measure {
		err = fault.Missing()
	}
	return c, err
}

// Taking is who takes a measure into use and where. Parent and Group are the project that it
// becomes a part of, empty for none.
type Taking struct {
	Owner          access.OrgID
	Parent         project.ID
	Group          string
	Municipalities []place.Number
	Lang           i18n.Lang
}

// Take makes a project of the measure: an idea with its title, its words and its steps, of the
// owner's. Whoever may make a project of the owner's may; an archived measure is taken by nobody.
func (s *Service) Take(ctx context.Context, actor access.Actor, card support.ID, in Taking) (project.ID, error) {
	c, err := s.measure(ctx, actor, card)
	if err != nil {
		return "", err
	}
	if c.Archived {
		return "", fault.New(fault.Conflict, "adopt.error.archived")
	}
	steps, err := s.Steps(ctx, card, in.Lang)
	if err != nil {
		return "", err
	}
	title, _ := c.Title.In(in.Lang)
	what, _ := c.What.In(in.Lang)
	who, _ := c.ForWhom.In(in.Lang)
	return s.Projects.Create(ctx, actor, project.Making{Card: code(c), Steps: steps, Content: project.Content{Lang: in.Lang, Owner: in.Owner, Parent: in.Parent, Group: in.Group, Municipalities: in.Municipalities,
		Words: project.Words{Title: title, Summary: what, Audience: who}}})
}
