package costweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/cost"
)

// rates lists what holds today, and what has held and will.
func (p *pages) rates(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	all, err := p.Cost.Rates(r.Context())
	if err != nil {
		return err
	}
	s, writes := words{p.speaker(r)}, cost.CanWrite(actor) == nil
	holding := cost.Holding(all, p.Clock.Today())
	now := ui.Table{ID: "rates", Caption: s.T("cost.rates.now"), CaptionHidden: true, Columns: s.rateColumns()}
	if writes {
		now.Columns = append(now.Columns, ui.Column{Label: s.T("cost.rates.change")})
	}
	for _, c := range cost.Codes() {
		row := []ui.Cell{{Text: s.T(c.Label())}, {Text: s.T("cost.rate.missing")}, {Text: s.T("cost.cell.none")}, {Text: s.T("cost.rate.missing.why")}}
		if rate, ok := holding[c]; ok {
			row = s.rateCells(rate)
		}
		if writes {
			row = append(row, ui.Cell{Text: s.T("cost.rates.new"), Href: "/kostnad/satser/" + string(c)})
		}
		now.Rows = append(now.Rows, ui.Row{Cells: row})
	}
	others := ui.Table{ID: "other-rates", Caption: s.T("cost.rates.others"), CaptionHidden: true, Columns: s.rateColumns()}
	for _, rate := range all {
		if holding[rate.Code] != rate {
			others.Rows = append(others.Rows, ui.Row{Cells: s.rateCells(rate)})
		}
	}
	page := leaf.Page{Head: ui.Head{Title: s.T("cost.rates"), Lead: s.T("cost.rates.lead")}, Crumbs: []ui.Link{{Label: s.T("supply.title"), Href: "/tilbud"}},
		Main: []leaf.Section{{ID: "now", Title: s.T("cost.rates.now"), Table: &now}}}
	if len(others.Rows) > 0 {
		page.Main = append(page.Main, leaf.Section{ID: "others", Title: s.T("cost.rates.others"), Table: &others})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// rateForm asks for a new value of a rate.
func (p *pages) rateForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	code := cost.Code(r.PathValue("code"))
	if !slices.Contains(cost.Codes(), code) {
		return leaf.Asked{}, fault.Missing()
	}
	if err := cost.CanWrite(actor); err != nil {
		return leaf.Asked{}, err
	}
	all, err := p.Cost.Rates(r.Context())
	if err != nil {
		return leaf.Asked{}, err
	}
	s, today := words{p.speaker(r)}, p.Clock.Today()
	out := leaf.Asked{Title: s.T(code.Label()), Kicker: s.T("cost.rates.new"), Lead: s.T("cost.rates.form.lead"), Back: "/kostnad/satser", Submit: s.T("cost.rates.save"),
		Crumbs: []ui.Link{{Label: s.T("cost.rates"), Href: "/kostnad/satser"}}, Fields: rateFields(s, code, today),
		Read: func(in *form.Input) func() (string, error) {
			rate := cost.Rate{Code: code, Nr: leaf.Version(in), Amount: int64(in.Money("amount")), From: in.Date("from"), To: in.Date("to"), Source: in.Text("source"), CheckedOn: in.Date("checked_on")}
			if in.Text("amount") == "" {
				in.Refuse("amount", "form.error.required")
			}
			return func() (string, error) {
				return "/kostnad/satser?ok=cost.said.rate", p.Cost.Write(r.Context(), actor, rate)
			}
		}}
	for _, rate := range all {
		if rate.Code == code {
			out.Version = max(out.Version, rate.Nr)
		}
	}
	if now, ok := cost.Holding(all, today)[code]; ok {
		out.Theirs = []ui.Fact{{Label: s.T("cost.col.amount"), Text: s.amount(code, now.Amount)}, {Label: s.T("cost.col.holds"), Text: s.holds(now)},
			{Label: s.T("cost.col.source"), Text: s.rateFrom(now)}}
		out.Lead = s.T("cost.rates.form.now", "amount", s.amount(code, now.Amount), "holds", s.holds(now)) + " " + out.Lead
	}
	return out, nil
}

func rateFields(s words, code cost.Code, today clock.Date) []form.Field {
	return []form.Field{
		{Name: "amount", Kind: form.Money, Label: s.T("cost.col.amount"), Hint: s.T(i18n.Key("cost.ask.unit." + code.Unit())), Required: true},
		{Name: "from", Kind: form.Date, Label: s.T("cost.field.from"), Required: true},
		{Name: "to", Kind: form.Date, Label: s.T("cost.field.to"), Hint: s.T("cost.field.to.hint"), OptionalMark: s.T("cost.optional")},
		{Name: "source", Kind: form.Text, Label: s.T("cost.col.source"), Hint: s.T("cost.field.source.hint"), Required: true},
		{Name: "checked_on", Kind: form.Date, Label: s.T("cost.field.checked_on"), Hint: s.T("cost.field.checked_on.hint"), Value: today.String(), Required: true},
	}
}

// kroner is an amount as JSON has it.
func kroner(v money.NOK) float64 { return float64(v) / 100 }
