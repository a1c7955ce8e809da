package audit

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// Span is when a subject was first and last changed.
type Span struct{ First, Last clock.Time }

const (
	listSpans db.SQL = `SELECT subject_id, MIN(at) AS first_at, MAX(at) AS last_at FROM audit_entry /*where*/ GROUP BY subject_id ORDER BY subject_id`

	fragSubjectIn db.Fragment = "subject_id"
)

type spanRow struct {
	ID    string  `db:"subject_id"`
	First db.Time `db:"first_at"`
	Last  db.Time `db:"last_at"`
}

// Spans tells when the subjects of the kind were first and last changed: those with the
// ids, or all of the kind when none is given. Only moments are told, so there is no
// permission to ask for: the caller shows them of what the reader may know.
func Spans(ctx context.Context, tx *db.Tx, kind string, ids ...string) (map[string]Span, error) {
	var w db.Where
	w.And(fragSubjectKind, kind)
	if len(ids) > 0 {
		db.In(&w, fragSubjectIn, ids)
	}
	statement, args := db.Query{Base: listSpans, Where: w}.Build()
	rows, err := db.List[spanRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("audit: spans: %w", err)
	}
	out := map[string]Span{}
	for _, r := range rows {
		out[r.ID] = Span{r.First, r.Last}
	}
	return out, nil
}
