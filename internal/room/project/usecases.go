package project

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Deps is what the room needs. OrgNamed is the organisation that is called so, empty when
// there is none, or several.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Places   *place.Register
	OrgNamed func(ctx context.Context, tx *db.Tx, name string) (access.OrgID, error)
	// OrgName is what an organisation is called, or NotFound.
	OrgName func(ctx context.Context, tx *db.Tx, o access.OrgID) (string, error)
}

// Service is the use cases of projects.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// letter begins the number of a project.
const letter = "P"

// TakenIn is what came of a document.
type TakenIn struct {
	Project                 ID
	New, Changed, Unchanged int
}

// TakeIn takes in a document: the parent and its sub-projects are known by their codes, what the
// document says is written over what is there, and what it does not say stays; a project that
// has come further here stays there. The whole document or nothing. The county and the system
// may.
func (s *Service) TakeIn(ctx context.Context, actor access.Actor, d Document) (TakenIn, error) {
	if err := CanTakeIn(actor); err != nil {
		return TakenIn{}, err
	}
	parent, children, err := d.check(s.Places)
	if err != nil {
		return TakenIn{}, err
	}
	var out TakenIn
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		out = TakenIn{}
		if parent.Parent, err = under(ctx, tx, d.Under); err != nil {
			return err
		}
		if out.Project, err = s.put(ctx, tx, actor, parent, &out); err != nil {
			return err
		}
		for _, p := range children {
			p.Parent = out.Project
			if _, err := s.put(ctx, tx, actor, p, &out); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionTakeIn, subject(out.Project), audit.Field("new", 0, out.New), audit.Field("changed", 0, out.Changed))
		return nil
	})
}

// put stores the project under its code.
func (s *Service) put(ctx context.Context, tx *db.Tx, actor access.Actor, p taking, out *TakenIn) (ID, error) {
	var w db.Where
	db.In(&w, fragCode, []string{p.Code})
	if p.Parent == "" {
		w.And(fragTop)
	} else {
		db.In(&w, fragParent, []ID{p.Parent})
	}
	var err error
	if p.OwnerOrg, err = s.OrgNamed(ctx, tx, p.Owner); err != nil {
		return "", err
	}
	old, err := one(ctx, tx, w)
	switch {
	case fault.Is(err, fault.NotFound):
		var key int64
		if p.Number, key, err = series.Next(ctx, tx, letter, s.Clock.Today().Year()); err != nil {
			return "", err
		}
		p.ID = id.New[Project]()
		p.MadeBy = actor.Label()
		out.New++
		if err := insert(ctx, tx, p.Project, key); err != nil {
			return "", err
		}
		return p.ID, s.putNotes(ctx, tx, actor, p)
	case err != nil:
		return "", err
	}
	p.ID, p.Number, p.Version, p.MadeBy, p.Steps, p.Aimed = old.ID, old.Number, old.Version, old.MadeBy, old.Steps, old.Aimed
	p.keep(old)
	if slices.Index(States(), old.State) > slices.Index(States(), p.State) { // it has come further here
		p.State = old.State
	}
	if err := s.putNotes(ctx, tx, actor, p); err != nil {
		return "", err
	}
	if reflect.DeepEqual(p.Project, old) {
		out.Unchanged++
		return p.ID, nil
	}
	out.Changed++
	return p.ID, update(ctx, tx, p.Project)
}

// keep takes from old what the document says nothing about.
func (p *taking) keep(old Project) {
	say := func(to *i18n.Text, was i18n.Text) {
		if *to == (i18n.Text{}) {
			*to = was
		}
	}
	say(&p.Goal, old.Goal)
	say(&p.Summary, old.Summary)
	say(&p.Background, old.Background)
	say(&p.Method, old.Method)
	say(&p.Audience, old.Audience)
	say(&p.Transfer, old.Transfer)
	say(&p.Next, old.Next)
	p.Programme, p.Area, p.Card, p.Region = cmp.Or(p.Programme, old.Programme), cmp.Or(p.Area, old.Area), cmp.Or(p.Card, old.Card), cmp.Or(p.Region, old.Region)
	if p.Owner == "" {
		p.Owner, p.OwnerOrg = old.Owner, old.OwnerOrg
	}
	if p.From.IsZero() {
		p.From = old.From
	}
	if p.To.IsZero() {
		p.To = old.To
	}
	p.Aliases, p.Municipalities, p.Groups = or(p.Aliases, old.Aliases), or(p.Municipalities, old.Municipalities), or(p.Groups, old.Groups)
	p.Money, p.Members, p.Agreements = or(p.Money, old.Money), or(p.Members, old.Members), or(p.Agreements, old.Agreements)
}

// or is the list, or the other when it is empty.
func or[T any](list, other []T) []T {
	if len(list) == 0 {
		return other
	}
	return list
}

// putNotes writes the document's notes anew; those that were written here stay.
func (s *Service) putNotes(ctx context.Context, tx *db.Tx, actor access.Actor, p taking) error {
	if len(p.notes) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, dropTaken, p.ID); err != nil {
		return err
	}
	for _, n := range p.notes {
		if err := addNote(ctx, tx, p.ID, n, actor.Label(), s.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

// under is the project that a document's parent is a part of, empty for none: the only one with
// the code.
func under(ctx context.Context, tx *db.Tx, code string) (ID, error) {
	if code == "" {
		return "", nil
	}
	var w db.Where
	db.In(&w, fragCode, []string{code})
	above, err := find(ctx, tx, w)
	if err == nil && len(above) != 1 {
		err = fault.InvalidField("under", "project.error.under")
	}
	if err != nil {
		return "", err
	}
	return above[0].ID, nil
}

func subject(p ID) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(p)} }

// Filter narrows a list of projects; empty fields narrow nothing.
type Filter struct {
	Text string
	// Top leaves those that are no sub-projects, Parent the sub-projects of one.
	Top    bool
	Parent ID
	// Group is a group's code. General leaves the sub-projects that are aimed
	// at none.
	Group   string
	General bool
	// Card finds what was made of the measure with the code.
	Card string
	// Municipality finds what goes on in it, and in those that have become a part of it.
	Municipality place.Number
}

func (f Filter) where(s *Service, actor access.Actor) db.Where {
	var w db.Where
	seen(&w, actor)
	if f.Text != "" {
		w.Like(fragFolded, text.Fold(f.Text))
	}
	if f.Top {
		w.And(fragTop)
	}
	if f.Parent != "" {
		db.In(&w, fragParent, []ID{f.Parent})
	}
	switch {
	case f.General:
		db.In(&w, fragGroup, []string{""})
		w.Exists(fragAimed, db.Where{})
	case f.Group != "":
		db.In(&w, fragGroup, []string{f.Group})
	}
	if f.Card != "" {
		db.In(&w, fragCard, []string{f.Card})
	}
	if f.Municipality != "" {
		var in db.Where
		db.In(&in, fragPlace, s.everWas(f.Municipality))
		w.Exists(fragPlaces, in)
	}
	return w
}

// everWas are the number and those of all that has gone into it, whole or in part.
func (s *Service) everWas(n place.Number) []place.Number {
	out := []place.Number{n}
	for i := 0; i < len(out); i++ {
		for _, c := range s.Places.MadeFrom(out[i]) {
			if !slices.Contains(out, c.From) {
				out = append(out, c.From)
			}
		}
	}
	return out
}

// List lists the projects that the actor may see, in the order of their codes.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Project, error) {
	var out []Project
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = find(ctx, tx, f.where(s, actor))
		return err
	})
}

// Page is a part of List from the cursor, and how many there are altogether.
func (s *Service) Page(ctx context.Context, actor access.Actor, f Filter, after string, limit int) (db.Paged[Project], int, error) {
	var out db.Paged[Project]
	all := 0
	return out, all, s.DB.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: countProjects, Where: f.where(s, actor)}.Build()
		var err error
		if all, err = db.Scalar[int](ctx, tx, statement, args...); err != nil {
			return err
		}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: selectProject, Where: f.where(s, actor)}, db.Page{Order: db.Order{Key: fragSort, ID: fragID}, After: after, Limit: limit},
			func(r row) (any, string) { return r.SortKey, string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		out.Items, err = whole(ctx, tx, rows.Items)
		return err
	})
}

// Detail is a project with its parent, when it has one, and its sub-projects.
type Detail struct {
	Project
	Above    *Project
	Children []Project
}

// Get is a project that the actor may see, or NotFound. Sub-projects that are not shown to the
// actor are not among its children.
func (s *Service) Get(ctx context.Context, actor access.Actor, p ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.In(ctx, tx, actor, p); err != nil {
			return err
		}
		out.Children, err = find(ctx, tx, Filter{Parent: p}.where(s, actor))
		return err
	})
}

// In is a project with its parent in the caller's transaction, without its children.
func (s *Service) In(ctx context.Context, tx *db.Tx, actor access.Actor, p ID) (Detail, error) {
	var w db.Where
	db.In(&w, fragID, []ID{p})
	seen(&w, actor)
	found, err := one(ctx, tx, w)
	if err != nil || found.Parent == "" {
		return Detail{Project: found}, err
	}
	above, err := load(ctx, tx, found.Parent)
	return Detail{Project: found, Above: &above}, err
}

// seen narrows to the projects that the actor may see: the open ones, those of its own
// organisations and the parts of these; the county, secretaries and the system see all.
func seen(w *db.Where, actor access.Actor) {
	if actor.IsSystem() || actor.Has(access.RoleCaseOfficer, access.RoleSecretary) {
		return
	}
	var open, own, part, theirs db.Where
	open.And(fragPublic)
	if orgs := actor.Orgs(writers()...); len(orgs) > 0 {
		db.In(&own, fragOwner, orgs)
		db.In(&theirs, fragTheirs, orgs)
		part.Exists(fragAbove, theirs)
		w.Or(open, own, part)
		return
	}
	w.Or(open)
}

func load(ctx context.Context, tx *db.Tx, p ID) (Project, error) {
	var w db.Where
	db.In(&w, fragID, []ID{p})
	return one(ctx, tx, w)
}

// Leads are the hubs' roles in the municipalities of a parent on the day: by its own agreements,
// or by those of its area.
func (s *Service) Leads(p Project, day clock.Date) []place.Lead {
	if len(p.Agreements) == 0 {
		if p.Region == "" {
			return nil
		}
		return s.Places.Leads(p.Region, day)
	}
	var out []place.Lead
	for _, a := range p.Agreements {
		if !a.On(day) {
			continue
		}
		role := place.Leads
		if a.Under != "" {
			role = place.Partner
		}
		for _, n := range a.Municipalities {
			out = append(out, place.Lead{Hub: a.Hub, Role: role, Number: n, Period: a.Period})
		}
	}
	return out
}

// Members are the municipalities that take part in the project on the day: those of its area, or
// those that it names itself.
func (s *Service) Members(p Project, day clock.Date) []place.Number {
	if p.Region != "" {
		if m, err := s.Places.MembersAt(p.Region, day); err == nil {
			return place.Numbers(m)
		}
	}
	return p.Municipalities
}

// Coverage is how the hubs that lead cover the municipalities on the day: each in one of them
// when all is well (O-3).
func (s *Service) Coverage(p Project, day clock.Date) (place.Partition, error) {
	parts := map[string][]place.Number{}
	for _, l := range s.Leads(p, day) {
		if l.Role == place.Leads {
			parts[l.Hub] = append(parts[l.Hub], l.Number)
		}
	}
	return s.Places.CheckPartition(s.Members(p, day), parts, day)
}

// MostChildren is the project with most sub-projects, the first by code of several; NotFound
// when there are none.
func (s *Service) MostChildren(ctx context.Context) (ID, error) {
	var out ID
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.Scalar[ID](ctx, tx, mostChildren)
		return err
	})
}
