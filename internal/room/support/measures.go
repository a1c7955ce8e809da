package support

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// made tells of a card that is new.
func (s *Service) made(ctx context.Context, tx *db.Tx, actor access.Actor, c Card) error {
	if s.Measures == nil || c.Kind != Measure {
		return nil
	}
	return s.Measures.Made(ctx, tx, actor, c)
}

// sees reports whether the actor may see the card: a draft is for those who work on it.
func (s *Service) sees(ctx context.Context, tx *db.Tx, actor access.Actor, c Card) (bool, error) {
	if !c.Draft || s.Measures == nil {
		return !c.Draft, nil
	}
	return s.Measures.Sees(ctx, tx, actor, c.ID)
}

// mayEdit is nil for the editors, and for those who own the measure; else Denied.
func (s *Service) mayEdit(ctx context.Context, tx *db.Tx, actor access.Actor, card ID) error {
	err := CanEdit(actor)
	if err == nil || s.Measures == nil {
		return err
	}
	owns, failed := s.Measures.Owns(ctx, tx, actor, card)
	if failed != nil {
		return failed
	}
	if owns {
		return nil
	}
	return err
}

// Read is the card as the actor may see it, archived or not, or NotFound.
func (s *Service) Read(ctx context.Context, actor access.Actor, card ID) (Card, error) {
	var out Card
	return out, s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := get(ctx, tx, card)
		if err != nil {
			return err
		}
		may, err := s.sees(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if !may {
			return fault.Missing()
		}
		out = c
		return nil
	})
}

// MayEdit is nil for those who may change the card, else Denied.
func (s *Service) MayEdit(ctx context.Context, actor access.Actor, card ID) error {
	return s.db.Read(ctx, func(tx *db.Tx) error { return s.mayEdit(ctx, tx, actor, card) })
}

// Checked answers the card as it would be stored, or what is wrong with it.
func (c Card) Checked(today clock.Date) (Card, error) { return c, c.check(today) }

// In is the card, a draft too, for a transaction that knows who may see it.
func In(ctx context.Context, tx *db.Tx, card ID) (Card, error) { return get(ctx, tx, card) }

// Several are the cards with the ids, drafts too, in alphabetical order.
func Several(ctx context.Context, tx *db.Tx, ids []ID) ([]Card, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	return list(ctx, tx, w)
}

// AddDraft stores a measure that is not published yet: nobody finds it, and nothing is answered
// with it. Its id and code are given here.
func AddDraft(ctx context.Context, tx *db.Tx, c Card) (Card, error) {
	c.ID, c.Kind, c.Draft, c.Archived = id.New[Card](), Measure, true, true
	var err error
	if c.Code, err = newCode(ctx, tx, c); err != nil {
		return c, err
	}
	return c, insert(ctx, tx, c)
}

// Stand lets a measure stand in the toolbox or not, or be a draft.
func Stand(ctx context.Context, tx *db.Tx, card ID, archived, draft bool) error {
	return db.ExecOne(ctx, tx, standIn, archived, draft, card)
}

// CheckedOn notes the day somebody checked that the card is right.
func CheckedOn(ctx context.Context, tx *db.Tx, card ID, day clock.Date) error {
	return db.ExecOne(ctx, tx, checkedOn, day, card)
}
