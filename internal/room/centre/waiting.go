package centre

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Waiting is somebody on a waiting list: for herself, or for so many at an organisation.
type Waiting struct {
	Account access.AccountID
	Name    string
	Org     access.OrgID
	OrgName string
	Seats   int
	At      clock.Time
}

const (
	insertWaiting db.SQL = `INSERT INTO centre_waiting (wish, account, org, seats, joined_at) VALUES ($1, $2, $3, $4, $5)`
	updateWaiting db.SQL = `UPDATE centre_waiting SET org = $1, seats = $2 WHERE wish = $3 AND account = $4`
	deleteWaiting db.SQL = `DELETE FROM centre_waiting WHERE wish = $1 AND account = $2`
	forgetWaiting db.SQL = `DELETE FROM centre_waiting WHERE account = $1`
	waitsFor      db.SQL = `SELECT wish FROM centre_waiting WHERE account = $1 ORDER BY wish`
	seatsWaiting  db.SQL = `SELECT COALESCE(SUM(seats), 0) FROM centre_waiting WHERE wish = $1`
	listWaiting   db.SQL = `SELECT x.account, a.name, x.org, x.seats, x.joined_at FROM centre_waiting AS x JOIN account AS a ON a.id = x.account
		WHERE x.wish = $1 ORDER BY x.joined_at, x.account`
)

func (s *Service) waiting(ctx context.Context, tx *db.Tx, w WishID) ([]Waiting, error) {
	type row struct {
		Account access.AccountID `db:"account"`
		Name    string           `db:"name"`
		Org     *access.OrgID    `db:"org"`
		Seats   int              `db:"seats"`
		At      db.Time          `db:"joined_at"`
	}
	rows, err := db.List[row](ctx, tx, listWaiting, w)
	if err != nil {
		return nil, err
	}
	out := make([]Waiting, len(rows))
	var orgs []access.OrgID
	for i, r := range rows {
		out[i] = Waiting{Account: r.Account, Name: r.Name, Seats: r.Seats, At: r.At}
		if r.Org != nil {
			out[i].Org = *r.Org
			orgs = append(orgs, *r.Org)
		}
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range out {
		out[i].OrgName = names[out[i].Org]
	}
	return out, err
}

// Wait puts the actor on the waiting list: for herself with one seat, or for so many at an
// organisation that she works for. Asked again it is changed.
func (s *Service) Wait(ctx context.Context, actor access.Actor, w WishID, o access.OrgID, seats int) error {
	var fs fault.Fields
	switch {
	case o == "" && seats != 1:
		fs.Add("seats", "centre.error.one_seat")
	case seats < 1 || seats > MaxPeople:
		fs.Add("seats", "form.error.range", "min", 1, "max", MaxPeople)
	}
	if o != "" && !slices.Contains(actor.Orgs(), o) {
		fs.Add("org", "form.error.choice")
	}
	switch {
	case fs.Err() != nil:
		return fs.Err()
	case actor.Account == "":
		return fault.New(fault.Denied, "fault.denied")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.wish(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case !old.IsOpen():
			return fault.New(fault.Conflict, "centre.error.over")
		}
		n, err := db.Exec(ctx, tx, updateWaiting, o, seats, w, actor.Account)
		if err == nil && n == 0 {
			_, err = db.Exec(ctx, tx, insertWaiting, w, actor.Account, o, seats, s.Clock.Now())
		}
		if err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWait, wishSubject(w), audit.Field("waiting", "", "joined"))
		return s.weigh(ctx, tx, actor, w)
	})
}

// StopWaiting takes the actor off the waiting list, whatever has become of the wish.
func (s *Service) StopWaiting(ctx context.Context, actor access.Actor, w WishID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, deleteWaiting, w, actor.Account)
		if err != nil || n == 0 {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWait, wishSubject(w), audit.Field("waiting", "joined", "left"))
		return s.weigh(ctx, tx, actor, w)
	})
}

// weigh moves an open wish to enough or back, by how many wait for it.
func (s *Service) weigh(ctx context.Context, tx *db.Tx, actor access.Actor, w WishID) error {
	old, err := s.wish(ctx, tx, access.SystemActor("centre"), w)
	if err != nil || !old.IsOpen() {
		return err
	}
	seats, err := db.Scalar[int](ctx, tx, seatsWaiting, w)
	if err != nil {
		return err
	}
	to := Gathers
	if seats >= old.Least {
		to = Enough
	}
	if to == old.State {
		return nil
	}
	return s.step(ctx, tx, actor, old, to, []flow.Party{flow.Learner}, "")
}
