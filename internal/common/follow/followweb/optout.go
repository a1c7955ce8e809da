package followweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// askView asks for one press: mail programs and guards open the addresses in
// letters by themselves, so that to open one must change nothing.
type askView struct {
	web.Page
	Head    ui.Head
	Actions ui.Actions
}

type asking struct{ title, lead, do, done, doneLead i18n.Key }

var (
	toConfirm = asking{"follow.confirm.title", "follow.confirm.lead", "follow.confirm.do", "follow.confirm.done", "follow.confirm.done.lead"}
	toOptOut  = asking{"follow.optout.title", "follow.optout.lead", "follow.optout.do", "follow.optout.done", "follow.optout.done.lead"}
)

// ask draws the question.
func (p *pages) ask(w http.ResponseWriter, r *http.Request, actor access.Actor, about asking) error {
	t := p.door.Printer(r)
	view := askView{Page: p.door.Frame(r, actor, t.T(about.title)), Head: ui.Head{Title: t.T(about.title), Lead: t.T(about.lead)},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T(about.do), Href: r.URL.Path, Post: true, Variant: ui.Primary}}}}
	return p.door.Views.Render(w, http.StatusOK, "follow/optout", view)
}

// answered draws what the press has done.
func (p *pages) answered(w http.ResponseWriter, r *http.Request, actor access.Actor, about asking) error {
	t := p.door.Printer(r)
	view := askView{Page: p.door.Frame(r, actor, t.T(about.done)), Head: ui.Head{Title: t.T(about.done), Lead: t.T(about.doneLead)},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("follow.settings.title"), Href: "/varsler/innstillinger", Variant: ui.Secondary}}}}
	return p.door.Views.Render(w, http.StatusOK, "follow/optout", view)
}

func (p *pages) confirm(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.ask(w, r, actor, toConfirm)
}

func (p *pages) confirmPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	err := p.Follow.Confirm(r.Context(), r.PathValue("secret"))
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "follow.confirm.used")
	}
	if err != nil {
		return err
	}
	return p.answered(w, r, actor, toConfirm)
}

func (p *pages) optOut(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Follow.CanOptOut(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return p.ask(w, r, actor, toOptOut)
}

// optOutPost ends the mail, whether a person pressed the button or a mail program
// posted for them (RFC 8058).
func (p *pages) optOutPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Follow.OptOut(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return p.answered(w, r, actor, toOptOut)
}
