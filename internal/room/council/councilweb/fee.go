package councilweb

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/member"
)

type feeView struct {
	web.Page
	Head     ui.Head
	Parts    ui.Tabs
	Years    ui.Tabs
	Facts    ui.Facts
	None     ui.Empty
	Invoice  ui.Table
	Sum      string
	Files    []ui.Action
	Deposits ui.Table
	Pay      []ui.Action
	Money    []ui.Point
}

// account reads the council's account, and the year that the address asks for.
func (p *pages) account(r *http.Request, actor access.Actor) (member.Account, int, error) {
	id, err := councilview.Body(r)
	if err != nil {
		return member.Account{}, 0, err
	}
	a, err := p.Members.Account(r.Context(), actor, id)
	if err != nil {
		return member.Account{}, 0, err
	}
	year := p.Clock.Today().Year()
	if s := r.URL.Query().Get("aar"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1900 || n > 2200 {
			return member.Account{}, 0, fault.Missing()
		}
		year = n
	}
	return a, year, nil
}

func (p *pages) fee(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, year, err := p.account(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	b := a.Body
	view := feeView{Page: p.door.Frame(r, actor, t.T("council.fee.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("council.fee"), Lead: t.T("council.fee.lead")},
		Parts: councilview.Parts(t, b.ID, "/kontingent"), Years: p.years(t, a, year), None: ui.Empty{Title: t.T("council.fee.none", "year", strconv.Itoa(year)), Text: t.T("council.fee.none.text")},
		Deposits: depositTable(t, a.DepositsIn(year), year), Money: moneyPoints(t, b.Terms)}
	view.Crumbs = councilview.Crumbs(t, b)
	if f, ok := a.Fee(year); ok {
		view.Facts = ui.Facts{Items: []ui.Fact{{Label: t.T("council.fee.amount"), Text: t.Money(f.Amount)}, {Label: t.T("council.fee.decided"), Lines: []string{f.DecidedBy, t.Date(f.DecidedOn)}}}}
		view.Invoice, view.Sum = p.invoice(t, f, b)
		query := "?aar=" + strconv.Itoa(year)
		view.Files = []ui.Action{{Label: t.T("council.fee.xlsx"), Href: path(b.ID, "/kontingent/grunnlag.xlsx"+query), Variant: ui.Secondary}, {Label: t.T("council.fee.csv"), Href: path(b.ID, "/kontingent/grunnlag.csv"+query), Variant: ui.Secondary}}
		if a.Is.Keeps {
			view.Head.Actions = []ui.Action{{Label: t.T("council.fee.change"), Href: path(b.ID, "/kontingent/"+string(f.ID)+"/endre"), Variant: ui.Secondary}}
		}
	}
	if a.Is.Keeps && b.Terms.EqualFee {
		fix := ui.Action{Label: t.T("council.fee.fix"), Href: path(b.ID, "/kontingent/ny"), Variant: ui.Secondary}
		view.Head.Actions, view.None.Actions = append(view.Head.Actions, fix), []ui.Action{fix}
	}
	if len(councilview.SpeaksFor(b.MembersOn(p.Clock.Today()), a.Is.Speaks)) > 0 {
		view.Pay = []ui.Action{{Label: t.T("council.deposit.add"), Href: path(b.ID, "/kontingent/innskudd"), Variant: ui.Secondary}}
	}
	return p.door.Views.Render(w, http.StatusOK, "council/fee", view)
}

// years are those that have something to show, and the next.
func (p *pages) years(t i18n.Printer, a member.Account, shown int) ui.Tabs {
	now := p.Clock.Today().Year()
	has := map[int]bool{now: true, now + 1: true, shown: true}
	for _, f := range a.Fees {
		has[f.Year] = true
	}
	for _, d := range a.Deposits {
		has[d.Year] = true
	}
	out := ui.Tabs{Label: t.T("council.years")}
	for y := 2200; y >= 1900; y-- {
		if has[y] {
			out.Items = append(out.Items, ui.Tab{Label: strconv.Itoa(y), Href: path(a.Body.ID, "/kontingent?aar="+strconv.Itoa(y)), Current: y == shown})
		}
	}
	return out
}

// invoice is a line for each member, and the sum in words.
func (p *pages) invoice(t i18n.Printer, f member.Fee, b council.Body) (ui.Table, string) {
	lines, sum := f.Invoice(b)
	out := ui.Table{Caption: t.T("council.fee.invoice"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("council.member")}, {Label: t.T("council.fee.col"), Number: true}}}
	for _, l := range lines {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Name}, {Text: t.Money(l.Amount)}}})
	}
	return out, t.T("council.fee.sum", "n", len(lines), "amount", f.Amount, "sum", sum)
}

func depositTable(t i18n.Printer, list []member.Deposit, year int) ui.Table {
	out := ui.Table{Caption: t.T("council.deposits"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.member")}, {Label: t.T("council.deposit.project")}, {Label: t.T("council.case")}, {Label: t.T("council.fee.col"), Number: true}},
		Empty: ui.Empty{Title: t.T("council.deposit.none", "year", strconv.Itoa(year)), Text: t.T("council.deposit.none.text")}}
	for _, d := range list {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: d.Name}, {Text: d.Project}, {Text: d.Case, Sub: t.Date(d.DecidedOn)}, {Text: t.Money(d.Amount)}}})
	}
	return out
}

// basis is the invoice basis as a sheet: the fee, then the deposits of the year.
func (p *pages) basis(t i18n.Printer, a member.Account, year int) (sheet.Table, error) {
	f, ok := a.Fee(year)
	if !ok {
		return sheet.Table{}, fault.Missing()
	}
	out := sheet.Table{Name: t.T("council.fee.sheet", "year", strconv.Itoa(year)), Columns: []sheet.Column{{Title: t.T("council.member")}, {Title: t.T("council.fee.what")}, {Title: t.T("council.fee.year"), Kind: sheet.Number},
		{Title: t.T("council.fee.col"), Kind: sheet.Number}, {Title: t.T("council.fee.decided")}, {Title: t.T("council.fee.decided.on"), Kind: sheet.Day}}}
	lines, _ := f.Invoice(a.Body)
	for _, l := range lines {
		out.Rows = append(out.Rows, []any{l.Name, t.T("council.fee"), year, float64(l.Amount) / 100, f.DecidedBy, f.DecidedOn})
	}
	for _, d := range a.DepositsIn(year) {
		out.Rows = append(out.Rows, []any{d.Name, d.Project, year, float64(d.Amount) / 100, d.Case, d.DecidedOn})
	}
	return out, nil
}

func (p *pages) invoiceCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.download(w, r, actor, "text/csv; charset=utf-8", ".csv", sheet.WriteCSV)
}

func (p *pages) invoiceXLSX(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.download(w, r, actor, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", func(out io.Writer, t sheet.Table) error { return sheet.WriteXLSX(out, t) })
}

// download answers the basis once all of it could be written.
func (p *pages) download(w http.ResponseWriter, r *http.Request, actor access.Actor, contentType, ext string, write func(io.Writer, sheet.Table) error) error {
	a, year, err := p.account(r, actor)
	if err != nil {
		return err
	}
	table, err := p.basis(p.door.Printer(r), a, year)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, table); err != nil {
		return fmt.Errorf("invoice basis: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="kontingent-`+strconv.Itoa(year)+ext+`"`)
	_, err = w.Write(b.Bytes())
	return err
}

func feeFields(t i18n.Printer, f member.Fee) []form.Field {
	x := councilview.Fields{T: t}
	amount := ""
	if f.Amount > 0 {
		amount = f.Amount.Digits()
	}
	return []form.Field{x.Of(form.Money, "amount", "council.fee.amount", "council.fee.amount.hint", amount, true),
		x.Text("decided_by", "council.fee.decided", "council.fee.decided.hint", f.DecidedBy, true), x.Date("decided_on", "council.fee.decided.on", "", f.DecidedOn.String(), true)}
}

func readFee(in *form.Input) member.Fee {
	return member.Fee{Amount: in.Money("amount"), DecidedBy: in.Text("decided_by"), DecidedOn: in.Date("decided_on")}
}

// fixFee is the form of the fee of a year.
func (p *pages) fixFee(r *http.Request, actor access.Actor) (asked, error) {
	a, _, err := p.account(r, actor)
	if err == nil {
		err = councilview.Keeps(a.Is)
	}
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	next := p.Clock.Today().Year()
	if _, fixed := a.Fee(next); fixed {
		next++
	}
	year := councilview.Fields{T: t}.Of(form.Number, "year", "council.fee.year", "", strconv.Itoa(next), true)
	return asked{Title: t.T("council.fee.fix"), Lead: t.T("council.fee.fix.lead", "where", a.Body.Terms.MoneyWhere), Back: path(a.Body.ID, "/kontingent"), Submit: t.T("council.save"), Fields: append([]form.Field{year}, feeFields(t, member.Fee{})...),
		Crumbs: councilview.Crumbs(t, a.Body, ui.Link{Label: t.T("council.fee"), Href: path(a.Body.ID, "/kontingent")}),
		Save: func(in *form.Input, _ int64) (string, error) {
			f := readFee(in)
			f.Body, f.Year = a.Body.ID, in.Int("year")
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Members.FixFee(r.Context(), actor, f)
			return path(a.Body.ID, "/kontingent?ok=council.ok.fee_saved&aar="+strconv.Itoa(f.Year)), err
		}}, nil
}

// changeFee is the form of a new decision on the fee of a year.
func (p *pages) changeFee(r *http.Request, actor access.Actor) (asked, error) {
	a, _, err := p.account(r, actor)
	if err == nil {
		err = councilview.Keeps(a.Is)
	}
	if err != nil {
		return asked{}, err
	}
	id, err := member.ParseFeeID(r.PathValue("fee"))
	if err != nil {
		return asked{}, fault.Missing()
	}
	var old member.Fee
	for _, f := range a.Fees {
		if f.ID == id {
			old = f
		}
	}
	if old.ID == "" {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	back := path(a.Body.ID, "/kontingent?aar="+strconv.Itoa(old.Year))
	return asked{Title: t.T("council.fee.change.year", "year", strconv.Itoa(old.Year)), Lead: t.T("council.fee.change.lead"), Back: back, Submit: t.T("council.save"), Version: old.Version, Fields: feeFields(t, old),
		Crumbs: councilview.Crumbs(t, a.Body, ui.Link{Label: t.T("council.fee"), Href: back}),
		Theirs: []ui.Fact{{Label: t.T("council.fee.amount"), Text: t.Money(old.Amount)}, {Label: t.T("council.fee.decided"), Text: old.DecidedBy}},
		Save: func(in *form.Input, seen int64) (string, error) {
			f := readFee(in)
			f.ID, f.Version = id, seen
			if err := in.Err(); err != nil {
				return "", err
			}
			return back + "&ok=council.ok.fee_saved", p.Members.ChangeFee(r.Context(), actor, f)
		}}, nil
}

// deposit is the form of what a member pays into a project.
func (p *pages) deposit(r *http.Request, actor access.Actor) (asked, error) {
	a, _, err := p.account(r, actor)
	if err != nil {
		return asked{}, err
	}
	mine := councilview.SpeaksFor(a.Body.MembersOn(p.Clock.Today()), a.Is.Speaks)
	if len(mine) == 0 {
		return asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	return asked{Title: t.T("council.deposit.add"), Lead: t.T("council.deposit.lead", "where", a.Body.Terms.MoneyWhere), Back: path(a.Body.ID, "/kontingent"), Submit: t.T("council.save"),
		Crumbs: councilview.Crumbs(t, a.Body, ui.Link{Label: t.T("council.fee"), Href: path(a.Body.ID, "/kontingent")}),
		Fields: []form.Field{f.Member(mine, ""), f.Text("project", "council.deposit.project", "", "", true), f.Of(form.Number, "year", "council.fee.year", "", strconv.Itoa(p.Clock.Today().Year()), true),
			f.Of(form.Money, "amount", "council.deposit.amount", "council.fee.amount.hint", "", true), f.Text("case", "council.case", "council.case.hint", "", true), f.Date("decided_on", "council.answer.day", "", "", true)},
		Save: func(in *form.Input, _ int64) (string, error) {
			d := member.Deposit{Body: a.Body.ID, Org: councilview.Chosen(in, mine), Project: in.Text("project"), Year: in.Int("year"), Amount: in.Money("amount"), Case: in.Text("case"), DecidedOn: in.Date("decided_on")}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Members.AddDeposit(r.Context(), actor, d)
			return path(a.Body.ID, "/kontingent?ok=council.ok.deposit_saved&aar="+strconv.Itoa(d.Year)), err
		}}, nil
}
