// Package paperview shows papers: a page with the document on it, and the same
// document as PDF, Word and HTML files. A room says what the paper is and who may
// have it, and the rest is here:
//
//	shelf.Pages("/tilbud/{id}/faktaark", gate.Public(), p.factSheet)
//
//	func (p *pages) factSheet(r *http.Request, actor access.Actor) (paperview.Paper, error) {
//		d, err := p.Supply.Programme(r.Context(), actor, …) // NotFound for who may not see it
//		…
//		doc, err := p.Shelf.Fill(r, actor, "faktaark", paper.Values{"title": paper.Text(…), "facts": paper.Blocks{…}})
//		return paperview.Paper{Document: doc, File: "faktaark-…", Back: ui.Link{…}}, err
//	}
//
// The words of the paper stand in its template, paper/faktaark.nb.md and so on,
// of a paper.Kind that the wiring loads (internal/site/papers.go).
package paperview

import (
	"embed"
	"errors"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the page and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Shelf is what rooms show papers with.
type Shelf struct {
	door  *gate.Door
	set   *paper.Set
	tools *paper.Tools
	clock clock.Clock
	url   string
}

// New makes the shelf and adds its page. url is where readers find the service;
// it stands on every paper.
func New(d *gate.Door, set *paper.Set, tools *paper.Tools, c clock.Clock, url string) *Shelf {
	d.Views.Add("paper", Files, "show", showView{})
	return &Shelf{door: d, set: set, tools: tools, clock: c, url: url}
}

// Paper is a document, the name of its files without the ending, and the page it
// was asked for from.
type Paper struct {
	Document paper.Document
	File     string
	Back     ui.Link
}

// Maker makes the paper that a request asks for, as the actor may see it: what he
// may not see is NotFound, as on the page of the thing.
type Maker func(r *http.Request, actor access.Actor) (Paper, error)

// format is a file that a paper can be had as.
type format struct {
	ending, mime string
	label        i18n.Key
}

var formats = []format{
	{"pdf", "application/pdf", "paper.get.pdf"},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "paper.get.docx"},
	{"html", "text/html; charset=utf-8", "paper.get.html"},
}

// Pages adds the routes of a paper: its page at path, and its files at path.pdf,
// path.docx and path.html, all by the same rule.
func (s *Shelf) Pages(path string, rule gate.Rule, make Maker) {
	s.door.Pages(gate.Route{Method: "GET", Path: path, Rule: rule, Handle: func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		return s.show(w, r, actor, make)
	}})
	for _, f := range formats {
		s.door.Pages(gate.Route{Method: "GET", Path: path + "." + f.ending, Rule: rule, Handle: func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
			return s.file(w, r, actor, make, f)
		}})
	}
}

// Fill makes the document of a kind with the values, in the reader's language,
// and says on it when it was made, where, and who may have it.
func (s *Shelf) Fill(r *http.Request, actor access.Actor, kind string, v paper.Values) (paper.Document, error) {
	said := Said{Audience: "paper.for.open", URL: s.url}
	if actor.SignedIn() {
		said.Audience = "paper.for.reader"
	}
	return Make(s.set, s.door.Printer(r), kind, v, s.clock.Now(), said)
}

// Said is what stands on a paper besides what it is about: who may have it, and where it was
// made, which may be empty.
type Said struct {
	Audience i18n.Key
	URL      string
}

// Make is Fill without a request, for commands.
func Make(set *paper.Set, t i18n.Printer, kind string, v paper.Values, now clock.Time, said Said) (paper.Document, error) {
	d, err := set.Fill(kind, t.Language(), v)
	if err != nil {
		return d, err
	}
	d.MadeAt, d.System = now, t.T("site.name")
	by := paper.T(d.System)
	if said.URL != "" {
		by = append(paper.T(d.System+", "), paper.LinkOrText(said.URL, host(said.URL))...)
	}
	d.About = []paper.Definition{paper.Term(t.T("paper.made"), t.Moment(now)), {Term: t.T("paper.by"), Lines: []paper.Inlines{by}}, paper.Term(t.T("paper.for"), t.T(said.Audience))}
	d.Words = paper.Words{Contents: t.T("paper.contents"), About: t.T("paper.about")}
	return d, nil
}

// Live is a value with the day it was true and where it comes from.
func Live(t i18n.Printer, value string, asOf clock.Date, source string) paper.Live {
	return paper.Live{Value: value, AsOf: asOf, Source: source, Note: t.T("paper.live", "date", asOf, "source", source)}
}

type showView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Body    template.HTML // drawn by paper, which escapes every word in it
}

func (s *Shelf) show(w http.ResponseWriter, r *http.Request, actor access.Actor, make Maker) error {
	p, err := make(r, actor)
	if err != nil {
		return err
	}
	return s.draw(w, r, actor, p, http.StatusOK)
}

// draw answers with the paper's page; base is its own address.
func (s *Shelf) draw(w http.ResponseWriter, r *http.Request, actor access.Actor, p Paper, status int, notices ...ui.Notice) error {
	body, err := p.Document.Inner()
	if err != nil {
		return err
	}
	view := showView{Page: s.door.Frame(r, actor, p.Document.Title), Notices: notices, Body: template.HTML(body),
		Head: ui.Head{Kicker: s.door.Printer(r).T("paper.kicker"), Title: p.Document.Title}}
	for i, f := range formats {
		a := ui.Action{Label: view.T(f.label), Href: base(r) + "." + f.ending + query(r), Variant: ui.Secondary}
		if i == 0 {
			a.Variant = ui.Primary
		}
		view.Head.Actions = append(view.Head.Actions, a)
	}
	if p.Back.Href != "" {
		view.Crumbs = []ui.Link{p.Back}
	}
	return s.door.Views.Render(w, status, "paper/show", view)
}

// base is the address of the paper's page, also when a file was asked for.
func base(r *http.Request) string {
	path := r.URL.EscapedPath()
	for _, f := range formats {
		path = strings.TrimSuffix(path, "."+f.ending)
	}
	return path
}

func query(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return "?" + r.URL.Query().Encode()
}

// file answers with a file, or with the paper's page and why there is none now.
func (s *Shelf) file(w http.ResponseWriter, r *http.Request, actor access.Actor, make Maker, f format) error {
	p, err := make(r, actor)
	if err != nil {
		return err
	}
	data, err := s.render(r, p.Document, f)
	if notice, ok := s.excuse(r, err); ok {
		s.door.Log.WarnContext(r.Context(), "paper not made", "file", p.File+"."+f.ending, "error", err)
		w.Header().Set("Retry-After", "30")
		return s.draw(w, r, actor, p, http.StatusServiceUnavailable, notice)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", f.mime)
	h.Set("Content-Disposition", `attachment; filename="`+p.File+`.`+f.ending+`"`)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(data) // the reader may have gone: nobody is left to tell
	return nil
}

func (s *Shelf) render(r *http.Request, d paper.Document, f format) ([]byte, error) {
	switch f.ending {
	case "pdf":
		return s.tools.PDF(r.Context(), d)
	case "docx":
		return s.tools.DOCX(r.Context(), d)
	}
	return d.HTML()
}

// excuse says why a file cannot be made now, and what to do about it.
func (s *Shelf) excuse(r *http.Request, err error) (ui.Notice, bool) {
	t := s.door.Printer(r)
	n := ui.Notice{Color: ui.Warning, Title: t.T("paper.not_made")}
	missing, ok := errors.AsType[paper.Missing](err)
	switch {
	case ok:
		n.Paragraphs = []string{t.T("paper.missing", "tool", missing.Tool), t.T("paper.missing.operator", "tool", missing.Tool, "install", missing.Install)}
	case errors.Is(err, paper.ErrBusy):
		n.Text = t.T("paper.busy")
	case errors.Is(err, paper.ErrTooLarge), errors.Is(err, paper.ErrTime):
		n.Text = t.T("paper.too_large")
	default:
		return n, false
	}
	return n, true
}

// host is the readable part of the service's address.
func host(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	return rest
}

// TooMany is the fault of a list that has more lines than a paper can hold.
func TooMany(n, most int) error {
	return fault.New(fault.TooLarge, "paper.too_many", "n", n, "most", most)
}
