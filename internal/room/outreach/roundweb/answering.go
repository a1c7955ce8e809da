package roundweb

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

// desk is where an answer is written: behind a link, or by somebody of the hub.
type desk struct {
	key  round.Key
	base string
	sent []draw.Arrived // the files of a posted form
}

func (p *pages) bySecret(r *http.Request, _ access.Actor) (desk, error) {
	secret := r.PathValue("token")
	return desk{key: round.Key{Secret: secret}, base: "/svar/" + secret}, nil
}

func (p *pages) byStaff(r *http.Request, actor access.Actor) (desk, error) {
	one, err := p.id(r)
	if err != nil {
		return desk{}, err
	}
	invite, err := p.inviteID(r, r.PathValue("invite"))
	return desk{key: round.Key{Actor: actor, Round: one, Invite: invite}, base: path(one) + "/for/" + string(invite)}, err
}

// at runs fn at the desk. A link that opens nothing gets a page that says what to
// do; an address with a secret is given to no search engine and no other site.
func (p *pages) at(find func(*http.Request, access.Actor) (desk, error), fn func(http.ResponseWriter, *http.Request, access.Actor, desk) error) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		d, err := find(r, actor)
		if err != nil {
			return err
		}
		secrecy(w, d.key.ByStaff())
		posted, err := draw.Receive(r)
		if err != nil {
			return err
		}
		defer posted.Close()
		d.sent = posted.Files
		err = fn(w, r, actor, d)
		var why round.Refusal
		if errors.As(err, &why) {
			return p.refuse(w, r, actor, why)
		}
		return err
	}
}

func secrecy(w http.ResponseWriter, staff bool) {
	w.Header().Set("Cache-Control", "private, no-store")
	if !staff {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		w.Header().Set("Referrer-Policy", "no-referrer")
	}
}

type refusedView struct {
	web.Page
	Head ui.Head
	What ui.Notice
}

// refuse tells why a link opens nothing, and what to do.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, actor access.Actor, why round.Refusal) error {
	t := p.door.Printer(r)
	title := t.T(i18n.Key("round.refused." + string(why)))
	view := refusedView{Page: p.frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T(i18n.Key("round.refused." + string(why) + ".text"))},
		What: ui.Notice{Title: t.T("round.refused.do"), Text: t.T("round.refused.do.text")}}
	status := http.StatusGone
	if why == round.Unknown {
		status = http.StatusNotFound
	}
	return p.door.Views.Render(w, status, "round/refused", view)
}

// frame is the frame of a page whose address is a secret.
func (p *pages) frame(r *http.Request, actor access.Actor, title string) web.Page {
	page := p.door.Frame(r, actor, title)
	page.Alternates, page.Canonical = nil, ""
	return page
}

// drawn is the form with its answers, ready to be drawn. Its files are at the desk:
// whoever may see the answer there may see them.
func (p *pages) drawn(t i18n.Printer, d desk, x round.Sheet) draw.Page {
	page := draw.Page{Printer: t, Registers: p.Registers, Definition: x.Definition, Today: p.Clock.Today(), Last: x.Last, Writes: x.Open, FileHref: d.file}
	if x.Answer != nil {
		page.Values, page.Prefilled = x.Answer.Values, x.Answer.Prefilled
	}
	return page
}

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

// filled reports whether something is answered in the section, and nothing is wrong.
func filled(page draw.Page, s question.Section) bool {
	if page.Definition.ValidateSection(s.Name, page.Values, page.Today) != nil {
		return false
	}
	return slices.ContainsFunc(s.Questions, func(q question.Question) bool { return !page.Values[q.Name].IsEmpty() })
}

// steps shows where one is in the form.
func (p *pages) steps(t i18n.Printer, d desk, page draw.Page, current string) ui.Steps {
	out := ui.Steps{Label: t.T("round.steps")}
	state := ui.StepDone
	for _, s := range page.Shown() {
		title, _ := page.Text(s.Title)
		step := ui.Step{Label: title, Href: d.base + "/del/" + s.Name, State: state, StateLabel: t.T("round.step.passed")}
		if s.Name == current {
			step.State, step.StateLabel, step.Href, state = ui.StepCurrent, t.T("round.step.here"), "", ui.StepTodo
		} else if state == ui.StepTodo {
			step.StateLabel = t.T("round.step.ahead")
		} else if !filled(page, s) {
			step.State, step.StateLabel = ui.StepTodo, t.T("round.step.unfilled")
		}
		out.Items = append(out.Items, step)
	}
	last := ui.Step{Label: t.T("round.review"), State: ui.StepTodo, StateLabel: t.T("round.step.ahead"), Href: d.base + "/se-over"}
	if current == "" {
		last.State, last.StateLabel, last.Href = ui.StepCurrent, t.T("round.step.here"), ""
	}
	out.Items = append(out.Items, last)
	return out
}

// asked is the answer and the section that the path names; without them the reader
// is led to where the answer begins.
func (p *pages) asked(w http.ResponseWriter, r *http.Request, d desk) (x round.Sheet, sec question.Section, gone bool, err error) {
	if x, err = p.Rounds.Look(r.Context(), d.key); err != nil {
		return x, sec, false, err
	}
	if !x.Open || x.Answer == nil {
		return x, sec, true, web.SeeOther(w, r, d.base)
	}
	sec, ok := x.Definition.Section(r.PathValue("name"))
	if !ok {
		return x, sec, false, fault.Missing()
	}
	return x, sec, false, nil
}

func (p *pages) sectionPage(r *http.Request, actor access.Actor, d desk, x round.Sheet, sec question.Section, values question.Values) sectionView {
	t := p.door.Printer(r)
	page := p.drawn(t, d, x)
	page.Values, page.Live = values, d.base+"/del/"+sec.Name+"/vis"
	_, page.Unchanged = x.Answer.Unchanged[sec.Name]
	view := sectionView{Page: p.frame(r, actor, x.Round.Title), Steps: p.steps(t, d, page, sec.Name), Version: strconv.FormatInt(x.Answer.Version, 10), Drawing: id.Token(16),
		Questions: page.Section(sec), Actions: ui.Actions{Items: []ui.Action{{Label: t.T("round.next"), Submit: true, Variant: ui.Primary, NoCheck: true},
			{Label: t.T("round.later.go"), Submit: true, Variant: ui.Secondary, Name: "go", Value: "later", NoCheck: true}}}}
	view.Head.Title, view.FormLang = page.Text(sec.Title)
	view.Title = view.Head.Title + " – " + x.Round.Title
	view.Head.Kicker = t.T("round.answering", "round", x.Round.Title, "name", x.Invite.Name)
	view.Intro, _ = page.Text(sec.Intro)
	return view
}

func (p *pages) section(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	x, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "round/section", p.sectionPage(r, actor, d, x, sec, x.Answer.Values))
}

// typed are the answers as posted, with those of the other sections as they were.
func (p *pages) typed(r *http.Request, x round.Sheet, sec question.Section) (mine, all question.Values, err error) {
	mine, err = p.Registers.Resolve(r.Context(), sec, draw.Read(r.PostForm, sec, x.Answer.Values))
	if err != nil {
		return nil, nil, err
	}
	mine = draw.ActOf(r.PostForm).Apply(sec, mine)
	all = question.Values{}
	for name, v := range x.Answer.Values {
		all[name] = v
	}
	for _, q := range sec.Questions {
		delete(all, q.Name)
	}
	for name, v := range mine {
		all[name] = v
	}
	return mine, all, nil
}

// sectionPost keeps what was written and leads on. What is wrong is told at once,
// and is kept all the same.
func (p *pages) sectionPost(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	x, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	at := forms.At{Version: seen(r), Drawing: r.PostForm.Get("drawing")}
	wrong, err := p.keepFiles(r, d, at, sec)
	if err == nil && (len(d.sent) > 0 || isDrop(r)) {
		x, err = p.Rounds.Look(r.Context(), d.key)
	}
	if err != nil {
		return err
	}
	mine, all, err := p.typed(r, x, sec)
	if err != nil {
		return err
	}
	act := draw.ActOf(r.PostForm)
	stay, stays := act.Stays()
	switch {
	case wrong != nil && (act.Redraws() || act.TakesOver()):
		err = wrong
	case act.Redraws():
		return p.door.Views.Render(w, http.StatusOK, "round/section", p.sectionPage(r, actor, d, x, sec, all))
	case act.TakesOver():
		if _, err = p.Rounds.Unchanged(r.Context(), d.key, at, sec.Name); err == nil {
			return web.SeeOther(w, r, d.base+"/del/"+sec.Name)
		}
	default:
		saved, saveErr := p.Rounds.Save(r.Context(), d.key, at, sec.Name, mine)
		if err = saveErr; err == nil {
			x = saved
			if wrong == nil && stays {
				return web.SeeOther(w, r, d.base+"/del/"+sec.Name+"#asked-"+stay)
			}
			if wrong == nil && r.PostForm.Get("go") == "later" {
				return web.SeeOther(w, r, d.base+"?ok=round.said.kept")
			}
			if err = wrong; !stays && r.PostForm.Get("go") != "later" {
				err = also(wrong, x.Definition.ValidateSection(sec.Name, x.Answer.Values, p.Clock.Today()))
			}
		}
	}
	if err == nil {
		return web.SeeOther(w, r, d.base+p.after(x, sec.Name))
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Stale) {
		return err
	}
	view := p.sectionPage(r, actor, d, x, sec, all)
	if fault.Is(err, fault.Stale) {
		view.Told = &ui.Notice{Color: ui.Warning, Title: view.T("round.stale"), Text: view.T("round.stale.text"), Live: true}
		return p.door.Views.Render(w, http.StatusConflict, "round/section", view)
	}
	view.Refused(form.Refill(&view, nil, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "round/section", view)
}

// after is the page that follows a section.
func (p *pages) after(x round.Sheet, name string) string {
	page := draw.Page{Definition: x.Definition, Values: x.Answer.Values, Today: p.Clock.Today()}
	here := false
	for _, s := range page.Shown() {
		if here {
			return "/del/" + s.Name
		}
		here = s.Name == name
	}
	return "/se-over"
}

// livePost draws the section with what is filled in so far, for the script.
func (p *pages) livePost(w http.ResponseWriter, r *http.Request, _ access.Actor, d desk) error {
	x, sec, gone, err := p.asked(w, r, d)
	if err != nil || gone {
		return err
	}
	_, all, err := p.typed(r, x, sec)
	if err != nil {
		return err
	}
	page := p.drawn(p.door.Printer(r), d, x)
	page.Values, page.Live = all, d.base+"/del/"+sec.Name+"/vis"
	return p.door.Views.RenderFragment(w, http.StatusOK, "round/section", "round.live", page.Section(sec))
}
