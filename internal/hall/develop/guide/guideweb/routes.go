// Package guideweb has the pages of the two guides: what is open to all in versions, the guide
// as it is being written, and what was learned while education was made. The guides are papers
// too, and there is JSON of them.
package guideweb

import (
	"embed"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Papers are the templates of the paper.
//
//go:embed paper/*.md
var Papers embed.FS

// GuidePaper is a version of a guide as a document.
func GuidePaper() paper.Kind {
	return paper.Kind{Name: "veileder", Files: Papers, Values: []string{"title", "version", "why", "address"}, Blocks: []string{"sections"}}
}

// Deps is what the pages need.
type Deps struct {
	Guides    *guide.Service
	Making    *making.Service
	Shelf     *paperview.Shelf
	PublicURL string
}

// Pages are the pages, and what other pages show of guides.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	open, in := gate.Public(), gate.SignedIn()
	for path, h := range map[string]gate.Handler{"/veiledere": p.list, "/veiledere/{slag}": p.show, "/veiledere/{slag}/versjoner": p.versions, "/veiledere/{slag}/versjoner/{nr}": p.show} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: open, Handle: h})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/veiledere/{slag}/utkast", Rule: in, Handle: p.draft},
		gate.Route{Method: "POST", Path: "/erfaringer/{learned}/slett", Rule: in, Handle: p.forget})
	leaf.Forms(d, in, map[string]leaf.Maker{"/veiledere/{slag}/del/ny": p.sectionForm, "/veiledere/{slag}/del/{section}/rediger": p.sectionForm, "/veiledere/{slag}/del/{section}/fjern": p.removeForm,
		"/veiledere/{slag}/ta-inn/{learned}": p.takeForm, "/veiledere/{slag}/publiser": p.publishForm, "/utvikling/{id}/erfaring": p.learnForm})
	deps.Shelf.Pages("/veiledere/{slag}/dokument", open, p.paper)
	d.Says("guide.said.saved", "guide.said.removed", "guide.said.taken", "guide.said.published", "guide.said.learned", "guide.said.forgotten")
	registerAPI(d, p)
	return p
}

// slugs are the guides as addresses have them.
var slugs = []string{"forum", "program"}

func slug(k guide.Kind) string { return slugs[slices.Index(guide.Kinds(), k)] }

func path(k guide.Kind, more string) string { return "/veiledere/" + slug(k) + more }

func kindOf(r *http.Request) (guide.Kind, error) {
	i := slices.Index(slugs, r.PathValue("slag"))
	if i < 0 {
		return "", fault.Missing()
	}
	return guide.Kinds()[i], nil
}

func crumbs(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("guide.title"), Href: "/veiledere"}}, more...)
}

func in(t i18n.Printer, k guide.Kind, more ...ui.Link) []ui.Link {
	return crumbs(t, append([]ui.Link{{Label: t.T(k.Label()), Href: path(k, "")}}, more...)...)
}

// list is the two guides, each with its newest version.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	s := leaf.Section{ID: "veiledere", Title: t.T("guide.both")}
	for _, k := range guide.Kinds() {
		all, err := p.Guides.Versions(r.Context(), k)
		if err != nil {
			return err
		}
		c := ui.Card{Title: t.T(k.Label()), Text: t.T(i18n.Key("guide.about." + string(k))), Href: path(k, "")}
		if len(all) > 0 {
			c.Kicker = t.T("guide.version", "nr", strconv.Itoa(all[0].Nr), "date", t.Date(all[0].At.Date()))
		} else {
			c.Tags = []ui.Tag{{Text: t.T("guide.unpublished"), Color: ui.Warning}}
		}
		if k.Keeps(actor) {
			c.Actions = []ui.Action{{Label: t.T("guide.draft"), Context: c.Title, Href: path(k, "/utkast"), Variant: ui.Secondary}}
		}
		s.Cards = append(s.Cards, c)
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T("guide.title"), Lead: t.T("guide.lead")}, Main: []leaf.Section{s}})
}

// shown is the version that the address names, the newest when it names none.
func (p *Pages) shown(r *http.Request, actor access.Actor) (guide.Shown, error) {
	k, err := kindOf(r)
	if err != nil {
		return guide.Shown{}, err
	}
	nr := 0
	if written := r.PathValue("nr"); written != "" {
		if nr, err = strconv.Atoi(written); err != nil || nr < 1 {
			return guide.Shown{}, fault.Missing()
		}
	}
	return p.Guides.Read(r.Context(), actor, k, nr)
}

// show is a version of a guide.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	v, err := p.shown(r, actor)
	if fault.Is(err, fault.NotFound) && r.PathValue("nr") == "" {
		return p.unpublished(w, r, actor)
	}
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("guide.version", "nr", strconv.Itoa(v.Nr), "date", t.Date(v.At.Date())), Title: t.T(v.Kind.Label()), Lead: t.T(i18n.Key("guide.about." + string(v.Kind))),
		Actions: []ui.Action{{Label: t.T("guide.paper"), Href: path(v.Kind, "/dokument"), Variant: ui.Secondary}, {Label: t.T("guide.versions"), Href: path(v.Kind, "/versjoner"), Variant: ui.Tertiary}}}, Crumbs: crumbs(t)}
	if v.Kind.Keeps(actor) {
		page.Head.Actions = append([]ui.Action{{Label: t.T("guide.draft"), Href: path(v.Kind, "/utkast"), Variant: ui.Secondary}}, page.Head.Actions...)
	}
	if !v.Newest {
		page.Crumbs = in(t, v.Kind)
		page.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("guide.old")}}
		page.Head.Actions = append([]ui.Action{{Label: t.T("guide.newest"), Href: path(v.Kind, ""), Variant: ui.Primary}}, page.Head.Actions...)
	}
	for i, s := range v.Sections {
		title, _ := s.Title.In(t.Language())
		words, _ := s.Words.In(t.Language())
		section := leaf.Section{ID: "del-" + strconv.Itoa(i+1), Title: strconv.Itoa(i+1) + " " + title, Paragraphs: guide.Paragraphs(words)}
		for _, l := range v.Sources[s.ID] {
			section.Cards = append(section.Cards, learnedCard(t, l))
		}
		page.Main = append(page.Main, section)
	}
	page.Side = []leaf.Section{{ID: "versjon", Title: t.T("guide.this"), Text: v.Why}}
	return leaf.Show(p.door, w, r, actor, page)
}

// unpublished says that the guide is on its way, and to those who keep it where it is.
func (p *Pages) unpublished(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	k, err := kindOf(r)
	if err != nil {
		return err
	}
	empty := &ui.Empty{Title: t.T("guide.unpublished"), Text: t.T("guide.unpublished.text")}
	if k.Keeps(actor) {
		empty.Actions = []ui.Action{{Label: t.T("guide.draft"), Href: path(k, "/utkast"), Variant: ui.Primary}}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T(k.Label()), Lead: t.T(i18n.Key("guide.about." + string(k)))}, Crumbs: crumbs(t), Main: []leaf.Section{{ID: "tom", Title: t.T("guide.this"), Empty: empty}}})
}

// learnedCard is something that was learned, as the source of a section or on its development.
func learnedCard(t i18n.Printer, l guide.Learned) ui.Card {
	c := ui.Card{ID: "erfaring-" + string(l.ID), Kicker: l.Title, Text: l.Words, Tags: []ui.Tag{howTag(t, l)}, Facts: []ui.Fact{{Label: t.T("guide.stage"), Text: t.T(stageLabel(l.Stage))}, {Label: t.T("guide.said"), Text: said(t, l)}}}
	if l.Title != "" {
		c.Title, c.Kicker, c.Href = l.Title, "", "/utvikling/"+string(l.Development)
	} else {
		c.Title = t.T("guide.learned.from")
	}
	return c
}

func said(t i18n.Printer, l guide.Learned) string {
	if l.OrgName == "" {
		return t.Date(l.Day)
	}
	return l.OrgName + ", " + t.Date(l.Day)
}

func howTag(t i18n.Printer, l guide.Learned) ui.Tag {
	if l.Good {
		return ui.Tag{Text: t.T("guide.good"), Color: ui.Success}
	}
	return ui.Tag{Text: t.T("guide.otherwise"), Color: ui.Warning}
}

// versions are those of a guide, each with what is new since the one before.
func (p *Pages) versions(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	k, err := kindOf(r)
	if err != nil {
		return err
	}
	all, err := p.Guides.Versions(r.Context(), k)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "versjoner", Title: t.T("guide.versions")}
	for i, v := range all {
		c := ui.Card{Kicker: t.Date(v.At.Date()), Title: t.T("guide.version.nr", "nr", strconv.Itoa(v.Nr)), Href: path(k, "/versjoner/"+strconv.Itoa(v.Nr)), Text: v.Why}
		var before []guide.Frozen
		if i+1 < len(all) {
			before = all[i+1].Sections
		}
		for _, x := range guide.Compare(before, v.Sections) {
			if title, _ := x.Title.In(t.Language()); x.Difference != guide.Same && i+1 < len(all) {
				c.Points = append(c.Points, ui.Point{Text: t.T(x.Difference.Label(), "title", title)})
			}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(all) == 0 {
		s.Empty = &ui.Empty{Title: t.T("guide.unpublished"), Text: t.T("guide.unpublished.text")}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T(k.Label()), Lead: t.T("guide.versions.lead")}, Crumbs: in(t, k), Main: []leaf.Section{s}})
}

// forget takes back what the reader has written down.
func (p *Pages) forget(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := guide.ParseLearnedID(r.PathValue("learned"))
	if err != nil {
		return fault.Missing()
	}
	of, err := p.Guides.Forget(r.Context(), actor, id)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/utvikling/"+string(of)+"?ok=guide.said.forgotten")
}

// paper is the newest version as a document.
func (p *Pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	t := p.door.Printer(r)
	k, err := kindOf(r)
	if err != nil {
		return paperview.Paper{}, err
	}
	v, err := p.Guides.Read(r.Context(), actor, k, 0)
	if err != nil {
		return paperview.Paper{}, err
	}
	var sections paper.Blocks
	for i, s := range v.Sections {
		title, _ := s.Title.In(t.Language())
		words, _ := s.Words.In(t.Language())
		sections = append(sections, paper.H(2, strconv.Itoa(i+1)+" "+title))
		for _, line := range guide.Paragraphs(words) {
			sections = append(sections, paper.P(line))
		}
		for _, l := range v.Sources[s.ID] {
			sections = append(sections, paper.P(t.T("guide.learned.line", "words", l.Words, "said", said(t, l))))
		}
	}
	href := p.PublicURL + path(k, "")
	doc, err := p.Shelf.Fill(r, actor, GuidePaper().Name, paper.Values{"title": paper.Text(t.T(k.Label())), "version": paper.Text(t.T("guide.version", "nr", strconv.Itoa(v.Nr), "date", t.Date(v.At.Date()))),
		"why": paper.Text(v.Why), "address": paper.LinkOrText(href, href), "sections": sections})
	return paperview.Paper{Document: doc, File: "veileder-" + slug(k), Back: ui.Link{Label: t.T(k.Label()), Href: path(k, "")}}, err
}
