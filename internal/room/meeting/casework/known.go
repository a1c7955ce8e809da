package casework

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// Known is a case that all may know of. Withdrawn is one that they could once: its paper
// was issued, and the case has been taken back since.
type Known struct {
	ID        ID
	Body      meeting.BodyID
	Withdrawn bool
}

const (
	listKnown db.SQL = `SELECT c.id, c.body, f.state FROM case_file AS c JOIN flow_item AS f ON f.kind = 'case' AND f.subject = c.id /*where*/ ORDER BY c.id`

	meetingsOfCase db.SQL = `SELECT DISTINCT meeting FROM agenda_item WHERE case_file = $1 ORDER BY meeting`

	caseOfTreatment db.SQL = `SELECT case_file FROM case_treatment WHERE id = $1`

	fragWasIssued db.Fragment = "SELECT 1 FROM case_version AS v WHERE v.case_file = c.id AND v.issued"
)

type knownRow struct {
	ID    ID             `db:"id"`
	Body  meeting.BodyID `db:"body"`
	State flow.State     `db:"state"`
}

// KnownToAll lists the cases that all may know of, or could once, in the order they were
// made. With ids only those.
func (s *Service) KnownToAll(ctx context.Context, ids ...ID) ([]Known, error) {
	var out []Known
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var w, open, was db.Where
		db.In(&open, fragState, issued())
		was.Exists(fragWasIssued, db.Where{})
		w.Or(open, was)
		if len(ids) > 0 {
			db.In(&w, fragCase, ids)
		}
		statement, args := db.Query{Base: listKnown, Where: w}.Build()
		rows, err := db.List[knownRow](ctx, tx, statement, args...)
		if err != nil {
			return fmt.Errorf("cases known to all: %w", err)
		}
		out = make([]Known, len(rows))
		for i, r := range rows {
			out[i] = Known{ID: r.ID, Body: r.Body, Withdrawn: !IsIssued(r.State)}
		}
		return nil
	})
	return out, err
}

// CaseOfTreatment is the case that a treatment is of, or NotFound. It tells no more than
// that: the caller reads the case as the reader may.
func (s *Service) CaseOfTreatment(ctx context.Context, t TreatmentID) (ID, error) {
	var out ID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.Scalar[ID](ctx, tx, caseOfTreatment, t)
		if fault.Is(err, fault.NotFound) {
			err = fault.Missing()
		}
		return err
	})
	return out, err
}

// closedNow notes at the meetings that treat the case that it was closed or opened: what
// they are found by, and what others keep copies of, has changed with it.
func (s *Service) closedNow(ctx context.Context, tx *db.Tx, actor access.Actor, c ID, was, is Content) error {
	if was.Closed == is.Closed && was.PublicTitle == is.PublicTitle {
		return nil
	}
	list, err := db.List[meeting.MeetingID](ctx, tx, meetingsOfCase, c)
	if err != nil {
		return fmt.Errorf("case %s: meetings: %w", c, err)
	}
	for _, m := range list {
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, audit.Subject{Kind: "meeting", ID: string(m)}, audit.Field("closed", was.Closed, is.Closed))
	}
	return nil
}
