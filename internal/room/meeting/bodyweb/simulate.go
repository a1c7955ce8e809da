package bodyweb

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
)

// Recorded gives the cases that a body has decided, as they were decided, that are
// open to the reader.
type Recorded func(ctx context.Context, actor access.Actor, d meeting.Details) ([]outcome.Recorded, error)

type tryView struct {
	web.Page
	Head    ui.Head
	Form    ruleForm
	Actions ui.Actions
	// Done says that rules were tried; Summary what came of it.
	Done    bool
	Summary ui.Notice
	Notes   []ui.Point
	Cards   []ui.Card
	Empty   *ui.Empty
}

// try replays the body's cases under other rules and lists each that ends
// otherwise. It changes nothing.
func (p *pages) try(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r)
	if err != nil {
		return err
	}
	if len(d.Rules) == 0 {
		return fault.Missing()
	}
	t, rules := p.door.Printer(r), start(d)
	cases, err := p.recorded(r.Context(), actor, d)
	if err != nil {
		return err
	}
	title, lead := t.T("body.try"), t.T("body.try.lead", "n", len(cases))
	if len(cases) == 0 {
		cases = p.examples(t, d, rules)
		lead = t.T("body.try.examples", "n", len(cases))
	}
	view := tryView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: title, Lead: lead}, Form: newRuleForm(t, rules, false),
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("body.try.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("body.rules.current"), Href: path(d.ID, "/regler"), Variant: ui.Tertiary}}}}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.rules.head"), Href: path(d.ID, "/regler")})
	if len(cases) == 0 {
		view.Head.Lead = ""
		view.Empty = &ui.Empty{Title: t.T("body.try.none.title"), Text: t.T("body.try.none.text")}
	}
	status, in := http.StatusOK, form.Read(r.URL.Query())
	if r.URL.Query().Has("prov") && len(cases) > 0 {
		rules = readRules(in, rules)
		if err := in.Err(); err != nil {
			status = http.StatusUnprocessableEntity
			view.Refused(form.Refill(&view.Form, r.URL.Query(), err, t))
		} else {
			form.Refill(&view.Form, r.URL.Query(), nil, t)
			view.replay(rules, cases)
		}
	}
	return p.door.Views.Render(w, status, "body/try", view)
}

func (p *pages) recorded(ctx context.Context, actor access.Actor, d meeting.Details) ([]outcome.Recorded, error) {
	if p.Recorded == nil {
		return nil, nil
	}
	return p.Recorded(ctx, actor, d)
}

// examples are typical cases on the seats of today, for a body that has decided
// none that the reader may see.
func (p *pages) examples(t i18n.Printer, d meeting.Details, rules rule.Set) []outcome.Recorded {
	var parties []outcome.Party
	for _, m := range d.PartiesOn(p.Clock.Today()) {
		if !slices.ContainsFunc(m.Seats, func(s meeting.Seat) bool { return rules.Votes(s.Kind) }) {
			continue
		}
		parties = append(parties, outcome.Party{Member: string(m.Org), Name: m.Name})
	}
	var out []outcome.Recorded
	for _, e := range outcome.Examples(rules, parties) {
		out = append(out, outcome.Recorded{Title: t.T(e.Title()), Rules: rules, Facts: e.Facts})
	}
	return out
}

// replay fills in what the rules would have changed, and what the law would say to
// them.
func (v *tryView) replay(rules rule.Set, cases []outcome.Recorded) {
	t := v.Printer
	changed := outcome.Replay(rules, cases)
	v.Done = true
	v.Summary = ui.Notice{Color: ui.Info, Live: true, Title: t.T("body.try.result", "n", len(changed)), Text: t.T("body.try.same", "n", len(cases)-len(changed))}
	for _, f := range rules.Validate() {
		v.Notes = append(v.Notes, ui.Point{Kind: ui.No, Text: f.Line.In(t)})
	}
	for _, c := range changed {
		v.Cards = append(v.Cards, ui.Card{Kicker: c.ID, Title: c.Title, Facts: []ui.Fact{
			{Label: t.T("body.try.was"), Lines: explained(t, c.Was)}, {Label: t.T("body.try.becomes"), Lines: explained(t, c.Becomes)}}})
	}
}

// explained is the state of an outcome and why, a line each.
func explained(t i18n.Printer, o outcome.Outcome) []string {
	out := []string{t.T(o.State.Name())}
	for _, l := range o.Explanation {
		out = append(out, l.In(t))
	}
	return out
}
