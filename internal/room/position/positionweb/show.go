package positionweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position"
)

// show is a position: what the work is, what education goes with it, who acts next, and
// what the reader can do.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("position.number", "number", d.Number), Title: d.Title, Tags: []ui.Tag{stateTag(t, d.Position)},
		Lead: t.T("position.at", "employer", d.EmployerName, "place", p.place(d.Municipality))}, Crumbs: crumbs(t)}
	page.Head.Actions = p.actions(t, d)
	if actor.SignedIn() && position.IsOpen(d.State) {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Title, Variant: ui.Tertiary,
			Href: follow.Topic{Target: follow.Object, Kind: position.FlowKind, Ref: string(d.ID)}.Path()})
	}
	page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("position.thread"), Context: d.Title, Variant: ui.Tertiary,
		Href: object.Ref{Kind: position.FlowKind, ID: string(d.ID)}.ThreadPath()})
	if d.Own != nil {
		page.Notices = []ui.Notice{{Color: ui.Success, Title: t.T("position.own"), Text: t.T("position.own.text", "employer", d.EmployerName)}}
	}
	page.Main = []leaf.Section{{ID: "jobben", Title: t.T("position.work"), Paragraphs: text.Paragraphs(d.Words)}, {ID: "vilkar", Title: t.T("position.terms"), Facts: p.work(t, d.Position)},
		{ID: "utdanningen", Title: t.T("position.education"), Facts: p.education(t, d.Position)}}
	if d.Is(flow.Employer) && d.State != position.Draft {
		page.Main = append(page.Main, leaf.Section{ID: "interesse", Title: t.T("position.interests", "n", strconv.Itoa(d.Interested)), Text: t.T("position.interests.text", "days", position.KeptDays),
			Actions: []ui.Action{{Label: t.T("position.interests.see"), Href: path(d.ID, "/interesser"), Variant: ui.Secondary}}})
	}
	for _, beside := range p.Beside {
		more, err := beside(r, actor, d.ID)
		if err != nil {
			return err
		}
		page.Main = append(page.Main, more...)
	}
	if ball := p.ball(t, d.Position); ball != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("position.next"), Ball: ball})
	}
	if len(d.Steps) > 0 {
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("position.history"), Timeline: p.history(t, d)})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// actions are what the reader can do with the position, the next step first.
func (p *Pages) actions(t i18n.Printer, d position.Detail) []ui.Action {
	var out []ui.Action
	for i, m := range d.Moves() {
		if m.From == position.Published && m.To == position.Clarifying {
			continue // changing what was confirmed does
		}
		a := ui.Action{Label: t.T(m.Label), Href: path(d.ID, "/flytt/"+string(m.To)), Variant: ui.Secondary}
		if i == 0 {
			a.Variant = ui.Primary
		}
		out = append(out, a)
	}
	if d.CanEdit() {
		out = append(out, ui.Action{Label: t.T("position.edit"), Href: path(d.ID, "/rediger"), Variant: ui.Secondary})
	}
	if d.Is(flow.Employer) && d.State == position.Draft && len(d.Steps) == 1 {
		out = append(out, ui.Action{Label: t.T("position.delete"), Href: path(d.ID, "/slett"), Variant: ui.Tertiary})
	}
	switch {
	case d.Is(flow.Employer):
	case d.Own != nil:
		out = append(out, ui.Action{Label: t.T("position.take_back"), Href: path(d.ID, "/interesse/trekk"), Post: true, Variant: ui.Secondary})
	case d.TakesInterest(p.Clock.Today()):
		out = append(out, ui.Action{Label: t.T("position.show_interest"), Href: path(d.ID, "/interesse"), Variant: ui.Primary})
	}
	return out
}

func (p *Pages) work(t i18n.Printer, x position.Position) *ui.Facts {
	out := []ui.Fact{{Label: t.T("position.field.employer"), Link: &ui.Link{Label: x.EmployerName, Href: "/virksomheter/" + string(x.Employer)}},
		{Label: t.T("position.field.municipality"), Text: p.place(x.Municipality)}}
	if x.Sector != "" {
		out = append(out, ui.Fact{Label: t.T("position.field.sector"), Text: sector(t, x.Sector)})
	}
	if x.WorkHours > 0 {
		out = append(out, ui.Fact{Label: t.T("position.field.work_hours"), Text: t.T("position.hours", "n", x.WorkHours)})
	}
	if x.Pay != "" {
		out = append(out, ui.Fact{Label: t.T("position.field.pay"), Text: x.Pay})
	}
	if !x.ApplyBy.IsZero() {
		out = append(out, ui.Fact{Label: t.T("position.field.apply_by"), Text: t.Date(x.ApplyBy)})
	}
	if x.NeedTitle != "" {
		out = append(out, ui.Fact{Label: t.T("position.need"), Link: &ui.Link{Label: x.NeedTitle, Href: "/behov/" + string(x.Need)}})
	}
	return &ui.Facts{Items: out}
}

// education is the way to the qualification, and what the provider has confirmed of it.
func (p *Pages) education(t i18n.Printer, x position.Position) *ui.Facts {
	out := []ui.Fact{{Label: t.T("position.field.required"), Text: x.Required}, {Label: t.T("position.field.level"), Text: level(t, x.Level)},
		{Label: t.T("position.provider"), Link: &ui.Link{Label: x.ProviderName, Href: "/virksomheter/" + string(x.Provider)}}}
	if title, _ := x.ProgrammeTitle.In(t.Language()); title != "" {
		out = append(out, ui.Fact{Label: t.T("position.programme"), Link: &ui.Link{Label: title, Href: "/tilbud/" + x.Programme}})
	}
	if x.StudyHours > 0 {
		out = append(out, ui.Fact{Label: t.T("position.field.study_hours"), Text: t.T("position.hours", "n", x.StudyHours)})
	}
	if x.Pathway != "" && x.State != position.Clarifying && x.State != position.Draft {
		out = append(out, ui.Fact{Label: t.T("position.confirmed"), Lines: []string{t.T(x.Pathway.Label()), x.Unit}})
	}
	return &ui.Facts{Items: out}
}

// interested are those who have shown interest, for the employer alone.
func (p *Pages) interested(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err == nil && !d.Is(flow.Employer) {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	list := leaf.Section{ID: "interesserte", Title: t.T("position.interests", "n", strconv.Itoa(len(d.Interests)))}
	for _, i := range d.Interests {
		list.Cards = append(list.Cards, ui.Card{ID: "interesse-" + string(i.ID), Kicker: t.Date(i.MadeAt.Date()), Title: i.Name, Text: i.Words,
			Facts: []ui.Fact{{Label: t.T("position.field.contact"), Text: i.Contact}}})
	}
	if len(d.Interests) == 0 {
		list.Empty = &ui.Empty{Title: t.T("position.interests.none"), Text: t.T("position.interests.none.text")}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")}), Main: []leaf.Section{list},
		Head: ui.Head{Kicker: d.Title, Title: t.T("position.interests.title"), Lead: t.T("position.interests.text", "days", position.KeptDays)}})
}

// ball says who acts next, and by when; nil when the matter has ended.
func (p *Pages) ball(t i18n.Printer, x position.Position) *ui.Ball {
	if x.Ball.Party == flow.Nobody {
		return nil
	}
	b := &ui.Ball{Label: t.T("position.ball"), Who: x.EmployerName, Note: t.T(i18n.Key("position.expect." + string(x.State))), State: ui.BallWaiting}
	switch x.Ball.Party {
	case flow.Provider:
		b.Who = x.ProviderName
	case flow.Learner:
		b.Who = t.T("position.hired_one") // never by name: all may read this
	}
	if x.Is(x.Ball.Party) {
		b.State = ui.BallMine
	}
	today := p.Clock.Today()
	if !x.Ball.Due.IsZero() {
		b.Due = t.T("position.due", "date", t.Day(x.Ball.Due, today))
		if x.Ball.Due.Before(today) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("position.late"), Color: ui.Danger}}
		}
	}
	return b
}

// history is what happened, for the parties, the newest first.
func (p *Pages) history(t i18n.Printer, d position.Detail) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("position.history")}
	for i := len(d.Steps) - 1; i >= 0; i-- {
		s := d.Steps[i]
		def, _ := position.Flow().State(s.To)
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(def.Label), Note: s.Note})
	}
	return out
}
