package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework/check"
)

// Paper is the paper of a case as it stands. Header are the lines that replace
// those taken from the treatments. Version counts every change of it.
type Paper struct {
	Template Template
	Lang     i18n.Lang
	Header   []check.Row
	Nr       int // of the document that it is
	Sections []Section
	Version  int64
}

// Section is a part of the paper as it was saved last. Version is its own: two
// writers in different sections do not disturb each other.
type Section struct {
	Part
	Heading string
	Words   string
	SavedAt clock.Time
	Version int64
}

const (
	insertPaper   db.SQL = `INSERT INTO case_paper (case_file, template, lang, header, nr, version) VALUES ($1, $2, $3, '', 1, 1)`
	insertSection db.SQL = `INSERT INTO case_section (case_file, name, position, heading, words, saved_by, saved_at, version) VALUES ($1, $2, $3, $4, '', $5, $6, 1)`
	getPaper      db.SQL = `SELECT template, lang, header, nr, version FROM case_paper WHERE case_file = $1`
	listSections  db.SQL = `SELECT name, heading, words, saved_at, version FROM case_section WHERE case_file = $1 ORDER BY position, name`
	updateSection db.SQL = `UPDATE case_section SET heading = $1, words = $2, saved_by = $3, saved_at = $4, version = version + 1 WHERE case_file = $5 AND name = $6 AND version = $7`
	updateHeader  db.SQL = `UPDATE case_paper SET header = $1, version = version + 1 WHERE case_file = $2 AND version = $3`
	touchPaper    db.SQL = `UPDATE case_paper SET version = version + 1 WHERE case_file = $1`
)

type paperRow struct {
	Template string    `db:"template"`
	Lang     i18n.Lang `db:"lang"`
	Header   string    `db:"header"`
	Nr       int64     `db:"nr"`
	Version  int64     `db:"version"`
}

type sectionRow struct {
	Name    string  `db:"name"`
	Heading string  `db:"heading"`
	Words   string  `db:"words"`
	SavedAt db.Time `db:"saved_at"`
	Version int64   `db:"version"`
}

// startPaper makes the empty paper of a new case, as document 1 with letter S.
func startPaper(ctx context.Context, tx *db.Tx, c Case, actor access.Actor, now clock.Time) error {
	t := templateOf(c.Kind)
	if _, err := db.Exec(ctx, tx, insertPaper, c.ID, t.Name, i18n.NB); err != nil {
		return fmt.Errorf("case %s: paper: %w", c.ID, err)
	}
	for i, p := range t.Parts {
		heading, _ := p.Heading.In(i18n.NB)
		if _, err := db.Exec(ctx, tx, insertSection, c.ID, p.Name, i+1, heading, actor.Label(), now); err != nil {
			return fmt.Errorf("case %s: section %s: %w", c.ID, p.Name, err)
		}
	}
	return addDocument(ctx, tx, c, Document{ID: newID[Document](), Letter: "S", Title: c.Title, Day: now.Date()}, actor, now)
}

func loadPaper(ctx context.Context, tx *db.Tx, c ID) (Paper, error) {
	row, err := db.Get[paperRow](ctx, tx, getPaper, c)
	if err != nil {
		return Paper{}, fmt.Errorf("case %s: paper: %w", c, err)
	}
	rows, err := db.List[sectionRow](ctx, tx, listSections, c)
	if err != nil {
		return Paper{}, fmt.Errorf("case %s: sections: %w", c, err)
	}
	header, _ := ParseHeader(row.Header) // was read before it was stored
	out := Paper{Template: templateNamed(row.Template), Lang: row.Lang, Header: header, Nr: int(row.Nr), Version: row.Version}
	for _, r := range rows {
		out.Sections = append(out.Sections, Section{Part: out.Template.part(r.Name), Heading: r.Heading, Words: r.Words, SavedAt: r.SavedAt, Version: r.Version})
	}
	return out, nil
}

// Section finds a section by name.
func (p Paper) Section(name string) (Section, bool) {
	i := slices.IndexFunc(p.Sections, func(s Section) bool { return s.Name == name })
	if i < 0 {
		return Section{}, false
	}
	return p.Sections[i], true
}

// IsBlank reports whether nothing has been written.
func (p Paper) IsBlank() bool {
	return !slices.ContainsFunc(p.Sections, func(s Section) bool { return s.Words != "" })
}

// HeaderText is the header as it is typed: a line each, parted by |.
func HeaderText(rows []check.Row) string {
	var out []string
	for _, r := range rows {
		day := ""
		if !r.Day.IsZero() {
			day = fmt.Sprintf("%02d.%02d.%d", r.Day.Day(), int(r.Day.Month()), r.Day.Year())
		}
		out = append(out, strings.TrimRight(strings.Join([]string{r.Body, r.Number, day}, " | "), " |"))
	}
	return strings.Join(out, "\n")
}

// ParseHeader reads the lines "body | number | day", of which the last two may be
// left out. A line that cannot be read is an Invalid fault at "header".
func ParseHeader(s string) ([]check.Row, error) {
	var out []check.Row
	for line := range strings.SplitSeq(text.CleanMultiline(s), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, "|")
		for len(cells) < 3 {
			cells = append(cells, "")
		}
		row := check.Row{Body: text.CleanLine(cells[0]), Number: text.CleanLine(cells[1])}
		if day := text.CleanLine(cells[2]); day != "" {
			d, err := clock.ParseDate(day)
			if err != nil {
				return nil, fault.InvalidField("header", "case.error.header", "line", text.Truncate(line, 80))
			}
			row.Day = d
		}
		if row.Body == "" || len(cells) > 3 || len(out) == 10 || len([]rune(row.Body)) > MaxTitle {
			return nil, fault.InvalidField("header", "case.error.header", "line", text.Truncate(line, 80))
		}
		out = append(out, row)
	}
	return out, nil
}

// rows are the lines of the header: those written, or those of the treatments that
// are to come, or of the last.
func rows(p Paper, list []Treatment) []check.Row {
	if len(p.Header) > 0 {
		return p.Header
	}
	out := planned(list)
	if len(out) == 0 && len(list) > 0 {
		last := list[len(list)-1]
		out = []check.Row{{Body: last.BodyName, Number: last.Number, Day: last.Day}}
	}
	return out
}

func planned(list []Treatment) []check.Row {
	var out []check.Row
	for _, t := range list {
		if t.Result == Planned {
			out = append(out, check.Row{Body: t.BodyName, Number: t.Number, Day: t.Day})
		}
	}
	return out
}

// SaveSection saves a section. version is the one that the writer saw; when somebody
// saved it since, the answer is Stale and nothing changes: both texts are left for
// the writer to put together. A case that was just opened is being written on from
// now.
func (s *Service) SaveSection(ctx context.Context, actor access.Actor, c ID, name string, version int64, heading, words string) error {
	heading, words = text.CleanLine(heading), text.CleanMultiline(words)
	var fs fault.Fields
	line(&fs, "heading", heading, MaxOffice, true)
	line(&fs, "words", words, MaxSection, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.writable(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		p, err := loadPaper(ctx, tx, c)
		if err != nil {
			return err
		}
		was, ok := p.Section(name)
		if !ok {
			return fault.Missing()
		}
		now := s.Clock.Now()
		if err := db.ExecOne(ctx, tx, updateSection, heading, words, actor.Label(), now, c, name, version); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, touchPaper, c); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionWrite, subject(c), audit.Field("section", "", name), audit.Field("length", len([]rune(was.Words)), len([]rune(words))))
		if old.State == Created {
			return s.move(ctx, tx, actor, old, Created, Drafting, "")
		}
		return nil
	})
}

// writable loads a case whose paper may be written on.
func (s *Service) writable(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Case, error) {
	out, err := s.writing(ctx, tx, actor, c)
	if err == nil && !IsWritten(out) {
		err = fault.New(fault.Conflict, "case.error.not_writable")
	}
	return out, err
}

// IsWritten reports whether the paper of the case may be changed: until it is
// archived or withdrawn. What was issued stands as its version.
func IsWritten(c Case) bool { return c.State != Archived && c.State != Withdrawn }

// SaveHeader replaces the lines at the top of the paper; none takes them from the
// treatments again.
func (s *Service) SaveHeader(ctx context.Context, actor access.Actor, c ID, version int64, header string) error {
	rows, err := ParseHeader(header)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.writable(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateHeader, HeaderText(rows), c, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWrite, subject(c), audit.Field("header", "", HeaderText(rows)))
		return nil
	})
}
