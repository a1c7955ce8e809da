package writing

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/prose"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/check"
)

// Review is the check of a paper: each finding, and the reason it was accepted for
// if it was.
type Review struct {
	casework.Material
	Findings []check.Finding
	Accepted map[string]Acceptance

	figures map[string]casepaper.Figures
}

// Acceptance is why a finding is let stand, and since when.
type Acceptance struct {
	Reason string
	At     clock.Time
}

// Open counts the findings that nobody has accepted.
func (r Review) Open() int {
	n := 0
	for _, f := range r.Findings {
		if _, ok := r.Accepted[f.ID]; !ok {
			n++
		}
	}
	return n
}

// covered reports whether every finding is among the accepted.
func (r Review) covered(accepted map[string]Acceptance) bool {
	return !slices.ContainsFunc(r.Findings, func(f check.Finding) bool { _, ok := accepted[f.ID]; return !ok })
}

const (
	listAccepted   db.SQL = `SELECT finding, reason, accepted_at FROM case_accepted WHERE case_file = $1 ORDER BY finding`
	insertAccepted db.SQL = `INSERT INTO case_accepted (case_file, finding, reason, accepted_by, accepted_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (case_file, finding) DO UPDATE SET reason = excluded.reason, accepted_by = excluded.accepted_by, accepted_at = excluded.accepted_at`
	removeAccepted db.SQL = `DELETE FROM case_accepted WHERE case_file = $1 AND finding = $2`
)

func acceptances(ctx context.Context, tx *db.Tx, c casework.ID) (map[string]Acceptance, error) {
	type row struct {
		Finding    string  `db:"finding"`
		Reason     string  `db:"reason"`
		AcceptedAt db.Time `db:"accepted_at"`
	}
	rows, err := db.List[row](ctx, tx, listAccepted, c)
	out := map[string]Acceptance{}
	for _, r := range rows {
		out[r.Finding] = Acceptance{r.Reason, r.AcceptedAt}
	}
	return out, err
}

// Review checks the paper as it stands, for who writes it.
func (s *Service) Review(ctx context.Context, actor access.Actor, c casework.ID) (Review, error) {
	x, figures, unknown, err := s.forWriter(ctx, actor, c)
	if err != nil {
		return Review{}, err
	}
	out := Review{Material: x, figures: figures}
	err = s.room.DB.Read(ctx, func(tx *db.Tx) error {
		dead, err := s.dead(ctx, tx, x.Paper)
		if err != nil {
			return err
		}
		out.Findings = check.Run(toCheck(x, unknown, dead))
		out.Accepted, err = acceptances(ctx, tx, c)
		return err
	})
	return out, err
}

// toCheck is the paper as the check reads it.
func toCheck(x casework.Material, unknown, dead []string) check.Paper {
	p := check.Paper{Title: x.Case.Title, Decides: x.Case.Kind.Decides(), Header: x.Paper.Header, Treatments: planned(x.Treatments), Unknown: unknown, Dead: dead}
	for _, s := range x.Paper.Sections {
		p.Sections = append(p.Sections, check.Section{Key: s.Name, Heading: s.Heading, Text: s.Words, Role: s.Role})
	}
	return p
}

// dead are the addresses of things of the house that do not exist, or not for all:
// the paper becomes public, so a link that only some can follow is broken too.
func (s *Service) dead(ctx context.Context, tx *db.Tx, p casepaper.Paper) ([]string, error) {
	if s.room.Objects == nil {
		return nil, nil
	}
	var out []string
	for _, part := range p.Sections {
		for _, href := range prose.Links(part.Words) {
			ref, ok := s.room.Thing(href)
			if !ok {
				continue
			}
			_, err := s.room.Objects.Card(ctx, tx, access.Actor{}, ref)
			if fault.Is(err, fault.NotFound) {
				out = append(out, href)
			} else if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Accept lets a finding stand, with a reason. One that the paper does not have is
// NotFound.
func (s *Service) Accept(ctx context.Context, actor access.Actor, c casework.ID, finding, reason string) error {
	reason = text.CleanLine(reason)
	var fs fault.Fields
	fs.Text("reason", reason, MaxReason, true)
	if err := fs.Err(); err != nil {
		return err
	}
	review, err := s.Review(ctx, actor, c)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(review.Findings, func(f check.Finding) bool { return f.ID == finding }) {
		return fault.Missing()
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.writable(ctx, tx, actor, c); err != nil {
			return err
		}
		now := s.room.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertAccepted, c, finding, reason, actor.Label(), now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionAccept, casework.Subject(c), audit.Field("finding", "", finding))
		return nil
	})
}

// Reopen takes an acceptance back.
func (s *Service) Reopen(ctx context.Context, actor access.Actor, c casework.ID, finding string) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.writable(ctx, tx, actor, c); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, removeAccepted, c, finding)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, ActionAccept, casework.Subject(c), audit.Field("finding", finding, ""))
		return nil
	})
}
