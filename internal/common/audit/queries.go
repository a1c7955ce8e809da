package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	listEntries db.SQL = `SELECT seq, at, actor, role, org, action, subject_kind, subject_id, fields, prev, hash
		FROM audit_entry /*where*/`
	countEntries db.SQL = `SELECT COUNT(*) FROM audit_entry /*where*/`
	listValues   db.SQL = `SELECT seq, field, side, salt, value, personal FROM audit_value /*where*/ ORDER BY seq, field, side`
)

const (
	fragSeq         db.Fragment = "seq"
	fragHash        db.Fragment = "hash"
	fragActor       db.Fragment = "actor = ?"
	fragSubjectKind db.Fragment = "subject_kind = ?"
	fragSubjectID   db.Fragment = "subject_id = ?"
)

// Filter narrows the log. Zero fields narrow nothing.
type Filter struct {
	Subject Subject
	// Actor is a label as Actor.Label gives it.
	Actor string
	After string
	Limit int
}

// Entry is a line of the log as people read it.
type Entry struct {
	Seq     int64
	At      clock.Time
	Actor   string
	Role    access.Role
	Org     access.OrgID
	Action  Action
	Subject Subject
	Changes []Logged
}

// Logged is a field of an entry. Before and After are empty when there was no
// value, and when it has been erased since: Gone tells the two apart.
type Logged struct {
	Field         string
	Before, After string
	Personal      bool
	Gone          bool
}

// List lists entries, newest first, with the total. System administrators read
// all of it, others only what they did themselves (Actor must be their label).
func List(ctx context.Context, tx *db.Tx, by access.Actor, f Filter) (db.Paged[Entry], int, error) {
	own := by.SignedIn() && f.Actor == by.Label()
	if !by.IsSystem() && !by.Has(access.RoleSysadmin) && !own {
		return db.Paged[Entry]{}, 0, fault.New(fault.Denied, "fault.denied")
	}
	var w db.Where
	if f.Actor != "" {
		w.And(fragActor, f.Actor)
	}
	if f.Subject.Kind != "" {
		w.And(fragSubjectKind, f.Subject.Kind)
	}
	if f.Subject.ID != "" {
		w.And(fragSubjectID, f.Subject.ID)
	}
	page := db.Page{Order: db.Order{Key: fragSeq, ID: fragHash, Desc: true}, After: f.After, Limit: f.Limit}
	rows, err := db.ListPage(ctx, tx, db.Query{Base: listEntries, Where: w}, page, func(r entryRow) (any, string) { return r.Seq, r.Hash })
	if err != nil {
		return db.Paged[Entry]{}, 0, fmt.Errorf("audit: list: %w", err)
	}
	statement, args := db.Query{Base: countEntries, Where: w}.Build()
	total, err := db.Scalar[int64](ctx, tx, statement, args...)
	if err != nil {
		return db.Paged[Entry]{}, 0, fmt.Errorf("audit: list: %w", err)
	}
	out := db.Paged[Entry]{Next: rows.Next}
	out.Items, err = entries(ctx, tx, rows.Items)
	return out, int(total), err
}

// entries gives the rows their values.
func entries(ctx context.Context, tx *db.Tx, rows []entryRow) ([]Entry, error) {
	seqs := make([]int64, len(rows))
	for i, r := range rows {
		seqs[i] = r.Seq
	}
	q := db.Query{Base: listValues}
	db.In(&q.Where, fragSeq, seqs)
	statement, args := q.Build()
	values, err := db.List[valueRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("audit: values: %w", err)
	}
	bySeq := map[int64][]valueRow{}
	for _, v := range values {
		bySeq[v.Seq] = append(bySeq[v.Seq], v)
	}
	out := make([]Entry, len(rows))
	for i, r := range rows {
		e := Entry{Seq: r.Seq, Actor: r.Actor, Role: access.Role(r.Role), Org: access.OrgID(r.Org), Action: Action(r.Action),
			Subject: Subject{Kind: r.SubjectKind, ID: r.SubjectID}}
		if e.At, err = clock.ParseTime(r.At); err != nil {
			return nil, fmt.Errorf("audit: entry %d: %w", r.Seq, err)
		}
		var fields []hashed
		if err := json.Unmarshal([]byte(r.Fields), &fields); err != nil {
			return nil, fmt.Errorf("audit: entry %d: %w", r.Seq, err)
		}
		for _, f := range fields {
			e.Changes = append(e.Changes, logged(f, bySeq[r.Seq]))
		}
		out[i] = e
	}
	return out, nil
}

func logged(f hashed, values []valueRow) Logged {
	l := Logged{Field: f.Field}
	kept := 0
	for _, v := range values {
		if v.Field != f.Field {
			continue
		}
		kept++
		l.Personal = l.Personal || v.Personal
		if v.Side == "before" {
			l.Before = v.Value
		} else {
			l.After = v.Value
		}
	}
	l.Gone = kept == 0 && (f.Before != "" || f.After != "")
	return l
}

const (
	newestSeq db.SQL = `SELECT seq FROM audit_head WHERE id = 1`
	sinceSeq  db.SQL = `SELECT seq, subject_kind, subject_id FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT 200`
)

type sinceRow struct {
	Seq  int64  `db:"seq"`
	Kind string `db:"subject_kind"`
	ID   string `db:"subject_id"`
}

// Newest is the number of the last entry. Entries are written one after the
// other, so whoever reads on from it misses none.
func Newest(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Scalar[int64](ctx, tx, newestSeq)
}

// Since lists whom the entries after seq are about, each once, of 200 entries at
// most, and answers how far they go: seq itself when there are none. It is for
// the house's own work, such as an index that has to follow every change.
func Since(ctx context.Context, tx *db.Tx, seq int64) ([]Subject, int64, error) {
	rows, err := db.List[sinceRow](ctx, tx, sinceSeq, seq)
	if err != nil {
		return nil, seq, fmt.Errorf("audit: since %d: %w", seq, err)
	}
	var out []Subject
	for _, r := range rows {
		seq = r.Seq
		if s := (Subject{Kind: r.Kind, ID: r.ID}); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, seq, nil
}
