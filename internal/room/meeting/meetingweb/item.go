package meetingweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/comment"
	"kompetansetorg/internal/room/meeting/wording"
)

// itemView is an item as it is treated: what each seat has said, how it stands by the
// rules, and what can be done now.
type itemView struct {
	web.Page
	Live       ui.Live
	Head       ui.Head
	Notices    []ui.Notice
	Under      []string // the text under the item
	Said       ui.Table // what each seat with a vote has said
	Stand      *ui.Notice
	Why        []ui.Point
	Decision   []string
	Met        ui.Table   // who is there
	Since      []ui.Point // what has come after the decision
	Own        []ui.Card  // the members' own decisions
	Ratified   string     // how many of them
	Amount     string
	Shares     []ui.Table
	Recusals   []ui.Card
	Beforehand []ui.Card
	FollowUps  []ui.Card
	Comments   []ui.Card // what the members have said in writing
	Do         ui.Actions
	Desk       ui.Actions // what the secretary writes down
	Around     []ui.Link  // the items before and after
}

func (p *pages) item(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	seen, err := p.lookItem(r, actor)
	if err != nil {
		return err
	}
	d, err := p.treated(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := itemView{Page: p.door.Frame(r, actor, wording.Numbered(t, d.Item)), Head: ui.Head{Kicker: d.Number.String(), Title: wording.Title(t, d.Item), Lead: d.Meeting.BodyName, Tags: []ui.Tag{{Text: t.T(d.Kind.Label())}}},
		Under: wording.Lines(d.Words), Said: ui.Table{Caption: t.T("meeting.said.each"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.position")}, {Label: t.T("meeting.field.reason")}}}}
	if d.Number.Nr == 0 {
		view.Head.Kicker = t.T("meeting.kicker")
	}
	view.Crumbs, view.Live = wording.Crumbs(t, d.Meeting), p.door.Follow(r, itemPath(d.Item, listening), seen.Mark, "")
	view.Head.Actions = papers(t, d.Item)
	doorsNotice(t, d, &view)
	noVoteNotice(t, d, &view)
	if d.Decides() {
		out, decided, err := p.Floor.Outcome(r.Context(), actor, d.ID)
		if err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
		if err == nil {
			stands(t, d, out, decided, &view)
		}
		p.fromMembers(t, d, out, &view)
	}
	if d.Decision != nil {
		view.Decision = wording.Lines(d.Decision.Words)
	}
	for _, x := range d.Recusals {
		view.Recusals = append(view.Recusals, recusalCard(t, d, x))
	}
	view.Beforehand, view.Met = beforehand(t, d), attending(t, d)
	for _, f := range d.FollowUps {
		view.FollowUps = append(view.FollowUps, followUpCard(t, d.Meeting.ID, f, d.Keeps))
	}
	view.Comments = commentCards(t, d)
	view.Do.Items, view.Desk.Items = p.itemDesk(t, d)
	more, desk := memberDesk(t, d)
	view.Do.Items, view.Desk.Items = append(view.Do.Items, more...), append(view.Desk.Items, desk...)
	if i := slices.IndexFunc(d.Others, func(x session.Item) bool { return x.ID == d.ID }); i >= 0 {
		for _, n := range []int{i - 1, i + 1} {
			if n >= 0 && n < len(d.Others) && !d.Others[n].Hidden {
				view.Around = append(view.Around, ui.Link{Label: wording.Numbered(t, d.Others[n]), Href: itemPath(d.Others[n], "")})
			}
		}
	}
	return p.draw(w, r, "meeting/item", view)
}

// papers lead to what is to be read before the item: the case with its paper, or the
// minutes that are to be approved.
func papers(t i18n.Printer, i session.Item) []ui.Action {
	switch {
	case i.Hidden:
	case i.Case != "":
		return []ui.Action{{Label: t.T("meeting.read.case"), Href: "/saker/" + string(i.Case), Variant: ui.Secondary}}
	case i.About != "":
		return []ui.Action{{Label: t.T("meeting.read.book"), Href: path(i.About, "/motebok"), Variant: ui.Secondary}}
	}
	return nil
}

// noVoteNotice says to a reader who has a seat without a vote what it may do, citing the
// paragraph, so that nobody looks in vain for where to vote.
func noVoteNotice(t i18n.Printer, d session.ItemDetail, view *itemView) {
	mine := func(votes bool) int {
		return slices.IndexFunc(d.Seats, func(x session.Seated) bool { return x.Mine && x.Votes == votes })
	}
	at := mine(false)
	if at < 0 || mine(true) >= 0 || d.Decision != nil || !d.Decides() {
		return
	}
	if f, ok := fault.As(outcome.CanTake(d.Rules, d.Seats[at].Kind, d.Scope, rule.For, "")); ok {
		view.Notices = append(view.Notices, ui.Notice{Text: t.T(f.Key, f.Values...)})
	}
}

// attending is who is there, once the roll has been called.
func attending(t i18n.Printer, d session.ItemDetail) ui.Table {
	out := ui.Table{Caption: t.T("meeting.people"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.office")}, {Label: t.T("meeting.field.met")}}}
	if len(d.Met) == 0 {
		return out
	}
	for _, x := range d.Seats {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: x.OrgName}, {Text: x.Member.Title}, {Text: met(t, x, d.Met)}}})
	}
	return out
}

// doorsNotice says whether the doors are closed, or proposed so.
func doorsNotice(t i18n.Printer, d session.ItemDetail, view *itemView) {
	switch {
	case d.Doors == session.DoorsClosed:
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Title: t.T("meeting.doors.closed"), Text: wording.Ground(t, d.DoorsGround, "meeting.doors.ground"),
			Paragraphs: []string{t.T("meeting.doors.votes", "for", d.DoorsFor, "against", d.DoorsAgainst), t.T("meeting.doors.public", "title", d.PublicTitle)}})
	case d.Doors == session.DoorsOpen:
		view.Notices = append(view.Notices, ui.Notice{Text: t.T("meeting.doors.open", "for", d.DoorsFor, "against", d.DoorsAgainst)})
	case d.Ground != "" && !d.Rules.Elected: // by offentleglova, as the case
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Title: t.T("meeting.kept.tag"), Text: t.T("meeting.doors.public", "title", d.PublicTitle)})
	case d.Ground != "":
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Title: t.T("meeting.proposed.tag"), Text: wording.Ground(t, d.Ground, "meeting.proposed")})
	}
}

// stands says how the item stands by the rules, with the two lines: the body's own and
// the law's.
func stands(t i18n.Printer, d session.ItemDetail, out outcome.Outcome, decided bool, view *itemView) {
	for _, b := range out.Ballots {
		cells := []ui.Cell{{Text: b.Seat.Name}, {Text: t.T(b.Position.Name())}, {Text: b.Reason}}
		if b.By == outcome.Deputy {
			cells[0].Sub = t.T("meeting.met.deputy")
		}
		if b.Missing {
			cells[1].Tags = []ui.Tag{{Text: t.T("meeting.must_vote"), Color: ui.Warning}}
		}
		view.Said.Rows = append(view.Said.Rows, ui.Row{Cells: cells})
	}
	n := ui.Notice{Color: ui.Info, Title: t.T(out.State.Name())}
	switch {
	case out.State.Adopted():
		n.Color = ui.Success
	case out.State != outcome.Open && out.State != outcome.Unanswered:
		n.Color = ui.Warning
	}
	if !decided && out.State != outcome.Open {
		n.Title = t.T("meeting.would", "state", out.State.Name())
	}
	for _, l := range []rule.Line{out.Agreement, out.Law} {
		if !l.IsZero() {
			n.Paragraphs = append(n.Paragraphs, l.In(t))
		}
	}
	view.Stand = &n
	for _, l := range out.Explanation {
		view.Why = append(view.Why, ui.Point{Text: l.In(t)})
	}
}

func recusalCard(t i18n.Printer, d session.ItemDetail, x session.Recusal) ui.Card {
	c := ui.Card{Title: seatName(d, x.Seat), Text: x.Reason, Tags: []ui.Tag{{Text: t.T("meeting.recusal.raised"), Color: ui.Warning}}}
	switch x.Decided {
	case outcome.Stepped:
		c.Tags = []ui.Tag{{Text: t.T("meeting.recusal.recused"), Color: ui.Info}}
	case outcome.Able:
		c.Tags = []ui.Tag{{Text: t.T("meeting.recusal.able"), Color: ui.Success}}
	}
	if x.Part == meeting.Deputy {
		c.Kicker = t.T("meeting.met.deputy")
	}
	if x.Told != "" {
		c.Facts = []ui.Fact{{Label: t.T("meeting.field.decided"), Text: x.Told}}
	}
	if d.Keeps && x.Decided == "" && d.Decision == nil && d.Rules.DecidesRecusal() {
		c.Actions = []ui.Action{{Label: t.T("meeting.recusal.decide"), Context: c.Title, Href: itemPath(d.Item, "/habilitet/"+string(x.ID)), Variant: ui.Secondary}}
	}
	return c
}

func seatName(d session.ItemDetail, seat meeting.SeatID) string {
	for _, x := range d.Seats {
		if x.ID == seat {
			return x.OrgName
		}
	}
	return ""
}

// beforehand are the positions given before the meeting, each with what became of it.
func beforehand(t i18n.Printer, d session.ItemDetail) []ui.Card {
	var out []ui.Card
	for _, x := range d.Positions {
		if x.How == outcome.Here {
			continue
		}
		c := ui.Card{Kicker: t.T(i18n.Key("meeting.how." + string(x.How))), Title: t.T("meeting.beforehand.said", "name", seatName(d, x.Seat), "position", x.Position.Name()), Text: x.Reason}
		if x.Registered != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("meeting.field.evidence"), Text: x.Evidence})
		}
		if !x.Contested.IsZero() {
			c.Tags = []ui.Tag{{Text: t.T("meeting.contested"), Color: ui.Warning}}
		}
		for _, s := range d.Seats {
			if s.ID == x.Seat && s.Mine && x.Contested.IsZero() && d.Meeting.State.Ahead() {
				c.Actions = []ui.Action{{Label: t.T("meeting.contest"), Href: itemPath(d.Item, "/bestrid"), Post: true, Name: "position", Value: string(x.ID), Variant: ui.Secondary}}
			}
		}
		out = append(out, c)
	}
	return out
}

func followUpCard(t i18n.Printer, m session.ID, f session.FollowUp, keeps bool) ui.Card {
	c := ui.Card{Title: f.What, Text: f.Owner(), Tags: []ui.Tag{{Text: t.T(f.State.Label())}}}
	if !f.Due.IsZero() {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("meeting.field.due"), Text: t.Date(f.Due)})
	}
	if f.Evidence != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("meeting.field.evidence"), Text: f.Evidence})
	}
	if keeps && f.State == session.Open {
		c.Actions = []ui.Action{{Label: t.T("meeting.follow_up.close"), Context: f.What, Href: path(m, "/oppfolging/"+string(f.ID)), Variant: ui.Secondary}}
	}
	return c
}

// itemDesk is what the reader can do with the item now, and what the secretary writes down.
func (p *pages) itemDesk(t i18n.Printer, d session.ItemDetail) (all, desk []ui.Action) {
	var out []ui.Action
	add := func(when bool, label i18n.Key, to string, v ui.Variant) {
		if when {
			out = append(out, ui.Action{Label: t.T(label), Href: itemPath(d.Item, to), Variant: v})
		}
	}
	s, undecided := d.Meeting.State, d.Decision == nil && d.OnAgenda() == nil
	running := s == session.Opened || s == session.Held
	mine := slices.ContainsFunc(d.Seats, func(x session.Seated) bool { return x.Mine && x.Votes })
	add(undecided && d.Decides() && (mine && (s == session.Sent || s == session.Opened) || d.Keeps && running), taking(d), "/standpunkt", ui.Primary)
	add(undecided && (s == session.Sent || running) && d.Rules.DecidesRecusal(), "meeting.recusal.raise", "/habilitet", ui.Secondary)
	add(len(comment.Members(d)) > 0, "meeting.comment.say", "/kommentar", ui.Secondary)
	all, out = out, nil
	if !d.Keeps {
		return all, nil
	}
	add(undecided && d.Decides() && s == session.Sent, "meeting.forehand", "/forhand", ui.Secondary)
	add(undecided && d.Decides() && s != session.Approved, "meeting.scope.set", "/omfang", ui.Secondary)
	add(undecided && running && d.Rules.Elected, "meeting.doors.decide", "/dorer", ui.Secondary)
	add(undecided && running, "meeting.decide", "/vedtak", ui.Secondary)
	add(running || s == session.Published, "meeting.treated.write", "/behandling", ui.Secondary)
	add(running || s.Over(), "meeting.follow_up.add", "/oppfolging", ui.Secondary)
	return all, out
}

func (p *pages) contestPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.treated(r, actor)
	if err != nil {
		return err
	}
	id, err := session.ParsePositionID(r.PostForm.Get("position"))
	if err != nil || !slices.ContainsFunc(d.Positions, func(x session.Position) bool { return x.ID == id }) {
		return fault.Missing()
	}
	if err := p.Floor.Contest(r.Context(), actor, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, itemPath(d.Item, "?ok=meeting.said.saved"))
}
