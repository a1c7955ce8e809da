package account

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
)

const (
	insertAccount db.SQL = `INSERT INTO account (id, username, name, name_fold, name_sort, password_hash, demo_role, disabled, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`
	getAccount db.SQL = `SELECT id, username, name, name_sort, password_hash, demo_role, disabled, created_at, last_sign_in, version
		FROM account WHERE id = $1 AND deleted_at IS NULL`
	getByUsername db.SQL = `SELECT id, username, name, name_sort, password_hash, demo_role, disabled, created_at, last_sign_in, version
		FROM account WHERE username = $1 AND deleted_at IS NULL`
	listAccounts db.SQL = `SELECT c.id, c.username, c.name, c.name_sort, c.password_hash, c.demo_role, c.disabled, c.created_at, c.last_sign_in, c.version
		FROM account AS c WHERE c.deleted_at IS NULL /*and*/`
	countAccounts db.SQL = `SELECT COUNT(*) FROM account AS c WHERE c.deleted_at IS NULL /*and*/`
	listDemo      db.SQL = `SELECT id, username, name, name_sort, password_hash, demo_role, disabled, created_at, last_sign_in, version
		FROM account WHERE demo_role <> '' AND deleted_at IS NULL ORDER BY created_at, id`
	setPassword   db.SQL = `UPDATE account SET password_hash = $1, version = version + 1 WHERE id = $2`
	setDisabled   db.SQL = `UPDATE account SET disabled = $1, version = version + 1 WHERE id = $2 AND version = $3`
	bumpAccount   db.SQL = `UPDATE account SET version = version + 1 WHERE id = $1 AND version = $2`
	noteSignIn    db.SQL = `UPDATE account SET last_sign_in = $1 WHERE id = $2`
	forgetAccount db.SQL = `UPDATE account SET username = $1, name = '', name_fold = '', name_sort = '', password_hash = '', demo_role = '',
		disabled = $2, deleted_at = $3, version = version + 1 WHERE id = $4`
	idleAccounts db.SQL = `SELECT id FROM account WHERE deleted_at IS NULL AND demo_role = '' AND COALESCE(last_sign_in, created_at) < $1 ORDER BY id LIMIT 20`
	otherAdmins  db.SQL = `SELECT COUNT(*) FROM assignment AS a JOIN account AS c ON c.id = a.account
		WHERE a.role = $1 AND a.from_day <= $2 AND (a.to_day IS NULL OR a.to_day >= $2) AND a.id <> $3 AND c.id <> $4
		AND c.deleted_at IS NULL AND NOT c.disabled AND (c.password_hash <> '' OR c.demo_role <> '')`

	insertAssign db.SQL = `INSERT INTO assignment (id, account, role, org, scope_kind, scope_ref, from_day, to_day, granted_by, granted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	listAssign    db.SQL = `SELECT id, account, role, org, scope_kind, scope_ref, from_day, to_day FROM assignment WHERE account = $1 ORDER BY from_day, id`
	listAssignsOf db.SQL = `SELECT id, account, role, org, scope_kind, scope_ref, from_day, to_day FROM assignment /*where*/ ORDER BY from_day, id`
	endAssign     db.SQL = `UPDATE assignment SET to_day = $1 WHERE id = $2 AND account = $3`
	endAll        db.SQL = `UPDATE assignment SET to_day = $1 WHERE account = $2 AND (to_day IS NULL OR to_day > $1)`

	insertInvite  db.SQL = `INSERT INTO invitation (token_hash, kind, account, expires_at) VALUES ($1, $2, $3, $4)`
	dropInvites   db.SQL = `DELETE FROM invitation WHERE kind = $1`
	dropLinks     db.SQL = `DELETE FROM invitation WHERE account = $1`
	useInvite     db.SQL = `UPDATE invitation SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at >= $3 RETURNING kind, account`
	seeInvite     db.SQL = `SELECT kind, account FROM invitation WHERE token_hash = $1 AND used_at IS NULL AND expires_at >= $2`
	openLinks     db.SQL = `SELECT expires_at FROM invitation WHERE account = $1 AND used_at IS NULL AND expires_at >= $2 ORDER BY expires_at DESC, token_hash LIMIT 1`
	countWaiting  db.SQL = `SELECT COUNT(*) FROM account WHERE deleted_at IS NULL AND password_hash = '' AND demo_role = '' AND NOT disabled`
	countDisabled db.SQL = `SELECT COUNT(*) FROM account WHERE deleted_at IS NULL AND disabled`

	countFailures  db.SQL = `SELECT COUNT(*) FROM sign_in_failure WHERE bucket = $1 AND at > $2`
	insertFailure  db.SQL = `INSERT INTO sign_in_failure (id, bucket, at) VALUES ($1, $2, $3)`
	clearFailures  db.SQL = `DELETE FROM sign_in_failure WHERE bucket = $1`
	forgetFailures db.SQL = `DELETE FROM sign_in_failure WHERE at <= $1`

	insertToken  db.SQL = `INSERT INTO api_token (token_hash, account, org, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`
	readToken    db.SQL = `SELECT account, org FROM api_token WHERE token_hash = $1 AND expires_at >= $2`
	listTokens   db.SQL = `SELECT created_at, expires_at FROM api_token WHERE account = $1 ORDER BY created_at, token_hash`
	dropTokens   db.SQL = `DELETE FROM api_token WHERE account = $1`
	dropSessions db.SQL = `DELETE FROM session WHERE data LIKE $1`
	forgetTokens db.SQL = `DELETE FROM api_token WHERE expires_at < $1`
)

const (
	fragNameSort  db.Fragment = "c.name_sort"
	fragID        db.Fragment = "c.id"
	fragAccount   db.Fragment = "account"
	fragNameOrUse db.Fragment = `c.name_fold LIKE ? ESCAPE '\' OR c.username LIKE ? ESCAPE '\'`
	fragHasRole   db.Fragment = `EXISTS (SELECT 1 FROM assignment AS a WHERE a.account = c.id AND a.role = ?
		AND a.from_day <= ? AND (a.to_day IS NULL OR a.to_day >= ?))`
)

type accountRow struct {
	ID         access.AccountID `db:"id"`
	Username   string           `db:"username"`
	Name       string           `db:"name"`
	NameSort   string           `db:"name_sort"`
	Hash       string           `db:"password_hash"`
	DemoRole   string           `db:"demo_role"`
	Disabled   bool             `db:"disabled"`
	CreatedAt  db.Time          `db:"created_at"`
	LastSignIn db.Time          `db:"last_sign_in"`
	Version    int64            `db:"version"`
}

func (r accountRow) account() Account {
	return Account{ID: r.ID, Username: r.Username, Name: r.Name, DemoRole: r.DemoRole, Disabled: r.Disabled, HasPassword: r.Hash != "",
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
