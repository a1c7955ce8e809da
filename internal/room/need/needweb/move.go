package needweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb/telling"
)

// moveForm is a move that the reader may make. It opens on a press.
type moveForm struct {
	To, From flow.State
	Action   string
	Summary  string
	Open     bool
	Fields   []form.Field
	Button   ui.Action
}

// talkView is what came out of the discussion, and the form that mends it.
type talkView struct {
	Shown  bool
	Facts  []ui.Fact
	Action string // no form when empty
	Open   bool
	Fields []form.Field
	Button ui.Action
}

func choices(list []org.Entry, chosen ...org.ID) []form.Option {
	var out []form.Option
	for _, o := range list {
		out = append(out, form.Option{Value: string(o.ID), Label: o.Name, Selected: slices.Contains(chosen, o.ID)})
	}
	return out
}

// newMove draws the form of a move. The ids of its fields end with the state,
// as a page has several such forms.
func newMove(t i18n.Printer, d need.Detail, m need.Proposal, providers []org.Entry) moveForm {
	end := "-" + string(m.To)
	v := moveForm{To: m.To, From: d.State, Action: path(d.ID) + "/flytt", Summary: t.T(m.Label),
		Button: ui.Action{Label: t.T(m.Label), Submit: true, Variant: ui.Primary}}
	if m.To == need.Withdrawn {
		v.Button.Color = ui.Danger
	}
	if m.AsksProvider {
		v.Summary, v.Button.Label = t.T("need.move.send"), t.T("need.move.send")
		v.Fields = append(v.Fields, form.Field{Name: "provider", ID: "provider" + end, Kind: form.Select, Label: t.T("need.label.provider"),
			Options: append([]form.Option{{Label: t.T("need.any.provider")}}, choices(providers)...), Required: true})
	}
	if m.To == need.InFollowUp {
		v.Fields = append(v.Fields, form.Field{Name: "answer_by", ID: "answer_by" + end, Kind: form.Date, Label: t.T("need.label.answer_by"),
			Hint: t.T("need.hint.answer_by", "n", need.FollowUpDays)})
	}
	if m.AsksDiscussion {
		v.Fields = append(v.Fields, talkFields(t, need.Discussion{}, providers, end)...)
	}
	note := form.Field{Name: "note", ID: "note" + end, Kind: form.Long, Rows: 3, Label: t.T("need.label.note"), Hint: t.T("need.hint.note"), MaxRunes: need.MaxNote}
	if m.NoteRequired {
		note.Label, note.Hint, note.Required = t.T("need.label.reason"), t.T("need.hint.reason"), true
	}
	v.Fields = append(v.Fields, note)
	return v
}

func talkFields(t i18n.Printer, d need.Discussion, providers []org.Entry, end string) []form.Field {
	long := func(name string, label i18n.Key, value string) form.Field {
		return form.Field{Name: name, ID: name + end, Kind: form.Long, Rows: 3, Label: t.T(label), Value: value, MaxRunes: need.MaxNote}
	}
	return []form.Field{
		long("clarified", "need.label.clarified", d.Clarified), long("possibilities", "need.label.possibilities", d.Possibilities),
		long("limitations", "need.label.limitations", d.Limitations),
		{Name: "interested", ID: "interested" + end, Kind: form.Checks, Label: t.T("need.label.interested"), Options: choices(providers, d.Interested...)},
	}
}

// newTalk shows the discussion; the forum's secretary and the county may mend
// it once the need has been presented.
func newTalk(t i18n.Printer, actor access.Actor, d need.Detail, providers []org.Entry) talkView {
	v := talkView{}
	var said need.Discussion
	if d.Discussion != nil {
		said = *d.Discussion
		f := telling.Facts{T: t}
		f.Add("need.label.clarified", said.Clarified)
		f.Add("need.label.possibilities", said.Possibilities)
		f.Add("need.label.limitations", said.Limitations)
		var names []string
		for _, o := range providers {
			if slices.Contains(said.Interested, o.ID) {
				names = append(names, o.Name)
			}
		}
		f.Lines("need.label.interested", names)
		v.Shown, v.Facts = true, f.Items
	}
	early := d.State == need.Mapped && d.Discussion == nil
	if actor.HasIn(d.Municipality, access.RoleSecretary, access.RoleCaseOfficer) && !early {
		v.Shown, v.Action, v.Fields = true, path(d.ID)+"/drofting", talkFields(t, said, providers, "-talk")
		v.Button = ui.Action{Label: t.T("need.action.save_talk"), Submit: true, Variant: ui.Secondary}
	}
	return v
}

// requests lists what providers have been asked; each has a page of its own.
func (p *pages) requests(ctx context.Context, t i18n.Printer, actor access.Actor, d need.Detail) ([]ui.Card, error) {
	list, err := p.Asks.OfNeed(ctx, actor, d.ID)
	var out []ui.Card
	for _, q := range list {
		card := ui.Card{Kicker: t.T("need.request.by", "name", q.AskedByName), Title: t.T("need.request.to", "name", q.ProviderName), Href: "/foresporsler/" + string(q.ID),
			Text: q.Answer, Tags: []ui.Tag{{Text: t.T(q.State.Label()), Color: ui.Info}}, Facts: []ui.Fact{{Label: t.T("need.fact.answer_by"), Text: t.Date(q.AnswerBy)}},
			Why: t.T("need.request.questions")}
		if q.Late {
			card.Tags = append(card.Tags, ui.Tag{Text: t.T("need.overdue"), Color: ui.Danger})
		}
		for _, text := range q.Questions {
			card.Points = append(card.Points, ui.Point{Text: text, Kind: ui.Plain})
		}
		out = append(out, card)
	}
	return out, err
}

// readTalk reads the fields of a discussion.
func readTalk(in *form.Input, values url.Values) need.Discussion {
	d := need.Discussion{Clarified: in.Text("clarified"), Possibilities: in.Text("possibilities"), Limitations: in.Text("limitations")}
	for _, v := range values["interested"] {
		d.Interested = append(d.Interested, org.ID(v))
	}
	return d
}

func (p *pages) movePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	m := need.Moving{To: flow.State(in.Text("to")), From: flow.State(in.Text("from")), Note: in.Text("note"),
		Provider: org.ID(in.Text("provider")), AnswerBy: in.Date("answer_by")}
	if talk := readTalk(in, r.PostForm); m.To == need.Discussed && (talk.Clarified+talk.Possibilities+talk.Limitations != "" || len(talk.Interested) > 0) {
		m.Discussion = &talk
	}
	if err = in.Err(); err == nil {
		_, err = p.Needs.Move(r.Context(), actor, d.ID, m)
	}
	if err == nil {
		return seeOther(w, r, d.ID, "need.said.moved")
	}
	return p.showRefused(w, r, actor, err, func(view *showView) []form.Problem {
		for i := range view.Moves {
			if view.Moves[i].To == m.To {
				view.Moves[i].Open = true
				return form.Refill(&view.Moves[i].Fields, r.PostForm, err, view.Printer)
			}
		}
		return form.Refill(&struct{}{}, nil, err, view.Printer)
	})
}

func (p *pages) discussPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	if err = p.Needs.RecordDiscussion(r.Context(), actor, d.ID, readTalk(in, r.PostForm)); err == nil {
		return seeOther(w, r, d.ID, "need.said.discussed")
	}
	return p.showRefused(w, r, actor, err, func(view *showView) []form.Problem {
		view.Talk.Open = true
		return form.Refill(&view.Talk.Fields, r.PostForm, err, view.Printer)
	})
}

// showRefused draws the need's page again with the form that was refused. When
// somebody else was first it shows where the need stands now, and what was
// written beside it.
func (p *pages) showRefused(w http.ResponseWriter, r *http.Request, actor access.Actor, err error, refill func(*showView) []form.Problem) error {
	e, ok := fault.As(err)
	if !ok || !slices.Contains([]fault.Kind{fault.Invalid, fault.Stale, fault.Conflict, fault.Denied}, e.Kind) {
		return err
	}
	d, viewErr := p.find(r, actor)
	if viewErr != nil {
		return viewErr
	}
	view, viewErr := p.showPage(r, actor, d)
	if viewErr != nil {
		return viewErr
	}
	problems := refill(&view)
	if e.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: view.T(e.Key, e.Values...)})
		if kept := writtenText(r.PostForm); len(kept) > 0 {
			view.Notices = append(view.Notices, ui.Notice{Title: view.T("need.kept"), Paragraphs: kept})
		}
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "need/show", view)
}

// writtenText is what somebody wrote in the fields of a form that may be gone.
func writtenText(values url.Values) []string {
	var out []string
	for _, name := range []string{"note", "clarified", "possibilities", "limitations"} {
		if s := values.Get(name); s != "" {
			out = append(out, s)
		}
	}
	return out
}
