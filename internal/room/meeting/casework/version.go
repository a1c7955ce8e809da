package casework

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
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Version is the paper as it was kept or issued. It never changes.
type Version struct {
	ID     VersionID
	Nr     int
	Issued bool
	Why    string
	At     clock.Time
	Frozen Frozen
}

// Frozen is all that the paper showed: with the figures as they were that day, so
// that it reads the same whatever happens in the registers.
type Frozen struct {
	Title     string             `json:"title"`
	Number    string             `json:"number"` // 2020/10212-1
	Officer   string             `json:"officer"`
	Lang      i18n.Lang          `json:"lang"`
	Template  string             `json:"template"`
	Header    []FrozenRow        `json:"header"`
	Documents []FrozenDocument   `json:"documents"`
	Sections  []FrozenSection    `json:"sections"`
	Figures   map[string]Figures `json:"figures"`
	// Interpellation stands first in the paper of one.
	Interpellation Interpellation `json:"interpellation,omitzero"`
}

// FrozenRow is a line of the header, FrozenDocument a document of the case,
// FrozenSection a section, as a version holds them.
type (
	FrozenRow struct {
		Body   string     `json:"body"`
		Number string     `json:"number"`
		Day    clock.Date `json:"day"`
	}
	FrozenDocument struct {
		Nr     int    `json:"nr"`
		Letter Letter `json:"letter"`
		Title  string `json:"title"`
		Ground string `json:"ground,omitempty"`
	}
	FrozenSection struct {
		Name    string `json:"name"`
		Heading string `json:"heading"`
		Words   string `json:"words"`
	}
)

// Recommended is what the body was asked to decide, empty when the paper proposes nothing.
func (f Frozen) Recommended() string {
	for _, s := range f.Sections {
		if s.Name == recommendation {
			return s.Words
		}
	}
	return ""
}

const (
	insertVersion db.SQL = `INSERT INTO case_version (id, case_file, nr, issued, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	listVersions  db.SQL = `SELECT id, nr, issued, frozen, why, made_at FROM case_version WHERE case_file = $1 ORDER BY nr DESC`
	lastVersion   db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM case_version WHERE case_file = $1`
)

type versionRow struct {
	ID     VersionID `db:"id"`
	Nr     int64     `db:"nr"`
	Issued bool      `db:"issued"`
	Frozen string    `db:"frozen"`
	Why    string    `db:"why"`
	MadeAt db.Time   `db:"made_at"`
}

// freeze puts together what the paper shows now.
func freeze(c Case, p Paper, docs []Document, list []Treatment, figures map[string]Figures) Frozen {
	out := Frozen{Title: c.Title, Number: fmt.Sprintf("%s-%d", c.Number, p.Nr), Officer: c.Officer, Lang: p.Lang, Template: p.Template.Name, Figures: figures, Interpellation: c.Interpellation}
	for _, r := range rows(p, list) {
		out.Header = append(out.Header, FrozenRow(r))
	}
	for _, d := range docs {
		out.Documents = append(out.Documents, FrozenDocument{d.Nr, d.Letter, d.Title, d.Ground})
	}
	for _, s := range p.Sections {
		out.Sections = append(out.Sections, FrozenSection{s.Name, s.Heading, s.Words})
	}
	return out
}

func versions(ctx context.Context, tx *db.Tx, c ID) ([]Version, error) {
	rows, err := db.List[versionRow](ctx, tx, listVersions, c)
	if err != nil {
		return nil, fmt.Errorf("case %s: versions: %w", c, err)
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = Version{ID: r.ID, Nr: int(r.Nr), Issued: r.Issued, Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Frozen); err != nil {
			return nil, fmt.Errorf("case %s: version %d: %w", c, r.Nr, err)
		}
	}
	return out, nil
}

// loaded is a case with what its paper is made of.
type loaded struct {
	Case       Case
	Sight      Sight
	Paper      Paper
	Documents  []Document
	Treatments []Treatment
}

func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (loaded, error) {
	var out loaded
	var err error
	if out.Case, out.Sight, out.Treatments, err = s.seen(ctx, tx, actor, c); err != nil {
		return out, err
	}
	if out.Paper, err = loadPaper(ctx, tx, c); err != nil {
		return out, err
	}
	out.Documents, err = documentsOf(ctx, tx, c)
	return out, err
}

// forWriter loads the case for who writes it, in a transaction of its own, with the
// figures of now and the marks that nobody knows.
func (s *Service) forWriter(ctx context.Context, actor access.Actor, c ID) (out loaded, figures map[string]Figures, unknown []string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.load(ctx, tx, actor, c); err == nil && out.Sight != Writes {
			err = fault.New(fault.Denied, "fault.denied")
		}
		return err
	})
	if err != nil {
		return out, nil, nil, err
	}
	figures, unknown, err = s.read(ctx, out.Paper.Lang, marksOf(out.Paper))
	return out, figures, unknown, err
}

// Draft is the paper as it would be issued now, for who writes it.
func (s *Service) Draft(ctx context.Context, actor access.Actor, c ID) (Case, Paper, Frozen, error) {
	x, figures, _, err := s.forWriter(ctx, actor, c)
	if err != nil {
		return Case{}, Paper{}, Frozen{}, err
	}
	return x.Case, x.Paper, freeze(x.Case, x.Paper, x.Documents, x.Treatments, figures), nil
}

// Keep keeps the paper as it stands as a version that only its writers see.
func (s *Service) Keep(ctx context.Context, actor access.Actor, c ID, why string) (int, error) {
	why = text.CleanLine(why)
	if len([]rune(why)) > MaxReason {
		return 0, fault.InvalidField("why", "form.error.too_long", "max", MaxReason)
	}
	x, figures, _, err := s.forWriter(ctx, actor, c)
	if err != nil {
		return 0, err
	}
	var nr int
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.unchanged(ctx, tx, actor, x); err != nil {
			return err
		}
		now := s.Clock.Now()
		nr, err = addVersion(ctx, tx, x, figures, false, why, actor, now)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionKeep, subject(c), audit.Field("version", "", nr))
		return nil
	})
	return nr, err
}

// unchanged sees that the case and its paper are as they were read, and that the
// actor still writes them: what is frozen must be what was looked at.
func (s *Service) unchanged(ctx context.Context, tx *db.Tx, actor access.Actor, x loaded) error {
	now, err := s.load(ctx, tx, actor, x.Case.ID)
	if err != nil {
		return err
	}
	if now.Sight != Writes {
		return fault.New(fault.Denied, "fault.denied")
	}
	same := func(a, b []Treatment) bool { return slices.Equal(a, b) }
	if now.Case.Version != x.Case.Version || now.Case.State != x.Case.State || now.Paper.Version != x.Paper.Version || !same(now.Treatments, x.Treatments) || !slices.Equal(now.Documents, x.Documents) {
		return fault.New(fault.Stale, "fault.stale")
	}
	return nil
}

func addVersion(ctx context.Context, tx *db.Tx, x loaded, figures map[string]Figures, issued bool, why string, actor access.Actor, now clock.Time) (int, error) {
	last, err := db.Scalar[int64](ctx, tx, lastVersion, x.Case.ID)
	if err != nil {
		return 0, err
	}
	frozen, err := json.Marshal(freeze(x.Case, x.Paper, x.Documents, x.Treatments, figures))
	if err != nil {
		return 0, fmt.Errorf("case %s: freeze: %w", x.Case.ID, err)
	}
	_, err = db.Exec(ctx, tx, insertVersion, newID[Version](), x.Case.ID, last+1, issued, string(frozen), why, actor.Label(), now)
	return int(last) + 1, err
}

// Issue freezes the paper with the figures of the day and lets all read it. A
// recommended case goes on the agenda; one that is there already gets a new version.
// With findings that are neither mended nor accepted it is refused, as a Conflict.
func (s *Service) Issue(ctx context.Context, actor access.Actor, c ID, why string) (int, error) {
	why = text.CleanLine(why)
	if len([]rune(why)) > MaxReason {
		return 0, fault.InvalidField("why", "form.error.too_long", "max", MaxReason)
	}
	review, err := s.Review(ctx, actor, c)
	if err != nil {
		return 0, err
	}
	if review.Case.State != Recommended && review.Case.State != OnAgenda {
		return 0, fault.New(fault.Conflict, "case.error.not_recommended")
	}
	if n := review.Open(); n > 0 {
		return 0, fault.New(fault.Conflict, "case.error.open_findings", "n", n)
	}
	var nr int
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.unchanged(ctx, tx, actor, review.loaded); err != nil {
			return err
		}
		if accepted, err := acceptances(ctx, tx, c); err != nil || !review.covered(accepted) {
			if err == nil {
				err = fault.New(fault.Stale, "fault.stale")
			}
			return err
		}
		now := s.Clock.Now()
		nr, err = addVersion(ctx, tx, review.loaded, review.figures, true, why, actor, now)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionIssue, subject(c), audit.Field("version", "", nr))
		if review.Case.State == Recommended {
			return s.move(ctx, tx, actor, review.Case, Recommended, OnAgenda, "")
		}
		return nil
	})
	return nr, err
}

// Versions are the versions of the paper that the actor may read, the newest first:
// writers read all, others what was issued; of a closed case only those within.
func (s *Service) Versions(ctx context.Context, actor access.Actor, c ID) (Case, []Version, error) {
	var file Case
	var out []Version
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var sight Sight
		var list []Treatment
		var err error
		if file, sight, list, err = s.seen(ctx, tx, actor, c); err != nil {
			return err
		}
		if sight == Neutral {
			return fault.Missing()
		}
		docs, err := documentsOf(ctx, tx, c)
		if err != nil {
			return err
		}
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		within := sight == Writes || r.within(file, treating(list))
		if all, err := versions(ctx, tx, c); err == nil {
			out = readable(all, docs, sight == Writes, within)
		} else {
			return err
		}
		return nil
	})
	return file, out, err
}

// readable are the versions for a reader: no drafts for others than writers, no
// paper that is itself held back, and no title of a document that is.
func readable(all []Version, docs []Document, writes, within bool) []Version {
	held := map[int]bool{}
	for _, d := range docs {
		held[d.Nr] = d.Ground != ""
	}
	var out []Version
	for _, v := range all {
		if !v.Issued && !writes {
			continue
		}
		if !within {
			if held[paperNr] {
				continue
			}
			for i, d := range v.Frozen.Documents {
				if d.Ground != "" || held[d.Nr] {
					v.Frozen.Documents[i].Title = ""
				}
			}
		}
		out = append(out, v)
	}
	return out
}

// paperNr is the number of the document that the paper is.
const paperNr = 1
