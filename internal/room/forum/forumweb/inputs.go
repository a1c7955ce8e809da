package forumweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/input"
)

func (p *pages) findInput(r *http.Request, actor access.Actor) (input.Input, []flow.Step, error) {
	id, err := input.ParseID(r.PathValue("input"))
	if err != nil {
		return input.Input{}, nil, fault.Missing()
	}
	return p.Inputs.Get(r.Context(), actor, id)
}

// input shows an input: what the region says, where it stands, and the reply.
func (p *pages) input(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	i, steps, err := p.findInput(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	kind := t.T("forum.input.forum")
	if i.IsConsultation() {
		kind = t.T("forum.input.consultation")
	}
	page := leaf.Page{Head: ui.Head{Kicker: kind, Title: i.Title, Tags: []ui.Tag{inputTag(t, i.State)}}, Crumbs: append(crumbs(t, "", ""), ui.Link{Label: i.RegionName, Href: regionPath(i.Region, "")})}
	if !i.Due.IsZero() && today.After(i.Due) {
		page.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("forum.input.late.text", "date", i.Due)}}
	}
	page.Main = []leaf.Section{{ID: "ord", Title: t.T("forum.input.words"), Paragraphs: text.Paragraphs(i.Words)}}
	if i.Wanted != "" {
		page.Main = append(page.Main, leaf.Section{ID: "onsket", Title: t.T("forum.input.wanted"), Paragraphs: text.Paragraphs(i.Wanted)})
	}
	reply := leaf.Section{ID: "svar", Title: t.T("forum.input.reply"), Paragraphs: text.Paragraphs(i.Reply)}
	if i.State != input.Answered {
		reply.Text = t.T("forum.input.no_reply", "date", i.Due)
	}
	page.Main = append(page.Main, reply)
	if i.Keeps {
		page.Head.Actions = moves(t, i)
	}
	line := &ui.Progress{Label: t.T("forum.input.way")}
	for _, s := range []flow.State{input.Sent, input.Received, input.Treated, input.Answered} {
		line.Items = append(line.Items, step(t, i, steps, s))
	}
	facts := []ui.Fact{{Label: t.T("forum.region"), Link: &ui.Link{Label: i.RegionName, Href: regionPath(i.Region, "")}}, {Label: t.T("forum.input.sender"), Text: i.OrgName},
		{Label: t.T("forum.input.sent"), Text: t.Date(i.SentAt.Date())}, {Label: t.T("forum.input.to"), Link: &ui.Link{Label: t.T("forum.level.county"), Href: path(i.County, "")}}}
	page.Side = []leaf.Section{{ID: "vei", Title: t.T("forum.input.way"), Progress: line}, {ID: "om", Title: t.T("forum.about"), Facts: &ui.Facts{Items: facts}}}
	return leaf.Show(p.door, w, r, actor, page)
}

// step is a state of the way: when it came there, or that it has not yet.
func step(t i18n.Printer, i input.Input, steps []flow.Step, s flow.State) ui.Step {
	out := ui.Step{Label: t.T(input.StateLabel(s)), State: ui.StepTodo, StateLabel: t.T("forum.step.todo")}
	n := slices.IndexFunc(steps, func(x flow.Step) bool { return x.To == s })
	switch {
	case n >= 0:
		out.State, out.StateLabel, out.Text = ui.StepDone, t.T("forum.step.done"), t.Date(steps[n].At.Date())
		if s == i.State && s != input.Answered {
			out.State, out.StateLabel = ui.StepCurrent, t.T("forum.step.current")
		}
	case i.State == input.Answered:
		out.State, out.StateLabel = ui.StepSkipped, t.T("forum.step.skipped")
	}
	return out
}

// moves are what the county forum's secretary can do with it.
func moves(t i18n.Printer, i input.Input) []ui.Action {
	var out []ui.Action
	for _, m := range input.Flow().From(i.State) {
		if m.To == input.Answered {
			out = append(out, ui.Action{Label: t.T(m.Label), Href: "/forum-innspill/" + string(i.ID) + "/svar", Variant: ui.Primary})
			continue
		}
		out = append(out, ui.Action{Label: t.T(m.Label), Href: "/forum-innspill/" + string(i.ID) + "/flytt", Post: true, Name: "to", Value: string(m.To), Variant: ui.Secondary,
			Hidden: []ui.Hidden{{Name: "from", Value: string(i.State)}}})
	}
	return out
}

func (p *pages) movePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	i, _, err := p.findInput(r, actor)
	if err != nil {
		return err
	}
	if err := p.Inputs.Move(r.Context(), actor, i.ID, flow.State(r.PostForm.Get("from")), flow.State(r.PostForm.Get("to"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/forum-innspill/"+string(i.ID)+"?ok=forum.said.saved")
}

func (p *pages) replyForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	i, _, err := p.findInput(r, actor)
	if err == nil && !i.Keeps {
		err = fault.New(fault.Denied, "fault.denied")
	}
	back := "/forum-innspill/" + string(i.ID)
	return leaf.Asked{Title: t.T("forum.input.move.answer"), Kicker: i.Title, Lead: t.T("forum.input.reply.lead"), Back: back, Submit: t.T("forum.input.move.answer"), Version: i.Version,
		Crumbs: append(crumbs(t, "", ""), ui.Link{Label: i.Title, Href: back}), Theirs: []ui.Fact{{Label: t.T("forum.input.reply"), Text: i.Reply}},
		Fields: []form.Field{{Name: "reply", Kind: form.Long, Rows: 8, Label: t.T("forum.input.reply"), Hint: t.T("forum.input.reply.hint"), MaxRunes: forum.MaxWords, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			words, version := in.Text("reply"), leaf.Version(in)
			return func() (string, error) {
				return back + "?ok=forum.said.replied", p.Inputs.Reply(r.Context(), actor, i.ID, version, words)
			}
		}}, err
}

func (p *pages) inputForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t, id := p.door.Printer(r), place.RegionID(r.PathValue("region"))
	x, _, _, err := p.Forums.Region(r.Context(), actor, id)
	if err != nil {
		return leaf.Asked{}, err
	}
	senders, err := p.Inputs.Senders(r.Context(), actor, id)
	if err == nil && len(senders) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	who, ids, err := p.senderField(r, senders)
	title, lead := t.T("forum.input.new"), t.T("forum.input.new.lead")
	if x.Body == "" {
		title, lead = t.T("forum.input.consultation"), t.T("forum.input.consultation.lead")
	}
	return leaf.Asked{Title: title, Kicker: x.Name, Lead: lead, Crumbs: append(crumbs(t, "", ""), ui.Link{Label: x.Name, Href: regionPath(id, "")}), Back: regionPath(id, ""), Submit: t.T("forum.input.send"),
		Fields: []form.Field{who, {Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Required: true},
			{Name: "words", Kind: form.Long, Rows: 8, Label: t.T("forum.input.words"), Hint: t.T("forum.input.words.hint"), MaxRunes: forum.MaxWords, Required: true},
			{Name: "wanted", Kind: form.Long, Rows: 3, Label: t.T("forum.input.wanted"), Hint: t.T("forum.input.wanted.hint"), MaxRunes: forum.MaxWords}},
		Read: func(in *form.Input) func() (string, error) {
			next := input.Input{Region: id, Org: readOrg(in, ids), Title: in.Text("title"), Words: in.Text("words"), Wanted: in.Text("wanted")}
			return func() (string, error) {
				made, err := p.Inputs.Send(r.Context(), actor, next)
				return "/forum-innspill/" + string(made) + "?ok=forum.said.sent", err
			}
		}}, err
}

func (p *pages) senderField(r *http.Request, senders []access.OrgID) (form.Field, []string, error) {
	t := p.door.Printer(r)
	f, ids := form.Field{Name: "org", Kind: form.Select, Label: t.T("forum.input.sender"), Required: true}, []string{}
	if len(senders) != 1 {
		f.Options = append(f.Options, form.Option{Label: t.T("forum.choose"), Selected: true})
	}
	for _, o := range senders {
		found, err := p.Orgs.Get(r.Context(), o)
		if err != nil {
			return f, nil, err
		}
		f.Options = append(f.Options, form.Option{Value: string(o), Label: found.NameOn(p.Clock.Today()), Selected: len(senders) == 1})
		ids = append(ids, string(o))
	}
	return f, ids, nil
}
