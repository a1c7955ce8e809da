package intake

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/elm"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/schemaorg"
)

// MaxFile is the largest file that is taken, in bytes.
const MaxFile = 10 << 20

// Content is a file that has been read.
type Content struct {
	Source  string `json:"source"`
	Publish bool   `json:"publish"`
	// Sheet is the name of the sheet that was read; other sheets are not.
	Sheet    string   `json:"sheet,omitempty"`
	Headings []string `json:"headings,omitempty"`
	Rows     []Line   `json:"rows,omitempty"`
	// Columns says in which column each field stands; fields that are not in
	// the file are missing.
	Columns map[string]int `json:"columns,omitempty"`
	// JSON is the file when it is one in the form of OEAPI of the European Learning Model or
	// of schema.org.
	JSON string `json:"json,omitempty"`
}

// Line is a row of a sheet with its number there.
type Line struct {
	Number int      `json:"n"`
	Cells  []string `json:"c"`
}

// IsSheet reports whether the content has columns to settle.
func (c Content) IsSheet() bool { return c.JSON == "" }

// Encode writes the content as text, Decode reads it again.
func (c Content) Encode() (string, error) {
	b, err := json.Marshal(c)
	return string(b), err
}

// Decode reads what Encode wrote.
func Decode(s string) (Content, error) {
	var c Content
	if err := json.Unmarshal([]byte(s), &c); err != nil {
		return c, fmt.Errorf("intake: decode: %w", err)
	}
	return c, nil
}

// Read reads a file. What it is its content says, not its name. The error is a
// fault about the file.
func Read(name string, r io.ReaderAt, size int64) (Content, error) {
	if size > MaxFile {
		return Content{}, fault.New(fault.TooLarge, "sheet.error.too_large", "max_mb", MaxFile>>20)
	}
	head := make([]byte, min(size, 64))
	if _, err := r.ReadAt(head, 0); err != nil && len(head) > 0 {
		return Content{}, fmt.Errorf("intake: %w", err)
	}
	if oeapi.IsJSON(head) {
		data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
		if err != nil {
			return Content{}, fmt.Errorf("intake: %w", err)
		}
		// Text with a zero or half a letter could not be stored.
		s := strings.ReplaceAll(strings.ToValidUTF8(strings.TrimPrefix(string(data), "\uFEFF"), "\uFFFD"), "\x00", "")
		source := "oeapi"
		switch {
		case elm.IsELM([]byte(s)):
			source = "elm"
		case schemaorg.IsCourse([]byte(s)):
			source = "schema.org"
		}
		return Content{Source: source, JSON: s}, nil
	}
	if schemaorg.IsPage(head) {
		return fromPage(r, size)
	}
	limits := sheet.DefaultLimits()
	limits.FileBytes, limits.Rows = MaxFile, batch.MaxImport+100
	book, err := sheet.Read(name, r, size, limits)
	if err != nil {
		return Content{}, fileFault(err)
	}
	return fromBook(book), nil
}

// fromPage takes the documents that stand in a web page.
func fromPage(r io.ReaderAt, size int64) (Content, error) {
	data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return Content{}, fmt.Errorf("intake: %w", err)
	}
	found := schemaorg.Scripts(data)
	if len(found) == 0 {
		return Content{}, fault.InvalidField("file", "supply.error.no_documents")
	}
	return Content{Source: "schema.org", JSON: strings.ReplaceAll(strings.ToValidUTF8(string(found), "\uFFFD"), "\x00", "")}, nil
}

// fileFault turns the sheet reader's error into a fault at the field of the
// file.
func fileFault(err error) error {
	var e *sheet.Error
	if !asSheet(err, &e) {
		return fmt.Errorf("intake: %w", err)
	}
	return fault.InvalidField("file", i18n.Key(e.Key), e.Values...)
}

// fromBook takes the visible sheet in which the most fields are recognised.
func fromBook(book *sheet.Book) Content {
	best, known := Content{Source: "regneark", Columns: map[string]int{}}, sheet.Names(targets())
	for _, s := range book.Sheets {
		if s.Hidden || len(s.Rows) == 0 {
			continue
		}
		s = s.WithKnownHeadings(known)
		c := Content{Source: "regneark", Sheet: s.Name, Headings: s.Headings(), Columns: Propose(s.Headings())}
		if best.Headings != nil && len(c.Columns) <= len(best.Columns) {
			continue
		}
		for _, r := range s.Data() {
			c.Rows = append(c.Rows, Line{r.Number, r.Cells})
		}
		best = c
	}
	return best
}

// Propose says which column each field most likely stands in.
func Propose(headings []string) map[string]int {
	columns := map[string]int{}
	for _, p := range sheet.MapHeadings(headings, targets()) {
		if p.Column >= 0 {
			columns[p.Field] = p.Column
		}
	}
	return columns
}

// Fields lists the fields that a column may be settled as, in the order pages
// show them.
func Fields() []string {
	return slices.Concat([]string{"id", "programme_id", "provider"}, offer.ProgrammeColumns(), offer.OfferingColumns())
}

// Batch makes the batch: for the provider where the file does not say.
func (c Content) Batch(provider org.ID, places *place.Register, today clock.Date) (batch.Batch, error) {
	if !c.IsSheet() {
		read := oeapi.Read
		switch {
		case elm.IsELM([]byte(c.JSON)):
			read = elm.Read
		case schemaorg.IsCourse([]byte(c.JSON)):
			read = schemaorg.Read
		}
		return read([]byte(c.JSON), c.Source, provider, c.Publish)
	}
	b := builder{batch: batch.Batch{Source: c.Source, Provider: provider, Publish: c.Publish}, at: map[string]int{}, content: c}
	b.municipality = func(name string) (place.Number, bool) {
		found := places.On(today).ByName(name)
		if len(found) != 1 {
			return "", false
		}
		return found[0].Number, true
	}
	if !b.has("title") && !b.has("programme_id") {
		return b.batch, fault.New(fault.Invalid, "supply.error.columns")
	}
	for _, line := range c.Rows {
		b.add(line)
	}
	if len(b.batch.Programmes) == 0 {
		return b.batch, fault.New(fault.Invalid, "sheet.error.no_rows")
	}
	return b.batch, nil
}

// builder puts the rows of a sheet together.
type builder struct {
	batch        batch.Batch
	content      Content
	at           map[string]int // index of a programme by what names it
	municipality func(string) (place.Number, bool)
}

func (b *builder) has(field string) bool { _, ok := b.content.Columns[field]; return ok }

// listsOfferings reports whether rows are offerings, or may be.
func (b *builder) listsOfferings() bool { return b.has("start_type") || b.has("delivery") }

func (b *builder) add(line Line) {
	row := offer.Row{Columns: b.content.Columns, Cells: line.Cells, Municipality: b.municipality}
	if empty(row) {
		return
	}
	offering := b.listsOfferings() && (row.Cell("start_type") != "" || row.Cell("delivery") != "" || !b.has("title"))
	p := batch.Programme{Row: line.Number, Provider: row.Cell("provider"), Title: row.Cell("title"), SourceID: row.Cell("programme_id")}
	if !b.listsOfferings() {
		p.SourceID = row.Cell("id")
	}
	if b.has("title") {
		p.Fill = row.FillProgramme
	}
	key := p.SourceID
	if key == "" {
		key = strings.Join([]string{text.Fold(p.Provider), row.Cell("level"), text.Fold(p.Title)}, "|")
	}
	i, known := b.at[key]
	if !known || !offering {
		i = len(b.batch.Programmes)
		b.at[key] = i
		b.batch.Programmes = append(b.batch.Programmes, p)
	}
	if offering {
		into := &b.batch.Programmes[i]
		into.Offerings = append(into.Offerings, batch.Offering{Row: line.Number, SourceID: row.Cell("id"), Fill: row.FillOffering})
	}
}

// empty reports whether none of the settled columns is filled.
func empty(row offer.Row) bool {
	for column := range row.Columns {
		if row.Cell(column) != "" {
			return false
		}
	}
	return true
}
