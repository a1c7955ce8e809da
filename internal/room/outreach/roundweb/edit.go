package roundweb

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

type editView struct {
	web.Page
	Head    ui.Head
	Version string
	Form    editForm
	Actions ui.Actions
}

type editForm struct{ Hub, Title, Form, Deadline, First, Later, Reminders form.Field }

// usual is what a new round proposes: days to the deadline, and reminders before it.
const (
	usualDays      = 21
	usualReminders = "7, 2"
)

// editPage draws the form; old is nil for a new round.
func (p *pages) editPage(r *http.Request, actor access.Actor, old *round.Round) (editView, error) {
	t := p.door.Printer(r)
	view := editView{Page: p.door.Frame(r, actor, t.T("round.new")), Head: ui.Head{Title: t.T("round.new"), Lead: t.T("round.new.lead")},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("round.new.save"), Submit: true, Variant: ui.Primary}, {Label: t.T("round.cancel"), Href: "/runder", Variant: ui.Tertiary}}}}
	view.Crumbs = crumbs(t, old)
	today := p.Clock.Today()
	c := round.Content{Deadline: today.AddDays(usualDays), Waves: []clock.Date{today}}
	reminders := usualReminders
	if old != nil {
		c, view.Version = old.Content, strconv.FormatInt(old.Version, 10)
		reminders = joinInts(c.Reminders)
		view.Title, view.Head = t.T("round.edit"), ui.Head{Kicker: old.Title, Title: t.T("round.edit")}
		view.Actions.Items[0].Label, view.Actions.Items[1].Href = t.T("round.save"), path(old.ID)
	}
	var later []string
	for _, d := range c.Waves[min(1, len(c.Waves)):] {
		later = append(later, fmt.Sprintf("%02d.%02d.%d", d.Day(), d.Month(), d.Year()))
	}
	first := ""
	if len(c.Waves) > 0 {
		first = c.Waves[0].String()
	}
	optional := t.T("round.optional")
	view.Form = editForm{
		Title:     form.Field{Name: "title", Kind: form.Text, Label: t.T("round.name"), Hint: t.T("round.name.hint"), Value: c.Title, Required: true, MaxRunes: round.MaxTitle},
		Deadline:  form.Field{Name: "deadline", Kind: form.Date, Label: t.T("round.deadline"), Hint: t.T("round.deadline.hint"), Value: c.Deadline.String(), Required: true},
		First:     form.Field{Name: "first", Kind: form.Date, Label: t.T("round.first"), Hint: t.T("round.first.hint"), Value: first, Required: true},
		Later:     form.Field{Name: "later", Kind: form.Text, Label: t.T("round.later"), Hint: t.T("round.later.hint"), Value: strings.Join(later, ", "), OptionalMark: optional},
		Reminders: form.Field{Name: "reminders", Kind: form.Text, Label: t.T("round.reminders"), Hint: t.T("round.reminders.hint"), Value: reminders, OptionalMark: optional},
	}
	var err error
	if view.Form.Form, err = p.formField(r, t, c.Form); err != nil {
		return view, err
	}
	if hubs := actor.Orgs(round.Roles()...); len(hubs) > 1 && old == nil {
		view.Form.Hub = form.Field{Name: "hub", Kind: form.Select, Label: t.T("round.hub"), Required: true}
		for _, h := range hubs {
			name, err := p.nameOf(r.Context(), h)
			if err != nil {
				return view, err
			}
			view.Form.Hub.Options = append(view.Form.Hub.Options, form.Option{Value: string(h), Label: name})
		}
	}
	return view, nil
}

func joinInts(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ", ")
}

// formField lists the forms that can be answered.
func (p *pages) formField(r *http.Request, t i18n.Printer, chosen forms.ID) (form.Field, error) {
	f := form.Field{Name: "form", Kind: form.Radio, Label: t.T("round.form"), Hint: t.T("round.form.hint"), Required: true}
	list, err := p.Forms.InUse(r.Context(), question.Survey)
	for _, one := range list {
		title, _ := one.Versions[0].Definition.Title.In(t.Language())
		f.Options = append(f.Options, form.Option{Value: string(one.ID), Label: title, Hint: t.T("round.form.sections", "n", len(one.Versions[0].Definition.Sections)),
			Selected: one.ID == chosen || chosen == "" && len(list) == 1})
	}
	if len(list) == 0 {
		f.Hint = t.T("round.form.none")
	}
	return f, err
}

// read is the content that was posted; what has the wrong shape is in fs.
func (p *pages) read(r *http.Request, actor access.Actor) (round.Content, *fault.Fields, error) {
	in, fs := form.Read(r.PostForm), &fault.Fields{}
	c := round.Content{Title: in.Text("title"), Form: forms.ID(in.Text("form")), Deadline: in.Date("deadline")}
	if c.Form != "" {
		if _, err := forms.ParseID(string(c.Form)); err != nil {
			c.Form = ""
		}
	}
	if first := in.Date("first"); !first.IsZero() {
		c.Waves = append(c.Waves, first)
	}
	if hubs := actor.Orgs(round.Roles()...); len(hubs) > 0 {
		c.Hub = hubs[0]
		if r.PostForm.Has("hub") { // not ours is an error, not our first
			c.Hub = org.ID(in.Choice("hub", text.Strings(hubs)...))
		}
	}
	if err := fs.AddErr(in.Err()); err != nil {
		return c, fs, err
	}
	for _, part := range split(in.Text("later")) {
		d, err := clock.ParseDate(part)
		if err != nil {
			fs.Add("later", "round.error.later", "written", text.Truncate(part, 20))
			break
		}
		c.Waves = append(c.Waves, d)
	}
	for _, part := range split(in.Text("reminders")) {
		n, err := strconv.Atoi(part)
		if err != nil {
			fs.Add("reminders", "round.error.reminders", "written", text.Truncate(part, 20))
			break
		}
		c.Reminders = append(c.Reminders, n)
	}
	return c, fs, nil
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\u00a0' })
}

// fields names the faults of the content as the form does: the first wave and the
// later ones are two fields.
func fields(fs *fault.Fields, err error, waves int) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		return err
	}
	for _, f := range e.Fields {
		if f.Name == "waves" {
			if f.Name = "later"; waves < 2 {
				f.Name = "first"
			}
		}
		if !fs.Has(f.Name) {
			fs.Add(f.Name, f.Key, f.Values...)
		}
	}
	return fs.Err()
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.editPage(r, actor, nil)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "round/edit", view)
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	c, fs, err := p.read(r, actor)
	if err != nil {
		return err
	}
	var made round.ID
	if fs.Err() == nil {
		made, err = p.Rounds.Create(r.Context(), actor, c)
	} else {
		var more fault.Fields
		c.Check(&more, p.Clock.Today())
		err = more.Err()
	}
	if err = fields(fs, err, len(c.Waves)); err == nil {
		err = fs.Err()
	}
	if err == nil {
		return web.SeeOther(w, r, path(made)+"?ok=round.said.created")
	}
	return p.refuseEdit(w, r, actor, nil, err)
}

func (p *pages) refuseEdit(w http.ResponseWriter, r *http.Request, actor access.Actor, old *round.Round, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view, viewErr := p.editPage(r, actor, old)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "round/edit", view)
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	if !x.Runs || x.State != round.Draft {
		return fault.Missing()
	}
	view, err := p.editPage(r, actor, &x.Round)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "round/edit", view)
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	c, fs, err := p.read(r, actor)
	if err != nil {
		return err
	}
	c.Hub = x.Hub
	said := "round.said.saved"
	if fs.Err() == nil {
		moved := 0
		if moved, err = p.Rounds.Edit(r.Context(), actor, x.ID, seen(r), c); moved > 0 {
			said = "round.said.moved"
		}
	} else {
		var more fault.Fields
		c.Check(&more, p.Clock.Today())
		err = more.Err()
	}
	if err = fields(fs, err, len(c.Waves)); err == nil {
		err = fs.Err()
	}
	if err == nil {
		return web.SeeOther(w, r, path(x.ID)+"?ok="+said)
	}
	return p.refuseEdit(w, r, actor, &x.Round, err)
}
