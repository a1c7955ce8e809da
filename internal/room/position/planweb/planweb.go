// Package planweb has the pages of the plan that an employer, the one who got the job and a
// provider have together.
package planweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/plan"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Plans *plan.Service
	Clock clock.Clock
}

// Pages are the pages, and what a position's page shows of the plan.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	in := gate.SignedIn()
	d.Pages(gate.Route{Method: "GET", Path: "/stillinger/{id}/plan", Rule: in, Handle: p.show},
		gate.Route{Method: "POST", Path: "/stillinger/{id}/plan/samlinger", Rule: in, Handle: p.propose},
		gate.Route{Method: "POST", Path: "/stillinger/{id}/plan/{milestone}/gjort", Rule: in, Handle: p.tick(true)},
		gate.Route{Method: "POST", Path: "/stillinger/{id}/plan/{milestone}/angre", Rule: in, Handle: p.tick(false)},
		gate.Route{Method: "POST", Path: "/stillinger/{id}/plan/{milestone}/fjern", Rule: in, Handle: p.remove})
	leaf.Forms(d, in, map[string]leaf.Maker{"/stillinger/{id}/plan/ny": p.addForm})
	d.Says("plan.said.saved", "plan.said.proposed", "plan.said.done", "plan.said.undone", "plan.said.removed")
	return p
}

func path(p position.ID, more string) string { return "/stillinger/" + string(p) + "/plan" + more }

func crumbs(t i18n.Printer, x plan.Plan, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("position.title"), Href: "/stillinger"}, {Label: x.Position.Title, Href: "/stillinger/" + string(x.Position.ID)}}, more...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (plan.Plan, error) {
	id, err := position.ParseID(r.PathValue("id"))
	if err != nil {
		return plan.Plan{}, fault.Missing()
	}
	return p.Plans.Get(r.Context(), actor, id)
}

// show is the plan, the same for the three.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Secret: true, Head: ui.Head{Kicker: x.Position.Title, Title: t.T("plan.title"), Lead: t.T("plan.lead")}, Crumbs: crumbs(t, x), Main: []leaf.Section{p.milestones(t, x)}}
	if x.CanWrite() {
		page.Head.Actions = []ui.Action{{Label: t.T("plan.add"), Href: path(x.Position.ID, "/ny"), Variant: ui.Secondary}}
		if x.Position.Programme != "" {
			page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("plan.propose"), Href: path(x.Position.ID, "/samlinger"), Post: true, Variant: ui.Secondary})
		}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *Pages) milestones(t i18n.Printer, x plan.Plan) leaf.Section {
	s := leaf.Section{ID: "milepeler", Title: t.T("plan.count", "n", x.Done(), "all", len(x.Milestones))}
	today := p.Clock.Today()
	for _, m := range x.Milestones {
		at := path(x.Position.ID, "/"+string(m.ID))
		c := ui.Card{Kicker: t.T(m.Sort.Label()), Title: m.What}
		if !m.Due.IsZero() {
			c.Facts = []ui.Fact{{Label: t.T("plan.due"), Text: t.Date(m.Due)}}
		}
		switch {
		case !m.DoneOn.IsZero():
			c.Tags = []ui.Tag{{Text: t.T("plan.done"), Color: ui.Success}}
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("plan.said_by"), Text: t.T(m.As.Label()) + ", " + t.Date(m.DoneOn)})
		case m.IsLate(today):
			c.Tags = []ui.Tag{{Text: t.T("plan.late"), Color: ui.Danger}}
		}
		if x.IsOpen() {
			tick := ui.Action{Label: t.T("plan.tick"), Context: m.What, Href: at + "/gjort", Post: true, Variant: ui.Secondary}
			if !m.DoneOn.IsZero() {
				tick.Label, tick.Href, tick.Variant = t.T("plan.untick"), at+"/angre", ui.Tertiary
			}
			c.Actions = []ui.Action{tick}
			if x.CanWrite() && m.DoneOn.IsZero() {
				c.Actions = append(c.Actions, ui.Action{Label: t.T("plan.remove"), Context: m.What, Href: at + "/fjern", Post: true, Variant: ui.Tertiary})
			}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(x.Milestones) == 0 {
		s.Empty = &ui.Empty{Title: t.T("plan.none"), Text: t.T("plan.none.text")}
	}
	return s
}

// addForm adds a milestone.
func (p *Pages) addForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err == nil && !x.CanWrite() {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("plan.add"), Kicker: x.Position.Title, Crumbs: crumbs(t, x, ui.Link{Label: t.T("plan.title"), Href: path(x.Position.ID, "")}), Back: path(x.Position.ID, ""), Submit: t.T("plan.save"), Fields: []form.Field{
		{Name: "what", Kind: form.Text, Label: t.T("plan.field.what"), Hint: t.T("plan.hint.what"), MaxRunes: plan.MaxWhat, Required: true},
		{Name: "sort", Kind: form.Radio, Label: t.T("plan.field.sort"), Options: leaf.Options(t, "", plan.Sorts(), plan.Sort.Label, plan.Module), Required: true},
		{Name: "due", Kind: form.Date, Label: t.T("plan.due"), Hint: t.T("plan.hint.due")}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		var sorts []string
		for _, s := range plan.Sorts() {
			sorts = append(sorts, string(s))
		}
		next := plan.Writing{What: in.Text("what"), Sort: plan.Sort(in.Choice("sort", sorts...)), Due: in.Date("due")}
		return func() (string, error) {
			return path(x.Position.ID, "?ok=plan.said.saved"), p.Plans.Add(r.Context(), actor, x.Position.ID, next)
		}
	}
	return asked, nil
}

func (p *Pages) propose(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	if _, err := p.Plans.Propose(r.Context(), actor, x.Position.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.Position.ID, "?ok=plan.said.proposed"))
}

// milestone is the one that the address names, of a plan that the reader may read.
func (p *Pages) milestone(r *http.Request, actor access.Actor) (plan.Plan, plan.MilestoneID, error) {
	x, err := p.find(r, actor)
	if err != nil {
		return x, "", err
	}
	m, err := plan.ParseMilestoneID(r.PathValue("milestone"))
	if err != nil {
		err = fault.Missing()
	}
	return x, m, err
}

func (p *Pages) tick(done bool) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		x, m, err := p.milestone(r, actor)
		if err != nil {
			return err
		}
		if err := p.Plans.Tick(r.Context(), actor, x.Position.ID, m, done); err != nil {
			return err
		}
		said := "?ok=plan.said.undone"
		if done {
			said = "?ok=plan.said.done"
		}
		return web.SeeOther(w, r, path(x.Position.ID, said))
	}
}

func (p *Pages) remove(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, m, err := p.milestone(r, actor)
	if err != nil {
		return err
	}
	if err := p.Plans.Remove(r.Context(), actor, x.Position.ID, m); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.Position.ID, "?ok=plan.said.removed"))
}

// OnPosition is how far the plan has come, on the position's page, for the three.
func (p *Pages) OnPosition(r *http.Request, actor access.Actor, of position.ID) ([]leaf.Section, error) {
	x, err := p.Plans.Get(r.Context(), actor, of)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t := p.door.Printer(r)
	s := leaf.Section{ID: "plan", Title: t.T("plan.title"), Text: t.T("plan.count", "n", x.Done(), "all", len(x.Milestones)), Actions: []ui.Action{{Label: t.T("plan.see"), Href: path(of, ""), Variant: ui.Secondary}}}
	if m, is := x.Next(); is {
		s.Facts = &ui.Facts{Items: []ui.Fact{{Label: t.T("plan.next"), Text: m.What}}}
	}
	return []leaf.Section{s}, nil
}
