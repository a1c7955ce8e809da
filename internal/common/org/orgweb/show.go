package orgweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type showView struct {
	web.Page
	Head ui.Head
	// Closed tells that Enhetsregisteret says it is no more, or soon.
	Closed *ui.Notice
	Facts  ui.Facts
	// Names is shown when there is more than one.
	Names ui.Table
	Asked askedView
	// MandatesShown tells that the reader works for one of the sides.
	MandatesShown   bool
	Mandates        ui.Table
	MandatesActions ui.Actions
}

// askedView is the question "what was it called on …" and its answer.
type askedView struct {
	Shown  bool
	Date   form.Field
	Submit string
	Answer *ui.Notice
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := p.find(r)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	title := o.NameOn(today)
	view := showView{
		Page:  p.door.Frame(r, actor, title),
		Head:  ui.Head{Kicker: t.T(o.Kind.Label()), Title: title, Lead: shortLead(t, o.On(today))},
		Names: names(t, o),
	}
	view.Crumbs = crumbs(t)
	if o.Standing.IsClosed() {
		view.Closed = &ui.Notice{Color: ui.Warning, Title: pick.State(t, o.Standing), Text: t.T("org.closed.text")}
	}
	if view.Facts.Items, err = p.facts(r, t, o); err != nil {
		return err
	}
	if org.CanRegister(actor) == nil {
		view.Head.Actions = []ui.Action{
			{Label: t.T("org.edit"), Href: href(o.ID) + "/rediger", Variant: ui.Secondary},
			{Label: t.T("org.rename"), Href: href(o.ID) + "/nytt-navn", Variant: ui.Tertiary},
		}
	}
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: title, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: org.ObjectName, Ref: string(o.ID)}.Path()})
	}
	if err := p.showMandates(r, actor, o, &view); err != nil {
		return err
	}
	status := http.StatusOK
	view.Asked = asked(t, len(o.Names) > 1)
	in := form.Read(r.URL.Query())
	day := in.Date("date")
	if err := in.Err(); err != nil {
		view.Asked.Shown = true
		view.Refused(form.Refill(&view.Asked, r.URL.Query(), err, t))
		status = http.StatusUnprocessableEntity
	} else if !day.IsZero() {
		view.Asked.Shown = true
		view.Asked.Date.Value = day.String()
		view.Asked.Answer = &ui.Notice{Color: ui.Info, Live: true, Text: calledOn(t, o, day)}
	}
	return p.door.Views.Render(w, status, "org/show", view)
}

func shortLead(t i18n.Printer, n org.Name) string {
	if n.Short == "" {
		return ""
	}
	return t.T("org.short_is", "short", n.Short)
}

func calledOn(t i18n.Printer, o org.Organisation, day clock.Date) string {
	n := o.On(day)
	if n.Short != "" {
		return t.T("org.called_short", "date", day, "name", n.Name, "short", n.Short)
	}
	return t.T("org.called", "date", day, "name", n.Name)
}

func asked(t i18n.Printer, shown bool) askedView {
	return askedView{Shown: shown, Submit: t.T("org.asked.do"),
		Date: form.Field{Name: "date", Kind: form.Date, Label: t.T("org.asked.date")}}
}

func (p *pages) facts(r *http.Request, t i18n.Printer, o org.Organisation) ([]ui.Fact, error) {
	out := []ui.Fact{{Label: t.T("org.field.municipality"), Text: p.where(t, o.Municipality)}}
	if o.OrgNo != "" {
		out = append(out, ui.Fact{Label: t.T("org.field.orgno"), Text: text.FormatOrgNumber(o.OrgNo)})
	}
	if o.Parent != "" {
		parent, err := p.Orgs.Get(r.Context(), o.Parent)
		if err != nil {
			return nil, err
		}
		out = append(out, ui.Fact{Label: t.T("org.field.parent"), Link: &ui.Link{Label: parent.NameOn(p.Clock.Today()), Href: href(parent.ID)}})
	}
	if o.Website != "" {
		out = append(out, ui.Fact{Label: t.T("org.field.website"), Link: &ui.Link{Label: o.Website, Href: o.Website}})
	}
	if len(o.Aliases) > 0 {
		out = append(out, ui.Fact{Label: t.T("org.field.aliases"), Lines: o.Aliases})
	}
	return append(out, standing(t, o.Standing)...), nil
}

// standing is what Enhetsregisteret said, and when it was asked.
func standing(t i18n.Printer, s org.Standing) []ui.Fact {
	if s.State == "" {
		return nil
	}
	out := []ui.Fact{{Label: t.T("org.field.state"), Text: t.T(org.StateLabel(s.State))}}
	if s.Form != "" {
		out = append(out, ui.Fact{Label: t.T("org.field.form"), Text: s.Form})
	}
	if s.Industry != "" {
		out = append(out, ui.Fact{Label: t.T("org.field.industry"), Text: s.Industry})
	}
	if s.Employees >= 0 && s.IsRead() {
		out = append(out, ui.Fact{Label: t.T("org.field.employees"), Text: t.Number(s.Employees)})
	}
	return append(out, ui.Fact{Label: t.T("org.field.source"), Text: t.T("org.source", "date", s.CheckedAt.Date())})
}

// names are the names through time, newest first.
func names(t i18n.Printer, o org.Organisation) ui.Table {
	table := ui.Table{Caption: t.T("org.names"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("org.field.name")}, {Label: t.T("org.field.short")}, {Label: t.T("org.field.period")}}}
	if len(o.Names) < 2 {
		return table
	}
	for i := len(o.Names) - 1; i >= 0; i-- {
		n := o.Names[i]
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: n.Name}, {Text: n.Short}, {Text: period(t, n.From, n.To)}}})
	}
	return table
}

// period is a time from a day to a day in words; open ends are said too.
func period(t i18n.Printer, from, to clock.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return t.T("org.period.always")
	case from.IsZero():
		return t.T("org.period.to", "to", to)
	case to.IsZero():
		return t.T("org.period.from", "from", from)
	}
	return t.T("org.period.between", "from", from, "to", to)
}

// showMandates fills in what the reader may see of mandates.
func (p *pages) showMandates(r *http.Request, actor access.Actor, o org.Organisation, view *showView) error {
	t, today := view.Printer, p.Clock.Today()
	list, err := p.Orgs.Mandates(r.Context(), actor, o.ID)
	if err != nil {
		return err
	}
	mayGive := p.mayGive(actor, o)
	view.MandatesShown = len(list) > 0 || mayGive
	view.Mandates = ui.Table{Caption: t.T("org.mandates"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("org.mandate.principal")}, {Label: t.T("org.mandate.intermediary")}, {Label: t.T("org.field.period")},
			{Label: t.T("org.mandate.state")}, {Label: t.T("org.mandate.ground")}, {Label: t.T("org.mandate.do"), Hidden: true}}}
	if mayGive {
		view.MandatesActions.Items = []ui.Action{{Label: t.T("org.mandate.new"), Href: href(o.ID) + "/fullmakt", Variant: ui.Secondary}}
	}
	for _, m := range list {
		cells := []ui.Cell{{Text: m.PrincipalName, Href: href(m.Principal)}, {Text: m.IntermediaryName, Href: href(m.Intermediary)},
			{Text: period(t, m.From, m.To)}, {Tags: []ui.Tag{mandateTag(t, m.Mandate, today)}}, {Text: m.Ground}, {}}
		if m.MayEnd && (m.To.IsZero() || !m.To.Before(today)) {
			cells[5].Actions = []ui.Action{{Label: t.T("org.mandate.end"), Href: href(o.ID) + "/fullmakt/" + string(m.ID), Variant: ui.Tertiary,
				Context: t.T("org.mandate.of", "name", m.PrincipalName)}}
		}
		view.Mandates.Rows = append(view.Mandates.Rows, ui.Row{Cells: cells})
	}
	return nil
}

func mandateTag(t i18n.Printer, m org.Mandate, today clock.Date) ui.Tag {
	switch {
	case m.HoldsOn(today):
		return ui.Tag{Text: t.T("org.mandate.holds"), Color: ui.Success}
	case today.Before(m.From) && (m.To.IsZero() || !m.To.Before(m.From)):
		return ui.Tag{Text: t.T("org.mandate.coming"), Color: ui.Info}
	}
	return ui.Tag{Text: t.T("org.mandate.over"), Color: ui.Neutral}
}
