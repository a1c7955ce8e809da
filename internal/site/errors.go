package site

import (
	"errors"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// errorView is the page that tells what went wrong and leads on.
type errorView struct {
	web.Page
	Head    ui.Head
	Actions ui.Actions
	Request string
}

// showError turns an error into a status and a page. A visitor who may not
// enter is sent to sign in and comes back afterwards.
func (s *Site) showError(w http.ResponseWriter, r *http.Request, actor access.Actor, err error) {
	status := gate.Status(err)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		status, err = http.StatusRequestEntityTooLarge, fault.New(fault.TooLarge, "fault.too_large")
	}
	if status == http.StatusForbidden && !actor.SignedIn() && r.Method == http.MethodGet {
		http.Redirect(w, r, "/logg-inn?til="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if status == http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "request failed", "error", err)
	}
	p := s.texts.Printer(gate.Language(r))
	title, lead := errorTexts(p, status, err)
	view := errorView{Page: s.frame(r, actor, title), Head: ui.Head{Title: title, Lead: lead}}
	if status == http.StatusInternalServerError {
		view.Request = web.RequestID(r.Context())
	}
	view.Actions.Items = []ui.Action{{Label: p.T("site.error.home"), Href: "/", Variant: ui.Secondary}}
	if renderErr := s.views.Render(w, status, "site/error", view); renderErr != nil {
		s.log.ErrorContext(r.Context(), "error page failed", "error", renderErr)
		http.Error(w, http.StatusText(status), status)
	}
}

// errorTexts are the title by the status and the sentence that says what to do.
func errorTexts(p i18n.Printer, status int, err error) (title, lead string) {
	switch status {
	case http.StatusNotFound:
		return p.T("site.error.notfound.title"), p.T("site.error.notfound.lead")
	case http.StatusForbidden:
		title, lead = p.T("site.error.denied.title"), p.T("site.error.denied.lead")
	case http.StatusConflict:
		title, lead = p.T("site.error.conflict.title"), p.T("site.error.conflict.lead")
	case http.StatusUnprocessableEntity:
		title, lead = p.T("site.error.invalid.title"), p.T("site.error.invalid.lead")
	case http.StatusRequestEntityTooLarge:
		title, lead = p.T("site.error.toolarge.title"), p.T("site.error.toolarge.lead")
	case http.StatusTooManyRequests:
		title, lead = p.T("site.error.toomany.title"), p.T("site.error.toomany.lead")
	case http.StatusServiceUnavailable:
		title, lead = p.T("site.error.unavailable.title"), p.T("site.error.unavailable.lead")
	default:
		return p.T("site.error.internal.title"), p.T("site.error.internal.lead")
	}
	if e, ok := fault.As(err); ok && e.Key != "" && e.Key != "fault.denied" && e.Key != "fault.invalid" {
		lead = p.T(e.Key, e.Values...)
	} else if ok && len(e.Fields) > 0 {
		lead = p.T(e.Fields[0].Key, e.Fields[0].Values...)
	}
	return title, lead
}
