package reportweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/wording"
)

// list is the reports that the reader may see, with who is missing first.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	in := form.Read(r.URL.Query())
	f := report.Filter{State: flow.State(in.Choice("tilstand", text.Strings(report.States())...)), Code: in.Text("skjema")}
	f.Year, _ = strconv.Atoi(in.Text("ar"))
	all, err := p.Reports.List(r.Context(), actor, report.Filter{})
	if err != nil {
		return err
	}
	found := slices.DeleteFunc(slices.Clone(all), func(x report.Entry) bool {
		return f.State != "" && x.State != f.State || f.Code != "" && x.Code != f.Code || f.Year > 0 && x.Year != f.Year
	})
	page := leaf.Page{Head: ui.Head{Title: t.T("report.all"), Lead: t.T("report.all.lead")}}
	if len(all) > 0 {
		page.Filter = p.filter(t, all, f, len(found))
	}
	page.Main = []leaf.Section{p.table(t, found, ui.Empty{Title: t.T("report.all.none"), Text: t.T("report.all.none.text")})}
	if late := count(found, func(x report.Entry) bool { return x.Late }); late > 0 {
		page.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("report.late", "n", late)}}
	}
	if s := overview(t, found); s != nil {
		page.Side = []leaf.Section{*s}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func count(list []report.Entry, is func(report.Entry) bool) int {
	n := 0
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}

func (p *Pages) filter(t i18n.Printer, all []report.Entry, f report.Filter, hits int) *ui.Filter {
	years := []form.Option{{Label: t.T("report.filter.any"), Selected: f.Year == 0}}
	codes := []form.Option{{Label: t.T("report.filter.any"), Selected: f.Code == ""}}
	seen := map[string]bool{}
	for _, x := range all {
		if year := strconv.Itoa(x.Year); !seen[year] {
			seen[year] = true
			years = append(years, form.Option{Value: year, Label: year, Selected: x.Year == f.Year})
		}
		if !seen[x.Code] {
			seen[x.Code] = true
			codes = append(codes, form.Option{Value: x.Code, Label: wording.In(t, x.Name), Selected: x.Code == f.Code})
		}
	}
	return &ui.Filter{Action: "/rapporter", Title: t.T("report.filter"), Submit: t.T("report.filter.do"), Hits: t.T("report.hits", "n", hits), Open: f != (report.Filter{}), Fields: []form.Field{
		{Name: "skjema", Kind: form.Select, Label: t.T("report.field.form"), Options: codes}, {Name: "ar", Kind: form.Select, Label: t.T("report.field.year"), Options: years},
		{Name: "tilstand", Kind: form.Select, Label: t.T("report.field.state"), Options: leaf.Options(t, "report.filter.any", report.States(), report.Label, f.State)}}}
}

// overview is how many reports there are in each state.
func overview(t i18n.Printer, list []report.Entry) *leaf.Section {
	if len(list) == 0 {
		return nil
	}
	s := &leaf.Section{ID: "oversikt", Title: t.T("report.overview"), Facts: &ui.Facts{}}
	sent := count(list, func(x report.Entry) bool { return x.IsSent() })
	s.Text = t.T("report.overview.sent", "sent", sent, "n", len(list))
	for _, state := range report.States() {
		s.Facts.Items = append(s.Facts.Items, ui.Fact{Label: t.T(report.Label(state)), Text: t.Number(count(list, func(x report.Entry) bool { return x.State == state }))})
	}
	return s
}

func (p *Pages) table(t i18n.Printer, list []report.Entry, none ui.Empty) leaf.Section {
	s := leaf.Section{ID: "rapportene", Title: t.T("report.list")}
	if len(list) == 0 {
		s.Empty = &none
		return s
	}
	today := p.Clock.Today()
	s.Table = &ui.Table{Caption: t.T("report.list"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("report.column.report")}, {Label: t.T("report.column.project")}, {Label: t.T("report.column.due")}, {Label: t.T("report.field.state")}}}
	for _, x := range list {
		due := ui.Cell{Text: t.T("report.no_due")}
		if !x.Due.IsZero() {
			due.Text = t.Day(x.Due, today)
		}
		if x.Late {
			due.Tags = []ui.Tag{{Text: t.T("project.late"), Color: ui.Danger}}
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: titled(t, x.Name, x.Year), Href: Path(x.ID)}, {Text: wording.In(t, x.Project.Title), Href: "/prosjekter/" + string(x.Project.ID)}, due, {Tags: []ui.Tag{tag(t, x.State)}}}})
	}
	return s
}

func tag(t i18n.Printer, s flow.State) ui.Tag {
	color := map[flow.State]ui.Color{report.Draft: ui.Neutral, report.InApproval: ui.Warning, report.Approved: ui.Info, report.Sent: ui.Success, report.Received: ui.Success}[s]
	return ui.Tag{Text: t.T(report.Label(s)), Color: color}
}

func (p *Pages) project(r *http.Request, actor access.Actor) (project.Detail, error) {
	id, err := project.ParseID(r.PathValue("id"))
	if err != nil {
		return project.Detail{}, fault.Missing()
	}
	return p.Projects.Get(r.Context(), actor, id)
}

// ofProject is the reports of a project, and where new ones are begun.
func (p *Pages) ofProject(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.project(r, actor)
	if err != nil {
		return err
	}
	list, err := p.Reports.List(r.Context(), actor, report.Filter{Project: d.ID})
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("report.list"), Lead: t.T("report.lead")}, Crumbs: crumbs(t, d)[:2], Main: []leaf.Section{p.table(t, list, ui.Empty{Title: t.T("report.none"), Text: t.T("report.none.text")})}}
	if project.CanChange(actor, d) {
		page.Head.Actions = []ui.Action{{Label: t.T("report.new"), Href: OfProject(d.ID) + "/ny", Variant: ui.Primary}}
		if len(d.Children) > 0 {
			page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("report.ask"), Href: OfProject(d.ID) + "/be-om", Variant: ui.Secondary})
		}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// choosing are the fields of a report to be begun: its form, the year and the day.
func (p *Pages) choosing(r *http.Request, t i18n.Printer, d project.Detail) ([]form.Field, []string, error) {
	list, err := p.Forms.InUse(r.Context(), question.Report)
	if err != nil {
		return nil, nil, err
	}
	var options []form.Option
	var codes []string
	for i, f := range list {
		v, _ := f.Published()
		options = append(options, form.Option{Value: f.Code, Label: wording.In(t, v.Definition.Title), Hint: wording.In(t, v.Definition.Intro), Selected: i == 0})
		codes = append(codes, f.Code)
	}
	day := d.At(p.Clock.Today())
	return []form.Field{{Name: "form", Kind: form.Radio, Label: t.T("report.field.form"), Options: options, Required: true},
		{Name: "year", Kind: form.Number, Label: t.T("report.field.year"), Value: strconv.Itoa(day.Year()), Required: true},
		{Name: "day", Kind: form.Date, Label: t.T("report.field.day"), Hint: t.T("report.field.day.hint"), Value: day.String(), Required: true}}, codes, nil
}

func read(in *form.Input, codes []string) report.Beginning {
	return report.Beginning{Code: in.Choice("form", codes...), Year: in.Int("year"), Day: in.Date("day"), Due: in.Date("due")}
}

// newForm begins a report of a project.
func (p *Pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.project(r, actor)
	if err == nil && !project.CanChange(actor, d) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	fields, codes, err := p.choosing(r, t, d)
	return leaf.Asked{Title: t.T("report.new"), Kicker: wording.In(t, d.Title), Lead: t.T("report.new.lead"), Crumbs: crumbs(t, d), Back: OfProject(d.ID), Submit: t.T("report.begin"), Fields: fields,
		Read: func(in *form.Input) func() (string, error) {
			b := read(in, codes)
			return func() (string, error) {
				id, err := p.Reports.Begin(r.Context(), actor, d.ID, b)
				return Path(id) + "?ok=report.said.begun", err
			}
		}}, err
}

// askForm asks every project under one for a report.
func (p *Pages) askForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.project(r, actor)
	if err == nil && (!report.CanAsk(actor, d) || len(d.Children) == 0) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	fields, codes, err := p.choosing(r, t, d)
	fields = append(fields, form.Field{Name: "due", Kind: form.Date, Label: t.T("report.field.due"), Required: true})
	return leaf.Asked{Title: t.T("report.ask"), Kicker: wording.In(t, d.Title), Lead: t.T("report.ask.lead", "n", len(d.Children)), Crumbs: crumbs(t, d), Back: OfProject(d.ID), Submit: t.T("report.ask"), Fields: fields,
		Read: func(in *form.Input) func() (string, error) {
			b := read(in, codes)
			return func() (string, error) {
				_, err := p.Reports.Ask(r.Context(), actor, d.ID, b)
				return "/rapporter?ok=report.said.asked", err
			}
		}}, err
}
