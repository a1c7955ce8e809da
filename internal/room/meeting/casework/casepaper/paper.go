// Package casepaper is the paper of a case as data: the templates that papers are made by,
// the paper as it stands section by section, and the versions of it that were kept.
//
// A version is frozen: it holds all that the paper showed, with the figures of its day, and
// never changes. Compare tells two versions apart. Who may read or write what is not known
// here: package casework reads, package writing writes.
//
// Words: saksframlegg = paper, mal = template, del = section, utgave = version, tall fra
// registeret = figures.
//
// Tables: case_paper, case_section, case_version.
package casepaper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
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
)

// maxBody is the longest name of a body in the header, in characters.
const maxBody = 250

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

// Start makes the empty paper of a new case by the template.
func Start(ctx context.Context, tx *db.Tx, c meeting.CaseID, t Template, by string, now clock.Time) error {
	if _, err := db.Exec(ctx, tx, insertPaper, c, t.Name, i18n.NB); err != nil {
		return fmt.Errorf("case %s: paper: %w", c, err)
	}
	for i, p := range t.Parts {
		heading, _ := p.Heading.In(i18n.NB)
		if _, err := db.Exec(ctx, tx, insertSection, c, p.Name, i+1, heading, by, now); err != nil {
			return fmt.Errorf("case %s: section %s: %w", c, p.Name, err)
		}
	}
	return nil
}

// Load is the paper of the case as it stands.
func Load(ctx context.Context, tx *db.Tx, c meeting.CaseID) (Paper, error) {
	row, err := db.Get[paperRow](ctx, tx, getPaper, c)
	if err != nil {
		return Paper{}, fmt.Errorf("case %s: paper: %w", c, err)
	}
	rows, err := db.List[sectionRow](ctx, tx, listSections, c)
	if err != nil {
		return Paper{}, fmt.Errorf("case %s: sections: %w", c, err)
	}
	header, _ := ParseHeader(row.Header) // was read before it was stored
	out := Paper{Template: Named(row.Template), Lang: row.Lang, Header: header, Nr: int(row.Nr), Version: row.Version}
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
		if row.Body == "" || len(cells) > 3 || len(out) == 10 || len([]rune(row.Body)) > maxBody {
			return nil, fault.InvalidField("header", "case.error.header", "line", text.Truncate(line, 80))
		}
		out = append(out, row)
	}
	return out, nil
}
