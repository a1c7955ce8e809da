// Package finalweb has the pages of final reports: what is written and what is missing, a form
// for each chapter, and the report on paper.
package finalweb

import (
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/wording"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need. Names are those of the places of projects.
type Deps struct {
	Final *final.Service
	Names wording.Words
	Shelf *paperview.Shelf
	Clock clock.Clock
}

// Pages are the pages.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/sluttrapporter/{id}", Rule: gate.Public(), Handle: p.show})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/sluttrapporter/{id}/kapittel/{nr}": p.chapterForm, "/sluttrapporter/{id}/flytt/{to}": p.moveForm})
	deps.Shelf.Pages("/sluttrapporter/{id}/ark", gate.Public(), p.paper)
	d.Says("final.said.saved", "final.said.moved")
}

// Path is the address of a project's final report.
func Path(p project.ID) string { return "/sluttrapporter/" + string(p) }

func (p *Pages) find(r *http.Request, actor access.Actor) (final.Report, project.Detail, error) {
	id, err := project.ParseID(r.PathValue("id"))
	if err != nil {
		return final.Report{}, project.Detail{}, fault.Missing()
	}
	return p.Final.Get(r.Context(), actor, id)
}

func crumbs(t i18n.Printer, d project.Detail, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("project.title"), Href: "/prosjekter"}, {Label: wording.In(t, d.Title), Href: "/prosjekter/" + string(d.ID)}}, more...)
}

// show is which chapters are written, and what is to be done.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	missing := x.Missing()
	page := leaf.Page{Secret: !x.IsFrozen(), Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("final.title"), Lead: t.T("final.lead"), Tags: []ui.Tag{{Text: t.T(final.Label(x.State)), Color: ui.Info}},
		Actions: []ui.Action{{Label: t.T("final.paper"), Href: Path(d.ID) + "/ark", Variant: ui.Primary}}}, Crumbs: crumbs(t, d)}
	for _, m := range final.Moves(actor, d, x) {
		if m.To == final.InApproval && len(missing) > 0 {
			continue
		}
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T(m.Label), Href: Path(d.ID) + "/flytt/" + string(m.To), Variant: ui.Secondary})
	}
	switch {
	case x.State == final.Draft && len(missing) > 0:
		page.Notices = []ui.Notice{{Text: t.T("final.missing", "n", len(missing)), Color: ui.Warning}}
	case x.IsFrozen():
		page.Notices = []ui.Notice{{Text: frozen(t, x), Color: ui.Info}}
	}
	page.Main = []leaf.Section{chapters(t, x, d, project.CanChange(actor, d))}
	if b := p.ball(t, x, d, project.CanChange(actor, d)); b != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("project.next"), Ball: b})
	}
	if len(x.Steps) > 0 {
		past := &ui.Timeline{Label: t.T("project.history")}
		for i := len(x.Steps) - 1; i >= 0; i-- {
			s := x.Steps[i]
			past.Items = append(past.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(final.Label(s.To)), Note: s.Note})
		}
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("project.history"), Timeline: past})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// frozen tells that the figures are those of a day, where it was approved and whom it was sent to.
func frozen(t i18n.Printer, x final.Report) string {
	s := t.T("final.frozen", "date", t.Date(x.On), "approved", t.Date(x.ApprovedOn), "ref", x.ApprovedRef)
	if x.State == final.Sent {
		s += " " + t.T("final.sent", "date", t.Date(x.SentOn), "to", x.Receiver)
	}
	return s
}

// chapters are the chapters with what each has.
func chapters(t i18n.Printer, x final.Report, d project.Detail, may bool) leaf.Section {
	s := leaf.Section{ID: "kapitler", Title: t.T("final.chapters"), Text: t.T("final.chapters.text"), Table: &ui.Table{Caption: t.T("final.chapters"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("final.chapter")}, {Label: t.T("final.has")}}}}
	for _, nr := range final.Chapters() {
		words, fills := x.Chapters[nr].Words != "", x.Fills(nr)
		has := ui.Cell{Tags: []ui.Tag{{Text: t.T("final.has.nothing"), Color: ui.Warning}}}
		switch {
		case words && fills:
			has = ui.Cell{Text: t.T("final.has.both")}
		case words:
			has = ui.Cell{Text: t.T("final.has.words")}
		case nr == final.Deviations && !fills:
			has = ui.Cell{Text: t.T("final.deviations.none")}
		case fills && nr == final.Background:
			has = ui.Cell{Text: t.T("final.has.register"), Tags: has.Tags}
		case fills:
			has = ui.Cell{Text: t.T("final.has.register")}
		}
		name := ui.Cell{Text: heading(t, nr)}
		if may && x.State == final.Draft {
			name.Href = Path(d.ID) + "/kapittel/" + strconv.Itoa(nr)
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{name, has}})
	}
	return s
}

// heading is the number of a chapter and its title; deviations have no number.
func heading(t i18n.Printer, nr int) string {
	if nr == final.Deviations {
		return t.T(final.Title(nr))
	}
	return strconv.Itoa(nr) + " " + t.T(final.Title(nr))
}

func (p *Pages) ball(t i18n.Printer, x final.Report, d project.Detail, mine bool) *ui.Ball {
	if x.Version == 0 || x.Ball.Party == flow.Nobody {
		return nil
	}
	b := &ui.Ball{Label: t.T("project.ball"), Who: d.Owner, Note: t.T(i18n.Key("final.expect." + string(x.State))), State: ui.BallWaiting}
	if x.Ball.Party == flow.Steering {
		b.Who = t.T("final.steering")
	}
	if mine {
		b.State = ui.BallMine
	}
	if today := p.Clock.Today(); !x.Ball.Due.IsZero() {
		b.Due = t.T("project.due", "date", t.Day(x.Ball.Due, today))
		if today.After(x.Ball.Due) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("project.late"), Color: ui.Danger}}
		}
	}
	return b
}

// Notice puts what happened with a final report in a plain sentence, and who does what next, and
// by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	return wording.Told(t, n, today, t.T("final.notice", "state", t.T(final.Label(n.Event.To))), i18n.Key("final.onward."+string(n.Event.To)))
}
