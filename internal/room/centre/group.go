package centre

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Member is somebody in the local group, as the others in it see her.
type Member struct {
	Account  access.AccountID
	Name     string
	Studies  string
	JoinedAt clock.Time
}

const (
	insertMember db.SQL = `INSERT INTO centre_member (centre, account, studies, joined_at) VALUES ($1, $2, $3, $4)`
	updateMember db.SQL = `UPDATE centre_member SET studies = $1 WHERE centre = $2 AND account = $3`
	deleteMember db.SQL = `DELETE FROM centre_member WHERE centre = $1 AND account = $2`
	forgetMember db.SQL = `DELETE FROM centre_member WHERE account = $1`
	getMember    db.SQL = `SELECT studies FROM centre_member WHERE centre = $1 AND account = $2`
	listMembers  db.SQL = `SELECT m.account, a.name, m.studies, m.joined_at FROM centre_member AS m JOIN account AS a ON a.id = m.account
		WHERE m.centre = $1 ORDER BY m.joined_at, m.account`
)

func isMember(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (bool, error) {
	if actor.Account == "" {
		return false, nil
	}
	_, err := db.Get[string](ctx, tx, getMember, c, actor.Account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Join puts the actor in the local group by her own consent, or changes what she says that she
// studies. Everybody in the group reads it, and so do the centre's people.
func (s *Service) Join(ctx context.Context, actor access.Actor, c ID, studies string, consents bool) error {
	studies = text.CleanLine(studies)
	var fs fault.Fields
	fs.Text("studies", studies, MaxLine, true)
	if !consents {
		fs.Add("yes", "centre.error.consent")
	}
	switch {
	case fs.Err() != nil:
		return fs.Err()
	case actor.Account == "":
		return fault.New(fault.Denied, "fault.denied")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		of, err := s.In(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		if of.Member {
			return db.ExecOne(ctx, tx, updateMember, studies, c, actor.Account)
		}
		if _, err := db.Exec(ctx, tx, insertMember, c, actor.Account, studies, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionGroup, subject(c), audit.Field("group", "", "joined"))
		return nil
	})
}

// Leave takes the actor out of the group, and what she said of herself with her. For one who
// is not in it, it does nothing.
func (s *Service) Leave(ctx context.Context, actor access.Actor, c ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, deleteMember, c, actor.Account)
		if err == nil && n > 0 {
			audit.Record(tx, s.Clock.Now(), actor, ActionGroup, subject(c), audit.Field("group", "joined", "left"))
		}
		return err
	})
}

// Group are those in the local group, for them and the centre's people: Denied for all others.
func (s *Service) Group(ctx context.Context, actor access.Actor, c ID) (Centre, []Member, error) {
	type row struct {
		Account  access.AccountID `db:"account"`
		Name     string           `db:"name"`
		Studies  string           `db:"studies"`
		JoinedAt db.Time          `db:"joined_at"`
	}
	var of Centre
	var out []Member
	return of, out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if of, err = s.In(ctx, tx, actor, c); err != nil {
			return err
		}
		if !of.Member && !of.Runs {
			return fault.New(fault.Denied, "fault.denied")
		}
		rows, err := db.List[row](ctx, tx, listMembers, c)
		for _, r := range rows {
			out = append(out, Member(r))
		}
		return err
	})
}

// Forget takes away what a person has here for herself, when her account is deleted: her place
// in groups and on waiting lists, and that it was she who proposed a wish.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	if _, err := db.Exec(ctx, tx, forgetMember, a); err != nil {
		return err
	}
	waited, err := db.List[WishID](ctx, tx, waitsFor, a)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, forgetWaiting, a); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, forgetProposer, a); err != nil {
		return err
	}
	for _, w := range waited {
		if err := s.weigh(ctx, tx, access.SystemActor("account"), w); err != nil {
			return err
		}
	}
	return nil
}
