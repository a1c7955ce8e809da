package projectweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// added is the last part of the address of what is not there yet.
const added = "ny"

// line is the project of the path and the number in its list that the address names, -1 for a
// new one, of a list of so many; the version in the address is that of the list.
func (p *Pages) line(r *http.Request, actor access.Actor, of func(project.Detail) int) (project.Detail, int, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return d, 0, err
	}
	if r.PathValue("nr") == added {
		return d, -1, nil
	}
	n, err := strconv.Atoi(r.PathValue("nr"))
	if err != nil || n < 0 || n >= of(d) {
		return d, 0, fault.Missing()
	}
	return d, n, nil
}

// taken lets the form take away what stands there: a choice at its end.
func taken(t i18n.Printer, nr int) []form.Field {
	if nr < 0 {
		return nil
	}
	return []form.Field{{Name: "away", Kind: form.Checks, Label: t.T("project.field.away"), Options: []form.Option{{Value: "ja", Label: t.T("project.away")}}}}
}

// moneyForm writes what somebody pays.
func (p *Pages) moneyForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, nr, err := p.line(r, actor, func(d project.Detail) int { return len(d.Money) })
	if err != nil {
		return leaf.Asked{}, err
	}
	m := project.Money{Sort: project.Cash}
	if nr >= 0 {
		m = d.Money[nr]
	}
	kroner := func(n money.NOK) string {
		if n == 0 {
			return ""
		}
		return n.Plain()
	}
	paid := ""
	if m.Actual != nil {
		paid = m.Actual.Plain()
	}
	hours := ""
	if m.Hours > 0 {
		hours = strconv.FormatInt(m.Hours, 10)
	}
	fields := []form.Field{
		{Name: "payer", Kind: form.Text, Label: t.T("project.field.payer"), Value: m.Payer, MaxRunes: project.MaxTitle, Required: true},
		{Name: "sort", Kind: form.Radio, Label: t.T("project.field.sort"), Options: leaf.Options(t, "", project.MoneySorts(), project.MoneySort.Label, m.Sort), Required: true},
		{Name: "planned", Kind: form.Money, Label: t.T("project.field.planned"), Hint: t.T("project.hint.planned"), Value: kroner(m.Planned)},
		{Name: "hours", Kind: form.Number, Label: t.T("project.field.hours"), Hint: t.T("project.hint.hours"), Value: hours, Min: "0"},
		{Name: "rate", Kind: form.Money, Label: t.T("project.field.rate"), Value: kroner(m.Rate)},
		{Name: "actual", Kind: form.Money, Label: t.T("project.field.actual"), Hint: t.T("project.hint.actual"), Value: paid},
	}
	if d.Parent != "" {
		fields = append(fields, form.Field{Name: "from_parent", Kind: form.Checks, Label: t.T("project.field.from_parent"), Options: []form.Option{{Value: "ja", Label: t.T("project.from_parent"), Selected: m.FromParent}}})
	}
	asked := p.asked(t, d, "project.money.form", "project.money.lead", append(fields, taken(t, nr)...))
	asked.Read = func(in *form.Input) func() (string, error) {
		next := &project.Money{Payer: in.Text("payer"), Sort: project.MoneySort(in.Choice("sort", text.Strings(project.MoneySorts())...)), Planned: in.Money("planned"), Hours: int64(in.Int("hours")),
			Rate: in.Money("rate"), FromParent: in.Bool("from_parent")}
		if in.Text("actual") != "" {
			paid := in.Money("actual")
			next.Actual = &paid
		}
		version := leaf.Version(in)
		if in.Bool("away") {
			next = nil
		}
		return func() (string, error) {
			return path(d.ID) + "?ok=project.said.saved", p.Projects.SetMoney(r.Context(), actor, d.ID, version, nr, next)
		}
	}
	return asked, nil
}

// memberForm writes who leads or steers.
func (p *Pages) memberForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, nr, err := p.line(r, actor, func(d project.Detail) int { return len(d.Members) })
	if err != nil {
		return leaf.Asked{}, err
	}
	m := project.Member{Sort: project.Manager, Leads: true}
	if nr >= 0 {
		m = d.Members[nr]
	}
	share := ""
	if m.Share > 0 {
		share = strconv.Itoa(m.Share)
	}
	sorts := project.MemberSorts()
	asked := p.asked(t, d, "project.member.form", "project.member.lead", append([]form.Field{
		{Name: "role", Kind: form.Text, Label: t.T("project.field.role"), Hint: t.T("project.hint.role"), Value: m.Role, MaxRunes: project.MaxTitle, Required: true},
		{Name: "sort", Kind: form.Radio, Label: t.T("project.field.does"), Options: leaf.Options(t, "", sorts, func(s project.MemberSort) i18n.Key { return i18n.Key("project.member." + string(s)) }, m.Sort), Required: true},
		{Name: "leads", Kind: form.Checks, Label: t.T("project.member.chair"), Options: []form.Option{{Value: "ja", Label: t.T("project.leads"), Selected: m.Leads}}},
		{Name: "share", Kind: form.Number, Label: t.T("project.field.position"), Value: share, Min: "0", Max: "100"},
		{Name: "from", Kind: form.Date, Label: t.T("project.field.from"), Value: m.From.String()},
		{Name: "to", Kind: form.Date, Label: t.T("project.field.to"), Value: m.To.String()}}, taken(t, nr)...))
	asked.Read = func(in *form.Input) func() (string, error) {
		next := &project.Member{Sort: project.MemberSort(in.Choice("sort", text.Strings(sorts)...)), Role: in.Text("role"), Leads: in.Bool("leads"), Share: in.Int("share"), Period: place.Period{From: in.Date("from"), To: in.Date("to")}}
		version := leaf.Version(in)
		if in.Bool("away") {
			next = nil
		}
		return func() (string, error) {
			return path(d.ID) + "?ok=project.said.saved", p.Projects.SetMember(r.Context(), actor, d.ID, version, nr, next)
		}
	}
	return asked, nil
}

// agreementForm writes who delivers the project in which municipalities.
func (p *Pages) agreementForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, nr, err := p.line(r, actor, func(d project.Detail) int { return len(d.Agreements) })
	if err != nil {
		return leaf.Asked{}, err
	}
	var a project.Agreement
	if nr >= 0 {
		a = d.Agreements[nr]
	}
	asked := p.asked(t, d, "project.agreement.form", "project.agreement.lead", append([]form.Field{
		{Name: "hub", Kind: form.Text, Label: t.T("project.field.hub"), Value: a.Hub, MaxRunes: project.MaxTitle, Required: true},
		{Name: "under", Kind: form.Text, Label: t.T("project.field.under"), Hint: t.T("project.hint.under"), Value: a.Under, MaxRunes: project.MaxTitle},
		{Name: "municipalities", Kind: form.Long, Rows: 4, Label: t.T("project.field.municipalities"), Hint: t.T("project.hint.municipalities"), Value: p.Words.Written(a.Municipalities), Required: true},
		{Name: "from", Kind: form.Date, Label: t.T("project.field.from"), Value: a.From.String()},
		{Name: "to", Kind: form.Date, Label: t.T("project.field.to"), Value: a.To.String()}}, taken(t, nr)...))
	asked.Back = path(d.ID) + "/avtaler"
	asked.Read = func(in *form.Input) func() (string, error) {
		next := &project.Agreement{Hub: in.Text("hub"), Under: in.Text("under"), Municipalities: p.Words.ReadPlaces(in, "municipalities", a.Municipalities), Period: place.Period{From: in.Date("from"), To: in.Date("to")}}
		version := leaf.Version(in)
		if in.Bool("away") {
			next = nil
		}
		return func() (string, error) {
			return path(d.ID) + "/avtaler?ok=project.said.saved", p.Projects.SetAgreement(r.Context(), actor, d.ID, version, nr, next)
		}
	}
	return asked, nil
}

// stepsForm writes what is to be done, one step a line.
func (p *Pages) stepsForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	var words []string
	for _, s := range d.Steps {
		words = append(words, s.Words)
	}
	asked := p.asked(t, d, "project.steps.form", "project.steps.lead", []form.Field{{Name: "steps", Kind: form.Long, Rows: 8, Label: t.T("project.steps"), Value: strings.Join(words, "\n"), MaxRunes: project.MaxWords}})
	asked.Read = func(in *form.Input) func() (string, error) {
		version, next := leaf.Version(in), strings.Split(in.Text("steps"), "\n")
		return func() (string, error) {
			return path(d.ID) + "?ok=project.said.saved", p.Projects.SetSteps(r.Context(), actor, d.ID, version, next)
		}
	}
	return asked, nil
}

// tick notes that a step is done, or that it is not after all.
func (p *Pages) tick(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.writing(r, actor)
	if err != nil {
		return err
	}
	nr, err := strconv.Atoi(r.PathValue("nr"))
	if err != nil {
		return fault.Missing()
	}
	if err := p.Projects.Tick(r.Context(), actor, d.ID, d.Version, nr); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID)+"?ok=project.said.saved#steg")
}

// steps are what is to be done; who writes for the project ticks them off.
func steps(t i18n.Printer, d project.Detail, may bool) *leaf.Section {
	going := slices.Contains([]project.State{project.Idea, project.Described, project.Applied, project.Granted, project.Running}, d.State)
	if len(d.Steps) == 0 && !(may && going) {
		return nil
	}
	s := &leaf.Section{ID: "steg", Title: t.T("project.steps")}
	if may {
		s.Actions = []ui.Action{{Label: t.T("project.steps.form"), Href: path(d.ID) + "/steg", Variant: ui.Tertiary}}
	}
	if len(d.Steps) == 0 {
		s.Empty = &ui.Empty{Title: t.T("project.steps.none"), Text: t.T("project.steps.lead")}
		return s
	}
	s.Table = &ui.Table{Caption: t.T("project.steps"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("project.step")}, {Label: t.T("project.step.done")}}}
	for i, x := range d.Steps {
		done := ui.Cell{Text: t.T("project.step.open")}
		act := t.T("project.step.tick")
		if !x.DoneOn.IsZero() {
			done.Text, act = t.Date(x.DoneOn), t.T("project.step.untick")
		}
		if may {
			done.Actions = []ui.Action{{Label: act, Context: x.Words, Href: path(d.ID) + "/steg/" + strconv.Itoa(i), Post: true, Variant: ui.Tertiary}}
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Words}, done}})
	}
	return s
}

// agreements are who delivers the project in which municipalities, and how they cover it on the
// day of the address, or that which its places are told of.
func (p *Pages) agreements(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	asked := form.Read(r.URL.Query())
	day := asked.Date("dato")
	if day.IsZero() {
		day = d.At(p.Clock.Today())
	}
	cover, err := p.Projects.Coverage(d.Project, day)
	if err != nil {
		return err
	}
	may := project.CanChange(actor, d)
	page := leaf.Page{Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("project.agreements"), Lead: t.T("project.agreements.lead")}, Crumbs: below(t, d)}
	page.Filter = &ui.Filter{Title: t.T("project.field.day"), Action: path(d.ID) + "/avtaler", Submit: t.T("project.filter.do"), Fields: []form.Field{{Name: "dato", Kind: form.Date, Label: t.T("project.field.day"), Value: day.String()}}}
	if may {
		page.Head.Actions = []ui.Action{{Label: t.T("project.agreement.form"), Href: path(d.ID) + "/avtaler/" + added, Variant: ui.Secondary}}
	}
	s := leaf.Section{ID: "dekning", Title: t.T("project.coverage", "date", t.Date(day)), Points: p.coverage(t, cover, len(p.Projects.Members(d.Project, day)))}
	table := &ui.Table{Caption: t.T("project.agreements"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("project.field.hub")}, {Label: t.T("project.field.municipalities")}, {Label: t.T("project.field.period")}}}
	for i, a := range d.Agreements {
		who := ui.Cell{Text: a.Hub}
		if a.Under != "" {
			who.Text = t.T("project.under", "hub", a.Hub, "under", a.Under)
		}
		if may {
			who.Actions = []ui.Action{{Label: t.T("project.change"), Context: a.Hub, Href: path(d.ID) + "/avtaler/" + strconv.Itoa(i), Variant: ui.Tertiary}}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{who, {Text: t.Join(p.Words.Names(a.Municipalities))}, {Text: wording.Period(t, a.Period)}}})
	}
	list := leaf.Section{ID: "avtalene", Title: t.T("project.agreements"), Table: table}
	if len(d.Agreements) == 0 {
		list.Table, list.Empty = nil, &ui.Empty{Title: t.T("project.agreements.none"), Text: t.T("project.agreements.none.text")}
	}
	page.Main = []leaf.Section{s, list}
	return leaf.Show(p.door, w, r, actor, page)
}

// coverage is what holds of the municipalities on the day: each has one hub that leads, or which
// have none, several, or are outside.
func (p *Pages) coverage(t i18n.Printer, c place.Partition, members int) []ui.Point {
	out := []ui.Point{{Text: t.T("project.coverage.members", "n", members)}}
	switch {
	case members == 0:
		return out
	case c.OK():
		return append(out, ui.Point{Text: t.T("project.hubs.cover")})
	}
	add := func(key i18n.Key, list []place.Municipality) {
		var names []string
		for _, m := range list {
			names = append(names, m.Name)
		}
		if len(names) > 0 {
			out = append(out, ui.Point{Text: t.T(key, "names", t.Join(names))})
		}
	}
	add("project.coverage.gaps", c.Gaps)
	var twice []place.Municipality
	for _, o := range c.Overlaps {
		twice = append(twice, o.Municipality)
	}
	add("project.coverage.twice", twice)
	add("project.coverage.outside", c.Outside)
	return out
}
