package workspaceweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
)

// paid is who pays, of the development that the address names.
func (p *Pages) paid(r *http.Request, actor access.Actor) (workspace.Financing, error) {
	of, err := id(r)
	if err != nil {
		return workspace.Financing{}, err
	}
	return p.Workspace.Financing(r.Context(), actor, of)
}

// financing is who pays, by source, and how much of it is confirmed (LOP-12).
func (p *Pages) financing(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, err := p.paid(r, actor)
	if err != nil {
		return err
	}
	d, t := f.Development, p.door.Printer(r)
	page := leaf.Page{Head: ui.Head{Kicker: d.Title, Title: t.T("workspace.money"), Lead: t.T("workspace.money.lead")}, Crumbs: crumbs(t, d)}
	if d.Is(flow.Provider) {
		page.Head.Actions = []ui.Action{{Label: t.T("workspace.line.new"), Href: path(d.ID, moneyPath+"/ny"), Variant: ui.Primary}}
	}
	page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("workspace.title"), Href: path(d.ID, roomPath), Variant: ui.Tertiary})
	if len(f.Lines) == 0 {
		empty := &ui.Empty{Title: t.T("workspace.money.none"), Text: t.T("workspace.money.none.text", "source", t.T(f.Usual.Label()))}
		page.Main = []leaf.Section{{ID: "linjer", Title: t.T("workspace.lines"), Empty: empty}}
		return leaf.Show(p.door, w, r, actor, page)
	}
	page.Main = []leaf.Section{sums(t, f), lines(t, f)}
	return leaf.Show(p.door, w, r, actor, page)
}

// sums is what each source pays, and all together.
func sums(t i18n.Printer, f workspace.Financing) leaf.Section {
	table := &ui.Table{Caption: t.T("workspace.sums"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("workspace.line.source")},
		{Label: t.T("workspace.sum.all"), Number: true}, {Label: t.T("workspace.sum.confirmed"), Number: true}, {Label: t.T("workspace.sum.planned"), Number: true}}}
	row := func(name string, s workspace.Sum) {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: name}, {Text: t.Money(s.All())}, {Text: t.Money(s.Confirmed)}, {Text: t.Money(s.Planned)}}})
	}
	for _, s := range f.BySource {
		row(t.T(s.Source.Label()), s)
	}
	if len(f.BySource) > 1 {
		row(t.T("workspace.sum"), f.All)
	}
	return leaf.Section{ID: "summer", Title: t.T("workspace.sums"), Text: t.T("workspace.sums.text", "confirmed", f.All.Confirmed, "all", f.All.All()), Table: table}
}

// lines are who pays what, with what the reader can do with each.
func lines(t i18n.Printer, f workspace.Financing) leaf.Section {
	out := leaf.Section{ID: "linjer", Title: t.T("workspace.lines")}
	for _, l := range f.Lines {
		c := ui.Card{Kicker: strconv.Itoa(l.Year), Title: t.Money(l.Amount), Text: l.Note, Tags: []ui.Tag{certainty(t, l)},
			Facts: []ui.Fact{{Label: t.T("workspace.line.payer"), Text: payer(t, l)}, {Label: t.T("workspace.line.source"), Text: t.T(l.Source.Label())}}}
		at := path(f.Development.ID, moneyPath+"/"+string(l.ID))
		if l.Mine {
			c.Actions = []ui.Action{{Label: t.T("workspace.line.confirm"), Context: t.Money(l.Amount), Href: at + "/bekreft", Variant: ui.Primary}}
		}
		if f.Development.Is(flow.Provider) {
			c.Actions = append(c.Actions, ui.Action{Label: t.T("workspace.line.change"), Context: t.Money(l.Amount), Href: at, Variant: ui.Secondary},
				ui.Action{Label: t.T("workspace.line.remove"), Context: t.Money(l.Amount), Href: at + "/slett", Variant: ui.Tertiary})
		}
		out.Cards = append(out.Cards, c)
	}
	return out
}

func certainty(t i18n.Printer, l workspace.Line) ui.Tag {
	if l.State == workspace.Confirmed {
		return ui.Tag{Text: t.T(l.State.Label()), Color: ui.Success}
	}
	return ui.Tag{Text: t.T(l.State.Label()), Color: ui.Info}
}

func payer(t i18n.Printer, l workspace.Line) string {
	if l.Payer == "" {
		return l.Words
	}
	return called(t, l.PayerName)
}

// ours is the financing for a form of the provider's.
func (p *Pages) ours(r *http.Request, actor access.Actor) (workspace.Financing, error) {
	f, err := p.paid(r, actor)
	if err == nil && !f.Development.Is(flow.Provider) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return f, err
}

// one is the line that the address names.
func one(r *http.Request, f workspace.Financing) (workspace.Line, error) {
	at := slices.IndexFunc(f.Lines, func(l workspace.Line) bool { return string(l.ID) == r.PathValue("line") })
	if at < 0 {
		return workspace.Line{}, fault.Missing()
	}
	return f.Lines[at], nil
}

// newLine writes a line: who usually pays for the level is filled in.
func (p *Pages) newLine(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	f, err := p.ours(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	asked := p.line(t, f, workspace.Line{Paying: workspace.Paying{Source: f.Usual, Year: p.Clock.Today().Year(), State: workspace.Planned}})
	asked.Title, asked.Lead = t.T("workspace.line.new"), t.T("workspace.line.lead", "source", t.T(f.Usual.Label()))
	asked.Read = func(in *form.Input) func() (string, error) {
		x := paying(in)
		return func() (string, error) {
			_, err := p.Workspace.AddLine(r.Context(), actor, f.Development.ID, x)
			return path(f.Development.ID, moneyPath+"?ok=workspace.said.line"), err
		}
	}
	return asked, nil
}

// lineForm changes a line.
func (p *Pages) lineForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	f, err := p.ours(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	l, err := one(r, f)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	asked := p.line(t, f, l)
	asked.Title, asked.Lead, asked.Version = t.T("workspace.line.change"), t.T("workspace.line.change.lead"), l.Version
	asked.Theirs = []ui.Fact{{Label: t.T("workspace.line.amount"), Text: t.Money(l.Amount)}, {Label: t.T("workspace.line.year"), Text: strconv.Itoa(l.Year)}, {Label: t.T("workspace.line.payer"), Text: payer(t, l)},
		{Label: t.T("workspace.line.state"), Text: t.T(l.State.Label())}}
	asked.Read = func(in *form.Input) func() (string, error) {
		x, version := paying(in), leaf.Version(in)
		return func() (string, error) {
			return path(f.Development.ID, moneyPath+"?ok=workspace.said.line"), p.Workspace.SetLine(r.Context(), actor, f.Development.ID, l.ID, version, x)
		}
	}
	return asked, nil
}

// line is the form of a line.
func (p *Pages) line(t i18n.Printer, f workspace.Financing, l workspace.Line) leaf.Asked {
	amount := ""
	if l.Amount > 0 {
		amount = l.Amount.Digits()
	}
	who := f.Members
	if l.Payer != "" && !slices.ContainsFunc(who, func(m workspace.Member) bool { return m.Org == l.Payer }) {
		gone := workspace.Member{Name: called(t, l.PayerName)} // who has left the circle stays on the line
		gone.Org = l.Payer
		who = append(slices.Clone(who), gone)
	}
	return leaf.Asked{Kicker: f.Development.Title, Back: path(f.Development.ID, moneyPath), Submit: t.T("workspace.save"), Crumbs: inMoney(t, f.Development), Fields: []form.Field{
		{Name: "source", Kind: form.Select, Label: t.T("workspace.line.source"), Options: leaf.Options(t, "", workspace.Sources(), workspace.Source.Label, l.Source), Required: true},
		{Name: "payer", Kind: form.Select, Label: t.T("workspace.line.payer"), Hint: t.T("workspace.line.payer.hint"), Options: choices(who, t.T("workspace.line.other"), l.Payer)},
		{Name: "words", Kind: form.Text, Label: t.T("workspace.line.words"), Hint: t.T("workspace.line.words.hint"), Value: l.Words, MaxRunes: workspace.MaxWhat, OptionalMark: t.T("workspace.optional")},
		{Name: "amount", Kind: form.Money, Label: t.T("workspace.line.amount"), Value: amount, Required: true},
		{Name: "year", Kind: form.Number, Label: t.T("workspace.line.year"), Value: strconv.Itoa(l.Year), Min: strconv.Itoa(workspace.FirstYear), Max: strconv.Itoa(workspace.LastYear), Required: true},
		{Name: "state", Kind: form.Radio, Label: t.T("workspace.line.state"), Hint: t.T("workspace.line.state.hint"), Options: leaf.Options(t, "", workspace.Certainties(), workspace.Certainty.Label, l.State), Required: true},
		{Name: "note", Kind: form.Long, Rows: 3, Label: t.T("workspace.line.note"), Value: l.Note, MaxRunes: workspace.MaxWhy, OptionalMark: t.T("workspace.optional")}}}
}

func paying(in *form.Input) workspace.Paying {
	return workspace.Paying{Source: workspace.Source(in.Choice("source", text.Strings(workspace.Sources())...)), Payer: org(in, "payer"), Words: in.Text("words"), Amount: in.Money("amount"),
		Year: in.Int("year"), State: workspace.Certainty(in.Choice("state", text.Strings(workspace.Certainties())...)), Note: in.Text("note")}
}

// ask is a page that asks whether the reader means it, about a line.
func ask(t i18n.Printer, d making.Development, l workspace.Line, title, lead i18n.Key, do func(version int64) (string, error)) leaf.Asked {
	return leaf.Asked{Title: t.T(title), Kicker: d.Title, Lead: t.T(lead, "amount", l.Amount, "year", strconv.Itoa(l.Year), "who", payer(t, l)), Back: path(d.ID, moneyPath), Submit: t.T(title),
		Version: l.Version, Crumbs: inMoney(t, d), Theirs: []ui.Fact{{Label: t.T("workspace.line.amount"), Text: t.Money(l.Amount)}, {Label: t.T("workspace.line.year"), Text: strconv.Itoa(l.Year)}},
		Read: func(in *form.Input) func() (string, error) {
			version := leaf.Version(in)
			return func() (string, error) { return do(version) }
		}}
}

// removeForm takes a line away.
func (p *Pages) removeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	f, err := p.ours(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	l, err := one(r, f)
	if err != nil {
		return leaf.Asked{}, err
	}
	return ask(p.door.Printer(r), f.Development, l, "workspace.line.remove", "workspace.line.remove.lead", func(version int64) (string, error) {
		return path(f.Development.ID, moneyPath+"?ok=workspace.said.removed"), p.Workspace.RemoveLine(r.Context(), actor, f.Development.ID, l.ID, version)
	}), nil
}

// confirmForm says yes to a line of one's own.
func (p *Pages) confirmForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	f, err := p.paid(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	l, err := one(r, f)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case l.State == workspace.Confirmed:
		return leaf.Asked{}, fault.New(fault.Conflict, "workspace.error.confirmed")
	case !l.Mine:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	return ask(p.door.Printer(r), f.Development, l, "workspace.line.confirm", "workspace.line.confirm.lead", func(version int64) (string, error) {
		return path(f.Development.ID, moneyPath+"?ok=workspace.said.confirmed"), p.Workspace.Confirm(r.Context(), actor, f.Development.ID, l.ID, version)
	}), nil
}
