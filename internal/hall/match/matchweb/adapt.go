package matchweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// answerDays is how many working days a provider gets unless another date is
// written.
const answerDays = 10

type adaptForm struct {
	Questions, AnswerBy, Programme form.Field
}

// adaptView shows who is sent what before it is sent.
type adaptView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Notices []ui.Notice
	Points  []ui.Point
	Action  string
	Form    adaptForm
	Actions ui.Actions
}

// wanted is an offer to be adapted to a need.
type wanted struct {
	need      need.Detail
	programme *offer.Programme
	missing   []match.Reason
}

func (p *Pages) adapt(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	want, err := p.wanted(r, actor, r.URL.Query().Get("programme"))
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "match/adapt", p.adaptPage(r, actor, want))
}

// wanted finds the need and the programme, and what of it fails. A programme
// that no longer answers the need may still be asked about.
func (p *Pages) wanted(r *http.Request, actor access.Actor, programme string) (wanted, error) {
	n, err := needID(r.PathValue("id"))
	if err != nil {
		return wanted{}, err
	}
	wantedID, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return wanted{}, fault.Missing()
	}
	detail, answer, err := p.Match.FindFor(r.Context(), actor, n, match.MaxLimit)
	if err != nil {
		return wanted{}, err
	}
	if !mayAsk(actor, detail) {
		return wanted{}, fault.New(fault.Denied, "flow.error.not_yours")
	}
	for _, o := range append(answer.Adapt, answer.Offers...) {
		if o.Programme.ID == wantedID {
			return wanted{detail, o.Programme, o.Missing}, nil
		}
	}
	d, err := p.Match.Supply.Programme(r.Context(), access.Actor{}, wantedID)
	return wanted{need: detail, programme: d.Programme}, err
}

func (p *Pages) adaptPage(r *http.Request, actor access.Actor, want wanted) adaptView {
	t := p.door.Printer(r)
	d, title := want.need, p.speaker(t).Text(want.programme.Title)
	by := clock.AddWorkdays(p.Match.Clock.Today(), answerDays)
	questions := p.questions(t, want)
	view := adaptView{Page: p.door.Frame(r, actor, t.T("match.ask")), Action: needPath(d.ID) + "/tilpasning",
		Head:   ui.Head{Kicker: d.Number, Title: t.T("match.adapt.title", "provider", want.programme.ProviderName), Lead: t.T("match.adapt.lead")},
		Points: points(t, want.missing, ui.No),
		Facts: ui.Facts{Items: []ui.Fact{
			{Label: t.T("match.adapt.to"), Text: want.programme.ProviderName},
			{Label: t.T("match.adapt.about"), Link: &ui.Link{Label: title, Href: programmePath(want.programme.ID)}},
			{Label: t.T("match.adapt.need"), Link: &ui.Link{Label: d.Number + " " + d.Title, Href: needPath(d.ID)}},
			{Label: t.T("match.adapt.sees"), Lines: p.sees(t, d)}}},
		Form: adaptForm{
			Questions: form.Field{Name: "questions", Kind: form.Long, Rows: len(questions) + 2, Label: t.T("match.adapt.questions"), Hint: t.T("match.adapt.questions.hint"),
				Value: strings.Join(questions, "\n"), Required: true},
			AnswerBy:  form.Field{Name: "answer_by", Kind: form.Date, Label: t.T("match.adapt.answer_by"), Hint: t.T("match.adapt.answer_by.hint", "n", answerDays), Value: by.String(), Required: true},
			Programme: form.Field{Name: "programme", Kind: form.Hidden, Value: string(want.programme.ID)}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("match.adapt.send"), Submit: true, Variant: ui.Primary},
			{Label: t.T("match.back.need"), Href: needPath(d.ID) + "#answers", Variant: ui.Tertiary}}}}
	if d.Confidentiality != need.Open && d.Confidentiality != need.ProvidersOnly {
		view.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("match.adapt.opens", "provider", want.programme.ProviderName)}}
	}
	view.Crumbs = needCrumbs(t, d)
	return view
}

// sees lists what of the need the provider gets to read.
func (p *Pages) sees(t i18n.Printer, d need.Detail) []string {
	lines := []string{t.T("match.adapt.sees.text"), t.T("match.adapt.sees.people", "n", d.Headcount, "place", p.speaker(t).Municipality(place.Number(d.Municipality)))}
	if d.OrganisationName != "" {
		lines = append(lines, t.T("match.adapt.sees.org", "name", d.OrganisationName))
	}
	return lines
}

// questions turns what fails into questions to the provider.
func (p *Pages) questions(t i18n.Printer, want wanted) []string {
	q := match.QueryOf(want.need.Need)
	var out []string
	for _, m := range want.missing {
		_, kind, _ := strings.Cut(strings.TrimPrefix(string(m.Key), "match."), ".")
		values := append([]any{"home", p.speaker(t).Municipality(q.Municipality), "forms", say.Labels(p.speaker(t), q.Forms), "people", want.need.Headcount}, m.Values...)
		out = append(out, t.T("match.ask."+i18n.Key(kind), values...))
	}
	if len(out) == 0 {
		out = append(out, t.T("match.ask.open"))
	}
	return out
}

func (p *Pages) adaptPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	want, err := p.wanted(r, actor, r.PostForm.Get("programme"))
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	asking := ask.Asking{Need: want.need.ID, Provider: want.programme.Provider, Offering: string(want.programme.ID), AnswerBy: in.Date("answer_by")}
	for line := range strings.Lines(in.Text("questions")) {
		asking.Questions = append(asking.Questions, strings.TrimSpace(line))
	}
	if asking.AnswerBy.IsZero() && in.Err() == nil {
		in.Refuse("answer_by", "form.error.required")
	}
	if err = in.Err(); err == nil {
		_, err = p.Asks.Send(r.Context(), actor, asking)
	}
	if err == nil {
		return web.SeeOther(w, r, needPath(want.need.ID)+"?ok=match.said.asked#requests")
	}
	return p.adaptRefused(w, r, actor, want, err)
}

// adaptRefused keeps what was written, and says what is wrong: at its field,
// or in words above when somebody else has moved the need meanwhile.
func (p *Pages) adaptRefused(w http.ResponseWriter, r *http.Request, actor access.Actor, want wanted, err error) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid && e.Kind != fault.Conflict {
		return err
	}
	view := p.adaptPage(r, actor, want)
	problems := form.Refill(&view.Form, url.Values(r.PostForm), err, view.Printer)
	if e.Kind == fault.Conflict {
		problems = append(problems, form.Problem{Message: view.T(e.Key, e.Values...)})
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "match/adapt", view)
}
