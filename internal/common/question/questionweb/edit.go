package questionweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// editView is a page with one plain form: a new form, a form's title, a
// section, a file to import.
type editView struct {
	web.Page
	Head    ui.Head
	Fields  []form.Field
	Sets    []ui.Fieldset
	Files   bool
	Version int64
	Draft   ui.Draft
	Help    ui.Details
	Actions ui.Actions
}

func draftBox(t i18n.Printer, key string) ui.Draft {
	return ui.Draft{Key: "skjema-" + key, Saving: t.T("question.keep.saving"), Saved: t.T("question.keep.saved"), Offline: t.T("question.keep.saved"),
		Found: t.T("question.keep.found"), Restore: t.T("question.keep.restore"), Throw: t.T("question.keep.throw")}
}

func saveActions(t i18n.Printer, back string) ui.Actions {
	return ui.Actions{Items: []ui.Action{{Label: t.T("question.save"), Submit: true}, {Label: t.T("question.cancel"), Href: back, Variant: ui.Tertiary}}}
}

// refused draws the page again with what was typed and what is wrong. After a
// stale save the next one replaces what somebody else saved.
func (p *pages) refused(w http.ResponseWriter, r *http.Request, view editView, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	problems := form.Refill(&view, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	} else if n := seen(r); n >= 0 {
		view.Version = n
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "question/edit", view)
}

// empty is the template that is no template.
const empty = "tomt"

func (p *pages) createPage(r *http.Request, actor access.Actor) (editView, error) {
	templates, err := forms.Templates()
	if err != nil {
		return editView{}, err
	}
	t := p.door.Printer(r)
	start := form.Field{Name: "template", Kind: form.Radio, Label: t.T("question.field.template"),
		Options: []form.Option{{Value: empty, Label: t.T("question.template.empty"), Selected: true}}, Value: empty}
	for _, x := range templates {
		title, _ := x.Definition.Title.In(t.Language())
		start.Options = append(start.Options, form.Option{Value: x.Code, Label: title})
	}
	view := editView{Page: p.door.Frame(r, actor, t.T("question.new")), Head: ui.Head{Title: t.T("question.new"), Lead: t.T("question.new.lead")},
		Fields:  append(append([]form.Field{start}, textFields(t, "title", "question.field.title", i18n.Text{}, false, question.MaxLabel)...), codeField(t, "")),
		Actions: saveActions(t, "/skjema"), Draft: draftBox(t, "nytt")}
	view.Crumbs = crumbs(t, nil)
	return view, nil
}

func codeField(t i18n.Printer, value string) form.Field {
	return form.Field{Name: "code", Kind: form.Text, Label: t.T("question.field.code"), Hint: t.T("question.hint.code"), Value: value, Required: true, Autocomplete: "off"}
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.createPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/edit", view)
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, err := p.createPage(r, actor)
	if err != nil {
		return err
	}
	templates, err := forms.Templates()
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	codes := []string{empty}
	for _, x := range templates {
		codes = append(codes, x.Code)
	}
	chosen, title := in.Choice("template", codes...), readText(in, "title")
	d := question.Definition{Sight: question.SightInternal}
	for _, x := range templates {
		if x.Code == chosen {
			d = x.Definition
		}
	}
	if chosen == "" || chosen == empty || title != (i18n.Text{}) {
		d.Title = title
		checkTexts(in, d, "title.nb", "title.nn", "title.en")
	}
	var f forms.ID
	if err = in.Err(); err == nil {
		f, err = p.Forms.Create(r.Context(), actor, in.Text("code"), d)
	}
	if err != nil {
		return p.refused(w, r, view, err)
	}
	return web.SeeOther(w, r, path(f)+"?ok=question.said.created")
}

// checkTexts notes what Check says of the named places of the form itself.
func checkTexts(in *form.Input, d question.Definition, places ...string) {
	for _, x := range d.Check(question.Can{Files: true}) {
		if slices.Contains(places, x.At) {
			in.Refuse(x.At, x.Key, x.Values...)
		}
	}
}

func (p *pages) editPage(r *http.Request, actor access.Actor, f forms.Form, d question.Definition) editView {
	t := p.door.Printer(r)
	view := editView{Page: p.door.Frame(r, actor, t.T("question.edit")), Head: ui.Head{Kicker: named(t, f.Title), Title: t.T("question.edit")}, Version: f.Version,
		Fields: append(append(textFields(t, "title", "question.field.title", d.Title, false, question.MaxLabel), textFields(t, "intro", "question.field.intro", d.Intro, true, question.MaxIntro)...),
			sightField(t, d.Sight, false), useField(t, d.Use)),
		Actions: saveActions(t, path(f.ID)), Draft: draftBox(t, string(f.ID))}
	view.Crumbs = crumbs(t, &f)
	return view
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/edit", p.editPage(r, actor, f, d))
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	view := p.editPage(r, actor, f, d)
	in := form.Read(r.PostForm)
	d.Title, d.Intro, d.Sight = readText(in, "title"), readText(in, "intro"), question.Sight(in.Choice("sight", sights()...))
	d.Use = question.Use(in.Choice("use", text.Strings(question.Uses())...))
	checkTexts(in, d, "title.nb", "title.nn", "title.en", "intro.nb", "intro.nn", "intro.en")
	if err = in.Err(); err == nil {
		err = p.Forms.SaveDraft(r.Context(), actor, f.ID, seen(r), d)
	}
	if err != nil {
		return p.refused(w, r, view, err)
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.saved")
}

func sights() []string {
	var out []string
	for _, s := range question.Sights() {
		out = append(out, string(s))
	}
	return out
}

func (p *pages) sectionPage(r *http.Request, actor access.Actor, f forms.Form, s question.Section, title i18n.Key) editView {
	t := p.door.Printer(r)
	view := editView{Page: p.door.Frame(r, actor, t.T(title)), Head: ui.Head{Kicker: named(t, f.Title), Title: t.T(title)}, Version: f.Version,
		Fields: append(append(textFields(t, "title", "question.field.section", s.Title, false, question.MaxLabel), textFields(t, "intro", "question.field.intro", s.Intro, true, question.MaxIntro)...),
			form.Field{Name: "name", Kind: form.Text, Label: t.T("question.field.name"), Hint: t.T("question.hint.name"), Value: s.Name, OptionalMark: t.T("draw.optional"), Autocomplete: "off"},
			form.Field{Name: "show_if", Kind: form.Text, Label: t.T("question.field.show_if"), Hint: t.T("question.hint.show_if"), Value: s.ShowIf, OptionalMark: t.T("draw.optional"), Autocomplete: "off"}),
		Actions: saveActions(t, path(f.ID)), Draft: draftBox(t, string(f.ID)+"-"+s.Name)}
	if s.Name != "" {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("question.section.remove"), Href: path(f.ID) + "/fjern/" + s.Name, Variant: ui.Tertiary, Color: ui.Danger})
	}
	if draft, ok := f.Draft(); ok {
		view.Help = help(t, draft.Definition)
	}
	view.Crumbs = crumbs(t, &f)
	return view
}

func (p *pages) newSection(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, _, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/edit", p.sectionPage(r, actor, f, question.Section{}, "question.section.new"))
}

func (p *pages) newSectionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	d.Sections = append(d.Sections, question.Section{})
	return p.saveSection(w, r, actor, f, d, len(d.Sections)-1, p.sectionPage(r, actor, f, question.Section{}, "question.section.new"))
}

func (p *pages) section(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	s, ok := d.Section(r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	return p.door.Views.Render(w, http.StatusOK, "question/edit", p.sectionPage(r, actor, f, s, "question.section.edit"))
}

func (p *pages) sectionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Sections, func(s question.Section) bool { return s.Name == r.PathValue("name") })
	if i < 0 {
		return fault.Missing()
	}
	return p.saveSection(w, r, actor, f, d, i, p.sectionPage(r, actor, f, d.Sections[i], "question.section.edit"))
}

func (p *pages) saveSection(w http.ResponseWriter, r *http.Request, actor access.Actor, f forms.Form, d question.Definition, i int, view editView) error {
	in := form.Read(r.PostForm)
	s := &d.Sections[i]
	s.Title, s.Intro, s.ShowIf = readText(in, "title"), readText(in, "intro"), in.Text("show_if")
	s.Name = nameOr(in.Text("name"), s.Title.String(), d)
	// A section without questions is saved: they come next.
	fs := problemsAt(d.Check(p.Forms.Can()), "sections."+strconv.Itoa(i), "questions")
	err := fs.Err()
	if e, ok := fault.As(err); ok {
		e.Fields = slices.DeleteFunc(e.Fields, func(x fault.Field) bool { return !slices.Contains(fieldNames(view.Fields), x.Name) })
		if len(e.Fields) == 0 {
			err = nil
		}
	}
	if err == nil {
		err = p.Forms.SaveDraft(r.Context(), actor, f.ID, seen(r), d)
	}
	if err != nil {
		return p.refused(w, r, view, err)
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.saved#avsnitt-"+url.PathEscape(s.Name))
}

func fieldNames(fields []form.Field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Name)
	}
	return out
}

// nameOr is the name that was written, or one made of the label that nothing
// in the form has.
func nameOr(written, label string, d question.Definition) string {
	if written != "" {
		return written
	}
	base := nameOf(label)
	taken := func(name string) bool {
		_, _, isQuestion := d.Find(name)
		_, isSection := d.Section(name)
		return isQuestion || isSection
	}
	name := base
	for n := 2; taken(name); n++ {
		name = base + "_" + strconv.Itoa(n)
	}
	return name
}

// nameOf makes a name of a label: its first words, in a–z.
func nameOf(label string) string {
	var out []byte
	for _, r := range label {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out = append(out, byte(r))
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		case r == 'æ' || r == 'Æ':
			out = append(out, "ae"...)
		case r == 'ø' || r == 'Ø':
			out = append(out, 'o')
		case r == 'å' || r == 'Å':
			out = append(out, 'a')
		case len(out) > 0 && out[len(out)-1] != '_':
			out = append(out, '_')
		}
	}
	const longest = 30
	out = out[:min(len(out), longest)]
	for len(out) > 0 && out[len(out)-1] == '_' {
		out = out[:len(out)-1]
	}
	if name := string(out); expr.IsName(name) {
		return name
	}
	return "q" + string(out)
}
