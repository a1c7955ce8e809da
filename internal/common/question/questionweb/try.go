package questionweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// trySection is a section of the form as the answerer sees it.
type trySection struct {
	ID, Title, Intro, Lang string
	Questions              ui.Questions
	Answers                ui.Facts
}

type tryView struct {
	web.Page
	Head     ui.Head
	Tabs     ui.Tabs
	Told     ui.Notice
	Sections []trySection
	Right    bool
	Files    bool // the form can send files
	Actions  ui.Actions
}

// trial is a version of a form being tried out in a language.
type trial struct {
	form    forms.Form
	version forms.Version
	lang    i18n.Lang
}

// address is the page of the trial, or of one section of it, in the language.
func (x trial) address(rest string, l i18n.Lang) string {
	return path(x.form.ID) + "/prov" + rest + "?" + url.Values{"utgave": {strconv.Itoa(x.version.Nr)}, "skjemasprak": {string(l)}}.Encode()
}

func (p *pages) trial(r *http.Request, actor access.Actor) (trial, error) {
	f, err := p.find(r, actor)
	if err != nil {
		return trial{}, err
	}
	x := trial{form: f, version: f.Versions[0], lang: gate.Language(r)}
	if nr := r.URL.Query().Get("utgave"); nr != "" {
		n, err := strconv.Atoi(nr)
		v, ok := f.Nr(n)
		if err != nil || !ok {
			return trial{}, fault.Missing()
		}
		x.version = v
	}
	if l, ok := i18n.ParseLang(r.URL.Query().Get("skjemasprak")); ok {
		x.lang = l
	}
	return x, nil
}

func (p *pages) drawn(x trial, values question.Values) draw.Page {
	return draw.Page{Printer: p.door.Texts.Printer(x.lang), Registers: p.Registers, Definition: x.version.Definition, Values: values, Today: p.Clock.Today(), Writes: true, KeepsNone: true}
}

func (p *pages) tryPage(r *http.Request, actor access.Actor, x trial, values question.Values) tryView {
	t := p.door.Printer(r)
	page := p.drawn(x, values)
	title, _ := page.Text(x.version.Definition.Title)
	view := tryView{Page: p.door.Frame(r, actor, t.T("question.try.title")), Head: ui.Head{Kicker: t.T("question.try.kicker", "nr", x.version.Nr), Title: named(t, title)},
		Tabs: ui.Tabs{Label: t.T("question.try.languages")}, Told: ui.Notice{Text: t.T("question.try.text")},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("question.try.check"), Submit: true, NoCheck: true}, {Label: t.T("question.try.back"), Href: path(x.form.ID), Variant: ui.Tertiary}}}}
	view.Crumbs = crumbs(t, &x.form)
	view.Head.Lead, _ = page.Text(x.version.Definition.Intro)
	for _, l := range i18n.Langs() {
		view.Tabs.Items = append(view.Tabs.Items, ui.Tab{Label: t.T(i18n.Key("question.lang." + string(l))), Href: x.address("", l), Current: l == x.lang})
	}
	for _, s := range page.Shown() {
		out := trySection{ID: "del-" + s.Name}
		out.Title, out.Lang = page.Text(s.Title)
		out.Intro, _ = page.Text(s.Intro)
		if out.Lang == "" && x.lang != t.Language() {
			out.Lang = string(x.lang)
		}
		page.Live = x.address("/"+s.Name, x.lang)
		out.Questions = page.Section(s)
		view.Files = view.Files || out.Questions.TakesFiles()
		out.Answers = ui.Facts{Items: page.Facts(s)}
		view.Sections = append(view.Sections, out)
	}
	return view
}

// posted reads the answers that were posted to all sections.
func (p *pages) posted(r *http.Request, x trial) (question.Values, error) {
	values := question.Values{}
	act := draw.ActOf(r.PostForm)
	for _, s := range x.version.Definition.Sections {
		read, err := p.Registers.Resolve(r.Context(), s, draw.Read(r.PostForm, s, nil))
		if err != nil {
			return nil, err
		}
		for name, v := range act.Apply(s, read) {
			values[name] = v
		}
	}
	return values, nil
}

func (p *pages) try(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.trial(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/try", p.tryPage(r, actor, x, question.Values{}))
}

// tryPost holds what was filled in against the form, and stores nothing. A
// button inside the questions only draws them anew.
func (p *pages) tryPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	sent, err := draw.Receive(r)
	if err != nil {
		return err
	}
	defer sent.Close()
	x, err := p.trial(r, actor)
	if err != nil {
		return err
	}
	values, err := p.posted(r, x)
	if err != nil {
		return err
	}
	wrong, err := p.lookAt(r, x, sent, values)
	if err != nil {
		return err
	}
	view := p.tryPage(r, actor, x, values)
	if draw.ActOf(r.PostForm).Redraws() {
		return p.door.Views.Render(w, http.StatusOK, "question/try", view)
	}
	if err := join(wrong, x.version.Definition.Validate(values, p.Clock.Today()), nil); err != nil {
		view.Refused(form.Refill(&view, nil, err, p.door.Texts.Printer(x.lang)))
		return p.door.Views.Render(w, gate.Status(err), "question/try", view)
	}
	view.Right = true
	view.Told = ui.Notice{Color: ui.Success, Title: view.T("question.try.right"), Text: view.T("question.try.right.text"), Live: true}
	return p.door.Views.Render(w, http.StatusOK, "question/try", view)
}

// lookAt puts the files that were sent into the answers, by name only, when they
// would be taken. What is wrong with those that would not comes as a fault of its own.
func (p *pages) lookAt(r *http.Request, x trial, sent *draw.Posted, values question.Values) (wrong, err error) {
	var fs fault.Fields
	for _, f := range sent.Files {
		q, _, ok := x.version.Definition.Find(f.Question)
		if !ok || q.Kind != question.File {
			continue
		}
		if err = f.Err; err == nil {
			err = p.Attach.Inspect(r.Context(), f.Upload)
		}
		e, known := fault.As(err)
		switch {
		case err == nil:
			v := values[q.Name]
			v.Files = append(v.Files, question.Sent{Name: attach.CleanName(f.Name), Size: f.Size})
			values[q.Name] = v
		case known && len(e.Fields) > 0:
			fs.Add(question.FieldOf(q.Name), e.Fields[0].Key, e.Fields[0].Values...)
		case known && e.Kind == fault.Unavailable:
			fs.Add(question.FieldOf(q.Name), e.Key, e.Values...)
		default:
			return nil, err
		}
	}
	return fs.Err(), nil
}

// livePost draws one section with what is filled in so far, for the script.
func (p *pages) livePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	x, err := p.trial(r, actor)
	if err != nil {
		return err
	}
	values, err := p.posted(r, x)
	if err != nil {
		return err
	}
	s, ok := x.version.Definition.Section(r.PathValue("name"))
	if !ok {
		return fault.Missing()
	}
	page := p.drawn(x, values)
	page.Live = x.address("/"+s.Name, x.lang)
	return p.door.Views.RenderFragment(w, http.StatusOK, "question/try", "question.live", page.Section(s))
}
