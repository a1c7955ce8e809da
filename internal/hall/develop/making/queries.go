package making

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

// look fills in what the actor may act as, and reports whether the actor may know of it.
func (s *Service) look(ctx context.Context, tx *db.Tx, actor access.Actor, d *Development) (bool, error) {
	d.Mine, d.Partner, d.Inside, d.Shown = nil, false, false, false
	if actor.IsSystem() {
		d.Mine, d.Partner, d.Inside = []flow.Party{flow.Provider, flow.County}, true, true
		return true, nil
	}
	if actor.HasAt(d.Provider, access.RoleProviderUser) {
		d.Mine, d.Partner, d.Inside = append(d.Mine, flow.Provider), true, true
	}
	all, err := behind(ctx, tx, *d)
	if err != nil {
		return false, err
	}
	open := true
	for _, a := range all {
		o, err := s.Answers.OriginOf(ctx, tx, actor, a)
		switch {
		case fault.Is(err, fault.NotFound): // the need is shielded from the reader
			open = false
			continue
		case err != nil:
			return false, err
		}
		d.Inside = d.Inside || o.Office
		if !d.Inside {
			if d.Inside, err = s.has(ctx, tx, actor, a); err != nil {
				return false, err
			}
		}
		d.Partner, open = d.Partner || o.Partner || d.Inside, open && o.Open
		if o.County && !d.Is(flow.County) {
			d.Mine = append(d.Mine, flow.County)
		}
	}
	d.Shown = d.Public && open
	return d.Partner || d.Shown, nil
}

// seen is the development as the actor sees it, or NotFound.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, of ID) (Development, error) {
	d, err := load(ctx, tx, of)
	if err != nil {
		return d, err
	}
	sees, err := s.look(ctx, tx, actor, &d)
	if err == nil && !sees {
		err = fault.Missing()
	}
	if err != nil {
		return Development{}, err
	}
	return d, nil
}

// Detail is a development with its stages and, for whoever works with it, its history.
type Detail struct {
	Development
	Plan  []Stage
	Gaps  []Gap
	Steps []flow.Step
	Began int // how many have begun by an application here, for whoever works with it
	// NeedTitle is what it came from, for a reader who may know of it.
	NeedTitle string
	// Further are the other needs behind it that the reader may know of; Hidden is how many
	// there are besides, for whoever works with it.
	Further []Further
	Hidden  int
	// Origin is what it is a copy of, and Copies are those made of it, as far as the reader may
	// know of them.
	Origin *Twin
	Copies []Twin
}

// Further is a need or a pooled need behind a development.
type Further struct {
	About         develop.About
	Number, Title string
}

// Get is the development as the actor sees it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, of ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		d, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		list := []Development{d}
		if err := s.named(ctx, tx, list); err != nil {
			return err
		}
		out.Development = list[0]
		if d.About != (develop.About{}) {
			o, err := s.Answers.OriginOf(ctx, tx, actor, d.About)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			out.NeedTitle = o.Name
		}
		if err := s.further(ctx, tx, actor, &out); err != nil {
			return err
		}
		if err := s.twins(ctx, tx, actor, &out); err != nil {
			return err
		}
		if out.Plan, err = plan(ctx, tx, of); err != nil {
			return err
		}
		steps, err := flow.History(ctx, tx, flowOf(of))
		if err != nil {
			return err
		}
		actual(out.Plan, steps)
		out.Gaps = Check(out.Plan)
		if d.Partner {
			out.Steps = steps
			out.Began, err = s.Began(ctx, tx, string(d.Programme))
		}
		return err
	})
}

// further fills in the further needs behind it, as far as the actor may know of them.
func (s *Service) further(ctx context.Context, tx *db.Tx, actor access.Actor, out *Detail) error {
	list, err := abouts(ctx, tx, furtherOf, out.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		o, err := s.Answers.OriginOf(ctx, tx, actor, a)
		switch {
		case err == nil:
			out.Further = append(out.Further, Further{a, o.Number, o.Name})
		case !fault.Is(err, fault.NotFound):
			return err
		case out.Partner:
			out.Hidden++
		}
	}
	return nil
}

func (s *Service) named(ctx context.Context, tx *db.Tx, list []Development) error {
	ids := make([]access.OrgID, len(list))
	for i, d := range list {
		ids[i] = d.Provider
	}
	names, err := need.NamesOf(ctx, tx, ids, s.Clock.Today())
	for i, d := range list {
		list[i].ProviderName = names[d.Provider]
	}
	return err
}

// List lists developments that are public, the newest first, as far as the actor may know of
// them.
func (s *Service) List(ctx context.Context, actor access.Actor, after string, limit int) (db.Paged[Development], error) {
	var out db.Paged[Development]
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		w.And(fragPublic)
		rows, err := db.ListPage(ctx, tx, db.Query{Base: selectAll, Where: w}, db.Page{Order: db.Order{Key: fragKey, ID: fragID, Desc: true}, After: after, Limit: limit},
			func(r row) (any, string) { return r.Key, string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			d := r.development()
			sees, err := s.look(ctx, tx, actor, &d)
			if err != nil {
				return err
			}
			if sees {
				out.Items = append(out.Items, d)
			}
		}
		return s.named(ctx, tx, out.Items)
	})
}

// Mine lists the developments of the actor's own organisations, and those that their needs
// or their clients' needs stand behind, the newest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Development, error) {
	var of []db.Where
	if orgs := actor.Orgs(access.RoleProviderUser); len(orgs) > 0 {
		var w db.Where
		db.In(&w, fragProvider, orgs)
		of = append(of, w)
	}
	for _, x := range []struct {
		column db.Fragment
		orgs   []access.OrgID
	}{{fragNeedOrg, actor.Orgs(need.OwnerRoles()...)}, {fragNeedActor, actor.Orgs(need.AdviserRoles()...)}} {
		if len(x.orgs) > 0 {
			var inner, w db.Where
			db.In(&inner, x.column, x.orgs)
			w.Exists(fragBehind, inner)
			of = append(of, w)
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	var w db.Where
	w.Or(of...)
	return s.known(ctx, actor, w)
}

// OfProgramme lists those that make the programme, as far as the actor may know of them.
func (s *Service) OfProgramme(ctx context.Context, actor access.Actor, p offer.ProgrammeID) ([]Development, error) {
	var w db.Where
	db.In(&w, fragMakes, []offer.ProgrammeID{p})
	return s.known(ctx, actor, w)
}

func (s *Service) known(ctx context.Context, actor access.Actor, w db.Where) ([]Development, error) {
	var out []Development
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.visible(ctx, tx, actor, w); err != nil {
			return err
		}
		return s.named(ctx, tx, out)
	})
}

// OfAnswer is the development that was made from an answer, for an actor who may know of
// it, or NotFound.
func (s *Service) OfAnswer(ctx context.Context, actor access.Actor, answer develop.ID) (ID, error) {
	var out ID
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := db.Get[ID](ctx, tx, ofAnswer, answer)
		if err != nil {
			return err
		}
		d, err := s.seen(ctx, tx, actor, found)
		out = d.ID
		return err
	})
}

// Object is the kind of thing that a development is.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "making.object", Path: "/utvikling/", Cards: s.cards,
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, err := s.ours(ctx, tx, actor, ID(id))
			return err
		}}
}

// visible are those of the developments that the actor may know of.
func (s *Service) visible(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Development, error) {
	found, err := find(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	var out []Development
	for _, d := range found {
		sees, err := s.look(ctx, tx, actor, &d)
		if err != nil {
			return nil, err
		}
		if sees {
			out = append(out, d)
		}
	}
	return out, nil
}

// withIDs are the conditions of those with the ids.
func withIDs(ids []string) db.Where {
	var w db.Where
	db.In(&w, fragID, ids)
	return w
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	list, err := s.visible(ctx, tx, actor, withIDs(ids))
	out := make([]object.Card, len(list))
	for i, d := range list {
		out[i] = object.Card{Ref: object.Ref{ID: string(d.ID)}, Number: d.Number, Title: i18n.Text{NB: d.Title}}
	}
	return out, err
}

// Seen tells which of the developments the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.visible(ctx, tx, actor, withIDs(ids))
	out := map[string]bool{}
	for _, d := range list {
		out[string(d.ID)] = true
	}
	return out, err
}

// Concerns are the organisations that a development is about: its provider.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, providerOf, id)
}
