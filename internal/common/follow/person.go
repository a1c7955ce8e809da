package follow

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// Settings are how a person wants to be told. Own is the mode of what concerns
// the person's organisations and balls. Mail false is that no mail is sent at
// all. An Address that is not Confirmed gets nothing but the letter that asks to
// confirm it. Feed is the secret of the person's calendar and feed.
type Settings struct {
	Address   string
	Confirmed bool
	Own       Mode
	Mail      bool
	Lang      i18n.Lang
	Feed      string
	Version   int64
}

func (r personRow) settings() Settings {
	return Settings{Address: r.Address, Confirmed: r.Confirmed, Own: r.Own, Mail: r.Mail, Lang: r.Lang, Feed: r.Feed, Version: r.Version}
}

// MaxAddress bounds an e-mail address, as the standard does.
const MaxAddress = 254

// Settings are the actor's, made with a first look: told in the program, and by
// mail once a day as soon as there is an address.
func (s *Service) Settings(ctx context.Context, actor access.Actor, l i18n.Lang) (Settings, error) {
	if !actor.SignedIn() {
		return Settings{}, fault.New(fault.Denied, "fault.denied")
	}
	var row personRow
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		row, err = db.Get[personRow](ctx, tx, getPerson, actor.Account)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		err = s.DB.Write(ctx, func(tx *db.Tx) error {
			row, err = s.person(ctx, tx, actor.Account, l)
			return err
		})
	}
	return row.settings(), err
}

// person is the row of the account, made when there is none.
func (s *Service) person(ctx context.Context, tx *db.Tx, a access.AccountID, l i18n.Lang) (personRow, error) {
	if _, err := db.Exec(ctx, tx, insertPerson, a, l, id.Token(secretBytes), id.Token(secretBytes)); err != nil {
		return personRow{}, fmt.Errorf("follow: settings: %w", err)
	}
	return db.Get[personRow](ctx, tx, getPerson, a)
}

// SaveSettings saves what the actor chose: address, Own, Mail and Lang. A new
// address gets a letter with a link that confirms it. An Invalid fault names the
// fields address and own; a Version that is not the stored one is Stale.
func (s *Service) SaveSettings(ctx context.Context, actor access.Actor, in Settings) error {
	if !actor.SignedIn() {
		return fault.New(fault.Denied, "fault.denied")
	}
	in.Address = strings.TrimSpace(in.Address)
	var fs fault.Fields
	if in.Address != "" && !isAddress(in.Address) {
		fs.Add("address", "follow.error.address")
	}
	if in.Own != None && !contains(Modes(), in.Own) {
		fs.Add("own", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.person(ctx, tx, actor.Account, in.Lang)
		if err != nil {
			return err
		}
		confirmed, confirm, secret := old.Confirmed, old.Confirm, ""
		if in.Address != old.Address {
			confirmed, confirm = false, ""
			if in.Address != "" {
				secret = id.Token(secretBytes)
				confirm = id.HashToken(secret)
			}
		}
		if err := db.ExecOne(ctx, tx, setPerson, in.Address, confirmed, confirm, in.Own, in.Mail, in.Lang, actor.Account, in.Version); err != nil {
			return err
		}
		if secret != "" {
			if err := s.askToConfirm(ctx, tx, actor.Account, in, secret); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionSettings, subject(actor.Account), audit.PersonalField("address", old.Address, in.Address),
			audit.Field("own", old.Own, in.Own), audit.Field("mail", old.Mail, in.Mail))
		return nil
	})
}

func contains(list []Mode, m Mode) bool {
	for _, x := range list {
		if x == m {
			return true
		}
	}
	return false
}

// isAddress reports whether mail can be sent to the text as it stands: one plain
// address, without a name around it.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= MaxAddress && strings.Contains(s[strings.LastIndexByte(s, '@')+1:], ".") && !strings.ContainsAny(s, "\r\n")
}

// Confirm notes that whoever has the link reads the mail of the address. A link
// that is used, or of an address that was changed, is NotFound.
func (s *Service) Confirm(ctx context.Context, secret string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := db.Get[access.AccountID](ctx, tx, setConfirmed, id.HashToken(secret))
		if err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), access.SystemActor("confirm"), ActionConfirm, subject(a))
		return nil
	})
}

// CanOptOut is nil when there is a person with the token of a letter, else
// NotFound.
func (s *Service) CanOptOut(ctx context.Context, token string) error {
	return s.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := db.Get[personRow](ctx, tx, byToken, token)
		return err
	})
}

// OptOut ends all mail to the person with the token; in the program they are
// told as before. What waited to be sent is not.
func (s *Service) OptOut(ctx context.Context, token string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[personRow](ctx, tx, byToken, token)
		if err != nil {
			return err
		}
		for _, step := range []struct {
			statement db.SQL
			args      []any
		}{{setMail, []any{false, row.Account}}, {dropWaiting, []any{row.Account}}} {
			if _, err := db.Exec(ctx, tx, step.statement, step.args...); err != nil {
				return fmt.Errorf("follow: opt out: %w", err)
			}
		}
		audit.Record(tx, s.Clock.Now(), access.SystemActor("opt-out"), ActionOptOut, subject(row.Account), audit.Field("mail", row.Mail, false))
		return nil
	})
}

// RenewPersonal makes new secret addresses of the actor's calendar and feed; the
// ones before stop working at once.
func (s *Service) RenewPersonal(ctx context.Context, actor access.Actor) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := db.ExecOne(ctx, tx, setFeed, id.Token(secretBytes), actor.Account); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRenew, subject(actor.Account))
		return nil
	})
}

// held is what is kept about the person, for their export.
type held struct {
	Settings      Settings       `json:"settings"`
	Subscriptions []Subscription `json:"subscriptions"`
}

// Held gives out what is kept about the person.
func (s *Service) Held(ctx context.Context, tx *db.Tx, a access.AccountID) (any, error) {
	row, err := db.Get[personRow](ctx, tx, getPerson, a)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	subs, err := db.List[subRow](ctx, tx, subsOf, a)
	if err != nil {
		return nil, err
	}
	if row.Account == "" && len(subs) == 0 {
		return nil, nil
	}
	out := held{Settings: row.settings()}
	for _, r := range subs {
		out.Subscriptions = append(out.Subscriptions, r.subscription())
	}
	return out, nil
}

// Forget deletes it: settings, subscriptions, notices and letters.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	for _, statement := range []db.SQL{dropSubs, dropNotices, dropLetters, dropPerson} {
		if _, err := db.Exec(ctx, tx, statement, a); err != nil {
			return fmt.Errorf("follow: forget: %w", err)
		}
	}
	return nil
}
