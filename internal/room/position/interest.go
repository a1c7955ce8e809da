package position

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// InterestID names somebody's interest in a position.
type InterestID = id.Of[Interest]

// ParseInterestID reads the id of an interest from outside.
func ParseInterestID(s string) (InterestID, error) { return id.Parse[Interest](s) }

// InterestKind is the kind under which happening, follow and object know an interest.
const InterestKind = "position_interest"

// WasShown is that somebody showed interest.
const WasShown happening.What = "interest_shown"

// KeptDays is how many days an interest is kept after the position has ended.
const KeptDays = 90

// Limits of what may be written, in characters.
const (
	MaxContact = 200
	MaxTold    = 1_000
)

// answerInterestDays are the working days in which the employer is to get in touch.
const answerInterestDays = 10

// Interest is that a person would like to know more of a position (KAU-4). It is no job
// application. Name is what the account is called; Contact how the person wants to be
// reached, as she wrote it.
type Interest struct {
	ID       InterestID
	Position ID
	Account  access.AccountID
	Name     string
	Words    string
	Contact  string
	MadeAt   clock.Time
}

const (
	insertInterest db.SQL = `INSERT INTO position_interest (id, position, account, words, contact, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	selectInterest db.SQL = `SELECT i.id, i.position, i.account, a.name, i.words, i.contact, i.made_at FROM position_interest AS i
		JOIN account AS a ON a.id = i.account /*where*/ ORDER BY i.made_at DESC, i.id DESC`
	deleteInterest  db.SQL = `DELETE FROM position_interest WHERE position = $1 AND account = $2`
	forgetInterests db.SQL = `DELETE FROM position_interest WHERE account = $1`
	sweepInterests  db.SQL = `DELETE FROM position_interest WHERE position IN (SELECT id FROM position WHERE ended_at IS NOT NULL AND ended_at < $1)`

	fragInterest db.Fragment = "i.id"
	fragAbout    db.Fragment = "i.position"
	fragAccount  db.Fragment = "i.account"
)

type interestRow struct {
	ID       InterestID       `db:"id"`
	Position ID               `db:"position"`
	Account  access.AccountID `db:"account"`
	Name     string           `db:"name"`
	Words    string           `db:"words"`
	Contact  string           `db:"contact"`
	MadeAt   db.Time          `db:"made_at"`
}

func interests(ctx context.Context, tx *db.Tx, w db.Where) ([]Interest, error) {
	statement, args := db.Query{Base: selectInterest, Where: w}.Build()
	rows, err := db.List[interestRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("interest in positions: %w", err)
	}
	out := make([]Interest, len(rows))
	for i, r := range rows {
		out[i] = Interest(r)
	}
	return out, nil
}

func interestsOf(ctx context.Context, tx *db.Tx, p ID) ([]Interest, error) {
	var w db.Where
	db.In(&w, fragAbout, []ID{p})
	return interests(ctx, tx, w)
}

// ownInterest is the interest that the actor has shown in the position, or nil.
func ownInterest(ctx context.Context, tx *db.Tx, actor access.Actor, p ID) (*Interest, error) {
	if actor.Account == "" {
		return nil, nil
	}
	var w db.Where
	db.In(&w, fragAbout, []ID{p})
	db.In(&w, fragAccount, []access.AccountID{actor.Account})
	found, err := interests(ctx, tx, w)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// HasShown reports whether the account has shown interest in the position.
func (s *Service) HasShown(ctx context.Context, tx *db.Tx, p ID, a access.AccountID) (bool, error) {
	found, err := ownInterest(ctx, tx, access.Actor{Account: a}, p)
	return found != nil, err
}

// ShowInterest tells the employer that the actor would like to know more. It is shown once
// for each position, and can be taken back at any time.
func (s *Service) ShowInterest(ctx context.Context, actor access.Actor, p ID, words, contact string) (InterestID, error) {
	words, contact = text.CleanMultiline(words), text.CleanLine(contact)
	var fs fault.Fields
	fs.Text("words", words, MaxTold, false)
	fs.Text("contact", contact, MaxContact, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	if actor.Account == "" {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	out := id.New[Interest]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		about, err := s.seen(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case about.Is(flow.Employer):
			return fault.New(fault.Conflict, "position.error.own")
		case !about.TakesInterest(s.Clock.Today()):
			return fault.New(fault.Conflict, "position.error.closed")
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertInterest, out, p, actor.Account, words, contact, now); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.New(fault.Conflict, "position.error.shown")
			}
			return fmt.Errorf("position %s: interest: %w", p, err)
		}
		next := s.ball(about, Published)
		next.Due = clock.AddWorkdays(s.Clock.Today(), answerInterestDays)
		happening.Record(tx, now, actor, happening.Happening{Kind: InterestKind, ID: string(out), What: WasShown, Mark: string(out), Next: next})
		audit.Record(tx, now, actor, ActionInterest, subject(p), audit.Field("interest", "", "shown"))
		return nil
	})
}

// TakeBack takes the actor's interest away, and what was written with it. Where there is
// none it does nothing. It is hers also when the position is not open any more.
func (s *Service) TakeBack(ctx context.Context, actor access.Actor, p ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, deleteInterest, p, actor.Account)
		if err == nil && n > 0 {
			audit.Record(tx, s.Clock.Now(), actor, ActionInterest, subject(p), audit.Field("interest", "shown", "taken back"))
		}
		return err
	})
}

// Forget takes away the interest of an account that is deleted.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	_, err := db.Exec(ctx, tx, forgetInterests, a)
	return err
}

// SweepInterests takes away the interest in positions that ended more than KeptDays ago,
// and answers how many.
func (s *Service) SweepInterests(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepInterests, clock.At(s.Clock().AddDate(0, 0, -KeptDays)))
}
