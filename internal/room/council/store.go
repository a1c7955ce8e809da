package council

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

const (
	insertVersion db.SQL = `INSERT INTO agreement (id, body, nr, title, why, state, rules, by_members, decided_by, decided_on, from_day, dropped, archive, dissolution,
		theirs_by, theirs_on, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, 'draft', NULL, TRUE, '', NULL, NULL, '', $6, $7, '', NULL, $8, $9, 1)`
	updateHead db.SQL = `UPDATE agreement SET title = $1, why = $2, archive = $3, dissolution = $4, version = version + 1 WHERE id = $5 AND version = $6 AND state = 'draft'`
	bumpDraft  db.SQL = `UPDATE agreement SET version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft'`
	sendDraft  db.SQL = `UPDATE agreement SET state = $1, rules = $2, by_members = $3, decided_by = $4, decided_on = $5, from_day = $6, item = $7, version = version + 1
		WHERE id = $8 AND version = $9 AND state = 'draft'`
	adopt        db.SQL = `UPDATE agreement SET state = 'adopted', from_day = $1, version = version + 1 WHERE id = $2 AND state = 'sent'`
	dropVersion  db.SQL = `UPDATE agreement SET state = 'dropped', dropped = $1, version = version + 1 WHERE id = $2 AND version = $3 AND state IN ('draft', 'sent')`
	updateTheirs db.SQL = `UPDATE agreement SET theirs_by = $1, theirs_on = $2, version = version + 1 WHERE id = $3 AND version = $4`
	getVersion   db.SQL = `SELECT id, body, nr, title, why, state, rules, by_members, decided_by, decided_on, item, from_day, dropped, archive, dissolution, theirs_by, theirs_on, version
		FROM agreement WHERE id = $1`
	versionsOf db.SQL = `SELECT id, body, nr, title, why, state, rules, by_members, decided_by, decided_on, item, from_day, dropped, archive, dissolution, theirs_by, theirs_on, version
		FROM agreement WHERE body = $1 ORDER BY nr DESC, id`

	sentItem db.SQL = `SELECT id FROM agreement WHERE item = $1 AND state = 'sent'`

	saveParagraph db.SQL = `INSERT INTO agreement_paragraph (agreement, nr, gone, heading, words, was, why) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (agreement, gone, nr) DO UPDATE SET heading = excluded.heading, words = excluded.words, was = excluded.was, why = excluded.why`
	dropParagraph db.SQL = `DELETE FROM agreement_paragraph WHERE agreement = $1 AND nr = $2 AND gone = $3`
	paragraphsOf  db.SQL = `SELECT nr, gone, heading, words, was, why FROM agreement_paragraph WHERE agreement = $1 ORDER BY nr, gone`

	saveAnswer db.SQL = `INSERT INTO agreement_answer (agreement, org, answer, place, case_number, day, in_item, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (agreement, org) DO UPDATE SET answer = excluded.answer, place = excluded.place, case_number = excluded.case_number, day = excluded.day,
		in_item = excluded.in_item, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`
	answersTo db.SQL = `SELECT org, answer, place, case_number, day, in_item FROM agreement_answer WHERE agreement = $1 ORDER BY day, org`

	insertCheck db.SQL = `INSERT INTO agreement_check (agreement, point, verdict, paragraphs, note, theirs, recorded_by, recorded_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	updateCheck db.SQL = `UPDATE agreement_check SET verdict = $1, paragraphs = $2, note = $3, theirs = $4, recorded_by = $5, recorded_at = $6, version = version + 1
		WHERE agreement = $7 AND point = $8 AND version = $9`
	checksOf db.SQL = `SELECT point, verdict, paragraphs, note, theirs, version FROM agreement_check WHERE agreement = $1 ORDER BY point`
)

type versionRow struct {
	ID          VersionID     `db:"id"`
	Body        BodyID        `db:"body"`
	Nr          int           `db:"nr"`
	Title       string        `db:"title"`
	Why         string        `db:"why"`
	State       State         `db:"state"`
	Rules       *string       `db:"rules"`
	ByMembers   bool          `db:"by_members"`
	DecidedBy   string        `db:"decided_by"`
	DecidedOn   db.Date       `db:"decided_on"`
	Item        *ItemID       `db:"item"`
	From        db.Date       `db:"from_day"`
	Dropped     string        `db:"dropped"`
	Archive     *access.OrgID `db:"archive"`
	Dissolution string        `db:"dissolution"`
	TheirsBy    string        `db:"theirs_by"`
	TheirsOn    db.Date       `db:"theirs_on"`
	Version     int64         `db:"version"`
}

func (r versionRow) version() Version {
	v := Version{ID: r.ID, Body: r.Body, Nr: r.Nr, Head: Head{Title: r.Title, Why: r.Why, Dissolution: r.Dissolution}, State: r.State, ByMembers: r.ByMembers,
		DecidedBy: r.DecidedBy, DecidedOn: r.DecidedOn, From: r.From, DroppedWhy: r.Dropped, TheirsBy: r.TheirsBy, TheirsOn: r.TheirsOn, Version: r.Version}
	if r.Item != nil {
		v.Item.ID = *r.Item
	}
	if r.Rules != nil {
		v.Rules = *r.Rules
	}
	if r.Archive != nil {
		v.Archive = *r.Archive
	}
	return v
}

type paragraphRow struct {
	Nr      int    `db:"nr"`
	Gone    bool   `db:"gone"`
	Heading string `db:"heading"`
	Words   string `db:"words"`
	Was     int    `db:"was"`
	Why     string `db:"why"`
}

type answerRow struct {
	Org   access.OrgID `db:"org"`
	Reply Reply        `db:"answer"`
	Place string       `db:"place"`
	Case  string       `db:"case_number"`
	Day   db.Date      `db:"day"`
	There bool         `db:"in_item"`
}

type checkRow struct {
	Point      int     `db:"point"`
	Verdict    Verdict `db:"verdict"`
	Paragraphs string  `db:"paragraphs"`
	Note       string  `db:"note"`
	Theirs     Verdict `db:"theirs"`
	Version    int64   `db:"version"`
}

// versions are all of a body, newest first, with what belongs to them.
func versions(ctx context.Context, tx *db.Tx, b BodyID, today clock.Date) ([]Version, error) {
	rows, err := db.List[versionRow](ctx, tx, versionsOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: agreements: %w", b, err)
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = r.version()
		if err := fill(ctx, tx, &out[i], today); err != nil {
			return nil, err
		}
	}
	until(out)
	return out, nil
}

// version is one version with what belongs to it, or NotFound.
func version(ctx context.Context, tx *db.Tx, v VersionID, today clock.Date) (Version, error) {
	row, err := db.Get[versionRow](ctx, tx, getVersion, v)
	if err != nil {
		return Version{}, fmt.Errorf("agreement %s: %w", v, err)
	}
	out := row.version()
	return out, fill(ctx, tx, &out, today)
}

// fill reads paragraphs, answers and checks.
func fill(ctx context.Context, tx *db.Tx, v *Version, today clock.Date) error {
	paragraphs, err := db.List[paragraphRow](ctx, tx, paragraphsOf, v.ID)
	if err != nil {
		return fmt.Errorf("agreement %s: paragraphs: %w", v.ID, err)
	}
	for _, r := range paragraphs {
		p := Paragraph{Nr: r.Nr, Heading: r.Heading, Words: r.Words, Was: r.Was, Why: r.Why}
		if r.Gone {
			v.Gone = append(v.Gone, p)
		} else {
			v.Paragraphs = append(v.Paragraphs, p)
		}
	}
	checks, err := db.List[checkRow](ctx, tx, checksOf, v.ID)
	if err != nil {
		return fmt.Errorf("agreement %s: checks: %w", v.ID, err)
	}
	for _, r := range checks {
		v.Checks = append(v.Checks, Check{Point: r.Point, Verdict: r.Verdict, Paragraphs: parted(r.Paragraphs), Note: r.Note, Theirs: r.Theirs, Version: r.Version})
	}
	answers, err := db.List[answerRow](ctx, tx, answersTo, v.ID)
	if err != nil {
		return fmt.Errorf("agreement %s: answers: %w", v.ID, err)
	}
	orgs := []access.OrgID{}
	if v.Archive != "" {
		orgs = append(orgs, v.Archive)
	}
	for _, r := range answers {
		v.Answers, orgs = append(v.Answers, Answer{Org: r.Org, Reply: r.Reply, Place: r.Place, Case: r.Case, Day: r.Day, InItem: r.There}), append(orgs, r.Org)
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return err
	}
	v.ArchiveName = names[v.Archive]
	for i := range v.Answers {
		v.Answers[i].Name = names[v.Answers[i].Org]
	}
	return nil
}
