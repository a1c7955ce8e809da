package web

import (
	"net/http"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Page is what every view embeds: the texts of the reader's language
// ({{$.T "need.title"}}) and the frame around the content.
type Page struct {
	i18n.Printer
	ui.Layout
	// Errors is the summary of a form that was refused; empty otherwise.
	Errors ui.Errors
}

// Refused puts the lines of a refused form at the top of the page.
func (p *Page) Refused(problems []form.Problem) {
	p.Errors = ui.Errors{Title: p.T("page.errors.title"), Problems: problems}
}

// KeepSecret is for a page whose address is a secret: whoever has it reads the page. The
// address is given to no search engine and no cache, and to no other page than this one.
func (p *Page) KeepSecret(w http.ResponseWriter) {
	p.Alternates, p.Canonical = nil, ""
	SecretAnswer(w)
}

// SecretAnswer is KeepSecret for an answer that is no page.
func SecretAnswer(w http.ResponseWriter) {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
}
