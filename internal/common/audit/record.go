package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
)

// Action is what was done, such as "need.register": a constant of the room,
// with the text key "audit.<action>".
type Action string

// Subject is what it was done to.
type Subject struct{ Kind, ID string }

// Change is one field before and after. Personal marks values about a person,
// which Erase removes.
type Change struct {
	Field         string
	Before, After string
	Personal      bool
}

// Field is a change to a field of a thing that concerns no person.
func Field(name string, before, after any) Change {
	return Change{Field: name, Before: show(before), After: show(after)}
}

// PersonalField is a change to a field that tells something about a person.
func PersonalField(name string, before, after any) Change {
	return Change{Field: name, Before: show(before), After: show(after), Personal: true}
}

// Changed keeps the changes whose value is another after than before.
func Changed(changes ...Change) []Change {
	var out []Change
	for _, c := range changes {
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

func show(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}

// hashed is a field in an entry: salted hashes, empty for an empty value.
type hashed struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

type entryRow struct {
	Seq         int64  `db:"seq"`
	At          string `db:"at"`
	Actor       string `db:"actor"`
	Role        string `db:"role"`
	Org         string `db:"org"`
	Action      string `db:"action"`
	SubjectKind string `db:"subject_kind"`
	SubjectID   string `db:"subject_id"`
	Fields      string `db:"fields"`
	Prev        string `db:"prev"`
	Hash        string `db:"hash"`
}

// sum is the hash of the entry: over its fields and the hash before, parted by
// a byte that none of them holds.
func (e entryRow) sum() string {
	parts := []string{strconv.FormatInt(e.Seq, 10), e.At, e.Actor, e.Role, e.Org, e.Action, e.SubjectKind, e.SubjectID, e.Fields, e.Prev}
	s := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(s[:])
}

const (
	takeHead    db.SQL = `UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash`
	setHead     db.SQL = `UPDATE audit_head SET hash = $1 WHERE id = 1`
	insertEntry db.SQL = `INSERT INTO audit_entry (seq, at, actor, role, org, action, subject_kind, subject_id, fields, prev, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	insertValue db.SQL = `INSERT INTO audit_value (seq, field, side, salt, value, personal) VALUES ($1, $2, $3, $4, $5, $6)`
)

// Record notes that the actor did the action to the subject, as part of the
// transaction: when it rolls back there is no entry, and when the entry cannot
// be written the change is not made. Who watches the subject (db.Changes) is told
// when it is committed.
func Record(tx *db.Tx, now clock.Time, by access.Actor, action Action, subject Subject, changes ...Change) {
	row := entryRow{At: now.String(), Actor: by.Label(), Action: string(action), SubjectKind: subject.Kind, SubjectID: subject.ID}
	if acting, ok := by.ActingRole(); ok {
		row.Role, row.Org = string(acting.Role), string(acting.Org)
	}
	values := make([]valueRow, 0, 2*len(changes))
	fields := make([]hashed, 0, len(changes))
	for _, c := range changes {
		h := hashed{Field: c.Field}
		if c.Before != "" {
			v := newValue(c, "before", c.Before)
			h.Before, values = v.digest(), append(values, v)
		}
		if c.After != "" {
			v := newValue(c, "after", c.After)
			h.After, values = v.digest(), append(values, v)
		}
		fields = append(fields, h)
	}
	tx.BeforeCommit(func(ctx context.Context) error { return write(ctx, tx, row, fields, values) })
}

type head struct {
	Seq  int64  `db:"seq"`
	Hash string `db:"hash"`
}

func write(ctx context.Context, tx *db.Tx, row entryRow, fields []hashed, values []valueRow) error {
	encoded, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	h, err := db.Get[head](ctx, tx, takeHead)
	if err != nil {
		return fmt.Errorf("audit: take head: %w", err)
	}
	row.Seq, row.Prev, row.Fields = h.Seq, h.Hash, string(encoded)
	row.Hash = row.sum()
	if _, err := db.Exec(ctx, tx, insertEntry, row.Seq, row.At, row.Actor, row.Role, row.Org, row.Action,
		row.SubjectKind, row.SubjectID, row.Fields, row.Prev, row.Hash); err != nil {
		return fmt.Errorf("audit: insert entry: %w", err)
	}
	for _, v := range values {
		if _, err := db.Exec(ctx, tx, insertValue, row.Seq, v.Field, v.Side, v.Salt, v.Value, v.Personal); err != nil {
			return fmt.Errorf("audit: insert value: %w", err)
		}
	}
	if _, err := db.Exec(ctx, tx, setHead, row.Hash); err != nil {
		return fmt.Errorf("audit: set head: %w", err)
	}
	tx.Changed(db.Change{Topic: db.Topic(Subject{row.SubjectKind, row.SubjectID}), Nr: row.Seq})
	return nil
}

type valueRow struct {
	Seq      int64  `db:"seq"`
	Field    string `db:"field"`
	Side     string `db:"side"`
	Salt     string `db:"salt"`
	Value    string `db:"value"`
	Personal bool   `db:"personal"`
}

func newValue(c Change, side, value string) valueRow {
	return valueRow{Field: c.Field, Side: side, Salt: id.Token(16), Value: value, Personal: c.Personal}
}

func (v valueRow) digest() string {
	s := sha256.Sum256([]byte(v.Salt + "\x1f" + v.Value))
	return hex.EncodeToString(s[:])
}
