package forumweb

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/regionpage"
)

// region shows a region: what it tells of its work, who works together, what others of the
// house know of it, how far it has come towards a forum, and its input to the county.
func (p *pages) region(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, id := p.door.Printer(r), place.RegionID(r.PathValue("region"))
	x, steps, may, err := p.Forums.Region(r.Context(), actor, id)
	if err != nil {
		return err
	}
	told, err := p.Told.Get(r.Context(), actor, id)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("forum.region"), Title: x.Name, Tags: []ui.Tag{stateTag(t, x.State)}}, Crumbs: crumbs(t, "", ""), Main: toldSections(t, told)}
	if x.Body != "" {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("forum.to"), Href: path(x.Body, ""), Variant: ui.Secondary})
	} else {
		page.Notices = append(page.Notices, ui.Notice{Text: t.T("forum.consultation.offer")})
	}
	if told.CanWrite {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("region.edit"), Href: regionPath(id, "/rediger"), Variant: ui.Secondary})
	}
	if may {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("forum.region.say"), Href: regionPath(id, "/status"), Variant: ui.Secondary})
	}
	for _, beside := range p.Beside {
		more, err := beside(r, actor, id)
		if err != nil {
			return fmt.Errorf("beside region %s: %w", id, err)
		}
		page.Main = append(page.Main, more...)
	}
	inputs, err := p.regionInputs(r, t, actor, id)
	if err != nil {
		return err
	}
	about, err := p.aboutRegion(t, x, told)
	if err != nil {
		return err
	}
	page.Main = append(page.Main, inputs)
	page.Side = []leaf.Section{about, {ID: "historie", Title: t.T("forum.story"), Timeline: story(t, steps)}}
	return leaf.Show(p.door, w, r, actor, page)
}

// toldSections are what the region tells. What is not written is left out, and said to be
// missing to those who can write it.
func toldSections(t i18n.Printer, d regionpage.Detail) []leaf.Section {
	var out []leaf.Section
	for _, part := range d.Parts() {
		if *part.Text == "" || part.Line {
			continue
		}
		out = append(out, leaf.Section{ID: part.Name, Title: t.T(part.Label()), Paragraphs: strings.Split(*part.Text, "\n\n")})
	}
	if d.Version == 0 && d.CanWrite {
		out = append(out, leaf.Section{ID: "fortell", Title: t.T("region.told"), Empty: &ui.Empty{Title: t.T("region.none"), Text: t.T("region.none.text"),
			Actions: []ui.Action{{Label: t.T("region.edit"), Href: regionPath(d.Region.ID, "/rediger"), Variant: ui.Primary}}}})
	}
	return append(out, append(tried(t, d), reports(t, d)...)...)
}

// tried is what was tried as motor, megler and møteplass.
func tried(t i18n.Printer, d regionpage.Detail) []leaf.Section {
	if len(d.Efforts) == 0 && !d.CanWrite {
		return nil
	}
	s := leaf.Section{ID: "provd", Title: t.T("region.tried"), Text: t.T("region.tried.text")}
	for _, e := range d.Efforts {
		c := ui.Card{Tags: []ui.Tag{{Text: t.T(e.As.Label()), Color: ui.Info}}, Title: e.What}
		if e.Result != "" {
			c.Facts = []ui.Fact{{Label: t.T("region.field.result"), Text: e.Result}}
		}
		if d.CanWrite {
			c.Actions = []ui.Action{{Label: t.T("region.remove"), Context: e.What, Href: regionPath(d.Region.ID, "/innsats/"+string(e.ID)+"/fjern"), Post: true, Variant: ui.Tertiary}}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(d.Efforts) == 0 {
		s.Empty = &ui.Empty{Title: t.T("region.tried.none"), Text: t.T("region.tried.none.text")}
	}
	if d.CanWrite {
		s.Actions = []ui.Action{{Label: t.T("region.effort.add"), Href: regionPath(d.Region.ID, "/innsats/ny"), Variant: ui.Secondary}}
	}
	return []leaf.Section{s}
}

// reports are the evaluations of the work.
func reports(t i18n.Printer, d regionpage.Detail) []leaf.Section {
	if len(d.Reports) == 0 && !d.CanWrite {
		return nil
	}
	s := leaf.Section{ID: "evaluering", Title: t.T("region.reports")}
	for _, x := range d.Reports {
		c := ui.Card{Kicker: t.T("region.report", "nr", strconv.Itoa(x.Nr), "year", strconv.Itoa(x.Year)), Title: x.Title, Href: x.Link}
		if d.CanWrite {
			c.Actions = []ui.Action{{Label: t.T("region.remove"), Context: x.Title, Href: regionPath(d.Region.ID, "/evalueringer/"+string(x.ID)+"/fjern"), Post: true, Variant: ui.Tertiary}}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(d.Reports) == 0 {
		s.Empty = &ui.Empty{Title: t.T("region.reports.none"), Text: t.T("region.reports.none.text")}
	}
	if d.CanWrite {
		s.Actions = []ui.Action{{Label: t.T("region.report.add"), Href: regionPath(d.Region.ID, "/evalueringer/ny"), Variant: ui.Secondary}}
	}
	return []leaf.Section{s}
}

// aboutRegion is where the region lies, who owns the work, and who works together.
func (p *pages) aboutRegion(t i18n.Printer, x forum.Region, d regionpage.Detail) (leaf.Section, error) {
	members, err := p.Places.MembersAt(x.ID, p.Clock.Today())
	if err != nil && !fault.Is(err, fault.NotFound) {
		return leaf.Section{}, err
	}
	var names []string
	for _, m := range members {
		names = append(names, m.Name)
	}
	facts := append(sourceFacts(t, x), ui.Fact{Label: t.T("forum.municipalities"), Text: t.Join(names)})
	for _, part := range d.Parts() {
		if part.Line && *part.Text != "" {
			facts = append(facts, ui.Fact{Label: t.T(part.Label()), Text: *part.Text})
		}
	}
	if len(d.Partners) > 0 {
		together := ui.Fact{Label: t.T("region.partners")}
		for _, m := range d.Partners {
			together.Links = append(together.Links, ui.Link{Label: m.Name, Href: "/virksomheter/" + string(m.Org)})
		}
		facts = append(facts, together)
	}
	return leaf.Section{ID: "om", Title: t.T("forum.about"), Facts: &ui.Facts{Items: facts}}, nil
}

// regionInputs is the region's input to the county, and the way to send more.
func (p *pages) regionInputs(r *http.Request, t i18n.Printer, actor access.Actor, id place.RegionID) (leaf.Section, error) {
	list, err := p.Inputs.FromRegion(r.Context(), id)
	if err != nil {
		return leaf.Section{}, err
	}
	senders, err := p.Inputs.Senders(r.Context(), actor, id)
	out := p.inputSection(t, list)
	if len(senders) > 0 {
		out.Actions = []ui.Action{{Label: t.T("forum.input.new"), Href: regionPath(id, "/innspill"), Variant: ui.Primary}}
	}
	return out, err
}

// story is how the region has come this far, the newest first.
func story(t i18n.Printer, steps []forum.Step) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("forum.story")}
	for _, s := range steps {
		when, iso := t.Moment(s.At), s.At.Date()
		if !s.Day.IsZero() {
			when, iso = t.Date(s.Day), s.Day
		}
		out.Items = append(out.Items, ui.Event{When: when, ISO: iso.String(), Text: t.T(s.State.Label()), Note: s.Source})
	}
	return out
}

// writing is what is told of the region, for who may write it; Denied for others.
func (p *pages) writing(r *http.Request, actor access.Actor) (regionpage.Detail, error) {
	d, err := p.Told.Get(r.Context(), actor, place.RegionID(r.PathValue("region")))
	if err == nil && !d.CanWrite {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}

// asked begins a form about a region.
func askedOf(t i18n.Printer, d regionpage.Detail, title i18n.Key) leaf.Asked {
	return leaf.Asked{Title: t.T(title), Kicker: d.Region.Name, Crumbs: append(crumbs(t, "", ""), ui.Link{Label: d.Region.Name, Href: regionPath(d.Region.ID, "")}), Back: regionPath(d.Region.ID, ""), Submit: t.T("forum.save")}
}

// tellForm is the parts of the page.
func (p *pages) tellForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := askedOf(t, d, "region.edit")
	asked.Lead, asked.Version = t.T("region.edit.lead"), d.Version
	for _, part := range d.Parts() {
		f := form.Field{Name: part.Name, Kind: form.Long, Rows: 4, Label: t.T(part.Label()), Value: *part.Text, MaxRunes: regionpage.MaxWords, Required: part.Name == "problem"}
		if part.Line {
			f.Kind, f.MaxRunes = form.Text, regionpage.MaxLine
		}
		if part.Name == "contact" {
			f.Hint = t.T("region.hint.contact")
		}
		asked.Fields = append(asked.Fields, f)
		asked.Theirs = append(asked.Theirs, ui.Fact{Label: t.T(part.Label()), Text: *part.Text})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := regionpage.Page{Version: leaf.Version(in)}
		for _, part := range next.Parts() {
			*part.Text = in.Text(part.Name)
		}
		return func() (string, error) {
			return regionPath(d.Region.ID, "?ok=forum.said.saved"), p.Told.Save(r.Context(), actor, d.Region.ID, next)
		}
	}
	return asked, nil
}

func (p *pages) effortOfRegionForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := askedOf(t, d, "region.effort.add")
	asked.Fields = []form.Field{{Name: "as", Kind: form.Radio, Label: t.T("region.field.as"), Options: leaf.Options(t, "", regionpage.All(), regionpage.As.Label, ""), Required: true},
		{Name: "what", Kind: form.Long, Rows: 3, Label: t.T("region.field.what"), MaxRunes: regionpage.MaxWords, Required: true},
		{Name: "result", Kind: form.Long, Rows: 3, Label: t.T("region.field.result"), MaxRunes: regionpage.MaxWords}}
	asked.Read = func(in *form.Input) func() (string, error) {
		var all []string
		for _, a := range regionpage.All() {
			all = append(all, string(a))
		}
		next := regionpage.Effort{As: regionpage.As(in.Choice("as", all...)), What: in.Text("what"), Result: in.Text("result")}
		return func() (string, error) {
			return regionPath(d.Region.ID, "?ok=forum.said.saved"), p.Told.AddEffort(r.Context(), actor, d.Region.ID, next)
		}
	}
	return asked, nil
}

func (p *pages) reportForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := askedOf(t, d, "region.report.add")
	asked.Fields = []form.Field{{Name: "nr", Kind: form.Number, Label: t.T("region.field.nr"), Value: strconv.Itoa(len(d.Reports) + 1), Min: "1", Max: strconv.Itoa(regionpage.MaxReports), Required: true},
		{Name: "year", Kind: form.Number, Label: t.T("region.field.year"), Value: strconv.Itoa(p.Clock.Today().Year()), Min: "2000", Max: strconv.Itoa(p.Clock.Today().Year() + 1), Required: true},
		{Name: "title", Kind: form.Text, Label: t.T("region.field.title"), MaxRunes: regionpage.MaxLine, Required: true},
		{Name: "link", Kind: form.Text, Label: t.T("region.field.link"), Hint: t.T("region.hint.link"), MaxRunes: regionpage.MaxLine}}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := regionpage.Report{Nr: in.Int("nr"), Year: in.Int("year"), Title: in.Text("title"), Link: in.Text("link")}
		return func() (string, error) {
			return regionPath(d.Region.ID, "?ok=forum.said.saved"), p.Told.AddReport(r.Context(), actor, d.Region.ID, next)
		}
	}
	return asked, nil
}

// dropEffort and dropReport take something off the page.
func (p *pages) dropEffort(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := regionpage.ParseEffortID(r.PathValue("effort"))
	if err != nil {
		return fault.Missing()
	}
	region := place.RegionID(r.PathValue("region"))
	if err := p.Told.RemoveEffort(r.Context(), actor, region, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, regionPath(region, "?ok=forum.said.saved"))
}

func (p *pages) dropReport(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := regionpage.ParseReportID(r.PathValue("report"))
	if err != nil {
		return fault.Missing()
	}
	region := place.RegionID(r.PathValue("region"))
	if err := p.Told.RemoveReport(r.Context(), actor, region, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, regionPath(region, "?ok=forum.said.saved"))
}
