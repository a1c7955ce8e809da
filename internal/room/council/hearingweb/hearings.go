package hearingweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/hearing"
)

type hearingsView struct {
	web.Page
	Head   ui.Head
	Parts  ui.Tabs
	Groups []hearingGroup
	Empty  ui.Empty
}

type hearingGroup struct {
	ID, Title string
	Cards     []ui.Card
}

func hearingTag(t i18n.Printer, s hearing.State) ui.Tag {
	color := map[hearing.State]ui.Color{hearing.Received: ui.Info, hearing.InRound: ui.Warning, hearing.Stopped: ui.Danger, hearing.Declined: ui.Neutral, hearing.Sent: ui.Success}[s]
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}

func (p *pages) hearings(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := councilview.Body(r)
	if err != nil {
		return err
	}
	list, b, is, err := p.Hearings.List(r.Context(), actor, id)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	view := hearingsView{Page: p.door.Frame(r, actor, t.T("hearing.title.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("hearing.title"), Lead: t.T("hearing.lead")},
		Parts: councilview.Parts(t, b.ID, "/horinger"), Empty: ui.Empty{Title: t.T("hearing.none"), Text: t.T("hearing.none.text")}}
	view.Crumbs = councilview.Crumbs(t, b)
	if is.Keeps && b.Terms.Joint {
		add := ui.Action{Label: t.T("hearing.receive"), Href: councilview.Path(b.ID, "/horinger/ny"), Variant: ui.Primary}
		view.Head.Actions, view.Empty.Actions = []ui.Action{add}, []ui.Action{add}
	}
	open, ended := hearingGroup{ID: "open", Title: t.T("hearing.open")}, hearingGroup{ID: "ended", Title: t.T("hearing.ended")}
	for _, c := range list {
		group := &ended
		if c.State.IsOpen() {
			group = &open
		}
		group.Cards = append(group.Cards, hearingCard(t, c, today))
	}
	slices.Reverse(open.Cards) // the first deadline first
	for _, g := range []hearingGroup{open, ended} {
		if len(g.Cards) > 0 {
			view.Groups = append(view.Groups, g)
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "hearing/hearings", view)
}

func hearingCard(t i18n.Printer, c hearing.Consultation, today clock.Date) ui.Card {
	out := ui.Card{Kicker: c.Sender, Title: c.Subject, Href: "/horinger/" + string(c.ID), Tags: []ui.Tag{hearingTag(t, c.State)}, Text: t.T("hearing.deadline.on", "date", t.Day(c.Deadline, today))}
	if c.State.IsOpen() && c.Deadline.Before(today) {
		out.Tags = append(out.Tags, ui.Tag{Text: t.T("hearing.late"), Color: ui.Danger})
	}
	return out
}

type hearingView struct {
	web.Page
	Head     ui.Head
	Notices  []ui.Notice
	Progress ui.Progress
	Facts    ui.Facts
	About    []string
	// Sent is the response that was sent, in full; Draft is what those in the body read.
	Sent, Draft []string
	Round       string
	Rounds      []ui.Action
	Said        ui.Table
	Standing    string
	Inputs      []ui.Card
	Own         []ui.Card
	OwnNone     string
	Do          []ui.Action
	Give        []ui.Action
	AddOwn      []ui.Action
	Files       ui.FileList
}

// found reads the consultation that the path names, as the actor may know it.
func (p *pages) found(r *http.Request, actor access.Actor) (hearing.Detail, error) {
	id, err := hearing.ParseID(r.PathValue("id"))
	if err != nil {
		return hearing.Detail{}, fault.Missing()
	}
	return p.Hearings.Get(r.Context(), actor, id)
}

func at(d hearing.Detail, more string) string { return "/horinger/" + string(d.ID) + more }

func hearingCrumbs(t i18n.Printer, d hearing.Detail, more ...ui.Link) []ui.Link {
	return councilview.Crumbs(t, d.Council, append([]ui.Link{{Label: t.T("hearing.title"), Href: councilview.Path(d.Body, "/horinger")}}, more...)...)
}

func self(d hearing.Detail) ui.Link { return ui.Link{Label: d.Subject, Href: at(d, "")} }

func (p *pages) hearing(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.found(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	view := hearingView{Page: p.door.Frame(r, actor, d.Subject), Head: ui.Head{Kicker: t.T("hearing.from", "sender", d.Sender), Title: d.Subject, Tags: []ui.Tag{hearingTag(t, d.State)}},
		Progress: hearingProgress(t, d), Facts: ui.Facts{Items: hearingFacts(t, d, today)}}
	view.Crumbs = hearingCrumbs(t, d)
	if d.About != "" {
		view.About = strings.Split(d.About, "\n")
	}
	switch d.State {
	case hearing.Sent:
		view.Sent = strings.Split(d.Words, "\n")
	case hearing.Stopped:
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Title: t.T("hearing.stopped.title"), Paragraphs: []string{t.T("hearing.stopped.text", "why", d.Why, "where", d.Council.Terms.JointWhere), t.T("hearing.stopped.own")}})
	case hearing.Declined:
		view.Notices = append(view.Notices, ui.Notice{Title: t.T("hearing.declined.title"), Text: d.Why})
	}
	if d.Is.IsIn() {
		p.within(t, d, &view, today)
	}
	p.others(t, d, &view, today)
	if view.Files, err = p.files(r.Context(), t, actor, d); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "hearing/hearing", view)
}

func (p *pages) files(ctx context.Context, t i18n.Printer, actor access.Actor, d hearing.Detail) (ui.FileList, error) {
	return attachview.Section(ctx, p.Attach, t, actor, object.Ref{Kind: hearing.ObjectName, ID: string(d.ID)})
}

func hearingFacts(t i18n.Printer, d hearing.Detail, today clock.Date) []ui.Fact {
	kind := t.T("hearing.invited")
	if d.Open {
		kind = t.T("hearing.all")
	}
	deadline := ui.Fact{Label: t.T("hearing.deadline"), Text: t.Day(d.Deadline, today)}
	if d.State.IsOpen() && d.Deadline.Before(today) {
		deadline.Tags = []ui.Tag{{Text: t.T("hearing.late"), Color: ui.Danger}}
	}
	out := []ui.Fact{{Label: t.T("hearing.sender"), Text: d.Sender}, {Label: t.T("hearing.received"), Text: t.Date(d.Content.Received)}, deadline, {Label: t.T("hearing.kind"), Text: kind}}
	if d.Reference != "" {
		out = append(out, ui.Fact{Label: t.T("hearing.reference"), Text: d.Reference})
	}
	if !d.SentOn.IsZero() {
		lines := []string{t.Date(d.SentOn)}
		if d.SentBy != "" {
			lines = append(lines, d.SentBy)
		}
		out = append(out, ui.Fact{Label: t.T("hearing.sent"), Lines: lines})
	}
	return out
}

// hearingProgress is how far the response has come, from received to published.
func hearingProgress(t i18n.Printer, d hearing.Detail) ui.Progress {
	out := ui.Progress{Label: t.T("hearing.progress")}
	add := func(label string, s ui.StepState) {
		key := map[ui.StepState]i18n.Key{ui.StepDone: "council.step.done", ui.StepCurrent: "council.step.current", ui.StepTodo: "council.step.todo", ui.StepSkipped: "council.step.skipped"}[s]
		out.Items = append(out.Items, ui.Step{Label: label, State: s, StateLabel: t.T(key)})
	}
	round := t.T("hearing.step.round")
	if d.Round > 0 {
		round = t.T("hearing.step.round.n", "n", d.Round)
	}
	switch d.State {
	case hearing.Received:
		add(t.T("hearing.state.received"), ui.StepCurrent)
		add(round, ui.StepTodo)
		add(t.T("hearing.state.sent"), ui.StepTodo)
	case hearing.InRound:
		add(t.T("hearing.state.received"), ui.StepDone)
		add(round, ui.StepCurrent)
		add(t.T("hearing.state.sent"), ui.StepTodo)
	case hearing.Sent:
		add(t.T("hearing.state.received"), ui.StepDone)
		add(round, ui.StepDone)
		add(t.T("hearing.state.sent"), ui.StepDone)
	default:
		add(t.T("hearing.state.received"), ui.StepDone)
		if d.Round > 0 {
			add(round, ui.StepDone)
		}
		add(t.T(d.State.Label()), ui.StepCurrent)
	}
	return out
}

// within fills in what those in the body read and do.
func (p *pages) within(t i18n.Printer, d hearing.Detail, view *hearingView, today clock.Date) {
	members := d.Council.MembersOn(today)
	if last, ok := d.Last(); ok {
		view.Round = t.T("hearing.round.now", "n", last.Nr, "date", t.Day(last.Due, today))
		if d.State != hearing.Sent {
			view.Draft = strings.Split(last.Words, "\n")
		}
		tally := d.Tally(members)
		view.Said, view.Standing = saidTable(t, d, tally), standing(t, d, tally)
		if len(d.Rounds) > 1 {
			view.Rounds = []ui.Action{{Label: t.T("hearing.rounds"), Href: at(d, "/runder"), Variant: ui.Secondary}}
		}
	}
	for _, i := range d.Inputs {
		c := ui.Card{Kicker: t.T("hearing.input.round", "n", i.Nr), Title: i.Name, Text: i.Words}
		if i.Done != "" {
			c.Facts = []ui.Fact{{Label: t.T("hearing.input.done"), Text: i.Done}}
		}
		if d.Is.Keeps {
			c.Actions = []ui.Action{{Label: t.T("hearing.input.answer"), Context: i.Name, Href: at(d, "/innspill/"+string(i.ID)), Variant: ui.Tertiary}}
		}
		view.Inputs = append(view.Inputs, c)
	}
	if d.Is.Keeps && d.State.IsOpen() {
		view.Do = hearingActions(t, d, members)
	}
	if d.State == hearing.InRound {
		if len(councilview.SpeaksFor(members, d.Is.Consents)) > 0 {
			view.Give = append(view.Give, ui.Action{Label: t.T("hearing.consent"), Href: at(d, "/samtykke"), Variant: ui.Primary})
		}
		if len(councilview.SpeaksFor(members, d.Is.Speaks)) > 0 {
			view.Give = append(view.Give, ui.Action{Label: t.T("hearing.input.add"), Href: at(d, "/innspill"), Variant: ui.Secondary})
		}
	}
}

// hearingActions are what the secretary can do now, the likeliest first.
func hearingActions(t i18n.Printer, d hearing.Detail, members []council.Member) []ui.Action {
	round := ui.Action{Label: t.T("hearing.round.open"), Href: at(d, "/runde"), Variant: ui.Secondary}
	out := []ui.Action{}
	switch {
	case d.State == hearing.Received:
		round.Variant = ui.Primary
	case d.Tally(members).IsAgreed():
		out = append(out, ui.Action{Label: t.T("hearing.send"), Href: at(d, "/send"), Variant: ui.Primary})
	default:
		if last, ok := d.Last(); ok && !last.Extended && d.Council.Terms.Extension > 0 && last.Due.Before(d.Deadline) {
			out = append(out, ui.Action{Label: t.T("hearing.extend", "n", d.Council.Terms.Extension), Href: at(d, "/forleng"), Post: true, Variant: ui.Secondary})
		}
	}
	return append(out, round, ui.Action{Label: t.T("hearing.write"), Href: at(d, "/tekst"), Variant: ui.Secondary}, ui.Action{Label: t.T("hearing.edit"), Href: at(d, "/rediger"), Variant: ui.Tertiary},
		ui.Action{Label: t.T("hearing.decline"), Href: at(d, "/avsta"), Variant: ui.Tertiary})
}

func saidTag(t i18n.Printer, r hearing.Reply) ui.Tag {
	color := map[hearing.Reply]ui.Color{hearing.Yes: ui.Success, hearing.No: ui.Danger, hearing.Conflict: ui.Danger, hearing.Silent: ui.Neutral}[r]
	return ui.Tag{Text: t.T(r.Label()), Color: color}
}

func saidTable(t i18n.Printer, d hearing.Detail, tally hearing.Tally) ui.Table {
	out := ui.Table{Caption: t.T("hearing.said"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.member")}, {Label: t.T("hearing.said.what")}, {Label: t.T("hearing.said.why")}}}
	for _, s := range tally.Said {
		words := ui.Cell{Text: s.Words}
		if s.Reply != hearing.Silent {
			words.Sub = t.Moment(s.At)
			if s.Registered {
				words.Sub = t.T("hearing.said.registered", "moment", t.Moment(s.At))
			}
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Member.Name}, {Tags: []ui.Tag{saidTag(t, s.Reply)}}, words}})
	}
	return out
}

// standing says in a sentence what the replies mean, with what the law says of them.
func standing(t i18n.Printer, d hearing.Detail, tally hearing.Tally) string {
	out := t.T("hearing.standing.some", "n", tally.Yes, "of", len(tally.Said), "names", t.Join(tally.Missing))
	switch {
	case d.State == hearing.Sent, tally.IsAgreed():
		out = t.T("hearing.standing.agreed", "n", len(tally.Said))
	case tally.Conflict != nil:
		out = t.T("hearing.standing.conflict", "name", tally.Conflict.Member.Name)
	case len(tally.Against) > 0:
		out = t.T("hearing.standing.against", "names", t.Join(tally.Against))
	}
	if d.Council.Terms.Elected && d.State == hearing.InRound {
		out += " " + t.T("hearing.standing.law")
	}
	return out
}

// others are the members' own responses.
func (p *pages) others(t i18n.Printer, d hearing.Detail, view *hearingView, today clock.Date) {
	for _, o := range d.Own {
		c := ui.Card{Kicker: t.Date(o.Day), Title: o.Name, Text: o.Words}
		if o.Link != "" {
			c.Actions = []ui.Action{{Label: t.T("hearing.own.read"), Context: o.Name, Href: o.Link, Variant: ui.Tertiary}}
		}
		view.Own = append(view.Own, c)
	}
	if len(d.Own) == 0 {
		view.OwnNone = t.T("hearing.own.none")
	}
	if len(councilview.SpeaksFor(d.Council.MembersOn(today), d.Is.Speaks)) > 0 {
		view.AddOwn = []ui.Action{{Label: t.T("hearing.own.add"), Href: at(d, "/egen"), Variant: ui.Secondary}}
	}
}

type roundsView struct {
	web.Page
	Head   ui.Head
	Form   struct{ From, To form.Field }
	Submit ui.Actions
	Why    string
	Pieces []pieceView
}

// pieceView is a paragraph that stayed, came or went.
type pieceView struct {
	Tag   *ui.Tag
	Words string
}

// rounds compares two rounds, by default the newest two.
func (p *pages) rounds(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.found(r, actor)
	if err != nil {
		return err
	}
	if len(d.Rounds) < 2 {
		return fault.Missing()
	}
	t, in := p.door.Printer(r), form.Read(r.URL.Query())
	var numbers []string
	for _, x := range d.Rounds {
		numbers = append(numbers, strconv.Itoa(x.Nr))
	}
	find := func(name string, place int) hearing.Round {
		nr := in.Choice(name, numbers...)
		for i, n := range numbers {
			if n == nr {
				return d.Rounds[i]
			}
		}
		return d.Rounds[place]
	}
	was, now := find("fra", len(d.Rounds)-2), find("til", len(d.Rounds)-1)
	field := func(name string, label i18n.Key, chosen hearing.Round) form.Field {
		f := form.Field{Name: name, Kind: form.Select, Label: t.T(label), Value: strconv.Itoa(chosen.Nr)}
		for _, x := range d.Rounds {
			f.Options = append(f.Options, form.Option{Value: strconv.Itoa(x.Nr), Label: t.T("hearing.round.n", "n", x.Nr), Selected: x.Nr == chosen.Nr})
		}
		return f
	}
	view := roundsView{Page: p.door.Frame(r, actor, t.T("hearing.rounds")), Head: ui.Head{Kicker: d.Subject, Title: t.T("hearing.rounds"), Lead: t.T("hearing.rounds.lead", "from", was.Nr, "to", now.Nr)}, Why: now.Why,
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("council.compare.do"), Submit: true, Variant: ui.Primary}, {Label: t.T("council.cancel"), Href: at(d, ""), Variant: ui.Tertiary}}}}
	view.Crumbs = hearingCrumbs(t, d, self(d))
	view.Form.From, view.Form.To = field("fra", "council.compare.from", was), field("til", "council.compare.to", now)
	for _, x := range hearing.Compare(was.Words, now.Words) {
		one := pieceView{Words: x.Words}
		switch x.Kind {
		case hearing.Added:
			one.Tag = &ui.Tag{Text: t.T("council.change.new"), Color: ui.Success}
		case hearing.Removed:
			one.Tag = &ui.Tag{Text: t.T("council.change.removed"), Color: ui.Danger}
		}
		view.Pieces = append(view.Pieces, one)
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Form, r.URL.Query(), err, t))
	}
	return p.door.Views.Render(w, status, "hearing/rounds", view)
}
