package round

import (
	"context"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// tokenBytes makes a link nobody can guess.
const tokenBytes = 18

// Handed is a link to be handed over, shown once.
type Handed struct {
	Org    org.ID
	Name   string
	Secret string
}

// newLink makes a link; an empty invite makes an open one.
func (s *Service) newLink(ctx context.Context, tx *db.Tx, r ID, invite InviteID, most int) (string, error) {
	secret := id.Token(tokenBytes)
	if _, err := db.Exec(ctx, tx, insertLink, id.HashToken(secret), r, invite, most, s.Clock.Now()); err != nil {
		return "", fmt.Errorf("round %s: link: %w", r, err)
	}
	return secret, nil
}

// NewLinks makes links to hand over: for all that wait for one, or, with an invite,
// anew for one organisation, whose links from before stop working.
func (s *Service) NewLinks(ctx context.Context, actor access.Actor, round ID, invite InviteID) ([]Handed, error) {
	var out []Handed
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		out = nil
		r, err := s.running(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		if !r.TakesAnswers(s.Today()) {
			return fault.New(fault.Conflict, "round.error.not_open")
		}
		all, err := s.invites(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		for _, i := range all {
			if invite == "" && !r.waits(i, s.Today()) || invite != "" && (i.ID != invite || i.HasAnswered()) {
				continue
			}
			if _, err := db.Exec(ctx, tx, revokeOf, now, i.ID); err != nil {
				return fmt.Errorf("round %s: links: %w", round, err)
			}
			secret, err := s.newLink(ctx, tx, round, i.ID, 0)
			if err != nil {
				return err
			}
			if _, err := db.Exec(ctx, tx, setSent, now, i.Mailed, i.ID); err != nil {
				return fmt.Errorf("round %s: links: %w", round, err)
			}
			out = append(out, Handed{Org: i.Org, Name: i.Name, Secret: secret})
		}
		if len(out) == 0 {
			return fault.New(fault.Conflict, "round.error.no_links")
		}
		audit.Record(tx, now, actor, ActionLinks, subject(round), audit.Field("links", "", len(out)))
		return nil
	})
	return out, err
}

// RevokeLinks stops all links of an organisation: it is not reminded either, until
// somebody makes it a new one.
func (s *Service) RevokeLinks(ctx context.Context, actor access.Actor, round ID, invite InviteID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		_, i, err := s.invited(ctx, tx, actor, round, invite)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, revokeOf, now, invite); err != nil {
			return fmt.Errorf("round %s: revoke: %w", round, err)
		}
		audit.Record(tx, now, actor, ActionRevoke, subject(round), audit.Field("organisation", "", i.Org))
		return nil
	})
}

// NewOpenLink makes the link for those who are not invited, for at most so many
// answers; the one before stops working.
func (s *Service) NewOpenLink(ctx context.Context, actor access.Actor, round ID, most int) (string, error) {
	if most < 1 || most > MaxOpen {
		return "", fault.InvalidField("most", "form.error.range", "min", 1, "max", MaxOpen)
	}
	secret := ""
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.running(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		if !r.TakesAnswers(s.Today()) {
			return fault.New(fault.Conflict, "round.error.not_open")
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, revokeOpen, now, round); err != nil {
			return fmt.Errorf("round %s: open link: %w", round, err)
		}
		secret, err = s.newLink(ctx, tx, round, "", most)
		audit.Record(tx, now, actor, ActionOpenLink, subject(round), audit.Field("most", "", most))
		return err
	})
	return secret, err
}

// RevokeOpenLink stops the open link. Answers that are begun go on.
func (s *Service) RevokeOpenLink(ctx context.Context, actor access.Actor, round ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.running(ctx, tx, actor, round); err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, revokeOpen, now, round); err != nil {
			return fmt.Errorf("round %s: open link: %w", round, err)
		}
		audit.Record(tx, now, actor, ActionRevoke, subject(round))
		return nil
	})
}

// link reads what a secret opens. The error is a Refusal when it opens nothing.
func (s *Service) link(ctx context.Context, tx *db.Tx, secret string) (linkRow, Round, error) {
	l, err := db.Get[linkRow](ctx, tx, getLink, id.HashToken(secret))
	if fault.Is(err, fault.NotFound) {
		return linkRow{}, Round{}, Unknown
	}
	if err != nil {
		return linkRow{}, Round{}, fmt.Errorf("round: link: %w", err)
	}
	r, err := load(ctx, tx, l.Round)
	if err == nil && !l.RevokedAt.IsZero() {
		err = Revoked
	}
	return l, r, err
}

// Door is what the page of an open link shows before anything is asked.
type Door struct {
	Round Round
	Hub   string
	Sight question.Sight // of the form
}

// ByOpenLink is the round of an open link that takes answers still; the error is a
// Refusal when it does not.
func (s *Service) ByOpenLink(ctx context.Context, secret string) (Door, error) {
	var out Door
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.openDoor(ctx, tx, secret)
		if err != nil {
			return err
		}
		d, err := s.Forms.VersionIn(ctx, tx, r.Form, r.Nr)
		if err != nil {
			return err
		}
		out = Door{Round: r, Sight: d.Sight}
		out.Hub, err = org.NameOn(ctx, tx, r.Hub, s.Today())
		return err
	})
	return out, err
}

// freed is the moment before which a join that nothing was begun by holds no place
// of the open link any more.
func (s *Service) freed() clock.Time { return s.Clock.Now().Add(-joinHolds) }

// joinHolds is how long a place is held for one who has said which organisation it is.
const joinHolds = 24 * time.Hour

// openDoor is the round of an open link. There is one at a time, so who has come by
// it is who has joined since it was made.
func (s *Service) openDoor(ctx context.Context, tx *db.Tx, secret string) (Round, error) {
	l, r, err := s.link(ctx, tx, secret)
	if err != nil {
		return Round{}, err
	}
	if l.Invite != nil {
		return Round{}, Unknown
	}
	if !r.TakesAnswers(s.Today()) {
		return Round{}, Expired
	}
	n, err := db.Scalar[int](ctx, tx, countOpen, r.ID, l.MadeAt, s.freed())
	if err == nil && n >= l.Most {
		err = Full
	}
	return r, err
}

// Join lets the organisation with the number answer by the open link, and answers
// the secret of a link of its own. One that is in the round already is refused at
// the field number: it has a link, and nobody else gets at what it has begun. Where
// nothing was begun in a day, the place is free, and the link from then stops working.
func (s *Service) Join(ctx context.Context, secret, number string) (string, error) {
	system := access.SystemActor("round")
	lines := ParseNumbers(number)
	switch {
	case len(lines) == 0:
		return "", fault.InvalidField("number", "form.error.required")
	case len(lines) > 1:
		return "", fault.InvalidField("number", "round.error.one_number")
	}
	if _, err := s.ByOpenLink(ctx, secret); err != nil {
		return "", err
	}
	// The look-up may take its time, so it comes before the transaction.
	list, wrong, err := s.Named(ctx, system, "", number)
	if err != nil {
		return "", err
	}
	if len(wrong) > 0 {
		return "", fault.InvalidField("number", wrong[0].Key, wrong[0].Values...)
	}
	out := ""
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.openDoor(ctx, tx, secret)
		if err != nil {
			return err
		}
		i, err := s.joining(ctx, tx, r, list[0])
		if err != nil {
			return err
		}
		if out, err = s.newLink(ctx, tx, r.ID, i, 0); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), access.Actor{}, ActionJoin, subject(r.ID), audit.Field("organisation", "", list[0]))
		return nil
	})
	return out, err
}

// joining is the place of the organisation that joins: a new one, or one where
// nothing was begun in a day.
func (s *Service) joining(ctx context.Context, tx *db.Tx, r Round, o org.ID) (InviteID, error) {
	there, err := db.Get[inviteRow](ctx, tx, inviteOf, r.ID, o)
	if fault.Is(err, fault.NotFound) {
		return s.add(ctx, tx, r, o, 1, ByOpen)
	}
	if err != nil {
		return "", fmt.Errorf("round %s: join: %w", r.ID, err)
	}
	if there.Via != ByOpen || there.Answer != nil || there.Stopped || there.CreatedAt.After(s.freed()) {
		return "", fault.InvalidField("number", "round.error.joined")
	}
	now := s.Clock.Now()
	if _, err := db.Exec(ctx, tx, revokeOf, now, there.ID); err != nil {
		return "", fmt.Errorf("round %s: join: %w", r.ID, err)
	}
	if _, err := db.Exec(ctx, tx, joinAgain, now, there.ID); err != nil {
		return "", fmt.Errorf("round %s: join: %w", r.ID, err)
	}
	return there.ID, nil
}
