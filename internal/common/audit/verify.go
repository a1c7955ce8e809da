package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const (
	entriesAfter db.SQL = `SELECT seq, at, actor, role, org, action, subject_kind, subject_id, fields, prev, hash
		FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2`
	valuesBetween db.SQL = `SELECT seq, field, side, salt, value, personal FROM audit_value
		WHERE seq > $1 AND seq <= $2 ORDER BY seq, field, side`
	readHead db.SQL = `SELECT seq, hash FROM audit_head WHERE id = 1`
)

// verifyBatch is how many entries are read at a time.
const verifyBatch = 1000

// Report is the outcome of Verify. Broken is the number of the first entry
// that does not hold, 0 when all do; Reason says what is wrong with it.
type Report struct {
	Entries int64
	Broken  int64
	Reason  string
}

// Verify walks the chain from its start: numbers without gap, each hash right
// and over the one before, each value that is still there behind its hash, and
// the head equal to the last entry.
func Verify(ctx context.Context, d *db.DB) (Report, error) {
	var report Report
	err := d.Read(ctx, func(tx *db.Tx) error {
		prev := ""
		for {
			rows, err := db.List[entryRow](ctx, tx, entriesAfter, report.Entries, verifyBatch)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				return report.checkHead(ctx, tx, prev)
			}
			values, err := valuesOf(ctx, tx, report.Entries, rows[len(rows)-1].Seq)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if reason := row.fault(report.Entries+1, prev, values[row.Seq]); reason != "" {
					report.Broken, report.Reason = report.Entries+1, reason
					return nil
				}
				report.Entries, prev = row.Seq, row.Hash
			}
		}
	})
	if err != nil {
		return report, fmt.Errorf("audit: verify: %w", err)
	}
	return report, nil
}

func (r *Report) checkHead(ctx context.Context, tx *db.Tx, last string) error {
	h, err := db.Get[head](ctx, tx, readHead)
	if err != nil {
		return err
	}
	if h.Seq != r.Entries || h.Hash != last {
		r.Broken, r.Reason = r.Entries+1, fmt.Sprintf("the head is at entry %d, the log ends at %d", h.Seq, r.Entries)
	}
	return nil
}

func valuesOf(ctx context.Context, tx *db.Tx, after, to int64) (map[int64][]valueRow, error) {
	list, err := db.List[valueRow](ctx, tx, valuesBetween, after, to)
	if err != nil {
		return nil, err
	}
	out := map[int64][]valueRow{}
	for _, v := range list {
		out[v.Seq] = append(out[v.Seq], v)
	}
	return out, nil
}

// fault says what is wrong with the entry, empty when it holds.
func (e entryRow) fault(want int64, prev string, values []valueRow) string {
	switch {
	case e.Seq != want:
		return fmt.Sprintf("entry %d is missing", want)
	case e.Prev != prev:
		return "does not follow the entry before it"
	case e.Hash != e.sum():
		return "was altered: its hash does not match"
	}
	var fields []hashed
	if err := json.Unmarshal([]byte(e.Fields), &fields); err != nil {
		return "has unreadable fields"
	}
	known := map[string]string{}
	for _, f := range fields {
		known[f.Field+"\x1fbefore"], known[f.Field+"\x1fafter"] = f.Before, f.After
	}
	for _, v := range values {
		if v.digest() != known[v.Field+"\x1f"+v.Side] {
			return fmt.Sprintf("has another value of %s than was logged", v.Field)
		}
	}
	return ""
}
