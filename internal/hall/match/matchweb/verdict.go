package matchweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

func valueLabel(v match.Value) i18n.Key { return i18n.Key("match.verdict." + string(v)) }

// verdicts puts buttons for a verdict on a card, and tells the one given. Fits
// and partly are one press; not asks for its reason on a page of its own.
func (c cards) verdicts(n need.ID) func(match.Kind, string, *match.Verdict, int, *ui.Card) {
	return func(kind match.Kind, target string, v *match.Verdict, place int, card *ui.Card) {
		if v != nil {
			card.Tags = append(card.Tags, ui.Tag{Text: c.t.T("match.judged", "verdict", valueLabel(v.Value), "date", v.At.Date()), Color: verdictColor(v.Value)})
			if v.Reason != "" {
				card.Facts = append(card.Facts, ui.Fact{Label: c.t.T("match.verdict.reason"), Text: v.Reason})
			}
		}
		hidden := []ui.Hidden{{Name: "kind", Value: string(kind)}, {Name: "target", Value: target}, {Name: "place", Value: strconv.Itoa(place)}}
		for _, value := range []match.Value{match.Fits, match.Partly} {
			if v == nil || v.Value != value {
				card.Actions = append(card.Actions, ui.Action{Label: c.t.T(valueLabel(value)), Href: needPath(n) + "/dom", Post: true, Name: "verdict", Value: string(value),
					Hidden: hidden, Variant: ui.Tertiary, Context: card.Title})
			}
		}
		card.Actions = append(card.Actions, ui.Action{Label: c.t.T(valueLabel(match.Not)), Variant: ui.Tertiary, Context: card.Title,
			Href: verdictHref(n, match.Judging{Kind: kind, Target: target, Value: match.Not, Place: place})})
	}
}

func verdictColor(v match.Value) ui.Color {
	switch v {
	case match.Fits:
		return ui.Success
	case match.Partly:
		return ui.Info
	}
	return ui.Neutral
}

func verdictHref(n need.ID, in match.Judging) string {
	v := url.Values{"kind": {string(in.Kind)}, "target": {in.Target}, "place": {strconv.Itoa(in.Place)}, "verdict": {string(in.Value)}}
	return needPath(n) + "/dom?" + v.Encode()
}

// rejected lists what was judged not to fit, so that one can think again.
func (c cards) rejected(n need.ID, list []match.Rejected) Group {
	g := Group{ID: "uaktuelle", Title: c.t.T("match.group.rejected"), Lead: c.t.T("match.group.rejected.lead")}
	for _, r := range list {
		title, href := c.p.titleOf(c.t, r.Programme, r.Card)
		g.Cards = append(g.Cards, ui.Card{ID: anchor(r.Kind, r.Target()), Title: title, Href: href,
			Facts: []ui.Fact{{Label: c.t.T("match.verdict.reason"), Text: r.Verdict.Reason}, {Label: c.t.T("match.verdict.at"), Text: c.t.Date(r.Verdict.At.Date())}},
			Actions: []ui.Action{{Label: c.t.T("match.verdict.again"), Href: verdictHref(n, match.Judging{Kind: r.Kind, Target: r.Target(), Value: match.Not}),
				Variant: ui.Tertiary, Context: title}}})
	}
	return g
}

func (p *Pages) titleOf(t i18n.Printer, programme *offer.Programme, card *support.Card) (title, href string) {
	if programme != nil {
		return p.speaker(t).Text(programme.Title), programmePath(programme.ID)
	}
	text, _ := card.Title.In(t.Language())
	return text, "/verktoykasse/" + string(card.ID)
}

type verdictForm struct {
	Verdict, Reason, Kind, Target, Place form.Field
}

type verdictView struct {
	web.Page
	Head    ui.Head
	Action  string
	Form    verdictForm
	Actions ui.Actions
}

func (p *Pages) verdict(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	detail, err := p.judging(r, actor)
	if err != nil {
		return err
	}
	view, err := p.verdictPage(r, actor, detail, r.URL.Query())
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "match/verdict", view)
}

// judging is the need that the path names, for those who may judge answers to it.
func (p *Pages) judging(r *http.Request, actor access.Actor) (need.Detail, error) {
	n, err := needID(r.PathValue("id"))
	if err != nil {
		return need.Detail{}, err
	}
	d, err := p.Match.Needs.Get(r.Context(), actor, n)
	if err == nil && !match.CanJudge(actor, d) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}

// verdictPage draws the form about the answer that the values name; NotFound
// for one that is not there.
func (p *Pages) verdictPage(r *http.Request, actor access.Actor, d need.Detail, values url.Values) (verdictView, error) {
	t := p.door.Printer(r)
	programme, card, err := p.target(r, match.Kind(values.Get("kind")), values.Get("target"))
	if err != nil {
		return verdictView{}, err
	}
	title, _ := p.titleOf(t, programme, card)
	var options []form.Option
	for _, v := range match.Values() {
		options = append(options, form.Option{Value: string(v), Label: t.T(valueLabel(v)), Hint: t.T("match.verdict.hint." + i18n.Key(v))})
	}
	hidden := func(name string) form.Field {
		return form.Field{Name: name, Kind: form.Hidden, Value: values.Get(name)}
	}
	view := verdictView{Page: p.door.Frame(r, actor, t.T("match.verdict.title")), Action: needPath(d.ID) + "/dom",
		Head: ui.Head{Kicker: d.Number, Title: t.T("match.verdict.of", "title", title), Lead: t.T("match.verdict.lead", "need", d.Title)},
		Form: verdictForm{Kind: hidden("kind"), Target: hidden("target"), Place: hidden("place"),
			Verdict: form.Field{Name: "verdict", Kind: form.Radio, Label: t.T("match.verdict.label"), Options: options, Required: true}.With(values.Get("verdict")),
			Reason:  form.Field{Name: "reason", Kind: form.Long, Rows: 3, Label: t.T("match.verdict.reason"), Hint: t.T("match.verdict.reason.hint"), MaxRunes: match.MaxReason}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("match.verdict.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("match.back.need"), Href: needPath(d.ID) + "#answers", Variant: ui.Tertiary}}}}
	view.Crumbs = needCrumbs(t, d)
	return view, nil
}

// target finds what is judged, so that a verdict is never on nothing.
func (p *Pages) target(r *http.Request, kind match.Kind, target string) (*offer.Programme, *support.Card, error) {
	switch kind {
	case match.KindProgramme:
		programme, err := id.Parse[offer.Programme](target)
		if err != nil {
			return nil, nil, fault.Missing()
		}
		d, err := p.Match.Supply.Programme(r.Context(), access.Actor{}, programme)
		return d.Programme, nil, err
	case match.KindCard:
		card, err := id.Parse[support.Card](target)
		if err != nil {
			return nil, nil, fault.Missing()
		}
		c, err := p.Match.Support.Get(r.Context(), card)
		return nil, &c, err
	}
	return nil, nil, fault.Missing()
}

func (p *Pages) verdictPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	detail, err := p.judging(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, err := p.verdictPage(r, actor, detail, r.PostForm)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	judging := match.Judging{Kind: match.Kind(in.Text("kind")), Target: in.Text("target"), Reason: in.Text("reason"), Place: in.Int("place"),
		Value: match.Value(in.Choice("verdict", text.Strings(match.Values())...))}
	if err = in.Err(); err == nil {
		err = p.Match.Judge(r.Context(), actor, detail.ID, judging)
	}
	if fault.Is(err, fault.Invalid) {
		view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
		return p.door.Views.Render(w, gate.Status(err), "match/verdict", view)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, needPath(detail.ID)+"?ok=match.said.judged#"+anchor(judging.Kind, judging.Target))
}
