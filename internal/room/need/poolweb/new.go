package poolweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

// contentForm is what is written about a pooled need.
type contentForm struct {
	Title, Field, Level, Min form.Field
}

type newForm struct {
	Chosen, Similar, Search form.Field
	Content                 contentForm
}

type newView struct {
	web.Page
	Head    ui.Head
	Form    newForm
	Find    ui.Action
	Actions ui.Actions
	Empty   *ui.Notice
}

func newContentForm(t i18n.Printer, c pool.Content) contentForm {
	if c.Level == "" {
		c.Level = need.LevelUnknown
	}
	return contentForm{
		Title: form.Field{Name: "title", Kind: form.Text, Label: t.T("pool.form.title"), Hint: t.T("pool.form.title.hint"), Value: c.Title, MaxRunes: need.MaxTitle},
		Field: form.Field{Name: "field", Kind: form.Select, Label: t.T("pool.col.field"), Options: wording.Options(t, "pool.form.any.field", need.Fields(), need.Field.Label, c.Field)},
		Level: form.Field{Name: "level", Kind: form.Select, Label: t.T("pool.col.level"), Options: wording.Options(t, "", need.Levels(), need.Level.Label, c.Level)},
		Min:   form.Field{Name: "min_to_start", Kind: form.Number, Label: t.T("pool.min"), Hint: t.T("pool.form.min.hint"), OptionalMark: t.T("pool.form.optional"), Value: orEmpty(c.MinToStart)},
	}
}

func orEmpty(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// readContent reads what is written about a pooled need.
func readContent(in *form.Input) pool.Content {
	return pool.Content{Title: in.Text("title"), Field: need.Field(in.Choice("field", text.Strings(need.Fields())...)),
		Level: need.Level(in.Choice("level", text.Strings(need.Levels())...)), MinToStart: in.Int("min_to_start")}
}

// newPage draws the form for the needs that the values name. Without any it
// offers the newest; with words those that are found.
func (p *pages) newPage(r *http.Request, actor access.Actor, values url.Values) (newView, error) {
	t := p.door.Printer(r)
	named := append(append([]string{}, values["behov"]...), values["needs"]...)
	picked, err := p.chosen(r.Context(), actor, named)
	if err != nil {
		return newView{}, err
	}
	to, words := aboutNeeds(picked), form.Read(values).Search("q")
	label, offered := i18n.Key("pool.form.similar"), []candidate(nil)
	switch {
	case words != "":
		label = "pool.form.found"
		offered, err = p.search(r.Context(), actor, words, ids(picked))
	case len(picked) == 0:
		label = "pool.form.newest"
		offered, err = p.search(r.Context(), actor, "", nil)
	default:
		offered, err = p.similar(r.Context(), actor, to, ids(picked))
	}
	if err != nil {
		return newView{}, err
	}
	// Anybody may read a pooled need, so only open needs lend it what they say.
	open := slices.DeleteFunc(slices.Clone(picked), func(d need.Detail) bool { return d.Confidentiality != need.Open })
	told := aboutNeeds(open)
	content := pool.Content{Field: told.field, Level: told.level}
	if len(open) > 0 {
		content.Title = open[0].Title
	}
	title := t.T("pool.new.title")
	view := newView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("pool.new.lead")},
		Form: newForm{Similar: p.candidateField(t, label, offered),
			Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("pool.form.search"), Value: words}, Content: newContentForm(t, content)},
		Find: ui.Action{Label: t.T("pool.form.find"), Submit: true, Name: "find", Value: "1", Variant: ui.Secondary, NoCheck: true},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("pool.make"), Submit: true, Variant: ui.Primary},
			{Label: t.T("pool.cancel"), Href: "/felles", Variant: ui.Tertiary}}}}
	view.Crumbs = []ui.Link{{Label: t.T("pool.title"), Href: "/felles"}}
	if len(picked) > 0 {
		view.Form.Chosen = p.chosenField(t, picked)
	}
	if len(offered) == 0 {
		view.Empty = &ui.Notice{Text: t.T("pool.form.none")}
	}
	return view, nil
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	q := r.URL.Query()
	view, err := p.newPage(r, actor, q)
	if err != nil {
		return err
	}
	// What was typed before a search comes back in the address.
	if q.Has("find") {
		view.Form.Content.refill(q)
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/new", view)
}

func (f *contentForm) refill(q url.Values) {
	f.Title, f.Field = f.Title.With(q.Get("title")), f.Field.With(q.Get("field"))
	f.Level, f.Min = f.Level.With(q.Get("level")), f.Min.With(q.Get("min_to_start"))
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	in.Search("q")
	if r.PostForm.Has("find") && in.Err() == nil {
		return web.SeeOther(w, r, address("/felles/ny", r.PostForm))
	}
	content, needs := readContent(in), needIDs(in, r.PostForm["needs"])
	err := in.Err()
	var made pool.Pool
	if err == nil {
		made, err = p.Pools.Make(r.Context(), actor, content, needs...)
	}
	if err == nil {
		return web.SeeOther(w, r, path(made)+"?ok=pool.said.made")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.newPage(r, actor, r.PostForm)
	if pageErr != nil {
		return pageErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "pool/new", view)
}

// needIDs reads the ticked needs; what is no id is refused at the field.
func needIDs(in *form.Input, values []string) []need.ID {
	var out []need.ID
	for _, s := range values {
		id, err := need.ParseID(s)
		if err != nil {
			in.Refuse("needs", "form.error.choice")
			return nil
		}
		out = append(out, id)
	}
	return out
}
