package admissionweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

// byLink is the application of somebody who was nominated, for her who has the link.
func (p *Pages) byLink(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	token := r.PathValue("token")
	d, err := p.Admission.ByToken(r.Context(), token)
	if err != nil {
		return err
	}
	page, err := p.page(r, actor, d, func(to flow.State) string { return linkPath(token, "/flytt/"+string(to)) })
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page.Secret = true
	if d.CanEmpty() {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("admission.empty"), Href: linkPath(token, "/slett"), Variant: ui.Tertiary})
	} else {
		page.Further = append(page.Further, leaf.Section{ID: "slett", Title: t.T("admission.empty"), Text: t.T("admission.empty.record")})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// linkMoveForm moves it.
func (p *Pages) linkMoveForm(r *http.Request, _ access.Actor) (leaf.Asked, error) {
	token := r.PathValue("token")
	d, err := p.Admission.ByToken(r.Context(), token)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked, read, err := p.moving(p.door.Printer(r), d.Application, flow.State(r.PathValue("to")))
	if err != nil {
		return asked, err
	}
	asked.Back, asked.Secret = linkPath(token, ""), true
	asked.Read = func(in *form.Input) func() (string, error) {
		m := read(in)
		return func() (string, error) {
			_, err := p.Admission.MoveByToken(r.Context(), token, m)
			return linkPath(token, "?ok=admission.said.moved"), err
		}
	}
	return asked, nil
}

// linkEmptyForm takes her name and how to reach her away. What has been decided stands at
// the provider, whom she can ask.
func (p *Pages) linkEmptyForm(r *http.Request, _ access.Actor) (leaf.Asked, error) {
	t, token := p.door.Printer(r), r.PathValue("token")
	d, err := p.Admission.ByToken(r.Context(), token)
	if err != nil {
		return leaf.Asked{}, err
	}
	if !d.CanEmpty() {
		return leaf.Asked{}, fault.New(fault.Conflict, "admission.error.record")
	}
	return leaf.Asked{Title: t.T("admission.empty"), Kicker: t.T("admission.number", "number", d.Number), Lead: t.T("admission.empty.text"), Back: linkPath(token, ""), Submit: t.T("admission.empty"), Secret: true,
		Read: func(*form.Input) func() (string, error) {
			return func() (string, error) { return "/tilbud", p.Admission.EmptyByToken(r.Context(), token) }
		}}, nil
}
