package matchweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
)

// Section is the part of a saved need's page that tells what the need was
// understood as and what answers it. An empty Title draws nothing.
type Section struct {
	Title, Lead string
	Chips       ui.Chips
	Add         *AddForm
	Notices     []ui.Notice
	Groups      []Group
	Actions     []ui.Action
}

// AddForm is a form of one field that posts to Action.
type AddForm struct {
	Action string
	Hidden []ui.Hidden
	Field  form.Field
	Button ui.Action
}

// Answers draws the section for a reader who may see the need. Those who may
// change the need may change its concepts; those who work with it may judge
// the answers.
func (p *Pages) Answers(ctx context.Context, r *http.Request, actor access.Actor, n need.ID) (Section, error) {
	detail, answer, err := p.Match.FindFor(ctx, actor, n, 0)
	if err != nil {
		return Section{}, err
	}
	t := p.door.Printer(r)
	s := Section{Title: t.T("match.need.title"), Chips: p.needChips(t, detail, answer)}
	if detail.CanEdit {
		s.Lead = t.T("match.understood.lead")
		s.Add = &AddForm{Action: needPath(n) + "/begrep", Hidden: []ui.Hidden{{Name: "version", Value: versionText(detail.Version)}},
			Field: addField(t, p.linked(t, detail.Text, answer.Concepts, 2*maxSuggestions)), Button: addButton(t)}
	}
	s.Notices = needNotices(t, answer)
	c := cards{p: p, t: t, query: match.QueryOf(detail.Need)}
	if match.CanJudge(actor, detail) {
		c.judged = c.verdicts(n)
	}
	if !answer.IsEmpty() {
		s.Groups = c.groups(answer, func(o match.Offer) []ui.Action { return c.ask(actor, detail, o) })
	}
	if c.judged == nil {
		return s, nil
	}
	rejected, err := p.Match.Rejected(ctx, actor, n)
	if err != nil {
		return Section{}, err
	}
	if len(rejected) > 0 {
		s.Groups = append(s.Groups, c.rejected(n, rejected))
	}
	return s, nil
}

func versionText(v int64) string { return strconv.FormatInt(v, 10) }

func needNotices(t i18n.Printer, answer match.Answer) []ui.Notice {
	out := partial(t, answer)
	if answer.Settle {
		out = append(out, ui.Notice{Title: t.T("match.settle.title"), Text: t.T("match.settle.text")})
	}
	if answer.Similar > 0 || len(answer.Pools) > 0 {
		notice := ui.Notice{Color: ui.Success}
		if answer.Similar > 0 {
			notice.Title = t.T("match.similar", "n", answer.Similar)
		}
		if len(answer.Pools) > 0 {
			notice.Text = t.T("match.pool.join", "n", len(answer.Pools))
		}
		for _, pool := range answer.Pools {
			notice.Links = append(notice.Links, ui.Link{Label: pool.Number + " " + pool.Title, Href: "/felles/" + string(pool.ID)})
		}
		out = append(out, notice)
	}
	switch {
	case answer.Partial: // too early to say that nothing answers
	case answer.IsEmpty() && len(answer.Concepts) == 0:
		out = append(out, ui.Notice{Text: t.T("match.need.unclear")})
	case answer.IsEmpty():
		out = append(out, ui.Notice{Title: t.T("match.none.title"), Text: t.T("match.need.none")})
	}
	return out
}

// needChips are the concepts; those who may change the need take them away by
// pressing.
func (p *Pages) needChips(t i18n.Printer, d need.Detail, answer match.Answer) ui.Chips {
	chips := ui.Chips{Label: t.T("match.understood")}
	version := []ui.Hidden{{Name: "version", Value: versionText(d.Version)}}
	for _, c := range answer.Concepts {
		chip := ui.Chip{Label: chipLabel(t, c)}
		if d.CanEdit {
			chip.Post, chip.Href, chip.Name, chip.Value = true, needPath(d.ID)+"/begrep", paramRemove, c.Ref().String()
			chip.Remove, chip.Hidden = t.T("match.remove"), version
		}
		chips.Items = append(chips.Items, chip)
	}
	for _, stored := range d.Concepts {
		c, known := p.Match.Vocab.Now().Concept(vocab.Scheme(stored.Scheme), stored.Code)
		if stored.Chosen == need.Removed && known && d.CanEdit {
			chips.Items = append(chips.Items, ui.Chip{Label: t.T("match.restore", "concept", newConcept(t, c).label), Post: true, Href: needPath(d.ID) + "/begrep",
				Name: paramAdd, Value: stored.Ref(), Hidden: version})
		}
	}
	return chips
}

// conceptView asks again for a concept that was not understood.
type conceptView struct {
	web.Page
	Head   ui.Head
	Maybe  ui.Chips
	Action string
	Hidden []ui.Hidden
	Form   conceptForm
	Submit ui.Actions
}

type conceptForm struct{ Add form.Field }

// conceptPost adds a concept to a saved need or takes one away.
func (p *Pages) conceptPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	n, err := needID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	detail, err := p.Match.Needs.Get(r.Context(), actor, n)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	version := int64(in.Int("version"))
	typed, chosen := in.Text(paramRemove), need.Removed
	if typed == "" {
		typed, chosen = in.Text(paramAdd), need.Added
	}
	if typed == "" {
		return p.conceptAgain(w, r, actor, detail, nil, fault.InvalidField(paramAdd, "form.error.required"))
	}
	ref, maybe := p.resolve(p.door.Printer(r), typed)
	if ref == (match.Ref{}) {
		return p.conceptAgain(w, r, actor, detail, maybe, fault.InvalidField(paramAdd, "match.error.concept", "name", typed))
	}
	if err := in.Err(); err != nil {
		return err
	}
	if err := p.Match.Needs.SetConcepts(r.Context(), actor, n, version, p.changed(detail.Concepts, ref, chosen)); err != nil {
		return p.conceptAgain(w, r, actor, detail, nil, err)
	}
	return web.SeeOther(w, r, needPath(n)+"?ok=match.said.concepts#answers")
}

// changed is the list with the concept chosen so. A concept that is taken away
// stays in it, so that it is not understood again.
func (p *Pages) changed(list []need.Concept, ref match.Ref, chosen need.Chosen) []need.Concept {
	out := slices.DeleteFunc(slices.Clone(list), func(c need.Concept) bool { return c.Ref() == ref.String() })
	c := need.Concept{Scheme: string(ref.Scheme), Code: ref.Code, Chosen: chosen}
	if known, ok := p.Match.Vocab.Now().Concept(ref.Scheme, ref.Code); ok && len(known.Styrk08) > 0 {
		c.Styrk08 = known.Styrk08[0]
	}
	return append(out, c)
}

func (p *Pages) conceptAgain(w http.ResponseWriter, r *http.Request, actor access.Actor, d need.Detail, maybe []concept, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	t := p.door.Printer(r)
	view := conceptView{Page: p.door.Frame(r, actor, t.T("match.add.title")), Action: needPath(d.ID) + "/begrep",
		Head: ui.Head{Kicker: d.Number, Title: t.T("match.add.title"), Lead: t.T("match.add.lead")}, Form: conceptForm{Add: addField(t, maybe)},
		Hidden: []ui.Hidden{{Name: "version", Value: versionText(d.Version)}}, Maybe: ui.Chips{Label: t.T("match.maybe")},
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("match.add.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("match.back.need"), Href: needPath(d.ID) + "#answers", Variant: ui.Tertiary}}}}
	view.Crumbs = needCrumbs(t, d)
	for _, c := range maybe {
		view.Maybe.Items = append(view.Maybe.Items, ui.Chip{Label: c.named, Post: true, Href: view.Action, Name: paramAdd, Value: c.ref.String(), Hidden: view.Hidden})
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, t))
	return p.door.Views.Render(w, gate.Status(err), "match/concept", view)
}

func needCrumbs(t i18n.Printer, d need.Detail) []ui.Link {
	return []ui.Link{{Label: t.T("match.needs"), Href: "/behov"}, {Label: d.Title, Href: needPath(d.ID)}}
}

// askable are the states in which a provider can be asked.
func askable(s flow.State) bool {
	return slices.Contains([]flow.State{need.Mapped, need.Presented, need.Discussed, need.InFollowUp}, s)
}

// mayAsk reports whether the page should offer to ask a provider; the room
// decides again when it is done.
func mayAsk(actor access.Actor, d need.Detail) bool {
	return askable(d.State) && (d.CanEdit || actor.HasIn(d.Municipality, access.RoleSecretary, access.RoleCaseOfficer))
}

// ask is the one thing to do about an offer that does not fit as it stands.
func (c cards) ask(actor access.Actor, d need.Detail, o match.Offer) []ui.Action {
	if !mayAsk(actor, d) {
		return nil
	}
	return []ui.Action{{Label: c.t.T("match.ask"), Href: needPath(d.ID) + "/tilpasning?programme=" + string(o.Programme.ID), Variant: ui.Secondary,
		Context: c.t.T("match.ask.context", "title", c.p.speaker(c.t).Text(o.Programme.Title))}}
}
