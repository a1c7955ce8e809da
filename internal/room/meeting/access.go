package meeting

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/rule"
)

// CanCreate is nil when the actor may make bodies; a secretary only those that the
// own organisation is to be the secretariat of, which Create sees to.
func CanCreate(a access.Actor) error {
	if a.IsSystem() || a.Has(access.RoleCaseOfficer, access.RoleSecretary) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

// canChange is nil for the body's secretary, and for the county in bodies of its
// own. The county does not reach into others: what a body closes stays there.
func (s *Service) canChange(ctx context.Context, tx *db.Tx, a access.Actor, b Body) error {
	if a.IsSystem() || a.HasAt(b.Host, access.RoleCaseOfficer) || a.HasAt(b.Secretariat, access.RoleCaseOfficer) {
		return nil
	}
	rights, err := s.RightsOf(ctx, tx, a, b.ID)
	if err != nil {
		return err
	}
	if !rights.Secretary {
		return fault.New(fault.Denied, "fault.denied")
	}
	return nil
}

// MayChange reports whether the actor may change the body, its seats, its holders
// and its rules.
func (s *Service) MayChange(ctx context.Context, a access.Actor, b BodyID) (bool, error) {
	if !a.IsSystem() && !a.SignedIn() {
		return false, nil
	}
	var out bool
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		body, err := Get(ctx, tx, b, s.clock.Today())
		if err != nil {
			return err
		}
		err = s.canChange(ctx, tx, a, body)
		if fault.Is(err, fault.Denied) {
			return nil
		}
		out = err == nil
		return err
	})
	return out, err
}

// SeatRight is a seat that an actor holds in a body, as member or deputy.
type SeatRight struct {
	Seat SeatID
	Kind SeatKind
	Org  access.OrgID
	Part Part
}

// Rights is what an actor is in a body on a day. The zero Rights is nothing.
type Rights struct {
	// Secretary prepares the meetings and keeps the records.
	Secretary bool
	// Leader and DeputyLeader say that a seat the actor is member for leads.
	Leader, DeputyLeader bool
	// Seats are those the actor holds. A deputy may use a seat only when its
	// member is away or has stepped back, which the meeting knows.
	Seats []SeatRight
}

// IsIn reports whether the actor takes part in the body at all.
func (r Rights) IsIn() bool { return r.Secretary || len(r.Seats) > 0 }

// MaySeeClosed reports whether the actor may read the body's closed cases and
// papers: its secretary, and who holds a seat. An observer attends open meetings
// only.
func (r Rights) MaySeeClosed() bool {
	return r.Secretary || slices.ContainsFunc(r.Seats, func(x SeatRight) bool { return x.Kind != rule.Observer })
}

// In gives the actor's right to the seat, if there is one.
func (r Rights) In(seat SeatID) (SeatRight, bool) {
	i := slices.IndexFunc(r.Seats, func(x SeatRight) bool { return x.Seat == seat })
	if i < 0 {
		return SeatRight{}, false
	}
	return r.Seats[i], true
}

const (
	// A seat is the actor's by the account written at a holder ...
	seatsByAccount db.SQL = `SELECT s.body, s.id, s.kind, s.org, h.part, '' AS region FROM body_holder AS h JOIN body_seat AS s ON s.id = h.seat
		WHERE h.account = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2)
		AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day >= $2) ORDER BY s.id, h.part DESC, h.id`
	// ... or by the role at its organisation, where an office without account holds it.
	seatsByRole db.SQL = `SELECT s.body, s.id, s.kind, s.org, h.part, b.region FROM body_holder AS h JOIN body_seat AS s ON s.id = h.seat JOIN body AS b ON b.id = s.body
		WHERE s.kind = $1 AND s.org = $2 AND h.part = 'member' AND h.account IS NULL AND h.from_day <= $3 AND (h.to_day IS NULL OR h.to_day >= $3)
		AND s.from_day <= $3 AND (s.to_day IS NULL OR s.to_day >= $3) ORDER BY s.id, h.id`
	bodiesOfOffice db.SQL = `SELECT id, region FROM body WHERE secretariat = $1 ORDER BY id`
	ledBy          db.SQL = `SELECT body, task FROM body_leader WHERE seat = $1 AND from_day <= $2 AND to_day >= $2 ORDER BY from_day DESC, id`
)

type rightRow struct {
	Body BodyID       `db:"body"`
	Seat SeatID       `db:"id"`
	Kind SeatKind     `db:"kind"`
	Org  access.OrgID `db:"org"`
	Part Part         `db:"part"`

	Region place.RegionID `db:"region"`
}

type officeRow struct {
	ID     BodyID         `db:"id"`
	Region place.RegionID `db:"region"`
}

type ledRow struct {
	Body BodyID `db:"body"`
	Task Task   `db:"task"`
}

// RightsOf is what the actor is in the body today.
func (s *Service) RightsOf(ctx context.Context, tx *db.Tx, a access.Actor, b BodyID) (Rights, error) {
	all, err := s.RightsOn(ctx, tx, a, s.clock.Today())
	return all[b], err
}

// Rights is what the actor is in the body today, for pages.
func (s *Service) Rights(ctx context.Context, a access.Actor, b BodyID) (Rights, error) {
	var out Rights
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.RightsOf(ctx, tx, a, b)
		return err
	})
	return out, err
}

// RightsOn is what the actor is on the day in every body where he is anything:
// what lists over several bodies narrow by. The system and visitors are nothing.
func (s *Service) RightsOn(ctx context.Context, tx *db.Tx, a access.Actor, day clock.Date) (map[BodyID]Rights, error) {
	out := map[BodyID]Rights{}
	if !a.SignedIn() {
		return out, nil
	}
	rows, err := db.List[rightRow](ctx, tx, seatsByAccount, a.Account, day)
	if err != nil {
		return nil, err
	}
	for _, x := range a.Roles {
		for _, k := range SeatKinds() {
			if RoleOf(k) == "" || RoleOf(k) != x.Role || x.Org == "" {
				continue
			}
			more, err := db.List[rightRow](ctx, tx, seatsByRole, k, x.Org, day)
			if err != nil {
				return nil, err
			}
			for _, m := range more {
				if s.reaches(x, m.Region, day) {
					rows = append(rows, m)
				}
			}
		}
	}
	for _, r := range rows {
		if err := addSeat(ctx, tx, out, r, day); err != nil {
			return nil, err
		}
	}
	return out, s.addOffices(ctx, tx, out, a, day)
}

// addSeat adds a seat to the rights, with the tasks of it; a seat that is there
// already stays as it is.
func addSeat(ctx context.Context, tx *db.Tx, out map[BodyID]Rights, r rightRow, day clock.Date) error {
	mine := out[r.Body]
	if _, has := mine.In(r.Seat); has {
		return nil
	}
	mine.Seats = append(mine.Seats, SeatRight{Seat: r.Seat, Kind: r.Kind, Org: r.Org, Part: r.Part})
	mine.Secretary = mine.Secretary || r.Kind == rule.Secretary
	if r.Part == Member {
		tasks, err := db.List[ledRow](ctx, tx, ledBy, r.Seat, day)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			mine.Leader = mine.Leader || t.Task == Leader
			mine.DeputyLeader = mine.DeputyLeader || t.Task == DeputyLeader
		}
	}
	out[r.Body] = mine
	return nil
}

// addOffices adds the bodies whose secretariat the actor is secretary at. A role
// that is limited to a region does not reach bodies of another.
func (s *Service) addOffices(ctx context.Context, tx *db.Tx, out map[BodyID]Rights, a access.Actor, day clock.Date) error {
	for _, x := range a.Roles {
		if x.Role != access.RoleSecretary || x.Org == "" {
			continue
		}
		bodies, err := db.List[officeRow](ctx, tx, bodiesOfOffice, x.Org)
		if err != nil {
			return err
		}
		for _, b := range bodies {
			if b.Region != "" && !s.reaches(x, b.Region, day) {
				continue
			}
			mine := out[b.ID]
			mine.Secretary = true
			out[b.ID] = mine
		}
	}
	return nil
}

// reaches reports whether the role, if it is limited to some municipalities, holds
// in all of the region. A body without a region is outside every limit.
func (s *Service) reaches(x access.Assignment, region place.RegionID, day clock.Date) bool {
	if x.Scope.Kind == access.ScopeNone {
		return true
	}
	members, err := s.places.MembersAt(region, day)
	if err != nil || len(members) == 0 {
		return false
	}
	for _, m := range members {
		if !slices.Contains(x.Municipalities, string(m.Number)) {
			return false
		}
	}
	return true
}
