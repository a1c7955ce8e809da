package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "account.create"
	ActionAssign   audit.Action = "account.assign"
	ActionEnd      audit.Action = "account.end_role"
	ActionPassword audit.Action = "account.password"
	ActionDisable  audit.Action = "account.disable"
)

const (
	inviteDays    = 14
	failureWindow = 15 * time.Minute
	maxFailures   = 10
	tokenLife     = 24 * time.Hour
)

// Service is the accounts' use cases.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	hasher *hasher
}

// New makes the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c, hasher: newHasher()} }

func subject(a access.AccountID) audit.Subject { return audit.Subject{Kind: "account", ID: string(a)} }

// NewAccount is what a person enters about themselves, or an administrator
// about them.
type NewAccount struct {
	Username, Name, Password string
	DemoRole                 string
	Roles                    []access.Assignment
}

func normalUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func (in NewAccount) check(needPassword bool) error {
	var fs fault.Fields
	username := normalUsername(in.Username)
	switch {
	case username == "":
		fs.Add("username", "form.error.required")
	case len(username) > 200 || strings.ContainsAny(username, " \t\n"):
		fs.Add("username", "account.error.username")
	}
	if text.IsBlank(in.Name) {
		fs.Add("name", "form.error.required")
	}
	if needPassword {
		checkPassword(&fs, in.Password)
	}
	for _, r := range in.Roles {
		if !slices.Contains(access.Roles(), r.Role) {
			fs.Add("role", "form.error.choice")
		}
	}
	return fs.Err()
}

func checkPassword(fs *fault.Fields, password string) {
	switch n := len([]rune(password)); {
	case n < MinPassword:
		fs.Add("password", "account.error.password_short", "min", MinPassword)
	case n > MaxPassword:
		fs.Add("password", "form.error.too_long", "max", MaxPassword)
	}
}

// create stores the account and its assignments.
func (s *Service) create(ctx context.Context, tx *db.Tx, by access.Actor, in NewAccount, hash string) (access.AccountID, error) {
	a := access.NewAccountID()
	if _, err := db.Exec(ctx, tx, insertAccount, a, normalUsername(in.Username), strings.TrimSpace(in.Name), hash, in.DemoRole, false, s.clock.Now()); err != nil {
		if fault.Is(err, fault.Conflict) {
			return "", fault.InvalidField("username", "account.error.username_taken")
		}
		return "", fmt.Errorf("account: insert: %w", err)
	}
	audit.Record(tx, s.clock.Now(), by, ActionCreate, subject(a),
		audit.PersonalField("username", "", in.Username), audit.PersonalField("name", "", in.Name))
	for _, r := range in.Roles {
		if err := s.assign(ctx, tx, by, a, r); err != nil {
			return "", err
		}
	}
	return a, nil
}

func (s *Service) assign(ctx context.Context, tx *db.Tx, by access.Actor, a access.AccountID, r access.Assignment) error {
	if r.From.IsZero() {
		r.From = s.clock.Today()
	}
	if !r.To.IsZero() && r.To.Before(r.From) {
		return fault.InvalidField("to", "form.error.period")
	}
	var o any
	if r.Org != "" {
		o = r.Org
	}
	if _, err := db.Exec(ctx, tx, insertAssign, id.New[Assignment](), a, r.Role, o, r.Scope.Kind, r.Scope.Ref, r.From, r.To, by.Label(), s.clock.Now()); err != nil {
		return fmt.Errorf("account %s: assign: %w", a, err)
	}
	audit.Record(tx, s.clock.Now(), by, ActionAssign, subject(a), audit.Field("role", "", r.Role), audit.Field("org", "", r.Org),
		audit.Field("scope", "", string(r.Scope.Kind)+":"+r.Scope.Ref), audit.Field("from", "", r.From), audit.Field("to", "", r.To))
	return nil
}

// CreateDemo makes an account to step into in demo mode; the system does so
// while it fills an empty database.
func (s *Service) CreateDemo(ctx context.Context, by access.Actor, in NewAccount) (access.AccountID, error) {
	if !by.IsSystem() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	var a access.AccountID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		a, err = s.create(ctx, tx, by, in, "")
		return err
	})
	return a, err
}

// FirstAdminToken answers a new one-time token for making the first
// administrator, or "" when there is an administrator already. An earlier
// token is void then.
func (s *Service) FirstAdminToken(ctx context.Context) (string, error) {
	token := ""
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		token = ""
		n, err := db.Scalar[int64](ctx, tx, countWithRole, access.RoleSysadmin)
		if err != nil || n > 0 {
			return err
		}
		if _, err := db.Exec(ctx, tx, dropInvites, "first_admin"); err != nil {
			return err
		}
		token = id.Token(24)
		_, err = db.Exec(ctx, tx, insertInvite, id.HashToken(token), "first_admin", nil, clock.At(s.clock().Add(24*time.Hour)))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("first administrator: %w", err)
	}
	return token, nil
}

// Invite makes an account without password and a one-time link to choose one.
// Only administrators invite.
func (s *Service) Invite(ctx context.Context, actor access.Actor, in NewAccount) (access.AccountID, string, error) {
	if !actor.Has(access.RoleSysadmin) {
		return "", "", fault.New(fault.Denied, "fault.denied")
	}
	if err := in.check(false); err != nil {
		return "", "", err
	}
	token := id.Token(24)
	var a access.AccountID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		if a, err = s.create(ctx, tx, actor, in, ""); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, insertInvite, id.HashToken(token), "invite", a, clock.At(s.clock().AddDate(0, 0, inviteDays)))
		return err
	})
	return a, token, err
}

// Pending says what an unused one-time token is for: the kind, and the account
// it belongs to, if any. A used, late or unknown token is NotFound.
func (s *Service) Pending(ctx context.Context, token string) (kind, name string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[inviteRow](ctx, tx, seeInvite, id.HashToken(token), s.clock.Now())
		if err != nil {
			return err
		}
		kind = row.Kind
		if row.Account == nil {
			return nil
		}
		a, err := db.Get[accountRow](ctx, tx, getAccount, *row.Account)
		name = a.Username
		return err
	})
	return kind, name, err
}

// Accept uses a one-time token: it makes the first administrator, or sets the
// password of the account it belongs to. The token works once.
func (s *Service) Accept(ctx context.Context, token string, in NewAccount) (access.AccountID, error) {
	kind, _, err := s.Pending(ctx, token)
	if err != nil {
		return "", err
	}
	if kind == "first_admin" {
		err = in.check(true)
	} else {
		var fs fault.Fields
		checkPassword(&fs, in.Password)
		err = fs.Err()
	}
	if err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, in.Password)
	if err != nil {
		return "", fmt.Errorf("account: hash: %w", err)
	}
	var a access.AccountID
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[inviteRow](ctx, tx, useInvite, s.clock.Now(), id.HashToken(token), s.clock.Now())
		if err != nil {
			return err
		}
		if row.Kind == "first_admin" {
			in.Roles = []access.Assignment{{Role: access.RoleSysadmin, From: s.clock.Today()}}
			a, err = s.create(ctx, tx, access.SystemActor("first-start"), in, hash)
			return err
		}
		a = *row.Account
		if _, err := db.Exec(ctx, tx, setPassword, hash, a); err != nil {
			return fmt.Errorf("account %s: password: %w", a, err)
		}
		audit.Record(tx, s.clock.Now(), access.Actor{Account: a}, ActionPassword, subject(a))
		return nil
	})
	return a, err
}

// SignIn answers the account when username and password fit. After ten
// failures from the address within 15 minutes it answers TooMany, right
// password or not.
func (s *Service) SignIn(ctx context.Context, username, password, address string) (access.AccountID, error) {
	bucket := id.HashToken(normalUsername(username) + "\x1f" + address)
	since := clock.At(s.clock().Add(-failureWindow))
	var row accountRow
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, err := db.Scalar[int64](ctx, tx, countFailures, bucket, since)
		if err != nil {
			return err
		}
		if n >= maxFailures {
			return fault.New(fault.TooMany, "account.error.locked")
		}
		row, err = db.Get[accountRow](ctx, tx, getByUsername, normalUsername(username))
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return "", err
	}
	ok, err := s.hasher.matches(ctx, row.Hash, password)
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	if !ok || row.Disabled {
		return "", s.noteFailure(ctx, bucket, since)
	}
	return row.ID, s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, clearFailures, bucket); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, noteSignIn, s.clock.Now(), row.ID)
		return err
	})
}

// noteFailure counts the failure, forgets old ones, and answers the fault that
// a reader sees.
func (s *Service) noteFailure(ctx context.Context, bucket string, since clock.Time) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, forgetFailures, since); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, insertFailure, id.Token(16), bucket, s.clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return fault.InvalidField("password", i18n.Key("account.error.wrong"))
}

// ActorOf is the person with the roles that hold today. A disabled or unknown
// account is NotFound.
func (s *Service) ActorOf(ctx context.Context, a access.AccountID) (access.Actor, error) {
	var actor access.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		actor, err = s.actorIn(ctx, tx, a)
		return err
	})
	return actor, err
}

func (s *Service) actorIn(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, error) {
	row, err := db.Get[accountRow](ctx, tx, getAccount, a)
	if err != nil {
		return access.Actor{}, err
	}
	if row.Disabled {
		return access.Actor{}, fault.Missing()
	}
	actor := access.Actor{Account: row.ID, Name: row.Name, Demo: row.DemoRole != ""}
	today := s.clock.Today()
	rows, err := db.List[assignRow](ctx, tx, listAssign, a)
	if err != nil {
		return access.Actor{}, err
	}
	for _, r := range rows {
		x := r.assignment().Assignment
		if !x.ActiveOn(today) {
			continue
		}
		if x.OrgName, err = org.NameOn(ctx, tx, x.Org, today); err != nil {
			return access.Actor{}, err
		}
		actor.Roles = append(actor.Roles, x)
	}
	return actor, nil
}
