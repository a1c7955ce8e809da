package roundweb

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/hall/heard"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/outreach/round"
)

// startView is where an answer begins, and, once it is given, what came of it.
type startView struct {
	web.Page
	Head     ui.Head
	Thanks   *ui.Notice
	Who      ui.Notice
	Others   *ui.Notice // the other side has begun
	Facts    ui.Facts
	Sections []ui.Link
	Go       ui.Actions
	Done     bool
	Happened []ui.Card
	Nothing  *ui.Empty
	Round    ui.Facts
	Answers  []answerSection
}

// answerSection is a section of a given answer.
type answerSection struct {
	ID, Title, Lang string
	Facts           ui.Facts
}

func (p *pages) start(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	x, err := p.Rounds.Look(r.Context(), d.key)
	if err != nil {
		return err
	}
	if d.key.ByStaff() && (x.Invite.HasAnswered() || !x.Open) {
		return web.SeeOther(w, r, path(x.Round.ID)+"/svar/"+string(x.Invite.ID))
	}
	t := p.door.Printer(r)
	view := startView{Page: p.frame(r, actor, x.Round.Title), Head: ui.Head{Kicker: t.T("round.asks", "hub", x.Hub), Title: x.Round.Title}, Who: p.who(t, x)}
	page := p.drawn(t, d, x)
	view.Facts.Items = []ui.Fact{{Label: t.T("round.answers_for"), Text: x.Invite.Name}, {Label: t.T("round.deadline"), Text: t.Date(x.Round.Deadline)}}
	if x.Invite.HasAnswered() {
		view.Done = true
		if err := p.happened(r, t, d, x, &view); err != nil {
			return err
		}
		return p.door.Views.Render(w, http.StatusOK, "round/start", view)
	}
	view.Head.Lead, _ = page.Text(x.Definition.Intro)
	action := ui.Action{Label: t.T("round.begin"), Href: d.base, Post: true, Variant: ui.Primary}
	if x.Answer != nil {
		action.Label = t.T("round.go_on")
	}
	view.Go.Items = []ui.Action{action}
	if !x.OthersAt.IsZero() {
		p.others(t, d, x, &view)
	}
	for _, s := range page.Shown() {
		title, _ := page.Text(s.Title)
		link := ui.Link{Label: title}
		if x.Answer != nil {
			link.Href = d.base + "/del/" + s.Name
		}
		view.Sections = append(view.Sections, link)
	}
	return p.door.Views.Render(w, http.StatusOK, "round/start", view)
}

// others says that the other side has begun, and what can be done then.
func (p *pages) others(t i18n.Printer, d desk, x round.Sheet, view *startView) {
	if !d.key.ByStaff() {
		view.Others = &ui.Notice{Title: t.T("round.others.hub", "hub", x.Hub), Text: t.T("round.others.hub.text", "moment", x.OthersAt)}
		return
	}
	view.Others = &ui.Notice{Color: ui.Warning, Title: t.T("round.others.org", "name", x.Invite.Name), Text: t.T("round.others.org.text", "moment", x.OthersAt)}
	view.Go.Items = []ui.Action{{Label: t.T("round.others.wait"), Href: path(x.Round.ID), Variant: ui.Primary},
		{Label: t.T("round.others.over"), Href: d.base + "/pa-nytt", Post: true, Variant: ui.Tertiary, Color: ui.Danger,
			Confirm: &ui.Confirm{Text: t.T("round.others.over.sure"), Yes: t.T("round.others.over"), No: t.T("round.cancel")}}}
}

// startOverPost throws away what the organisation has begun and begins anew.
func (p *pages) startOverPost(w http.ResponseWriter, r *http.Request, _ access.Actor, d desk) error {
	x, err := p.Rounds.StartOver(r.Context(), d.key)
	if err != nil {
		return err
	}
	return p.first(w, r, d, x)
}

// who says, before the first question, who may see the answers.
func (p *pages) who(t i18n.Printer, x round.Sheet) ui.Notice {
	sight := x.Definition.Sight
	if sight == "" {
		sight = question.SightInternal
	}
	return ui.Notice{Title: t.T("round.who"), Paragraphs: []string{t.T("round.who.hub", "hub", x.Hub), t.T("round.who.draft", "hub", x.Hub), t.T(i18n.Key("round.who." + string(sight))), t.T("round.who.law")}}
}

// happened fills the page with what came of the answer.
func (p *pages) happened(r *http.Request, t i18n.Printer, d desk, x round.Sheet, view *startView) error {
	view.Thanks = &ui.Notice{Color: ui.Success, Title: t.T("round.thanks"), Text: t.T("round.thanks.text", "moment", x.Invite.AnsweredAt)}
	list, err := p.Heard.Happened(r.Context(), d.key)
	if err != nil {
		return err
	}
	for _, h := range list {
		view.Happened = append(view.Happened, needCard(t, h))
	}
	if len(list) == 0 {
		view.Nothing = &ui.Empty{Title: t.T("round.happened.none"), Text: t.T("round.happened.none.text", "hub", x.Hub)}
	}
	count := t.T("round.happened.few")
	if x.Answers > 0 {
		count = t.T("round.happened.answers", "n", x.Answers)
	}
	view.Round.Items = []ui.Fact{{Label: t.T("round.answered"), Text: count}, {Label: t.T("round.happened.round"), Tags: []ui.Tag{stateTag(t, x.Round.StateOn(p.Clock.Today()))}}}
	view.Answers = p.given(t, d.file, x)
	return nil
}

// needCard is a need that came of an answer: where it stands, and who has the ball.
func needCard(t i18n.Printer, h heard.Happened) ui.Card {
	if h.Number == "" {
		return ui.Card{Title: t.T("round.happened.closed"), Text: t.T("round.happened.closed.text")}
	}
	c := ui.Card{Kicker: t.T("round.happened.need"), Title: h.Number, Tags: []ui.Tag{wording.State(t, h.State)},
		Facts: []ui.Fact{{Label: t.T("round.happened.since"), Text: t.Date(h.Since.Date())}}}
	if h.Follow != "" {
		c.Href = "/folg/" + h.Follow
	}
	who := h.Ball.Name
	switch {
	case who != "":
	case h.Ball.Role != "":
		who = t.T(i18n.Key("role." + string(h.Ball.Role)))
	case h.Ball.Party != "":
		who = t.T(i18n.Key("need.party." + string(h.Ball.Party)))
	}
	if who != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("round.happened.ball"), Text: who})
	}
	if !h.Ball.Due.IsZero() {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("round.happened.due"), Text: t.Date(h.Ball.Due)})
	}
	return c
}

// given is what a submitted answer says, section by section.
func (p *pages) given(t i18n.Printer, href func(question.Sent) string, x round.Sheet) []answerSection {
	page := p.drawn(t, desk{}, x)
	page.Values, page.Last, page.FileHref = x.Answer.Sent, nil, href
	var out []answerSection
	for _, s := range page.Shown() {
		one := answerSection{ID: "del-" + s.Name, Facts: ui.Facts{Items: page.Facts(s)}}
		one.Title, one.Lang = page.Text(s.Title)
		out = append(out, one)
	}
	return out
}

// beginPost begins the answer and leads to its first section.
func (p *pages) beginPost(w http.ResponseWriter, r *http.Request, _ access.Actor, d desk) error {
	x, err := p.Rounds.Begin(r.Context(), d.key)
	if err != nil {
		return err
	}
	return p.first(w, r, d, x)
}

// first leads to the first section.
func (p *pages) first(w http.ResponseWriter, r *http.Request, d desk, x round.Sheet) error {
	shown := p.drawn(p.door.Printer(r), d, x).Shown()
	if len(shown) == 0 {
		return fault.Missing()
	}
	return web.SeeOther(w, r, d.base+"/del/"+shown[0].Name)
}

type reviewView struct {
	web.Page
	Head     ui.Head
	Steps    ui.Steps
	Who      ui.Notice
	Problems *ui.Notice
	Sections []reviewSection
	Version  string
	Actions  ui.Actions
}

// reviewSection is a section as it will be handed in, with the way back to it.
type reviewSection struct {
	answerSection
	Change ui.Actions
}

func (p *pages) reviewPage(r *http.Request, actor access.Actor, d desk, x round.Sheet) reviewView {
	t := p.door.Printer(r)
	page := p.drawn(t, d, x)
	page.Last = nil
	view := reviewView{Page: p.frame(r, actor, t.T("round.review")), Steps: p.sheets().Steps(t, d.base, page, ""), Who: p.who(t, x), Version: strconv.FormatInt(x.Answer.Version, 10),
		Head:    ui.Head{Kicker: t.T("round.answering", "round", x.Round.Title, "name", x.Invite.Name), Title: t.T("round.review"), Lead: t.T("round.review.lead")},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("round.send"), Submit: true, Variant: ui.Primary}}}}
	for _, s := range page.Shown() {
		one := reviewSection{answerSection: answerSection{ID: "del-" + s.Name, Facts: ui.Facts{Items: page.Facts(s)}}}
		one.Title, one.Lang = page.Text(s.Title)
		one.Change.Items = []ui.Action{{Label: t.T("round.change"), Context: one.Title, Href: d.base + "/del/" + s.Name, Variant: ui.Tertiary}}
		view.Sections = append(view.Sections, one)
	}
	return view
}

func (p *pages) review(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	x, err := p.Rounds.Look(r.Context(), d.key)
	if err != nil {
		return err
	}
	if !x.Open || x.Answer == nil {
		return web.SeeOther(w, r, d.base)
	}
	return p.door.Views.Render(w, http.StatusOK, "round/review", p.reviewPage(r, actor, d, x))
}

// submitPost hands the answer in. What is wrong leads back to its section.
func (p *pages) submitPost(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	x, err := p.Rounds.Submit(r.Context(), d.key, forms.At{Version: seen(r)})
	if err == nil {
		if d.key.ByStaff() {
			return web.SeeOther(w, r, path(x.Round.ID)+"/svar/"+string(x.Invite.ID)+"?ok=round.said.answered")
		}
		return web.SeeOther(w, r, d.base)
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Stale) {
		return err
	}
	x, lookErr := p.Rounds.Look(r.Context(), d.key)
	if lookErr != nil {
		return lookErr
	}
	view := p.reviewPage(r, actor, d, x)
	if fault.Is(err, fault.Stale) {
		view.Problems = &ui.Notice{Color: ui.Warning, Title: view.T("round.stale"), Text: view.T("round.stale.review"), Live: true}
		return p.door.Views.Render(w, http.StatusConflict, "round/review", view)
	}
	view.Problems = &ui.Notice{Color: ui.Danger, Title: view.T("round.review.wrong"), Live: true, Links: p.wrong(view.Printer, d, x, err)}
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "round/review", view)
}

// wrong are links to the sections with what is wrong in them.
func (p *pages) wrong(t i18n.Printer, d desk, x round.Sheet, err error) []ui.Link {
	e, _ := fault.As(err)
	page := p.drawn(t, d, x)
	var out []ui.Link
	for _, s := range x.Definition.Sections {
		n := 0
		for _, q := range s.Questions {
			at := question.FieldOf(q.Name)
			for _, f := range e.Fields {
				if f.Name == at || strings.HasPrefix(f.Name, at+".") {
					n++
				}
			}
		}
		if n > 0 {
			title, _ := page.Text(s.Title)
			out = append(out, ui.Link{Label: t.T("round.review.missing", "title", title, "n", n), Href: d.base + "/del/" + s.Name})
		}
	}
	return out
}

type joinView struct {
	web.Page
	Head    ui.Head
	Who     ui.Notice
	Form    joinForm
	Actions ui.Actions
}

type joinForm struct{ Number form.Field }

func (p *pages) joinPage(r *http.Request, actor access.Actor) (joinView, error) {
	x, err := p.Rounds.ByOpenLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return joinView{}, err
	}
	t := p.door.Printer(r)
	view := joinView{Page: p.frame(r, actor, x.Round.Title), Head: ui.Head{Kicker: t.T("round.asks", "hub", x.Hub), Title: x.Round.Title, Lead: t.T("round.join.lead", "day", x.Round.Deadline)},
		Who:     p.who(t, round.Sheet{Hub: x.Hub, Definition: question.Definition{Sight: x.Sight}}),
		Form:    joinForm{form.Field{Name: "number", Kind: form.Text, Label: t.T("round.join.number"), Hint: t.T("round.join.number.hint"), Required: true, InputMode: "numeric", Autocomplete: "off"}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("round.begin"), Submit: true, Variant: ui.Primary}}}}
	return view, nil
}

func (p *pages) join(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	secrecy(w, false)
	view, err := p.joinPage(r, actor)
	return p.joined(w, r, actor, http.StatusOK, view, err)
}

func (p *pages) joined(w http.ResponseWriter, r *http.Request, actor access.Actor, status int, view joinView, err error) error {
	var why round.Refusal
	if errors.As(err, &why) {
		return p.refuse(w, r, actor, why)
	}
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, status, "round/join", view)
}

// joinPost gives an organisation that was not invited a link of its own.
func (p *pages) joinPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	secrecy(w, false)
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	secret, err := p.Rounds.Join(r.Context(), r.PathValue("token"), form.Read(r.PostForm).Text("number"))
	if err == nil {
		return web.SeeOther(w, r, "/svar/"+secret)
	}
	if !fault.Is(err, fault.Invalid) {
		return p.joined(w, r, actor, 0, joinView{}, err)
	}
	view, pageErr := p.joinPage(r, actor)
	if pageErr == nil {
		view.Refused(form.Refill(&view.Form, r.PostForm, said(view.Printer, r.PostForm.Get("number"), err), view.Printer))
	}
	return p.joined(w, r, actor, http.StatusUnprocessableEntity, view, pageErr)
}

// said makes sentences of what is said of a line in a list: with the number first.
func said(t i18n.Printer, written string, err error) error {
	e, _ := fault.As(err)
	var fs fault.Fields
	for _, f := range e.Fields {
		switch f.Key {
		case "round.error.number", "round.error.ended", "round.error.unreachable", "round.error.unknown":
			fs.Add(f.Name, "round.error.about", "written", text.Truncate(text.CleanLine(written), 40), "what", t.T(f.Key, f.Values...))
		default:
			fs.Add(f.Name, f.Key, f.Values...)
		}
	}
	return fs.Err()
}
