package bodyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
)

type holderForm struct {
	Part, Title, ElectedBy, Username, From, To form.Field
}

type seatView struct {
	formView
	Held ui.Table
	Form holderForm
}

// findSeat reads the body and the seat of it that the path names, for who may
// change them.
func (p *pages) findSeat(r *http.Request, actor access.Actor) (meeting.Details, meeting.Seat, error) {
	d, err := p.findMine(r, actor)
	if err != nil {
		return d, meeting.Seat{}, err
	}
	for _, s := range d.Seats {
		if string(s.ID) == r.PathValue("seat") {
			return d, s, nil
		}
	}
	return d, meeting.Seat{}, fault.Missing()
}

func (p *pages) seatPage(r *http.Request, actor access.Actor, d meeting.Details, s meeting.Seat) seatView {
	t, today := p.door.Printer(r), p.Clock.Today()
	title := t.T("body.seat.of", "seat", t.T(meeting.SeatLabel(s.Kind)), "org", s.OrgName)
	optional := t.T("body.optional")
	view := seatView{formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: title}, Actions: save(t, path(d.ID, "/seter")),
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("body.seat.period"), Lines: []string{t.T("body.period.from", "date", s.From), until(t, s.To)}}}}},
		Form: holderForm{
			Part:      form.Field{Name: "part", Kind: form.Radio, Label: t.T("body.holder.part"), Options: []form.Option{{Value: string(meeting.Member), Label: t.T("body.part.member"), Hint: t.T("body.part.member.hint"), Selected: true}, {Value: string(meeting.Deputy), Label: t.T("body.part.deputy"), Hint: t.T("body.part.deputy.hint")}}},
			Title:     form.Field{Name: "title", Kind: form.Text, Label: t.T("body.holder.title"), Hint: t.T("body.holder.title.hint"), Required: true},
			ElectedBy: form.Field{Name: "elected_by", Kind: form.Text, Label: t.T("body.holder.elected_by"), Hint: t.T("body.holder.elected_by.hint")},
			Username:  form.Field{Name: "username", Kind: form.Text, Label: t.T("body.holder.username"), Hint: t.T("body.holder.username.hint"), OptionalMark: optional, Autocomplete: "off"},
			From:      form.Field{Name: "from", Kind: form.Date, Label: t.T("body.from"), Value: today.String(), Required: true},
			To:        form.Field{Name: "to", Kind: form.Date, Label: t.T("body.field.to"), Hint: t.T("body.holder.to.hint"), OptionalMark: optional},
		}}
	if s.Side != meeting.NoSide {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("body.seat.side"), Text: t.T(s.Side.Label())})
	}
	if s.To.IsZero() || !s.To.Before(today) {
		view.Head.Actions = []ui.Action{{Label: t.T("body.seat.end"), Href: path(d.ID, "/seter/"+string(s.ID)+"/avslutt"), Variant: ui.Secondary}}
	}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.seats.title"), Href: path(d.ID, "/seter")})
	view.Held = heldTable(t, d, s, today)
	return view
}

// heldTable is who holds, has held and will hold the seat, newest first.
func heldTable(t i18n.Printer, d meeting.Details, s meeting.Seat, today clock.Date) ui.Table {
	out := ui.Table{Caption: t.T("body.held"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("body.holder.title")}, {Label: t.T("body.holder.part")},
		{Label: t.T("body.seat.period")}, {Label: t.T("body.holder.elected_by")}, {Label: t.T("body.holder.end"), Hidden: true}},
		Empty: ui.Empty{Title: t.T("body.held.none"), Text: t.T("body.held.none.text")}}
	for i := len(s.Holders) - 1; i >= 0; i-- {
		h := s.Holders[i]
		title := ui.Cell{Text: h.Title}
		if h.HoldsOn(today) {
			title.Tags = []ui.Tag{{Text: t.T("body.now"), Color: ui.Success}}
		}
		if h.Account != "" {
			title.Sub = t.T("body.holder.has_account")
		}
		row := ui.Row{ID: string(h.ID), Cells: []ui.Cell{title, {Text: t.T(h.Part.Label())}, {Text: t.T("body.period.from", "date", h.From), Sub: until(t, h.To)}, {Text: h.ElectedBy}}}
		if h.To.IsZero() || !h.To.Before(today) {
			row.Cells = append(row.Cells, ui.Cell{Actions: []ui.Action{{Label: t.T("body.holder.end"), Context: h.Title, Variant: ui.Tertiary,
				Href: path(d.ID, "/seter/"+string(s.ID)+"/"+string(h.ID)+"/avslutt")}}})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (p *pages) seat(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, s, err := p.findSeat(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/seat", p.seatPage(r, actor, d, s))
}

// seatPost lets an office hold the seat.
func (p *pages) seatPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, s, err := p.findSeat(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	a := meeting.Appointment{Username: in.Text("username"), Holder: meeting.Holder{Seat: s.ID, Part: meeting.Part(in.Choice("part", oneOf(meeting.Parts())...)),
		Title: in.Text("title"), ElectedBy: in.Text("elected_by"), From: in.Date("from"), To: in.Date("to")}}
	if err = in.Err(); err == nil {
		_, err = p.Bodies.Appoint(r.Context(), actor, a)
	}
	switch {
	case err == nil:
		return web.SeeOther(w, r, path(d.ID, "/seter/"+string(s.ID)+"?ok=body.holder.added"))
	case !isForm(err):
		return err
	}
	view := p.seatPage(r, actor, d, s)
	refuse(r, &view.formView, &view.Form, err)
	return p.door.Views.Render(w, gate.Status(err), "body/seat", view)
}

type endForm struct{ To form.Field }

type endView struct {
	formView
	Form endForm
}

// endPage asks for the last day of a seat, or of one who holds it.
func (p *pages) endPage(r *http.Request, actor access.Actor, d meeting.Details, s meeting.Seat, h *meeting.Holder) endView {
	t := p.door.Printer(r)
	title, lead, version := t.T("body.seat.end"), t.T("body.seat.end.lead"), s.Version
	what := t.T("body.seat.of", "seat", t.T(meeting.SeatLabel(s.Kind)), "org", s.OrgName)
	from, to := s.From, s.To
	if h != nil {
		title, lead, version = t.T("body.holder.end.title", "title", h.Title), t.T("body.holder.end.lead"), h.Version
		from, to = h.From, h.To
	}
	back := path(d.ID, "/seter/"+string(s.ID))
	view := endView{formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: what, Title: title, Lead: lead}, Version: version, Actions: save(t, back),
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("body.seat.period"), Lines: []string{t.T("body.period.from", "date", from), until(t, to)}}}}},
		Form: endForm{To: form.Field{Name: "to", Kind: form.Date, Label: t.T("body.end.to"), Hint: t.T("body.end.to.hint"), Value: p.Clock.Today().String(), Required: true}}}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: what, Href: back})
	return view
}

// findHeld is findSeat with the holder that the path names; nil when it names none.
func (p *pages) findHeld(r *http.Request, actor access.Actor) (meeting.Details, meeting.Seat, *meeting.Holder, error) {
	d, s, err := p.findSeat(r, actor)
	if err != nil || r.PathValue("holder") == "" {
		return d, s, nil, err
	}
	for i := range s.Holders {
		if string(s.Holders[i].ID) == r.PathValue("holder") {
			return d, s, &s.Holders[i], nil
		}
	}
	return d, s, nil, fault.Missing()
}

func (p *pages) end(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, s, h, err := p.findHeld(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/end", p.endPage(r, actor, d, s, h))
}

func (p *pages) endPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, s, h, err := p.findHeld(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	last, version := in.Date("to"), int64(in.Int("version"))
	if err = in.Err(); err == nil {
		err = p.endAt(r, actor, s, h, version, last)
	}
	switch {
	case err == nil:
		return web.SeeOther(w, r, path(d.ID, "/seter?ok=body.end.done"))
	case !isForm(err):
		return err
	}
	view := p.endPage(r, actor, d, s, h)
	refuse(r, &view.formView, &view.Form, err)
	return p.door.Views.Render(w, gate.Status(err), "body/end", view)
}

func (p *pages) endAt(r *http.Request, actor access.Actor, s meeting.Seat, h *meeting.Holder, version int64, last clock.Date) error {
	if h != nil {
		return p.Bodies.EndHolder(r.Context(), actor, h.ID, version, last)
	}
	return p.Bodies.RemoveSeat(r.Context(), actor, s.ID, version, last)
}
