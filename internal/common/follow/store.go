package follow

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

const (
	insertPerson db.SQL = `INSERT INTO follow_person (account, address, confirmed, confirm_hash, own, mail, lang, token, feed, version)
		VALUES ($1, '', FALSE, '', 'daily', TRUE, $2, $3, $4, 1) ON CONFLICT (account) DO NOTHING`
	getPerson db.SQL = `SELECT account, address, confirmed, confirm_hash, own, mail, lang, token, feed, version FROM follow_person WHERE account = $1`
	byToken   db.SQL = `SELECT account, address, confirmed, confirm_hash, own, mail, lang, token, feed, version FROM follow_person WHERE token = $1`
	byFeed    db.SQL = `SELECT account FROM follow_person WHERE feed = $1`
	setPerson db.SQL = `UPDATE follow_person SET address = $1, confirmed = $2, confirm_hash = $3, own = $4, mail = $5, lang = $6, version = version + 1
		WHERE account = $7 AND version = $8`
	setMail      db.SQL = `UPDATE follow_person SET mail = $1, version = version + 1 WHERE account = $2`
	setConfirmed db.SQL = `UPDATE follow_person SET confirmed = TRUE, confirm_hash = '', version = version + 1 WHERE confirm_hash = $1 AND confirm_hash <> '' RETURNING account`
	setFeed      db.SQL = `UPDATE follow_person SET feed = $1, version = version + 1 WHERE account = $2`
	dropPerson   db.SQL = `DELETE FROM follow_person WHERE account = $1`
	dropWaiting  db.SQL = `UPDATE follow_notice SET mail = 'none' WHERE account = $1 AND mail = 'wait'`

	insertSub db.SQL = `INSERT INTO follow_subscription (id, account, target, kind, ref, mode, feed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (account, target, kind, ref) DO UPDATE SET mode = excluded.mode`
	getSub    db.SQL = `SELECT id, account, target, kind, ref, mode, feed, created_at FROM follow_subscription WHERE id = $1`
	subByFeed db.SQL = `SELECT id, account, target, kind, ref, mode, feed, created_at FROM follow_subscription WHERE feed = $1`
	subOn     db.SQL = `SELECT id, account, target, kind, ref, mode, feed, created_at FROM follow_subscription
		WHERE account = $1 AND target = $2 AND kind = $3 AND ref = $4`
	subsOf     db.SQL = `SELECT id, account, target, kind, ref, mode, feed, created_at FROM follow_subscription WHERE account = $1 ORDER BY created_at, id`
	subsOn     db.SQL = `SELECT id, account, target, kind, ref, mode, feed, created_at FROM follow_subscription /*where*/ ORDER BY account, id`
	countSubs  db.SQL = `SELECT COUNT(*) FROM follow_subscription WHERE account = $1`
	setSubMode db.SQL = `UPDATE follow_subscription SET mode = $1 WHERE id = $2 AND account = $3`
	setSubFeed db.SQL = `UPDATE follow_subscription SET feed = $1 WHERE id = $2 AND account = $3`
	dropSub    db.SQL = `DELETE FROM follow_subscription WHERE id = $1 AND account = $2`
	dropSubs   db.SQL = `DELETE FROM follow_subscription WHERE account = $1`

	anyUntold db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM flow_move WHERE told = FALSE ORDER BY at, kind, subject, nr LIMIT 1) AS m`
	untold    db.SQL = `SELECT m.kind, m.subject, m.nr, m.from_state, m.to_state, m.at, m.actor, m.org, m.ball_party, m.ball_account, m.ball_org, m.ball_role, m.due
		FROM flow_move AS m WHERE m.told = FALSE ORDER BY m.at, m.kind, m.subject, m.nr LIMIT 20`
	setTold db.SQL = `UPDATE flow_move SET told = TRUE WHERE kind = $1 AND subject = $2 AND nr = $3`
	// A deadline that is near, or past, of a thing that stands where it did.
	nearing db.SQL = `SELECT i.kind, i.subject, i.state, i.ball_party, i.ball_account, i.ball_org, i.ball_role, i.due FROM flow_item AS i
		WHERE i.due IS NOT NULL AND i.due >= $1 AND i.due <= $2 AND i.ball_party <> ''
		AND NOT EXISTS (SELECT 1 FROM follow_event AS e WHERE e.kind = i.kind AND e.subject = i.subject AND e.what = $3 AND e.mark = i.due)
		ORDER BY i.due, i.kind, i.subject LIMIT 50`

	insertEvent db.SQL = `INSERT INTO follow_event (id, kind, subject, what, mark, at, from_state, to_state, ball_party, ball_account, ball_org, ball_role, due, actor, org, facts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (kind, subject, what, mark) DO NOTHING`
	insertNotice db.SQL = `INSERT INTO follow_notice (id, account, event, reason, mode, mail, made_at, read_at) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)
		ON CONFLICT (account, event) DO NOTHING`
	noticesOf db.SQL = `SELECT n.id AS notice, n.reason, n.made_at, n.read_at, e.id, e.kind, e.subject, e.what, e.mark, e.at, e.from_state, e.to_state,
		e.ball_party, e.ball_account, e.ball_org, e.ball_role, e.due, e.actor, e.org, e.facts
		FROM follow_notice AS n JOIN follow_event AS e ON e.id = n.event /*where*/`
	eventsBase db.SQL = `SELECT e.id, e.kind, e.subject, e.what, e.mark, e.at, e.from_state, e.to_state, e.ball_party, e.ball_account, e.ball_org, e.ball_role, e.due, e.actor, e.org, e.facts
		FROM follow_event AS e /*where*/ ORDER BY e.at DESC, e.id DESC LIMIT 200`
	countUnread db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM follow_notice WHERE account = $1 AND read_at IS NULL ORDER BY id LIMIT 100) AS n`
	readAll     db.SQL = `UPDATE follow_notice SET read_at = $1 WHERE account = $2 AND read_at IS NULL AND made_at <= $3`
	readThing   db.SQL = `UPDATE follow_notice SET read_at = $1 WHERE account = $2 AND read_at IS NULL
		AND event IN (SELECT e.id FROM follow_event AS e WHERE e.kind = $3 AND e.subject = $4)`
	dropNotices db.SQL = `DELETE FROM follow_notice WHERE account = $1`
	sweepNotice db.SQL = `DELETE FROM follow_notice WHERE made_at < $1`
	sweepEvent  db.SQL = `DELETE FROM follow_event WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM follow_notice AS n WHERE n.event = follow_event.id)`
	anyWaiting  db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM follow_notice WHERE mail = 'wait' AND mode = $1 ORDER BY account, made_at, id LIMIT 1) AS n`
	waitingOf   db.SQL = `SELECT DISTINCT account FROM follow_notice WHERE mail = 'wait' AND mode = $1 AND account > $2 ORDER BY account LIMIT 1`
	setSent     db.SQL = `UPDATE follow_notice SET mail = $1 WHERE id = $2`

	fragIsAccount db.Fragment = "n.account = ?"
	fragMade      db.Fragment = "n.made_at"
	fragNotice    db.Fragment = "n.id"
	fragUnread    db.Fragment = "n.read_at IS NULL"
	fragWaiting   db.Fragment = "n.mail = 'wait' AND n.mode = ?"
	fragThing     db.Fragment = "e.kind = ? AND e.subject = ?"
	fragKind      db.Fragment = "e.kind = ?"
	fragSince     db.Fragment = "e.at >= ?"
	fragWhat      db.Fragment = "e.what = ?"
	fragTarget    db.Fragment = "target = ? AND kind = ? AND ref = ?"
	fragPlace     db.Fragment = "target = 'municipality' AND ref = ?"
	fragField     db.Fragment = "target = 'field' AND ref = ?"
	fragSearch    db.Fragment = "target = 'search' AND kind = ?"
)

type personRow struct {
	Account   access.AccountID `db:"account"`
	Address   string           `db:"address"`
	Confirmed bool             `db:"confirmed"`
	Confirm   string           `db:"confirm_hash"`
	Own       Mode             `db:"own"`
	Mail      bool             `db:"mail"`
	Lang      i18n.Lang        `db:"lang"`
	Token     string           `db:"token"`
	Feed      string           `db:"feed"`
	Version   int64            `db:"version"`
}

// reachable reports whether mail is sent to the person at all.
func (r personRow) reachable() bool { return r.Mail && r.Confirmed && r.Address != "" }

type subRow struct {
	ID        ID               `db:"id"`
	Account   access.AccountID `db:"account"`
	Target    Target           `db:"target"`
	Kind      string           `db:"kind"`
	Ref       string           `db:"ref"`
	Mode      Mode             `db:"mode"`
	Feed      string           `db:"feed"`
	CreatedAt db.Time          `db:"created_at"`
}

func (r subRow) subscription() Subscription {
	return Subscription{ID: r.ID, Account: r.Account, Topic: Topic{r.Target, r.Kind, r.Ref}, Mode: r.Mode, Feed: r.Feed, CreatedAt: r.CreatedAt}
}

type moveRow struct {
	Kind    string       `db:"kind"`
	Subject string       `db:"subject"`
	Nr      int64        `db:"nr"`
	From    flow.State   `db:"from_state"`
	To      flow.State   `db:"to_state"`
	At      db.Time      `db:"at"`
	Actor   string       `db:"actor"`
	Org     access.OrgID `db:"org"`
	flow.BallRow
}

type dueRow struct {
	Kind    string     `db:"kind"`
	Subject string     `db:"subject"`
	State   flow.State `db:"state"`
	flow.BallRow
}

type eventRow struct {
	ID      EventID    `db:"id"`
	Kind    string     `db:"kind"`
	Subject string     `db:"subject"`
	What    What       `db:"what"`
	Mark    string     `db:"mark"`
	At      db.Time    `db:"at"`
	From    flow.State `db:"from_state"`
	To      flow.State `db:"to_state"`
	flow.BallRow
	Actor string       `db:"actor"`
	Org   access.OrgID `db:"org"`
	Facts string       `db:"facts"`
}

func (r eventRow) event() Event {
	facts, err := happening.Parse(r.Facts)
	if err != nil {
		facts = nil // not ours: the sentence is told without them
	}
	return Event{ID: r.ID, Subject: object.Ref{Kind: r.Kind, ID: r.Subject}, What: r.What, Mark: r.Mark, At: r.At, From: r.From, To: r.To,
		Ball: r.Ball(), Actor: r.Actor, Org: r.Org, Facts: facts}
}

type noticeRow struct {
	Notice NoticeID `db:"notice"`
	Reason Reason   `db:"reason"`
	MadeAt db.Time  `db:"made_at"`
	ReadAt db.Time  `db:"read_at"`
	eventRow
}
