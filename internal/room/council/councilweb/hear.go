package councilweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/hearing"
)

// kept is found for the secretary.
func (p *pages) kept(r *http.Request, actor access.Actor) (hearing.Detail, error) {
	d, err := p.found(r, actor)
	if err == nil {
		err = keeps(d.Is)
	}
	return d, err
}

func contentOf(t i18n.Printer, c hearing.Content) []form.Field {
	f := fields{t}
	kind := form.Field{Name: "open", Kind: form.Radio, Label: t.T("hearing.kind"), Required: true, Options: []form.Option{{Value: "1", Label: t.T("hearing.all"), Selected: c.Open}, {Value: "0", Label: t.T("hearing.invited"), Selected: !c.Open}}}
	return []form.Field{f.text("sender", "hearing.sender", "hearing.sender.hint", c.Sender, true), f.text("subject", "hearing.subject", "", c.Subject, true),
		f.long("about", "hearing.about", "hearing.about.hint", c.About, false), f.text("reference", "hearing.reference", "", c.Reference, false),
		f.date("received", "hearing.received", "", c.Received.String(), true), f.date("deadline", "hearing.deadline", "", c.Deadline.String(), true), kind}
}

func readContent(in *form.Input) (hearing.Content, error) {
	c := hearing.Content{Sender: in.Text("sender"), Subject: in.Text("subject"), About: in.Text("about"), Reference: in.Text("reference"), Received: in.Date("received"), Deadline: in.Date("deadline"),
		Open: in.Choice("open", "0", "1") == "1"}
	return c, in.Err()
}

// receive is the form of a consultation that has come in.
func (p *pages) receive(r *http.Request, actor access.Actor) (asked, error) {
	id, err := body(r)
	if err != nil {
		return asked{}, err
	}
	b, is, err := p.Councils.View(r.Context(), actor, id)
	if err == nil {
		err = keeps(is)
	}
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	back := path(b.ID, "/horinger")
	return asked{Title: t.T("hearing.receive"), Lead: t.T("hearing.receive.lead"), Back: back, Submit: t.T("council.save"), Crumbs: crumbs(t, b, ui.Link{Label: t.T("hearing.title"), Href: back}),
		Fields: contentOf(t, hearing.Content{Received: p.Clock.Today(), Open: true}),
		Save: func(in *form.Input, _ int64) (string, error) {
			c, err := readContent(in)
			if err != nil {
				return "", err
			}
			made, err := p.Hearings.Receive(r.Context(), actor, b.ID, c)
			return "/horinger/" + string(made) + "?ok=hearing.ok.saved", err
		}}, nil
}

// editHearing is the form of what is known of a consultation.
func (p *pages) editHearing(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	return asked{Title: t.T("hearing.edit"), Back: at(d, ""), Submit: t.T("council.save"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: contentOf(t, d.Content),
		Theirs: []ui.Fact{{Label: t.T("hearing.subject"), Text: d.Subject}, {Label: t.T("hearing.sender"), Text: d.Sender}, {Label: t.T("hearing.about"), Text: d.About}},
		Save: func(in *form.Input, seen int64) (string, error) {
			c, err := readContent(in)
			if err != nil {
				return "", err
			}
			return at(d, "?ok=hearing.ok.saved"), p.Hearings.Edit(r.Context(), actor, d.ID, seen, c)
		}}, nil
}

func wordsField(t i18n.Printer, label, hint i18n.Key, value string) form.Field {
	out := fields{t}.long("words", label, hint, value, true)
	out.Rows, out.MaxRunes = 16, council.MaxText
	return out
}

// text is the form of the draft.
func (p *pages) text(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	words := wordsField(t, "hearing.draft", "hearing.draft.hint", d.Words)
	words.Required, words.OptionalMark = false, t.T("council.optional")
	return asked{Title: t.T("hearing.write"), Lead: t.T("hearing.write.lead"), Back: at(d, ""), Submit: t.T("council.save"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: []form.Field{words},
		Theirs: []ui.Fact{{Label: t.T("hearing.draft"), Text: d.Words}},
		Save: func(in *form.Input, seen int64) (string, error) {
			return at(d, "?ok=hearing.ok.saved"), p.Hearings.Write(r.Context(), actor, d.ID, seen, in.Text("words"))
		}}, nil
}

// round is the form that sends the text round.
func (p *pages) round(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	f := fields{t}
	due := p.Clock.Today().AddDays(max(d.Council.Terms.Days, 1))
	if due.After(d.Deadline) {
		due = d.Deadline
	}
	list := []form.Field{wordsField(t, "hearing.round.words", "hearing.round.words.hint", d.Words), f.date("due", "hearing.round.due", "", due.String(), true)}
	if d.Round > 0 {
		list = append(list, f.text("why", "hearing.round.why", "hearing.round.why.hint", "", true))
	}
	return asked{Title: t.T("hearing.round.open"), Lead: t.T("hearing.round.lead", "n", d.Round+1), Back: at(d, ""), Submit: t.T("hearing.round.do"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: list,
		Theirs: []ui.Fact{{Label: t.T("hearing.draft"), Text: d.Words}},
		Save: func(in *form.Input, seen int64) (string, error) {
			n := hearing.NewRound{Words: in.Text("words"), Why: in.Text("why"), Due: in.Date("due")}
			if err := in.Err(); err != nil {
				return "", err
			}
			return at(d, "?ok=hearing.ok.round_saved"), p.Hearings.OpenRound(r.Context(), actor, d.ID, seen, n)
		}}, nil
}

// consent is the form of what a member says to the newest round.
func (p *pages) consent(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return asked{}, err
	}
	mine := speaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Consents)
	if len(mine) == 0 {
		return asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := fields{t}
	reply := radio(f, "reply", "hearing.said.what", hearing.Replies(), hearing.Reply.Label, "")
	reply.Options[2].Hint = t.T("hearing.conflict.hint")
	return asked{Title: t.T("hearing.consent"), Lead: t.T("hearing.consent.lead", "n", d.Round), Back: at(d, ""), Submit: t.T("hearing.consent.do"), Version: int64(d.Round), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.member(mine, ""), reply, f.long("words", "hearing.said.why", "hearing.said.why.hint", "", false)},
		Save: func(in *form.Input, seen int64) (string, error) {
			c := hearing.Consent{Nr: int(seen), Org: chosenMember(in, mine), Reply: hearing.Reply(in.Choice("reply", strs(hearing.Replies())...)), Words: in.Text("words")}
			if err := in.Err(); err != nil {
				return "", err
			}
			stopped, err := p.Hearings.Consent(r.Context(), actor, d.ID, c)
			if stopped {
				return at(d, "?ok=hearing.ok.stopped"), err
			}
			return at(d, "?ok=hearing.ok.consented"), err
		}}, nil
}

// input is the form of what a member says to the text.
func (p *pages) input(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return asked{}, err
	}
	mine := speaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Speaks)
	if len(mine) == 0 {
		return asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := fields{t}
	return asked{Title: t.T("hearing.input.add"), Lead: t.T("hearing.input.lead"), Back: at(d, ""), Submit: t.T("hearing.input.do"), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.member(mine, ""), f.long("words", "hearing.input.words", "", "", true)},
		Save: func(in *form.Input, _ int64) (string, error) {
			i := hearing.Input{Org: chosenMember(in, mine), Words: in.Text("words")}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Hearings.AddInput(r.Context(), actor, d.ID, i)
			return at(d, "?ok=hearing.ok.saved"), err
		}}, nil
}

// answerInput is the form of what was done with an input.
func (p *pages) answerInput(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	id, err := hearing.ParseInputID(r.PathValue("input"))
	if err != nil {
		return asked{}, fault.Missing()
	}
	var i hearing.Input
	for _, x := range d.Inputs {
		if x.ID == id {
			i = x
		}
	}
	if i.ID == "" {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	return asked{Title: t.T("hearing.input.answer"), Lead: i.Name + ": " + i.Words, Back: at(d, ""), Submit: t.T("council.save"), Version: i.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{fields{t}.long("done", "hearing.input.done", "hearing.input.done.hint", i.Done, true)}, Theirs: []ui.Fact{{Label: t.T("hearing.input.done"), Text: i.Done}},
		Save: func(in *form.Input, seen int64) (string, error) {
			return at(d, "?ok=hearing.ok.saved"), p.Hearings.AnswerInput(r.Context(), actor, id, seen, in.Text("done"))
		}}, nil
}

// own is the form of a member's own response.
func (p *pages) own(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return asked{}, err
	}
	mine := speaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Speaks)
	if len(mine) == 0 {
		return asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := fields{t}
	return asked{Title: t.T("hearing.own.add"), Lead: t.T("hearing.own.lead"), Back: at(d, ""), Submit: t.T("council.save"), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.member(mine, ""), f.date("day", "hearing.own.day", "", "", true), f.long("words", "hearing.own.words", "", "", true), f.text("link", "hearing.own.link", "hearing.own.link.hint", "", false)},
		Save: func(in *form.Input, _ int64) (string, error) {
			o := hearing.Own{Org: chosenMember(in, mine), Day: in.Date("day"), Words: in.Text("words"), Link: in.Text("link")}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Hearings.AddOwn(r.Context(), actor, d.ID, o)
			return at(d, "?ok=hearing.ok.saved"), err
		}}, nil
}

// sendHearing is the form that sends and publishes the joint response.
func (p *pages) sendHearing(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	f := fields{t}
	lead := t.T("hearing.send.lead")
	if d.Council.Terms.Elected {
		lead += " " + t.T("hearing.standing.law")
	}
	return asked{Title: t.T("hearing.send"), Lead: lead, Back: at(d, ""), Submit: t.T("hearing.send.do"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.text("sent_by", "hearing.send.by", "council.decided.by.hint", "", d.Council.Terms.Elected), f.date("sent_on", "hearing.sent", "", p.Clock.Today().String(), true)},
		Save: func(in *form.Input, seen int64) (string, error) {
			by, on := in.Text("sent_by"), in.Date("sent_on")
			if err := in.Err(); err != nil {
				return "", err
			}
			return at(d, "?ok=hearing.ok.sent"), p.Hearings.Send(r.Context(), actor, d.ID, seen, by, on)
		}}, nil
}

// decline is the form that says why the council does not answer.
func (p *pages) decline(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	return asked{Title: t.T("hearing.decline"), Lead: t.T("hearing.decline.lead"), Back: at(d, ""), Submit: t.T("hearing.decline"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{fields{t}.text("why", "hearing.decline.why", "", "", true)},
		Save: func(in *form.Input, seen int64) (string, error) {
			return at(d, "?ok=hearing.ok.declined"), p.Hearings.Decline(r.Context(), actor, d.ID, seen, in.Text("why"))
		}}, nil
}

// extend moves the last day of the round, once.
func (p *pages) extend(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.kept(r, actor)
	if err != nil {
		return err
	}
	if err := p.Hearings.Extend(r.Context(), actor, d.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, at(d, "?ok=hearing.ok.round_saved"))
}
