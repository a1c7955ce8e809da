package rule

import (
	"unicode/utf8"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Source is where a rule comes from.
type Source struct {
	From Origin `json:"from"`
	// Where is the paragraph, "§ 11-9"; empty where the document is silent.
	Where string `json:"where,omitempty"`
	// Day is the version of the document: the day it was adopted, or for the law the
	// first day of the wording that was read.
	Day clock.Date `json:"day,omitzero"`
}

// HasPlace reports whether Where says a place that a reader can look up.
func (s Source) HasPlace() bool { return s.Where != "" && utf8.RuneCountInString(s.Where) <= maxPlace }

// maxPlace is the length of a place in letters.
const maxPlace = 80

// Origin is the kind of a source.
type Origin string

// The law, the body's agreement or mandate, or nothing: the document is silent and the
// rule is a choice that the body can make anew.
const (
	FromLaw       Origin = "law"
	FromAgreement Origin = "agreement"
	FromMandate   Origin = "mandate"
	Silent        Origin = "silent"
)

// Line is a text that a page writes in the reader's language: a key and name-value pairs.
// A value may itself be a Line, or a list: Lines or Names.
type Line struct {
	Key    i18n.Key
	Values []any
}

// Say makes a Line.
func Say(key i18n.Key, values ...any) Line { return Line{Key: key, Values: values} }

// Names and Lines are written as a list in a sentence: "Melhus, Oppdal og Røros".
type (
	Names []string
	Lines []Line
)

// IsZero reports that there is nothing to say.
func (l Line) IsZero() bool { return l.Key == "" }

// In writes the line in the printer's language; an empty line is an empty text.
func (l Line) In(p i18n.Printer) string {
	if l.IsZero() {
		return ""
	}
	values := make([]any, len(l.Values))
	for i, v := range l.Values {
		switch v := v.(type) {
		case Line:
			values[i] = v.In(p)
		case Names:
			values[i] = p.Join(v)
		case Lines:
			list := make([]string, len(v))
			for j, l := range v {
				list[j] = l.In(p)
			}
			values[i] = p.Join(list)
		default:
			values[i] = v
		}
	}
	return p.T(l.Key, values...)
}

// Line says where a rule comes from: "kommuneloven § 11-9", "avtalen § 5", "avtalen sier
// ikke noe om dette".
func (s Source) Line() Line {
	switch s.From {
	case FromLaw:
		if c, ok := LawClause(s.Where, s.Day); ok && c.Checked.IsZero() {
			return Say("rule.source.law.unchecked", "where", s.Where)
		}
		return Say("rule.source.law", "where", s.Where)
	case FromAgreement:
		return Say("rule.source.agreement", "where", s.Where, "day", s.Day)
	case FromMandate:
		return Say("rule.source.mandate", "where", s.Where, "day", s.Day)
	}
	return Say("rule.source.silent")
}

// Short is the source as it is named inside a sentence: "avtalen § 5".
func (s Source) Short() Line {
	switch s.From {
	case FromLaw:
		return Say("rule.source.short.law", "where", s.Where)
	case FromAgreement:
		return Say("rule.source.short.agreement", "where", s.Where)
	case FromMandate:
		return Say("rule.source.short.mandate", "where", s.Where)
	}
	return Say("rule.source.short.silent")
}
