package needweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// editable reads a need that the actor may change.
func (p *pages) editable(r *http.Request, actor access.Actor) (need.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.CanEdit {
		err = fault.New(fault.Denied, "need.error.may_not_edit")
	}
	return d, err
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.editable(r, actor)
	if err != nil {
		return err
	}
	view, err := p.formPage(r, actor, p.storedAs(d), at{Draft: d.ID, Version: d.Version}, &d)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "need/form", view)
}

// storedAs is the need as its form shows it first.
func (p *pages) storedAs(d need.Detail) stated {
	return stated{Content: d.Content, Whose: d.OrganisationName, Place: p.Needs.Places().Written(place.Number(d.Municipality))}
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	a := resume(r)
	a.Draft = d.ID
	old := &d
	if d.IsDraft() {
		old = nil
	}
	s, err := p.read(r, actor, true, old)
	said := i18n.Key("need.said.saved")
	switch {
	case err != nil:
	case !d.CanEdit:
		err = fault.New(fault.Denied, "need.error.may_not_edit")
	case d.IsDraft():
		said = "need.said.submitted"
		_, err = p.save(r.Context(), actor, a, s, true)
	default:
		if s.Text != d.Text {
			s.Concepts = p.understood(d.Concepts, s.Text)
		}
		_, err = p.Needs.Edit(r.Context(), actor, d.ID, a.Version, s.Content)
	}
	if err != nil {
		return p.refuse(w, r, actor, s, a, err)
	}
	p.forget(w, a)
	return seeOther(w, r, d.ID, said)
}
