package outreachweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach"
)

type showView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Action  string
	Add     *foundForm // to register the need afterwards; nil when there is one
	Actions ui.Actions
}

func (p *pages) showPage(r *http.Request, actor access.Actor, v outreach.Visit) (showView, error) {
	t := p.door.Printer(r)
	name, err := p.nameOf(r.Context(), v.Organisation)
	if err != nil {
		return showView{}, err
	}
	hub, err := p.nameOf(r.Context(), v.Hub)
	if err != nil {
		return showView{}, err
	}
	view := showView{Page: p.door.Frame(r, actor, name), Head: ui.Head{Kicker: t.T(v.Kind.Label()), Title: name, Tags: []ui.Tag{resultTag(t, v.Result)}}, Action: "/besok/" + string(v.ID),
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("outreach.day"), Text: t.Date(v.Day)}, {Label: t.T("outreach.municipality"), Text: p.place(v.Municipality)},
			{Label: t.T("outreach.minutes"), Text: t.T("outreach.minutes.n", "n", v.Minutes)}, {Label: t.T("outreach.hub"), Text: hub}}}}
	view.Crumbs = []ui.Link{{Label: t.T("outreach.title"), Href: "/besok"}}
	if !v.AgainOn.IsZero() {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("outreach.again_on"), Text: t.Date(v.AgainOn)})
	}
	if v.NeedID != "" {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("outreach.need"), Link: &ui.Link{Label: t.T("outreach.need.open"), Href: "/behov/" + v.NeedID}})
	} else if outreach.CanRecord(actor, v.Hub) == nil {
		found := newFound(t)
		found.Text.OptionalMark, found.Headcount.OptionalMark = "", ""
		view.Add = &found
		view.Actions.Items = []ui.Action{{Label: t.T("outreach.need.add"), Submit: true, Variant: ui.Primary}}
	}
	return view, nil
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	v, err := p.find(r, actor)
	if err != nil {
		return err
	}
	view, err := p.showPage(r, actor, v)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "outreach/show", view)
}

// needPost registers the need that the visit found, afterwards.
func (p *pages) needPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	v, err := p.find(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	found := readFound(in, p.door.Printer(r))
	if err = in.Err(); err == nil {
		err = p.Reach.AddNeed(r.Context(), actor, v.ID, found)
	}
	if !fault.Is(err, fault.Invalid) {
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, "/besok/"+string(v.ID)+"?ok=outreach.said.need")
	}
	view, viewErr := p.showPage(r, actor, v)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(view.Add, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "outreach/show", view)
}
