package measureweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func stateTag(t i18n.Printer, s flow.State) ui.Tag {
	tag := ui.Tag{Text: t.T(measure.Label(s)), Color: ui.Info}
	switch {
	case measure.IsOpen(s):
		tag.Color = ui.Success
	case s == measure.Archived, s == measure.Declined:
		tag.Color = ui.Warning
	}
	return tag
}

// OnCard adds to the page of a card what it says as a measure, and what the reader can do with it.
func (p *Pages) OnCard(r *http.Request, actor access.Actor, c support.Card, page *leaf.Page) error {
	if c.Kind != support.Measure {
		return nil
	}
	m, err := p.Measures.Get(r.Context(), actor, c.ID)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page.Secret = page.Secret || c.Draft
	if !measure.IsOpen(m.State) {
		page.Head.Tags = append(page.Head.Tags, stateTag(t, m.State))
	}
	if c.Draft {
		page.Notices = append(page.Notices, ui.Notice{Color: ui.Info, Text: t.T("measure.draft")})
	} else {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("measure.print"), Href: path(c.ID, "/ark"), Variant: ui.Secondary})
	}
	if m.Receiver {
		page.Notices = append(page.Notices, ui.Notice{Color: ui.Info, Title: t.T("measure.take"), Text: t.T("measure.take.text", "org", m.OfferedName), Links: []ui.Link{{Label: t.T("measure.take.answer"), Href: path(c.ID, "/overta")}}})
	}
	page.Main = append(page.Main, p.about(t, m), steps(t, m))
	if tips := in(t, m.Tips); tips != "" {
		page.Main = append(page.Main, leaf.Section{ID: "tips", Title: t.T("measure.field.tips"), Paragraphs: []string{tips}})
	}
	said, err := p.saidOn(r, actor, t, m)
	if err != nil {
		return err
	}
	page.Main = append(page.Main, said...)
	page.Side = append(page.Side, p.keeper(t, m))
	packs, err := p.Measures.Packages(r.Context(), actor, c.ID)
	if err != nil {
		return err
	}
	if len(packs) > 0 && measure.IsOpen(m.State) {
		page.Main = append(page.Main, leaf.Section{ID: "pakker", Title: t.T("measure.in_packages"), Cards: packCards(t, packs)})
	}
	return p.work(r, actor, t, m, page)
}

// work is for those who work on the measure: what they can do, who has the ball, and what
// happened.
func (p *Pages) work(r *http.Request, actor access.Actor, t i18n.Printer, m measure.Measure, page *leaf.Page) error {
	progress, err := p.Measures.Progress(r.Context(), m)
	if err != nil {
		return err
	}
	if len(progress.Steps) == 0 {
		return nil
	}
	next := leaf.Section{ID: "arbeid", Title: t.T("measure.work"), Ball: p.ball(t, actor, m, progress)}
	if lacks := m.Lacks(); len(lacks) > 0 && m.MayChange() {
		for _, l := range lacks {
			next.Points = append(next.Points, ui.Point{Kind: ui.No, Label: t.T("measure.lacks"), Text: t.T(l)})
		}
	}
	for _, d := range m.Moves(actor) {
		a := ui.Action{Label: t.T(d.Label), Href: path(m.Card.ID, "/flytt/"+string(d.To)), Variant: ui.Secondary}
		if d.To == measure.Published && len(m.Lacks()) > 0 {
			continue
		}
		next.Actions = append(next.Actions, a)
	}
	if m.MayChange() {
		next.Actions = append(next.Actions, ui.Action{Label: t.T("measure.edit.sections"), Href: path(m.Card.ID, "/innhold/nb"), Variant: ui.Tertiary}, ui.Action{Label: t.T("measure.edit.facts"), Href: path(m.Card.ID, "/fakta"), Variant: ui.Tertiary})
		if support.CanEdit(actor) != nil {
			next.Actions = append(next.Actions, ui.Action{Label: t.T("support.edit"), Href: path(m.Card.ID, "/rediger"), Variant: ui.Tertiary})
		}
		if m.State != measure.Suggested {
			next.Actions = append(next.Actions, ui.Action{Label: t.T("measure.owner.move"), Href: path(m.Card.ID, "/eier"), Variant: ui.Tertiary})
		}
	}
	page.Side = append(page.Side, next, leaf.Section{ID: "historikk", Title: t.T("measure.history"), Timeline: history(t, progress.Steps, measure.Label)})
	return nil
}

// ball says who acts next, and by when; nil when nobody has to.
func (p *Pages) ball(t i18n.Printer, actor access.Actor, m measure.Measure, x measure.Progress) *ui.Ball {
	b := x.Ball
	if b.Party == flow.Nobody {
		return nil
	}
	out := &ui.Ball{Label: t.T("measure.ball"), Who: x.Who, State: ui.BallWaiting, Note: t.T("measure.expect." + i18n.Key(m.State))}
	if b.Org == "" {
		out.Who = t.T("measure.the_county")
	}
	if m.Offered != "" {
		out.Note = t.T("measure.expect.offered")
	}
	if b.Org != "" && actor.HasAt(b.Org, measure.UserRoles()...) || b.Org == "" && b.Role != "" && actor.Has(b.Role) {
		out.State = ui.BallMine
	}
	if today := p.Clock.Today(); !b.Due.IsZero() {
		out.Due = t.T("measure.due", "date", t.Day(b.Due, today))
		if b.Due.Before(today) {
			out.State, out.Tags = ui.BallLate, []ui.Tag{{Text: t.T("measure.late"), Color: ui.Danger}}
		}
	}
	return out
}

// history is what happened, the newest first.
func history(t i18n.Printer, list []flow.Step, label func(flow.State) i18n.Key) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("measure.history")}
	for i := len(list) - 1; i >= 0; i-- {
		out.Items = append(out.Items, ui.Event{When: t.Moment(list[i].At), ISO: list[i].At.String(), Text: t.T(label(list[i].To)), Note: list[i].Note})
	}
	return out
}

// about is what the measure is for and what it demands.
func (p *Pages) about(t i18n.Printer, m measure.Measure) leaf.Section {
	s := leaf.Section{ID: "om-tiltaket", Title: t.T("measure.about"), Facts: &ui.Facts{Items: p.facts(t, m)}}
	if len(s.Facts.Items) == 0 {
		s.Facts, s.Empty = nil, &ui.Empty{Title: t.T("measure.about.none"), Text: t.T("measure.about.none.text")}
	}
	return s
}

// facts are the sections and what one can look for, those that are there.
func (p *Pages) facts(t i18n.Printer, m measure.Measure) []ui.Fact {
	var out []ui.Fact
	add := func(label i18n.Key, words string) {
		if words != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: words})
		}
	}
	add("measure.field.goal", in(t, m.Goal))
	add("measure.field.who", in(t, m.Who))
	if m.Effort != "" {
		add("measure.field.effort", t.T(m.Effort.Label()))
	}
	add("measure.field.time", in(t, m.Time))
	add("measure.field.people", in(t, m.People))
	add("measure.field.cost", cost(t, m.Cost))
	add("measure.field.before", in(t, m.Before))
	add("measure.field.sectors", t.Join(p.sectorNames(t, m)))
	var where []string
	for _, n := range m.Municipalities {
		where = append(where, p.name(n))
	}
	add("measure.field.municipalities", t.Join(where))
	return out
}

func (p *Pages) sectorNames(t i18n.Printer, m measure.Measure) []string {
	var out []string
	for _, x := range m.Sectors {
		out = append(out, t.T(p.SectorLabel(x)))
	}
	return out
}

// cost is an amount or a range, always with its year; empty where nobody knows.
func cost(t i18n.Printer, c *measure.Cost) string {
	switch {
	case c == nil:
		return ""
	case c.High == 0:
		return t.T("measure.cost.free", "year", strconv.Itoa(c.Year))
	case c.Low == c.High:
		return t.T("measure.cost.one", "amount", t.Money(c.High), "year", strconv.Itoa(c.Year))
	}
	return t.T("measure.cost.range", "low", t.Money(c.Low), "high", t.Money(c.High), "year", strconv.Itoa(c.Year))
}

// steps are what to do, in order.
func steps(t i18n.Printer, m measure.Measure) leaf.Section {
	s := leaf.Section{ID: "steg", Title: t.T("measure.steps")}
	if m.MayChange() {
		s.Actions = []ui.Action{{Label: t.T("measure.step.add"), Href: path(m.Card.ID, "/steg/ny"), Variant: ui.Secondary}}
	}
	if len(m.Steps) == 0 {
		s.Empty = &ui.Empty{Title: t.T("measure.steps.none"), Text: t.T("measure.steps.none.text")}
		return s
	}
	s.Table = &ui.Table{Caption: t.T("measure.steps"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("measure.step")}}}
	days := false
	for _, st := range m.Steps {
		days = days || st.Days > 0
	}
	if days {
		s.Table.Columns = append(s.Table.Columns, ui.Column{Label: t.T("measure.step.days"), Number: true})
	}
	for _, st := range m.Steps {
		what := ui.Cell{Text: numbered(t, st)}
		if m.MayChange() {
			nr := strconv.Itoa(st.Nr)
			what.Actions = []ui.Action{{Label: t.T("measure.step.edit"), Context: nr, Href: path(m.Card.ID, "/steg/"+nr), Variant: ui.Tertiary},
				{Label: t.T("measure.step.remove"), Context: nr, Href: path(m.Card.ID, "/steg/"+nr+"/fjern"), Post: true, Variant: ui.Tertiary, Name: "version", Value: strconv.FormatInt(m.Version, 10)}}
		}
		row := ui.Row{Cells: []ui.Cell{what}}
		if days {
			cell := ui.Cell{}
			if st.Days > 0 {
				cell.Text = t.Number(st.Days)
			}
			row.Cells = append(row.Cells, cell)
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	return s
}

// numbered is a step with its number before it.
func numbered(t i18n.Printer, s measure.Step) string { return t.Number(s.Nr) + ". " + in(t, s.Words) }

// keeper is who keeps the measure, who has experience, and how fresh it is.
func (p *Pages) keeper(t i18n.Printer, m measure.Measure) leaf.Section {
	facts := []ui.Fact{}
	if m.Owner != "" {
		facts = append(facts, ui.Fact{Label: t.T("measure.field.owner"), Link: &ui.Link{Label: m.OwnerName, Href: "/virksomheter/" + string(m.Owner)}})
	} else {
		facts = append(facts, ui.Fact{Label: t.T("measure.field.owner"), Text: t.T("measure.owner.none")})
	}
	if m.Offered != "" && (m.Edits || m.Keeps || m.Receiver) {
		facts = append(facts, ui.Fact{Label: t.T("measure.owner.asked"), Text: m.OfferedName})
	}
	if m.ContactOrg != "" {
		facts = append(facts, ui.Fact{Label: t.T("measure.field.contact"), Lines: nonEmpty(m.ContactRole, m.ContactName)})
	}
	if measure.IsOpen(m.State) {
		facts = append(facts, ui.Fact{Label: t.T("measure.review"), Text: t.Date(measure.ReviewBy(m.Card))})
	}
	return leaf.Section{ID: "hvem", Title: t.T("measure.keeper"), Facts: &ui.Facts{Items: facts}}
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// Narrow are the fields by which the toolbox is narrowed to measures, and which cards are looked
// for: nil while none of the fields is used.
func (p *Pages) Narrow(r *http.Request, asked *form.Input) ([]form.Field, func(support.ID) bool, error) {
	t := p.door.Printer(r)
	f := p.filter(asked)
	fields := []form.Field{
		{Name: "innsats", Kind: form.Select, Label: t.T("measure.field.effort"), Options: leaf.Options(t, "measure.any", measure.Efforts(), measure.Effort.Label, f.Effort)},
		{Name: "kostnad", Kind: form.Select, Label: t.T("measure.field.cost"), Options: leaf.Options(t, "measure.any", measure.Bands(), measure.Band.Label, f.Band)},
		{Name: "sektor", Kind: form.Select, Label: t.T("measure.filter.sector"), Options: leaf.Options(t, "measure.any", p.Sectors, p.SectorLabel, f.Sector)},
		{Name: "kommune", Kind: form.Select, Label: t.T("measure.filter.municipality"), Options: p.places(t, f.Municipality)},
	}
	if f == (measure.Filter{}) {
		return fields, nil, nil
	}
	list, err := p.Measures.List(r.Context(), access.Actor{}, f)
	if err != nil {
		return nil, nil, err
	}
	found := map[support.ID]bool{}
	for _, m := range list {
		found[m.Card.ID] = true
	}
	return fields, func(c support.ID) bool { return found[c] }, nil
}

func (p *Pages) filter(in *form.Input) measure.Filter {
	var numbers []string
	for _, m := range p.municipalities() {
		numbers = append(numbers, string(m.Number))
	}
	return measure.Filter{Effort: measure.Effort(in.Choice("innsats", "low", "medium", "high")), Band: measure.Band(in.Choice("kostnad", "free", "10", "100", "over")),
		Sector: in.Choice("sektor", p.Sectors...), Municipality: in.Choice("kommune", numbers...)}
}

func (p *Pages) places(t i18n.Printer, chosen string) []form.Option {
	out := []form.Option{{Label: t.T("measure.any"), Selected: chosen == ""}}
	for _, m := range p.municipalities() {
		out = append(out, form.Option{Value: string(m.Number), Label: m.Name, Selected: string(m.Number) == chosen})
	}
	return out
}
