package admissionweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
)

// moveForm moves an application: what is asked depends on where to.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	asked, read, err := p.moving(t, d.Application, flow.State(r.PathValue("to")))
	if err != nil {
		return asked, err
	}
	asked.Back, asked.Crumbs = path(d.ID, ""), crumbs(t, ui.Link{Label: d.Number, Href: path(d.ID, "")})
	asked.Read = func(in *form.Input) func() (string, error) {
		m := read(in)
		return func() (string, error) {
			_, err := p.Admission.Move(r.Context(), actor, d.ID, m)
			return path(d.ID, "?ok=admission.said.moved"), err
		}
	}
	return asked, nil
}

// takeOutForm takes the name of somebody without an account out, at her wish.
func (p *Pages) takeOutForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.CanTakeOut() {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	return leaf.Asked{Title: t.T("admission.take_out"), Kicker: t.T("admission.number", "number", d.Number), Lead: t.T("admission.take_out.lead"), Back: path(d.ID, ""), Submit: t.T("admission.take_out"),
		Crumbs: crumbs(t, ui.Link{Label: d.Number, Href: path(d.ID, "")}), Read: func(*form.Input) func() (string, error) {
			return func() (string, error) {
				return path(d.ID, "?ok=admission.said.taken_out"), p.Admission.TakeOut(r.Context(), actor, d.ID)
			}
		}}, nil
}

// moving is the form of a move that the reader may make, and how it is read. The state that
// the reader saw goes with it.
func (p *Pages) moving(t i18n.Printer, a admission.Application, to flow.State) (leaf.Asked, func(*form.Input) admission.Moving, error) {
	at := slices.IndexFunc(a.Moves(), func(m flow.MoveDef) bool { return m.To == to })
	if at < 0 {
		if _, known := admission.Flow().State(to); !known {
			return leaf.Asked{}, nil, fault.Missing()
		}
		return leaf.Asked{}, nil, fault.New(fault.Conflict, "flow.error.no_such_move")
	}
	m := a.Moves()[at]
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: t.T("admission.number", "number", a.Number), Lead: t.T(i18n.Key("admission.moving." + string(to))), Submit: t.T(m.Label)}
	note := form.Field{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("admission.field.note"), Hint: t.T("admission.hint.why"), MaxRunes: admission.MaxNote, Required: m.NoteRequired}
	if !slices.Contains(a.Mine, flow.Provider) {
		note.Hint = t.T("admission.hint.her_note")
	}
	if m.NoteRequired {
		note.Label = t.T("admission.field.why")
	} else {
		note.OptionalMark = t.T("admission.optional")
	}
	today := p.Clock.Today()
	switch {
	case (to == admission.Offered || to == admission.Admitted) && a.State != admission.Offered:
		day := form.Field{Name: "day", Kind: form.Date, Label: t.T("admission.field.starts"), Hint: t.T("admission.hint.starts"), OptionalMark: t.T("admission.optional")}
		if to == admission.Admitted && !a.Starts.Before(today) {
			day.Value = a.Starts.String()
		}
		asked.Fields = append(asked.Fields, day)
	case to == admission.Started:
		asked.Fields = append(asked.Fields, form.Field{Name: "day", Kind: form.Date, Label: t.T("admission.field.started"), Value: today.String(), Required: true},
			form.Field{Name: "expected_end", Kind: form.Date, Label: t.T("admission.field.expected_end"), Hint: t.T("admission.hint.expected_end"), OptionalMark: t.T("admission.optional")})
	case to == admission.Completed, to == admission.Interrupted:
		asked.Fields = append(asked.Fields, form.Field{Name: "day", Kind: form.Date, Label: t.T("admission.field.ended"), Value: today.String(), Required: true})
	}
	asked.Fields = append(asked.Fields, note, form.Field{Name: "from", Kind: form.Hidden, Value: string(a.State)})
	return asked, func(in *form.Input) admission.Moving {
		return admission.Moving{To: to, From: flow.State(in.Text("from")), Note: in.Text("note"), Day: in.Date("day"), ExpectedEnd: in.Date("expected_end")}
	}, nil
}
