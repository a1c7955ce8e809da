package caseweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/check"
	"kompetansetorg/internal/room/meeting/casework/writing"
)

// reviewView is the check: what looks wrong, what has been accepted, and the way on.
type reviewView struct {
	web.Page
	Head     ui.Head
	Summary  ui.Notice
	Plan     *ui.Notice // what is wrong with the financing plan
	Action   string
	Open     []findingView
	Accepted []findingView
	Issue    *issueView
}

type issueView struct {
	Action, Lead string
	Why          form.Field
	Do           ui.Action
}

// findingView is a finding with the form that accepts it, or that takes an
// acceptance back.
type findingView struct {
	ID     string
	Card   ui.Card
	Reason *form.Field
	Do     ui.Action
}

func (p *pages) review(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.reviewPage(r, actor, "", nil)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "case/review", view)
}

// reviewPage checks the paper. bad is the finding whose form was refused, if any.
func (p *pages) reviewPage(r *http.Request, actor access.Actor, bad string, refused error) (reviewView, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return reviewView{}, err
	}
	x, err := p.Writing.Review(r.Context(), actor, d.ID)
	if err != nil {
		return reviewView{}, err
	}
	t := p.door.Printer(r)
	view := reviewView{Page: p.door.Frame(r, actor, t.T("case.review")), Action: path(d.ID) + "/kontroll",
		Head: ui.Head{Kicker: t.T("case.kicker", "number", d.Number.String()), Title: t.T("case.review"), Lead: d.Title, Actions: []ui.Action{{Label: t.T("case.do.write"), Href: path(d.ID) + "/saksframlegg", Variant: ui.Secondary}}}}
	view.Crumbs = crumbs(t, d)
	for _, f := range x.Findings {
		v := findingView{ID: "funn-" + f.ID, Card: p.findingCard(t, x, f)}
		if a, ok := x.Accepted[f.ID]; ok {
			v.Card.Facts = append(v.Card.Facts, ui.Fact{Label: t.T("case.review.reason"), Text: a.Reason})
			v.Card.Color = ui.Success
			v.Do = ui.Action{Label: t.T("case.review.reopen"), Context: v.Card.Title, Submit: true, Name: "reopen", Value: f.ID, Variant: ui.Tertiary}
			view.Accepted = append(view.Accepted, v)
			continue
		}
		v.Reason = &form.Field{Name: "reason", ID: "reason-" + f.ID, Kind: form.Text, Label: t.T("case.field.reason"), Hint: t.T("case.hint.reason"), MaxRunes: writing.MaxReason}
		v.Do = ui.Action{Label: t.T("case.review.accept"), Context: v.Card.Title, Submit: true, Name: "finding", Value: f.ID, Variant: ui.Secondary}
		if f.ID == bad {
			holder := struct{ Reason form.Field }{*v.Reason}
			view.Refused(form.Refill(&holder, r.PostForm, refused, t))
			v.Reason = &holder.Reason
		}
		view.Open = append(view.Open, v)
	}
	view.Summary, view.Plan = summary(t, len(view.Open), len(view.Accepted)), planNotice(t, d)
	if len(view.Open) == 0 && (d.State == casework.Recommended || d.State == casework.OnAgenda) {
		lead := t.T("case.issue.text")
		if d.State == casework.OnAgenda {
			lead = t.T("case.issue.again")
		}
		view.Issue = &issueView{Action: path(d.ID) + "/send-ut", Lead: lead, Why: form.Field{Name: "why", Kind: form.Text, Label: t.T("case.field.why"), Hint: t.T("case.hint.why"), MaxRunes: writing.MaxReason},
			Do: ui.Action{Label: t.T("case.issue"), Submit: true, Variant: ui.Primary}}
	} else if d.State == casework.Created || d.State == casework.Drafting {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("case.move.recommend"), Href: path(d.ID) + "/flytt?to=" + string(casework.Recommended), Variant: ui.Secondary})
	}
	return view, nil
}

// planNotice says that the financing plan is short, before others read it; nil when it
// is not. It stops nothing: a plan may be what the body is to mend.
func planNotice(t i18n.Printer, d casework.Detail) *ui.Notice {
	if !d.HasPlan() {
		return nil
	}
	n := ui.Notice{Color: ui.Warning, Title: t.T("case.review.plan"), Links: []ui.Link{{Label: t.T("case.plan.edit"), Href: path(d.ID) + "/finansiering"}}}
	for _, f := range d.Plan.Result().Findings {
		if !f.Note {
			n.Points = append(n.Points, ui.Point{Kind: ui.Plain, Text: f.Line.In(t)})
		}
	}
	if len(n.Points) == 0 {
		return nil
	}
	return &n
}

func summary(t i18n.Printer, open, accepted int) ui.Notice {
	if open > 0 {
		return ui.Notice{Color: ui.Warning, Title: t.T("case.review.open", "n", open), Text: t.T("case.review.open.text")}
	}
	n := ui.Notice{Color: ui.Success, Title: t.T("case.review.clean")}
	if accepted > 0 {
		n.Text = t.T("case.review.accepted", "n", accepted)
	}
	return n
}

// findingCard says what looks wrong, where, and leads there.
func (p *pages) findingCard(t i18n.Printer, x writing.Review, f check.Finding) ui.Card {
	c := ui.Card{Kicker: t.T("case.header"), Title: t.T(f.Key, f.Values...), Color: ui.Warning}
	href := path(x.Case.ID) + "/hode"
	if s, ok := x.Paper.Section(f.Section); ok {
		c.Kicker, href = s.Heading, path(x.Case.ID)+"/saksframlegg/"+s.Name
	}
	if f.Rule == check.NoMeeting {
		href = path(x.Case.ID) + "/behandling"
	}
	if f.Rule == check.HeaderBody || f.Rule == check.HeaderDay || f.Rule == check.HeaderNumber {
		c.Text = f.Quote
	}
	c.Actions = []ui.Action{{Label: t.T("case.review.mend"), Context: c.Title, Href: href, Variant: ui.Secondary}}
	return c
}

func (p *pages) reviewPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.id(r)
	if err == nil {
		err = r.ParseForm()
	}
	if err != nil {
		return err
	}
	finding := r.PostForm.Get("finding")
	if again := r.PostForm.Get("reopen"); again != "" {
		err = p.Writing.Reopen(r.Context(), actor, c, again)
	} else {
		err = p.Writing.Accept(r.Context(), actor, c, finding, form.Read(r.PostForm).Text("reason"))
	}
	if fault.Is(err, fault.Invalid) {
		view, err2 := p.reviewPage(r, actor, finding, err)
		if err2 != nil {
			return err2
		}
		return p.door.Views.Render(w, gate.Status(err), "case/review", view)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(c)+"/kontroll?ok=case.said.accepted")
}

// issuePost freezes the paper and lets all read it. When it may not, the check is
// shown with the reason.
func (p *pages) issuePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.id(r)
	if err == nil {
		err = r.ParseForm()
	}
	if err != nil {
		return err
	}
	_, err = p.Writing.Issue(r.Context(), actor, c, form.Read(r.PostForm).Text("why"))
	if f, ok := fault.As(err); ok && (f.Kind == fault.Conflict || f.Kind == fault.Stale || f.Kind == fault.Invalid) {
		view, err2 := p.reviewPage(r, actor, "", nil)
		if err2 != nil {
			return err2
		}
		if view.Issue != nil && f.Kind == fault.Invalid {
			view.Refused(form.Refill(view.Issue, r.PostForm, err, view.Printer))
		} else {
			view.Refused([]form.Problem{{Message: view.T(f.Key, f.Values...)}})
		}
		return p.door.Views.Render(w, gate.Status(err), "case/review", view)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(c)+"?ok=case.said.issued")
}
