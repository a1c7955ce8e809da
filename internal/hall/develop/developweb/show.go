package developweb

import (
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
)

// OnNeed draws the answers to a need for its page, with the button of one who may answer.
func (p *Pages) OnNeed(r *http.Request, actor access.Actor, n need.ID) (leaf.Section, error) {
	return p.on(r, actor, develop.About{Need: n})
}

// OnPool is OnNeed for a pooled need.
func (p *Pages) OnPool(r *http.Request, actor access.Actor, n need.PoolID) (leaf.Section, error) {
	return p.on(r, actor, develop.About{Pool: n})
}

func (p *Pages) on(r *http.Request, actor access.Actor, about develop.About) (leaf.Section, error) {
	t := p.door.Printer(r)
	list, times, err := p.Develop.Answers(r.Context(), actor, about)
	if err != nil {
		return leaf.Section{}, err
	}
	out := leaf.Section{ID: "answers-given", Title: t.T("develop.answers")}
	if times.First >= 0 {
		out.Text = t.T("develop.times.first", "n", times.First)
	}
	if times.Offer >= 0 {
		out.Text += " " + t.T("develop.times.offer", "n", times.Offer)
	}
	for _, a := range list {
		c := card(t, a)
		if p.Onward != nil {
			if c.Actions, err = p.Onward(r, actor, a); err != nil {
				return out, err
			}
		}
		out.Cards = append(out.Cards, c)
	}
	if !actor.Has(access.RoleProviderUser) {
		return out, nil
	}
	turn, err := p.Develop.Begin(r.Context(), actor, about)
	switch {
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Conflict):
		return out, nil
	case err != nil:
		return out, err
	}
	label := t.T("develop.do")
	if len(turn.Before) > 0 {
		label = t.T("develop.do.again")
	}
	out.Actions = []ui.Action{{Label: label, Context: turn.Number, Href: about.Path() + "/svar", Variant: ui.Primary}}
	return out, nil
}

// card shows an answer as far as its reader may know it.
func card(t i18n.Printer, a develop.Answer) ui.Card {
	return ui.Card{Kicker: a.ProviderName, Title: t.T(a.Kind.Label()), Text: a.Words, Tags: kindTags(t, a),
		Facts: append(facts(t, a), ui.Fact{Label: t.T("develop.fact.answered"), Text: t.Moment(a.AnsweredAt)})}
}

func facts(t i18n.Printer, a develop.Answer) []ui.Fact {
	var out []ui.Fact
	add := func(label i18n.Key, value string) {
		if value != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: value})
		}
	}
	if a.Programme != "" {
		out = append(out, ui.Fact{Label: t.T("develop.fact.programme"), Link: &ui.Link{Label: t.T("develop.fact.see"), Href: "/tilbud/" + string(a.Programme)}})
	}
	if a.Card != "" {
		out = append(out, ui.Fact{Label: t.T("develop.fact.card"), Link: &ui.Link{Label: t.T("develop.fact.see.card"), Href: "/verktoykasse/" + string(a.Card)}})
	}
	add("develop.fact.unit", a.Unit)
	if a.Seats > 0 {
		add("develop.fact.seats", t.Number(a.Seats))
	}
	if a.Arrange != "" {
		out = append(out, ui.Fact{Label: t.T("develop.fact.arrange"), Lines: strings.Split(a.Arrange, "\n")})
	}
	if !a.Earliest.IsZero() {
		add("develop.fact.earliest", t.Date(a.Earliest))
	}
	if !a.Deadline.IsZero() {
		if a.Kind == develop.Place {
			add("develop.fact.arranged_by", t.Date(a.Deadline))
		} else {
			add("develop.fact.hear", t.Date(a.Deadline))
		}
	}
	if a.Cost > 0 {
		add("develop.fact.cost", t.Money(a.Cost))
	}
	if a.Hours > 0 {
		add("develop.fact.hours", t.Number(a.Hours))
	}
	add("develop.fact.equipment", a.Equipment)
	if a.Whole && a.Kind.Estimated() && a.Cost == 0 && a.Hours == 0 && a.Equipment == "" {
		add("develop.fact.estimate", t.T("develop.fact.estimate.unknown"))
	}
	return out
}
