package web

import (
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
