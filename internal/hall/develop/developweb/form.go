package developweb

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// answerForm asks in two steps: first what the provider can do, then what that kind of
// answer asks for. The kind stands in the address, so both work without a script.
func (p *Pages) answerForm(about func(string) (develop.About, error)) leaf.Maker {
	return func(r *http.Request, actor access.Actor) (leaf.Asked, error) {
		what, err := about(r.PathValue("id"))
		if err != nil {
			return leaf.Asked{}, err
		}
		turn, err := p.Develop.Begin(r.Context(), actor, what)
		if err != nil {
			return leaf.Asked{}, err
		}
		if kind := develop.Kind(r.URL.Query().Get("slag")); slices.Contains(develop.Kinds(), kind) {
			return p.second(r, actor, turn, kind)
		}
		return p.first(p.door.Printer(r), turn), nil
	}
}

// asked is what both steps have alike.
func asked(t i18n.Printer, turn develop.Turn) leaf.Asked {
	out := leaf.Asked{Kicker: turn.Number + " " + turn.Title, Back: turn.About.Path(), Crumbs: []ui.Link{{Label: turn.Number, Href: turn.About.Path()}}}
	if n := len(turn.Before); n > 0 {
		last := turn.Before[n-1]
		out.Help = []ui.Details{{Summary: t.T("develop.form.before"), Facts: append([]ui.Fact{{Label: t.T("develop.fact.kind"), Text: t.T(last.Kind.Label())}}, facts(t, last)...)}}
	}
	return out
}

// first asks what the provider can do.
func (p *Pages) first(t i18n.Printer, turn develop.Turn) leaf.Asked {
	out := asked(t, turn)
	out.Title, out.Submit = t.T("develop.form.title"), t.T("develop.form.next")
	switch {
	case turn.Late:
		out.Lead = t.T("develop.form.lead.late", "date", turn.AnswerBy)
	case len(turn.Before) > 0:
		out.Lead = t.T("develop.form.lead.again")
	case turn.Taking:
		out.Lead = t.T("develop.form.lead.taking", "provider", turn.ProviderName)
	case !turn.AnswerBy.IsZero():
		out.Lead = t.T("develop.form.lead.by", "date", turn.AnswerBy)
	}
	kinds := form.Field{Name: "kind", Kind: form.Radio, Label: t.T("develop.form.kind"), Required: true}
	for i, k := range develop.Kinds() {
		kinds.Options = append(kinds.Options, form.Option{Value: string(k), Label: t.T(i18n.Key("develop.ask." + string(k))), Hint: t.T(i18n.Key("develop.ask." + string(k) + ".hint")), Selected: i == 0})
	}
	out.Fields = []form.Field{kinds}
	out.Read = func(in *form.Input) func() (string, error) {
		kind := in.Choice("kind", text.Strings(develop.Kinds())...)
		if kind == "" {
			in.Refuse("kind", "form.error.required")
		}
		return func() (string, error) { return turn.About.Path() + "/svar?slag=" + kind, nil }
	}
	return out
}

// second asks for what the kind of answer has.
func (p *Pages) second(r *http.Request, actor access.Actor, turn develop.Turn, kind develop.Kind) (leaf.Asked, error) {
	t := p.door.Printer(r)
	out := asked(t, turn)
	out.Title, out.Submit = t.T(i18n.Key("develop.ask."+string(kind))), t.T("develop.form.send")
	out.Lead = t.T(i18n.Key("develop.form.then." + string(kind)))
	out.Crumbs = append(out.Crumbs, ui.Link{Label: t.T("develop.form.title"), Href: turn.About.Path() + "/svar"})
	fields, err := p.fields(r.Context(), t, actor, turn, kind)
	if err != nil {
		return out, err
	}
	out.Fields = append(fields, form.Field{Name: "from", Kind: form.Hidden, Value: string(turn.State)})
	out.Read = func(in *form.Input) func() (string, error) {
		a := read(in, kind)
		return func() (string, error) {
			_, err := p.Develop.Answer(r.Context(), actor, turn.About, a)
			return turn.About.Path() + "?ok=develop.said.answered", err
		}
	}
	return out, nil
}

// read reads the second step.
func read(in *form.Input, kind develop.Kind) develop.Answering {
	return develop.Answering{Kind: kind, From: flow.State(in.Text("from")), Unit: in.Text("unit"), Programme: offer.ProgrammeID(in.Text("programme")),
		Offering: offer.OfferingID(in.Text("offering")), Card: support.ID(in.Text("card")), Seats: in.Int("seats"), Arrange: in.Text("arrange"),
		Deadline: in.Date("deadline"), Earliest: in.Date("earliest"), Cost: in.Money("cost"), Hours: in.Int("hours"), Equipment: in.Text("equipment"),
		Unknown: in.Text("unknown") != "", Words: in.Text("words")}
}

func (p *Pages) fields(ctx context.Context, t i18n.Printer, actor access.Actor, turn develop.Turn, kind develop.Kind) ([]form.Field, error) {
	words := form.Field{Name: "words", Kind: form.Long, Rows: 3, Label: t.T("develop.form.words"), Hint: t.T("develop.form.words.hint"), MaxRunes: need.MaxNote}
	if len(turn.Before) > 0 {
		words.Label, words.Hint, words.Required = t.T("develop.form.new"), t.T("develop.form.new.hint"), true
	}
	choose := form.Field{Kind: form.Select, Required: true}
	var err error
	switch kind {
	case develop.Place:
		choose.Name, choose.Label = "offering", t.T("develop.form.offering")
		choose.Options, err = p.offerings(ctx, t, actor, turn)
		return []form.Field{emptied(t, choose), {Name: "seats", Kind: form.Number, Label: t.T("develop.form.seats"), Min: "1", Required: true},
			{Name: "arrange", Kind: form.Long, Rows: 4, Label: t.T("develop.form.arrange"), Hint: t.T("develop.form.arrange.hint"), MaxRunes: need.MaxNote},
			{Name: "deadline", Kind: form.Date, Label: t.T("develop.form.arranged_by"), Hint: t.T("develop.form.arranged_by.hint")}, words}, err
	case develop.Adapt, develop.Existing:
		choose.Name, choose.Label = "programme", t.T("develop.form.programme")
		choose.Options, err = p.programmes(ctx, t, actor, turn)
		if kind == develop.Existing {
			return []form.Field{emptied(t, choose), words}, err
		}
		return append(append([]form.Field{emptied(t, choose)}, estimate(t)...), words), err
	case develop.Measure:
		choose.Name, choose.Label = "card", t.T("develop.form.card")
		choose.Options, err = p.cards(ctx, t)
		return []form.Field{emptied(t, choose), words}, err
	case develop.Make:
		return append(estimate(t), words), nil
	default:
		words.Label, words.Hint, words.Required = t.T("develop.form.reason"), t.T("develop.form.reason.hint"), true
		return []form.Field{words}, nil
	}
}

// estimate asks who does the work, from when, and what it takes.
func estimate(t i18n.Printer) []form.Field {
	return []form.Field{
		{Name: "unit", Kind: form.Text, Label: t.T("develop.form.unit"), Hint: t.T("develop.form.unit.hint"), Required: true},
		{Name: "earliest", Kind: form.Date, Label: t.T("develop.form.earliest"), Hint: t.T("develop.form.earliest.hint"), Required: true},
		{Name: "cost", Kind: form.Money, Label: t.T("develop.form.cost"), Hint: t.T("develop.form.cost.hint")},
		{Name: "hours", Kind: form.Number, Label: t.T("develop.form.hours"), Min: "0"},
		{Name: "equipment", Kind: form.Long, Rows: 2, Label: t.T("develop.form.equipment"), MaxRunes: need.MaxNote},
		{Name: "unknown", Kind: form.Checks, Label: t.T("develop.form.unknown"), Options: []form.Option{{Value: "1", Label: t.T("develop.form.unknown.yes")}}},
		{Name: "deadline", Kind: form.Date, Label: t.T("develop.form.hear"), Hint: t.T("develop.form.hear.hint")},
	}
}

// emptied says that there is nothing to choose, where there is not.
func emptied(t i18n.Printer, f form.Field) form.Field {
	if len(f.Options) == 0 {
		f.Hint = t.T("develop.form.nothing")
	}
	f.Options = append([]form.Option{{Label: t.T("develop.form.choose")}}, f.Options...)
	return f
}

// offerings are the provider's that somebody can be fitted into.
func (p *Pages) offerings(ctx context.Context, t i18n.Printer, actor access.Actor, turn develop.Turn) ([]form.Option, error) {
	f := supply.Filter{Provider: turn.Provider, Limit: 200}
	var out []form.Option
	for {
		hits, err := p.Supply.Mine(ctx, actor, f)
		if err != nil {
			return nil, err
		}
		for _, h := range hits.Items {
			if h.Offering.State != offer.Active || h.Programme.State != offer.ProgrammeActive {
				continue
			}
			title, _ := h.Programme.Title.In(t.Language())
			label := title + " – " + t.T(h.Offering.Delivery.Label())
			if !h.Earliest.Day.IsZero() {
				label = t.T("develop.form.offering.from", "title", label, "date", h.Earliest.Day)
			}
			if left, known := h.Offering.PlacesLeft(); known {
				label = t.T("develop.form.offering.left", "title", label, "n", left)
			}
			out = append(out, form.Option{Value: string(h.Offering.ID), Label: label})
		}
		if f.After = hits.Next; f.After == "" {
			return out, nil
		}
	}
}

// programmes are the provider's that are offered.
func (p *Pages) programmes(ctx context.Context, t i18n.Printer, actor access.Actor, turn develop.Turn) ([]form.Option, error) {
	f := supply.ProgrammeFilter{Provider: turn.Provider, Limit: 200}
	var out []form.Option
	for {
		list, _, more, err := p.Supply.MyProgrammes(ctx, actor, f)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			f.After = x.ID
			if x.State == offer.ProgrammeActive {
				title, _ := x.Title.In(t.Language())
				out = append(out, form.Option{Value: string(x.ID), Label: title})
			}
		}
		if !more {
			return out, nil
		}
	}
}

// cards are the measures and support schemes of the toolbox.
func (p *Pages) cards(ctx context.Context, t i18n.Printer) ([]form.Option, error) {
	list, err := p.Support.List(ctx, support.Filter{})
	var out []form.Option
	for _, c := range list {
		title, _ := c.Title.In(t.Language())
		out = append(out, form.Option{Value: string(c.ID), Label: title})
	}
	return out, err
}
