package councilweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/member"
)

type withdrawView struct {
	web.Page
	Head    ui.Head
	Parts   ui.Tabs
	Steps   ui.Steps
	Form    withdrawForm
	Submit  ui.Actions
	Silent  string
	Reading *ui.Facts
	Doubts  []ui.Point
	// Give is the second step, for those who may give notice.
	Give  ui.Actions
	May   string // who may, for others
	Given ui.Table
}

// withdrawForm is the day of the notice, and what goes with the notice itself: empty
// for those who may not give it.
type withdrawForm struct {
	Notice form.Field
	Give   []form.Field
}

func (p *pages) withdraw(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, _, err := p.account(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.URL.Query())
	notice := in.Date("notice")
	view := p.withdrawPage(r, actor, a, notice)
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Form, r.URL.Query(), err, p.door.Printer(r)))
	}
	return p.door.Views.Render(w, status, "council/withdraw", view)
}

// withdrawPage shows what a notice on the day means, and lets those who may give it.
func (p *pages) withdrawPage(r *http.Request, actor access.Actor, a member.Account, notice clock.Date) withdrawView {
	t, today := p.door.Printer(r), p.Clock.Today()
	b := a.Body
	f := councilview.Fields{T: t}
	view := withdrawView{Page: p.door.Frame(r, actor, t.T("council.withdrawal.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("council.withdrawal"), Lead: t.T("council.withdrawal.lead")},
		Parts: councilview.Parts(t, b.ID, "/uttreden"), Given: withdrawalTable(t, a.Withdrawals),
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("council.withdrawal.reckon"), Submit: true, Variant: ui.Primary}}}}
	view.Crumbs = councilview.Crumbs(t, b)
	view.Form.Notice = f.Date("notice", "council.withdrawal.notice", "council.withdrawal.notice.hint", notice.String(), true)
	reading, ok := member.Read(b.Terms, notice)
	if _, says := member.Read(b.Terms, today); !says {
		view.Silent = t.T("council.withdrawal.silent")
		return view
	}
	if notice.IsZero() || !ok {
		view.Steps = steps(t, 0)
		return view
	}
	view.Reading = &ui.Facts{Items: readingFacts(t, reading)}
	for _, d := range reading.Doubts {
		view.Doubts = append(view.Doubts, ui.Point{Kind: ui.Plain, Text: t.T(d.Label(), "date", reading.Deadline, "weekday", t.T(weekday(reading.Deadline)))})
	}
	view.Doubts = append(view.Doubts, ui.Point{Kind: ui.Plain, Text: t.T("council.withdrawal.ours", "where", b.Terms.LeavingWhere)})
	view.Steps = steps(t, 1)
	mine := leaving(b, a.Is, notice)
	switch {
	case len(mine) == 0:
		view.May = t.T("council.withdrawal.may")
	case notice.After(today):
		view.May = t.T("council.withdrawal.early", "date", notice)
	default:
		view.Give = ui.Actions{Items: []ui.Action{{Label: t.T("council.withdrawal.give"), Submit: true, Variant: ui.Primary,
			Confirm: &ui.Confirm{Text: t.T("council.withdrawal.confirm", "date", reading.Effect)}}, {Label: t.T("council.cancel"), Href: path(b.ID, "/uttreden"), Variant: ui.Tertiary}}}
		view.Form.Give = []form.Field{f.Member(mine, ""), f.Text("case", "council.case", "council.withdrawal.case.hint", "", true), f.Date("decided_on", "council.answer.day", "council.withdrawal.day.hint", "", true)}
	}
	return view
}

func readingFacts(t i18n.Printer, r member.Reading) []ui.Fact {
	when := t.T("council.withdrawal.in_time", "date", r.Deadline)
	if !r.InTime {
		when = t.T("council.withdrawal.late", "date", r.Deadline)
	}
	return []ui.Fact{{Label: t.T("council.withdrawal.notice"), Lines: []string{t.Date(r.Notice), when}}, {Label: t.T("council.withdrawal.effect"), Text: t.Date(r.Effect)},
		{Label: t.T("council.withdrawal.last_fee"), Text: strconv.Itoa(r.LastFee)}}
}

// leaving are the members that the actor may give notice for and that have not.
func leaving(b council.Body, is council.Standing, on clock.Date) []council.Member {
	var out []council.Member
	for _, m := range councilview.SpeaksFor(b.MembersOn(on), is.Speaks) {
		if m.To.IsZero() {
			out = append(out, m)
		}
	}
	return out
}

func weekday(d clock.Date) i18n.Key {
	return i18n.Key("council.weekday." + strconv.Itoa(int(d.Weekday())))
}

// steps shows where one is: the day first, then the decision of the own council.
func steps(t i18n.Printer, at int) ui.Steps {
	out := ui.Steps{Label: t.T("council.withdrawal.steps")}
	for i, key := range []i18n.Key{"council.withdrawal.step.day", "council.withdrawal.step.decision"} {
		s := ui.Step{Label: t.T(key), State: ui.StepTodo, StateLabel: t.T("council.step.todo")}
		switch {
		case i < at:
			s.State, s.StateLabel = ui.StepDone, t.T("council.step.done")
		case i == at:
			s.State, s.StateLabel = ui.StepCurrent, t.T("council.step.current")
		}
		out.Items = append(out.Items, s)
	}
	return out
}

func withdrawalTable(t i18n.Printer, list []member.Withdrawal) ui.Table {
	out := ui.Table{Caption: t.T("council.withdrawals"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.member")}, {Label: t.T("council.withdrawal.notice")}, {Label: t.T("council.withdrawal.effect")},
		{Label: t.T("council.withdrawal.last_fee")}, {Label: t.T("council.case")}}, Empty: ui.Empty{Title: t.T("council.withdrawals.none"), Text: t.T("council.withdrawals.none.text")}}
	for _, x := range list {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Name}, {Text: t.Date(x.Notice)}, {Text: t.Date(x.Effect)}, {Text: strconv.Itoa(x.LastFee)}, {Text: x.Case, Sub: t.Date(x.DecidedOn)}}})
	}
	return out
}

func (p *pages) withdrawPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, _, err := p.account(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	n := member.Notice{Body: a.Body.ID, Day: in.Date("notice"), Case: in.Text("case"), DecidedOn: in.Date("decided_on")}
	n.Org = councilview.Chosen(in, a.Body.Members)
	if err = in.Err(); err == nil {
		if _, err = p.Members.Withdraw(r.Context(), actor, n); err == nil {
			return web.SeeOther(w, r, path(a.Body.ID, "/uttreden?ok=council.ok.withdrawn"))
		}
	}
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	view := p.withdrawPage(r, actor, a, n.Day)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if f.Kind == fault.Conflict {
		problems = append(problems, form.Problem{Message: view.T(f.Key, f.Values...)})
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "council/withdraw", view)
}
