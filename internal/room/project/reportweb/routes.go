// Package reportweb has the pages of reports on fixed forms: those of a project and of all, the
// sections that are written, what is remarked on, the way to the receiver, the report on paper,
// and the same as JSON.
package reportweb

import (
	"context"
	"embed"
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/question/sheet"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/wording"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Reports   *report.Service
	Projects  *project.Service
	Forms     *forms.Service
	Registers draw.Registers
	Shelf     *paperview.Shelf
	Clock     clock.Clock
}

// Pages are the pages.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &Pages{Deps: deps, door: d}
	get := func(path string, rule gate.Rule, h gate.Handler) gate.Route {
		return gate.Route{Method: "GET", Path: path, Rule: rule, Handle: h}
	}
	d.Pages(get("/rapporter", gate.Public(), p.list), get("/rapporter/{id}", gate.Public(), p.show), get("/prosjekter/{id}/rapporter", gate.Public(), p.ofProject),
		get("/rapporter/{id}/fil/{file}/{called}", gate.Public(), p.file), get(report.AnswerPath+"{answer}", gate.SignedIn(), p.ofAnswer),
		get("/rapporter/{id}/del/{name}", gate.SignedIn(), p.section), get("/rapporter/{id}/se-over", gate.SignedIn(), p.review),
		gate.Route{Method: "POST", Path: "/rapporter/{id}/del/{name}", Rule: gate.SignedIn(), Handle: p.sectionPost},
		gate.Route{Method: "POST", Path: "/rapporter/{id}/del/{name}/vis", Rule: gate.SignedIn(), Handle: p.livePost})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/prosjekter/{id}/rapporter/ny": p.newForm, "/prosjekter/{id}/rapporter/be-om": p.askForm, "/rapporter/{id}/flytt/{to}": p.moveForm,
		"/rapporter/{id}/merknad/{name}": p.acceptForm, "/rapporter/{id}/slett": p.deleteForm})
	deps.Shelf.Pages("/rapporter/{id}/ark", gate.Public(), p.paper)
	d.Says("report.said.begun", "report.said.asked", "report.said.moved", "report.said.accepted", "report.said.deleted", "report.said.kept")
	registerAPI(d, p)
}

// Path is the address of a report.
func Path(r report.ID) string { return "/rapporter/" + string(r) }

// OfProject is the address of a project's reports.
func OfProject(p project.ID) string { return "/prosjekter/" + string(p) + "/rapporter" }

func (p *Pages) find(r *http.Request, actor access.Actor) (report.Report, error) {
	id, err := report.ParseID(r.PathValue("id"))
	if err != nil {
		return report.Report{}, fault.Missing()
	}
	return p.Reports.Get(r.Context(), actor, id)
}

// writing is the report for one who writes it.
func (p *Pages) writing(r *http.Request, actor access.Actor) (report.Report, error) {
	x, err := p.find(r, actor)
	if err == nil && !project.CanChange(actor, x.Project) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return x, err
}

// titled is what a report is called: its form and the year.
func titled(t i18n.Printer, form i18n.Text, year int) string {
	return t.T("report.named", "form", wording.In(t, form), "year", strconv.Itoa(year))
}

func crumbs(t i18n.Printer, d project.Detail, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("project.title"), Href: "/prosjekter"}, {Label: wording.In(t, d.Title), Href: "/prosjekter/" + string(d.ID)}, {Label: t.T("report.list"), Href: OfProject(d.ID)}}, more...)
}

func (p *Pages) within(t i18n.Printer, x report.Report) []ui.Link {
	return crumbs(t, x.Project, ui.Link{Label: titled(t, x.Title(), x.Year), Href: Path(x.ID)})
}

// place is a report where one person writes it.
type place struct {
	p     *Pages
	t     i18n.Printer
	actor access.Actor
	id    report.ID
}

func (p *Pages) place(r *http.Request, actor access.Actor) (place, error) {
	id, err := report.ParseID(r.PathValue("id"))
	if err != nil {
		return place{}, fault.Missing()
	}
	return place{p, p.door.Printer(r), actor, id}, nil
}

func (p *Pages) sheets() sheet.Pages {
	return sheet.Pages{Door: p.door, Registers: p.Registers, Clock: p.Clock}
}

func (p *Pages) sheet(t i18n.Printer, actor access.Actor, x report.Report) sheet.Sheet {
	name := titled(t, x.Title(), x.Year)
	return sheet.Sheet{Title: name, Kicker: name, Base: Path(x.ID), Later: Path(x.ID) + "?ok=report.said.kept", Definition: x.Answer.Definition, Answer: &x.Answer, Last: x.Last,
		Open: x.State == report.Draft && project.CanChange(actor, x.Project), File: func(f question.Sent) string { return file(x.ID, f) }, Crumbs: p.within(t, x)}
}

func file(r report.ID, f question.Sent) string {
	return Path(r) + "/fil/" + f.ID + "/" + url.PathEscape(f.Name)
}

// Look is the report as it stands.
func (a place) Look(ctx context.Context) (sheet.Sheet, error) {
	x, err := a.p.Reports.Get(ctx, a.actor, a.id)
	return a.p.sheet(a.t, a.actor, x), err
}

// Save keeps a section.
func (a place) Save(ctx context.Context, at forms.At, section string, values question.Values) (sheet.Sheet, error) {
	x, err := a.p.Reports.Save(ctx, a.actor, a.id, at, section, values)
	return a.p.sheet(a.t, a.actor, x), err
}

// Unchanged takes over what the last report said.
func (a place) Unchanged(ctx context.Context, at forms.At, section string) error {
	_, err := a.p.Reports.Unchanged(ctx, a.actor, a.id, at, section)
	return err
}

// AddFile keeps a file.
func (a place) AddFile(ctx context.Context, at forms.At, asked string, u attach.Upload) error {
	return a.p.Reports.AddFile(ctx, a.actor, a.id, at, asked, u)
}

// RemoveFile takes a file away.
func (a place) RemoveFile(ctx context.Context, at forms.At, asked, file string) error {
	return a.p.Reports.RemoveFile(ctx, a.actor, a.id, at, asked, file)
}

func (p *Pages) section(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	at, err := p.place(r, actor)
	if err != nil {
		return err
	}
	return p.sheets().Section(w, r, actor, at)
}

func (p *Pages) sectionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	at, err := p.place(r, actor)
	if err != nil {
		return err
	}
	posted, err := draw.Receive(r)
	if err != nil {
		return err
	}
	defer posted.Close()
	return p.sheets().Post(w, r, actor, at, posted.Files)
}

func (p *Pages) livePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	at, err := p.place(r, actor)
	if err != nil {
		return err
	}
	posted, err := draw.Receive(r)
	if err != nil {
		return err
	}
	defer posted.Close()
	return p.sheets().Live(w, r, at)
}

// review is what comes after the last section: the report as it stands.
func (p *Pages) review(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(x.ID)+"?ok=report.said.kept")
}

// file gives out a file of a report.
func (p *Pages) file(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	at, err := p.place(r, actor)
	if err != nil {
		return err
	}
	version, err := attach.ParseVersionID(r.PathValue("file"))
	if err != nil {
		return fault.Missing()
	}
	v, content, err := p.Reports.OpenFile(r.Context(), actor, at.id, version)
	if err != nil {
		return err
	}
	defer content.Close()
	if r.PathValue("called") != v.Name {
		return web.SeeOther(w, r, file(at.id, question.Sent{ID: string(v.ID), Name: v.Name}))
	}
	attachview.Serve(w, r, v, content, attachview.Once)
	return nil
}

// ofAnswer leads from an answer to its report.
func (p *Pages) ofAnswer(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	answer, err := forms.ParseAnswerID(r.PathValue("answer"))
	if err != nil {
		return fault.Missing()
	}
	id, err := p.Reports.OfAnswer(r.Context(), actor, answer)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(id))
}

// Notice puts what happened with a report in a plain sentence, and who does what next, and by
// when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	return wording.Told(t, n, today, t.T("report.notice", "state", t.T(report.Label(n.Event.To))), i18n.Key("report.onward."+string(n.Event.To)))
}
