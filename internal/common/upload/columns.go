package upload

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
)

// Field is what a column of a sheet can be taken for.
type Field struct {
	// Name is what the choices and the faults of a row call it, Label what readers do.
	Name  string
	Label i18n.Key
	// Headings are what people write above such a column, in any language.
	Headings []string
	// Joins tells that several columns may be taken for it.
	Joins bool
	// Must tells that a sheet without such a column cannot be taken.
	Must bool
}

// Fields are all that the columns of a use's sheets can be, in the order pages show them.
type Fields []Field

// Remembered gives what an organisation took a heading for last, "" for leaving it out;
// false for a heading that it has not chosen for.
type Remembered func(heading string) (field string, ok bool)

// Named finds the field of that name.
func (fs Fields) Named(name string) (Field, bool) {
	for _, f := range fs {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

func (fs Fields) targets(but map[string]bool) []sheet.Target {
	var out []sheet.Target
	for _, f := range fs {
		if !but[f.Name] {
			out = append(out, sheet.Target{Field: f.Name, Names: f.Headings})
		}
	}
	return out
}

// Propose proposes a field for each heading, "" for none. What is remembered wins, for
// fields that there still are; a field that does not join is proposed once.
func (fs Fields) Propose(headings []string, remembered Remembered) []string {
	out := make([]string, len(headings))
	taken := map[string]bool{}
	open := make([]string, len(headings))
	for i, h := range headings {
		if name, ok := remembered(h); ok && h != "" {
			f, known := fs.Named(name)
			if name == "" || known && (f.Joins || !taken[name]) {
				out[i], taken[name] = name, true
				continue
			}
		}
		open[i] = h
	}
	for _, p := range sheet.MapHeadings(open, fs.targets(taken)) {
		if p.Column >= 0 {
			out[p.Column] = p.Field
		}
	}
	return out
}

// Missing lists the fields that every sheet must have and no column is taken for.
func (fs Fields) Missing(chosen []string) []Field {
	seen := map[string]bool{}
	for _, name := range chosen {
		seen[name] = true
	}
	var out []Field
	for _, f := range fs {
		if f.Must && !seen[f.Name] {
			out = append(out, f)
		}
	}
	return out
}

// Read finds the headings of each sheet that can be seen, leaves those sheets in the book
// and proposes the one that most of the headings are known in. A book with nothing in it
// is a *sheet.Error.
func (fs Fields) Read(book *sheet.Book, remembered Remembered) (Choices, error) {
	named := sheet.Names(fs.targets(nil))
	known := func(heading string) bool {
		_, ok := remembered(heading)
		return ok || named(heading)
	}
	var sheets []sheet.Sheet
	for _, s := range book.Sheets {
		if !s.Hidden && len(s.Rows) > 0 {
			sheets = append(sheets, s.WithKnownHeadings(known))
		}
	}
	if len(sheets) == 0 {
		return Choices{}, &sheet.Error{Key: sheet.KeyNoRows}
	}
	book.Sheets = sheets
	var best Choices
	most := -1
	for i, s := range sheets {
		c := fs.Choose(i, s, remembered)
		if n := score(c.Fields, len(s.Data())); n > most {
			best, most = c, n
		}
	}
	return best, nil
}

// score is higher for a sheet in which more columns are known and, among such, for one
// with rows.
func score(fields []string, rows int) int {
	n := 0
	for _, f := range fields {
		if f != "" {
			n += 10
		}
	}
	if rows > 0 {
		n += 5
	}
	return n
}

// Choose proposes what the columns of sheet i are.
func (fs Fields) Choose(i int, s sheet.Sheet, remembered Remembered) Choices {
	c := Choices{Sheet: i, Fields: fs.Propose(s.Headings(), remembered)}
	if s.Header >= 0 {
		c.Header = s.Rows[s.Header].Number
	}
	return c
}

// Sure reports whether there is nothing to ask about a sheet: every column with something
// in it has a heading that is a field's name word for word, or one that was chosen for
// before, and nothing is missing. A heading that is only like a name is asked about.
func (fs Fields) Sure(s sheet.Sheet, chosen []string, remembered Remembered) bool {
	named := sheet.Names(fs.targets(nil))
	for i, h := range s.Headings() {
		name, before := remembered(h)
		switch {
		case i >= len(chosen):
			return false
		case h == "" && chosen[i] == "":
			if holds(s, i) {
				return false
			}
		case before && h != "" && name == chosen[i]:
		case chosen[i] == "" || !named(h):
			return false
		}
	}
	return len(chosen) > 0 && len(fs.Missing(chosen)) == 0
}

// holds reports whether a row has something in column i.
func holds(s sheet.Sheet, i int) bool {
	for _, row := range s.Data() {
		if !text.IsBlank(row.Cell(i)) {
			return true
		}
	}
	return false
}
