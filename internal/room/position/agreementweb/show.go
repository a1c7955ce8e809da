package agreementweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position/agreement"
)

// show is the agreement: what it says, who has said yes, and what the reader can do.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	a, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: a.Position.Title, Title: t.T("agreement.title"), Lead: t.T("agreement.lead")}, Crumbs: p.crumbs(t, a),
		Notices: []ui.Notice{{Color: ui.Info, Title: t.T(state(a))}}}
	if a.IsFrozen() {
		page.Notices[0].Color = ui.Success
	}
	for _, party := range a.MaySay() {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T(sayLabel(a, party)), Href: path(a.Position.ID, "/ja/"+string(party)), Variant: ui.Primary})
	}
	if a.CanWrite() {
		write := ui.Action{Label: t.T("agreement.edit"), Href: path(a.Position.ID, "/skriv"), Variant: ui.Secondary}
		if a.Nr == 0 {
			write.Label, write.Variant = t.T("agreement.write"), ui.Primary
		}
		page.Head.Actions = append(page.Head.Actions, write)
	}
	if a.Nr == 0 {
		page.Main = []leaf.Section{{ID: "avtalen", Title: t.T("agreement.terms"), Empty: &ui.Empty{Title: t.T("agreement.none"), Text: t.T("agreement.none.text")}}}
		return leaf.Show(p.door, w, r, actor, page)
	}
	page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("agreement.paper"), Href: path(a.Position.ID, "/ark"), Variant: ui.Tertiary})
	var facts []ui.Fact
	for _, x := range terms(t, a) {
		facts = append(facts, ui.Fact{Label: x.label, Text: x.text})
	}
	yeses := ui.Table{Caption: t.T("agreement.yeses"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("agreement.party")}, {Label: t.T("agreement.who")}, {Label: t.T("agreement.said")}}}
	for _, party := range agreement.Parties() {
		yeses.Rows = append(yeses.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T(party.Label())}, {Text: who(t, a, party)}, {Text: said(t, a, party)}}})
	}
	page.Main = []leaf.Section{{ID: "ja", Title: t.T("agreement.yeses"), Table: &yeses}, {ID: "avtalen", Title: t.T("agreement.terms"), Facts: &ui.Facts{Items: facts}}}
	return leaf.Show(p.door, w, r, actor, page)
}

// sayLabel is the button with which the reader says yes, or writes down that of the one
// who got the job.
func sayLabel(a agreement.Agreement, party agreement.Party) i18n.Key {
	if a.Is(party) {
		return i18n.Key("agreement.say." + string(party))
	}
	return "agreement.record"
}

func said(t i18n.Printer, a agreement.Agreement, party agreement.Party) string {
	on := a.Said(party)
	if on.IsZero() {
		return t.T("agreement.said.not")
	}
	return t.T("agreement.said.on", "date", on)
}

func who(t i18n.Printer, a agreement.Agreement, party agreement.Party) string {
	switch party {
	case agreement.Employer:
		return a.Position.EmployerName
	case agreement.Provider:
		return a.Position.ProviderName
	}
	if a.Name == "" {
		return t.T("agreement.nameless")
	}
	return a.Name
}

type term struct{ label, text string }

// terms are what the three agree on, in order.
func terms(t i18n.Printer, a agreement.Agreement) []term {
	return []term{{t.T("agreement.field.goal"), a.Goal}, {t.T("agreement.field.start"), t.Date(a.Start)}, {t.T("agreement.field.duration"), a.Duration},
		{t.T("agreement.field.work_hours"), t.T("position.hours", "n", a.WorkHours)}, {t.T("agreement.field.study_hours"), t.T("position.hours", "n", a.StudyHours)},
		{t.T("agreement.field.pay"), a.Pay}, {t.T("agreement.field.gatherings"), a.Gatherings}}
}

// paper is the agreement as a document.
func (p *Pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	t := p.door.Printer(r)
	a, err := p.find(r, actor)
	if err == nil && a.Nr == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return paperview.Paper{}, err
	}
	what := paper.Table{Caption: t.T("agreement.terms"), RowHeads: true, Columns: []paper.Column{{Title: t.T("agreement.what")}, {Title: t.T("agreement.agreed")}}}
	for _, x := range terms(t, a) {
		what.Rows = append(what.Rows, []paper.Inlines{paper.T(x.label), paper.T(x.text)})
	}
	yeses := paper.Table{Caption: t.T("agreement.yeses"), RowHeads: true, Columns: []paper.Column{{Title: t.T("agreement.party")}, {Title: t.T("agreement.who")}, {Title: t.T("agreement.said")}}}
	for _, party := range agreement.Parties() {
		yeses.Rows = append(yeses.Rows, []paper.Inlines{paper.T(t.T(party.Label())), paper.T(who(t, a, party)), paper.T(said(t, a, party))})
	}
	status := i18n.Key("agreement.paper.waits")
	if a.IsFrozen() {
		status = "agreement.paper.frozen"
	}
	doc, err := p.Shelf.Fill(r, actor, Paper().Name, paper.Values{"title": paper.Text(a.Position.Title), "status": paper.Text(t.T(status, "nr", a.Nr, "date", a.WrittenAt.Date())),
		"terms": paper.Blocks{what}, "yeses": paper.Blocks{yeses}})
	return paperview.Paper{Document: doc, File: "trepartsavtale-" + a.Position.Number, Back: ui.Link{Label: t.T("agreement.title"), Href: path(a.Position.ID, "")}}, err
}
