package supply

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/offer"
)

// Details are a programme with all its offerings that the actor may see, and
// the programme it adapts, if that may be seen too.
type Details struct {
	*offer.Programme
	Items   []*Item
	Base    *offer.Programme
	Adapted []*Item // the base's public offerings
}

// Programme answers with the programme and its offerings, or NotFound.
func (s *Service) Programme(ctx context.Context, actor access.Actor, programme offer.ProgrammeID) (Details, error) {
	c, err := s.current(ctx)
	if err != nil {
		return Details{}, err
	}
	p := c.programmes[programme]
	if p == nil || !canSee(actor, p.Provider, p.IsPublic()) {
		return Details{}, fault.Missing()
	}
	d := Details{Programme: p.Programme, Items: c.seen(actor, programme)}
	if base := c.programmes[p.Adapts]; base != nil && canSee(actor, base.Provider, base.IsPublic()) {
		d.Base, d.Adapted = base.Programme, c.seen(access.Actor{}, base.ID)
	}
	return d, nil
}

func (c *catalogue) seen(actor access.Actor, programme offer.ProgrammeID) []*Item {
	var out []*Item
	for _, i := range c.of[programme] {
		if canSee(actor, i.Offering.Provider, i.Offering.IsPublic()) {
			out = append(out, i)
		}
	}
	return out
}

// Offering answers with the offering and its programme, or NotFound.
func (s *Service) Offering(ctx context.Context, actor access.Actor, offering offer.OfferingID) (*Item, error) {
	c, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	i := c.items[offering]
	if i == nil || !canSee(actor, i.Offering.Provider, i.Offering.IsPublic() && i.Programme.IsPublic()) {
		return nil, fault.Missing()
	}
	return i, nil
}

// Has reports whether the programme is among those the public catalogue lists by
// the filter. The transaction must have written nothing of the room.
func (s *Service) Has(ctx context.Context, tx *db.Tx, f Filter, programme offer.ProgrammeID) (bool, error) {
	f, err := f.check(s.places)
	if err != nil {
		return false, err
	}
	c, err := s.currentIn(ctx, tx)
	if err != nil {
		return false, err
	}
	found := s.search(&catalogue{list: c.of[programme]}, f, s.ways(f.Near), func(i *Item) bool {
		return i.Programme.IsPublic() && i.Offering.IsPublic() && (f.All || !i.Status.State.IsOver())
	})
	return len(found) > 0, nil
}

// PublicItems are the offerings of the programmes that anyone may read about.
// The transaction must have written nothing of the room.
func (s *Service) PublicItems(ctx context.Context, tx *db.Tx, programmes []offer.ProgrammeID) ([]*Item, error) {
	c, err := s.currentIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []*Item
	for _, p := range programmes {
		for _, i := range c.of[p] {
			if i.Programme.IsPublic() && i.Offering.IsPublic() {
				out = append(out, i)
			}
		}
	}
	return out, nil
}

// ProgrammeFilter narrows a list of programmes. Zero fields narrow nothing.
type ProgrammeFilter struct {
	Text     string
	Provider org.ID
	Levels   []offer.Level
	Fields   []string
	// Inactive lists those that are no longer offered too.
	Inactive bool
	After    offer.ProgrammeID // the last one of the part before
	Limit    int
}

// Programmes lists public programmes by title, with the total and whether more
// follow.
func (s *Service) Programmes(ctx context.Context, f ProgrammeFilter) (list []*offer.Programme, total int, more bool, err error) {
	return s.programmes(ctx, f, func(p *offer.Programme) bool {
		return p.State == offer.ProgrammeActive || f.Inactive && p.IsPublic()
	})
}

// MyProgrammes lists the programmes of the actor's organisations by title,
// drafts and all.
func (s *Service) MyProgrammes(ctx context.Context, actor access.Actor, f ProgrammeFilter) (list []*offer.Programme, total int, more bool, err error) {
	mine := WritesFor(actor)
	return s.programmes(ctx, f, func(p *offer.Programme) bool { return slices.Contains(mine, p.Provider) })
}

func (s *Service) programmes(ctx context.Context, f ProgrammeFilter, visible func(*offer.Programme) bool) (list []*offer.Programme, total int, more bool, err error) {
	c, err := s.current(ctx)
	if err != nil {
		return nil, 0, false, err
	}
	if f.After != "" && c.programmes[f.After] == nil {
		return nil, 0, false, fault.InvalidField("after", "fault.after")
	}
	if f.Limit <= 0 {
		f.Limit = db.DefaultLimit
	}
	f.Limit = min(f.Limit, db.MaxLimit)
	wants, words := Filter{Provider: f.Provider, Levels: f.Levels, Fields: f.Fields}, searchWords(f.Text)
	begun := f.After == ""
	for _, p := range c.sorted {
		if visible(p.Programme) && wants.wantsProgramme(p, words) {
			total++
			switch {
			case begun && len(list) < f.Limit:
				list = append(list, p.Programme)
			case begun:
				more = true
			}
		}
		begun = begun || p.ID == f.After
	}
	return list, total, more, nil
}

// Providers lists those who offer something public, by id.
func (s *Service) Providers(ctx context.Context) ([]org.ID, error) {
	c, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	var out []org.ID
	for _, p := range c.sorted {
		if p.IsPublic() && !slices.Contains(out, p.Provider) {
			out = append(out, p.Provider)
		}
	}
	slices.Sort(out)
	return out, nil
}
