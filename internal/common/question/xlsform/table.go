package xlsform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
)

// find is the sheet of the name.
func find(book *sheet.Book, name string) sheet.Sheet {
	for _, s := range book.Sheets {
		if strings.EqualFold(strings.TrimSpace(s.Name), name) {
			return s
		}
	}
	// A file of one sheet without a name is the survey itself.
	if name == "survey" && len(book.Sheets) == 1 && book.Sheets[0].Name == "" {
		return book.Sheets[0]
	}
	return sheet.Sheet{Header: -1}
}

// table is a sheet with its columns by name: "label" has a column for each
// language.
type table struct {
	headRow int
	columns map[string][]column
	order   []string
	rows    []sheet.Row
}

type column struct {
	index int
	lang  i18n.Lang
}

// tableOf finds the row with the headings: the first that has the column.
func tableOf(s sheet.Sheet, must string) (table, bool) {
	for i, row := range s.Rows {
		at := slices.IndexFunc(row.Cells, func(c string) bool { return heading(c) == must })
		if at < 0 {
			continue
		}
		t := table{headRow: row.Number, columns: map[string][]column{}, rows: s.Rows[i+1:]}
		for j, c := range row.Cells {
			name, lang := c, ""
			if before, after, ok := strings.Cut(c, "::"); ok {
				name, lang = before, after
			}
			name = heading(name)
			if name == "" {
				continue
			}
			if !slices.Contains(t.order, name) {
				t.order = append(t.order, name)
			}
			t.columns[name] = append(t.columns[name], column{j, language(lang)})
		}
		return t, true
	}
	return table{}, false
}

func heading(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), " ", "_")
}

var inBrackets = regexp.MustCompile(`\(([A-Za-z-]+)\)\s*$`)

// language reads "Nynorsk (nn)", "nn" or "English". What is not known is nb.
func language(s string) i18n.Lang {
	s = strings.TrimSpace(s)
	if m := inBrackets.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if l, ok := i18n.ParseLang(s); ok {
		return l
	}
	switch lower := strings.ToLower(s); {
	case strings.HasPrefix(lower, "english"), strings.HasPrefix(lower, "engelsk"):
		return i18n.EN
	case strings.Contains(lower, "nynorsk"):
		return i18n.NN
	}
	return i18n.NB
}

// cell is the row's cell of the column, in its first language.
func (t table) cell(row sheet.Row, name string) string {
	for _, c := range t.columns[name] {
		return strings.TrimSpace(row.Cell(c.index))
	}
	return ""
}

// text is the row's text in its languages.
func (t table) text(row sheet.Row, name string) i18n.Text {
	var out i18n.Text
	for _, c := range t.columns[name] {
		s := strings.TrimSpace(row.Cell(c.index))
		switch into := map[i18n.Lang]*string{i18n.NB: &out.NB, i18n.NN: &out.NN, i18n.EN: &out.EN}[c.lang]; {
		case s != "" && *into == "":
			*into = s
		}
	}
	return out
}

// unknown are the columns with content that are not among the known.
func (t table) unknown(known []string) []string {
	var out []string
	for _, name := range t.order {
		used := slices.ContainsFunc(t.rows, func(r sheet.Row) bool { return t.cell(r, name) != "" })
		if !slices.Contains(known, name) && used && !strings.HasPrefix(name, "media") && !strings.HasPrefix(name, "bind") {
			out = append(out, name)
		}
	}
	return out
}

// choices reads the lists. Columns that are not XLSForm's own are attributes
// that a filter can use.
func (r *reader) choices(s sheet.Sheet) map[string][]question.Choice {
	out := map[string][]question.Choice{}
	t, ok := tableOf(s, "list_name")
	if !ok {
		return out
	}
	for _, row := range t.rows {
		list, code := t.cell(row, "list_name"), t.cell(row, "name")
		switch {
		case list == "" && code == "":
			continue
		case list == "":
			r.fault("choices", row.Number, "list_name", "form.error.required")
			continue
		case code == "":
			r.fault("choices", row.Number, "name", "form.error.required")
			continue
		}
		c := question.Choice{Code: code, Label: t.text(row, "label")}
		if c.Label == (i18n.Text{}) {
			c.Label = i18n.Text{NB: code}
		}
		for _, name := range t.order {
			if value := t.cell(row, name); value != "" && !slices.Contains([]string{"list_name", "name", "label"}, name) && !strings.HasPrefix(name, "media") {
				if c.Attrs == nil {
					c.Attrs = map[string]string{}
				}
				c.Attrs[name] = value
			}
		}
		// The type names the list in lower case, as it is read.
		list = strings.ToLower(list)
		if slices.ContainsFunc(out[list], func(x question.Choice) bool { return x.Code == code }) {
			r.fault("choices", row.Number, "name", "question.problem.code_twice", "code", code)
			continue
		}
		out[list] = append(out[list], c)
	}
	return out
}

var notInCode = regexp.MustCompile(`[^a-z0-9]+`)

// settings reads the form's title and short name.
func (r *reader) settings(s sheet.Sheet) {
	t, ok := tableOf(s, "form_title")
	if !ok || len(t.rows) == 0 {
		return
	}
	r.title = t.text(t.rows[0], "form_title")
	r.out.Definition.Title = r.title
	r.out.Code = strings.Trim(notInCode.ReplaceAllString(strings.ToLower(t.cell(t.rows[0], "form_id")), "-"), "-")
}

func show(v any) string { return fmt.Sprint(v) }
