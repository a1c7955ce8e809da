package round

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const dropLink db.SQL = `DELETE FROM round_link WHERE token_hash = $1`

func (s *Service) unlink(ctx context.Context, tx *db.Tx, secret string) error {
	if _, err := db.Exec(ctx, tx, dropLink, id.HashToken(secret)); err != nil {
		return fmt.Errorf("round: link: %w", err)
	}
	return nil
}

// Entry is a round in a list.
type Entry struct {
	Round
	HubName string
	Count   Count
}

// Count is how many were asked, as Sum.Invited counts them, and have answered.
type Count struct {
	Invited  int `db:"invited"`
	Answered int `db:"answered"`
}

const countOf db.SQL = `SELECT COUNT(*) FILTER (WHERE i.via <> 'open' OR i.answered_at IS NOT NULL) AS invited,
	COUNT(*) FILTER (WHERE i.answered_at IS NOT NULL) AS answered FROM round_invite AS i /*where*/`

// count counts the invitations of the round that the actor may see.
func (s *Service) count(ctx context.Context, tx *db.Tx, actor access.Actor, r Round) (Count, error) {
	statement, args := db.Query{Base: countOf, Where: inSight(actor, r)}.Build()
	out, err := db.Get[Count](ctx, tx, statement, args...)
	if err != nil {
		return out, fmt.Errorf("round %s: count: %w", r.ID, err)
	}
	return out, nil
}

// inSight narrows a statement over round_invite AS i to those of the round that the
// actor may see.
func inSight(actor access.Actor, r Round) db.Where {
	var w db.Where
	w.And(fragOfRound, r.ID)
	if area := Sees(actor, r.Hub); !area.Everywhere {
		db.In(&w, fragIn, area.Municipalities)
	}
	return w
}

// List lists the rounds that the actor may see, the newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, state State, after string, limit int) (db.Paged[Entry], error) {
	var out db.Paged[Entry]
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		out = db.Paged[Entry]{}
		var w db.Where
		Visible(&w, actor)
		if state != "" {
			w.And(fragState, state)
		}
		page := db.Page{Order: db.Order{Key: fragCreated, ID: fragID, Desc: true}, After: after, Limit: limit}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: listRounds, Where: w}, page, func(r roundRow) (any, string) { return r.CreatedAt.String(), string(r.ID) })
		if err != nil {
			return fmt.Errorf("rounds: %w", err)
		}
		out.Next = rows.Next
		for _, row := range rows.Items {
			r, err := load(ctx, tx, row.ID)
			if err != nil {
				return err
			}
			e := Entry{Round: r}
			if e.Count, err = s.count(ctx, tx, actor, r); err != nil {
				return err
			}
			if e.HubName, err = org.NameOn(ctx, tx, r.Hub, s.Today()); err != nil {
				return err
			}
			out.Items = append(out.Items, e)
		}
		return nil
	})
	return out, err
}

// Whole is a round with its steps and invitations, as far as the actor may see
// them. OpenMost is how many answers the open link takes, 0 when there is none.
type Whole struct {
	Round
	HubName  string
	Steps    []Step
	Invites  []Invite
	Sum      Sum
	OpenMost int
	Runs     bool     // the actor runs it
	Sending  *Sending // nil when nothing is due
}

// Get is a round that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, round ID) (Whole, error) {
	var out Whole
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.seen(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		out = Whole{Round: r, Runs: CanRun(actor, r.Hub) == nil}
		if out.Steps, err = steps(ctx, tx, round); err != nil {
			return err
		}
		if out.Sending, err = s.sending(ctx, tx, actor, r, out.Steps); err != nil {
			return err
		}
		if out.Invites, err = s.invites(ctx, tx, actor, r); err != nil {
			return err
		}
		out.Sum = SumOf(r, out.Invites, s.Today())
		if out.HubName, err = org.NameOn(ctx, tx, r.Hub, s.Today()); err != nil {
			return err
		}
		open, err := db.List[linkRow](ctx, tx, liveOpen, round)
		if len(open) > 0 {
			out.OpenMost = open[0].Most
		}
		return err
	})
	return out, err
}

// invites are those of the round that the actor may see, with their names.
func (s *Service) invites(ctx context.Context, tx *db.Tx, actor access.Actor, r Round) ([]Invite, error) {
	statement, args := db.Query{Base: listInvites, Where: inSight(actor, r)}.Build()
	rows, err := db.List[inviteRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("round %s: invites: %w", r.ID, err)
	}
	out, orgs := make([]Invite, len(rows)), make([]org.ID, len(rows))
	for n, row := range rows {
		out[n], orgs[n] = row.invite(), row.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Today())
	for n := range out {
		out[n].Name = names[out[n].Org]
	}
	return out, err
}

// Shown is an answer of a round as the hub, and the county in its area, read it.
func (s *Service) Shown(ctx context.Context, actor access.Actor, round ID, invite InviteID) (Sheet, []Made, error) {
	var out Sheet
	var made []Made
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.seen(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		row, err := db.Get[inviteRow](ctx, tx, getInvite, invite)
		if err != nil {
			return err
		}
		if row.Round != round || !Sees(actor, r.Hub).Has(row.Municipality) {
			return fault.Missing()
		}
		if out, err = s.sheet(ctx, tx, r, row.invite()); err != nil {
			return err
		}
		made, err = Needs(ctx, tx, invite)
		return err
	})
	return out, made, err
}

// Origin is the answer that a need was made of; NotFound when it was not, or the
// actor may not see that answer.
func (s *Service) Origin(ctx context.Context, actor access.Actor, need string) (ID, InviteID, error) {
	var row originRow
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if row, err = db.Get[originRow](ctx, tx, answerOfNeed, need); err != nil {
			return err
		}
		r, err := s.seen(ctx, tx, actor, row.Round)
		if err == nil && !Sees(actor, r.Hub).Has(row.Municipality) {
			err = fault.Missing()
		}
		return err
	})
	return row.Round, row.Invite, err
}

type originRow struct {
	Round        ID       `db:"round"`
	Invite       InviteID `db:"invite"`
	Municipality string   `db:"municipality"`
}
