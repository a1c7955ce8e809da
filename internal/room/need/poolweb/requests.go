package poolweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

// subject is the page of what a request is about.
func subject(q ask.Request) string {
	if q.Pool != "" {
		return "/felles/" + string(q.Pool)
	}
	return "/behov/" + string(q.Need)
}

type requestsView struct {
	web.Page
	Head  ui.Head
	Tabs  ui.Tabs
	Table ui.Table
	Next  *ui.Link
}

type requestTab struct {
	name   string
	label  i18n.Key
	states []ask.State
}

// requestTabs are the views of the list: what waits for an answer, what has
// one, and all.
var requestTabs = []requestTab{
	{"", "request.tab.open", []ask.State{ask.Sent, ask.Noted}},
	{"besvart", "request.tab.done", []ask.State{ask.Accepted, ask.Declined}},
	{"alle", "request.tab.all", nil},
}

func (p *pages) requests(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	q := r.URL.Query()
	at := max(0, slices.IndexFunc(requestTabs, func(x requestTab) bool { return x.name == q.Get("vis") }))
	found, err := p.Requests.List(r.Context(), actor, q.Get("after"), 0, requestTabs[at].states...)
	if err != nil {
		return err
	}
	view := requestsView{Page: p.door.Frame(r, actor, t.T("request.title")), Head: ui.Head{Title: t.T("request.title"), Lead: t.T("request.lead")},
		Tabs: ui.Tabs{Label: t.T("request.title")}, Table: requestTable(t, found.Items)}
	for i, tab := range requestTabs {
		href := "/foresporsler"
		if tab.name != "" {
			href += "?vis=" + tab.name
		}
		view.Tabs.Items = append(view.Tabs.Items, ui.Tab{Label: t.T(tab.label), Href: href, Current: i == at})
	}
	if found.Next != "" {
		q.Set("after", found.Next)
		view.Next = &ui.Link{Label: t.T("pool.pages.next"), Href: address(r.URL.Path, q)}
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/requests", view)
}

func requestTable(t i18n.Printer, items []ask.Request) ui.Table {
	table := ui.Table{Caption: t.T("request.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("request.about")}, {Label: t.T("request.asked_by")}, {Label: t.T("request.answer_by")}, {Label: t.T("pool.col.state")}},
		Empty:   ui.Empty{Title: t.T("request.empty.title"), Text: t.T("request.empty.text"), Actions: []ui.Action{{Label: t.T("request.empty.do"), Href: "/ettersporsel", Variant: ui.Secondary}}}}
	for _, q := range items {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: q.Title, Href: "/foresporsler/" + string(q.ID), Sub: q.Number},
			{Text: q.AskedByName, Sub: t.Date(q.AskedAt.Date())},
			{Text: t.Date(q.AnswerBy)},
			{Tags: []ui.Tag{wording.Request(t, q)}},
		}})
	}
	return table
}

type answerForm struct{ State, Answer form.Field }

type requestView struct {
	web.Page
	Head      ui.Head
	Questions []ui.Point
	Facts     ui.Facts
	// Form is nil for readers who only follow the request.
	Form     *answerForm
	Answered bool // the form is folded: there is an answer
	Version  int64
	Theirs   []ui.Fact
	Actions  ui.Actions
	Next     *ui.Notice
}

func (p *pages) findRequest(r *http.Request, actor access.Actor) (ask.Request, error) {
	q, err := id.Parse[ask.Request](r.PathValue("id"))
	if err != nil {
		return ask.Request{}, fault.Missing()
	}
	return p.Requests.Get(r.Context(), actor, q)
}

func (p *pages) requestPage(r *http.Request, actor access.Actor, q ask.Request) requestView {
	t := p.door.Printer(r)
	view := requestView{Page: p.door.Frame(r, actor, q.Title), Version: q.Version,
		Head: ui.Head{Kicker: t.T("request.kicker"), Title: q.Title, Tags: []ui.Tag{wording.Request(t, q)}, Lead: t.T("request.show.lead")}}
	mine := actor.HasAt(q.Provider, access.RoleProviderUser)
	if mine {
		view.Crumbs = []ui.Link{{Label: t.T("request.title"), Href: "/foresporsler"}}
	} else {
		view.Crumbs = []ui.Link{{Label: q.Number, Href: subject(q)}}
	}
	for _, question := range q.Questions {
		view.Questions = append(view.Questions, ui.Point{Text: question, Kind: ui.Plain})
	}
	about := ui.Fact{Label: t.T("request.about"), Link: &ui.Link{Label: wording.Dotted(q.Number, q.Title), Href: subject(q)}}
	view.Facts = ui.Facts{Items: []ui.Fact{about,
		{Label: t.T("request.provider"), Text: q.ProviderName},
		{Label: t.T("request.asked_by"), Text: q.AskedByName},
		{Label: t.T("request.asked_at"), Text: t.Date(q.AskedAt.Date())},
		{Label: t.T("request.answer_by"), Text: t.Date(q.AnswerBy)}}}
	if q.Offering != "" {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("request.offering"), Link: &ui.Link{Label: t.T("request.offering.see"), Href: "/tilbud/" + q.Offering}})
	}
	if !q.AnsweredAt.IsZero() {
		view.Facts.Items = append(view.Facts.Items, answerFacts(t, q)...)
	}
	if mine {
		f := newAnswerForm(t, q)
		view.Form = &f
		view.Actions = ui.Actions{Items: []ui.Action{{Label: t.T("request.send"), Submit: true, Variant: ui.Primary}, {Label: t.T("pool.cancel"), Href: "/foresporsler", Variant: ui.Tertiary}}}
	}
	view.Answered = q.State == ask.Accepted || q.State == ask.Declined
	if !mine || view.Answered {
		view.Head.Lead = ""
	}
	if mine && view.Answered {
		view.Next = &ui.Notice{Title: t.T("request.next.title"), Text: t.T("request.next.text"), Links: []ui.Link{{Label: t.T("request.next.go"), Href: subject(q)}}}
	}
	return view
}

func answerFacts(t i18n.Printer, q ask.Request) []ui.Fact {
	return []ui.Fact{
		{Label: t.T("request.state"), Text: t.T(q.State.Label())},
		{Label: t.T("request.answer"), Text: q.Answer},
		{Label: t.T("request.answered_at"), Text: t.Moment(q.AnsweredAt)},
	}
}

// answers are the states that a provider can give.
func answers() []ask.State {
	return slices.DeleteFunc(ask.States(), func(s ask.State) bool { return s == ask.Sent })
}

func newAnswerForm(t i18n.Printer, q ask.Request) answerForm {
	f := answerForm{
		State: form.Field{Name: "state", Kind: form.Radio, Label: t.T("request.form.state"), Required: true},
		Answer: form.Field{Name: "answer", Kind: form.Long, Rows: 5, Label: t.T("request.form.answer"), Hint: t.T("request.form.answer.hint"),
			Value: q.Answer, MaxRunes: need.MaxNote},
	}
	for _, s := range answers() {
		f.State.Options = append(f.State.Options, form.Option{Value: string(s), Label: t.T(i18n.Key("request.answer.as." + string(s))), Selected: s == q.State})
	}
	return f
}

func (p *pages) request(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	q, err := p.findRequest(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/request", p.requestPage(r, actor, q))
}

func (p *pages) requestPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	q, err := p.findRequest(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	state, answer, version := ask.State(in.Choice("state", text.Strings(answers())...)), in.Text("answer"), int64(in.Int("version"))
	if err = in.Err(); err == nil {
		err = p.Requests.Answer(r.Context(), actor, q.ID, version, state, answer)
	}
	if err == nil {
		return web.SeeOther(w, r, "/foresporsler/"+string(q.ID)+"?ok=request.said.answered")
	}
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.requestPage(r, actor, q)
	problems := form.Refill(view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		view.Theirs = answerFacts(view.Printer, q)
	} else if v, convErr := strconv.ParseInt(r.PostForm.Get("version"), 10, 64); convErr == nil {
		view.Version = v
	}
	view.Refused(problems)
	view.Answered = false // the form stays open
	return p.door.Views.Render(w, gate.Status(err), "pool/request", view)
}

type askForm struct{ Provider, AnswerBy, Questions form.Field }

type askView struct {
	web.Page
	Head    ui.Head
	Form    askForm
	Actions ui.Actions
}

func (p *pages) askPage(r *http.Request, actor access.Actor, d pool.Detail) (askView, error) {
	t := p.door.Printer(r)
	title := t.T("pool.ask")
	view := askView{Page: p.below(r, actor, d, title), Head: ui.Head{Kicker: wording.Dotted(d.Number, d.Title), Title: title, Lead: t.T("pool.ask.lead")}, Actions: send(t, "pool.ask.do", d)}
	providers, err := p.Orgs.Providers(r.Context())
	view.Form.Provider, view.Form.AnswerBy = p.askedFields(t, providers)
	view.Form.Questions = form.Field{Name: "questions", Kind: form.Long, Rows: 5, Label: t.T("pool.ask.questions"), Hint: t.T("pool.ask.questions.hint"), Required: true}
	return view, err
}

func (p *pages) ask(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	view, err := p.askPage(r, actor, d)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/ask", view)
}

func (p *pages) askPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	asking := ask.Asking{Pool: d.ID, AnswerBy: in.Date("answer_by"), Questions: lines(in.Text("questions"))}
	if s := in.Text("provider"); s != "" {
		if asking.Provider, err = access.ParseOrgID(s); err != nil {
			in.Refuse("provider", "form.error.choice")
		}
	}
	if err = in.Err(); err == nil {
		_, err = p.Requests.Send(r.Context(), actor, asking)
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.asked")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.askPage(r, actor, d)
	if pageErr != nil {
		return pageErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "pool/ask", view)
}
