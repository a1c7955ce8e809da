package personweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type answerForm struct{ Outcome, Ground, Answer form.Field }

type extendForm struct{ Extension form.Field }

type requestView struct {
	web.Page
	Head  ui.Head
	Ball  ui.Ball
	Facts ui.Facts
	Said  *ui.Notice // the answer
	Read  ui.Actions
	// Inside is what stands in the case about who asks, for the body.
	Inside *ui.Table
	Answer *answering
}

// answering is what the body fills in.
type answering struct {
	Action, Later string
	Version       string
	What          ui.Notice
	Form          answerForm
	Submit        ui.Actions
	Extend        *extendForm
	ExtendSubmit  ui.Actions
}

func (p *pages) load(r *http.Request, actor access.Actor) (person.Request, error) {
	id, err := person.ParseRequestID(r.PathValue("id"))
	if err != nil {
		return person.Request{}, fault.Missing()
	}
	return p.Persons.Get(r.Context(), actor, id)
}

func (p *pages) requestPage(r *http.Request, actor access.Actor) (requestView, person.Request, error) {
	x, err := p.load(r, actor)
	if err != nil {
		return requestView{}, x, err
	}
	t := p.door.Printer(r)
	body, err := p.orgName(r, x.Org)
	if err != nil {
		return requestView{}, x, err
	}
	title := t.T("person.request.of", "at", t.Moment(x.ReceivedAt))
	view := requestView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: t.T("person.request.title"), Title: title, Tags: []ui.Tag{stateTag(t, x.State)}}}
	own := x.Account == actor.Account
	if own {
		view.Crumbs = crumbs(t, dataCrumb(t))
	} else {
		view.Crumbs = []ui.Link{{Label: t.T("person.requests.title"), Href: "/slettekrav"}}
	}
	view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("person.request.body"), Text: body})
	if !own {
		if err := p.addAsker(r, actor, &view, x); err != nil {
			return view, x, err
		}
	}
	if x.Thing != (object.Ref{}) {
		fact := ui.Fact{Label: t.T("person.ask.thing"), Text: t.T("person.request.hidden")}
		if link, err := p.card(r, actor, x.Thing); err == nil {
			fact.Text, fact.Link = "", &link
		} else if !fault.Is(err, fault.NotFound) {
			return view, x, err
		}
		view.Facts.Items = append(view.Facts.Items, fact)
	}
	if x.What != "" {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("person.request.what"), Text: x.What})
	}
	if x.Extension != "" {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("person.request.extension"), Text: x.Extension})
	}
	view.Ball = ui.Ball{Label: t.T("person.request.with"), Who: body, Due: t.T("person.request.due", "day", t.Date(x.Due)), State: ui.BallWaiting}
	switch {
	case !x.State.Open():
		view.Ball = ui.Ball{Label: t.T("person.request.ended"), Who: t.T(x.State.Label()), Due: t.Moment(x.AnsweredAt), State: ui.BallRest}
		view.Said = said(view.Page, x)
	case x.Overdue(p.Clock.Today()):
		view.Ball.State, view.Ball.Tags = ui.BallLate, []ui.Tag{{Text: t.T("person.request.late"), Color: ui.Danger}}
	}
	if own && !x.State.Open() && !x.Seen && x.State != person.Withdrawn {
		view.Read.Items = []ui.Action{{Label: t.T("person.request.read"), Href: "/slettekrav/" + string(x.ID) + "/lest", Post: true, Variant: ui.Secondary}}
	}
	if !own && x.State.Open() {
		if view.Ball.State != ui.BallLate {
			view.Ball.State = ui.BallMine
		}
		view.Answer = p.answering(r, x)
	}
	return view, x, nil
}

// said is the answer as the person reads it, with the ground and where to complain.
func said(page web.Page, x person.Request) *ui.Notice {
	n := &ui.Notice{Title: page.T(x.State.Label()), Color: ui.Success}
	if x.Answer != "" {
		n.Paragraphs = append(n.Paragraphs, x.Answer)
	}
	if x.State == person.Refused {
		n.Color = ui.Warning
		n.Paragraphs = append(n.Paragraphs, page.T(x.Ground.Label()), page.T("person.request.complain"))
		n.Links = []ui.Link{{Label: page.T("person.request.authority"), Href: "https://www.datatilsynet.no/"}}
	}
	return n
}

func (p *pages) answering(r *http.Request, x person.Request) *answering {
	t := p.door.Printer(r)
	base := "/slettekrav/" + string(x.ID)
	a := &answering{Action: base + "/svar", Later: base + "/forleng", Version: strconv.FormatInt(x.Version, 10),
		What: ui.Notice{Text: t.T("person.answer.what"), Paragraphs: []string{t.T("person.answer.words")}},
		Form: answerForm{
			Outcome: form.Field{Name: "outcome", Kind: form.Radio, Label: t.T("person.answer.outcome"), Required: true, Options: []form.Option{
				{Value: string(person.Granted), Label: t.T("person.answer.grant"), Hint: t.T("person.answer.grant.hint")},
				{Value: string(person.Refused), Label: t.T("person.answer.refuse"), Hint: t.T("person.answer.refuse.hint")}}},
			Ground: form.Field{Name: "ground", Kind: form.Select, Label: t.T("person.answer.ground"), Hint: t.T("person.answer.ground.hint"), Options: []form.Option{{Value: "", Label: t.T("person.answer.ground.none")}}},
			Answer: form.Field{Name: "answer", Kind: form.Long, Label: t.T("person.answer.reason"), Hint: t.T("person.answer.reason.hint"), Rows: 5, Required: true},
		},
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("person.answer.do"), Submit: true, Variant: ui.Primary}}},
	}
	for _, g := range person.Grounds() {
		a.Form.Ground.Options = append(a.Form.Ground.Options, form.Option{Value: string(g), Label: t.T(g.Label())})
	}
	// The law lets it be moved within the first month only.
	if x.Extension == "" && !x.Overdue(p.Clock.Today()) {
		a.Extend = &extendForm{Extension: form.Field{Name: "extension", Kind: form.Long, Label: t.T("person.extend.reason"), Hint: t.T("person.extend.hint", "day", t.Date(x.Due.AddMonths(2))), Rows: 3, Required: true}}
		a.ExtendSubmit = ui.Actions{Items: []ui.Action{{Label: t.T("person.extend.do"), Submit: true, Variant: ui.Secondary}}}
	}
	return a
}

func (p *pages) request(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.requestPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "person/request", view)
}

func (p *pages) answerPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, x, err := p.requestPage(r, actor)
	if err != nil {
		return err
	}
	if view.Answer == nil {
		return fault.New(fault.Conflict, "person.error.answered")
	}
	in := form.Read(r.PostForm)
	version, outcome := int64(in.Int("version")), in.Choice("outcome", string(person.Granted), string(person.Refused))
	ground, answer := person.Ground(in.Text("ground")), in.Text("answer")
	switch err = in.Err(); {
	case err != nil:
	case outcome == "":
		err = fault.InvalidField("outcome", "form.error.required")
	case outcome == string(person.Granted):
		err = p.Persons.Grant(r.Context(), actor, x.ID, version, answer)
	default:
		err = p.Persons.Refuse(r.Context(), actor, x.ID, version, ground, answer)
	}
	if err != nil {
		return p.refuse(w, r, "person/request", &view.Page, &view.Answer.Form, func() any { return view }, err)
	}
	return web.SeeOther(w, r, "/slettekrav/"+string(x.ID)+"?ok=person.said.answered")
}

func (p *pages) extendPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, x, err := p.requestPage(r, actor)
	if err != nil {
		return err
	}
	if view.Answer == nil || view.Answer.Extend == nil {
		return p.notMoved(w, r, view, x)
	}
	in := form.Read(r.PostForm)
	version, reason := int64(in.Int("version")), in.Text("extension")
	if err = in.Err(); err == nil {
		err = p.Persons.Extend(r.Context(), actor, x.ID, version, reason)
	}
	if err != nil {
		return p.refuse(w, r, "person/request", &view.Page, view.Answer.Extend, func() any { return view }, err)
	}
	return web.SeeOther(w, r, "/slettekrav/"+string(x.ID)+"?ok=person.said.extended")
}

// notMoved tells why the last day cannot be moved, on the request's page.
func (p *pages) notMoved(w http.ResponseWriter, r *http.Request, view requestView, x person.Request) error {
	err := fault.New(fault.Conflict, "person.error.answered")
	switch {
	case x.State.Open() && x.Extension != "":
		err = fault.New(fault.Conflict, "person.error.extended")
	case x.State.Open():
		err = fault.New(fault.Conflict, "person.error.too_late")
	}
	return p.refuse(w, r, "person/request", &view.Page, &struct{}{}, func() any { return view }, err)
}

// addAsker tells the body who asks, as which role, and what stands about them.
func (p *pages) addAsker(r *http.Request, actor access.Actor, view *requestView, x person.Request) error {
	asker, err := p.Persons.Asker(r.Context(), actor, x.ID)
	if err != nil {
		return err
	}
	t := view.Printer
	who := asker.Name
	if who == "" {
		who = t.T("person.looks.deleted")
	}
	roles := ui.Fact{Label: t.T("person.request.roles"), Text: t.T("person.looks.norole")}
	var names []string
	for _, a := range asker.Roles {
		names = append(names, t.T("person.request.role", "role", t.T(i18n.Key("role."+string(a.Role))), "org", a.OrgName))
	}
	if names != nil {
		roles.Text = strings.Join(names, "; ")
	}
	view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("person.request.who"), Text: who}, roles,
		ui.Fact{Label: t.T("person.col.received"), Text: t.Moment(x.ReceivedAt)})
	if x.Thing == (object.Ref{}) || !x.State.Open() {
		return nil
	}
	table := ui.Table{Caption: t.T("person.request.inside"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("person.col.thing")}, {Label: t.T("person.col.rows")}, {Label: t.T("person.col.grant")}},
		Empty: ui.Empty{Title: t.T("person.request.inside.none"), Text: t.T("person.request.inside.none.text")}}
	for _, in := range asker.Inside {
		then := t.T("person.request.inside.out")
		if in.Table.Fixed {
			then = t.T("person.request.inside.log")
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T(i18n.Key("person.table." + in.Table.Name))},
			{Text: t.T("person.count", "n", len(in.Rows))}, {Text: then}}})
	}
	view.Inside = &table
	return nil
}

func (p *pages) readPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.load(r, actor)
	if err != nil {
		return err
	}
	if err := p.Persons.Read(r.Context(), actor, x.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/data?ok=person.said.read")
}
