// Package figure is other people's figures that inputs of the annual wheel cite: read
// from a file as its owner publishes it, kept with their source and year, and never added
// to our own count of needs.
//
// The first is NAV's survey of companies: a row for each occupation with the shortage of
// people in each county. A file is taken whole or not at all; what is wrong is told row
// by row.
//
// Words: tall = figure, kilde = source.
//
// Tables: figure_source, figure.
package figure

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
)

// ID names a figure, SourceID a source.
type (
	ID       = id.Of[Figure]
	SourceID = id.Of[Source]
)

// ParseID and ParseSourceID read ids from outside.
func ParseID(s string) (ID, error)             { return id.Parse[Figure](s) }
func ParseSourceID(s string) (SourceID, error) { return id.Parse[Source](s) }

// ActionLoad is the action of the audit log.
const ActionLoad audit.Action = "figure.load"

// Source is what figures come from. Year is that of the figures, not of the loading.
type Source struct {
	ID       SourceID
	Title    string
	Owner    string
	Year     int
	Licence  string
	LoadedAt clock.Time
}

// Figure is a figure of a source: Label is the occupation, Area where, both as the owner
// writes them.
type Figure struct {
	ID     ID
	Source Source
	Code   string
	Label  string
	Area   string
	Value  int
}

// RowError is what is wrong with a row of a file. Row is as a spreadsheet program shows
// it, Column the heading.
type RowError struct {
	Row    int
	Column string
	Value  string
	Want   string
}

// Error says it in English, for the command and the log.
func (e RowError) Error() string {
	return fmt.Sprintf("row %d, %s: %q is not %s", e.Row, e.Column, e.Value, e.Want)
}

// Read is a file that was read: the figures by year, and what is wrong.
type Read struct {
	Year    int
	Figures []Figure
	Wrong   []RowError
}

// The headings of NAV's file; every other column is an area.
const (
	headYear  = "aar"
	headCode  = "yrkekode"
	headLabel = "yrke"
)

// most is the largest shortage that is believed: more is a slip.
const most = 1_000_000

// Parse reads a file with a row for each occupation and a column for each area. Every
// row must be of one year. It answers what is wrong row by row; an error is a file that
// is no such table.
func Parse(name string, r io.ReaderAt, size int64) (Read, error) {
	book, err := sheet.Read(name, r, size, sheet.DefaultLimits())
	if err != nil {
		return Read{}, err
	}
	if len(book.Sheets) == 0 {
		return Read{}, fault.New(fault.Invalid, "figure.error.columns")
	}
	s := book.Sheets[0].WithKnownHeadings(func(h string) bool { return heading(h) == headYear || heading(h) == headCode })
	at := map[string]int{}
	var out Read
	for i, h := range s.Headings() {
		at[heading(h)] = i
	}
	for _, needed := range []string{headYear, headCode, headLabel} {
		if _, ok := at[needed]; !ok {
			return Read{}, fault.New(fault.Invalid, "figure.error.columns")
		}
	}
	for _, row := range s.Data() {
		out.row(s.Headings(), at, row)
	}
	return out, nil
}

func heading(s string) string {
	return strings.ToLower(strings.TrimPrefix(text.CleanLine(s), "\ufeff"))
}

// row reads a row: what it says of each area.
func (r *Read) row(heads []string, at map[string]int, row sheet.Row) {
	wrong := func(column, value, want string) {
		r.Wrong = append(r.Wrong, RowError{Row: row.Number, Column: column, Value: value, Want: want})
	}
	year, err := number(row.Cell(at[headYear]))
	if err != nil || year < 1990 || year > 2200 {
		wrong(headYear, row.Cell(at[headYear]), "a year")
		return
	}
	if r.Year == 0 {
		r.Year = year
	}
	if year != r.Year {
		wrong(headYear, row.Cell(at[headYear]), "the year of the other rows, "+strconv.Itoa(r.Year))
		return
	}
	code, label := text.CleanLine(row.Cell(at[headCode])), text.CleanLine(row.Cell(at[headLabel]))
	if code == "" || label == "" || len(code) > 20 || len([]rune(label)) > 250 {
		wrong(headLabel, label, "an occupation with its code")
		return
	}
	for i, h := range heads {
		area := heading(h)
		if area == headYear || area == headCode || area == headLabel || area == "" || row.Cell(i) == "" {
			continue
		}
		v, err := number(row.Cell(i))
		if err != nil || v < 0 || v > most {
			wrong(area, row.Cell(i), "a number of people")
			continue
		}
		r.Figures = append(r.Figures, Figure{Code: code, Label: label, Area: area, Value: v})
	}
}

// number reads a whole number whose groups may be parted by blanks.
func number(s string) (int, error) {
	return strconv.Atoi(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(s)))
}

const (
	insertSource db.SQL = `INSERT INTO figure_source (id, title, owner, year, licence, loaded_at, loaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	insertFigure db.SQL = `INSERT INTO figure (id, source, code, label, area, value) VALUES ($1, $2, $3, $4, $5, $6)`
	listSources  db.SQL = `SELECT id, title, owner, year, licence, loaded_at FROM figure_source ORDER BY year DESC, title, id`
	listFigures  db.SQL = `SELECT f.id, f.code, f.label, f.area, f.value, s.id AS source, s.title, s.owner, s.year, s.licence, s.loaded_at
		FROM figure AS f JOIN figure_source AS s ON s.id = f.source /*where*/ ORDER BY s.year DESC, s.id, f.value DESC, f.label, f.id LIMIT 500`

	fragID     db.Fragment = "f.id"
	fragSource db.Fragment = "f.source"
	fragArea   db.Fragment = "f.area"
	fragSome   db.Fragment = "f.value > 0"
)

type sourceRow struct {
	ID       SourceID `db:"id"`
	Title    string   `db:"title"`
	Owner    string   `db:"owner"`
	Year     int64    `db:"year"`
	Licence  string   `db:"licence"`
	LoadedAt db.Time  `db:"loaded_at"`
}

func (r sourceRow) source() Source {
	return Source{ID: r.ID, Title: r.Title, Owner: r.Owner, Year: int(r.Year), Licence: r.Licence, LoadedAt: r.LoadedAt}
}

type figureRow struct {
	ID       ID       `db:"id"`
	Code     string   `db:"code"`
	Label    string   `db:"label"`
	Area     string   `db:"area"`
	Value    int64    `db:"value"`
	Source   SourceID `db:"source"`
	Title    string   `db:"title"`
	Owner    string   `db:"owner"`
	Year     int64    `db:"year"`
	Licence  string   `db:"licence"`
	LoadedAt db.Time  `db:"loaded_at"`
}

// Store keeps what was read under a source. A file with anything wrong is not kept, and
// neither is one whose title, owner and year are there already.
func Store(ctx context.Context, tx *db.Tx, now clock.Time, actor access.Actor, src Source, in Read) (SourceID, error) {
	src.Title, src.Owner, src.Licence = text.CleanLine(src.Title), text.CleanLine(src.Owner), text.CleanLine(src.Licence)
	switch {
	case src.Title == "" || src.Owner == "":
		return "", fault.New(fault.Invalid, "figure.error.source")
	case len(in.Wrong) > 0:
		return "", fmt.Errorf("figures: %w", in.Wrong[0])
	case len(in.Figures) == 0:
		return "", fault.New(fault.Invalid, "figure.error.empty")
	}
	src.ID = id.New[Source]()
	if _, err := db.Exec(ctx, tx, insertSource, src.ID, src.Title, src.Owner, in.Year, src.Licence, now, actor.Label()); err != nil {
		return "", fmt.Errorf("figures %q: %w", src.Title, err)
	}
	for _, f := range in.Figures {
		if _, err := db.Exec(ctx, tx, insertFigure, id.New[Figure](), src.ID, f.Code, f.Label, f.Area, f.Value); err != nil {
			return "", fmt.Errorf("figures %q: %s in %s: %w", src.Title, f.Code, f.Area, err)
		}
	}
	audit.Record(tx, now, actor, ActionLoad, audit.Subject{Kind: "figure_source", ID: string(src.ID)}, audit.Field("title", "", src.Title), audit.Field("year", 0, in.Year), audit.Field("figures", 0, len(in.Figures)))
	return src.ID, nil
}

// Sources lists the sources, newest year first. They are open to all.
func Sources(ctx context.Context, tx *db.Tx) ([]Source, error) {
	rows, err := db.List[sourceRow](ctx, tx, listSources)
	out := make([]Source, len(rows))
	for i, r := range rows {
		out[i] = r.source()
	}
	return out, err
}

// In lists a source's figures over nothing in an area, the largest first.
func In(ctx context.Context, tx *db.Tx, s SourceID, area string) ([]Figure, error) {
	var w db.Where
	db.In(&w, fragSource, []SourceID{s})
	db.In(&w, fragArea, []string{area})
	w.And(fragSome)
	return find(ctx, tx, w)
}

// ByID gives the figures that are there, by id.
func ByID(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]Figure, error) {
	out := map[ID]Figure{}
	if len(ids) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragID, ids)
	list, err := find(ctx, tx, w)
	for _, f := range list {
		out[f.ID] = f
	}
	return out, err
}

func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Figure, error) {
	statement, args := db.Query{Base: listFigures, Where: w}.Build()
	rows, err := db.List[figureRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	out := make([]Figure, len(rows))
	for i, r := range rows {
		out[i] = Figure{ID: r.ID, Code: r.Code, Label: r.Label, Area: r.Area, Value: int(r.Value),
			Source: Source{ID: r.Source, Title: r.Title, Owner: r.Owner, Year: int(r.Year), Licence: r.Licence, LoadedAt: r.LoadedAt}}
	}
	return out, nil
}

const listAreas db.SQL = `SELECT area FROM figure WHERE source = $1 GROUP BY area ORDER BY area`

// Areas are those that a source has figures for, as its owner writes them.
func Areas(ctx context.Context, tx *db.Tx, s SourceID) ([]string, error) {
	return db.List[string](ctx, tx, listAreas, s)
}
