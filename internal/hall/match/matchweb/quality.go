package matchweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// qualityView tells how good the suggestions are, by people's verdicts.
type qualityView struct {
	web.Page
	Head    ui.Head
	Basis   ui.Notice
	Figures []ui.Card
	How     ui.Facts
	Actions ui.Actions
}

func (p *Pages) quality(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	q, err := p.Match.Quality(r.Context())
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := qualityView{Page: p.door.Frame(r, actor, t.T("match.quality.title")), Head: ui.Head{Title: t.T("match.quality.title"), Lead: t.T("match.quality.lead")},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("match.quality.go"), Href: "/finn", Variant: ui.Primary}}}}
	for _, line := range []struct{ label, text i18n.Key }{
		{"match.quality.how.verdicts", "match.quality.how.verdicts.text"}, {"match.quality.how.precision", "match.quality.how.precision.text"},
		{"match.quality.how.acceptance", "match.quality.how.acceptance.text"}, {"match.quality.how.coverage", "match.quality.how.coverage.text"},
		{"match.quality.how.limits", "match.quality.how.limits.text"}} {
		view.How.Items = append(view.How.Items, ui.Fact{Label: t.T(line.label), Text: t.T(line.text, "min", match.EnoughVerdicts)})
	}
	today := p.Match.Clock.Today()
	if !q.Enough {
		view.Basis = ui.Notice{Title: t.T("match.quality.few.title", "n", match.EnoughVerdicts-q.Verdicts),
			Text: t.T("match.quality.few.text", "have", q.Verdicts, "min", match.EnoughVerdicts)}
		return p.door.Views.Render(w, http.StatusOK, "match/quality", view)
	}
	view.Basis = ui.Notice{Text: t.T("match.quality.basis", "verdicts", q.Verdicts, "needs", q.Needs, "date", today)}
	view.Figures = []ui.Card{
		{Kicker: t.T("match.quality.precision"), Title: percent(t, q.Precision), Text: t.T("match.quality.precision.text", "n", q.TopJudged)},
		{Kicker: t.T("match.quality.acceptance"), Title: percent(t, q.Acceptance), Text: t.T("match.quality.acceptance.text", "n", q.Verdicts)},
		{Kicker: t.T("match.quality.coverage"), Title: percent(t, q.Coverage), Text: t.T("match.quality.coverage.text", "n", q.Needs)}}
	return p.door.Views.Render(w, http.StatusOK, "match/quality", view)
}

func percent(t i18n.Printer, share float64) string {
	return t.T("match.percent", "number", t.Decimal(100*share, 0))
}
