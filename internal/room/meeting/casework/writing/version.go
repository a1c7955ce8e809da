package writing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

const (
	insertVersion db.SQL = `INSERT INTO case_version (id, case_file, nr, issued, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	lastVersion   db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM case_version WHERE case_file = $1`
)

// freeze puts together what the paper shows now.
func freeze(c casework.Case, p casepaper.Paper, docs []casework.Document, list []casework.Treatment, figures map[string]casepaper.Figures) casepaper.Frozen {
	out := casepaper.Frozen{Title: c.Title, Number: fmt.Sprintf("%s-%d", c.Number, p.Nr), Officer: c.Officer, Lang: p.Lang, Template: p.Template.Name, Figures: figures, Interpellation: c.Interpellation}
	for _, r := range rows(p, list) {
		out.Header = append(out.Header, casepaper.FrozenRow(r))
	}
	for _, d := range docs {
		out.Documents = append(out.Documents, casepaper.FrozenDocument{Nr: d.Nr, Letter: string(d.Letter), Title: d.Title, Ground: d.Ground})
	}
	for _, s := range p.Sections {
		out.Sections = append(out.Sections, casepaper.FrozenSection{Name: s.Name, Heading: s.Heading, Words: s.Words})
	}
	return out
}

// forWriter loads the case for who writes it, in a transaction of its own, with the
// figures of now and the marks that nobody knows.
func (s *Service) forWriter(ctx context.Context, actor access.Actor, c casework.ID) (out casework.Material, figures map[string]casepaper.Figures, unknown []string, err error) {
	err = s.room.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.room.Material(ctx, tx, actor, c); err == nil && out.Sight != casework.Writes {
			err = fault.New(fault.Denied, "fault.denied")
		}
		return err
	})
	if err != nil {
		return out, nil, nil, err
	}
	figures, unknown, err = s.read(ctx, out.Paper.Lang, out.Paper.Marks())
	return out, figures, unknown, err
}

// Draft is the paper as it would be issued now, for who writes it.
func (s *Service) Draft(ctx context.Context, actor access.Actor, c casework.ID) (casework.Case, casepaper.Paper, casepaper.Frozen, error) {
	x, figures, _, err := s.forWriter(ctx, actor, c)
	if err != nil {
		return casework.Case{}, casepaper.Paper{}, casepaper.Frozen{}, err
	}
	return x.Case, x.Paper, freeze(x.Case, x.Paper, x.Documents, x.Treatments, figures), nil
}

// Keep keeps the paper as it stands as a version that only its writers see.
func (s *Service) Keep(ctx context.Context, actor access.Actor, c casework.ID, why string) (int, error) {
	why = text.CleanLine(why)
	if len([]rune(why)) > MaxReason {
		return 0, fault.InvalidField("why", "form.error.too_long", "max", MaxReason)
	}
	x, figures, _, err := s.forWriter(ctx, actor, c)
	if err != nil {
		return 0, err
	}
	var nr int
	err = s.room.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.unchanged(ctx, tx, actor, x); err != nil {
			return err
		}
		now := s.room.Clock.Now()
		nr, err = addVersion(ctx, tx, x, figures, false, why, actor, now)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionKeep, casework.Subject(c), audit.Field("version", "", nr))
		return nil
	})
	return nr, err
}

// unchanged sees that the case and its paper are as they were read, and that the
// actor still writes them: what is frozen must be what was looked at.
func (s *Service) unchanged(ctx context.Context, tx *db.Tx, actor access.Actor, x casework.Material) error {
	now, err := s.room.Material(ctx, tx, actor, x.Case.ID)
	if err != nil {
		return err
	}
	if now.Sight != casework.Writes {
		return fault.New(fault.Denied, "fault.denied")
	}
	same := func(a, b []casework.Treatment) bool { return slices.Equal(a, b) }
	if now.Case.Version != x.Case.Version || now.Case.State != x.Case.State || now.Paper.Version != x.Paper.Version || !same(now.Treatments, x.Treatments) || !slices.Equal(now.Documents, x.Documents) {
		return fault.New(fault.Stale, "fault.stale")
	}
	return nil
}

func addVersion(ctx context.Context, tx *db.Tx, x casework.Material, figures map[string]casepaper.Figures, issued bool, why string, actor access.Actor, now clock.Time) (int, error) {
	last, err := db.Scalar[int64](ctx, tx, lastVersion, x.Case.ID)
	if err != nil {
		return 0, err
	}
	frozen, err := json.Marshal(freeze(x.Case, x.Paper, x.Documents, x.Treatments, figures))
	if err != nil {
		return 0, fmt.Errorf("case %s: freeze: %w", x.Case.ID, err)
	}
	_, err = db.Exec(ctx, tx, insertVersion, id.New[casepaper.Version](), x.Case.ID, last+1, issued, string(frozen), why, actor.Label(), now)
	return int(last) + 1, err
}

// Issue freezes the paper with the figures of the day and lets all read it. A
// recommended case goes on the agenda; one that is there already gets a new version.
// With findings that are neither mended nor accepted it is refused, as a Conflict.
func (s *Service) Issue(ctx context.Context, actor access.Actor, c casework.ID, why string) (int, error) {
	why = text.CleanLine(why)
	if len([]rune(why)) > MaxReason {
		return 0, fault.InvalidField("why", "form.error.too_long", "max", MaxReason)
	}
	review, err := s.Review(ctx, actor, c)
	if err != nil {
		return 0, err
	}
	if review.Case.State != casework.Recommended && review.Case.State != casework.OnAgenda {
		return 0, fault.New(fault.Conflict, "case.error.not_recommended")
	}
	if n := review.Open(); n > 0 {
		return 0, fault.New(fault.Conflict, "case.error.open_findings", "n", n)
	}
	var nr int
	err = s.room.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.unchanged(ctx, tx, actor, review.Material); err != nil {
			return err
		}
		if accepted, err := acceptances(ctx, tx, c); err != nil || !review.covered(accepted) {
			if err == nil {
				err = fault.New(fault.Stale, "fault.stale")
			}
			return err
		}
		now := s.room.Clock.Now()
		nr, err = addVersion(ctx, tx, review.Material, review.figures, true, why, actor, now)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionIssue, casework.Subject(c), audit.Field("version", "", nr))
		if review.Case.State == casework.Recommended {
			return s.room.Step(ctx, tx, actor, review.Case, casework.Recommended, casework.OnAgenda, "")
		}
		return nil
	})
	return nr, err
}
