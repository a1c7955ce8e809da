package needweb

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
)

// at is where a form stands: the stored need behind it, if any, and the
// version its reader has seen. Token names the form itself.
//
// While somebody writes, the script saves the form time and again without
// reading the answers. What it has saved is therefore kept in a cookie named
// by the form, so that the same form goes on from there, and another form on
// the same draft is still told that somebody was first.
type at struct {
	Draft   need.ID
	Version int64
	Token   string
}

var formToken = regexp.MustCompile(`^[A-Za-z0-9_-]{8,40}$`)

const (
	cookiePrefix = "utkast-"
	cookieHours  = 12
)

// resume reads where the posted form stands.
func resume(r *http.Request) at {
	a := at{Version: versionOf(r.PostForm), Token: r.PostForm.Get("form_id")}
	a.Draft, _ = need.ParseID(r.PostForm.Get("draft"))
	if !formToken.MatchString(a.Token) {
		a.Token = ""
		return a
	}
	c, err := r.Cookie(cookiePrefix + a.Token)
	if err != nil {
		return a
	}
	draft, version, _ := strings.Cut(c.Value, ".")
	n, idErr := need.ParseID(draft)
	v, numErr := strconv.ParseInt(version, 10, 64)
	if idErr == nil && numErr == nil {
		a.Draft, a.Version = n, v
	}
	return a
}

// hidden are the fields that say where the form stands. Each drawing of the
// form gets a name of its own.
func (a at) hidden() []ui.Hidden {
	return []ui.Hidden{{Name: "form_id", Value: id.Token(16)}, {Name: "draft", Value: string(a.Draft)},
		{Name: "version", Value: strconv.FormatInt(a.Version, 10)}}
}

func (p *pages) remember(w http.ResponseWriter, a at, n need.Need) {
	if a.Token != "" {
		http.SetCookie(w, p.cookie(a, string(n.ID)+"."+strconv.FormatInt(n.Version, 10), cookieHours*3600))
	}
}

func (p *pages) forget(w http.ResponseWriter, a at) {
	if a.Token != "" {
		http.SetCookie(w, p.cookie(a, "", -1))
	}
}

func (p *pages) cookie(a at, value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookiePrefix + a.Token, Value: value, Path: "/behov", MaxAge: age, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(p.PublicURL, "https://")}
}

func draftBox(t i18n.Printer, address, key string) ui.Draft {
	d := ui.Draft{URL: address, Key: key, Saving: t.T("need.draft.saving"), Saved: t.T("need.draft.saved"), Offline: t.T("need.draft.offline"),
		Found: t.T("need.draft.found"), Restore: t.T("need.draft.restore"), Throw: t.T("need.draft.throw")}
	if address == "" {
		d.Saved = t.T("need.draft.offline")
	}
	return d
}

// draftPost saves a draft: on the button, or from the script while somebody
// writes. The script registers no organisation, as a name may be half written.
func (p *pages) draftPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a, auto := resume(r), web.IsFragment(r)
	s, err := p.read(r, actor, false, nil)
	if err == nil && auto && s.New != "" {
		err = fault.InvalidField("organisation", "need.error.unknown_organisation")
	}
	var n need.Need
	if err == nil {
		n, err = p.save(r.Context(), actor, a, s, false)
	}
	switch {
	case err != nil && auto:
		return err
	case err != nil:
		return p.refuse(w, r, actor, s, a, err)
	case auto:
		p.remember(w, a, n)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	p.forget(w, a)
	return web.SeeOther(w, r, path(n.ID)+"/rediger?ok=need.said.draft")
}

// removeView asks before a draft is deleted.
type removeView struct {
	web.Page
	Head    ui.Head
	Version int64
	Actions ui.Actions
}

// draft reads a draft that the actor may change.
func (p *pages) draft(r *http.Request, actor access.Actor) (need.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.IsDraft() {
		err = fault.New(fault.Conflict, "need.error.not_draft")
	}
	return d, err
}

func (p *pages) remove(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := removeView{Page: p.door.Frame(r, actor, t.T("need.remove.title")), Version: d.Version,
		Head: ui.Head{Kicker: d.Title, Title: t.T("need.remove.title"), Lead: t.T("need.remove.lead")},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("need.remove.yes"), Submit: true, Variant: ui.Primary, Color: ui.Danger},
			{Label: t.T("need.action.cancel"), Href: path(d.ID) + "/rediger", Variant: ui.Tertiary},
		}}}
	view.Crumbs = []ui.Link{{Label: t.T("need.list.title"), Href: "/behov"}}
	return p.door.Views.Render(w, http.StatusOK, "need/remove", view)
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.draft(r, actor)
	if err == nil {
		err = p.Needs.DeleteDraft(r.Context(), actor, d.ID, versionOf(r.PostForm))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/behov?mine=1&ok=need.said.removed")
}
