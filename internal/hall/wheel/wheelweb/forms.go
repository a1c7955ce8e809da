package wheelweb

import (
	"context"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
)

func (p *pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t, today := p.door.Printer(r), p.Clock.Today()
	counties, err := p.counties(r, actor)
	if err == nil && len(counties) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	county, ids := form.Field{Name: "county", Kind: form.Select, Label: t.T("wheel.county"), Required: true}, []string{}
	for _, b := range counties {
		county.Options, ids = append(county.Options, form.Option{Value: string(b.ID), Label: b.Name, Selected: len(counties) == 1}), append(ids, string(b.ID))
	}
	return leaf.Asked{Title: t.T("wheel.new"), Lead: t.T("wheel.new.lead"), Crumbs: crumbs(t, wheel.Round{}), Back: "/arshjul", Submit: t.T("wheel.new"),
		Fields: []form.Field{county, {Name: "year", Kind: form.Number, Label: t.T("wheel.year"), Hint: t.T("wheel.year.hint"), Value: strconv.Itoa(today.Year() + 1), Required: true},
			{Name: "most", Kind: form.Number, Label: t.T("wheel.most"), Hint: t.T("wheel.most.hint"), Value: "3", Min: "1", Max: strconv.Itoa(wheel.MaxMost), Required: true},
			{Name: "from", Kind: form.Date, Label: t.T("wheel.first"), Hint: t.T("wheel.first.hint"), Value: today.String(), Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			n := wheel.NewRound{County: forum.BodyID(in.Choice("county", ids...)), Year: in.Int("year"), Most: in.Int("most"), From: in.Date("from")}
			return func() (string, error) {
				id, err := p.Wheel.Create(r.Context(), actor, n)
				return path(id, "?ok=wheel.said.saved"), err
			}
		}}, nil
}

func (p *pages) copyForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	return leaf.Asked{Title: t.T("wheel.copy"), Lead: t.T("wheel.copy.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, ""), Submit: t.T("wheel.copy"),
		Fields: []form.Field{{Name: "year", Kind: form.Number, Label: t.T("wheel.year"), Value: strconv.Itoa(x.Year + 1), Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			year := in.Int("year")
			return func() (string, error) {
				id, err := p.Wheel.Copy(r.Context(), actor, x.ID, year)
				return path(id, "?ok=wheel.said.copied"), err
			}
		}}, err
}

// orgSuggestions is how many organisations are offered as owners.
const orgSuggestions = 500

// owners are the organisations that a step can be given to.
func (p *pages) owners(ctx context.Context, t i18n.Printer, chosen access.OrgID) (form.Field, []string, error) {
	list, _, err := p.Orgs.List(ctx, org.Filter{Limit: orgSuggestions})
	f, ids := form.Field{Name: "org", Kind: form.Select, Label: t.T("wheel.owner"), Options: []form.Option{{Label: t.T("forum.choose")}}, Required: true}, []string{}
	for _, o := range list.Items {
		f.Options, ids = append(f.Options, form.Option{Value: string(o.ID), Label: o.Name, Selected: o.ID == chosen}), append(ids, string(o.ID))
	}
	return f, ids, err
}

func (p *pages) stepForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	s, title := wheel.Step{Round: x.ID, Kind: wheel.Other, From: p.Clock.Today(), Due: p.Clock.Today().AddDays(30)}, t.T("wheel.step.new")
	if r.PathValue("step") != "" {
		if s, err = step(r, x); err != nil {
			return leaf.Asked{}, err
		}
		title = stepName(t, s)
	}
	owner, ids, err := p.owners(r.Context(), t, s.Org)
	var fields []form.Field
	if s.Kind == wheel.Other {
		fields = append(fields, form.Field{Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Value: s.Title, Required: true})
	}
	fields = append(fields, owner, form.Field{Name: "from", Kind: form.Date, Label: t.T("wheel.from"), Value: s.From.String(), Required: true}, form.Field{Name: "due", Kind: form.Date, Label: t.T("wheel.due"), Value: s.Due.String(), Required: true})
	return leaf.Asked{Title: title, Lead: t.T("wheel.step.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#steg"), Submit: t.T("forum.save"), Fields: fields, Version: s.Version,
		Theirs: []ui.Fact{{Label: t.T("wheel.owner"), Text: s.OrgName}, {Label: t.T("wheel.due"), Text: t.Date(s.Due)}},
		Read: func(in *form.Input) func() (string, error) {
			n := wheel.Step{ID: s.ID, Round: x.ID, Title: in.Text("title"), Org: access.OrgID(in.Choice("org", ids...)), From: in.Date("from"), Due: in.Date("due"), Version: leaf.Version(in)}
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.saved"), p.Wheel.SaveStep(r.Context(), actor, n)
			}
		}}, err
}

func (p *pages) closeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	s, err := step(r, x)
	var fields []form.Field
	if s.Kind == wheel.Knowledge { // only it rests on something that is not in the wheel
		fields = []form.Field{{Name: "base", Kind: form.Long, Rows: 4, Label: t.T("wheel.base"), Hint: t.T("wheel.base.hint"), MaxRunes: wheel.MaxWords, Required: true}}
	}
	return leaf.Asked{Title: t.T("wheel.close.step", "step", stepName(t, s)), Lead: t.T("wheel.close.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#steg"), Submit: t.T("wheel.close"), Version: s.Version, Fields: fields,
		Read: func(in *form.Input) func() (string, error) {
			words, version := in.Text("base"), leaf.Version(in)
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.closed"), p.Wheel.Close(r.Context(), actor, s.ID, version, words)
			}
		}}, err
}

func (p *pages) reopenForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	return leaf.Asked{Title: t.T("wheel.reopen"), Lead: t.T("wheel.reopen.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#steg"), Submit: t.T("wheel.reopen"),
		Fields: []form.Field{{Name: "note", Kind: form.Long, Rows: 3, Label: t.T("wheel.reopen.why"), MaxRunes: wheel.MaxWords, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			note := in.Text("note")
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.reopened"), p.Wheel.Reopen(r.Context(), actor, x.ID, note)
			}
		}}, err
}

func (p *pages) priorityForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	n, title := wheel.Priority{Round: x.ID}, t.T("wheel.priority.new")
	if r.PathValue("priority") != "" {
		if n, err = priority(r, x); err != nil {
			return leaf.Asked{}, err
		}
		title = t.T("wheel.nr", "n", n.Rank)
	}
	return leaf.Asked{Title: title, Lead: t.T("wheel.priority.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#prioriteringer"), Submit: t.T("forum.save"), Version: n.Version,
		Theirs: []ui.Fact{{Label: t.T("forum.field.title"), Text: n.Title}, {Label: t.T("wheel.words"), Text: n.Words}},
		Fields: append(aboutFields(t, n.Title, n.Words, n.Field, n.Level), form.Field{Name: "expected", Kind: form.Long, Rows: 3, Label: t.T("wheel.priority.expected"), Hint: t.T("wheel.expected.hint"), Value: n.Expected, MaxRunes: wheel.MaxWords}),
		Read: func(in *form.Input) func() (string, error) {
			next := wheel.Priority{ID: n.ID, Round: x.ID, Title: in.Text("title"), Words: in.Text("words"), Expected: in.Text("expected"), Version: leaf.Version(in)}
			next.Field, next.Level = readAbout(in)
			return func() (string, error) {
				_, err := p.Wheel.SavePriority(r.Context(), actor, next)
				return path(x.ID, "?ok=wheel.said.saved#prioriteringer"), err
			}
		}}, nil
}

// askForm asks which providers are to answer a priority.
func (p *pages) askForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	n, err := priority(r, x)
	if err != nil {
		return leaf.Asked{}, err
	}
	list, _, err := p.Orgs.List(r.Context(), org.Filter{Kinds: providerKinds(), Limit: orgSuggestions})
	f, ids := form.Field{Name: "orgs", Kind: form.Checks, Label: t.T("wheel.providers"), Hint: t.T("wheel.providers.hint")}, []string{}
	for _, o := range list.Items {
		_, missing := of(n.Answers, func(a wheel.Answer) bool { return a.Org == o.ID })
		f.Options, ids = append(f.Options, form.Option{Value: string(o.ID), Label: o.Name, Selected: missing == nil}), append(ids, string(o.ID))
	}
	return leaf.Asked{Title: t.T("wheel.ask"), Kicker: n.Title, Lead: t.T("wheel.ask.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#prioriteringer"), Submit: t.T("forum.save"), Fields: []form.Field{f},
		Read: func(in *form.Input) func() (string, error) {
			var orgs []access.OrgID
			for _, o := range in.Choices("orgs", ids...) {
				orgs = append(orgs, access.OrgID(o))
			}
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.saved#prioriteringer"), p.Wheel.Ask(r.Context(), actor, n.ID, orgs)
			}
		}}, err
}

func providerKinds() []org.Kind {
	var out []org.Kind
	for _, k := range org.Kinds() {
		if k.IsProvider() {
			out = append(out, k)
		}
	}
	return out
}

// answerForm is where a provider says what it will do about a priority.
func (p *pages) answerForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	var a wheel.Answer
	var n wheel.Priority
	for _, pr := range x.Priorities {
		for _, b := range pr.Answers {
			if string(b.Task) == r.PathValue("task") {
				a, n = b, pr
			}
		}
	}
	switch {
	case a.Task == "":
		return leaf.Asked{}, fault.Missing()
	case !a.Mine:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	places := ""
	if a.Places > 0 {
		places = strconv.Itoa(a.Places)
	}
	return leaf.Asked{Title: t.T("wheel.answer.do"), Kicker: t.T("wheel.answer.for", "name", a.OrgName, "title", n.Title), Lead: n.Words, Crumbs: crumbs(t, x), Back: path(x.ID, "#prioriteringer"), Submit: t.T("wheel.answer.do"), Version: a.Version,
		Theirs: []ui.Fact{answerFact(t, a)},
		Fields: []form.Field{{Name: "kind", Kind: form.Radio, Label: t.T("wheel.answer.kind"), Hint: t.T("wheel.answer.kind.hint"), Options: leaf.Options(t, "", wheel.AnswerKinds(), wheel.AnswerKind.Label, a.Kind), Required: true},
			{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("wheel.answer.words"), Hint: t.T("wheel.answer.words.hint"), Value: a.Words, MaxRunes: wheel.MaxWords, Required: true},
			{Name: "places", Kind: form.Number, Label: t.T("wheel.answer.places.label"), Value: places, Min: "0"}, {Name: "start", Kind: form.Date, Label: t.T("wheel.answer.start.label"), Value: a.Start.String()},
			{Name: "terms", Kind: form.Long, Rows: 2, Label: t.T("wheel.answer.terms.label"), Hint: t.T("wheel.answer.terms.hint"), Value: a.Terms, MaxRunes: wheel.MaxWords}},
		Read: func(in *form.Input) func() (string, error) {
			next := wheel.Answer{Task: a.Task, Kind: wheel.AnswerKind(in.Choice("kind", codes(wheel.AnswerKinds())...)), Words: in.Text("words"), Start: in.Date("start"), Terms: in.Text("terms"), Version: leaf.Version(in)}
			if in.Text("places") != "" {
				next.Places = in.Int("places")
			}
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.answered#prioriteringer"), p.Wheel.SaveAnswer(r.Context(), actor, next)
			}
		}}, nil
}
