package bodyweb

import (
	"context"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/rule"
)

type showView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Round   *ui.Round // the body around its table; nil when nobody sits there
	Sides   []side
	NoSeats ui.Empty
	Facts   ui.Facts
	// Rules are the most important rules in words, Source the document they are from.
	Rules    []ui.Point
	Source   string
	ToRules  []ui.Action
	Findings []ui.Point
	Mend     []ui.Action
	Below    []ui.Card
	// Meetings are the next one and the latest minutes, ToMeetings the ways to the rest.
	Meetings   []ui.Card
	ToMeetings []ui.Action
	// Cases are the newest that the reader may know of, ToCases the way to all.
	Cases   []ui.Card
	ToCases []ui.Action
	// Also are ways into what other rooms have of the body.
	Also  []ui.Card
	Files ui.FileList
}

// side is those members who come with the same; without a title, all of them.
type side struct {
	ID, Title string
	Cards     []ui.Card
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	rules, ruled := d.RulesOn(today)
	view := showView{
		Page:    p.door.Frame(r, actor, d.Name),
		Head:    ui.Head{Kicker: t.T(d.Kind.Label()), Title: d.Name, Lead: d.About},
		Round:   round(t, d, rules.Rules, today),
		Sides:   p.sides(t, d, rules.Rules, today),
		NoSeats: ui.Empty{Title: t.T("body.no_seats.title"), Text: t.T("body.no_seats.text")},
		Facts:   ui.Facts{Items: p.facts(t, d)},
	}
	view.Crumbs = []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}}
	if !d.ExistsOn(today) {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: t.T("body.ended.text", "date", d.To)})
	}
	if ruled {
		view.Head.Tags = []ui.Tag{electedTag(t, rules.Rules)}
		view.Rules, view.Source = short(t, rules.Rules), t.T("body.rules.from", "title", rules.Title, "date", rules.ValidFrom)
		view.ToRules = []ui.Action{{Label: t.T("body.rules.all"), Href: path(d.ID, "/regler"), Variant: ui.Secondary}}
	}
	view.Head.Actions = []ui.Action{{Label: t.T("body.meetings"), Context: d.Name, Href: "/moter?body=" + string(d.ID), Variant: ui.Secondary}}
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Name, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: meeting.ObjectName, Ref: string(d.ID)}.Path()})
	}
	may, err := p.Bodies.MayChange(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	if may {
		view.Findings = findings(t, d.Findings(today))
		view.Mend = []ui.Action{{Label: t.T("body.mend.seats"), Href: path(d.ID, "/seter"), Variant: ui.Primary},
			{Label: t.T("body.mend.body"), Href: path(d.ID, "/rediger"), Variant: ui.Secondary}}
	}
	if err := p.below(r.Context(), t, d, &view); err != nil {
		return err
	}
	if err := p.meetings(r.Context(), t, d, &view); err != nil {
		return err
	}
	if err := p.cases(r.Context(), t, actor, d, &view); err != nil {
		return err
	}
	if p.Also != nil {
		view.Also = p.Also(t, d)
	}
	if view.Files, err = attachview.Section(r.Context(), p.Attach, t, actor, object.Ref{Kind: meeting.ObjectName, ID: string(d.ID)}); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/show", view)
}

func electedTag(t i18n.Printer, rules rule.Set) ui.Tag {
	if rules.Elected {
		return ui.Tag{Text: t.T("body.elected"), Color: ui.Info}
	}
	return ui.Tag{Text: t.T("body.not_elected"), Color: ui.Neutral}
}

// facts are what the body is part of, who prepares its meetings and who leads it.
func (p *pages) facts(t i18n.Printer, d meeting.Details) []ui.Fact {
	today := p.Clock.Today()
	var out []ui.Fact
	for _, task := range meeting.Tasks() {
		if seat, term, ok := d.LeaderOn(task, today); ok {
			who := seat.OrgName
			if h, held := seat.MemberOn(today); held {
				who = t.T("body.leader.who", "title", h.Title, "org", seat.OrgName)
			}
			out = append(out, ui.Fact{Label: t.T(task.Label()), Lines: []string{who, t.T("body.leader.until", "date", term.To)}})
		}
	}
	if seats, votes := d.Tally(today); seats > 0 {
		text := t.T("body.seats.n", "n", seats)
		if rules, ok := d.RulesOn(today); ok && meeting.CountsVotes(rules.Rules) {
			text = t.Join([]string{text, t.T("body.votes.n", "n", votes)})
		}
		out = append(out, ui.Fact{Label: t.T("body.seats"), Text: text})
	}
	out = append(out, ui.Fact{Label: t.T("body.secretariat"), Link: &ui.Link{Label: d.SecretariatName, Href: "/virksomheter/" + string(d.Secretariat)}})
	if d.Host != d.Secretariat {
		out = append(out, ui.Fact{Label: t.T("body.host"), Link: &ui.Link{Label: d.HostName, Href: "/virksomheter/" + string(d.Host)}})
	}
	if d.Above.ID != "" {
		out = append(out, ui.Fact{Label: t.T("body.parent"), Link: &ui.Link{Label: d.Above.Name, Href: path(d.Above.ID, "")}})
	}
	if region, err := p.Places.Region(d.Region); err == nil {
		out = append(out, ui.Fact{Label: t.T("body.region"), Text: region.Name})
	}
	return append(out, ui.Fact{Label: t.T("body.from"), Text: t.Date(d.From)})
}

// inShort are the topics of the rules that the body's page says; the page of the
// rules says all.
var inShort = map[string]bool{"kind": true, "quorum": true, "consensus": true, "otherwise": true, "reservation": true, "distant": true}

func short(t i18n.Printer, rules rule.Set) []ui.Point {
	var out []ui.Point
	for _, w := range rules.Words() {
		if inShort[w.Topic] {
			out = append(out, ui.Point{Text: w.Line.In(t)})
		}
	}
	return out
}

// casesShown is how many cases the body's page shows.
const casesShown = 4

// cases are the body's newest, each as much as the reader may know of it.
func (p *pages) cases(ctx context.Context, t i18n.Printer, actor access.Actor, d meeting.Details, view *showView) error {
	list, err := p.Cases.List(ctx, actor, casework.Filter{Body: d.ID})
	if err != nil || len(list) == 0 {
		return err
	}
	for _, c := range list[:min(len(list), casesShown)] {
		card := ui.Card{Kicker: c.Number.String() + " · " + t.T(c.Kind.Label()), Title: c.Title, Href: "/saker/" + string(c.ID), Tags: []ui.Tag{{Text: t.T(casework.StateLabel(c.State)), Color: ui.Neutral}}}
		if c.Closed {
			card.Tags = append(card.Tags, ui.Tag{Text: t.T("case.closed"), Color: ui.Warning})
		}
		view.Cases = append(view.Cases, card)
	}
	view.ToCases = []ui.Action{{Label: t.T("body.cases.every", "n", len(list)), Href: "/saker?body=" + string(d.ID), Variant: ui.Secondary}}
	return nil
}

func (p *pages) below(ctx context.Context, t i18n.Printer, d meeting.Details, view *showView) error {
	if len(d.Below) == 0 {
		return nil
	}
	all, err := p.Bodies.Overviews(ctx, meeting.Filter{Parent: d.ID})
	if err != nil {
		return err
	}
	for _, o := range all {
		card := p.card(t, o)
		card.Text = ""
		view.Below = append(view.Below, card)
	}
	return nil
}

// shortName is what an organisation is called around the table.
func shortName(name string) string { return strings.TrimSuffix(name, " kommune") }
