package poolweb

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

// moveForm asks for what a move needs. Fields without a name are not drawn.
type moveForm struct {
	Provider, AnswerBy form.Field
	Discussion         talkForm
	Note               form.Field
}

// talkForm is what came out of a discussion.
type talkForm struct{ Clarified, Possibilities, Limitations, Interested form.Field }

type moveView struct {
	web.Page
	Head    ui.Head
	Form    moveForm
	To      flow.State
	From    flow.State
	Asks    bool // for a provider and a date
	Talks   bool // about the discussion
	Actions ui.Actions
}

// names are what the organisations are called today, in the order given.
func (p *pages) names(ctx context.Context, list []org.ID) ([]string, error) {
	var out []string
	err := p.Needs.Read(ctx, func(tx *db.Tx) error {
		out = nil
		names, err := need.NamesOf(ctx, tx, list, p.Clock.Today())
		for _, id := range list {
			out = append(out, names[id])
		}
		return err
	})
	return out, err
}

func providerOptions(list []org.Entry, chosen ...org.ID) []form.Option {
	var out []form.Option
	for _, o := range list {
		out = append(out, form.Option{Value: string(o.ID), Label: o.Name, Selected: slices.Contains(chosen, o.ID)})
	}
	return out
}

func newTalkForm(t i18n.Printer, d *need.Discussion, providers []org.Entry) talkForm {
	if d == nil {
		d = &need.Discussion{}
	}
	long := func(name string, label i18n.Key, value string) form.Field {
		return form.Field{Name: name, Kind: form.Long, Rows: 3, Label: t.T(label), Value: value, MaxRunes: need.MaxNote, OptionalMark: t.T("pool.form.optional")}
	}
	return talkForm{
		Clarified:     long("clarified", "pool.discussion.clarified", d.Clarified),
		Possibilities: long("possibilities", "pool.discussion.possibilities", d.Possibilities),
		Limitations:   long("limitations", "pool.discussion.limitations", d.Limitations),
		Interested: form.Field{Name: "interested", Kind: form.Checks, Label: t.T("pool.discussion.interested"),
			OptionalMark: t.T("pool.form.optional"), Options: providerOptions(providers, d.Interested...)},
	}
}

func readTalk(in *form.Input, interested []string) need.Discussion {
	d := need.Discussion{Clarified: in.Text("clarified"), Possibilities: in.Text("possibilities"), Limitations: in.Text("limitations")}
	for _, s := range interested {
		id, err := access.ParseOrgID(s)
		if err != nil {
			in.Refuse("interested", "form.error.choice")
			break
		}
		d.Interested = append(d.Interested, id)
	}
	return d
}

func (p *pages) movePage(r *http.Request, actor access.Actor, d pool.Detail, m need.Proposal) (moveView, error) {
	t := p.door.Printer(r)
	title := t.T(m.Label)
	view := moveView{Page: p.below(r, actor, d, title), To: m.To, From: d.State, Asks: m.AsksProvider, Talks: m.AsksDiscussion,
		Head: ui.Head{Kicker: wording.Dotted(d.Number, d.Title), Title: title, Lead: t.T("pool.move.lead", "from", need.StateLabel(d.State), "to", need.StateLabel(m.To))},
		Form: moveForm{Note: form.Field{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("pool.move.note"), Hint: t.T("pool.move.note.hint"), MaxRunes: need.MaxNote}}}
	view.Form.Note.Required = m.NoteRequired
	if !m.NoteRequired {
		view.Form.Note.OptionalMark = t.T("pool.form.optional")
	}
	view.Actions = send(t, m.Label, d)
	if !m.AsksProvider && !m.AsksDiscussion {
		return view, nil
	}
	providers, err := p.Orgs.Providers(r.Context())
	if err != nil {
		return view, err
	}
	if m.AsksProvider {
		view.Form.Provider, view.Form.AnswerBy = p.askedFields(t, providers)
	}
	if m.AsksDiscussion {
		view.Form.Discussion = newTalkForm(t, d.Discussion, providers)
	}
	return view, nil
}

// askedFields ask which provider is to answer, and by when.
func (p *pages) askedFields(t i18n.Printer, providers []org.Entry) (provider, answerBy form.Field) {
	provider = form.Field{Name: "provider", Kind: form.Select, Label: t.T("pool.provider"), Required: true,
		Options: append([]form.Option{{Value: "", Label: t.T("pool.move.choose")}}, providerOptions(providers)...)}
	answerBy = form.Field{Name: "answer_by", Kind: form.Date, Label: t.T("pool.answer_by"), Hint: t.T("pool.move.answer_by.hint", "n", need.FollowUpDays),
		OptionalMark: t.T("pool.form.optional")}
	return provider, answerBy
}

// proposed finds the move that the reader may make into the state.
func proposed(d pool.Detail, to flow.State) (need.Proposal, error) {
	i := slices.IndexFunc(d.Moves, func(m need.Proposal) bool { return m.To == to })
	if i < 0 {
		return need.Proposal{}, fault.New(fault.Denied, "flow.error.not_yours")
	}
	return d.Moves[i], nil
}

func (p *pages) move(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	m, err := proposed(d, flow.State(r.URL.Query().Get("to")))
	if err != nil {
		return err
	}
	view, err := p.movePage(r, actor, d, m)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/move", view)
}

func (p *pages) movePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	moving := need.Moving{To: flow.State(in.Text("to")), From: flow.State(in.Text("from")), Note: in.Text("note"), AnswerBy: in.Date("answer_by")}
	if s := in.Text("provider"); s != "" {
		if moving.Provider, err = access.ParseOrgID(s); err != nil {
			in.Refuse("provider", "form.error.choice")
		}
	}
	if moving.To == need.Discussed {
		talk := readTalk(in, r.PostForm["interested"])
		moving.Discussion = &talk
	}
	err = in.Err()
	if err == nil {
		_, err = p.Pools.Move(r.Context(), actor, d.ID, moving)
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.moved")
	}
	return p.moveRefused(w, r, actor, d, moving, err)
}

// moveRefused draws the move again with what was typed. When somebody else was
// first, the page says where the pool stands now; a move that is no longer
// there is refused as such.
func (p *pages) moveRefused(w http.ResponseWriter, r *http.Request, actor access.Actor, d pool.Detail, moving need.Moving, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	m, moveErr := proposed(d, moving.To)
	if moveErr != nil {
		return err
	}
	view, pageErr := p.movePage(r, actor, d, m)
	if pageErr != nil {
		return pageErr
	}
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("pool.move.stale", "state", need.StateLabel(d.State))})
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "pool/move", view)
}

type discussionView struct {
	web.Page
	Head    ui.Head
	Form    talkForm
	Actions ui.Actions
}

func (p *pages) discussionPage(r *http.Request, actor access.Actor, d pool.Detail) (discussionView, error) {
	t := p.door.Printer(r)
	title := t.T("pool.discussion")
	providers, err := p.Orgs.Providers(r.Context())
	return discussionView{Page: p.below(r, actor, d, title), Form: newTalkForm(t, d.Discussion, providers), Actions: send(t, "pool.save", d),
		Head: ui.Head{Kicker: wording.Dotted(d.Number, d.Title), Title: title, Lead: t.T("pool.discussion.lead")}}, err
}

func (p *pages) discussion(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	view, err := p.discussionPage(r, actor, d)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/discussion", view)
}

func (p *pages) discussionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	talk := readTalk(in, r.PostForm["interested"])
	err = in.Err()
	if err == nil {
		err = p.Pools.RecordDiscussion(r.Context(), actor, d.ID, talk)
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.discussed")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.discussionPage(r, actor, d)
	if pageErr != nil {
		return pageErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "pool/discussion", view)
}
