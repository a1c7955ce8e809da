package account

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
)

const (
	insertAccount db.SQL = `INSERT INTO account (id, username, name, password_hash, demo_role, disabled, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`
	getAccount    db.SQL = `SELECT id, username, name, password_hash, demo_role, disabled, created_at, last_sign_in, version FROM account WHERE id = $1`
	getByUsername db.SQL = `SELECT id, username, name, password_hash, demo_role, disabled, created_at, last_sign_in, version FROM account WHERE username = $1`
	listAccounts  db.SQL = `SELECT id, username, name, password_hash, demo_role, disabled, created_at, last_sign_in, version FROM account ORDER BY name, id`
	listDemo      db.SQL = `SELECT id, username, name, password_hash, demo_role, disabled, created_at, last_sign_in, version FROM account WHERE demo_role <> '' ORDER BY created_at, id`
	setPassword   db.SQL = `UPDATE account SET password_hash = $1, version = version + 1 WHERE id = $2`
	setDisabled   db.SQL = `UPDATE account SET disabled = $1, version = version + 1 WHERE id = $2 AND version = $3`
	noteSignIn    db.SQL = `UPDATE account SET last_sign_in = $1 WHERE id = $2`
	countWithRole db.SQL = `SELECT COUNT(*) FROM assignment WHERE role = $1`
	insertAssign  db.SQL = `INSERT INTO assignment (id, account, role, org, scope_kind, scope_ref, from_day, to_day, granted_by, granted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	listAssign db.SQL = `SELECT id, account, role, org, scope_kind, scope_ref, from_day, to_day FROM assignment WHERE account = $1 ORDER BY from_day, id`
	endAssign  db.SQL = `UPDATE assignment SET to_day = $1 WHERE id = $2 AND account = $3`

	insertInvite db.SQL = `INSERT INTO invitation (token_hash, kind, account, expires_at) VALUES ($1, $2, $3, $4)`
	dropInvites  db.SQL = `DELETE FROM invitation WHERE kind = $1`
	useInvite    db.SQL = `UPDATE invitation SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at >= $3 RETURNING kind, account`
	seeInvite    db.SQL = `SELECT kind, account FROM invitation WHERE token_hash = $1 AND used_at IS NULL AND expires_at >= $2`

	countFailures  db.SQL = `SELECT COUNT(*) FROM sign_in_failure WHERE bucket = $1 AND at > $2`
	insertFailure  db.SQL = `INSERT INTO sign_in_failure (id, bucket, at) VALUES ($1, $2, $3)`
	clearFailures  db.SQL = `DELETE FROM sign_in_failure WHERE bucket = $1`
	forgetFailures db.SQL = `DELETE FROM sign_in_failure WHERE at <= $1`

	insertToken db.SQL = `INSERT INTO api_token (token_hash, account, org, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`
	readToken   db.SQL = `SELECT account, org FROM api_token WHERE token_hash = $1 AND expires_at >= $2`
)

type accountRow struct {
	ID         access.AccountID `db:"id"`
	Username   string           `db:"username"`
	Name       string           `db:"name"`
	Hash       string           `db:"password_hash"`
	DemoRole   string           `db:"demo_role"`
	Disabled   bool             `db:"disabled"`
	CreatedAt  db.Time          `db:"created_at"`
	LastSignIn db.Time          `db:"last_sign_in"`
	Version    int64            `db:"version"`
}

func (r accountRow) account() Account {
	return Account{ID: r.ID, Username: r.Username, Name: r.Name, DemoRole: r.DemoRole, Disabled: r.Disabled,
		CreatedAt: r.CreatedAt, LastSignIn: r.LastSignIn, Version: r.Version}
}

type assignRow struct {
	ID        AssignmentID     `db:"id"`
	Account   access.AccountID `db:"account"`
	Role      access.Role      `db:"role"`
	Org       *access.OrgID    `db:"org"`
	ScopeKind access.ScopeKind `db:"scope_kind"`
	ScopeRef  string           `db:"scope_ref"`
	From      db.Date          `db:"from_day"`
	To        db.Date          `db:"to_day"`
}

func (r assignRow) assignment() Assignment {
	a := Assignment{ID: r.ID, Assignment: access.Assignment{Role: r.Role, Scope: access.Scope{Kind: r.ScopeKind, Ref: r.ScopeRef}, From: r.From, To: r.To}}
	if r.Org != nil {
		a.Org = *r.Org
	}
	return a
}

type inviteRow struct {
	Kind    string            `db:"kind"`
	Account *access.AccountID `db:"account"`
}

type tokenRow struct {
	Account access.AccountID `db:"account"`
	Org     *access.OrgID    `db:"org"`
}

// Account is a person who can sign in, without the password.
type Account struct {
	ID         access.AccountID
	Username   string
	Name       string
	DemoRole   string
	Disabled   bool
	CreatedAt  clock.Time
	LastSignIn clock.Time
	Version    int64
}

// Assignment is a stored role assignment.
type Assignment struct {
	ID AssignmentID
	access.Assignment
}

// AssignmentID names an assignment.
type AssignmentID = id.Of[Assignment]
