package measureweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support/measure"
)

func saidPath(x measure.SaidID, more string) string { return "/tilbakemeldinger/" + string(x) + more }

// saidOn is what the reader may read of what is said of the measure, and the way to say something.
func (p *Pages) saidOn(r *http.Request, actor access.Actor, t i18n.Printer, m measure.Measure) ([]leaf.Section, error) {
	if !measure.IsOpen(m.State) {
		return nil, nil
	}
	list, err := p.Measures.SaidOf(r.Context(), actor, m.Card.ID)
	if err != nil {
		return nil, err
	}
	s := leaf.Section{ID: "rad", Title: t.T("measure.said"), Text: t.T("measure.said.text"), Actions: []ui.Action{{Label: t.T("measure.say"), Href: path(m.Card.ID, "/si-fra"), Variant: ui.Secondary}}}
	if !actor.SignedIn() {
		s.Actions[0].Label = t.T("measure.say.sign_in")
	}
	for _, x := range list {
		s.Cards = append(s.Cards, saidCard(t, x))
	}
	return []leaf.Section{s}, nil
}

func saidCard(t i18n.Printer, x measure.Said) ui.Card {
	c := ui.Card{Kicker: t.T(x.Sort.Label()), Title: text.Truncate(x.Words, 70), Href: saidPath(x.ID, ""), Text: x.Answer}
	if !x.Shown {
		c.Tags = []ui.Tag{{Text: t.T(measure.SaidLabel(x.State)), Color: ui.Info}}
	}
	return c
}

func (p *Pages) findSaid(r *http.Request, actor access.Actor) (measure.Said, measure.Measure, error) {
	x, err := measure.ParseSaidID(r.PathValue("said"))
	if err != nil {
		return measure.Said{}, measure.Measure{}, fault.Missing()
	}
	return p.Measures.GetSaid(r.Context(), actor, x)
}

// said is what somebody says, and the answer.
func (p *Pages) said(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, m, err := p.findSaid(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Secret: !x.Shown, Crumbs: crumbs(t, m), Head: ui.Head{Kicker: t.T(x.Sort.Label()), Title: t.T("measure.said.of", "title", in(t, m.Card.Title)), Tags: []ui.Tag{{Text: t.T(measure.SaidLabel(x.State)), Color: ui.Info}}}}
	words := leaf.Section{ID: "ordene", Title: t.T("measure.said.words"), Paragraphs: []string{x.Words}}
	if x.OrgName != "" {
		words.Facts = &ui.Facts{Items: []ui.Fact{{Label: t.T("measure.field.for"), Text: x.OrgName}, {Label: t.T("measure.said.at"), Text: t.Date(x.At.Date())}}}
	}
	page.Main = []leaf.Section{words}
	switch {
	case x.State != measure.Asked:
		page.Main = append(page.Main, leaf.Section{ID: "svaret", Title: t.T("measure.said.answer"), Paragraphs: []string{x.Answer}})
	case x.Answers:
		page.Head.Actions = []ui.Action{{Label: t.T("measure.said.move.answer"), Href: saidPath(x.ID, "/svar"), Variant: ui.Primary}}
	default:
		page.Notices = []ui.Notice{{Color: ui.Info, Text: t.T("measure.said.waits")}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// sayForm notes feedback or advice.
func (p *Pages) sayForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.find(r, actor)
	if err == nil && !measure.IsOpen(m.State) {
		err = fault.New(fault.Conflict, "measure.error.not_open")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	mine, err := p.users(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	options, ids := orgOptions(t, "measure.for.me", mine)
	out := asked(t, m, "measure.say", "measure.say.send",
		form.Field{Name: "sort", Kind: form.Radio, Label: t.T("measure.say.sort"), Options: leaf.Options(t, "", measure.Sorts(), measure.Sort.Label, measure.Feedback), Required: true},
		long(t, "words", "measure.say.words", "measure.hint.say", "", true))
	if len(mine) > 0 {
		out.Fields = append(out.Fields, form.Field{Name: "org", Kind: form.Select, Label: t.T("measure.field.for"), Options: options})
	}
	out.Lead = t.T("measure.say.lead")
	out.Read = func(in *form.Input) func() (string, error) {
		sort, words, o := measure.Sort(in.Choice("sort", text.Strings(measure.Sorts())...)), in.Text("words"), access.OrgID(in.Choice("org", ids...))
		return func() (string, error) {
			x, err := p.Measures.Say(r.Context(), actor, m.Card.ID, sort, o, words)
			return saidPath(x, "?ok=measure.done.said"), err
		}
	}
	return out, nil
}

// answerForm answers what somebody said, or drops it with a reason.
func (p *Pages) answerForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, m, err := p.findSaid(r, actor)
	switch {
	case err == nil && !x.Answers:
		err = fault.New(fault.Denied, "fault.denied")
	case err == nil && x.State != measure.Asked:
		err = fault.New(fault.Conflict, "measure.error.answered")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	out := asked(t, m, "measure.said.move.answer", "measure.said.send", form.Field{Name: "to", Kind: form.Radio, Label: t.T("measure.said.what"), Required: true, Options: []form.Option{
		{Value: string(measure.Answered), Label: t.T("measure.said.move.answer"), Selected: true}, {Value: string(measure.Dropped), Label: t.T("measure.said.move.drop")}}},
		long(t, "note", "measure.said.answer", "measure.hint.answer", "", true),
		form.Field{Name: "shown", Kind: form.Checks, Label: t.T("measure.said.show"), Options: []form.Option{{Value: "ja", Label: t.T("measure.said.shown")}}})
	out.Lead, out.Back, out.Version, out.Secret = x.Words, saidPath(x.ID, ""), x.Version, true
	out.Theirs = []ui.Fact{{Label: t.T("measure.said.answer"), Text: x.Answer}}
	out.Read = func(in *form.Input) func() (string, error) {
		to, note, shown, version := flow.State(in.Choice("to", string(measure.Answered), string(measure.Dropped))), in.Text("note"), in.Bool("shown"), leaf.Version(in)
		return func() (string, error) {
			return saidPath(x.ID, "?ok=measure.done.answered"), p.Measures.AnswerSaid(r.Context(), actor, x.ID, version, to, note, shown)
		}
	}
	return out, nil
}
