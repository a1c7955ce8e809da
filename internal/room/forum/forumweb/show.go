package forumweb

import (
	"context"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/turnout"
)

// JointTarget is how many meetings a year the county's forum is to have together with
// other partnerships, as the forum has agreed.
const JointTarget = 2

// show is the public page of a forum.
func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page := leaf.Page{Head: ui.Head{Kicker: t.T(f.Kind.Label()), Title: f.Name, Lead: f.About}, Crumbs: crumbs(t, "", "")}
	page.Head.Actions = p.headActions(t, actor, f)
	for _, part := range []func(context.Context, i18n.Printer, access.Actor, found, *leaf.Page) error{p.partMeetings, p.partInputs, p.partOwn, p.partRounds, p.partMembers, p.partDocuments, p.partTurnout, p.partGroups} {
		if err := part(r.Context(), t, actor, f, &page); err != nil {
			return err
		}
	}
	if p.Wheels != nil && f.Kind == meeting.CountyForum {
		links, err := p.Wheels(r, f.ID)
		if err != nil {
			return err
		}
		if len(links) > 0 {
			page.Side = append(page.Side, leaf.Section{ID: "arshjul", Title: t.T("forum.wheel"), Text: t.T("forum.wheel.text"), Facts: &ui.Facts{Items: []ui.Fact{{Label: t.T("forum.wheel.rounds"), Links: links}}}})
		}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *pages) headActions(t i18n.Printer, actor access.Actor, f found) []ui.Action {
	out := []ui.Action{{Label: t.T("forum.body"), Href: "/organ/" + string(f.ID), Variant: ui.Secondary}}
	if actor.SignedIn() {
		out = append(out, ui.Action{Label: t.T("follow.do"), Context: f.Name, Variant: ui.Secondary, Href: follow.Topic{Target: follow.Object, Kind: meeting.ObjectName, Ref: string(f.ID)}.Path()})
	}
	return out
}

// partMeetings is the next meeting and the newest minutes.
func (p *pages) partMeetings(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	today := p.Clock.Today()
	list, err := p.Meetings.List(ctx, actor, session.Filter{Body: f.ID, From: today.AddDays(-730)})
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "moter", Title: t.T("forum.meetings")}
	for _, m := range list {
		if m.State.Ahead() && !m.Day.Before(today) || m.State == session.Opened {
			s.Cards = append(s.Cards, meetingCard(t, m.Meeting, t.T("forum.meeting.next"), "", today))
			break
		}
	}
	for i, shown := len(list)-1, 0; i >= 0 && shown < minutesShown; i-- {
		if m := list[i]; m.State == session.Published || m.State == session.Approved {
			s.Cards = append(s.Cards, meetingCard(t, m.Meeting, t.T("forum.meeting.minutes"), "/motebok", today))
			shown++
		}
	}
	if len(s.Cards) == 0 {
		s.Empty = &ui.Empty{Title: t.T("forum.meetings.none"), Text: t.T("forum.meetings.none.text")}
	}
	if f.keeps() {
		s.Actions = []ui.Action{{Label: t.T("forum.meeting.plan"), Href: "/moter/ny?body=" + string(f.ID), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, s)
	if f.Kind == meeting.CountyForum {
		page.Side = append(page.Side, joint(t, list, today))
	}
	return nil
}

// minutesShown is how many meetings are shown with their minutes.
const minutesShown = 3

func meetingCard(t i18n.Printer, m session.Meeting, kicker, more string, today clock.Date) ui.Card {
	c := ui.Card{Kicker: kicker, Title: t.Day(m.Day, today), Href: "/moter/" + string(m.ID) + more, Text: m.Place}
	if len(m.Joint) > 0 {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T("forum.joint.tag"), Color: ui.Info})
	}
	if m.State == session.Published {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T(m.State.Label()), Color: ui.Warning})
	}
	return c
}

// joint is how many meetings with other partnerships there are this year, against what
// is to be.
func joint(t i18n.Printer, list []session.Entry, today clock.Date) leaf.Section {
	held, ahead := 0, 0
	var links []ui.Link
	for _, m := range list {
		if len(m.Joint) == 0 || m.Day.Year() != today.Year() || m.State == session.Cancelled {
			continue
		}
		if m.State.Over() {
			held++
		} else {
			ahead++
		}
		links = append(links, ui.Link{Label: t.T("forum.joint.line", "date", m.Day, "with", t.Join(m.JointNames)), Href: "/moter/" + string(m.ID)})
	}
	s := leaf.Section{ID: "felles", Title: t.T("forum.joint"), Text: t.T("forum.joint.text", "n", JointTarget, "year", strconv.Itoa(today.Year())),
		Points: []ui.Point{{Text: t.T("forum.joint.held", "n", held), Kind: sign(held >= JointTarget)}}}
	switch {
	case held >= JointTarget:
	case held+ahead >= JointTarget:
		s.Points = append(s.Points, ui.Point{Text: t.T("forum.joint.ahead", "n", ahead), Kind: ui.Plain})
	default:
		s.Points = append(s.Points, ui.Point{Text: t.T("forum.joint.missing", "n", JointTarget-held-ahead), Kind: ui.No})
	}
	if len(links) > 0 {
		s.Facts = &ui.Facts{Items: []ui.Fact{{Label: t.T("forum.joint.meetings"), Links: links}}}
	}
	return s
}

func sign(ok bool) ui.PointKind {
	if ok {
		return ui.Yes
	}
	return ui.No
}

// partInputs is what has come to the county's forum, or went from the region's.
func (p *pages) partInputs(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	if f.Kind == meeting.CountyForum {
		list, err := p.Inputs.ToCounty(ctx, f.id)
		if err != nil {
			return err
		}
		page.Main = append(page.Main, p.inputSection(t, list))
		return nil
	}
	region, _, _, err := p.Forums.Region(ctx, actor, f.Region)
	if fault.Is(err, fault.NotFound) || err == nil && region.Body != f.id {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := p.Inputs.FromRegion(ctx, region.ID)
	if err != nil {
		return err
	}
	s := p.inputSection(t, list)
	if f.keeps() {
		s.Actions = []ui.Action{{Label: t.T("forum.input.new"), Href: regionPath(region.ID, "/innspill"), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, s)
	return nil
}

// partMembers is who is in the forum, by side.
func (p *pages) partMembers(_ context.Context, t i18n.Printer, _ access.Actor, f found, page *leaf.Page) error {
	facts := &ui.Facts{}
	n := 0
	for _, side := range append(meeting.Sides(), meeting.NoSide) {
		label := t.T("body.side.others")
		if side != meeting.NoSide {
			label = t.T(side.Label())
		}
		fact, seen := ui.Fact{Label: label}, map[access.OrgID]bool{}
		for _, s := range f.SeatsOn(p.Clock.Today()) {
			if s.Side == side && s.Kind != seatObserver && s.Kind != seatSecretary && !seen[s.Org] {
				seen[s.Org] = true
				fact.Links = append(fact.Links, ui.Link{Label: s.OrgName, Href: "/virksomheter/" + string(s.Org)})
				n++
			}
		}
		if len(fact.Links) > 0 {
			facts.Items = append(facts.Items, fact)
		}
	}
	facts.Items = append(facts.Items, ui.Fact{Label: t.T("body.secretariat"), Link: &ui.Link{Label: f.SecretariatName, Href: "/virksomheter/" + string(f.Secretariat)}})
	page.Side = append(page.Side, leaf.Section{ID: "medlemmer", Title: t.T("forum.members.n", "n", n), Facts: facts})
	return nil
}

// partTurnout is who met this year, by side, or last year while there is nothing yet.
func (p *pages) partTurnout(ctx context.Context, t i18n.Printer, _ access.Actor, f found, page *leaf.Page) error {
	y, err := turnout.Of(ctx, p.DB, f.ID, p.Clock.Today().Year())
	if err == nil && y.Meetings == 0 {
		y, err = turnout.Of(ctx, p.DB, f.ID, p.Clock.Today().Year()-1)
	}
	if err != nil || y.Meetings == 0 {
		return err
	}
	page.Side = append(page.Side, leaf.Section{ID: "oppmote", Title: t.T("forum.turnout.year", "year", strconv.Itoa(y.Year)), Bars: turnoutBars(t, y), Points: lacks(t, y),
		Actions: []ui.Action{{Label: t.T("forum.turnout.more"), Href: path(f.id, "/oppmote?ar="+strconv.Itoa(y.Year)), Variant: ui.Tertiary}}})
	return nil
}

func sideName(t i18n.Printer, s meeting.Side) string {
	if s == meeting.NoSide {
		return t.T("body.side.others")
	}
	return t.T(s.Label())
}

func turnoutBars(t i18n.Printer, y turnout.Year) *ui.Bars {
	b := &ui.Bars{Caption: t.T("forum.turnout.caption", "n", y.Meetings), LabelHead: t.T("forum.side"), ValueHead: t.T("forum.met")}
	for _, s := range y.Sides {
		b.Rows = append(b.Rows, ui.Bar{Label: sideName(t, s.Side), Value: float64(s.Percent()), Text: t.T("forum.turnout.of", "met", s.Met, "places", s.Places, "percent", s.Percent())})
	}
	return b
}

func lacks(t i18n.Printer, y turnout.Year) []ui.Point {
	var out []ui.Point
	for _, s := range y.Lacks() {
		out = append(out, ui.Point{Kind: ui.No, Text: t.T("forum.turnout.lacks", "side", sideName(t, s.Side), "n", y.Meetings-s.Meetings, "of", y.Meetings)})
	}
	return out
}

// turnout is who met in a year, member by member.
func (p *pages) turnout(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t, year := p.door.Printer(r), p.Clock.Today().Year()
	if n, err := strconv.Atoi(r.URL.Query().Get("ar")); err == nil && n >= f.From.Year() && n <= year {
		year = n
	}
	y, err := turnout.Of(r.Context(), p.DB, f.ID, year)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: f.Name, Title: t.T("forum.turnout.year", "year", strconv.Itoa(year)), Lead: t.T("forum.turnout.lead")}, Crumbs: crumbs(t, f.Name, f.id)}
	for n := max(f.From.Year(), year-1); n <= min(year+1, p.Clock.Today().Year()); n++ {
		if n != year {
			page.Head.Actions = append(page.Head.Actions, ui.Action{Label: strconv.Itoa(n), Href: path(f.id, "/oppmote?ar="+strconv.Itoa(n)), Variant: ui.Secondary})
		}
	}
	if y.Meetings == 0 {
		page.Main = []leaf.Section{{ID: "ingen", Title: t.T("forum.turnout"), Empty: &ui.Empty{Title: t.T("forum.turnout.none"), Text: t.T("forum.turnout.none.text")}}}
		return leaf.Show(p.door, w, r, actor, page)
	}
	table := &ui.Table{Caption: t.T("forum.turnout.members"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("forum.field.org")}, {Label: t.T("forum.side")}, {Label: t.T("forum.met"), Number: true}}}
	for _, o := range y.Orgs {
		table.Rows = append(table.Rows, ui.Row{ID: string(o.Org), Cells: []ui.Cell{{Text: o.Name, Href: "/virksomheter/" + string(o.Org)}, {Text: sideName(t, o.Side)},
			{Text: t.T("forum.turnout.of", "met", o.Met, "places", o.Places, "percent", o.Percent())}}})
	}
	page.Main = []leaf.Section{{ID: "sider", Title: t.T("forum.turnout.sides"), Bars: turnoutBars(t, y), Points: lacks(t, y)}, {ID: "medlemmer", Title: t.T("forum.turnout.members"), Table: table}}
	return leaf.Show(p.door, w, r, actor, page)
}

// partGroups is the operative groups below the forum, with the next meeting of each.
func (p *pages) partGroups(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	s := leaf.Section{ID: "grupper", Title: t.T("forum.groups"), Text: t.T("forum.groups.text")}
	for _, b := range f.Below {
		card := ui.Card{Kicker: t.T(b.Kind.Label()), Title: b.Name, Href: "/organ/" + string(b.ID)}
		list, err := p.Meetings.List(ctx, actor, session.Filter{Body: b.ID, From: p.Clock.Today(), States: []session.State{session.Planned, session.Sent, session.Opened}})
		if err != nil {
			return err
		}
		if len(list) > 0 {
			card.Facts = []ui.Fact{{Label: t.T("forum.meeting.next"), Link: &ui.Link{Label: t.Day(list[0].Day, p.Clock.Today()), Href: "/moter/" + string(list[0].ID)}}}
		}
		s.Cards = append(s.Cards, card)
	}
	if len(s.Cards) > 0 {
		page.Side = append(page.Side, s)
	}
	return nil
}

// partDocuments is the mandate and agreement that hold today, with who has signed.
func (p *pages) partDocuments(ctx context.Context, t i18n.Printer, actor access.Actor, f found, page *leaf.Page) error {
	list, err := p.Forums.Documents(ctx, f.id)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "avtaler", Title: t.T("forum.documents")}
	for _, k := range forum.Kinds() {
		d, ok := forum.Current(list, k, p.Clock.Today())
		if !ok {
			continue
		}
		signed, err := p.Forums.SignaturesOf(ctx, actor, d)
		if err != nil {
			return err
		}
		c := documentCard(t, f, d)
		c.Points = []ui.Point{{Kind: sign(signed.Signed == len(signed.List)), Text: t.T("forum.signed.of", "n", signed.Signed, "of", len(signed.List))}}
		s.Cards = append(s.Cards, c)
	}
	if len(s.Cards) == 0 {
		s.Empty = &ui.Empty{Title: t.T("forum.documents.none"), Text: t.T("forum.documents.none.text")}
	}
	if f.keeps() {
		s.Actions = []ui.Action{{Label: t.T("forum.document.new"), Href: path(f.id, "/dokument/ny"), Variant: ui.Secondary}}
	}
	page.Side = append(page.Side, s)
	return nil
}

func documentCard(t i18n.Printer, f found, d forum.Document) ui.Card {
	return ui.Card{Kicker: t.T("forum.document.version", "kind", t.T(d.Kind.Label()), "nr", d.Nr), Title: d.Title, Href: path(f.id, "/dokument/"+string(d.ID)),
		Facts: []ui.Fact{{Label: t.T("forum.document.from"), Text: t.Date(d.ValidFrom)}, {Label: t.T("forum.document.by"), Text: d.AdoptedBy}}}
}
