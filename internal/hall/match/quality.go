package match

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const (
	countByValue db.SQL = `SELECT verdict, COUNT(*) AS n, COUNT(*) FILTER (WHERE place BETWEEN 1 AND 5) AS top FROM match_verdict GROUP BY verdict ORDER BY verdict`
	countNeeds   db.SQL = `SELECT COUNT(DISTINCT need) AS judged, COUNT(DISTINCT CASE WHEN verdict <> 'not' THEN need END) AS answered FROM match_verdict`
)

// Quality is what the verdicts tell of the suggestions. Precision is the share
// of those judged among the first five that fit, Acceptance the share of all
// judged that fit at least partly, Coverage the share of needs with a verdict
// that got an answer which fits at least partly; all in [0,1].
type Quality struct {
	Verdicts                        int
	Enough                          bool
	Precision, Acceptance, Coverage float64
	TopJudged, Needs                int
}

// EnoughVerdicts is how many verdicts the figures need.
const EnoughVerdicts = 30

type valueCount struct {
	Verdict Value `db:"verdict"`
	N       int64 `db:"n"`
	Top     int64 `db:"top"`
}

type needCount struct {
	Judged   int64 `db:"judged"`
	Answered int64 `db:"answered"`
}

// Quality computes the figures of the quality page. With fewer verdicts than
// EnoughVerdicts only their number is told. It is open to read.
func (s *Service) Quality(ctx context.Context) (Quality, error) {
	var q Quality
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[valueCount](ctx, tx, countByValue)
		if err != nil {
			return err
		}
		needs, err := db.Get[needCount](ctx, tx, countNeeds)
		if err != nil {
			return err
		}
		q = quality(rows, needs)
		return nil
	})
	if err != nil {
		return q, fmt.Errorf("match: quality: %w", err)
	}
	return q, nil
}

func quality(rows []valueCount, needs needCount) Quality {
	var q Quality
	accepted, fitting := 0, 0
	for _, r := range rows {
		q.Verdicts += int(r.N)
		q.TopJudged += int(r.Top)
		if r.Verdict != Not {
			accepted += int(r.N)
		}
		if r.Verdict == Fits {
			fitting = int(r.Top)
		}
	}
	q.Enough = q.Verdicts >= EnoughVerdicts
	if !q.Enough {
		return Quality{Verdicts: q.Verdicts}
	}
	q.Needs = int(needs.Judged)
	q.Precision, q.Acceptance, q.Coverage = share(fitting, q.TopJudged), share(accepted, q.Verdicts), share(int(needs.Answered), q.Needs)
	return q
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
