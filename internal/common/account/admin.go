package account

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Filter narrows a list of accounts. Zero fields narrow nothing.
type Filter struct {
	Text string // in name or username
	// Role lists those that hold it today.
	Role  access.Role
	After string
	Limit int
}

// Listed is an account in a list with the roles that hold today.
type Listed struct {
	Account
	Roles []access.Assignment
}

// List lists accounts by name with the total, for administrators.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) (db.Paged[Listed], int, error) {
	var out db.Paged[Listed]
	if err := canAdminister(actor); err != nil {
		return out, 0, err
	}
	today := s.clock.Today()
	var w db.Where
	if folded := text.Fold(f.Text); folded != "" {
		pattern := "%" + db.EscapeLike(folded) + "%"
		w.And(fragNameOrUse, pattern, pattern)
	}
	if f.Role != "" {
		w.And(fragHasRole, f.Role, today, today)
	}
	var total int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		page := db.Page{Order: db.Order{Key: fragNameSort, ID: fragID}, After: f.After, Limit: f.Limit}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: listAccounts, Where: w}, page, func(r accountRow) (any, string) { return r.NameSort, string(r.ID) })
		if err != nil {
			return err
		}
		roles, err := s.rolesOf(ctx, tx, rows.Items, today)
		if err != nil {
			return err
		}
		out = db.Paged[Listed]{Next: rows.Next}
		for _, r := range rows.Items {
			out.Items = append(out.Items, Listed{Account: r.account(), Roles: roles[r.ID]})
		}
		statement, args := db.Query{Base: countAccounts, Where: w}.Build()
		total, err = db.Scalar[int64](ctx, tx, statement, args...)
		return err
	})
	if err != nil {
		return db.Paged[Listed]{}, 0, fmt.Errorf("accounts: list: %w", err)
	}
	return out, int(total), nil
}

// rolesOf are the accounts' roles that hold on the day, with the names of the
// organisations.
func (s *Service) rolesOf(ctx context.Context, tx *db.Tx, accounts []accountRow, day clock.Date) (map[access.AccountID][]access.Assignment, error) {
	ids := make([]access.AccountID, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	q := db.Query{Base: listAssignsOf}
	db.In(&q.Where, fragAccount, ids)
	statement, args := q.Build()
	rows, err := db.List[assignRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	out := map[access.AccountID][]access.Assignment{}
	for _, r := range rows {
		x := r.assignment().Assignment
		if !x.ActiveOn(day) {
			continue
		}
		if x.OrgName, err = org.NameOn(ctx, tx, x.Org, day); err != nil {
			return nil, err
		}
		out[r.Account] = append(out[r.Account], x)
	}
	return out, nil
}

// Details is an account with all its roles of all times, newest first.
// LinkUntil is how long an unused one-time link works, zero for none.
type Details struct {
	Account
	Roles     []Assignment
	LinkUntil clock.Time
}

// Get is the account, for administrators and the person. What one may not see
// is NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, a access.AccountID) (Details, error) {
	if a != actor.Account && canAdminister(actor) != nil {
		return Details{}, fault.Missing()
	}
	var out Details
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		if err != nil {
			return err
		}
		out = Details{Account: row.account()}
		rows, err := db.List[assignRow](ctx, tx, listAssign, a)
		if err != nil {
			return err
		}
		for i := len(rows) - 1; i >= 0; i-- {
			x := rows[i].assignment()
			if x.OrgName, err = org.NameOn(ctx, tx, x.Org, s.clock.Today()); err != nil {
				return err
			}
			out.Roles = append(out.Roles, x)
		}
		links, err := db.List[db.Time](ctx, tx, openLinks, a, s.clock.Now())
		if len(links) > 0 {
			out.LinkUntil = links[0]
		}
		return err
	})
	if err != nil {
		return Details{}, fmt.Errorf("account %s: %w", a, err)
	}
	return out, nil
}

// Assign gives the account one more role. Only administrators do.
func (s *Service) Assign(ctx context.Context, actor access.Actor, a access.AccountID, r access.Assignment) error {
	if err := canAdminister(actor); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Get[accountRow](ctx, tx, getAccount, a); err != nil {
			return fmt.Errorf("account %s: %w", a, err)
		}
		return s.assign(ctx, tx, actor, a, r)
	})
}

// EndRole lets a role hold to and with the day; the day before it began undoes
// it. version is the account's that the administrator saw. A role that has an
// end is only ever shortened, and the last administrator stays.
func (s *Service) EndRole(ctx context.Context, actor access.Actor, a access.AccountID, role AssignmentID, version int64, last clock.Date) error {
	if err := canAdminister(actor); err != nil {
		return err
	}
	if last.IsZero() {
		return fault.InvalidField("to", "form.error.required")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := s.held(ctx, tx, a, role)
		if err != nil {
			return err
		}
		if last.Before(old.From.AddDays(-1)) || (!old.To.IsZero() && last.After(old.To)) {
			return fault.InvalidField("to", "account.error.end_day")
		}
		if old.Role == access.RoleSysadmin {
			after := last.AddDays(1)
			if today := s.clock.Today(); after.Before(today) {
				after = today
			}
			if err := s.keepAdmin(ctx, tx, after, role, ""); err != nil {
				return err
			}
		}
		if err := db.ExecOne(ctx, tx, bumpAccount, a, version); err != nil {
			return fmt.Errorf("account %s: end role: %w", a, err)
		}
		if _, err := db.Exec(ctx, tx, endAssign, last, role, a); err != nil {
			return fmt.Errorf("account %s: end role: %w", a, err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionEnd, subject(a), audit.Field("role", string(old.Role), string(old.Role)),
			audit.Field("organisation", old.Org, old.Org), audit.Field("to", old.To, last))
		return nil
	})
}

// held is the account's assignment, or NotFound.
func (s *Service) held(ctx context.Context, tx *db.Tx, a access.AccountID, role AssignmentID) (Assignment, error) {
	rows, err := db.List[assignRow](ctx, tx, listAssign, a)
	if err != nil {
		return Assignment{}, fmt.Errorf("account %s: roles: %w", a, err)
	}
	for _, r := range rows {
		if r.ID == role {
			return r.assignment(), nil
		}
	}
	return Assignment{}, fmt.Errorf("account %s: role %s: %w", a, role, fault.Missing())
}

// keepAdmin sees that somebody is administrator on the day also without the
// assignment and the account that are named.
func (s *Service) keepAdmin(ctx context.Context, tx *db.Tx, day clock.Date, exceptRole AssignmentID, exceptAccount access.AccountID) error {
	// As texts: an empty id would be NULL, which nothing differs from.
	n, err := db.Scalar[int64](ctx, tx, otherAdmins, access.RoleSysadmin, day, string(exceptRole), string(exceptAccount))
	if err != nil {
		return fmt.Errorf("accounts: count administrators: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "account.error.last_admin")
	}
	return nil
}

// isAdmin reports whether the account is administrator today.
func (s *Service) isAdmin(ctx context.Context, tx *db.Tx, a access.AccountID) (bool, error) {
	rows, err := db.List[assignRow](ctx, tx, listAssign, a)
	for _, r := range rows {
		if r.Role == access.RoleSysadmin && r.assignment().ActiveOn(s.clock.Today()) {
			return true, err
		}
	}
	return false, err
}

// SetDisabled closes the account or opens it again. A closed one cannot sign
// in, its sessions and tokens give nothing, and its unused links are void. The
// last administrator cannot be closed, and a demo role belongs to everybody.
func (s *Service) SetDisabled(ctx context.Context, actor access.Actor, a access.AccountID, version int64, disabled bool) error {
	if err := canAdminister(actor); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		if err != nil {
			return fmt.Errorf("account %s: %w", a, err)
		}
		if row.DemoRole != "" {
			return fault.New(fault.Conflict, "account.error.demo")
		}
		action := ActionEnable
		if disabled {
			action = ActionDisable
			admin, err := s.isAdmin(ctx, tx, a)
			if err != nil {
				return err
			}
			if admin {
				if err := s.keepAdmin(ctx, tx, s.clock.Today(), "", a); err != nil {
					return err
				}
			}
			if _, err := db.Exec(ctx, tx, dropLinks, a); err != nil {
				return fmt.Errorf("account %s: disable: %w", a, err)
			}
		}
		if err := db.ExecOne(ctx, tx, setDisabled, disabled, a, version); err != nil {
			return fmt.Errorf("account %s: disable: %w", a, err)
		}
		audit.Record(tx, s.clock.Now(), actor, action, subject(a), audit.Field("disabled", row.Disabled, disabled))
		return nil
	})
}

// NewLink makes a new one-time link for choosing a password, and voids those
// before it. The present password works until the link is used.
func (s *Service) NewLink(ctx context.Context, actor access.Actor, a access.AccountID) (string, error) {
	if err := canAdminister(actor); err != nil {
		return "", err
	}
	token := id.Token(24)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		if err != nil {
			return fmt.Errorf("account %s: %w", a, err)
		}
		if row.Disabled || row.DemoRole != "" {
			return fault.New(fault.Conflict, "account.error.no_link")
		}
		kind, life := "invite", inviteLife
		if row.Hash != "" {
			kind, life = "reset", resetLife
		}
		if _, err := db.Exec(ctx, tx, dropLinks, a); err != nil {
			return fmt.Errorf("account %s: link: %w", a, err)
		}
		if _, err := db.Exec(ctx, tx, insertInvite, id.HashToken(token), kind, a, clock.At(s.clock().Add(life))); err != nil {
			return fmt.Errorf("account %s: link: %w", a, err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionLink, subject(a), audit.Field("kind", "", kind))
		return nil
	})
	return token, err
}

// Overview is what an administrator sees first.
type Overview struct {
	Accounts, Waiting, Disabled, LogEntries int
}

// Overview counts accounts, those whose link is unused, closed ones, and
// entries of the log.
func (s *Service) Overview(ctx context.Context, actor access.Actor) (Overview, error) {
	var out Overview
	if err := canAdminister(actor); err != nil {
		return out, err
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		statement, _ := db.Query{Base: countAccounts}.Build()
		for _, c := range []struct {
			statement db.SQL
			into      *int
		}{{statement, &out.Accounts}, {countWaiting, &out.Waiting}, {countDisabled, &out.Disabled}} {
			n, err := db.Scalar[int64](ctx, tx, c.statement)
			if err != nil {
				return err
			}
			*c.into = int(n)
		}
		var err error
		_, out.LogEntries, err = audit.List(ctx, tx, actor, audit.Filter{Limit: 1})
		return err
	})
	return out, err
}

// LogLine is an entry of the log with what the doer's organisation is called.
type LogLine struct {
	audit.Entry
	OrgName string
}

// Log lists the log, newest first, for administrators.
func (s *Service) Log(ctx context.Context, actor access.Actor, f audit.Filter) (db.Paged[LogLine], int, error) {
	var out db.Paged[LogLine]
	if err := canAdminister(actor); err != nil {
		return out, 0, err
	}
	total := 0
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		page, n, err := audit.List(ctx, tx, actor, f)
		if err != nil {
			return err
		}
		out, total = db.Paged[LogLine]{Next: page.Next}, n
		for _, e := range page.Items {
			line := LogLine{Entry: e}
			if line.OrgName, err = org.NameOn(ctx, tx, e.Org, e.At.Date()); err != nil {
				return err
			}
			out.Items = append(out.Items, line)
		}
		return nil
	})
	return out, total, err
}

// VerifyLog checks the whole chain of the log, for administrators.
func (s *Service) VerifyLog(ctx context.Context, actor access.Actor) (audit.Report, error) {
	if err := canAdminister(actor); err != nil {
		return audit.Report{}, err
	}
	return audit.Verify(ctx, s.db)
}
