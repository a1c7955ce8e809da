package support

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionCreate  audit.Action = "support.create"
	ActionEdit    audit.Action = "support.edit"
	ActionStarter audit.Action = "support.starter"
)

// Service is the room's use cases. Measures is what is known of the cards that are measures; nil
// while nothing is.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	Measures *Measures
}

// Measures is what another room knows of cards that are measures. Made is told of each that is
// new; Sees reports who may see a draft, Owns whose people may change a card besides editors.
type Measures struct {
	Made func(ctx context.Context, tx *db.Tx, actor access.Actor, c Card) error
	Sees func(ctx context.Context, tx *db.Tx, actor access.Actor, card ID) (bool, error)
	Owns func(ctx context.Context, tx *db.Tx, actor access.Actor, card ID) (bool, error)
}

// New makes the room.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

func subject(card ID) audit.Subject { return audit.Subject{Kind: "support_card", ID: string(card)} }

// Filter narrows the list; zero fields narrow nothing. Archived cards are left
// out unless asked for.
type Filter struct {
	Text     string
	Kind     Kind
	Group    TargetGroup
	Archived bool
}

// List lists the cards in alphabetical order. They are open to read.
func (s *Service) List(ctx context.Context, f Filter) ([]Card, error) {
	var out []Card
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = ListIn(ctx, tx, f)
		return err
	})
	return out, err
}

// ListIn is List within a transaction.
func ListIn(ctx context.Context, tx *db.Tx, f Filter) ([]Card, error) {
	var w db.Where
	w.And(fragOpen)
	if !f.Archived {
		w.And(fragLiving)
	}
	if f.Kind != "" {
		db.In(&w, fragKind, []Kind{f.Kind})
	}
	if f.Group != "" {
		db.In(&w, fragGroup, []TargetGroup{f.Group})
	}
	if folded := text.Fold(f.Text); folded != "" {
		w.Like(fragFolded, folded)
	}
	return list(ctx, tx, w)
}

// Get is the card as all may see it, archived or not, or NotFound.
func (s *Service) Get(ctx context.Context, card ID) (Card, error) {
	return s.Read(ctx, access.Actor{}, card)
}

// Revision is a number that grows with every change, so that an index knows
// when to read the cards again.
func (s *Service) Revision(ctx context.Context) (int64, error) {
	var n int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		n, err = db.Scalar[int64](ctx, tx, sumVersion)
		return err
	})
	return n, err
}

// codeLetter begins the code of a new card.
var codeLetter = map[Kind]string{Measure: "M", Scheme: "S", Guidance: "S"}

func newCode(ctx context.Context, tx *db.Tx, c Card) (string, error) {
	n, err := db.Scalar[int64](ctx, tx, maxCode, c.Kind)
	return fmt.Sprintf("%s%02d-%s", codeLetter[c.Kind], n+1, string(c.ID)[len(c.ID)-4:]), err
}

// Create adds a card and answers its id. The code is given here.
func (s *Service) Create(ctx context.Context, actor access.Actor, c Card) (ID, error) {
	if err := CanEdit(actor); err != nil {
		return "", err
	}
	if err := c.check(s.clock.Today()); err != nil {
		return "", err
	}
	c.ID = id.New[Card]()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		if c.Code, err = newCode(ctx, tx, c); err != nil {
			return err
		}
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		if err := s.made(ctx, tx, actor, c); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionCreate, subject(c.ID), audit.Field("code", "", c.Code), audit.Field("title", "", c.Title.String()))
		return nil
	})
	return c.ID, err
}

// Edit replaces what the card says. c.Version is the one the editor saw; when
// somebody has saved since, it answers Stale and changes nothing. A card stays a measure, or
// something else, and a measure leaves the toolbox by its own moves.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c Card) error {
	if err := c.check(s.clock.Today()); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := get(ctx, tx, c.ID)
		if err == nil {
			err = s.mayEdit(ctx, tx, actor, c.ID)
		}
		switch {
		case err != nil:
			return err
		case (old.Kind == Measure) != (c.Kind == Measure):
			return fault.InvalidField("kind", "support.error.kind")
		case old.Kind == Measure && s.Measures != nil:
			c.Archived = old.Archived
		}
		values, err := c.values()
		if err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, updateCard, append(values, c.ID, c.Version)...)
		if err != nil {
			return fmt.Errorf("card %s: edit: %w", c.ID, err)
		}
		if n == 0 {
			return fault.New(fault.Stale, "fault.stale")
		}
		c.Version++
		happening.Record(tx, s.clock.Now(), actor, happened(old, c)...)
		audit.Record(tx, s.clock.Now(), actor, ActionEdit, subject(c.ID), audit.Changed(
			audit.Field("title", old.Title.String(), c.Title.String()), audit.Field("what", old.What.String(), c.What.String()),
			audit.Field("for_whom", old.ForWhom.String(), c.ForWhom.String()), audit.Field("amount", old.Amount, c.Amount),
			audit.Field("last_checked", old.LastChecked, c.LastChecked), audit.Field("archived", old.Archived, c.Archived))...)
		return nil
	})
}
