package own

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertLink  db.SQL = `INSERT INTO own_link (token_hash, own, made_at, ends) VALUES ($1, $2, $3, $4)`
	getLink     db.SQL = `SELECT own, ends, used_at, revoked_at FROM own_link WHERE token_hash = $1`
	useLink     db.SQL = `UPDATE own_link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND revoked_at IS NULL`
	revokeLinks db.SQL = `UPDATE own_link SET revoked_at = $1 WHERE own = $2 AND revoked_at IS NULL AND used_at IS NULL`
)

// LinkDays is how long a link opens where no last day to answer was given.
const LinkDays = 90

// tokenBytes makes a link nobody can guess.
const tokenBytes = 18

// Refusal is why a link opens nothing.
type Refusal string

// The refusals: nobody made it; it was renewed, or answered another way; it is over; it
// has been used; the meeting is cancelled.
const (
	Unknown Refusal = "unknown"
	Revoked Refusal = "revoked"
	Expired Refusal = "expired"
	Used    Refusal = "used"
	NoNeed  Refusal = "no_need"
)

func (r Refusal) Error() string { return "link: " + string(r) }

type linkRow struct {
	Own     session.OwnID `db:"own"`
	Ends    db.Date       `db:"ends"`
	Used    db.Time       `db:"used_at"`
	Revoked db.Time       `db:"revoked_at"`
}

// NewLink makes a link for a member to answer by, once; one that was made before stops
// working. The secret is shown now and never again. The secretary does.
func (s *Service) NewLink(ctx context.Context, actor access.Actor, o session.OwnID) (string, error) {
	secret := ""
	err := s.room.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := session.OwnByID(ctx, tx, o)
		if err != nil {
			return err
		}
		_, m, r, err := s.of(ctx, tx, actor, row.Item)
		switch {
		case err != nil:
			return err
		case !r.Writes(m):
			return fault.New(fault.Denied, "fault.denied")
		case row.Answer != "":
			return fault.New(fault.Conflict, "meeting.error.own_answered")
		}
		now, ends := s.room.Clock.Now(), row.Due
		if today := s.room.Clock.Today(); ends.IsZero() || ends.Before(today) {
			ends = today.AddDays(LinkDays)
		}
		if _, err := db.Exec(ctx, tx, revokeLinks, now, o); err != nil {
			return fmt.Errorf("own decision %s: link: %w", o, err)
		}
		secret = id.Token(tokenBytes)
		if _, err := db.Exec(ctx, tx, insertLink, id.HashToken(secret), o, now, ends); err != nil {
			return fmt.Errorf("own decision %s: link: %w", o, err)
		}
		audit.Record(tx, now, actor, session.ActionOwnLink, session.Subject(m.ID), audit.Field("item", "", string(row.Item)), audit.Field("organisation", "", string(row.Org)))
		return nil
	})
	return secret, err
}

// Sheet is what one who comes by a link reads: whom it is about, and what the body has
// decided. Of an item behind closed doors it is the neutral title and no words.
type Sheet struct {
	Own    session.Own
	Title  string
	Number string
	Body   string
	Day    clock.Date // of the meeting
	Words  string
	Case   meeting.CaseID // empty when there is none that all may read
	Ends   clock.Date
}

// Look is what the link opens; the error is a Refusal when it opens nothing.
func (s *Service) Look(ctx context.Context, secret string) (Sheet, error) {
	var out Sheet
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		row, item, m, link, err := s.open(ctx, tx, secret)
		if err != nil {
			return err
		}
		out = Sheet{Own: row, Title: item.Shown(), Body: m.BodyName, Day: m.Day, Ends: link.Ends}
		if item.Number.Nr > 0 {
			out.Number = item.Number.String()
		}
		d, decided, err := session.DecisionOf(ctx, tx, item.ID)
		if decided && !item.IsClosed() {
			out.Words, out.Case = d.Words, item.Case
		}
		return err
	})
	return out, err
}

// ByLink answers by the link, which then opens nothing more.
func (s *Service) ByLink(ctx context.Context, secret string, in Answer) error {
	if err := in.check(s.room.Clock.Today()); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		row, item, m, _, err := s.open(ctx, tx, secret)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, useLink, s.room.Clock.Now(), id.HashToken(secret)); err != nil {
			return err
		}
		return s.answer(ctx, tx, access.SystemActor("link"), item, m, row, row.Version, in, session.ByLink)
	})
}

func (s *Service) open(ctx context.Context, tx *db.Tx, secret string) (session.Own, session.Item, session.Meeting, linkRow, error) {
	none := func(err error) (session.Own, session.Item, session.Meeting, linkRow, error) {
		return session.Own{}, session.Item{}, session.Meeting{}, linkRow{}, err
	}
	link, err := db.Get[linkRow](ctx, tx, getLink, id.HashToken(secret))
	switch {
	case fault.Is(err, fault.NotFound):
		return none(Unknown)
	case err != nil:
		return none(fmt.Errorf("own decision: link: %w", err))
	case !link.Used.IsZero():
		return none(Used)
	case !link.Revoked.IsZero():
		return none(Revoked)
	case link.Ends.Before(s.room.Clock.Today()):
		return none(Expired)
	}
	row, err := session.OwnByID(ctx, tx, link.Own)
	if err != nil {
		return none(err)
	}
	item, err := session.LoadItem(ctx, tx, row.Item)
	if err != nil {
		return none(err)
	}
	m, err := session.Load(ctx, tx, item.Meeting)
	if err != nil {
		return none(err)
	}
	if m.State == session.Cancelled {
		return none(NoNeed)
	}
	return row, item, m, link, nil
}
