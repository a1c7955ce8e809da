package projectweb

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// onPage is how many projects a page of what was found has.
const onPage = 24

// list is the projects that are no sub-projects, and where all of them go on; with a filter
// all that it finds.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	all, err := p.Projects.List(r.Context(), actor, project.Filter{})
	if err != nil {
		return err
	}
	places := p.counted(all)
	asked := form.Read(r.URL.Query())
	f := project.Filter{Text: asked.Search("q"), Municipality: place.Number(asked.Choice("kommune", numbers(places)...))}
	page := leaf.Page{Head: ui.Head{Title: t.T("project.title"), Lead: t.T("project.lead"), Actions: []ui.Action{{Label: t.T("project.csv"), Href: "/prosjekter.csv", Variant: ui.Tertiary}}}}
	if actor.SignedIn() && wording.MayMake(actor) {
		page.Head.Actions = append([]ui.Action{{Label: t.T("project.new"), Href: "/prosjekter/ny", Variant: ui.Primary}}, page.Head.Actions...)
	}
	if f == (project.Filter{}) {
		page.Filter = p.filter(t, f, places, t.T("project.hits", "n", len(all)))
		page.Main = p.front(t, all, places)
		return leaf.Show(p.door, w, r, actor, page)
	}
	found, hits, err := p.Projects.Page(r.Context(), actor, f, r.URL.Query().Get("after"), onPage)
	if err != nil {
		return err
	}
	page.Filter = p.filter(t, f, places, t.T("project.hits", "n", hits))
	s := leaf.Section{ID: "treff", Title: t.T("project.found"), Cards: p.cards(t, found.Items, parents(all))}
	if found.Next != "" {
		more := r.URL.Query()
		more.Set("after", found.Next)
		s.Actions = []ui.Action{{Label: t.T("project.more"), Href: "/prosjekter?" + more.Encode(), Variant: ui.Secondary}}
	}
	if len(found.Items) == 0 {
		s.Empty = &ui.Empty{Title: t.T("project.none"), Text: t.T("project.none.text"), Actions: []ui.Action{{Label: t.T("project.all"), Href: "/prosjekter", Variant: ui.Secondary}}}
	}
	page.Main = []leaf.Section{s}
	return leaf.Show(p.door, w, r, actor, page)
}

// parents are the projects by id, to name those above others.
func parents(list []project.Project) map[project.ID]*project.Project {
	out := map[project.ID]*project.Project{}
	for i := range list {
		out[list[i].ID] = &list[i]
	}
	return out
}

// front is the page without a filter.
func (p *Pages) front(t i18n.Printer, all []project.Project, places []placed) []leaf.Section {
	top := slices.DeleteFunc(slices.Clone(all), func(x project.Project) bool { return x.Parent != "" })
	s := leaf.Section{ID: "prosjektene", Title: t.T("project.parents"), Cards: p.cards(t, top, nil)}
	if len(top) == 0 {
		s.Empty = &ui.Empty{Title: t.T("project.empty"), Text: t.T("project.empty.text")}
		return []leaf.Section{s}
	}
	where := leaf.Section{ID: "kommunene", Title: t.T("project.where"), Text: t.T("project.where.text"), Bars: &ui.Bars{Caption: t.T("project.by_place"), LabelHead: t.T("project.field.municipality"), ValueHead: t.T("project.objects")}}
	for _, x := range places {
		where.Bars.Rows = append(where.Bars.Rows, ui.Bar{Label: x.Name, Href: "/prosjekter?kommune=" + string(x.Number), Value: float64(x.projects), Text: t.Number(x.projects)})
	}
	return []leaf.Section{s, where}
}

// placed is a municipality of today with how many projects go on, or went on, in it.
type placed struct {
	place.Municipality
	projects int
}

// counted are the municipalities that have projects, the most first.
func (p *Pages) counted(all []project.Project) []placed {
	n := map[place.Number]*placed{}
	for _, x := range all {
		seen := map[place.Number]bool{}
		for _, old := range x.Municipalities {
			for _, m := range p.Words.Heirs(old) {
				if seen[m.Number] {
					continue
				}
				seen[m.Number] = true
				if n[m.Number] == nil {
					n[m.Number] = &placed{Municipality: m}
				}
				n[m.Number].projects++
			}
		}
	}
	var out []placed
	for _, x := range n {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b placed) int {
		return cmp.Or(cmp.Compare(b.projects, a.projects), cmp.Compare(a.Number, b.Number))
	})
	return out
}

func numbers(list []placed) []string {
	var out []string
	for _, x := range list {
		out = append(out, string(x.Number))
	}
	return out
}

func (p *Pages) filter(t i18n.Printer, f project.Filter, places []placed, hits string) *ui.Filter {
	where := form.Field{Name: "kommune", Kind: form.Select, Label: t.T("project.field.municipality"), Options: []form.Option{{Label: t.T("project.any"), Selected: f.Municipality == ""}}}
	byName := slices.Clone(places)
	slices.SortFunc(byName, func(a, b placed) int { return cmp.Compare(a.Name, b.Name) })
	for _, x := range byName {
		where.Options = append(where.Options, form.Option{Value: string(x.Number), Label: x.Name, Selected: x.Number == f.Municipality})
	}
	out := &ui.Filter{Action: "/prosjekter", Title: t.T("project.filter"), Submit: t.T("project.filter.do"), Hits: hits,
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("project.search"), Value: f.Text}, Fields: []form.Field{where}, Open: f.Municipality != ""}
	if f.Text != "" || f.Municipality != "" {
		out.Clear = &ui.Link{Label: t.T("project.all"), Href: "/prosjekter"}
	}
	return out
}

// cards are projects in short. With the parents at hand each says what it is a part of.
func (p *Pages) cards(t i18n.Printer, list []project.Project, above map[project.ID]*project.Project) []ui.Card {
	var out []ui.Card
	for _, x := range list {
		c := ui.Card{Kicker: cmp.Or(x.Programme, x.Number), Title: wording.In(t, x.Title), Href: path(x.ID), Text: wording.In(t, x.Summary)}
		if parent := above[x.Parent]; parent != nil {
			c.Kicker = wording.In(t, parent.Title)
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.group"), Text: wording.GroupName(t, parent, x.Group)})
		}
		if where := p.Words.Where(t, x); where != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.where"), Text: where})
		}
		if x.Parent == "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.owner"), Text: x.Owner}, ui.Fact{Label: t.T("project.field.period"), Text: wording.Period(t, x.Period)})
			c.Tags = []ui.Tag{stateTag(t, x.State)}
		}
		out = append(out, c)
	}
	return out
}

func stateTag(t i18n.Printer, s project.State) ui.Tag {
	color := ui.Info
	switch s {
	case project.Continued, project.Compiled:
		color = ui.Success
	case project.Closed, project.Reported:
		color = ui.Neutral
	}
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}

// csv is all projects, a line each.
func (p *Pages) csv(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	all, err := p.Projects.List(r.Context(), actor, project.Filter{})
	if err != nil {
		return err
	}
	above := parents(all)
	out := sheet.Table{Name: t.T("project.title")}
	for _, c := range []i18n.Key{"project.field.number", "project.field.code", "project.field.title", "project.field.parent", "project.field.group", "project.field.municipalities", "project.field.area",
		"project.field.owner", "project.field.programme", "project.field.state"} {
		out.Columns = append(out.Columns, sheet.Column{Title: t.T(c)})
	}
	out.Columns = append(out.Columns, sheet.Column{Title: t.T("project.field.from"), Kind: sheet.Day}, sheet.Column{Title: t.T("project.field.to"), Kind: sheet.Day},
		sheet.Column{Title: t.T("project.field.planned"), Kind: sheet.Money})
	for _, x := range all {
		group, parent := "", ""
		if a := above[x.Parent]; a != nil {
			group, parent = wording.GroupName(t, a, x.Group), a.Number
		}
		var where []string
		for _, n := range x.Municipalities {
			m, err := p.Places.Municipality(n)
			if err != nil {
				return err
			}
			where = append(where, string(n)+" "+m.Name)
		}
		out.Rows = append(out.Rows, []any{x.Number, x.Code, wording.In(t, x.Title), parent, group, strings.Join(where, "; "), x.Area, x.Owner, x.Programme, t.T(x.State.Label()), x.From, x.To, project.Sum(x.Money)})
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="prosjekter.csv"`)
	return sheet.WriteCSV(w, out)
}

// InToolbox leads from the toolbox to the projects that the measures come from; nothing where
// there are none.
func (p *Pages) InToolbox(r *http.Request) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	top, err := p.Projects.List(r.Context(), access.Actor{}, project.Filter{Top: true})
	if err != nil || len(top) == 0 {
		return nil, err
	}
	return []leaf.Section{{ID: "prosjekter", Title: t.T("project.title"), Text: t.T("project.lead"), Cards: p.cards(t, top[:min(len(top), few)], nil),
		Actions: []ui.Action{{Label: t.T("project.all"), Href: "/prosjekter", Variant: ui.Secondary}}}}, nil
}

// few are as many projects as the toolbox shows.
const few = 3
