package forumweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/meeting"
)

// structure shows the two levels: the county's forum, and its regions by how far each
// has come.
func (p *pages) structure(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	counties, err := p.Bodies.Overviews(r.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.CountyForum}})
	if err != nil {
		return err
	}
	regions, err := p.Forums.Regions(r.Context())
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("forum.title"), Lead: t.T("forum.lead"), Actions: []ui.Action{{Label: t.T("forum.wheel"), Href: "/arshjul", Variant: ui.Secondary}}}, Crumbs: []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}}}
	for i, c := range counties {
		id := forum.BodyID(c.ID)
		rights, err := p.Bodies.Rights(r.Context(), actor, c.ID)
		if err != nil {
			return err
		}
		under, counts := underCounty(regions, id)
		above := leaf.Section{ID: "fylke-" + strconv.Itoa(i+1), Title: t.T("forum.level.county"), Cards: []ui.Card{{Title: c.Name, Href: path(id, ""), Text: c.About,
			Facts: []ui.Fact{{Label: t.T("body.members"), Text: t.T("body.members.n", "n", c.Members)}, {Label: t.T("forum.regions"), Lines: said(t, counts)}}}}}
		below := leaf.Section{ID: "regioner-" + strconv.Itoa(i+1), Title: t.T("forum.level.region"), Text: t.T("forum.level.region.text")}
		for _, x := range under {
			below.Cards = append(below.Cards, regionCard(t, x, rights.Secretary))
		}
		if len(under) == 0 {
			below.Empty = &ui.Empty{Title: t.T("forum.regions.none"), Text: t.T("forum.regions.none.text")}
		}
		if rights.Secretary {
			below.Actions = []ui.Action{{Label: t.T("forum.region.new"), Href: path(id, "/regioner/ny"), Variant: ui.Secondary}}
		}
		page.Main = append(page.Main, above, below)
	}
	if len(counties) == 0 {
		page.Main = []leaf.Section{{ID: "ingen", Title: t.T("forum.level.county"), Empty: &ui.Empty{Title: t.T("forum.none"), Text: t.T("forum.none.text"),
			Actions: []ui.Action{{Label: t.T("body.title"), Href: "/forum-og-rad", Variant: ui.Secondary}}}}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func underCounty(all []forum.Region, b forum.BodyID) ([]forum.Region, map[forum.State]int) {
	var out []forum.Region
	counts := map[forum.State]int{}
	for _, x := range all {
		if x.County == b {
			out = append(out, x)
			counts[x.State]++
		}
	}
	return out, counts
}

// said is how many regions have come how far, a line each.
func said(t i18n.Printer, counts map[forum.State]int) []string {
	var out []string
	for _, s := range forum.States() {
		if counts[s] > 0 {
			out = append(out, t.T("forum.count", "state", t.T(s.Label()), "n", counts[s]))
		}
	}
	return out
}

func stateTag(t i18n.Printer, s forum.State) ui.Tag {
	tag := ui.Tag{Text: t.T(s.Label())}
	switch s {
	case forum.Established:
		tag.Color = ui.Success
	case forum.Wants:
		tag.Color = ui.Info
	case forum.Unwilling:
		tag.Color = ui.Warning
	}
	return tag
}

func sourceFacts(t i18n.Printer, x forum.Region) []ui.Fact {
	out := []ui.Fact{{Label: t.T("forum.source"), Text: x.Source}}
	if !x.Day.IsZero() {
		out = append(out, ui.Fact{Label: t.T("forum.day"), Text: t.Date(x.Day)})
	}
	return out
}

func regionCard(t i18n.Printer, x forum.Region, keeps bool) ui.Card {
	c := ui.Card{Title: x.Name, Href: regionPath(x.ID, ""), Tags: []ui.Tag{stateTag(t, x.State)}, Facts: sourceFacts(t, x)}
	if x.Body != "" {
		c.Actions = append(c.Actions, ui.Action{Label: t.T("forum.to"), Context: x.Name, Href: path(x.Body, ""), Variant: ui.Secondary})
	}
	if keeps {
		c.Actions = append(c.Actions, ui.Action{Label: t.T("forum.region.say"), Context: x.Name, Href: regionPath(x.ID, "/status"), Variant: ui.Tertiary})
	}
	return c
}

// inputSection lists inputs with where they stand.
func (p *pages) inputSection(t i18n.Printer, list []input.Input) leaf.Section {
	s := leaf.Section{ID: "innspill", Title: t.T("forum.inputs"), Text: t.T("forum.inputs.text")}
	for _, i := range list {
		s.Cards = append(s.Cards, p.inputCard(t, i))
	}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("forum.inputs.none"), Text: t.T("forum.inputs.none.text")}
	}
	return s
}

func (p *pages) inputCard(t i18n.Printer, i input.Input) ui.Card {
	c := ui.Card{Kicker: i.RegionName + " · " + t.Date(i.SentAt.Date()), Title: i.Title, Href: "/forum-innspill/" + string(i.ID), Tags: []ui.Tag{inputTag(t, i.State)}}
	if i.IsConsultation() {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T("forum.input.consultation")})
	}
	if !i.Due.IsZero() && p.Clock.Today().After(i.Due) {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T("forum.input.late"), Color: ui.Danger})
	}
	return c
}

func inputTag(t i18n.Printer, s flow.State) ui.Tag {
	tag := ui.Tag{Text: t.T(input.StateLabel(s)), Color: ui.Info}
	if s == input.Answered {
		tag.Color = ui.Success
	}
	return tag
}

// forumsOf are the regional forums that may be the one of the region.
func (p *pages) forumsOf(r *http.Request, region place.RegionID) ([]meeting.Body, error) {
	all, err := p.Bodies.List(r.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.RegionalForum}})
	if err != nil {
		return nil, err
	}
	var out []meeting.Body
	for _, b := range all {
		if region == "" || b.Region == region {
			out = append(out, b)
		}
	}
	return out, nil
}

func (p *pages) regionFields(r *http.Request, x forum.Region) ([]form.Field, []string, error) {
	t := p.door.Printer(r)
	bodies, err := p.forumsOf(r, x.ID)
	own, ids := form.Field{Name: "body", Kind: form.Select, Label: t.T("forum.field.body"), Hint: t.T("forum.field.body.hint"), Options: []form.Option{{Label: t.T("forum.field.body.none")}}}, []string{}
	for _, b := range bodies {
		own.Options = append(own.Options, form.Option{Value: string(b.ID), Label: b.Name, Selected: string(b.ID) == string(x.Body)})
		ids = append(ids, string(b.ID))
	}
	return []form.Field{{Name: "state", Kind: form.Radio, Label: t.T("forum.field.state"), Options: leaf.Options(t, "", forum.States(), forum.State.Label, x.State), Required: true},
		{Name: "source", Kind: form.Text, Label: t.T("forum.source"), Hint: t.T("forum.source.hint"), Value: x.Source, Required: true},
		{Name: "day", Kind: form.Date, Label: t.T("forum.day"), Hint: t.T("forum.day.hint"), Value: x.Day.String()}, own}, ids, err
}

func readRegion(in *form.Input, x forum.Region, bodies []string) forum.Region {
	var states []string
	for _, s := range forum.States() {
		states = append(states, string(s))
	}
	x.State, x.Source, x.Day, x.Body = forum.State(in.Choice("state", states...)), in.Text("source"), in.Date("day"), forum.BodyID(in.Choice("body", bodies...))
	return x
}

func (p *pages) regionForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, _, may, err := p.Forums.Region(r.Context(), actor, place.RegionID(r.PathValue("region")))
	if err == nil && !may {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	fields, ids, err := p.regionFields(r, x)
	return leaf.Asked{Title: t.T("forum.region.say"), Kicker: x.Name, Lead: t.T("forum.region.say.lead"), Crumbs: append(crumbs(t, "", ""), ui.Link{Label: x.Name, Href: regionPath(x.ID, "")}),
		Back: regionPath(x.ID, ""), Fields: fields, Submit: t.T("forum.save"), Version: x.Version,
		Theirs: append([]ui.Fact{{Label: t.T("forum.field.state"), Text: t.T(x.State.Label())}}, sourceFacts(t, x)...),
		Read: func(in *form.Input) func() (string, error) {
			next := readRegion(in, x, ids)
			next.Version = leaf.Version(in)
			return func() (string, error) {
				return regionPath(x.ID, "?ok=forum.said.saved"), p.Forums.Say(r.Context(), actor, next)
			}
		}}, err
}

func (p *pages) newRegionForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	f, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	known, err := p.Forums.Regions(r.Context())
	if err != nil {
		return leaf.Asked{}, err
	}
	taken := map[place.RegionID]bool{}
	for _, x := range known {
		taken[x.ID] = true
	}
	fields, ids, err := p.regionFields(r, forum.Region{State: forum.InDialogue})
	choice, regions := form.Field{Name: "region", Kind: form.Select, Label: t.T("forum.region"), Options: []form.Option{{Label: t.T("forum.choose")}}, Required: true}, []string{}
	for _, x := range p.Places.Regions(p.Clock.Today(), place.CompetenceRegion) {
		if !taken[x.ID] {
			choice.Options = append(choice.Options, form.Option{Value: string(x.ID), Label: x.Name})
			regions = append(regions, string(x.ID))
		}
	}
	return leaf.Asked{Title: t.T("forum.region.new"), Kicker: f.Name, Lead: t.T("forum.region.say.lead"), Crumbs: crumbs(t, f.Name, f.id), Back: "/kompetanseforum",
		Fields: append([]form.Field{choice}, fields...), Submit: t.T("forum.save"),
		Read: func(in *form.Input) func() (string, error) {
			next := readRegion(in, forum.Region{ID: place.RegionID(in.Choice("region", regions...)), County: f.id}, ids)
			if next.ID == "" {
				in.Refuse("region", "form.error.required")
			}
			return func() (string, error) {
				return regionPath(next.ID, "?ok=forum.said.saved"), p.Forums.Say(r.Context(), actor, next)
			}
		}}, err
}
