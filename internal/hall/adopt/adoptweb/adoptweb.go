// Package adoptweb has the pages of measures that are taken into use: the form that makes a
// project of one, what became of it, and what the measure's own page says of that.
package adoptweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/adopt"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project/wording"
	"kompetansetorg/internal/room/support"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need. Words name the places of projects.
type Deps struct {
	Adopt *adopt.Service
	Orgs  *org.Service
	Words wording.Words
}

// Pages are the pages, and what the page of a measure shows of them.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/verktoykasse/{id}/brukt", Rule: gate.Public(), Handle: p.used})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/verktoykasse/{id}/ta-i-bruk": p.takeForm})
	return p
}

func path(c support.ID, more string) string { return "/verktoykasse/" + string(c) + more }

func (p *Pages) find(r *http.Request, actor access.Actor) (adopt.Use, error) {
	card, err := id.Parse[support.Card](r.PathValue("id"))
	if err != nil {
		return adopt.Use{}, fault.Missing()
	}
	return p.Adopt.Used(r.Context(), actor, card)
}

// OnCard adds to the page of a measure how it has gone for those who used it.
func (p *Pages) OnCard(r *http.Request, actor access.Actor, c support.Card, page *leaf.Page) error {
	if c.Kind != support.Measure || c.Archived {
		return nil
	}
	t, card := p.door.Printer(r), c.ID
	u, err := p.Adopt.Used(r.Context(), actor, card)
	if err != nil {
		return err
	}
	page.Head.Actions = append(take(t, actor, u.Card), page.Head.Actions...)
	s := leaf.Section{ID: "erfaring", Title: t.T("adopt.so_far"), Text: sum(t, u), Points: counted(t, u)}
	if u.All > 0 {
		s.Actions = append(s.Actions, ui.Action{Label: t.T("adopt.used"), Context: wording.In(t, u.Card.Title), Href: path(card, "/brukt"), Variant: ui.Secondary})
	}
	page.Main = append(page.Main, s)
	return nil
}

// take leads to the form, for those who may make projects.
func take(t i18n.Printer, actor access.Actor, c support.Card) []ui.Action {
	if !wording.MayMake(actor) {
		return nil
	}
	return []ui.Action{{Label: t.T("adopt.take"), Context: wording.In(t, c.Title), Href: path(c.ID, "/ta-i-bruk"), Variant: ui.Primary}}
}

// sum is how well it has worked so far, and how many have used it.
func sum(t i18n.Printer, u adopt.Use) string {
	return t.T("adopt.sum", "grade", t.T(u.Counted.Grade().Label()), "users", t.T("adopt.users", "n", u.All))
}

// counted says what the grade is reckoned from.
func counted(t i18n.Printer, u adopt.Use) []ui.Point {
	if u.Counted.All() == 0 {
		return nil
	}
	return []ui.Point{{Text: t.T("adopt.counted", "n", u.Counted.All(), "reached", u.Counted.Reached, "partly", u.Counted.Partly, "not", u.Counted.Not)}}
}

// used is what became of a measure, a project at a time.
func (p *Pages) used(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	u, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: wording.In(t, u.Card.Title), Title: t.T("adopt.used"), Lead: sum(t, u), Actions: take(t, actor, u.Card)}, Crumbs: crumbs(t, u.Card)}
	rule := leaf.Section{ID: "regel", Title: t.T("adopt.how"), Paragraphs: []string{t.T("adopt.rule")}, Points: counted(t, u)}
	list := leaf.Section{ID: "prosjektene", Title: t.T("adopt.cases"), Cards: p.cases(t, u)}
	if hidden := u.All - len(u.Cases); hidden > 0 {
		list.Text = t.T("adopt.hidden", "n", hidden)
	}
	if len(list.Cards) == 0 {
		list.Empty = &ui.Empty{Title: t.T("adopt.none"), Text: t.T("adopt.none.text")}
	}
	page.Main, page.Side = []leaf.Section{list}, []leaf.Section{rule}
	return leaf.Show(p.door, w, r, actor, page)
}

func crumbs(t i18n.Printer, c support.Card) []ui.Link {
	return []ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}, {Label: wording.In(t, c.Title), Href: path(c.ID, "")}}
}

func (p *Pages) cases(t i18n.Printer, u adopt.Use) []ui.Card {
	var out []ui.Card
	for _, x := range u.Cases {
		c := ui.Card{Kicker: p.Words.Where(t, x.Project), Title: wording.In(t, x.Title), Href: "/prosjekter/" + string(x.ID), Tags: []ui.Tag{{Text: t.T(x.State.Label()), Color: ui.Info}}}
		if x.Entry != nil {
			c.Text = x.Entry.Short
			c.Facts = []ui.Fact{{Label: t.T("entry.field.attainment"), Lines: []string{t.T(x.Entry.Attainment.Label()), x.Entry.AttainmentText}}, {Label: t.T("entry.field.follow"), Lines: []string{t.T(x.Entry.Follow.Label()), x.Entry.FollowText}}}
			if x.Entry.Contact != "" {
				c.Facts = append(c.Facts, ui.Fact{Label: t.T("entry.field.contact"), Text: x.Entry.Contact})
			}
		}
		out = append(out, c)
	}
	return out
}

// lessons is the most that is told of what others learned, before one takes a measure into use.
const lessons = 3

// takeForm makes a project of a measure.
func (p *Pages) takeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	u, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	owners, ids, err := wording.Owners(r.Context(), p.Orgs, actor)
	if err == nil && len(ids) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	options, known, err := wording.Parts(r.Context(), p.Adopt.Projects, actor, t, wording.Part{})
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("adopt.take"), Kicker: wording.In(t, u.Card.Title), Lead: t.T("adopt.take.lead"), Back: path(u.Card.ID, ""), Submit: t.T("adopt.take"), Crumbs: crumbs(t, u.Card), Help: learned(t, u),
		Fields: []form.Field{{Name: "owner", Kind: form.Select, Label: t.T("adopt.field.owner"), Options: owners, Required: true}, {Name: "part", Kind: form.Select, Label: t.T("project.field.parent"), Hint: t.T("project.hint.part"), Options: options},
			{Name: "municipalities", Kind: form.Long, Rows: 3, Label: t.T("project.field.municipalities"), Hint: t.T("project.hint.municipalities")}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		of, ok := known[in.Text("part")]
		if !ok {
			in.Refuse("part", "form.error.choice")
		}
		take := adopt.Taking{Owner: access.OrgID(in.Choice("owner", ids...)), Parent: of.Parent, Group: of.Group, Municipalities: p.Words.ReadPlaces(in, "municipalities", nil), Lang: t.Language()}
		return func() (string, error) {
			made, err := p.Adopt.Take(r.Context(), actor, u.Card.ID, take)
			return "/prosjekter/" + string(made) + "?ok=project.said.made", err
		}
	}
	return asked, nil
}

// learned is what others who used the measure would tell, for one who is about to.
func learned(t i18n.Printer, u adopt.Use) []ui.Details {
	d := ui.Details{Summary: t.T("adopt.learned"), Open: true}
	for _, x := range u.Cases {
		if x.Entry != nil && len(d.Facts) < lessons {
			d.Facts = append(d.Facts, ui.Fact{Label: wording.In(t, x.Title), Lines: []string{t.T(x.Entry.Attainment.Label()) + ". " + x.Entry.AttainmentText, x.Entry.FollowText}})
		}
	}
	if len(d.Facts) == 0 {
		return nil
	}
	return []ui.Details{d}
}
