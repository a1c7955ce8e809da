package about

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages say about the installation.
type Deps struct {
	// Operator is who runs it; empty for nobody named.
	Operator string
	// Contact is the mail address to write to; empty for none.
	Contact string
	// DPOContact is the mail address of the data protection officer; empty for none.
	DPOContact string
	// PublicURL begins the addresses in the examples.
	PublicURL string
	// Demo shows how a program gets a token for a demo role.
	Demo bool
	// Rate and Burst are the limits of open addresses; a rate of zero is none.
	Rate  float64
	Burst int
	// Enhetsregisteret tells that organisations are looked up there.
	Enhetsregisteret bool
	// Register is what is held about persons.
	Register []person.Kind
	// Mail tells that letters are sent.
	Mail bool
	// ESCO tells that the classification was loaded.
	ESCO bool
	// Boundaries tells whether municipality boundaries are loaded.
	Boundaries func(ctx context.Context) (bool, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// view is any of the pages: a head and sections.
type view struct {
	web.Page
	Head     ui.Head
	Sections []section
}

// section is a part of a page under its own heading. What is empty is not drawn.
type section struct {
	ID         string
	Title      string
	Paragraphs []string
	List       []string
	Table      ui.Table
	Copies     []ui.Copy
	Links      ui.Actions
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("about", Files, "about", view{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/tilgjengelighet", Rule: gate.Public(), Handle: p.accessibility},
		gate.Route{Method: "GET", Path: "/personvern", Rule: gate.Public(), Handle: p.privacy},
		gate.Route{Method: "GET", Path: "/kilder", Rule: gate.Public(), Handle: p.sources},
		gate.Route{Method: "GET", Path: "/api", Rule: gate.Public(), Handle: p.api},
	)
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor, title, lead string, sections ...section) error {
	page := p.door.Frame(r, actor, title)
	page.Description = lead
	return p.door.Views.Render(w, http.StatusOK, "about/about", view{Page: page, Head: ui.Head{Title: title, Lead: lead}, Sections: sections})
}

// operator is who runs the service, in words that fit inside a sentence.
func (p *pages) operator(t i18n.Printer) string {
	if p.Operator != "" {
		return p.Operator
	}
	return t.T("about.operator")
}

// contact puts the address to write to, if there is one, before the others.
func (p *pages) contact(others ...ui.Link) ui.Actions {
	if p.Contact == "" {
		return links(others...)
	}
	return links(append([]ui.Link{{Label: p.Contact, Href: "mailto:" + p.Contact}}, others...)...)
}

// links are where a section leads, large enough to press.
func links(list ...ui.Link) ui.Actions {
	var out ui.Actions
	for _, l := range list {
		out.Items = append(out.Items, ui.Action{Label: l.Label, Href: l.Href, Variant: ui.Secondary})
	}
	return out
}

func (p *pages) accessibility(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	return p.show(w, r, actor, t.T("about.access.title"), t.T("about.access.lead"),
		section{ID: "status", Title: t.T("about.access.status"), Paragraphs: []string{t.T("about.access.status.text"), t.T("about.access.law")}},
		section{ID: "works", Title: t.T("about.access.works"), List: []string{
			t.T("about.access.works.keyboard"), t.T("about.access.works.script"), t.T("about.access.works.narrow"),
			t.T("about.access.works.dark"), t.T("about.access.works.errors"), t.T("about.access.works.maps"), t.T("about.access.works.language")}},
		section{ID: "tests", Title: t.T("about.access.tests"), Paragraphs: []string{t.T("about.access.tests.how"), t.T("about.access.tests.not")}},
		section{ID: "known", Title: t.T("about.access.known"), List: []string{
			t.T("about.access.known.date"), t.T("about.access.known.text"), t.T("about.access.known.qr")}},
		section{ID: "report", Title: t.T("about.access.report"), Paragraphs: []string{
			t.T("about.access.report.who", "operator", p.operator(t)), t.T("about.access.report.what"), t.T("about.access.report.authority")},
			Links: p.contact(ui.Link{Label: t.T("about.access.report.link"), Href: "https://www.uutilsynet.no/"})},
	)
}

func (p *pages) sources(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	boundaries, err := p.Boundaries(r.Context())
	if err != nil {
		return err
	}
	state := func(loaded bool) ui.Tag {
		if loaded {
			return ui.Tag{Text: t.T("about.sources.used"), Color: ui.Success}
		}
		return ui.Tag{Text: t.T("about.sources.unused"), Color: ui.Neutral}
	}
	row := func(what, owner, licence string, loaded bool) ui.Row {
		return ui.Row{Cells: []ui.Cell{{Text: what}, {Text: owner}, {Text: licence}, {Tags: []ui.Tag{state(loaded)}}}}
	}
	data := ui.Table{Caption: t.T("about.sources.data"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("about.sources.what")}, {Label: t.T("about.sources.owner")}, {Label: t.T("about.sources.licence")}, {Label: t.T("about.sources.here")}},
		Rows: []ui.Row{
			row(t.T("about.sources.municipalities"), t.T("about.sources.ssb"), "NLOD 2.0", true),
			row(t.T("about.sources.centres"), "Kartverket", "CC BY 4.0", true),
			row(t.T("about.sources.boundaries"), "Kartverket", "CC BY 4.0", boundaries),
			row(t.T("about.sources.styrk"), t.T("about.sources.ssb"), "NLOD 2.0", true),
			row(t.T("about.sources.grep"), t.T("about.sources.udir"), "NLOD 2.0", true),
			row(t.T("about.sources.register"), t.T("about.sources.brreg"), "NLOD 2.0", p.Enhetsregisteret),
			row(t.T("about.sources.esco"), t.T("about.sources.eu"), t.T("about.sources.esco.licence"), p.ESCO),
		}}
	sections := []section{
		{ID: "data", Title: t.T("about.sources.data"), Paragraphs: []string{t.T("about.sources.data.text")}, Table: data,
			Links: links(ui.Link{Label: "NLOD 2.0", Href: "https://data.norge.no/nlod/no/2.0"}, ui.Link{Label: "CC BY 4.0", Href: "https://creativecommons.org/licenses/by/4.0/deed.no"})},
		{ID: "words", Title: t.T("about.sources.words"), Paragraphs: []string{t.T("about.sources.words.text"), t.T("about.sources.cards.text")}},
		{ID: "software", Title: t.T("about.sources.software"), Paragraphs: []string{t.T("about.sources.software.text")}, List: []string{
			t.T("about.sources.designsystemet"), t.T("about.sources.inter"), t.T("about.sources.htmx"), t.T("about.sources.go")}},
	}
	if p.ESCO {
		sections[0].Paragraphs = append(sections[0].Paragraphs, t.T("about.sources.esco.text"))
	}
	return p.show(w, r, actor, t.T("about.sources.title"), t.T("about.sources.lead"), sections...)
}
