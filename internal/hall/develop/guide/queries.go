package guide

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Draft is a guide as it is being written, for those who keep it. Fresh is what was learned
// that may stand in it and that it has not grown from yet, the oldest first.
type Draft struct {
	Kind     Kind
	Sections []Section
	Fresh    []Learned
	Newest   int // the newest version, 0 for none
	Changed  bool
}

// Draft is the guide as it is being written, for those who keep it: Denied for others.
func (s *Service) Draft(ctx context.Context, actor access.Actor, k Kind) (Draft, error) {
	out := Draft{Kind: k}
	switch {
	case !k.IsKind():
		return out, fault.Missing()
	case !k.Keeps(actor):
		return out, fault.New(fault.Denied, "fault.denied")
	}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Sections, err = s.sections(ctx, tx, actor, k); err != nil {
			return err
		}
		var w db.Where
		w.And(fragShared)
		w.And(fragNotIn, k)
		if out.Fresh, err = s.learned(ctx, tx, actor, w); err != nil {
			return err
		}
		if err := s.titles(ctx, tx, actor, out.Fresh); err != nil {
			return err
		}
		for _, x := range out.Sections {
			if err := s.titles(ctx, tx, actor, x.Sources); err != nil {
				return err
			}
		}
		before, err := versions(ctx, tx, k)
		out.Changed = len(out.Sections) > 0
		if len(before) > 0 {
			out.Newest, out.Changed = before[0].Nr, !same(before[0], out.Sections)
		}
		return err
	})
}

// titles takes away the title of developments that the actor may not know of.
func (s *Service) titles(ctx context.Context, tx *db.Tx, actor access.Actor, list []Learned) error {
	ids := make([]string, len(list))
	for i, l := range list {
		ids[i] = string(l.Development)
	}
	seen, err := s.Making.Seen(ctx, tx, actor, ids)
	for i := range list {
		if !seen[string(list[i].Development)] {
			list[i].Title, list[i].OrgName = "", ""
		}
	}
	return err
}

// Shown is a version of a guide with what each section had grown from, as far as the reader
// may know.
type Shown struct {
	Version
	Sources map[SectionID][]Learned
	Newest  bool
}

// Read is a version of the guide, the newest for nr 0; NotFound when there is none.
func (s *Service) Read(ctx context.Context, actor access.Actor, k Kind, nr int) (Shown, error) {
	out := Shown{Sources: map[SectionID][]Learned{}}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := versions(ctx, tx, k)
		if err != nil {
			return err
		}
		at := -1
		for i, v := range all {
			if nr == 0 || v.Nr == nr {
				at = i
				break
			}
		}
		if at < 0 {
			return fault.Missing()
		}
		out.Version, out.Newest = all[at], at == 0
		return s.sources(ctx, tx, actor, &out)
	})
}

// sources fills in what the sections had grown from, where the reader may know of the
// development, and it is still said.
func (s *Service) sources(ctx context.Context, tx *db.Tx, actor access.Actor, out *Shown) error {
	var ids []LearnedID
	for _, x := range out.Sections {
		for _, y := range x.Sources {
			ids = append(ids, y.Learned)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var w db.Where
	db.In(&w, fragLearned, ids)
	list, err := s.learned(ctx, tx, actor, w)
	if err != nil {
		return err
	}
	if err := s.titles(ctx, tx, actor, list); err != nil {
		return err
	}
	known := map[LearnedID]Learned{}
	for _, l := range list {
		known[l.ID] = l
	}
	for _, x := range out.Sections {
		for _, y := range x.Sources {
			if l := known[y.Learned]; l.Title != "" {
				out.Sources[x.ID] = append(out.Sources[x.ID], l)
			}
		}
	}
	return nil
}

// Versions are those of the guide, the newest first, for anybody.
func (s *Service) Versions(ctx context.Context, k Kind) ([]Version, error) {
	if !k.IsKind() {
		return nil, fault.Missing()
	}
	var out []Version
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = versions(ctx, tx, k)
		return err
	})
}

// Of is what was learned of a development, as far as the actor may know: those who make it
// read all, others what may stand in a guide. The development itself is one that the actor may
// know of.
func (s *Service) Of(ctx context.Context, actor access.Actor, d making.Development) ([]Learned, error) {
	var w db.Where
	db.In(&w, fragDevelopment, []making.ID{d.ID})
	if !d.Inside {
		w.And(fragShared)
	}
	var out []Learned
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.learned(ctx, tx, actor, w)
		return err
	})
}
