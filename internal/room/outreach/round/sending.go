package round

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
)

// Sending is how far the letters of the step whose turn it is have come: Done of Of are
// written. Job is the work that writes them when the actor may follow it; At tells that
// somebody is at it now, or soon.
type Sending struct {
	Kind     StepKind
	Nr       int
	Done, Of int
	At       bool
	Job      job.ID
}

// tally is how many letters a step has in all, and how many of them are written.
type tally struct {
	Done int `db:"done"`
	Of   int `db:"of_all"`
}

const (
	waveTally db.SQL = `SELECT COUNT(CASE WHEN sent_at IS NOT NULL OR answered_at IS NOT NULL THEN 1 END) AS done, COUNT(*) AS of_all
		FROM round_invite WHERE round = $1 AND wave = $2 AND via = 'link'`
	remindTally db.SQL = `SELECT COUNT(CASE WHEN i.reminded_for >= $1 THEN 1 END) AS done, COUNT(*) AS of_all FROM round_invite AS i
		WHERE i.round = $2 AND (i.reminded_for >= $1 OR i.mailed AND i.answered_at IS NULL AND EXISTS (` + liveLink + `))`
)

// tallyOf counts the letters of a step.
func tallyOf(ctx context.Context, tx *db.Tx, d dueRow) (tally, error) {
	query, args := waveTally, []any{d.Round, d.Nr}
	if d.Kind == Reminder {
		query, args = remindTally, []any{d.Day, d.Round}
	}
	out, err := db.Get[tally](ctx, tx, query, args...)
	if err != nil {
		return out, fmt.Errorf("round %s: %s %d: letters: %w", d.Round, d.Kind, d.Nr, err)
	}
	return out, nil
}

// sending tells how far the first step of an open round that is due and not done has come;
// nil when there is none.
func (s *Service) sending(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, plan []Step) (*Sending, error) {
	today := s.Today()
	for _, step := range plan {
		if r.State != Open || !step.DoneAt.IsZero() || step.Day.After(today) {
			continue
		}
		n, err := tallyOf(ctx, tx, dueRow{Round: r.ID, Kind: step.Kind, Nr: step.Nr, Day: step.Day})
		if err != nil {
			return nil, err
		}
		out := &Sending{Kind: step.Kind, Nr: step.Nr, Done: n.Done, Of: n.Of}
		at, err := job.Living(ctx, tx, JobSend, sendKey)
		switch {
		case fault.Is(err, fault.NotFound):
			return out, nil
		case err != nil:
			return nil, err
		}
		out.At = true
		if work.CanSee(actor, at) {
			out.Job = at.ID
		}
		return out, nil
	}
	return nil, nil
}
