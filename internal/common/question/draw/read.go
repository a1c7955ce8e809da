package draw

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question"
)

const askedField = "asked"

// Read gives the answers that were posted to the section's questions. What was
// not asked keeps its old answer. Everything is kept as typed, in the one way
// we write it when it can be read.
func Read(posted url.Values, sec question.Section, old question.Values) question.Values {
	asked := map[string]bool{}
	for _, name := range posted[askedField] {
		asked[name] = true
	}
	out := question.Values{}
	for _, q := range sec.Questions {
		switch {
		case !asked[q.Name] || q.Kind == question.File: // files do not come as values
			if v, ok := old[q.Name]; ok {
				out[q.Name] = v
			}
		case q.Kind == question.Table:
			out[q.Name] = question.Value{Rows: readRows(posted, q)}
		default:
			out[q.Name] = read(posted, question.FieldOf(q.Name), q)
		}
	}
	return out
}

func read(posted url.Values, field string, q question.Question) question.Value {
	v := question.Value{Text: posted.Get(field)}
	if q.Kind == question.Multiple {
		v.Text = ""
		for _, code := range posted[field] {
			if code != "" && !slices.Contains(v.Codes, code) {
				v.Codes = append(v.Codes, code)
			}
		}
	}
	v.Other = posted.Get(field + ".other")
	return q.Normal(v)
}

// readRows reads the rows up to the last one that was posted.
func readRows(posted url.Values, q question.Question) []question.Values {
	count := 0
	prefix := question.FieldOf(q.Name) + "."
	for name := range posted {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		nr, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(nr); err == nil && n >= 0 && n < 2*question.MaxRows {
			count = max(count, n+1)
		}
	}
	rows := make([]question.Values, count)
	for i := range rows {
		rows[i] = question.Values{}
		for _, col := range q.Columns {
			if v := read(posted, question.FieldIn(q.Name, i, col.Name), col); !v.IsEmpty() {
				rows[i][col.Name] = v
			}
		}
	}
	return rows
}

const (
	actField     = "act"
	actUpdate    = "update"
	actUnchanged = "unchanged"
	actAdd       = "add"
	actRemove    = "remove"
	actSend      = "send" // a file
	actDrop      = "drop" // a file
)

// Act is what a button inside the questions asks for. table is the question that it
// belongs to.
type Act struct {
	kind, table string
	row         int
	file        string
}

// ActOf is the button that was pressed inside the questions, the zero Act when
// it was another.
func ActOf(posted url.Values) Act {
	kind, rest, _ := strings.Cut(posted.Get(actField), ":")
	table, nr, _ := strings.Cut(rest, ":")
	row, err := strconv.Atoi(nr)
	if err != nil {
		row = -1
	}
	switch kind {
	case actSend:
		return Act{kind: kind, table: table}
	case actDrop:
		return Act{kind: kind, table: table, file: nr}
	case actUpdate, actUnchanged, actAdd, actRemove:
		return Act{kind: kind, table: table, row: row}
	}
	return Act{}
}

// Redraws reports whether the questions are only to be drawn anew.
func (a Act) Redraws() bool { return a.kind == actUpdate || a.kind == actAdd || a.kind == actRemove }

// Stays reports whether files were sent, or one is to be taken away: then what is
// typed is kept, and the same page comes again at the question.
func (a Act) Stays() (question string, stays bool) {
	return a.table, a.kind == actSend || a.kind == actDrop
}

// Drops is the file that is to be taken away, of the question.
func (a Act) Drops() (question, file string, drops bool) { return a.table, a.file, a.kind == actDrop }

// TakesOver reports whether the section is said to be unchanged since last.
func (a Act) TakesOver() bool { return a.kind == actUnchanged }

// Apply adds an empty row to a table, or takes one away.
func (a Act) Apply(sec question.Section, values question.Values) question.Values {
	i := slices.IndexFunc(sec.Questions, func(q question.Question) bool { return q.Name == a.table && q.Kind == question.Table })
	if i < 0 || a.kind != actAdd && a.kind != actRemove {
		return values
	}
	v := values[a.table]
	switch {
	case a.kind == actAdd && len(v.Rows) < question.MaxRows:
		v.Rows = append(slices.Clone(v.Rows), question.Values{})
		if len(v.Rows) == 1 { // an empty table is drawn with a row already
			v.Rows = append(v.Rows, question.Values{})
		}
	case a.kind == actRemove && a.row >= 0 && a.row < len(v.Rows):
		v.Rows = slices.Delete(slices.Clone(v.Rows), a.row, a.row+1)
	}
	values = maps.Clone(values)
	values[a.table] = v
	return values
}
