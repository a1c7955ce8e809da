package sheet

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type sectionView struct {
	web.Page
	Head      ui.Head
	Steps     ui.Steps
	Told      *ui.Notice
	FormLang  string // of the section, when that is not the page's
	Intro     string
	Version   string
	Drawing   string
	Questions ui.Questions
	Actions   ui.Actions
}

// asked is the answer and the section that the path names; without an answer that can be written
// the reader is led to Base.
func (p Pages) asked(w http.ResponseWriter, r *http.Request, d Desk) (s Sheet, sec question.Section, gone bool, err error) {
	if s, err = d.Look(r.Context()); err != nil {
		return s, sec, false, err
	}
	if !s.Open || s.Answer == nil {
		return s, sec, true, web.SeeOther(w, r, s.Base)
	}
	sec, ok := s.Definition.Section(r.PathValue("name"))
	if !ok {
		return s, sec, false, fault.Missing()
	}
	return s, sec, false, nil
}

func (p Pages) view(r *http.Request, actor access.Actor, s Sheet, sec question.Section, values question.Values) sectionView {
	t := p.Door.Printer(r)
	page := p.Drawn(t, s)
	page.Values, page.Live = values, s.Base+"/del/"+sec.Name+"/vis"
	_, page.Unchanged = s.Answer.Unchanged[sec.Name]
	view := sectionView{Page: p.Door.Frame(r, actor, s.Title), Steps: p.Steps(t, s.Base, page, sec.Name), Version: strconv.FormatInt(s.Answer.Version, 10), Drawing: id.Token(16),
		Questions: page.Section(sec), Actions: ui.Actions{Items: []ui.Action{{Label: t.T("sheet.next"), Submit: true, Variant: ui.Primary, NoCheck: true},
			{Label: t.T("sheet.later"), Submit: true, Variant: ui.Secondary, Name: "go", Value: "later", NoCheck: true}}}}
	if s.Secret {
		view.Alternates, view.Canonical = nil, ""
	}
	view.Crumbs = s.Crumbs
	view.Head.Title, view.FormLang = page.Text(sec.Title)
	view.Title = view.Head.Title + " – " + s.Title
	view.Head.Kicker = s.Kicker
	view.Intro, _ = page.Text(sec.Intro)
	return view
}

// Section shows a section to be answered.
func (p Pages) Section(w http.ResponseWriter, r *http.Request, actor access.Actor, d Desk) error {
	s, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	return p.Door.Views.Render(w, http.StatusOK, "sheet/section", p.view(r, actor, s, sec, s.Answer.Values))
}

// typed are the answers as posted, with those of the other sections as they were.
func (p Pages) typed(r *http.Request, s Sheet, sec question.Section) (mine, all question.Values, err error) {
	mine, err = p.Registers.Resolve(r.Context(), sec, draw.Read(r.PostForm, sec, s.Answer.Values))
	if err != nil {
		return nil, nil, err
	}
	mine = draw.ActOf(r.PostForm).Apply(sec, mine)
	all = maps.Clone(s.Answer.Values)
	if all == nil {
		all = question.Values{}
	}
	for _, q := range sec.Questions {
		delete(all, q.Name)
	}
	maps.Copy(all, mine)
	return mine, all, nil
}

// Post keeps what was written and leads on. What is wrong is told at once, and is kept all the
// same. sent are the files of the posted form.
func (p Pages) Post(w http.ResponseWriter, r *http.Request, actor access.Actor, d Desk, sent []draw.Arrived) error {
	s, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	at := forms.At{Version: Seen(r), Drawing: r.PostForm.Get("drawing")}
	wrong, err := keepFiles(r, d, sent, at, sec)
	if err == nil && (len(sent) > 0 || isDrop(r)) {
		s, err = d.Look(r.Context())
	}
	if err != nil {
		return err
	}
	mine, all, err := p.typed(r, s, sec)
	if err != nil {
		return err
	}
	act := draw.ActOf(r.PostForm)
	switch {
	case wrong != nil && (act.Redraws() || act.TakesOver()):
		err = wrong
	case act.Redraws():
		return p.Door.Views.Render(w, http.StatusOK, "sheet/section", p.view(r, actor, s, sec, all))
	case act.TakesOver():
		if err = d.Unchanged(r.Context(), at, sec.Name); err == nil {
			return web.SeeOther(w, r, s.Base+"/del/"+sec.Name)
		}
	default:
		var to string
		if s, to, err = p.save(r, d, s, at, sec, mine, wrong); err == nil {
			return web.SeeOther(w, r, to)
		}
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Stale) {
		return err
	}
	view := p.view(r, actor, s, sec, all)
	if fault.Is(err, fault.Stale) {
		view.Told = &ui.Notice{Color: ui.Warning, Title: view.T("sheet.stale"), Text: view.T("sheet.stale.text"), Live: true}
		return p.Door.Views.Render(w, http.StatusConflict, "sheet/section", view)
	}
	view.Refused(form.Refill(&view, nil, err, view.Printer))
	return p.Door.Views.Render(w, http.StatusUnprocessableEntity, "sheet/section", view)
}

// save keeps the section and answers where to go: to the same page when a file was sent, to
// Later when the rest is for later, else on. What is wrong stops only who goes on.
func (p Pages) save(r *http.Request, d Desk, s Sheet, at forms.At, sec question.Section, mine question.Values, wrong error) (Sheet, string, error) {
	saved, err := d.Save(r.Context(), at, sec.Name, mine)
	if err != nil {
		return s, "", err
	}
	stay, stays := draw.ActOf(r.PostForm).Stays()
	later := r.PostForm.Get("go") == "later"
	switch {
	case wrong != nil && (stays || later):
		return saved, "", wrong
	case stays:
		return saved, s.Base + "/del/" + sec.Name + "#asked-" + stay, nil
	case later:
		return saved, s.Later, nil
	}
	return saved, p.After(saved, sec.Name), also(wrong, saved.Definition.ValidateSection(sec.Name, saved.Answer.Values, p.Clock.Today()))
}

// Live draws the section with what is filled in so far, for the script.
func (p Pages) Live(w http.ResponseWriter, r *http.Request, d Desk) error {
	s, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	_, all, err := p.typed(r, s, sec)
	if err != nil {
		return err
	}
	page := p.Drawn(p.Door.Printer(r), s)
	page.Values, page.Live = all, s.Base+"/del/"+sec.Name+"/vis"
	return p.Door.Views.RenderFragment(w, http.StatusOK, "sheet/section", "sheet.live", page.Section(sec))
}

// Seen is the version of the answer that a posted page was drawn from.
func Seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func isDrop(r *http.Request) bool {
	_, _, drops := draw.ActOf(r.PostForm).Drops()
	return drops
}

// keepFiles takes in the files that were sent for the section, and takes away the
// one that is to go, before anything else is looked at: whatever is wrong elsewhere,
// no file has to be sent twice. What is wrong with files comes as a fault of its own.
func keepFiles(r *http.Request, d Desk, sent []draw.Arrived, at forms.At, sec question.Section) (wrong, err error) {
	var fs fault.Fields
	for _, f := range sent {
		if !slices.ContainsFunc(sec.Questions, func(q question.Question) bool { return q.Name == f.Question && q.Kind == question.File }) {
			continue
		}
		if err := note(&fs, f.Question, keep(r.Context(), d, at, f)); err != nil {
			return nil, err
		}
	}
	if name, file, drops := draw.ActOf(r.PostForm).Drops(); drops {
		// A file that is gone already is what was asked for.
		if err := d.RemoveFile(r.Context(), at, name, file); err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return fs.Err(), nil
}

func keep(ctx context.Context, d Desk, at forms.At, f draw.Arrived) error {
	if f.Err != nil {
		return f.Err
	}
	return d.AddFile(ctx, at, f.Question, f.Upload)
}

// note puts what is wrong with a file at its question; what is not about the file is given back.
func note(fs *fault.Fields, asked string, err error) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid || len(e.Fields) == 0 {
		return err
	}
	if at := question.FieldOf(asked); !fs.Has(at) {
		fs.Add(at, e.Fields[0].Key, e.Fields[0].Values...)
	}
	return nil
}

// also is both faults as one; of a field that both name, the first is told.
func also(first, second error) error {
	var fs fault.Fields
	for _, err := range []error{first, second} {
		e, ok := fault.As(err)
		if !ok {
			continue
		}
		for _, f := range e.Fields {
			if !fs.Has(f.Name) {
				fs.Add(f.Name, f.Key, f.Values...)
			}
		}
	}
	return fs.Err()
}
