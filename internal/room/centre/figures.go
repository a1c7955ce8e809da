package centre

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Figures are a centre's own numbers of a year (STS-6): for its people, the county, and the
// secretary of an area that it lies in. Municipalities and Firms count those who began.
type Figures struct {
	Year                            int
	Courses                         int
	Began, Completed                int
	Municipalities, Firms           int
	Bookings, Hours, BookedBy       int
	Members, Wishes, Waiting, Needs int
}

// CanCount reports whether the actor reads the centre's figures.
func (c Centre) CanCount(actor access.Actor) bool {
	return c.Runs || actor.Has(access.RoleCaseOfficer) || actor.Area(access.RoleSecretary).Has(c.Municipality)
}

const (
	countMembers db.SQL = `SELECT COUNT(*) FROM centre_member WHERE centre = $1`
	countWishes  db.SQL = `SELECT COUNT(*) FROM centre_wish WHERE centre = $1 AND made_at >= $2 AND made_at < $3`
	countWaiting db.SQL = `SELECT COALESCE(SUM(w.seats), 0) FROM centre_waiting AS w JOIN centre_wish AS x ON x.id = w.wish WHERE x.centre = $1 AND x.state IN ('open', 'enough')`
	countNeeds   db.SQL = `SELECT COUNT(*) FROM centre_wish WHERE centre = $1 AND need IS NOT NULL AND made_at >= $2 AND made_at < $3`
	bookedBase   db.SQL = `SELECT b.from_at, b.to_at, b.org, b.account FROM centre_booking AS b JOIN centre_room AS r ON r.id = b.room
		WHERE r.centre = $1 AND b.state = 'confirmed' AND b.from_at >= $2 AND b.from_at < $3 ORDER BY b.from_at, b.id`
)

type bookedRow struct {
	From    db.Time           `db:"from_at"`
	To      db.Time           `db:"to_at"`
	Org     *access.OrgID     `db:"org"`
	Account *access.AccountID `db:"account"`
}

// Figures counts a year of the centre.
func (s *Service) Figures(ctx context.Context, actor access.Actor, c ID, year int) (Centre, Figures, error) {
	var of Centre
	out := Figures{Year: year}
	return of, out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if of, err = s.In(ctx, tx, actor, c); err != nil {
			return err
		}
		if !of.CanCount(actor) {
			return fault.New(fault.Denied, "fault.denied")
		}
		first, err := clock.NewDate(year, 1, 1)
		if err != nil {
			return fault.InvalidField("ar", "form.error.choice")
		}
		from, to := clock.StartOfDay(first), clock.StartOfDay(first.AddMonths(12))
		if err := s.countPeople(ctx, tx, actor, of, &out); err != nil {
			return err
		}
		for _, n := range []struct {
			to   *int
			of   db.SQL
			more []any
		}{{&out.Members, countMembers, nil}, {&out.Waiting, countWaiting, nil}, {&out.Wishes, countWishes, []any{from, to}}, {&out.Needs, countNeeds, []any{from, to}}} {
			if *n.to, err = db.Scalar[int](ctx, tx, n.of, append([]any{c}, n.more...)...); err != nil {
				return err
			}
		}
		return countRooms(ctx, tx, c, from, to, &out)
	})
}

// countPeople counts those from the centre's regions who began on what can be taken there.
func (s *Service) countPeople(ctx context.Context, tx *db.Tx, actor access.Actor, of Centre, out *Figures) error {
	list, err := s.courses(ctx, tx, actor, of.ID)
	if err != nil {
		return err
	}
	out.Courses = len(list)
	ids := make([]string, len(list))
	for i, x := range list {
		ids[i] = x.Programme
	}
	began, err := s.Knows.Began(ctx, tx, ids)
	if err != nil {
		return err
	}
	near := s.Knows.Members(of.Municipality)
	places, firms := map[string]bool{}, map[access.OrgID]bool{}
	for _, b := range began {
		if b.Year != out.Year || !slices.Contains(near, b.Municipality) {
			continue
		}
		out.Began++
		places[b.Municipality] = true
		if b.Completed {
			out.Completed++
		}
		if b.Employer != "" {
			firms[b.Employer] = true
		}
	}
	out.Municipalities, out.Firms = len(places), len(firms)
	return nil
}

func countRooms(ctx context.Context, tx *db.Tx, c ID, from, to clock.Time, out *Figures) error {
	rows, err := db.List[bookedRow](ctx, tx, bookedBase, c, from, to)
	by, minutes := map[string]bool{}, 0
	for _, r := range rows {
		minutes += int(r.To.Sub(r.From).Minutes())
		switch {
		case r.Org != nil:
			by[string(*r.Org)] = true
		case r.Account != nil:
			by[string(*r.Account)] = true
		}
	}
	out.Bookings, out.Hours, out.BookedBy = len(rows), (minutes+30)/60, len(by)
	return err
}
