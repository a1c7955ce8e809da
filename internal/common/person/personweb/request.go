package personweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
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
	// Same leads to the reader's own request about the same.
	Same *ui.Notice
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
	if same, err := p.Persons.OpenAbout(r.Context(), actor, thing); err == nil && thing != (object.Ref{}) {
		view.Same = &ui.Notice{Title: t.T("person.ask.same"), Text: t.T("person.ask.same.text"), Links: []ui.Link{{Label: t.T("person.ask.same.link"), Href: "/slettekrav/" + string(same)}}}
	} else if err != nil && !fault.Is(err, fault.NotFound) {
		return view, thing, err
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
	Pager *ui.Pager
}

func (p *pages) requests(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	after := r.URL.Query().Get("after")
	list, err := p.Persons.ToAnswer(r.Context(), actor, after)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := requestsView{Page: p.door.Frame(r, actor, t.T("person.requests.title")),
		Head: ui.Head{Title: t.T("person.requests.title"), Lead: t.T("person.requests.lead")}}
	if view.Table, err = p.toAnswer(r, t, actor, list.Items); err != nil {
		return err
	}
	if list.Next != "" || after != "" {
		view.Pager = &ui.Pager{Label: t.T("account.pages")}
		if after != "" {
			view.Pager.First = &ui.Link{Label: t.T("account.pages.first"), Href: "/slettekrav"}
		}
		if list.Next != "" {
			view.Pager.Next = &ui.Link{Label: t.T("account.pages.next"), Href: "/slettekrav?after=" + url.QueryEscape(list.Next)}
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "person/requests", view)
}

// toAnswer is the list of the body that answers: what, who, since when, until when.
func (p *pages) toAnswer(r *http.Request, t i18n.Printer, actor access.Actor, list []person.Asked) (ui.Table, error) {
	table := ui.Table{Caption: t.T("person.requests.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("person.col.request")}, {Label: t.T("person.col.who")}, {Label: t.T("person.col.received")}, {Label: t.T("person.col.due")}, {Label: t.T("person.col.state")}},
		Empty:   ui.Empty{Title: t.T("person.requests.empty"), Text: t.T("person.requests.empty.text")}}
	var things []object.Ref
	for _, x := range list {
		things = append(things, x.Thing)
	}
	var cards map[object.Ref]object.Card
	err := p.door.DB.Read(r.Context(), func(tx *db.Tx) error {
		var err error
		cards, err = p.Objects.Cards(r.Context(), tx, actor, things)
		return err
	})
	for _, x := range list {
		what := ui.Cell{Text: text.Truncate(x.What, longestWhat), Href: "/slettekrav/" + string(x.ID)}
		if card, ok := cards[x.Thing]; ok {
			what.Sub = what.Text
			what.Text, _ = card.Title.In(gate.Language(r))
		}
		if what.Text == "" {
			what.Text = t.T("person.request.of", "at", t.Moment(x.ReceivedAt))
		}
		who := x.Name
		if who == "" {
			who = t.T("person.looks.deleted")
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{what, {Text: who}, {Text: t.Moment(x.ReceivedAt)}, p.due(t, x.Request), {Tags: []ui.Tag{stateTag(t, x.State)}}}})
	}
	return table, err
}

// longestWhat is how much of the words of a request the list shows.
const longestWhat = 80

// due is the last day, or when it was answered.
func (p *pages) due(t i18n.Printer, x person.Request) ui.Cell {
	due := ui.Cell{Text: t.T("person.request.answered", "at", t.Moment(x.AnsweredAt))}
	if x.State.Open() {
		due.Text = t.Date(x.Due)
	}
	if x.Overdue(p.Clock.Today()) {
		due.Tags = []ui.Tag{{Text: t.T("person.request.late"), Color: ui.Danger}}
	}
	return due
}

func stateTag(t i18n.Printer, s person.State) ui.Tag {
	color := map[person.State]ui.Color{person.Received: ui.Info, person.Granted: ui.Success, person.Refused: ui.Warning}[s]
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}

// mine is the list of one's own requests.
func (p *pages) mine(t i18n.Printer, list []person.Request) ui.Table {
	table := ui.Table{Caption: t.T("person.requests.mine"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("person.col.request")}, {Label: t.T("person.col.state")}, {Label: t.T("person.col.due")}},
		Empty:   ui.Empty{Title: t.T("person.requests.empty"), Text: t.T("person.requests.empty.own")}}
	for _, x := range list {
		state := ui.Cell{Tags: []ui.Tag{stateTag(t, x.State)}}
		if !x.State.Open() && !x.Seen && x.State != person.Withdrawn {
			state.Tags = append(state.Tags, ui.Tag{Text: t.T("person.request.new"), Color: ui.Accent})
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("person.request.of", "at", t.Moment(x.ReceivedAt)), Href: "/slettekrav/" + string(x.ID)}, state, p.due(t, x)}})
	}
	return table
}
