package bodyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
)

type seatsView struct {
	web.Page
	Head     ui.Head
	Findings []ui.Point
	Table    ui.Table
}

// seats is the secretary's list of the seats that are, or will be.
func (p *pages) seats(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	title := t.T("body.seats.title")
	view := seatsView{Page: p.door.Frame(r, actor, title), Findings: findings(t, d.Findings(today)),
		Head: ui.Head{Kicker: d.Name, Title: title, Lead: t.T("body.seats.lead"), Actions: []ui.Action{
			{Label: t.T("body.seat.new"), Href: path(d.ID, "/seter/ny"), Variant: ui.Primary},
			{Label: t.T("body.elect"), Href: path(d.ID, "/leder"), Variant: ui.Secondary}}}}
	view.Crumbs = crumbs(t, d)
	view.Table = ui.Table{Caption: title, CaptionHidden: true, Columns: []ui.Column{{Label: t.T("body.seat.org")}, {Label: t.T("body.seat.kind")},
		{Label: t.T("body.part.member")}, {Label: t.T("body.part.deputy")}, {Label: t.T("body.seat.period")}},
		Empty: ui.Empty{Title: t.T("body.no_seats.title"), Text: t.T("body.seats.none")}}
	for _, s := range d.Seats {
		if s.To.IsZero() || !s.To.Before(today) {
			view.Table.Rows = append(view.Table.Rows, seatRow(t, d, s, today))
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "body/seats", view)
}

func seatRow(t i18n.Printer, d meeting.Details, s meeting.Seat, today clock.Date) ui.Row {
	member, deputies := ui.Cell{Text: t.T("body.vacant.short"), Tags: nil}, ui.Cell{Text: "–"}
	if h, ok := s.MemberOn(today); ok {
		member = ui.Cell{Text: h.Title, Sub: until(t, h.To)}
	}
	var titles []string
	for _, h := range s.DeputiesOn(today) {
		titles = append(titles, h.Title)
	}
	if len(titles) > 0 {
		deputies.Text = t.Join(titles)
	}
	org := ui.Cell{Text: s.OrgName, Href: path(d.ID, "/seter/"+string(s.ID))}
	if s.Side != meeting.NoSide {
		org.Sub = t.T(s.Side.Label())
	}
	return ui.Row{ID: string(s.ID), Cells: []ui.Cell{org, {Text: t.T(meeting.SeatLabel(s.Kind))}, member, deputies,
		{Text: t.T("body.period.from", "date", s.From), Sub: until(t, s.To)}}}
}

// until is "til og med …", empty for a period without an end.
func until(t i18n.Printer, to clock.Date) string {
	if to.IsZero() {
		return ""
	}
	return t.T("body.leader.until", "date", to)
}

type seatForm struct {
	Organisation, Kind, Side, From form.Field
	Hits                           pick.Companions
}

type newSeatView struct {
	formView
	Form seatForm
}

func (p *pages) newSeatPage(r *http.Request, actor access.Actor, d meeting.Details) (newSeatView, error) {
	t, title := p.door.Printer(r), p.door.Printer(r).T("body.seat.new")
	names, err := p.orgNames(r.Context())
	if err != nil {
		return newSeatView{}, err
	}
	view := newSeatView{formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: title, Lead: t.T("body.seat.new.lead")}, Actions: save(t, path(d.ID, "/seter"))},
		Form: seatForm{Organisation: orgField(t, "organisation", "body.seat.org", "body.seat.org.hint", "", names),
			Kind: form.Field{Name: "kind", Kind: form.Select, Label: t.T("body.seat.kind"), Options: seatKindOptions(t, d, p.Clock.Today())},
			Side: form.Field{Name: "side", Kind: form.Select, Label: t.T("body.seat.side"), Hint: t.T("body.seat.side.hint"), Options: []form.Option{{Label: t.T("body.seat.side.none")}}},
			From: form.Field{Name: "from", Kind: form.Date, Label: t.T("body.from"), Value: p.Clock.Today().String(), Required: true}}}
	for _, s := range meeting.Sides() {
		view.Form.Side.Options = append(view.Form.Side.Options, form.Option{Value: string(s), Label: t.T(s.Label())})
	}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.seats.title"), Href: path(d.ID, "/seter")})
	view.Form.Hits, err = pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "organisation")
	return view, err
}

// seatKindOptions are the kinds that the rules know first, and what they may do.
func seatKindOptions(t i18n.Printer, d meeting.Details, today clock.Date) []form.Option {
	rules, _ := d.RulesOn(today)
	var known, other []form.Option
	for _, k := range meeting.SeatKinds() {
		o := form.Option{Value: string(k), Label: t.T(meeting.SeatLabel(k))}
		if _, ok := rules.Rules.Seat(k); ok {
			o.Label = t.T("body.seat.kind.may", "seat", o.Label, "may", lower(mayDo(t, rules.Rules, k)))
			known = append(known, o)
			continue
		}
		other = append(other, o)
	}
	return append(known, other...)
}

func (p *pages) newSeat(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	view, err := p.newSeatPage(r, actor, d)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/newseat", view)
}

func (p *pages) newSeatPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	s := meeting.Seat{Body: d.ID, Kind: meeting.SeatKind(in.Choice("kind", oneOf(meeting.SeatKinds())...)), From: in.Date("from"),
		Side: meeting.Side(in.Choice("side", oneOf(meeting.Sides())...))}
	var fs fault.Fields
	if err := fs.AddErr(in.Err()); err != nil {
		return err
	}
	if s.Org, err = p.readOrg(r, actor, in, "organisation", &fs); err != nil {
		return err
	}
	if err = fs.Err(); err == nil {
		s.ID, err = p.Bodies.AddSeat(r.Context(), actor, s)
	}
	if err == nil {
		return web.SeeOther(w, r, path(d.ID, "/seter/"+string(s.ID)+"?ok=body.seat.added"))
	}
	if !isForm(err) {
		return err
	}
	view, pageErr := p.newSeatPage(r, actor, d)
	if pageErr != nil {
		return pageErr
	}
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	view.Refused(problems)
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "body/newseat", view)
}
