package personweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type askForm struct{ Org, What form.Field }

type askView struct {
	web.Page
	Head    ui.Head
	Why     ui.Notice
	Thing   *ui.Facts
	Form    askForm
	Actions ui.Actions
	// Nobody tells that there is no body to ask.
	Nobody *ui.Empty
}

func (p *pages) askPage(r *http.Request, actor access.Actor) (askView, object.Ref, error) {
	t := p.door.Printer(r)
	view := askView{
		Page: p.door.Frame(r, actor, t.T("person.ask.title")),
		Head: ui.Head{Title: t.T("person.ask.title"), Lead: t.T("person.ask.lead")},
		Why:  ui.Notice{Paragraphs: []string{t.T("person.ask.why"), t.T("person.ask.log"), t.T("person.ask.month")}, Links: []ui.Link{{Label: t.T("account.remove.privacy"), Href: "/personvern"}}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("person.ask.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("account.cancel"), Href: "/konto/data", Variant: ui.Tertiary}}},
	}
	view.Crumbs = crumbs(t, dataCrumb(t))
	q := r.URL.Query()
	thing := object.Ref{Kind: q.Get("kind"), ID: q.Get("id")}
	if thing != (object.Ref{}) {
		card, err := p.card(r, actor, thing)
		if err != nil {
			return view, thing, err
		}
		view.Thing = &ui.Facts{Items: []ui.Fact{{Label: t.T("person.ask.thing"), Link: &card}}}
	}
	bodies, err := p.Persons.Bodies(r.Context(), thing)
	if err != nil {
		return view, thing, err
	}
	if len(bodies) == 0 {
		view.Nobody = &ui.Empty{Title: t.T("person.ask.nobody"), Text: t.T("person.ask.nobody.text")}
		return view, thing, nil
	}
	view.Form.What = form.Field{Name: "what", Kind: form.Long, Label: t.T("person.ask.what"), Hint: t.T("person.ask.what.hint"), Rows: 5, Required: true}
	view.Form.Org = form.Field{Name: "org", Kind: form.Radio, Label: t.T("person.ask.org"), Hint: t.T("person.ask.org.hint"), Required: true}
	for _, o := range bodies {
		name, err := p.orgName(r, o)
		if err != nil {
			return view, thing, err
		}
		view.Form.Org.Options = append(view.Form.Org.Options, form.Option{Value: string(o), Label: name, Selected: len(bodies) == 1})
	}
	if len(bodies) == 1 {
		view.Form.Org.Value = string(bodies[0])
	}
	return view, thing, nil
}

// card is the name and the page of a thing that the actor may see, or NotFound.
func (p *pages) card(r *http.Request, actor access.Actor, thing object.Ref) (link ui.Link, err error) {
	err = p.door.DB.Read(r.Context(), func(tx *db.Tx) error {
		c, err := p.Objects.Card(r.Context(), tx, actor, thing)
		if err == nil {
			label, _ := c.Title.In(gate.Language(r))
			link = ui.Link{Label: label, Href: p.Objects.Href(thing)}
		}
		return err
	})
	return link, err
}

func (p *pages) ask(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.askPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "person/ask", view)
}

func (p *pages) askPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, thing, err := p.askPage(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	var made person.RequestID
	ask := person.Ask{Org: access.OrgID(in.Text("org")), Thing: thing, What: in.Text("what")}
	if err = in.Err(); err == nil {
		made, err = p.Persons.Send(r.Context(), actor, ask)
	}
	if err != nil {
		return p.refuse(w, r, "person/ask", &view.Page, &view.Form, func() any { return view }, err)
	}
	return web.SeeOther(w, r, "/slettekrav/"+string(made)+"?ok=person.said.sent")
}

// refuse draws a form again with what was typed and what is wrong.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, page string, base *web.Page, fields any, view func() any, err error) error {
	e, ok := fault.As(err)
	if !ok || !slices.Contains([]fault.Kind{fault.Invalid, fault.Conflict, fault.Stale}, e.Kind) {
		return err
	}
	problems := form.Refill(fields, r.PostForm, err, base.Printer)
	if e.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: base.T(e.Key, e.Values...)})
	}
	base.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), page, view())
}

type requestsView struct {
	web.Page
	Head  ui.Head
	Table ui.Table
}

func (p *pages) requests(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	list, err := p.Persons.ToAnswer(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := requestsView{Page: p.door.Frame(r, actor, t.T("person.requests.title")),
		Head: ui.Head{Title: t.T("person.requests.title"), Lead: t.T("person.requests.lead")}, Table: p.requestTable(t, t.T("person.requests.title"), list, false)}
	return p.door.Views.Render(w, http.StatusOK, "person/requests", view)
}

func stateTag(t i18n.Printer, s person.State) ui.Tag {
	color := map[person.State]ui.Color{person.Received: ui.Info, person.Granted: ui.Success, person.Refused: ui.Warning}[s]
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}

func (p *pages) requestTable(t i18n.Printer, caption string, list []person.Request, own bool) ui.Table {
	table := ui.Table{Caption: caption, CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("person.col.request")}, {Label: t.T("person.col.state")}, {Label: t.T("person.col.due")}},
		Empty:   ui.Empty{Title: t.T("person.requests.empty"), Text: t.T("person.requests.empty.text")}}
	if own {
		table.Empty.Text = t.T("person.requests.empty.own")
	}
	today := p.Clock.Today()
	for _, x := range list {
		state := ui.Cell{Tags: []ui.Tag{stateTag(t, x.State)}}
		if own && !x.State.Open() && !x.Seen && x.State != person.Withdrawn {
			state.Tags = append(state.Tags, ui.Tag{Text: t.T("person.request.new"), Color: ui.Accent})
		}
		due := ui.Cell{Text: t.T("person.request.answered", "at", t.Moment(x.AnsweredAt))}
		if x.State.Open() {
			due.Text = t.Date(x.Due)
		}
		if x.Overdue(today) {
			due.Tags = []ui.Tag{{Text: t.T("person.request.late"), Color: ui.Danger}}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("person.request.of", "at", t.Moment(x.ReceivedAt)), Href: "/slettekrav/" + string(x.ID)}, state, due}})
	}
	return table
}
