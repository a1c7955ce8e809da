package supplyweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/supplyweb/formweb"
)

type offeringView struct {
	web.Page
	Head     ui.Head
	Theirs   *ui.Table // what somebody else saved first
	Fields   []form.Field
	Sections []formweb.Section
	Version  int64
	Actions  ui.Actions
}

func (p *pages) newOffering(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.own(r, actor)
	if err != nil {
		return err
	}
	blank := offer.Offering{StartType: offer.Rolling, Channel: offer.Here}
	return p.door.Views.Render(w, http.StatusOK, "supply/offering", p.offeringPage(r, actor, d, blank, formweb.SpareRows))
}

func (p *pages) newOfferingPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.own(r, actor)
	if err != nil {
		return err
	}
	in, err := p.offerings().Read(r.PostForm, offer.Offering{})
	if r.PostForm.Get("rows") != "" {
		return p.moreRows(w, r, actor, d, offer.Offering{}, in)
	}
	var made offer.Offering
	if err == nil {
		made, err = p.Supply.CreateOffering(r.Context(), actor, d.ID, in)
	}
	if err != nil {
		return p.refuseOffering(w, r, actor, d, offer.Offering{}, in, err)
	}
	return p.afterOffering(w, r, actor, made, "supply.said.offering_created")
}

// afterOffering publishes when the button said so, and leads to the offering.
func (p *pages) afterOffering(w http.ResponseWriter, r *http.Request, actor access.Actor, o offer.Offering, said string) error {
	if r.PostForm.Get("then") == "publish" && o.State != offer.Active {
		if err := p.Supply.Publish(r.Context(), actor, o.ID, o.Version); err != nil {
			return err
		}
		said = "supply.said.published"
	}
	return web.SeeOther(w, r, programmePath(o.Programme)+"?ok="+said+"#"+anchor(o.ID))
}

func (p *pages) editOffering(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/offering", p.offeringPage(r, actor, d, *i.Offering, formweb.SpareRows))
}

func (p *pages) editOfferingPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	in, err := p.offerings().Read(r.PostForm, *i.Offering)
	if r.PostForm.Get("rows") != "" {
		return p.moreRows(w, r, actor, d, *i.Offering, in)
	}
	if err == nil {
		err = p.Supply.UpdateOffering(r.Context(), actor, i.Offering.ID, in.Version, in)
	}
	if err != nil {
		return p.refuseOffering(w, r, actor, d, *i.Offering, in, err)
	}
	saved := *i.Offering
	saved.Version = in.Version + 1
	return p.afterOffering(w, r, actor, saved, "supply.said.offering_saved")
}

// ownOffering is the offering of the path, if the actor writes for its
// provider and it belongs to the programme of the path.
func (p *pages) ownOffering(r *http.Request, actor access.Actor) (supply.Details, *supply.Item, error) {
	d, err := p.own(r, actor)
	if err != nil {
		return d, nil, err
	}
	offering, ok := offeringID(r)
	if !ok {
		return d, nil, fault.Missing()
	}
	i, err := p.Supply.Offering(r.Context(), actor, offering)
	if err != nil {
		return d, nil, err
	}
	if i.Offering.Programme != d.ID {
		return d, nil, fault.Missing()
	}
	return d, i, nil
}

// moreRows draws the form again with what was typed and more empty rows.
// Nothing is saved and nothing is complained about.
func (p *pages) moreRows(w http.ResponseWriter, r *http.Request, actor access.Actor, d supply.Details, stored, in offer.Offering) error {
	rows := max(len(in.Gatherings), len(in.Enrolment), len(in.Closed)) + 2*formweb.SpareRows
	view := p.offeringPage(r, actor, d, stored, rows)
	view.Version = int64(postedVersion(r))
	form.Refill(&view, r.PostForm, nil, view.Printer)
	for i := range view.Sections {
		view.Sections[i].Open = view.Sections[i].Open || len(view.Sections[i].Rows) > 0
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/offering", view)
}

func postedVersion(r *http.Request) int64 {
	v, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

// refuseOffering draws the form again with what was typed; see
// refuseProgramme.
func (p *pages) refuseOffering(w http.ResponseWriter, r *http.Request, actor access.Actor, d supply.Details, stored, in offer.Offering, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	rows := max(len(in.Gatherings), len(in.Enrolment), len(in.Closed))
	view := p.offeringPage(r, actor, d, stored, max(rows, formweb.SpareRows))
	problems := form.Refill(&view, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		t := formweb.Theirs(p.speaker(r), stored.Values(), in.Values())
		view.Theirs = &t
	} else {
		view.Version = postedVersion(r)
	}
	formweb.OpenFaulty(view.Sections)
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "supply/offering", view)
}

func (p *pages) offeringPage(r *http.Request, actor access.Actor, d supply.Details, v offer.Offering, rows int) offeringView {
	f := formweb.Fields{Speaker: p.speaker(r)}
	title := f.T("supply.offering.edit")
	actions := []ui.Action{{Label: f.T("supply.save"), Submit: true}}
	if v.ID == "" {
		title = f.T("supply.offering.new")
	}
	if v.State != offer.Active {
		actions = []ui.Action{{Label: f.T("supply.save_publish"), Submit: true, Name: "then", Value: "publish"},
			{Label: f.T("supply.save_draft"), Submit: true, Variant: ui.Secondary, Name: "then", Value: "keep"}}
	}
	actions = append(actions, ui.Action{Label: f.T("supply.more_rows"), Submit: true, Variant: ui.Tertiary, Name: "rows", Value: "more", NoCheck: true},
		ui.Action{Label: f.T("supply.cancel"), Href: programmePath(d.ID), Variant: ui.Tertiary})
	view := offeringView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: f.Text(d.Title), Title: title, Lead: f.T("supply.offering.lead")},
		Version: v.Version, Fields: p.offerings().Fields(f, v), Sections: p.offerings().Sections(f, v, rows), Actions: ui.Actions{Items: actions}}
	view.Crumbs = []ui.Link{{Label: f.T("supply.title"), Href: "/tilbud"}, {Label: f.Text(d.Title), Href: programmePath(d.ID)}}
	return view
}
