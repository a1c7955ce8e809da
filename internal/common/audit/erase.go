package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const (
	eraseOf db.SQL = `DELETE FROM audit_value WHERE personal AND seq IN
		(SELECT seq FROM audit_entry WHERE subject_kind = $1 AND subject_id = $2)`
	eraseValue db.SQL = `DELETE FROM audit_value WHERE seq = $1 AND field = $2 AND side = $3`
	entriesOf  db.SQL = `SELECT seq, at, actor, role, org, action, subject_kind, subject_id, fields, prev, hash
		FROM audit_entry WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq`
	valuesOfSubject db.SQL = `SELECT v.seq, v.field, v.side, v.salt, v.value, v.personal FROM audit_value AS v JOIN audit_entry AS e ON e.seq = v.seq
		WHERE v.personal AND e.subject_kind = $1 AND e.subject_id = $2 ORDER BY v.seq, v.field, v.side`
)

// Erase deletes every personal value that was logged about the subject, whoever
// wrote it: for what is one person's alone, such as an account or a draft. The
// entries and their hashes stay: that something was done is still told, what
// was written is gone.
func Erase(ctx context.Context, tx *db.Tx, subject Subject) (int64, error) {
	n, err := db.Exec(ctx, tx, eraseOf, subject.Kind, subject.ID)
	if err != nil {
		return 0, fmt.Errorf("audit: erase: %w", err)
	}
	return n, nil
}

// EraseWords deletes the personal values about the subject that the actor, by
// label, wrote, and tells how many. What others wrote stays, also where the
// actor's own entry says what stood there before; and what the actor wrote goes,
// also where somebody else's entry repeats it as what stood before.
func EraseWords(ctx context.Context, tx *db.Tx, subject Subject, actor string) (int64, error) {
	entries, err := db.List[entryRow](ctx, tx, entriesOf, subject.Kind, subject.ID)
	if err != nil {
		return 0, fmt.Errorf("audit: erase words: %w", err)
	}
	values, err := db.List[valueRow](ctx, tx, valuesOfSubject, subject.Kind, subject.ID)
	if err != nil {
		return 0, fmt.Errorf("audit: erase words: %w", err)
	}
	theirs, err := writers(entries)
	if err != nil {
		return 0, err
	}
	var total int64
	for _, v := range values {
		if theirs[side{v.Seq, v.Field, v.Side}] != actor {
			continue
		}
		n, err := db.Exec(ctx, tx, eraseValue, v.Seq, v.Field, v.Side)
		if err != nil {
			return total, fmt.Errorf("audit: erase words: %w", err)
		}
		total += n
	}
	return total, nil
}

// side is a value of a field in an entry, before or after.
type side struct {
	seq         int64
	field, side string
}

// writers tells by whom each value of the entries about one thing was written: a
// value after by who made the entry, one before by who gave the field a value
// last, and where no entry tells, by who made the thing's first entry.
func writers(entries []entryRow) (map[side]string, error) {
	out, last := map[side]string{}, map[string]string{}
	for _, e := range entries {
		var fields []hashed
		if err := json.Unmarshal([]byte(e.Fields), &fields); err != nil {
			return nil, fmt.Errorf("audit: entry %d: %w", e.Seq, err)
		}
		for _, f := range fields {
			before, ok := last[f.Field]
			if !ok {
				before = entries[0].Actor
			}
			out[side{e.Seq, f.Field, "before"}], out[side{e.Seq, f.Field, "after"}] = before, e.Actor
		}
		for _, f := range fields {
			last[f.Field] = e.Actor
		}
	}
	return out, nil
}
