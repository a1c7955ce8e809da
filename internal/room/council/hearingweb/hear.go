package hearingweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/hearing"
)

// kept is found for the secretary.
func (p *pages) kept(r *http.Request, actor access.Actor) (hearing.Detail, error) {
	d, err := p.found(r, actor)
	if err == nil {
		err = councilview.Keeps(d.Is)
	}
	return d, err
}

func contentOf(t i18n.Printer, c hearing.Content) []form.Field {
	f := councilview.Fields{T: t}
	kind := form.Field{Name: "open", Kind: form.Radio, Label: t.T("hearing.kind"), Required: true, Options: []form.Option{{Value: "1", Label: t.T("hearing.all"), Selected: c.Open}, {Value: "0", Label: t.T("hearing.invited"), Selected: !c.Open}}}
	return []form.Field{f.Text("sender", "hearing.sender", "hearing.sender.hint", c.Sender, true), f.Text("subject", "hearing.subject", "", c.Subject, true),
		f.Long("about", "hearing.about", "hearing.about.hint", c.About, false), f.Text("reference", "hearing.reference", "", c.Reference, false),
		f.Date("received", "hearing.received", "", c.Received.String(), true), f.Date("deadline", "hearing.deadline", "", c.Deadline.String(), true), kind}
}

func readContent(in *form.Input) hearing.Content {
	return hearing.Content{Sender: in.Text("sender"), Subject: in.Text("subject"), About: in.Text("about"), Reference: in.Text("reference"), Received: in.Date("received"), Deadline: in.Date("deadline"),
		Open: in.Choice("open", "0", "1") == "1"}
}

// receive is the form of a consultation that has come in.
func (p *pages) receive(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	id, err := councilview.Body(r)
	if err != nil {
		return leaf.Asked{}, err
	}
	b, is, err := p.Councils.View(r.Context(), actor, id)
	if err == nil {
		err = councilview.Keeps(is)
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	back := councilview.Path(b.ID, "/horinger")
	return leaf.Asked{Title: t.T("hearing.receive"), Lead: t.T("hearing.receive.lead"), Back: back, Submit: t.T("council.save"), Crumbs: councilview.Crumbs(t, b, ui.Link{Label: t.T("hearing.title"), Href: back}),
		Fields: contentOf(t, hearing.Content{Received: p.Clock.Today(), Open: true}),
		Read: func(in *form.Input) func() (string, error) {
			c := readContent(in)
			return func() (string, error) {
				made, err := p.Hearings.Receive(r.Context(), actor, b.ID, c)
				return "/horinger/" + string(made) + "?ok=hearing.ok.saved", err
			}
		}}, nil
}

// edit is the form of what is known of a consultation.
func (p *pages) edit(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	return leaf.Asked{Title: t.T("hearing.edit"), Back: at(d, ""), Submit: t.T("council.save"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: contentOf(t, d.Content),
		Theirs: []ui.Fact{{Label: t.T("hearing.subject"), Text: d.Subject}, {Label: t.T("hearing.sender"), Text: d.Sender}, {Label: t.T("hearing.about"), Text: d.About}},
		Read: func(in *form.Input) func() (string, error) {
			c := readContent(in)
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.saved"), p.Hearings.Edit(r.Context(), actor, d.ID, leaf.Version(in), c)
			}
		}}, nil
}

func wordsField(t i18n.Printer, label, hint i18n.Key, value string) form.Field {
	out := councilview.Fields{T: t}.Long("words", label, hint, value, true)
	out.Rows, out.MaxRunes = 16, council.MaxText
	return out
}

// text is the form of the draft.
func (p *pages) text(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	words := wordsField(t, "hearing.draft", "hearing.draft.hint", d.Words)
	words.Required, words.OptionalMark = false, t.T("council.optional")
	return leaf.Asked{Title: t.T("hearing.write"), Lead: t.T("hearing.write.lead"), Back: at(d, ""), Submit: t.T("council.save"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: []form.Field{words},
		Theirs: []ui.Fact{{Label: t.T("hearing.draft"), Text: d.Words}},
		Read: func(in *form.Input) func() (string, error) {
			words := in.Text("words")
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.saved"), p.Hearings.Write(r.Context(), actor, d.ID, leaf.Version(in), words)
			}
		}}, nil
}

// round is the form that sends the text round.
func (p *pages) round(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	due := p.Clock.Today().AddDays(max(d.Council.Terms.Days, 1))
	if due.After(d.Deadline) {
		due = d.Deadline
	}
	list := []form.Field{wordsField(t, "hearing.round.words", "hearing.round.words.hint", d.Words), f.Date("due", "hearing.round.due", "", due.String(), true)}
	if d.Round > 0 {
		list = append(list, f.Text("why", "hearing.round.why", "hearing.round.why.hint", "", true))
	}
	return leaf.Asked{Title: t.T("hearing.round.open"), Lead: t.T("hearing.round.lead", "n", d.Round+1), Back: at(d, ""), Submit: t.T("hearing.round.do"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)), Fields: list,
		Theirs: []ui.Fact{{Label: t.T("hearing.draft"), Text: d.Words}},
		Read: func(in *form.Input) func() (string, error) {
			n := hearing.NewRound{Words: in.Text("words"), Why: in.Text("why"), Due: in.Date("due")}
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.round_saved"), p.Hearings.OpenRound(r.Context(), actor, d.ID, leaf.Version(in), n)
			}
		}}, nil
}

// consent is the form of what a member says to the newest round.
func (p *pages) consent(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	mine := councilview.SpeaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Consents)
	if len(mine) == 0 {
		return leaf.Asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	reply := councilview.Radio(f, "reply", "hearing.said.what", hearing.Replies(), hearing.Reply.Label, "")
	reply.Options[2].Hint = t.T("hearing.conflict.hint")
	return leaf.Asked{Title: t.T("hearing.consent"), Lead: t.T("hearing.consent.lead", "n", d.Round), Back: at(d, ""), Submit: t.T("hearing.consent.do"), Version: int64(d.Round), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.Member(mine, ""), reply, f.Long("words", "hearing.said.why", "hearing.said.why.hint", "", false)},
		Read: func(in *form.Input) func() (string, error) {
			c := hearing.Consent{Nr: int(leaf.Version(in)), Org: councilview.Chosen(in, mine), Reply: hearing.Reply(in.Choice("reply", councilview.Strs(hearing.Replies())...)), Words: in.Text("words")}
			return func() (string, error) {
				stopped, err := p.Hearings.Consent(r.Context(), actor, d.ID, c)
				if stopped {
					return at(d, "?ok=hearing.ok.stopped"), err
				}
				return at(d, "?ok=hearing.ok.consented"), err
			}
		}}, nil
}

// input is the form of what a member says to the text.
func (p *pages) input(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	mine := councilview.SpeaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Speaks)
	if len(mine) == 0 {
		return leaf.Asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	return leaf.Asked{Title: t.T("hearing.input.add"), Lead: t.T("hearing.input.lead"), Back: at(d, ""), Submit: t.T("hearing.input.do"), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.Member(mine, ""), f.Long("words", "hearing.input.words", "", "", true)},
		Read: func(in *form.Input) func() (string, error) {
			i := hearing.Input{Org: councilview.Chosen(in, mine), Words: in.Text("words")}
			return func() (string, error) {
				_, err := p.Hearings.AddInput(r.Context(), actor, d.ID, i)
				return at(d, "?ok=hearing.ok.saved"), err
			}
		}}, nil
}

// answerInput is the form of what was done with an input.
func (p *pages) answerInput(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	id, err := hearing.ParseInputID(r.PathValue("input"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	var i hearing.Input
	for _, x := range d.Inputs {
		if x.ID == id {
			i = x
		}
	}
	if i.ID == "" {
		return leaf.Asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	return leaf.Asked{Title: t.T("hearing.input.answer"), Lead: i.Name + ": " + i.Words, Back: at(d, ""), Submit: t.T("council.save"), Version: i.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{councilview.Fields{T: t}.Long("done", "hearing.input.done", "hearing.input.done.hint", i.Done, true)}, Theirs: []ui.Fact{{Label: t.T("hearing.input.done"), Text: i.Done}},
		Read: func(in *form.Input) func() (string, error) {
			done := in.Text("done")
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.saved"), p.Hearings.AnswerInput(r.Context(), actor, id, leaf.Version(in), done)
			}
		}}, nil
}

// own is the form of a member's own response.
func (p *pages) own(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.found(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	mine := councilview.SpeaksFor(d.Council.MembersOn(p.Clock.Today()), d.Is.Speaks)
	if len(mine) == 0 {
		return leaf.Asked{}, council.Denied()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	return leaf.Asked{Title: t.T("hearing.own.add"), Lead: t.T("hearing.own.lead"), Back: at(d, ""), Submit: t.T("council.save"), Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.Member(mine, ""), f.Date("day", "hearing.own.day", "", "", true), f.Long("words", "hearing.own.words", "", "", true), f.Text("link", "hearing.own.link", "hearing.own.link.hint", "", false)},
		Read: func(in *form.Input) func() (string, error) {
			o := hearing.Own{Org: councilview.Chosen(in, mine), Day: in.Date("day"), Words: in.Text("words"), Link: in.Text("link")}
			return func() (string, error) {
				_, err := p.Hearings.AddOwn(r.Context(), actor, d.ID, o)
				return at(d, "?ok=hearing.ok.saved"), err
			}
		}}, nil
}

// send is the form that sends and publishes the joint response.
func (p *pages) send(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	lead := t.T("hearing.send.lead")
	if d.Council.Terms.Elected {
		lead += " " + t.T("hearing.standing.law")
	}
	return leaf.Asked{Title: t.T("hearing.send"), Lead: lead, Back: at(d, ""), Submit: t.T("hearing.send.do"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{f.Text("sent_by", "hearing.send.by", "council.decided.by.hint", "", d.Council.Terms.Elected), f.Date("sent_on", "hearing.sent", "", p.Clock.Today().String(), true)},
		Read: func(in *form.Input) func() (string, error) {
			by, on := in.Text("sent_by"), in.Date("sent_on")
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.sent"), p.Hearings.Send(r.Context(), actor, d.ID, leaf.Version(in), by, on)
			}
		}}, nil
}

// decline is the form that says why the council does not answer.
func (p *pages) decline(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.kept(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	return leaf.Asked{Title: t.T("hearing.decline"), Lead: t.T("hearing.decline.lead"), Back: at(d, ""), Submit: t.T("hearing.decline"), Version: d.Version, Crumbs: hearingCrumbs(t, d, self(d)),
		Fields: []form.Field{councilview.Fields{T: t}.Text("why", "hearing.decline.why", "", "", true)},
		Read: func(in *form.Input) func() (string, error) {
			why := in.Text("why")
			return func() (string, error) {
				return at(d, "?ok=hearing.ok.declined"), p.Hearings.Decline(r.Context(), actor, d.ID, leaf.Version(in), why)
			}
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
