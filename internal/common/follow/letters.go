package follow

import (
	"context"
	"errors"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/mail"
)

// Post takes letters out of the house. kit/mail has one that speaks SMTP; nil
// keeps letters where people can look at them, as the demo does.
type Post interface {
	Send(ctx context.Context, m mail.Message) error
}

// JobSend is the kind of job that sends one letter; its payload is the id.
const JobSend job.Kind = "mail.send"

// LettersKept is how many days a letter is kept after it was written.
const LettersKept = 30

// perLetter is how many notices one letter tells; the rest are counted.
const perLetter = 20

// LetterID names a letter.
type LetterID = id.Of[Letter]

// Letter is what a letter is about: notices, the oldest first, and how many More
// there are; or, with Confirm, the address of a page that confirms where it was
// sent. OptOut is the address of the page that ends all mail.
type Letter struct {
	Notices []Notice
	More    int
	Daily   bool
	Confirm string
	OptOut  string
}

const (
	insertLetter db.SQL = `INSERT INTO mail_message (id, account, address, subject, body, unsubscribe, calendar, state, made_at, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	getLetter    db.SQL = `SELECT id, account, address, subject, body, unsubscribe, calendar, state, made_at, sent_at FROM mail_message WHERE id = $1`
	listLetters  db.SQL = `SELECT m.id, m.account, m.address, m.subject, m.body, m.unsubscribe, m.calendar, m.state, m.made_at, m.sent_at FROM mail_message AS m /*where*/`
	setLetter    db.SQL = `UPDATE mail_message SET state = $1, sent_at = $2 WHERE id = $3`
	dropLetters  db.SQL = `DELETE FROM mail_message WHERE account = $1`
	sweepLetters db.SQL = `DELETE FROM mail_message WHERE made_at < $1`

	fragLetterMade db.Fragment = "m.made_at"
	fragLetterID   db.Fragment = "m.id"
	fragLetterOf   db.Fragment = "m.account = ?"
)

// Sent is a letter that was written.
type Sent struct {
	ID          LetterID         `db:"id"`
	Account     access.AccountID `db:"account"`
	Address     string           `db:"address"`
	Subject     string           `db:"subject"`
	Body        string           `db:"body"`
	Unsubscribe string           `db:"unsubscribe"`
	Calendar    string           `db:"calendar"`
	State       string           `db:"state"`
	MadeAt      db.Time          `db:"made_at"`
	SentAt      db.Time          `db:"sent_at"`
}

// post puts a letter in the box: it is sent by a job of its own, which is tried
// again when the server does not answer. Without a Post it is kept.
func (s *Service) post(ctx context.Context, tx *db.Tx, a access.AccountID, address, subject, body, unsubscribe string) error {
	_, err := s.postWith(ctx, tx, a, address, Mail{Subject: subject, Body: body}, unsubscribe)
	return err
}

// postWith is post of a letter that may have a calendar file with it, and answers the
// letter's id.
func (s *Service) postWith(ctx context.Context, tx *db.Tx, a access.AccountID, address string, m Mail, unsubscribe string) (LetterID, error) {
	state, now := "waiting", s.Clock.Now()
	if s.Mail == nil {
		state = "kept"
	}
	letter := id.New[Letter]()
	if _, err := db.Exec(ctx, tx, insertLetter, letter, a, address, m.Subject, m.Body, unsubscribe, m.Calendar, state, now, nil); err != nil {
		return "", fmt.Errorf("follow: letter: %w", err)
	}
	if s.Mail == nil {
		return letter, nil
	}
	_, err := job.Add(ctx, tx, now, job.New{Kind: JobSend, Key: string(letter), Payload: letter, By: "follow"})
	return letter, err
}

// askToConfirm writes to a new address.
func (s *Service) askToConfirm(ctx context.Context, tx *db.Tx, a access.AccountID, in Settings, secret string) error {
	subject, body := s.Write(in.Lang, Letter{Confirm: s.PublicURL + "/varsler/bekreft/" + secret})
	return s.post(ctx, tx, a, in.Address, subject, body, "")
}

// SendLetter is the handler of JobSend. A letter that the server refuses for good
// is marked so and not tried again.
func (s *Service) SendLetter(ctx context.Context, run *job.Run) error {
	var letter LetterID
	if err := run.Into(&letter); err != nil {
		return err
	}
	var l Sent
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		l, err = db.Get[Sent](ctx, tx, getLetter, letter)
		return err
	})
	if fault.Is(err, fault.NotFound) || err == nil && l.State != "waiting" {
		return nil // deleted with its account, or sent before the job was done
	}
	if err != nil {
		return err
	}
	state := "sent"
	err = s.Mail.Send(ctx, mail.Message{ID: string(l.ID), To: l.Address, Subject: l.Subject, Text: l.Body, Unsubscribe: l.Unsubscribe, Calendar: l.Calendar, At: l.MadeAt.Std()})
	if errors.Is(err, mail.ErrRefused) {
		state = "refused"
		run.Say("refused")
	} else if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, setLetter, state, s.Clock.Now(), l.ID)
		return err
	})
}

// HasLetters reports whether notices wait for a letter of the mode.
func (s *Service) HasLetters(ctx context.Context, tx *db.Tx, m Mode) (bool, error) {
	n, err := db.Scalar[int](ctx, tx, anyWaiting, m)
	return n > 0, err
}

// Letters writes one letter to each person for whom notices of the mode wait.
func (s *Service) Letters(ctx context.Context, m Mode) error {
	last := access.AccountID("0") // below every id; an empty one is NULL
	for {
		done := false
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			next, err := db.Get[access.AccountID](ctx, tx, waitingOf, m, last)
			if fault.Is(err, fault.NotFound) {
				done = true
				return nil
			}
			if err != nil {
				return fmt.Errorf("follow: letters: %w", err)
			}
			last = next
			return s.letter(ctx, tx, next, m)
		})
		if err != nil || done {
			return err
		}
	}
}

// letter writes to the person what waits, as far as he may see it now.
func (s *Service) letter(ctx context.Context, tx *db.Tx, a access.AccountID, m Mode) error {
	var w db.Where
	w.And(fragIsAccount, a)
	w.And(fragWaiting, m)
	page := db.Page{Order: db.Order{Key: fragMade, ID: fragNotice}, Limit: db.MaxLimit}
	rows, err := db.ListPage(ctx, tx, db.Query{Base: noticesOf, Where: w}, page, func(r noticeRow) (any, string) { return r.MadeAt.String(), string(r.Notice) })
	if err != nil {
		return fmt.Errorf("follow: letter: %w", err)
	}
	person, err := db.Get[personRow](ctx, tx, getPerson, a)
	if err != nil {
		return err
	}
	actor, err := s.Accounts.ActorIn(ctx, tx, a)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	state := "none"
	if err == nil && person.reachable() {
		notices, err := s.notices(ctx, tx, actor, rows.Items)
		if err != nil {
			return err
		}
		if len(notices) > 0 {
			to := Letter{Notices: notices, Daily: m == Daily, OptOut: s.PublicURL + "/varsler/av/" + person.Token}
			if len(notices) > perLetter {
				to.Notices, to.More = notices[:perLetter], len(notices)-perLetter
			}
			subject, body := s.Write(person.Lang, to)
			if err := s.post(ctx, tx, a, person.Address, subject, body, to.OptOut); err != nil {
				return err
			}
			state = "sent"
		}
	}
	for _, r := range rows.Items {
		if _, err := db.Exec(ctx, tx, setSent, state, r.Notice); err != nil {
			return fmt.Errorf("follow: letter: %w", err)
		}
	}
	return nil
}

// Written lists letters, the newest first: the actor's own, or, without a Post,
// which is the demo, all of them.
func (s *Service) Written(ctx context.Context, actor access.Actor, after string, limit int) (db.Paged[Sent], error) {
	var w db.Where
	if s.Mail != nil {
		if !actor.SignedIn() {
			return db.Paged[Sent]{}, fault.Missing()
		}
		w.And(fragLetterOf, actor.Account)
	}
	var out db.Paged[Sent]
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		page := db.Page{Order: db.Order{Key: fragLetterMade, ID: fragLetterID, Desc: true}, After: after, Limit: limit}
		out, err = db.ListPage(ctx, tx, db.Query{Base: listLetters, Where: w}, page, func(l Sent) (any, string) { return l.MadeAt.String(), string(l.ID) })
		return err
	})
	return out, err
}

// Letter is a letter that was kept: NotFound where letters are sent.
func (s *Service) Letter(ctx context.Context, letter LetterID) (Sent, error) {
	if s.Mail != nil {
		return Sent{}, fault.Missing()
	}
	var out Sent
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.Get[Sent](ctx, tx, getLetter, letter)
		return err
	})
	return out, err
}

// KeptAddress gives the person an address that counts as confirmed: for demo
// accounts, whose letters are kept and never sent.
func (s *Service) KeptAddress(ctx context.Context, a access.AccountID, address string, l i18n.Lang) error {
	if s.Mail != nil {
		return fault.New(fault.Conflict, "follow.error.sends")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := s.person(ctx, tx, a, l)
		if err != nil {
			return err
		}
		return db.ExecOne(ctx, tx, setPerson, address, true, "", Now, true, l, a, row.Version)
	})
}
