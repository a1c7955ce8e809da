package question

import "kompetansetorg/internal/kit/i18n"

// Onto is d, read from a workbook, as it becomes a version after old. What a
// workbook has no words for stays as it was, for questions and choices of the same
// name: who sees the answers, limits, sums, vocabulary, what is filled in
// beforehand, letters. A translation stays where the workbook brings none and the
// bokmål is the same. Neither d nor old is changed.
func (d Definition) Onto(old Definition) Definition {
	out := d.Clone()
	if out.Title == (i18n.Text{}) {
		out.Title = old.Title
	}
	out.Title, out.Intro = translated(out.Title, old.Title), old.Intro
	if out.Sight == "" {
		out.Sight = old.Sight
	}
	for i := range out.Sections {
		s := &out.Sections[i]
		if before, ok := old.Section(s.Name); ok {
			s.Title, s.Intro = translated(s.Title, before.Title), translated(s.Intro, before.Intro)
		}
		for j := range s.Questions {
			q := &s.Questions[j]
			if before, table, ok := old.Find(q.Name); ok && table == "" {
				q.onto(before)
			}
			for k := range q.Columns {
				if before, table, ok := old.Find(q.Columns[k].Name); ok && table == q.Name {
					q.Columns[k].onto(before)
				}
			}
		}
	}
	return out
}

// onto fills in what a workbook has no words for. Who sees the answers stays also
// when the answer becomes one of another kind.
func (q *Question) onto(old Question) {
	q.Label, q.Hint, q.ConstraintMessage = translated(q.Label, old.Label), translated(q.Hint, old.Hint), translated(q.ConstraintMessage, old.ConstraintMessage)
	if q.Sight == "" {
		q.Sight = old.Sight
	}
	if q.Kind != old.Kind {
		return
	}
	q.Limits, q.Scheme, q.Sum, q.Prefill = old.Limits, old.Scheme, old.Sum, old.Prefill
	for i := range q.Choices {
		c := &q.Choices[i]
		if before, ok := old.Choice(c.Code); ok {
			c.Label, c.Letter, c.Other = translated(c.Label, before.Label), before.Letter, c.Other || before.Other
		}
	}
}

// translated is the text with the translations of one that says the same in bokmål.
func translated(t, old i18n.Text) i18n.Text {
	if t.NB != old.NB {
		return t
	}
	if t.NN == "" {
		t.NN = old.NN
	}
	if t.EN == "" {
		t.EN = old.EN
	}
	return t
}
