package bodyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
)

type leaderForm struct{ Task, Seat, ElectedBy, From, To form.Field }

type leaderView struct {
	formView
	Form leaderForm
}

func (p *pages) leaderPage(r *http.Request, actor access.Actor, d meeting.Details) leaderView {
	t, today := p.door.Printer(r), p.Clock.Today()
	title := t.T("body.elect")
	view := leaderView{formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: title, Lead: t.T("body.elect.lead")}, Actions: save(t, path(d.ID, "/seter"))},
		Form: leaderForm{
			Task:      form.Field{Name: "task", Kind: form.Radio, Label: t.T("body.elect.task")},
			Seat:      form.Field{Name: "seat", Kind: form.Select, Label: t.T("body.elect.seat"), Hint: t.T("body.elect.seat.hint")},
			ElectedBy: form.Field{Name: "elected_by", Kind: form.Text, Label: t.T("body.holder.elected_by"), Hint: t.T("body.elect.by.hint"), Required: true},
			From:      form.Field{Name: "from", Kind: form.Date, Label: t.T("body.from"), Value: today.String(), Required: true},
			To:        form.Field{Name: "to", Kind: form.Date, Label: t.T("body.field.to"), Hint: t.T("body.elect.to.hint"), OptionalMark: t.T("body.optional")},
		}}
	for i, task := range meeting.Tasks() {
		view.Form.Task.Options = append(view.Form.Task.Options, form.Option{Value: string(task), Label: t.T(task.Label()), Selected: i == 0})
	}
	rules, ruled := d.RulesOn(today)
	for _, s := range d.SeatsOn(today) {
		among := rules.Rules.Leader.Among
		if ruled && (among != "" && s.Kind != among || among == "" && !rules.Rules.Votes(s.Kind)) {
			continue
		}
		view.Form.Seat.Options = append(view.Form.Seat.Options, form.Option{Value: string(s.ID), Label: t.T("body.seat.of", "seat", t.T(meeting.SeatLabel(s.Kind)), "org", s.OrgName)})
	}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.seats.title"), Href: path(d.ID, "/seter")})
	return view
}

func (p *pages) leader(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/leader", p.leaderPage(r, actor, d))
}

func (p *pages) leaderPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	e := meeting.Election{Task: meeting.Task(in.Choice("task", oneOf(meeting.Tasks())...)), ElectedBy: in.Text("elected_by"), From: in.Date("from"), To: in.Date("to")}
	if s := in.Text("seat"); s != "" {
		if e.Seat, err = meeting.ParseSeatID(s); err != nil {
			in.Refuse("seat", "body.error.not_a_seat")
		}
	}
	if err = in.Err(); err == nil {
		err = p.Bodies.Elect(r.Context(), actor, d.ID, e)
	}
	switch {
	case err == nil:
		return web.SeeOther(w, r, path(d.ID, "?ok=body.elected.done"))
	case !isForm(err):
		return err
	}
	view := p.leaderPage(r, actor, d)
	refuse(r, &view.formView, &view.Form, err)
	return p.door.Views.Render(w, gate.Status(err), "body/leader", view)
}
