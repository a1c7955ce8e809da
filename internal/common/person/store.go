package person

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
)

const (
	insertRequest db.SQL = `INSERT INTO person_request (id, account, org, kind, subject, what, state, received_at, due,
		extension, ground, answer, answered_by, answered_role, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', '', '', 1)`
	getRequest db.SQL = `SELECT id, account, org, kind, subject, what, state, received_at, due, extension, ground, answer, answered_at, seen_at, version
		FROM person_request WHERE id = $1`
	requestsOf db.SQL = `SELECT id, account, org, kind, subject, what, state, received_at, due, extension, ground, answer, answered_at, seen_at, version
		FROM person_request WHERE account = $1 ORDER BY received_at DESC, id DESC`
	requestsTo db.SQL = `SELECT p.id, p.account, p.org, p.kind, p.subject, p.what, p.state, p.received_at, p.due, p.extension, p.ground, p.answer, p.answered_at, p.seen_at, p.version, a.name
		FROM person_request AS p JOIN account AS a ON a.id = p.account /*where*/`
	openAbout     db.SQL = `SELECT id FROM person_request WHERE account = $1 AND kind = $2 AND subject = $3 AND state = 'received' ORDER BY received_at, id LIMIT 1`
	setSeen       db.SQL = `UPDATE person_request SET seen_at = $1 WHERE id = $2 AND account = $3 AND answered_at IS NOT NULL AND seen_at IS NULL`
	extendRequest db.SQL = `UPDATE person_request SET due = $1, extension = $2, version = version + 1 WHERE id = $3 AND version = $4`
	endRequest    db.SQL = `UPDATE person_request SET state = $1, ground = $2, answer = $3, answered_at = $4, answered_by = $5, answered_role = $6,
		version = version + 1 WHERE id = $7 AND version = $8`
	emptyRequests    db.SQL = `UPDATE person_request SET what = '', extension = '', answer = '', version = version + 1 WHERE account = $1`
	withdrawRequests db.SQL = `UPDATE person_request SET state = 'withdrawn', answered_at = $1 WHERE account = $2 AND state = 'received'`
	sweepRequests    db.SQL = `DELETE FROM person_request WHERE state <> 'received' AND answered_at < $1`

	fragOrg   db.Fragment = "p.org"
	fragThing db.Fragment = "p.kind"
	// Open ones first, and by deadline.
	fragUrgency   db.Fragment = "CASE p.state WHEN 'received' THEN '0' ELSE '1' END || p.due"
	fragRequestID db.Fragment = "p.id"
)

type askedRow struct {
	requestRow
	Name string `db:"name"`
}

func (r askedRow) urgency() (any, string) {
	if r.State.Open() {
		return "0" + r.Due.String(), string(r.ID)
	}
	return "1" + r.Due.String(), string(r.ID)
}

type requestRow struct {
	ID         RequestID        `db:"id"`
	Account    access.AccountID `db:"account"`
	Org        access.OrgID     `db:"org"`
	Kind       string           `db:"kind"`
	Subject    string           `db:"subject"`
	What       string           `db:"what"`
	State      State            `db:"state"`
	ReceivedAt db.Time          `db:"received_at"`
	Due        db.Date          `db:"due"`
	Extension  string           `db:"extension"`
	Ground     Ground           `db:"ground"`
	Answer     string           `db:"answer"`
	AnsweredAt db.Time          `db:"answered_at"`
	SeenAt     db.Time          `db:"seen_at"`
	Version    int64            `db:"version"`
}

func (r requestRow) request() Request {
	return Request{ID: r.ID, Account: r.Account, Org: r.Org, Thing: object.Ref{Kind: r.Kind, ID: r.Subject}, What: r.What, State: r.State,
		ReceivedAt: r.ReceivedAt, Due: r.Due, Extension: r.Extension, Ground: r.Ground, Answer: r.Answer, AnsweredAt: r.AnsweredAt,
		Seen: !r.SeenAt.IsZero(), Version: r.Version}
}
