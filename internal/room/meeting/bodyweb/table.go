package bodyweb

import (
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

// sign is how a seat is drawn by what the rules say of its kind.
func sign(rules rule.Set, k meeting.SeatKind) ui.SeatSign {
	seat, ok := rules.Seat(k)
	switch {
	case ok && seat.Vote && meeting.CountsVotes(rules):
		return ui.SignVote
	case ok && seat.Speak:
		return ui.SignSpeak
	}
	return ui.SignAttend
}

// round draws the body around its table; where there are too many for a place
// each, those of a side share one. It is nil when nobody sits there.
func round(t i18n.Printer, d meeting.Details, rules rule.Set, day clock.Date) *ui.Round {
	members := d.PartiesOn(day)
	if len(members) < 2 {
		return nil
	}
	out := &ui.Round{ID: "bord", Title: t.T("body.round.title", "name", d.Name)}
	signs := map[ui.SeatSign]bool{}
	var names []string
	for _, m := range members {
		place := ui.RoundPlace{Label: shortName(m.Name), Note: tasksOf(t, d, m, day)}
		for _, s := range m.Seats {
			place.Seats = append(place.Seats, sign(rules, s.Kind))
			signs[sign(rules, s.Kind)] = true
		}
		names, out.Places = append(names, place.Label), append(out.Places, place)
	}
	if len(out.Places) > ui.RoundMost {
		out.Places = bySide(t, members, rules)
	}
	seats, votes := d.Tally(day)
	out.Centre = t.T("body.seats.n", "n", seats)
	if meeting.CountsVotes(rules) {
		out.Centre, out.Below = t.T("body.votes.n", "n", votes), out.Centre
	}
	out.Desc = t.T("body.round.desc", "names", t.Join(names), "seats", t.T("body.seats.n", "n", seats))
	for _, l := range []struct {
		sign  ui.SeatSign
		label i18n.Key
	}{{ui.SignVote, "body.sign.vote"}, {ui.SignSpeak, "body.sign.speak"}, {ui.SignAttend, "body.sign.attend"}} {
		if signs[l.sign] {
			out.Legend = append(out.Legend, ui.RoundSeat{Sign: l.sign, Label: t.T(l.label)})
		}
	}
	return out
}

func bySide(t i18n.Printer, members []meeting.Party, rules rule.Set) []ui.RoundPlace {
	var out []ui.RoundPlace
	for _, side := range append(meeting.Sides(), meeting.NoSide) {
		place := ui.RoundPlace{Label: t.T("body.side.others")}
		if side != meeting.NoSide {
			place.Label = t.T(side.Label())
		}
		for _, m := range members {
			if m.Side == side {
				for _, s := range m.Seats {
					place.Seats = append(place.Seats, sign(rules, s.Kind))
				}
			}
		}
		if len(place.Seats) > 0 {
			out = append(out, place)
		}
	}
	return out
}

// tasksOf is "Leder" or "Nestleder" for the member whose seat leads.
func tasksOf(t i18n.Printer, d meeting.Details, m meeting.Party, day clock.Date) string {
	for _, task := range meeting.Tasks() {
		leads, _, ok := d.LeaderOn(task, day)
		if ok && slices.ContainsFunc(m.Seats, func(s meeting.Seat) bool { return s.ID == leads.ID }) {
			return t.T(task.Label())
		}
	}
	return ""
}

// sides are the members as cards, by what they come with where that is said.
func (p *pages) sides(t i18n.Printer, d meeting.Details, rules rule.Set, day clock.Date) []side {
	members := d.PartiesOn(day)
	var out []side
	for _, s := range append(meeting.Sides(), meeting.NoSide) {
		group := side{ID: "side-" + string(s)}
		if s != meeting.NoSide {
			group.Title = t.T(s.Label())
		} else if len(out) > 0 {
			group.Title = t.T("body.side.others")
		}
		for _, m := range members {
			if m.Side == s {
				group.Cards = append(group.Cards, memberCard(t, d, m, rules, day))
			}
		}
		if len(group.Cards) > 0 {
			out = append(out, group)
		}
	}
	return out
}

func memberCard(t i18n.Printer, d meeting.Details, m meeting.Party, rules rule.Set, day clock.Date) ui.Card {
	card := ui.Card{Title: m.Name, Href: "/virksomheter/" + string(m.Org)}
	if task := tasksOf(t, d, m, day); task != "" {
		card.Tags = []ui.Tag{{Text: task, Color: ui.Accent}}
	}
	for _, s := range m.Seats {
		fact := ui.Fact{Label: t.T(meeting.SeatLabel(s.Kind)), Lines: []string{mayDo(t, rules, s.Kind)}}
		if h, ok := s.MemberOn(day); ok {
			fact.Label = h.Title
		} else {
			fact.Lines = append(fact.Lines, t.T("body.vacant"))
		}
		var deputies []string
		for _, h := range s.DeputiesOn(day) {
			deputies = append(deputies, h.Title)
		}
		if len(deputies) > 0 {
			fact.Lines = append(fact.Lines, t.T("body.deputies", "titles", t.Join(deputies)))
		}
		card.Facts = append(card.Facts, fact)
	}
	return card
}

// mayDo says what a seat of the kind may do in a meeting.
func mayDo(t i18n.Printer, rules rule.Set, k meeting.SeatKind) string {
	switch sign(rules, k) {
	case ui.SignVote:
		return t.T("body.may.vote")
	case ui.SignSpeak:
		return t.T("body.may.speak")
	}
	return t.T("body.may.attend")
}
