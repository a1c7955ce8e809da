package centre

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Detail is a centre with all that its page shows. Wishes are those that the reader may know
// of and that have not ended.
type Detail struct {
	Centre
	Partners []Partner
	Rooms    []Room
	News     []News
	Courses  []Course
	Wishes   []Wish
}

// Get is a centre, for anybody.
func (s *Service) Get(ctx context.Context, actor access.Actor, c ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Centre, err = s.In(ctx, tx, actor, c); err != nil {
			return err
		}
		if out.Partners, err = s.partners(ctx, tx, c); err != nil {
			return err
		}
		if out.Rooms, err = rooms(ctx, tx, c); err != nil {
			return err
		}
		if out.News, err = news(ctx, tx, c); err != nil {
			return err
		}
		if out.Courses, err = s.courses(ctx, tx, actor, c); err != nil {
			return err
		}
		all, err := s.wishesOf(ctx, tx, actor, out.Centre)
		out.Wishes = slices.DeleteFunc(all, func(w Wish) bool { return w.IsOver() })
		return err
	})
}

// Room is a room with its centre, for anybody.
func (s *Service) Room(ctx context.Context, actor access.Actor, r RoomID) (Room, Centre, error) {
	var out Room
	var of Centre
	return out, of, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, of, err = s.RoomIn(ctx, tx, actor, r)
		return err
	})
}

// Filter narrows the list of centres; an empty one narrows nothing. Municipalities are
// numbers, any of which will do.
type Filter struct{ Municipalities []string }

// List lists the centres, the oldest first.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Centre, error) {
	var w db.Where
	if len(f.Municipalities) > 0 {
		db.In(&w, fragMunicipality, f.Municipalities)
	}
	var out []Centre
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.find(ctx, tx, actor, w)
		return err
	})
}

// WithoutPage are the actor's own study centres that have no page yet.
func (s *Service) WithoutPage(ctx context.Context, actor access.Actor) ([]access.OrgID, error) {
	var out []access.OrgID
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		for _, o := range actor.Orgs(RunnerRoles()...) {
			of, err := org.Get(ctx, tx, o)
			if err != nil {
				return err
			}
			if of.Kind != org.StudyCentre {
				continue
			}
			_, err = db.Get[ID](ctx, tx, centreOf, o)
			if fault.Is(err, fault.NotFound) {
				out = append(out, o)
				continue
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TakenAt are the centres where the programme can be taken.
func (s *Service) TakenAt(ctx context.Context, programme string) ([]Centre, error) {
	var out []Centre
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		ids, err := db.List[ID](ctx, tx, takenAt, programme)
		if err != nil || len(ids) == 0 {
			return err
		}
		var w db.Where
		db.In(&w, fragCentre, ids)
		out, err = s.find(ctx, tx, access.Actor{}, w)
		return err
	})
}

func (s *Service) partners(ctx context.Context, tx *db.Tx, c ID) ([]Partner, error) {
	type row struct {
		Org  access.OrgID `db:"org"`
		Part string       `db:"part"`
	}
	rows, err := db.List[row](ctx, tx, listPartners, c)
	if err != nil {
		return nil, err
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	out := make([]Partner, len(rows))
	for i, r := range rows {
		out[i] = Partner{Org: r.Org, Name: names[r.Org], Part: r.Part}
	}
	return out, err
}

func rooms(ctx context.Context, tx *db.Tx, c ID) ([]Room, error) {
	rows, err := db.List[roomRow](ctx, tx, listRooms, c)
	out := make([]Room, len(rows))
	for i, r := range rows {
		out[i] = Room(r)
	}
	return out, err
}

func news(ctx context.Context, tx *db.Tx, c ID) ([]News, error) {
	type row struct {
		ID    NewsID  `db:"id"`
		Title string  `db:"title"`
		Words string  `db:"words"`
		At    db.Time `db:"made_at"`
	}
	rows, err := db.List[row](ctx, tx, listNews, c)
	out := make([]News, len(rows))
	for i, r := range rows {
		out[i] = News(r)
	}
	return out, err
}

// courses are the programmes on the list that the actor may know of: one that is no longer
// offered waits out of sight until it is again.
func (s *Service) courses(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) ([]Course, error) {
	type row struct {
		Programme string `db:"programme"`
		How       string `db:"how"`
	}
	rows, err := db.List[row](ctx, tx, listCourses, c)
	var out []Course
	for _, r := range rows {
		title, provider, err := s.Knows.Programme(ctx, tx, actor, r.Programme)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Course{Programme: r.Programme, Title: title, Provider: provider, How: r.How})
	}
	return out, err
}
