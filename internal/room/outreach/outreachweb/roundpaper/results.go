// Package roundpaper makes the result of a mapping round into a paper: who was
// asked and who answered by municipality, and what was answered to each question.
// It names no organisation. What may be counted, the room says: a figure that is
// marked Few is not drawn.
package roundpaper

import (
	"embed"

	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// Kind is the kind of paper.
func Kind() paper.Kind {
	return paper.Kind{Name: "kartlegging", Files: Papers, Values: []string{"title", "form", "period", "invited", "answered", "few", "none"},
		Blocks: []string{"places", "plans", "questions"}}
}

// Share is how many of those who answered say yes; Few withholds it.
type Share struct {
	Yes, Of int
	Few     bool
}

// Place is a municipality by its name.
type Place struct {
	Name                   string
	Invited, Answered      int
	Recruiting, Competence Share
}

// Choice is an answer that could be chosen, and how often it was.
type Choice struct {
	Label string
	Times int
}

// Question is what was answered to a question: each choice, or with none the sum
// of a number. Few withholds all of it.
type Question struct {
	Label   string
	Answers int
	Choices []Choice
	Total   int
	Few     bool
}

// Results is what came of a round, in the reader's language. Sum is the
// municipalities together; Plans tells that the form asks about plans. AsOf is the
// day the answers were counted.
type Results struct {
	Title, Form    string
	From, To, AsOf clock.Date
	Places         []Place
	Sum            Place
	Plans          bool
	Questions      []Question
}

// Values are the values of the paper.
func Values(t i18n.Printer, r Results) paper.Values {
	source := t.T("roundpaper.source")
	v := paper.Values{"title": paper.Text(r.Title), "form": paper.Text(r.Form), "invited": paper.Text(t.T("roundpaper.invited", "n", r.Sum.Invited)),
		"answered": paperview.Live(t, t.T("roundpaper.answered", "n", r.Sum.Answered), r.AsOf, source)}
	if !r.From.IsZero() && !r.To.IsZero() {
		v["period"] = paper.Text(t.T("roundpaper.period", "from", r.From, "to", r.To))
	}
	if r.Sum.Answered == 0 {
		v["none"] = paper.Text(t.T("roundpaper.none"))
	}
	if len(r.Places) > 0 {
		v["places"] = paper.Blocks{places(t, r)}
		if r.Plans {
			v["plans"] = paper.Blocks{plans(t, r)}
		}
	}
	var blocks paper.Blocks
	few := false
	for _, q := range r.Questions {
		blocks = append(blocks, paper.H(3, q.Label), answers(t, q))
		few = few || q.Few
	}
	for _, p := range append(r.Places[:len(r.Places):len(r.Places)], r.Sum) {
		few = few || r.Plans && (p.Recruiting.Few || p.Competence.Few)
	}
	if few {
		v["few"] = paper.Text(t.T("roundpaper.few"))
	}
	v["questions"] = blocks
	return v
}

func places(t i18n.Printer, r Results) paper.Table {
	out := paper.Table{Caption: t.T("roundpaper.places"), RowHeads: true, Columns: []paper.Column{{Title: t.T("roundpaper.col.place")},
		{Title: t.T("roundpaper.col.invited"), Number: true}, {Title: t.T("roundpaper.col.answered"), Number: true}}}
	row := func(name string, p Place) []paper.Inlines {
		return []paper.Inlines{paper.T(name), paper.T(t.Number(p.Invited)), paper.T(t.Number(p.Answered))}
	}
	for _, p := range r.Places {
		out.Rows = append(out.Rows, row(p.Name, p))
	}
	out.Sum = row(t.T("roundpaper.sum"), r.Sum)
	return out
}

func plans(t i18n.Printer, r Results) paper.Table {
	out := paper.Table{Caption: t.T("roundpaper.plans"), RowHeads: true, Columns: []paper.Column{{Title: t.T("roundpaper.col.place")},
		{Title: t.T("roundpaper.col.recruiting"), Number: true}, {Title: t.T("roundpaper.col.competence"), Number: true}}}
	share := func(s Share) paper.Inlines {
		if s.Few {
			return paper.T(t.T("roundpaper.withheld"))
		}
		return paper.T(t.T("roundpaper.share", "yes", s.Yes, "of", s.Of))
	}
	for _, p := range r.Places {
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(p.Name), share(p.Recruiting), share(p.Competence)})
	}
	out.Sum = []paper.Inlines{paper.T(t.T("roundpaper.sum")), share(r.Sum.Recruiting), share(r.Sum.Competence)}
	return out
}

// answers is what came of a question: a table of its choices, or a sentence.
func answers(t i18n.Printer, q Question) paper.Block {
	switch {
	case q.Few:
		return paper.P(t.T("roundpaper.question.few"))
	case len(q.Choices) == 0:
		return paper.P(t.T("roundpaper.question.total", "total", q.Total, "n", q.Answers))
	}
	out := paper.Table{Caption: t.T("roundpaper.question.caption", "question", q.Label, "n", q.Answers), RowHeads: true,
		Columns: []paper.Column{{Title: t.T("roundpaper.col.answer")}, {Title: t.T("roundpaper.col.times"), Number: true}}}
	for _, c := range q.Choices {
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(c.Label), paper.T(t.Number(c.Times))})
	}
	return out
}
