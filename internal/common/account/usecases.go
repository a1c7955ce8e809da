package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "account.create"
	ActionAssign   audit.Action = "account.assign"
	ActionEnd      audit.Action = "account.end_role"
	ActionPassword audit.Action = "account.password"
	ActionLink     audit.Action = "account.link"
	ActionDisable  audit.Action = "account.disable"
	ActionEnable   audit.Action = "account.enable"
	ActionForget   audit.Action = "account.forget"
)

const (
	inviteLife    = 14 * 24 * time.Hour
	resetLife     = 24 * time.Hour
	failureWindow = 15 * time.Minute
	maxFailures   = 10
	tokenLife     = 24 * time.Hour
	// IdleDays is how long an account is kept after the last sign-in.
	IdleDays = 730
)

// Scopes tells which municipalities a scope covers on a day, by number, and
// whether there is such a scope that day. The empty scope is always there.
type Scopes func(s access.Scope, day clock.Date) (municipalities []string, known bool)

// Service is the accounts' use cases.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	scopes  Scopes
	hasher  *hasher
	keepers []Keeper
}

// New makes the service.
func New(d *db.DB, c clock.Clock, scopes Scopes) *Service {
	return &Service{db: d, clock: c, scopes: scopes, hasher: newHasher()}
}

// create stores the account and its assignments.
func (s *Service) create(ctx context.Context, tx *db.Tx, by access.Actor, in NewAccount, hash string) (access.AccountID, error) {
	a, name := access.NewAccountID(), strings.TrimSpace(text.CleanLine(in.Name))
	if _, err := db.Exec(ctx, tx, insertAccount, a, normalUsername(in.Username), name, text.Fold(name), text.SortKey(name), hash, in.DemoRole, false, s.clock.Now()); err != nil {
		if fault.Is(err, fault.Conflict) {
			return "", fault.InvalidField("username", "account.error.username_taken")
		}
		return "", fmt.Errorf("account: insert: %w", err)
	}
	audit.Record(tx, s.clock.Now(), by, ActionCreate, subject(a),
		audit.PersonalField("username", "", normalUsername(in.Username)), audit.PersonalField("name", "", name))
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
	if err := s.checkRole(r); err != nil {
		return err
	}
	var o any
	if r.Org != "" {
		if _, err := org.Get(ctx, tx, r.Org); fault.Is(err, fault.NotFound) {
			return fault.InvalidField("organisation", "account.error.no_org")
		} else if err != nil {
			return err
		}
		o = r.Org
	}
	held, err := db.List[assignRow](ctx, tx, listAssign, a)
	if err != nil {
		return fmt.Errorf("account %s: assign: %w", a, err)
	}
	for _, h := range held {
		if x := h.assignment(); x.Role == r.Role && x.Org == r.Org && x.Scope == r.Scope && x.ActiveOn(r.From) {
			return fault.InvalidField("role", "account.error.role_held")
		}
	}
	if _, err := db.Exec(ctx, tx, insertAssign, id.New[Assignment](), a, r.Role, o, r.Scope.Kind, r.Scope.Ref, r.From, r.To, by.Label(), s.clock.Now()); err != nil {
		return fmt.Errorf("account %s: assign: %w", a, err)
	}
	audit.Record(tx, s.clock.Now(), by, ActionAssign, subject(a), audit.Field("role", "", string(r.Role)), audit.Field("organisation", "", r.Org),
		audit.Field("scope", "", scopeText(r.Scope)), audit.Field("from", "", r.From), audit.Field("to", "", r.To))
	return nil
}

func scopeText(s access.Scope) string {
	if s.Kind == access.ScopeNone {
		return ""
	}
	return string(s.Kind) + ":" + s.Ref
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
// administrator, or "" when somebody is administrator today and can sign in.
// An earlier token is void then.
func (s *Service) FirstAdminToken(ctx context.Context) (string, error) {
	token := ""
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		token = ""
		n, err := db.Scalar[int64](ctx, tx, otherAdmins, access.RoleSysadmin, s.clock.Today(), "", "")
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
	if err := canAdminister(actor); err != nil {
		return "", "", err
	}
	var fs fault.Fields
	if err := fs.AddErr(in.check(false)); err != nil {
		return "", "", err
	}
	for i, r := range in.Roles {
		if r.From.IsZero() {
			in.Roles[i].From, r.From = s.clock.Today(), s.clock.Today()
		}
		if err := fs.AddErr(s.checkRole(r)); err != nil {
			return "", "", err
		}
	}
	if err := fs.Err(); err != nil {
		return "", "", err
	}
	token := id.Token(24)
	var a access.AccountID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		if a, err = s.create(ctx, tx, actor, in, ""); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, insertInvite, id.HashToken(token), "invite", a, clock.At(s.clock().Add(inviteLife)))
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
		return s.setPassword(ctx, tx, access.Actor{Account: a}, a, hash)
	})
	return a, err
}

// setPassword gives the account a new password; sessions begun with the old one
// are over.
func (s *Service) setPassword(ctx context.Context, tx *db.Tx, by access.Actor, a access.AccountID, hash string) error {
	if _, err := db.Exec(ctx, tx, setPassword, hash, a); err != nil {
		return fmt.Errorf("account %s: password: %w", a, err)
	}
	audit.Record(tx, s.clock.Now(), by, ActionPassword, subject(a))
	return nil
}
