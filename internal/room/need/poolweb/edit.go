package poolweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

type editView struct {
	web.Page
	Head    ui.Head
	Form    contentForm
	Version int64
	// Theirs is what somebody else saved meanwhile.
	Theirs  []ui.Fact
	Actions ui.Actions
}

// steered is find for those who look after the pool; nobody else has the page.
func (p *pages) steered(r *http.Request, actor access.Actor) (pool.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.CanEdit {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}

// below is the frame of a page under a pool's own.
func (p *pages) below(r *http.Request, actor access.Actor, d pool.Detail, title string) web.Page {
	page := p.door.Frame(r, actor, title)
	page.Crumbs = []ui.Link{{Label: page.T("pool.title"), Href: "/felles"}, {Label: d.Number, Href: path(d.Pool)}}
	return page
}

// send are the buttons of a form under a pool's page.
func send(t i18n.Printer, label i18n.Key, d pool.Detail) ui.Actions {
	return ui.Actions{Items: []ui.Action{{Label: t.T(label), Submit: true, Variant: ui.Primary},
		{Label: t.T("pool.cancel"), Href: path(d.Pool), Variant: ui.Tertiary}}}
}

func (p *pages) editPage(r *http.Request, actor access.Actor, d pool.Detail) editView {
	t := p.door.Printer(r)
	title := t.T("pool.edit.title")
	return editView{Page: p.below(r, actor, d, title), Head: ui.Head{Kicker: wording.Dotted(d.Number, d.Title), Title: title},
		Form: newContentForm(t, d.Content), Version: d.Version, Actions: send(t, "pool.save", d)}
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/edit", p.editPage(r, actor, d))
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	content, version := readContent(in), int64(in.Int("version"))
	err = in.Err()
	if err == nil {
		_, err = p.Pools.Edit(r.Context(), actor, d.ID, version, content)
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.saved")
	}
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.editPage(r, actor, d)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		// What the other editor saved is shown; the next save replaces it.
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		view.Theirs = contentFacts(view.Printer, d.Content)
	} else if v, convErr := strconv.ParseInt(r.PostForm.Get("version"), 10, 64); convErr == nil {
		view.Version = v
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "pool/edit", view)
}

func contentFacts(t i18n.Printer, c pool.Content) []ui.Fact {
	return []ui.Fact{
		{Label: t.T("pool.form.title"), Text: c.Title},
		{Label: t.T("pool.col.field"), Text: t.T(c.Field.Label())},
		{Label: t.T("pool.col.level"), Text: t.T(c.Level.Label())},
		{Label: t.T("pool.min"), Text: orEmpty(c.MinToStart)},
	}
}

type addForm struct{ Similar, Search form.Field }

type addView struct {
	web.Page
	Head    ui.Head
	Form    addForm
	Find    ui.Action
	Actions ui.Actions
	Empty   *ui.Notice
}

func (p *pages) addPage(r *http.Request, actor access.Actor, d pool.Detail, words string) (addView, error) {
	t := p.door.Printer(r)
	title := t.T("pool.add.title")
	label, offered := i18n.Key("pool.form.similar"), []candidate(nil)
	var err error
	if words != "" {
		label = "pool.form.found"
		offered, err = p.search(r.Context(), actor, words, nil)
	} else {
		offered, err = p.similar(r.Context(), actor, about{concepts: d.Concepts, field: d.Field, level: d.Level}, nil)
	}
	if err != nil {
		return addView{}, err
	}
	view := addView{Page: p.below(r, actor, d, title), Head: ui.Head{Kicker: wording.Dotted(d.Number, d.Title), Title: title, Lead: t.T("pool.add.lead")},
		Form: addForm{Similar: p.candidateField(t, label, offered), Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("pool.form.search"), Value: words}},
		Find: ui.Action{Label: t.T("pool.form.find"), Submit: true, Name: "find", Value: "1", Variant: ui.Secondary}, Actions: send(t, "pool.add.do", d)}
	if len(offered) == 0 {
		view.Empty = &ui.Notice{Text: t.T("pool.form.none")}
	}
	return view, nil
}

func (p *pages) add(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	view, err := p.addPage(r, actor, d, form.Read(r.URL.Query()).Search("q"))
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/add", view)
}

// addPost adds the ticked needs, one act each: those before a need that cannot
// join have joined, and the page shows what is left.
func (p *pages) addPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.steered(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	words := in.Search("q")
	if r.PostForm.Has("find") && in.Err() == nil {
		return web.SeeOther(w, r, address(path(d.Pool)+"/legg-til", map[string][]string{"q": {words}}))
	}
	needs := needIDs(in, r.PostForm["needs"])
	if len(r.PostForm["needs"]) == 0 {
		in.Refuse("needs", "need.error.pool_needs")
	}
	err = in.Err()
	for _, n := range need.Unique(needs) {
		if err == nil {
			err = p.Pools.Add(r.Context(), actor, d.ID, n)
		}
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.added")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.addPage(r, actor, d, words)
	if pageErr != nil {
		return pageErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "pool/add", view)
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	member, err := need.ParseID(r.PostForm.Get("need"))
	if err != nil {
		return fault.InvalidField("need", "form.error.choice")
	}
	if err := p.Pools.Remove(r.Context(), actor, d.ID, member); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.Pool)+"?ok=pool.said.removed")
}
