package ownweb

import (
	"errors"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/meeting/wording"
)

// Once keeps a secret for the page that the reader is sent to, which shows it once.
type Once interface {
	Keep(r *http.Request, path, value string)
	Take(r *http.Request) string
}

// handView shows a link, once.
type handView struct {
	web.Page
	Head  ui.Head
	Told  ui.Notice
	Copy  *ui.Copy
	Empty *ui.Empty
	Do    ui.Actions
}

// linkPost makes a link for a member without an account.
func (p *pages) linkPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, x, err := p.ownOf(r, actor)
	if err == nil && !d.Keeps {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	secret, err := p.Own.NewLink(r.Context(), actor, x.ID)
	if err != nil {
		return err
	}
	to := wording.ItemPath(d.Item, "/egne-vedtak/"+string(x.ID)+"/lenke")
	p.Once.Keep(r, to, p.PublicURL+"/eget-vedtak/"+secret)
	return web.SeeOther(w, r, to)
}

func (p *pages) link(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, x, err := p.ownOf(r, actor)
	if err == nil && !d.Keeps {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := handView{Page: p.door.Frame(r, actor, t.T("meeting.own.link")), Head: ui.Head{Kicker: x.OrgName, Title: t.T("meeting.own.link"), Lead: t.T("meeting.own.link.lead")},
		Told: ui.Notice{Color: ui.Warning, Title: t.T("meeting.own.link.once"), Text: t.T("meeting.own.link.once.text")}}
	view.Crumbs = wording.ItemCrumbs(t, d)
	if kept := p.Once.Take(r); kept != "" {
		view.Copy = &ui.Copy{ID: "link", Label: x.OrgName, Value: kept, Button: t.T("meeting.own.link.copy")}
	} else {
		view.Empty = &ui.Empty{Title: t.T("meeting.own.link.empty"), Text: t.T("meeting.own.link.empty.text")}
	}
	view.Do.Items = []ui.Action{{Label: t.T("meeting.back_item"), Href: wording.ItemPath(d.Item, "#own"), Variant: ui.Secondary}}
	w.Header().Set("Cache-Control", "private, no-store")
	return p.door.Views.Render(w, http.StatusOK, "meeting/link", view)
}

// answerView is where a member without an account answers.
type answerView struct {
	web.Page
	Head    ui.Head
	Decided []string
	Fields  ui.Fieldset
	Actions ui.Actions
	Done    *ui.Notice
}

func (p *pages) answerPage(r *http.Request, actor access.Actor) (answerView, error) {
	x, err := p.Own.Look(r.Context(), r.PathValue("token"))
	if err != nil {
		return answerView{}, err
	}
	t := p.door.Printer(r)
	title := t.T("meeting.own.title", "name", x.Own.OrgName)
	view := answerView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: x.Number, Title: title, Lead: t.T("meeting.own.public", "body", x.Body, "date", x.Day, "title", x.Title)}, Decided: wording.Lines(x.Words),
		Fields:  ui.Fieldset{Fields: ownFields(t, x.Own)},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("meeting.own.send"), Submit: true, Variant: ui.Primary}}}}
	if x.Case != "" {
		view.Head.Actions = []ui.Action{{Label: t.T("meeting.read.case"), Href: "/saker/" + string(x.Case), Variant: ui.Secondary}}
	}
	view.Alternates, view.Canonical = nil, ""
	return view, nil
}

// byLink runs fn behind a link; one that opens nothing says why, and what to do.
func (p *pages) byLink(fn gate.Handler) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		web.SecretAnswer(w)
		err := fn(w, r, actor)
		var why own.Refusal
		if !errors.As(err, &why) {
			return err
		}
		t := p.door.Printer(r)
		title := t.T(i18n.Key("meeting.own.refused." + string(why)))
		next := ui.Notice{Title: t.T("meeting.own.refused.do"), Text: t.T("meeting.own.refused.do.text")}
		if why == own.NoNeed {
			next = ui.Notice{Text: t.T("meeting.own.refused.no_need.text")}
		}
		view := answerView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title}, Done: &next}
		view.Alternates, view.Canonical = nil, ""
		status := http.StatusGone
		if why == own.Unknown {
			status = http.StatusNotFound
		}
		return p.door.Views.Render(w, status, "meeting/answer", view)
	}
}

func (p *pages) answer(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.answerPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "meeting/answer", view)
}

func (p *pages) answerPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	view, err := p.answerPage(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	a := readOwn(in)
	if err = in.Err(); err == nil {
		err = p.Own.ByLink(r.Context(), r.PathValue("token"), a)
	}
	if err == nil {
		return web.SeeOther(w, r, "/eget-vedtak/takk")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view.Refused(form.Refill(&view.Fields, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "meeting/answer", view)
}

// thanks is what one who has answered by a link comes to; the link opens nothing now.
func (p *pages) thanks(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	view := answerView{Page: p.door.Frame(r, actor, t.T("meeting.own.thanks")), Head: ui.Head{Title: t.T("meeting.own.thanks")}, Done: &ui.Notice{Color: ui.Success, Text: t.T("meeting.own.thanks.text")}}
	return p.door.Views.Render(w, http.StatusOK, "meeting/answer", view)
}
