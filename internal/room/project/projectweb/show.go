package projectweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// show is a project: what it wants, who pays, where it goes on, and its sub-projects by group.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: d.Programme, Title: wording.In(t, d.Title), Lead: wording.In(t, d.Summary), Tags: []ui.Tag{stateTag(t, d.State)}},
		Crumbs: []ui.Link{{Label: t.T("project.title"), Href: "/prosjekter"}}}
	if d.Above != nil {
		page.Crumbs = append(page.Crumbs, ui.Link{Label: wording.In(t, d.Above.Title), Href: path(d.Above.ID)})
		page.Head.Kicker = wording.In(t, d.Above.Title)
	}
	page.Main = append(page.Main, texts(t, d.Project)...)
	said, err := p.Entries.Of(r.Context(), actor, d)
	if err != nil {
		return err
	}
	if s := told(t, said); s != nil {
		page.Main = append(page.Main, *s)
	}
	may := project.CanChange(actor, d)
	page.Head.Actions = append(entryActions(t, actor, d), moves(t, actor, d)...)
	if may {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("project.edit"), Href: path(d.ID) + "/rediger", Variant: ui.Tertiary})
	}
	if !d.Public {
		page.Secret, page.Notices = true, []ui.Notice{{Text: t.T("project.draft"), Color: ui.Info}}
	}
	if s := steps(t, d, may); s != nil {
		page.Main = append(page.Main, *s)
	}
	tally := project.Count(d.Children, p.Projects.Leads(d.Project, d.At(p.Clock.Today())))
	if len(d.Children) > 0 {
		page.Main = append(page.Main, p.numbers(t, d, tally))
	}
	if len(d.Money) > 0 || may {
		page.Further = append(page.Further, financing(t, d, may))
	}
	if len(tally.Hubs) > 0 {
		page.Further = append(page.Further, p.hubs(t, d.Project, tally))
	}
	page.Side = []leaf.Section{{ID: "fakta", Title: t.T("project.facts"), Facts: p.facts(r, t, d)}}
	ball, past, err := p.ball(r, t, d, may)
	if err != nil {
		return err
	}
	if ball != nil {
		page.Side = append([]leaf.Section{{ID: "ballen", Title: t.T("project.next"), Ball: ball}}, page.Side...)
	}
	if steering := members(t, d.Project, may); steering != nil {
		page.Side = append(page.Side, *steering)
	}
	more := further(t, d)
	beside, err := p.Further(r, t, actor, d)
	if err != nil {
		return err
	}
	more.Actions = append(more.Actions, beside...)
	page.Side = append(page.Side, more)
	if past != nil {
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("project.history"), Timeline: past})
	}
	page.Further = append(page.Further, p.byGroup(t, d)...)
	return leaf.Show(p.door, w, r, actor, page)
}

// entryActions lead to the compendium of a parent, and to the form of who writes the entry.
func entryActions(t i18n.Printer, actor access.Actor, d project.Detail) []ui.Action {
	var out []ui.Action
	if len(d.Children) > 0 {
		out = append(out, ui.Action{Label: t.T("entry.compendium"), Href: path(d.ID) + "/kompendium", Variant: ui.Secondary},
			ui.Action{Label: t.T("entry.overview"), Href: path(d.ID) + "/kompendium/oversikt", Variant: ui.Tertiary})
	} else if project.CanChange(actor, d) {
		out = append(out, ui.Action{Label: t.T("entry.write"), Href: path(d.ID) + "/kort", Variant: ui.Primary})
	}
	return out
}

func (p *Pages) facts(r *http.Request, t i18n.Printer, d project.Detail) *ui.Facts {
	out := &ui.Facts{Items: []ui.Fact{{Label: t.T("project.field.number"), Text: d.Number}}}
	add := func(label i18n.Key, value string) {
		if value != "" {
			out.Items = append(out.Items, ui.Fact{Label: t.T(label), Text: value})
		}
	}
	if d.Code != d.Number {
		add("project.field.code", d.Code)
	}
	add("project.field.owner", d.Owner)
	if d.Aimed {
		add("project.field.group", wording.GroupName(t, d.Above, d.Group))
	}
	add("project.field.period", wording.Period(t, d.Period))
	where := ui.Fact{Label: t.T("project.field.municipality")}
	for _, n := range d.Municipalities {
		where.Links = append(where.Links, ui.Link{Label: p.Words.Name(t, n), Href: "/prosjekter?kommune=" + string(p.today(n))})
	}
	if len(where.Links) > 0 {
		out.Items = append(out.Items, where)
	}
	add("project.field.area", d.Area)
	if d.Card != "" {
		if link, ok := p.Card(r, t, d.Card); ok {
			out.Items = append(out.Items, ui.Fact{Label: t.T("project.from_card"), Links: []ui.Link{link}})
		}
	}
	add("project.field.aliases", t.Join(d.Aliases))
	if d.Parent == "" && d.Region != "" {
		add("project.field.region", p.region(t, d.Project))
	}
	return out
}

// today is the municipality of today that the number is found by.
func (p *Pages) today(n place.Number) place.Number {
	if now := p.Words.Heirs(n); len(now) > 0 {
		return now[0].Number
	}
	return n
}

// region tells how many municipalities the project's area had when it began, and at last.
func (p *Pages) region(t i18n.Printer, x project.Project) string {
	count := func(m []place.Municipality, err error) int {
		if err != nil {
			return 0
		}
		return len(m)
	}
	first, last := count(p.Places.MembersAt(x.Region, x.From)), count(p.Places.MembersAt(x.Region, x.At(p.Clock.Today())))
	if first == last || first == 0 {
		return t.T("project.region", "n", last)
	}
	return t.T("project.region.grew", "first", first, "n", last)
}

// numbers are the sub-projects counted, by group.
func (p *Pages) numbers(t i18n.Printer, d project.Detail, tally project.Tally) leaf.Section {
	s := leaf.Section{ID: "tall", Title: t.T("project.numbers", "n", tally.All),
		Text: t.T("project.numbers.text", "located", tally.Located, "several", tally.Several, "links", tally.Links),
		Bars: &ui.Bars{Caption: t.T("project.by_group"), LabelHead: t.T("project.field.group"), ValueHead: t.T("project.objects")}}
	if len(d.Groups) == 0 {
		s.Bars = nil
		return s
	}
	for _, g := range wording.Groups(t, d.Project) {
		s.Bars.Rows = append(s.Bars.Rows, ui.Bar{Label: g.Title, Href: "#gruppe-" + g.ID(), Value: float64(tally.Groups[g.Code]), Text: t.Number(tally.Groups[g.Code])})
	}
	return s
}

func (p *Pages) byGroup(t i18n.Printer, d project.Detail) []leaf.Section {
	var out []leaf.Section
	for _, g := range wording.Groups(t, d.Project) {
		its := slices.DeleteFunc(slices.Clone(d.Children), func(x project.Project) bool { return x.Group != g.Code })
		if len(its) > 0 {
			out = append(out, leaf.Section{ID: "gruppe-" + g.ID(), Title: g.Title, Text: t.T("project.hits", "n", len(its)), Table: p.short(t, g, its)})
		}
	}
	return out
}

// short are sub-projects under the heading of their group.
func (p *Pages) short(t i18n.Printer, g wording.Group, list []project.Project) *ui.Table {
	out := &ui.Table{Caption: g.Title, CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("project.title.one")}, {Label: t.T("project.field.where")}}}
	for _, x := range list {
		where := p.Words.Where(t, x)
		if where == "" {
			where = t.T("project.where.unknown")
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: wording.In(t, x.Title), Href: path(x.ID)}, {Text: where}}})
	}
	return out
}

// texts are what is written about the project, each under its heading.
func texts(t i18n.Printer, x project.Project) []leaf.Section {
	var out []leaf.Section
	for _, y := range []struct {
		id    string
		title i18n.Key
		words i18n.Text
	}{{"mal", "project.field.goal", x.Goal}, {"hvem", "project.field.audience", x.Audience}, {"bakgrunn", "project.field.background", x.Background}, {"metode", "project.field.method", x.Method},
		{"overforing", "project.field.transfer", x.Transfer}, {"etterpa", "project.field.next", x.Next}} {
		if s := wording.In(t, y.words); s != "" {
			out = append(out, leaf.Section{ID: y.id, Title: t.T(y.title), Paragraphs: text.Paragraphs(s)})
		}
	}
	return out
}

// further leads to what else is kept of the project.
func further(t i18n.Printer, d project.Detail) leaf.Section {
	s := leaf.Section{ID: "mer", Title: t.T("project.more_of"), Actions: []ui.Action{{Label: t.T("project.log"), Href: path(d.ID) + "/logg", Variant: ui.Tertiary}}}
	if d.Parent == "" || len(d.Agreements) > 0 {
		s.Actions = append(s.Actions, ui.Action{Label: t.T("project.agreements"), Href: path(d.ID) + "/avtaler", Variant: ui.Tertiary})
	}
	if len(d.Children) > 1 {
		s.Actions = append(s.Actions, ui.Action{Label: t.T("project.alike"), Href: path(d.ID) + "/like", Variant: ui.Tertiary})
	}
	return s
}

// financing is who pays, with shares and the sum, and what it comes to with the sub-projects.
func financing(t i18n.Printer, d project.Detail, may bool) leaf.Section {
	x := d.Project
	sum := project.Sum(x.Money)
	table := &ui.Table{Caption: t.T("project.financing"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("project.field.payer")}, {Label: t.T("project.field.sort")},
		{Label: t.T("project.field.planned"), Number: true}, {Label: t.T("project.field.share"), Number: true}}}
	for i, m := range x.Money {
		who, what := ui.Cell{Text: m.Payer}, ui.Cell{Text: t.T(m.Sort.Label())}
		if m.FromParent {
			who.Sub = t.T("project.from_parent.short")
		}
		if m.Hours > 0 {
			what.Sub = t.T("project.hours", "hours", m.Hours, "rate", t.Money(m.Rate))
		}
		if may {
			who.Actions = []ui.Action{{Label: t.T("project.change"), Context: m.Payer, Href: path(x.ID) + "/penger/" + strconv.Itoa(i), Variant: ui.Tertiary}}
		}
		planned := ui.Cell{Text: t.Money(m.Planned)}
		if m.Actual != nil {
			planned.Sub = t.T("project.spent", "sum", t.Money(*m.Actual))
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{who, what, planned, {Text: wording.Percent(t, m.Share(sum))}}})
	}
	table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("project.sum")}, {}, {Text: t.Money(sum)}, {Text: wording.Percent(t, 10_000)}}})
	s := leaf.Section{ID: "finansiering", Title: t.T("project.financing"), Table: table}
	if all := project.Rollup(x, d.Children); all != sum {
		s.Text = t.T("project.rollup", "sum", t.Money(all))
	}
	if len(x.Money) == 0 {
		s.Table, s.Empty = nil, &ui.Empty{Title: t.T("project.money.none"), Text: t.T("project.money.lead")}
	}
	if may {
		s.Actions = []ui.Action{{Label: t.T("project.money.add"), Href: path(x.ID) + "/penger/" + added, Variant: ui.Secondary}}
	}
	return s
}

// hubs is which hub leads in which municipalities, and whether they cover the area.
func (p *Pages) hubs(t i18n.Printer, x project.Project, tally project.Tally) leaf.Section {
	table := &ui.Table{Caption: t.T("project.hubs"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("project.field.hub")}, {Label: t.T("project.field.municipalities")}, {Label: t.T("project.field.partners")},
		{Label: t.T("project.objects"), Number: true}}}
	for _, h := range tally.Hubs {
		var names []string
		for _, n := range h.Municipalities {
			if m, err := p.Places.Municipality(n); err == nil {
				names = append(names, m.Name)
			}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: h.Hub}, {Text: t.Join(names)}, {Text: t.Join(h.Partners)}, {Text: t.Number(h.Projects)}}})
	}
	s := leaf.Section{ID: "naeringshagene", Title: t.T("project.hubs"), Table: table}
	cover, err := p.Projects.Coverage(x, x.At(p.Clock.Today()))
	switch {
	case err != nil:
	case cover.OK():
		s.Text = t.T("project.hubs.cover")
	default:
		s.Text = t.T("project.hubs.holes", "gaps", len(cover.Gaps), "twice", len(cover.Overlaps))
	}
	return s
}

// members are who leads and steers, by role.
func members(t i18n.Printer, x project.Project, may bool) *leaf.Section {
	if len(x.Members) == 0 && !may {
		return nil
	}
	s := &leaf.Section{ID: "folk", Title: t.T("project.members")}
	if may {
		s.Actions = []ui.Action{{Label: t.T("project.member.add"), Href: path(x.ID) + "/folk/" + added, Variant: ui.Tertiary}}
	}
	facts := &ui.Facts{}
	for i, m := range x.Members {
		label := t.T(i18n.Key("project.member." + string(m.Sort)))
		if m.Leads && m.Sort == project.Steering {
			label = t.T("project.member.chair")
		}
		f := ui.Fact{Label: label, Lines: []string{m.Role}}
		if m.Share > 0 {
			f.Lines = append(f.Lines, t.T("project.member.share", "n", m.Share))
		}
		if !m.From.IsZero() || !m.To.IsZero() {
			f.Lines = append(f.Lines, wording.Period(t, m.Period))
		}
		if may {
			f.Links = []ui.Link{{Label: t.T("project.change"), Href: path(x.ID) + "/folk/" + strconv.Itoa(i)}}
		}
		facts.Items = append(facts.Items, f)
	}
	if len(facts.Items) == 0 {
		s.Text = t.T("project.member.lead")
		return s
	}
	s.Facts = facts
	return s
}
