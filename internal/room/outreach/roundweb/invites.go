package roundweb

import (
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/outreach/round"
)

// What the page of a round asks its address for: a part of a name, a standing, and
// the invitation that the page before ended with.
const (
	askName     = "q"
	askStanding = "hvor-langt"
	askAfter    = "etter"
)

// invites puts a page of the invitations that are asked for in the view.
func (p *pages) invites(t i18n.Printer, q url.Values, x round.Whole, view *showView) {
	name, standing := text.Fold(q.Get(askName)), round.Standing(q.Get(askStanding))
	if !slices.Contains(round.Standings(), standing) {
		standing = ""
	}
	var list []round.Invite
	for _, i := range x.Invites {
		if (standing == "" || p.standingOf(x, i) == standing) && strings.Contains(text.Fold(i.Name), name) {
			list = append(list, i)
		}
	}
	found := len(list)
	if at := slices.IndexFunc(list, func(i round.Invite) bool { return string(i.ID) == q.Get(askAfter) }); at >= 0 {
		list = list[at+1:]
	}
	rest := len(list)
	list = list[:min(rest, ui.PageSize)]
	view.Invites = p.inviteTable(t, x, list)
	if len(x.Invites) > ui.PageSize {
		view.Filter = p.inviteFilter(t, x, q.Get(askName), standing, found)
		if found == 0 {
			view.Invites.Empty = ui.Empty{Title: t.T("round.invites.none"), Text: t.T("round.invites.none.text")}
		}
	}
	if found <= ui.PageSize {
		return
	}
	here := url.Values{askName: {q.Get(askName)}, askStanding: {string(standing)}}
	view.Pager = &ui.Pager{Label: t.T("round.pages"), Summary: t.T("round.pages.summary", "from", found-rest+1, "to", found-rest+len(list), "n", found)}
	if rest < found {
		view.Pager.First = &ui.Link{Label: t.T("round.first.page"), Href: path(x.ID) + "?" + here.Encode() + "#invites"}
	}
	if rest > len(list) {
		here.Set(askAfter, string(list[len(list)-1].ID))
		view.Pager.Next = &ui.Link{Label: t.T("round.more"), Href: path(x.ID) + "?" + here.Encode() + "#invites"}
	}
}

func (p *pages) inviteFilter(t i18n.Printer, x round.Whole, name string, chosen round.Standing, found int) *ui.Filter {
	options := []form.Option{{Label: t.T("round.standing.any"), Selected: chosen == ""}}
	for _, s := range round.Standings() {
		if s == round.Waiting && !x.Runs {
			continue
		}
		options = append(options, form.Option{Value: string(s), Label: standingLabel(t, s), Selected: s == chosen})
	}
	f := &ui.Filter{Action: path(x.ID), Title: t.T("round.filter"), Submit: t.T("round.filter.do"), Hits: t.T("round.filter.hits", "n", found), Open: chosen != "",
		Search: form.Field{Name: askName, Kind: form.Text, Label: t.T("round.filter.name"), Value: name},
		Fields: []form.Field{{Name: askStanding, Kind: form.Select, Label: t.T("round.standing"), Options: options}}}
	if name != "" || chosen != "" {
		f.Clear = &ui.Link{Label: t.T("round.filter.clear"), Href: path(x.ID)}
	}
	return f
}

func standingLabel(t i18n.Printer, s round.Standing) string {
	switch s {
	case round.HasAnswered:
		return t.T("round.standing.answered")
	case round.Stopped:
		return t.T("round.standing.stopped")
	case round.HasBegun:
		return t.T("round.standing.begun")
	case round.HasJoined:
		return t.T("round.standing.joined")
	case round.Mailed:
		return t.T("round.standing.mailed")
	case round.HandedOver:
		return t.T("round.standing.handed")
	case round.Waiting:
		return t.T("round.standing.waiting")
	}
	return t.T("round.standing.later")
}

// standingOf is how far the organisation has come, as the reader sees it: whom a link
// is to be handed is for those who run the round.
func (p *pages) standingOf(x round.Whole, i round.Invite) round.Standing {
	s := x.StandingOf(i, p.Clock.Today())
	if s == round.Waiting && !x.Runs {
		return round.Planned
	}
	return s
}

// standing says how far the organisation has come.
func (p *pages) standing(t i18n.Printer, x round.Whole, i round.Invite) ui.Cell {
	s := p.standingOf(x, i)
	colors := map[round.Standing]ui.Color{round.HasAnswered: ui.Success, round.Stopped: ui.Danger, round.HasBegun: ui.Info, round.Waiting: ui.Warning}
	c := ui.Cell{Tags: []ui.Tag{{Text: standingLabel(t, s), Color: colors[s]}}}
	switch s {
	case round.HasAnswered:
		c.Sub = t.T("round.standing.via", "how", t.T(i.Via.Label()), "day", i.AnsweredAt.Date())
		if i.Needs > 0 {
			c.Tags = append(c.Tags, ui.Tag{Text: t.T("round.standing.needs", "n", i.Needs), Color: ui.Accent})
		}
	case round.Mailed, round.HandedOver:
		c.Sub = t.Date(i.SentAt.Date())
	case round.Planned:
		c.Tags[0].Text = t.T("round.standing.planned", "nr", i.Wave)
	}
	return c
}
