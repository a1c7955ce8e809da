package draw

import (
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
)

// Say is an answer as a reader sees it, empty when nothing is answered. Rows
// of a table are lines.
func (p Page) Say(q question.Question, v question.Value) string {
	switch {
	case q.Kind == question.Table:
		var rows []string
		for _, r := range v.Rows {
			var cells []string
			for _, col := range q.Columns {
				if s := p.Say(col, r[col.Name]); s != "" {
					cells = append(cells, s)
				}
			}
			if len(cells) > 0 {
				rows = append(rows, strings.Join(cells, ", "))
			}
		}
		return strings.Join(rows, "; ")
	case q.Kind == question.Multiple:
		var labels []string
		for _, c := range v.Codes {
			labels = append(labels, p.choice(q, c, v.Other))
		}
		return p.Join(labels)
	case q.Kind == question.File:
		var names []string
		for _, f := range v.Files {
			names = append(names, f.Name)
		}
		return p.Join(names)
	case v.Text == "":
		return ""
	case q.Kind == question.Single:
		return p.choice(q, v.Text, v.Other)
	case q.Kind.IsNumber():
		if n, ok := q.Amount(v); ok {
			return p.amount(q, n)
		}
	case q.Kind == question.Date:
		if d, err := clock.ParseDate(v.Text); err == nil {
			return p.Date(d)
		}
	}
	return v.Text
}

func (p Page) choice(q question.Question, code, other string) string {
	c, ok := q.Choice(code)
	if !ok {
		return code
	}
	label, _ := p.Text(c.Label)
	if c.Other && other != "" {
		return label + ": " + other
	}
	return label
}

// amount is a number in the parts of question.Amount, in the reader's way.
func (p Page) amount(q question.Question, n int64) string {
	switch q.Kind {
	case question.Money:
		return p.Money(money.NOK(n))
	case question.Decimal:
		s := p.Decimal(float64(n)/1000, 3)
		return strings.TrimRight(strings.TrimRight(s, "0"), ".,")
	}
	return p.Number(int(n))
}

// sayOr is Say, with a dash where nothing has come out yet.
func (p Page) sayOr(q question.Question, v question.Value) string {
	if s := p.Say(q, v); s != "" {
		return s
	}
	return "–"
}

// Facts are the answers of the section to read over, those that count.
func (p Page) Facts(sec question.Section) []ui.Fact {
	state := p.Definition.State(p.Values, p.Today)
	var out []ui.Fact
	for _, q := range sec.Questions {
		if q.Kind == question.Note || state.Shown(q.Name) != question.Visible {
			continue
		}
		label, _ := p.Text(q.Label)
		f := ui.Fact{Label: label, Text: p.Say(q, state.Value(q.Name))}
		if q.Kind == question.Table && f.Text != "" {
			f.Lines, f.Text = strings.Split(f.Text, "; "), ""
		}
		if q.Kind == question.File && f.Text != "" {
			f.Links, f.Text = p.links(state.Value(q.Name)), ""
		}
		if f.Text == "" && f.Lines == nil && f.Links == nil {
			f.Text = p.T("draw.nothing")
		}
		out = append(out, f)
	}
	return out
}

// told are the lines below an answer: where it is from, what it was the last
// time, what it was understood as.
func (p Page) told(q question.Question, v question.Value) []string {
	out := p.understood(q, v)
	if fact, ok := p.Prefilled[q.Name]; ok {
		key := i18n.Key("draw.prefilled")
		if fact.Value.Text != v.Text {
			key = "draw.prefilled.changed"
		}
		out = append(out, p.T(key, "source", fact.Source, "day", fact.Day, "value", p.Say(q, fact.Value)))
	}
	if p.Last != nil {
		if old, _, ok := p.Last.Definition.Find(q.Name); ok {
			said := p
			said.Definition = p.Last.Definition
			if s := said.Say(old, p.Last.Sent[q.Name]); s != "" {
				out = append(out, p.T("draw.last.said", "answer", s))
			}
		}
	}
	return out
}

// understood says what a word was found to mean in a register.
func (p Page) understood(q question.Question, v question.Value) []string {
	if !q.Kind.IsRegister() || v.Text == "" || p.Registers.Concepts == nil {
		return nil
	}
	if v.Code == "" {
		if q.Kind == question.Concept {
			return []string{p.T("draw.concept.unknown")}
		}
		return nil
	}
	if label := p.Registers.Label(q, v.Code, p.Language()); label != "" && label != v.Text {
		return []string{p.T("draw.concept.known", "label", label)}
	}
	return nil
}
