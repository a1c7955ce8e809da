package admissionweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
)

// onPage is how many applications a page of a list shows.
const onPage = 24

// list is the reader's own applications, those made for people of her organisations, and
// for a provider those that it answers.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	after := r.URL.Query().Get("after")
	provides := actor.Has(access.RoleProviderUser)
	page := leaf.Page{Head: ui.Head{Title: t.T("admission.title"), Lead: t.T("admission.lead")}}
	if provides && after == "" {
		unanswered, err := p.Admission.List(r.Context(), actor, admission.Filter{Given: true, States: []flow.State{admission.Applied}, OldestFirst: true}, "", onPage)
		if err != nil {
			return err
		}
		waiting := p.listed(t, "ubesvart", "admission.to_answer", unanswered.Items, true, "admission.to_answer.none")
		if unanswered.Next != "" {
			waiting.Text = t.T("admission.to_answer.more", "n", onPage)
		}
		page.Main = append(page.Main, waiting)
	}
	mine, err := p.Admission.List(r.Context(), actor, admission.Filter{}, after, onPage)
	if err != nil {
		return err
	}
	own := p.listed(t, "dine", "admission.mine", mine.Items, false, "admission.mine.none")
	if len(mine.Items) == 0 {
		own.Empty.Text, own.Empty.Actions = t.T("admission.mine.none.text"), []ui.Action{{Label: t.T("admission.find"), Href: "/tilbud", Variant: ui.Secondary}}
	}
	if mine.Next != "" {
		own.Actions = []ui.Action{{Label: t.T("admission.more"), Href: "/soknader?" + url.Values{"after": {mine.Next}}.Encode(), Variant: ui.Secondary}}
	}
	if len(mine.Items) > 0 || !provides {
		page.Main = append(page.Main, own)
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// listed is a section of applications; withName tells whose they are.
func (p *Pages) listed(t i18n.Printer, id string, title i18n.Key, list []admission.Application, withName bool, none i18n.Key) leaf.Section {
	out := leaf.Section{ID: id, Title: t.T(title), Cards: p.cards(t, list, withName)}
	if len(list) == 0 {
		out.Empty = &ui.Empty{Title: t.T(none)}
	}
	return out
}

func (p *Pages) cards(t i18n.Printer, list []admission.Application, withName bool) []ui.Card {
	var out []ui.Card
	today := p.Clock.Today()
	for _, a := range list {
		c := ui.Card{Kicker: a.Number, Title: a.Title, Href: path(a.ID, ""), Tags: []ui.Tag{stateTag(t, a.State)}}
		if withName || a.Applicant == "" {
			c.Title = whoseName(t, a)
			c.Kicker = t.T("admission.number", "number", a.Number) + " · " + a.Title
		}
		if a.IsLate(today) {
			c.Tags = append(c.Tags, ui.Tag{Text: t.T("admission.late"), Color: ui.Danger})
		}
		c.Facts = dates(t, a)
		out = append(out, c)
	}
	return out
}

// whoseName is who the application is for, as the reader may know it.
func whoseName(t i18n.Printer, a admission.Application) string {
	if a.Person.Name == "" {
		return t.T("admission.nameless")
	}
	return a.Person.Name
}

// dates are the days of an application that matter where it stands.
func dates(t i18n.Printer, a admission.Application) []ui.Fact {
	out := []ui.Fact{{Label: t.T("admission.field.applied"), Text: t.Date(a.AppliedAt.Date())}}
	switch {
	case a.State == admission.Applied:
		out = append(out, ui.Fact{Label: t.T("admission.field.answer_due"), Text: t.Date(a.AnswerDue)})
	case a.State == admission.Offered:
		out = append(out, ui.Fact{Label: t.T("admission.field.take_by"), Text: t.Date(a.Ball.Due)})
	case !a.StartedOn.IsZero():
		out = append(out, ui.Fact{Label: t.T("admission.field.started"), Text: t.Date(a.StartedOn)})
	case a.State == admission.Admitted:
		out = append(out, ui.Fact{Label: t.T("admission.field.starts"), Text: t.Date(a.Starts)})
	}
	return out
}

// given is the list of who has applied for an offering, for its provider.
func (p *Pages) given(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	i, err := p.offering(r, actor)
	if err != nil {
		return err
	}
	st, err := p.Admission.Stands(r.Context(), actor, string(i.Offering.ID))
	if err == nil && !st.Provides {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	after := r.URL.Query().Get("after")
	list, err := p.Admission.List(r.Context(), actor, admission.Filter{Offering: st.Offering, Given: true}, after, onPage)
	if err != nil {
		return err
	}
	title := p.speaker(r).Text(i.Programme.Title)
	here := offeringPath(st.Programme, st.Offering, "/soknader")
	page := leaf.Page{Head: ui.Head{Kicker: title, Title: t.T("admission.given"), Lead: t.T("admission.given.lead")},
		Crumbs: []ui.Link{{Label: t.T("admission.programmes"), Href: "/tilbud"}, {Label: title, Href: "/tilbud/" + st.Programme}}}
	if st.Refusal == nil {
		page.Head.Actions = []ui.Action{{Label: t.T("admission.write_down"), Href: offeringPath(st.Programme, st.Offering, "/sok"), Variant: ui.Secondary}}
	}
	all := p.listed(t, "soknader", "admission.given.all", list.Items, true, "admission.given.none")
	if list.Next != "" {
		all.Actions = []ui.Action{{Label: t.T("admission.more"), Href: here + "?" + url.Values{"after": {list.Next}}.Encode(), Variant: ui.Secondary}}
	}
	page.Main = []leaf.Section{all}
	page.Side = []leaf.Section{{ID: "plasser", Title: t.T("admission.places"), Facts: places(t, st)}}
	return leaf.Show(p.door, w, r, actor, page)
}

// places are how many places there are, and who has them.
func places(t i18n.Printer, st admission.Standing) *ui.Facts {
	out := []ui.Fact{{Label: t.T("admission.places.all"), Text: t.T("admission.places.unlimited")}}
	if st.Limited {
		out[0].Text = strconv.Itoa(st.Places)
		out = append(out, ui.Fact{Label: t.T("admission.places.free"), Text: strconv.Itoa(st.Free())})
	}
	out = append(out, ui.Fact{Label: t.T("admission.places.enrolled"), Text: strconv.Itoa(st.Taken.Enrolled)}, ui.Fact{Label: t.T("admission.places.pending"), Text: strconv.Itoa(st.Taken.Pending)},
		ui.Fact{Label: t.T("admission.places.queued"), Text: strconv.Itoa(st.Taken.Queued)})
	if st.Typed > 0 {
		out = append(out, ui.Fact{Label: t.T("admission.places.typed"), Text: strconv.Itoa(st.Typed)})
	}
	return &ui.Facts{Items: out}
}
