package roundweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

type showView struct {
	web.Page
	Head    ui.Head
	Waiting *ui.Notice
	Hand    ui.Actions
	Plan    ui.Progress
	Facts   ui.Facts
	Filter  *ui.Filter // nil when all are on the page
	Invites ui.Table
	Pager   *ui.Pager
	Path    string
	Version string
	Invite  *inviteForm // nil when nobody can be invited
	Extend  *extendForm // nil for a draft
	Open    *openForm   // nil when the round takes no answers
	Do      doActions
}

type inviteForm struct{ Municipality, Numbers, Wave form.Field }
type extendForm struct{ Deadline form.Field }
type openForm struct{ Most form.Field }

// doActions are the buttons of the page's forms.
type doActions struct{ Invite, Extend, Open, Close ui.Actions }

func (p *pages) showPage(r *http.Request, actor access.Actor, x round.Whole) showView {
	t := p.door.Printer(r)
	view := showView{Page: p.door.Frame(r, actor, x.Title), Path: path(x.ID), Version: strconv.FormatInt(x.Version, 10), Plan: p.plan(t, x),
		Head: ui.Head{Kicker: t.T("round.kicker"), Title: x.Title, Tags: []ui.Tag{stateTag(t, x.StateOn(p.Clock.Today()))}, Lead: p.lead(t, x)}}
	view.Crumbs = crumbs(t, nil)
	p.invites(t, r.URL.Query(), x, &view)
	view.Facts.Items = []ui.Fact{{Label: t.T("round.hub"), Text: x.HubName}, {Label: t.T("round.deadline"), Text: t.Date(x.Deadline)},
		{Label: t.T("round.invited"), Text: t.Number(x.Sum.Invited)}}
	if x.State != round.Draft {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("round.answered"), Text: t.T("round.of", "n", x.Sum.Answered, "of", x.Sum.Invited)},
			ui.Fact{Label: t.T("round.begun"), Text: t.Number(x.Sum.Begun)}, ui.Fact{Label: t.T("round.mailed"), Text: t.Number(x.Sum.Mailed)})
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("round.result"), Href: path(x.ID) + "/resultat", Variant: ui.Secondary})
	}
	if x.Runs {
		p.running(t, x, &view)
	}
	return view
}

// running adds what those who run the round can do as it stands.
func (p *pages) running(t i18n.Printer, x round.Whole, view *showView) {
	takes := x.TakesAnswers(p.Clock.Today())
	if x.State == round.Draft {
		view.Head.Actions = []ui.Action{{Label: t.T("round.start"), Href: path(x.ID) + "/start", Post: true, Variant: ui.Primary, Hidden: hiddenVersion(x.Round),
			Confirm: &ui.Confirm{Text: t.T("round.start.sure", "n", x.Sum.Invited), Yes: t.T("round.start"), No: t.T("round.cancel")}},
			{Label: t.T("round.edit"), Href: path(x.ID) + "/rediger", Variant: ui.Secondary}}
	}
	if x.State != round.Closed {
		f := &inviteForm{
			Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("round.municipality"), Hint: t.T("round.municipality.hint"), Datalist: p.Places.Options(p.Clock.Today()),
				Autocomplete: "off", OptionalMark: t.T("round.optional")},
			Numbers: form.Field{Name: "numbers", Kind: form.Long, Rows: 5, Label: t.T("round.numbers"), Hint: t.T("round.numbers.hint"), OptionalMark: t.T("round.optional")},
			Wave:    form.Field{Name: "wave", Kind: form.Select, Label: t.T("round.wave")},
		}
		for i, d := range x.Waves {
			f.Wave.Options = append(f.Wave.Options, form.Option{Value: strconv.Itoa(i + 1), Label: t.T("round.wave.n", "nr", i+1, "day", d)})
		}
		view.Invite = f
		view.Do.Invite.Items = []ui.Action{{Label: t.T("round.invite"), Submit: true, Variant: ui.Secondary}}
	}
	if x.State != round.Draft {
		view.Extend = &extendForm{form.Field{Name: "deadline", Kind: form.Date, Label: t.T("round.deadline.new"), Value: x.Deadline.String()}}
		view.Do.Extend.Items = []ui.Action{{Label: t.T("round.extend"), Submit: true, Variant: ui.Secondary}}
	}
	if x.State == round.Open {
		view.Do.Close.Items = []ui.Action{{Label: t.T("round.close"), Href: path(x.ID) + "/avslutt", Post: true, Variant: ui.Tertiary, Color: ui.Danger, Hidden: hiddenVersion(x.Round),
			Confirm: &ui.Confirm{Text: t.T("round.close.sure"), Yes: t.T("round.close"), No: t.T("round.cancel")}}}
	}
	if takes {
		p.linking(t, x, view)
	}
}

// linking adds what can be done with links.
func (p *pages) linking(t i18n.Printer, x round.Whole, view *showView) {
	if x.Sum.Waiting > 0 {
		view.Waiting = &ui.Notice{Color: ui.Warning, Title: t.T("round.waiting", "n", x.Sum.Waiting), Text: t.T("round.waiting.text")}
		view.Hand.Items = []ui.Action{{Label: t.T("round.links.make"), Href: path(x.ID) + "/lenker", Post: true, Variant: ui.Primary}}
	}
	hint := t.T("round.open.none")
	if x.OpenMost > 0 {
		hint = t.T("round.open.some", "n", x.OpenMost)
	}
	view.Open = &openForm{form.Field{Name: "most", Kind: form.Number, Label: t.T("round.open.most"), Hint: hint, Value: "50"}}
	view.Do.Open.Items = []ui.Action{{Label: t.T("round.open.make"), Submit: true, Variant: ui.Secondary}}
	if x.OpenMost > 0 {
		view.Do.Open.Items = append(view.Do.Open.Items, ui.Action{Label: t.T("round.open.stop"), Submit: true, Href: path(x.ID) + "/steng", Variant: ui.Tertiary, NoCheck: true})
	}
}

func (p *pages) lead(t i18n.Printer, x round.Whole) string {
	switch {
	case x.State == round.Draft && x.Sum.Invited == 0:
		return t.T("round.lead.empty")
	case x.State == round.Draft:
		return t.T("round.lead.draft", "n", x.Sum.Invited, "day", x.Waves[0])
	case x.State == round.Closed:
		return t.T("round.lead.closed", "n", x.Sum.Answered, "of", x.Sum.Invited)
	}
	return t.T("round.lead.open", "n", x.Sum.Answered, "of", x.Sum.Invited, "day", x.Deadline)
}

// plan is the thread of the round: waves, reminders and the deadline.
func (p *pages) plan(t i18n.Printer, x round.Whole) ui.Progress {
	out := ui.Progress{Label: t.T("round.plan")}
	today := p.Clock.Today()
	for _, s := range x.Steps {
		label := t.T("round.step.wave", "nr", s.Nr)
		if s.Kind == round.Reminder {
			label = t.T("round.step.reminder")
		}
		step := ui.Step{Label: label, Text: t.Date(s.Day), State: ui.StepTodo, StateLabel: t.T("round.step.todo")}
		switch {
		case !s.DoneAt.IsZero():
			step.State, step.StateLabel = ui.StepDone, t.T("round.step.done")
		case x.State == round.Closed:
			step.State, step.StateLabel = ui.StepSkipped, t.T("round.step.skipped")
		case x.State == round.Open && !s.Day.After(today):
			step.State, step.StateLabel = ui.StepCurrent, t.T("round.step.now")
		}
		if x.Sending != nil && x.Sending.Kind == s.Kind && x.Sending.Nr == s.Nr {
			step.Text, step.Href = p.sent(t, *x.Sending)
		}
		out.Items = append(out.Items, step)
	}
	end := ui.Step{Label: t.T("round.deadline"), Text: t.Date(x.Deadline), State: ui.StepTodo, StateLabel: t.T("round.step.todo")}
	if x.State == round.Closed {
		end.State, end.StateLabel = ui.StepDone, t.T("round.step.done")
	}
	out.Items = append(out.Items, end)
	return out
}

// sent tells how far the letters have come, and where that can be followed.
func (p *pages) sent(t i18n.Printer, s round.Sending) (text, href string) {
	if s.Job != "" {
		href = work.Href(s.Job)
	}
	if s.At {
		return t.T("round.sending", "n", s.Done, "of", s.Of), href
	}
	return t.T("round.sending.stopped", "n", s.Done, "of", s.Of), href
}

func (p *pages) inviteTable(t i18n.Printer, x round.Whole, list []round.Invite) ui.Table {
	out := ui.Table{Caption: t.T("round.invites"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("round.organisation")}, {Label: t.T("round.municipality")}, {Label: t.T("round.standing")}},
		Empty: ui.Empty{Title: t.T("round.invites.empty"), Text: t.T("round.invites.empty.text")}}
	if x.Runs && x.State != round.Closed {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("round.do"), Hidden: true})
	}
	for _, i := range list {
		first := ui.Cell{Text: i.Name}
		if i.HasAnswered() {
			first.Href = path(x.ID) + "/svar/" + string(i.ID)
		}
		row := ui.Row{ID: "inv-" + string(i.ID), Cells: []ui.Cell{first, {Text: p.place(i.Municipality)}, p.standing(t, x, i)}}
		if len(out.Columns) > 3 {
			row.Cells = append(row.Cells, ui.Cell{Actions: p.inviteActions(t, x, i)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (p *pages) inviteActions(t i18n.Printer, x round.Whole, i round.Invite) []ui.Action {
	hidden := []ui.Hidden{{Name: "invite", Value: string(i.ID)}}
	switch {
	case x.State == round.Draft:
		return []ui.Action{{Label: t.T("round.uninvite"), Context: i.Name, Href: path(x.ID) + "/ta-ut", Post: true, Variant: ui.Tertiary, Hidden: hidden}}
	case i.HasAnswered() || !x.TakesAnswers(p.Clock.Today()):
		return nil
	}
	out := []ui.Action{{Label: t.T("round.write_for"), Context: i.Name, Href: path(x.ID) + "/for/" + string(i.ID), Variant: ui.Tertiary},
		{Label: t.T("round.link.new"), Context: i.Name, Href: path(x.ID) + "/lenker", Post: true, Variant: ui.Tertiary, Hidden: hidden}}
	if !i.SentAt.IsZero() && !i.Stopped {
		out[1].Confirm = &ui.Confirm{Text: t.T("round.link.new.sure"), Yes: t.T("round.link.new"), No: t.T("round.cancel")}
		out = append(out, ui.Action{Label: t.T("round.link.stop"), Context: i.Name, Href: path(x.ID) + "/steng", Post: true, Variant: ui.Tertiary, Hidden: hidden,
			Confirm: &ui.Confirm{Text: t.T("round.link.stop.sure"), Yes: t.T("round.link.stop"), No: t.T("round.cancel")}})
	}
	return out
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "round/show", p.showPage(r, actor, x))
}
