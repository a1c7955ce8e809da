package forumweb

import (
	"context"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/meeting"
)

// partRounds is the rounds where all partners answer the same.
func (p *pages) partRounds(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	list, err := p.Rounds.List(ctx, actor, f.id)
	if err != nil {
		return err
	}
	if len(list) == 0 && !f.keeps() {
		return nil
	}
	s := leaf.Section{ID: "runder", Title: t.T("forum.rounds"), Text: t.T("forum.rounds.text")}
	for _, x := range list {
		s.Cards = append(s.Cards, ui.Card{Title: x.Title, Href: roundPath(x, ""), Tags: []ui.Tag{p.roundTag(t, x)},
			Facts: []ui.Fact{{Label: t.T("forum.round.due"), Text: t.Date(x.Due)}, {Label: t.T("forum.round.answers"), Text: t.T("forum.round.of", "n", x.Count(), "of", len(x.Partners))}}})
	}
	if f.keeps() {
		s.Actions = []ui.Action{{Label: t.T("forum.round.new"), Href: path(f.id, "/runder/ny"), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, s)
	return nil
}

func roundPath(x assess.Round, more string) string { return path(x.Body, "/runder/"+string(x.ID)+more) }

func (p *pages) roundTag(t i18n.Printer, x assess.Round) ui.Tag {
	switch {
	case x.IsLate(p.Clock.Today()):
		return ui.Tag{Text: t.T("forum.round.late"), Color: ui.Danger}
	case x.State == assess.Open:
		return ui.Tag{Text: t.T(x.State.Label()), Color: ui.Info}
	}
	return ui.Tag{Text: t.T(x.State.Label()), Color: ui.Success}
}

func (p *pages) findRound(r *http.Request, actor access.Actor) (found, assess.Round, error) {
	f, err := p.find(r, actor)
	if err != nil {
		return f, assess.Round{}, err
	}
	id, err := assess.ParseID(r.PathValue("round"))
	if err != nil {
		return f, assess.Round{}, fault.Missing()
	}
	x, err := p.Rounds.Get(r.Context(), actor, id)
	if err == nil && x.Body != f.id {
		err = fault.Missing()
	}
	return f, x, err
}

// round is the annex: the summary, then what each partner answered to each question.
func (p *pages) round(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, x, err := p.findRound(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page := leaf.Page{Head: ui.Head{Kicker: f.Name, Title: x.Title, Lead: t.T("forum.round.lead"), Tags: []ui.Tag{p.roundTag(t, x)}}, Crumbs: crumbs(t, f.Name, f.id)}
	var missing []string
	mine := false
	for _, a := range x.Partners {
		mine = mine || a.Mine
		if !a.Answered {
			missing = append(missing, a.Name)
		}
	}
	if mine && x.State == assess.Open {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("forum.round.answer"), Href: roundPath(x, "/svar"), Variant: ui.Primary})
	}
	if x.Keeps && x.State == assess.Open {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("forum.round.close"), Href: roundPath(x, "/avslutt"), Variant: ui.Secondary})
	}
	if x.Summary != "" {
		page.Main = append(page.Main, leaf.Section{ID: "sammendrag", Title: t.T("forum.round.summary"), Paragraphs: text.Paragraphs(x.Summary)})
	}
	for i, q := range x.Questions {
		s := leaf.Section{ID: assess.QuestionField(i + 1), Title: q}
		for _, a := range x.Partners {
			if i < len(a.Answers) && a.Answers[i] != "" {
				s.Cards = append(s.Cards, ui.Card{Title: a.Name, Text: a.Answers[i]})
			}
		}
		switch {
		case len(s.Cards) > 0:
		case !x.Within && x.State == assess.Open:
			s.Text = t.T("forum.round.hidden")
		default:
			s.Text = t.T("forum.round.nothing")
		}
		page.Main = append(page.Main, s)
	}
	facts := []ui.Fact{{Label: t.T("forum.round.due"), Text: t.Date(x.Due)}, {Label: t.T("forum.round.answers"), Text: t.T("forum.round.of", "n", x.Count(), "of", len(x.Partners))}}
	if len(missing) > 0 {
		facts = append(facts, ui.Fact{Label: t.T("forum.round.missing"), Lines: missing})
	}
	page.Side = []leaf.Section{{ID: "om", Title: t.T("forum.about"), Facts: &ui.Facts{Items: facts}}}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *pages) askForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, err := p.keeping(r, actor)
	return leaf.Asked{Title: t.T("forum.round.new"), Kicker: f.Name, Lead: t.T("forum.round.new.lead"), Crumbs: crumbs(t, f.Name, f.id), Back: path(f.id, "#runder"), Submit: t.T("forum.round.send"),
		Fields: []form.Field{{Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Required: true},
			{Name: "questions", Kind: form.Long, Rows: 8, Label: t.T("forum.round.questions"), Hint: t.T("forum.round.questions.hint"), Required: true},
			{Name: "due", Kind: form.Date, Label: t.T("forum.round.due"), Value: p.Clock.Today().AddDays(21).String(), Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			x := assess.Round{Body: f.id, Title: in.Text("title"), Due: in.Date("due"), Questions: strings.Split(in.Text("questions"), "\n")}
			return func() (string, error) {
				id, err := p.Rounds.Ask(r.Context(), actor, x)
				return path(f.id, "/runder/"+string(id)+"?ok=forum.said.asked"), err
			}
		}}, err
}

func (p *pages) answerForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, mine, err := p.speaking(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	_, x, err := p.findRound(r, actor)
	org, ids := orgField(t, mine, "")
	fields := []form.Field{org}
	for i, q := range x.Questions {
		fields = append(fields, form.Field{Name: assess.QuestionField(i + 1), Kind: form.Long, Rows: 4, Label: q, Value: answered(x, mine, i), MaxRunes: assess.MaxAnswer})
	}
	return leaf.Asked{Title: t.T("forum.round.answer"), Kicker: x.Title, Lead: t.T("forum.round.answer.lead"), Crumbs: append(crumbs(t, f.Name, f.id), ui.Link{Label: x.Title, Href: roundPath(x, "")}),
		Back: roundPath(x, ""), Submit: t.T("forum.round.answer"), Fields: fields,
		Read: func(in *form.Input) func() (string, error) {
			org, answers := readOrg(in, ids), []string{}
			for i := range x.Questions {
				answers = append(answers, in.Text(assess.QuestionField(i+1)))
			}
			return func() (string, error) {
				return roundPath(x, "?ok=forum.said.answered"), p.Rounds.Answer(r.Context(), actor, x.ID, org, answers)
			}
		}}, err
}

// answered is what the reader's only member has answered before; with several it is
// empty, as the form does not know which it is for.
func answered(x assess.Round, mine []meeting.Seat, question int) string {
	if len(mine) != 1 {
		return ""
	}
	for _, a := range x.Partners {
		if a.Org == mine[0].Org && question < len(a.Answers) {
			return a.Answers[question]
		}
	}
	return ""
}

func (p *pages) closeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	_, x, err := p.findRound(r, actor)
	return leaf.Asked{Title: t.T("forum.round.close"), Kicker: x.Title, Lead: t.T("forum.round.close.lead", "n", x.Count(), "of", len(x.Partners)), Back: roundPath(x, ""), Submit: t.T("forum.round.close"),
		Crumbs: append(crumbs(t, f.Name, f.id), ui.Link{Label: x.Title, Href: roundPath(x, "")}), Version: x.Version,
		Fields: []form.Field{{Name: "summary", Kind: form.Long, Rows: 10, Label: t.T("forum.round.summary"), Hint: t.T("forum.round.summary.hint"), MaxRunes: forum.MaxWords, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			words, version := in.Text("summary"), leaf.Version(in)
			return func() (string, error) {
				return roundPath(x, "?ok=forum.said.closed"), p.Rounds.Close(r.Context(), actor, x.ID, version, words)
			}
		}}, err
}
