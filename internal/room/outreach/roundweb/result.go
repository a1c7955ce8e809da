package roundweb

import (
	"io"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/outreach/round/counting"
)

type resultView struct {
	web.Page
	Head    ui.Head
	Empty   *ui.Empty
	Places  ui.Table
	How     ui.Details
	Follow  ui.Table
	Groups  []resultGroup
	Exports []ui.Link
}

// resultGroup is a section of the form with what was answered to it.
type resultGroup struct {
	ID, Title, Lang string
	Bars            []resultBars
	Few             string // the questions that too few have answered
}

// resultBars is a question: bars, or a line that says too few have answered.
type resultBars struct {
	ID, Title, Few string
	Bars           ui.Bars
}

// percent is a share in words: "62 % (5 av 8)", or that too few have answered.
func percent(t i18n.Printer, x counting.Share) string {
	if x.Few {
		return t.T("round.few")
	}
	return t.T("round.share", "percent", (x.Yes*100+x.Of/2)/x.Of, "n", x.Yes, "of", x.Of)
}

func rate(t i18n.Printer, x counting.Place) string {
	if x.Invited == 0 {
		return ""
	}
	return t.T("round.share", "percent", (x.Answered*100+x.Invited/2)/x.Invited, "n", x.Answered, "of", x.Invited)
}

func (p *pages) result(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.resultOf(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := resultView{Page: p.door.Frame(r, actor, t.T("round.result")), Head: ui.Head{Kicker: x.Title, Title: t.T("round.result"), Tags: []ui.Tag{stateTag(t, x.StateOn(p.Clock.Today()))},
		Lead: t.T("round.result.lead", "hub", x.HubName, "n", x.Sum.Answered, "of", x.Sum.Invited)}}
	view.Crumbs = crumbs(t, &x.Round)
	if x.Sum.Answered == 0 {
		view.Empty = &ui.Empty{Title: t.T("round.result.empty"), Text: t.T("round.result.empty.text"), Actions: []ui.Action{{Label: t.T("round.back"), Href: path(x.ID), Variant: ui.Secondary}}}
		return p.door.Views.Render(w, http.StatusOK, "round/result", view)
	}
	view.Places = p.placeTable(t, x)
	view.How = ui.Details{Summary: t.T("round.how"), Paragraphs: []string{t.T("round.how.text", "n", round.Smallest), t.T("round.how.funnel")}}
	view.Follow = p.followTable(t, x)
	view.Groups = p.groups(t, x)
	view.Exports = []ui.Link{{Label: t.T("round.export.paper"), Href: path(x.ID) + "/papir"}, {Label: t.T("round.export.csv"), Href: path(x.ID) + "/resultat.csv"}, {Label: t.T("round.export.xlsx"), Href: path(x.ID) + "/resultat.xlsx"}}
	return p.door.Views.Render(w, http.StatusOK, "round/result", view)
}

func (p *pages) resultOf(r *http.Request, actor access.Actor) (counting.Result, error) {
	one, err := p.id(r)
	if err != nil {
		return counting.Result{}, err
	}
	return counting.Of(r.Context(), p.Rounds, actor, one)
}

func (p *pages) placeName(t i18n.Printer, x counting.Place) string {
	if x.Municipality == "" {
		return t.T("round.all")
	}
	return p.place(x.Municipality)
}

func (p *pages) placeTable(t i18n.Printer, x counting.Result) ui.Table {
	out := ui.Table{Caption: t.T("round.places"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("round.municipality")}, {Label: t.T("round.rate"), Number: true}}}
	if x.Plans {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("round.plan.recruiting"), Number: true}, ui.Column{Label: t.T("round.plan.competence"), Number: true})
	}
	for _, one := range x.Places {
		row := ui.Row{Cells: []ui.Cell{{Text: p.placeName(t, one)}, {Text: rate(t, one)}}}
		if x.Plans {
			row.Cells = append(row.Cells, ui.Cell{Text: percent(t, one.Recruiting)}, ui.Cell{Text: percent(t, one.Competence)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (p *pages) followTable(t i18n.Printer, x counting.Result) ui.Table {
	out := ui.Table{Caption: t.T("round.follow"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("round.organisation")}, {Label: t.T("round.municipality")}, {Label: t.T("round.follow.why")}},
		Empty: ui.Empty{Title: t.T("round.follow.empty"), Text: t.T("round.follow.empty.text")}}
	for _, f := range x.FollowUps {
		var tags []ui.Tag
		for _, why := range reasons(t, f) {
			tags = append(tags, ui.Tag{Text: why, Color: ui.Info})
		}
		if f.Needs > 0 {
			tags = append(tags, ui.Tag{Text: t.T("round.standing.needs", "n", f.Needs), Color: ui.Success})
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: f.Name, Href: path(x.ID) + "/svar/" + string(f.ID)}, {Text: p.place(f.Municipality)}, {Tags: tags}}})
	}
	return out
}

// reasons say why the hub should talk to the organisation.
func reasons(t i18n.Printer, f counting.FollowUp) []string {
	var out []string
	if f.Contact {
		out = append(out, t.T("round.follow.contact"))
	}
	if f.NoRecruiting {
		out = append(out, t.T("round.follow.recruiting"))
	}
	if f.NoCompetence {
		out = append(out, t.T("round.follow.competence"))
	}
	return out
}

// groups are the counted questions under the sections of the form.
func (p *pages) groups(t i18n.Printer, x counting.Result) []resultGroup {
	page := draw.Page{Printer: t, Definition: x.Definition}
	by := map[string]counting.Counted{}
	for _, c := range x.Questions {
		by[c.Question.Name] = c
	}
	var out []resultGroup
	for _, s := range x.Definition.Sections {
		g := resultGroup{ID: "del-" + s.Name}
		g.Title, g.Lang = page.Text(s.Title)
		var few []string
		for _, q := range s.Questions {
			for _, one := range append([]question.Question{q}, q.Columns...) {
				c, ok := by[one.Name]
				if !ok {
					continue
				}
				b := barsOf(t, page, c)
				if b.Title = titled(page, q, one); c.Few {
					few = append(few, b.Title)
					continue
				}
				b.Bars.Caption = b.Title
				g.Bars = append(g.Bars, b)
			}
		}
		if len(few) > 0 {
			g.Few = t.T("round.few.list", "n", round.Smallest, "questions", strings.Join(few, " · "))
		}
		if len(g.Bars) > 0 || g.Few != "" {
			out = append(out, g)
		}
	}
	return out
}

// titled is what a question asks; a column says which table it is in.
func titled(page draw.Page, q, one question.Question) string {
	title, _ := page.Text(one.Label)
	if q.Name == one.Name {
		return title
	}
	table, _ := page.Text(q.Label)
	return table + " – " + title
}

func barsOf(t i18n.Printer, page draw.Page, c counting.Counted) resultBars {
	out := resultBars{ID: "sp-" + c.Question.Name}
	out.Title, _ = page.Text(c.Question.Label)
	switch {
	case c.Few:
		out.Few = t.T("round.few.answers", "n", round.Smallest)
		return out
	case c.Question.Kind.IsNumber():
		out.Few = t.T("round.sum", "total", amount(t, c.Question, c.Total), "n", c.Answers)
		return out
	}
	out.Bars = ui.Bars{Caption: out.Title, LabelHead: t.T("round.choice"), ValueHead: t.T("round.answers.n", "n", c.Answers)}
	for _, tally := range c.Choices {
		choice, _ := c.Question.Choice(tally.Code)
		label, _ := page.Text(choice.Label)
		out.Bars.Rows = append(out.Bars.Rows, ui.Bar{Label: label, Value: float64(tally.Answers), Text: t.Number(tally.Answers)})
	}
	return out
}

// amount is a sum in the parts of question.Amount.
func amount(t i18n.Printer, q question.Question, n int64) string {
	switch q.Kind {
	case question.Money:
		return t.Money(money.NOK(n))
	case question.Decimal:
		return t.Decimal(float64(n)/1000, 1)
	}
	return t.Number(int(n))
}

func column(title string, kind sheet.Kind) sheet.Column {
	return sheet.Column{Title: title, Kind: kind}
}

// placeSheet is the table of municipalities with the same figures as the page.
func (p *pages) placeSheet(t i18n.Printer, x counting.Result) sheet.Table {
	out := sheet.Table{Name: t.T("round.places"), Columns: []sheet.Column{column(t.T("round.municipality"), sheet.Text), column(t.T("round.invited"), sheet.Number), column(t.T("round.answered"), sheet.Number)}}
	if x.Plans {
		out.Columns = append(out.Columns, column(t.T("round.plan.recruiting"), sheet.Text), column(t.T("round.plan.competence"), sheet.Text))
	}
	for _, one := range x.Places {
		row := []any{p.placeName(t, one), one.Invited, one.Answered}
		if x.Plans {
			row = append(row, percent(t, one.Recruiting), percent(t, one.Competence))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (p *pages) followSheet(t i18n.Printer, x counting.Result) sheet.Table {
	out := sheet.Table{Name: t.T("round.follow"), Columns: []sheet.Column{column(t.T("round.organisation"), sheet.Text), column(t.T("round.municipality"), sheet.Text),
		column(t.T("round.follow.why"), sheet.Text), column(t.T("round.needs"), sheet.Number)}}
	for _, f := range x.FollowUps {
		out.Rows = append(out.Rows, []any{f.Name, p.place(f.Municipality), t.Join(reasons(t, f)), f.Needs})
	}
	return out
}

func (p *pages) questionSheet(t i18n.Printer, x counting.Result) sheet.Table {
	page := draw.Page{Printer: t, Definition: x.Definition}
	out := sheet.Table{Name: t.T("round.questions"), Columns: []sheet.Column{column(t.T("round.question"), sheet.Text), column(t.T("round.choice"), sheet.Text), column(t.T("round.count"), sheet.Text)}}
	for _, c := range x.Questions {
		b := barsOf(t, page, c)
		if b.Few != "" {
			out.Rows = append(out.Rows, []any{b.Title, "", b.Few})
			continue
		}
		for _, bar := range b.Bars.Rows {
			out.Rows = append(out.Rows, []any{b.Title, bar.Label, bar.Text})
		}
	}
	return out
}

func (p *pages) resultCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.resultOf(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	return send(w, "text/csv; charset=utf-8", "runde.csv", func(out io.Writer) error { return sheet.WriteCSV(out, p.placeSheet(t, x)) })
}

func (p *pages) resultXLSX(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.resultOf(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	return send(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "runde.xlsx", func(out io.Writer) error {
		return sheet.WriteXLSX(out, p.placeSheet(t, x), p.followSheet(t, x), p.questionSheet(t, x))
	})
}
