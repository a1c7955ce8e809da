package centreweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
)

// icsBack and icsDays are how far the calendar that programs subscribe to goes.
const (
	icsBack = 30
	icsDays = 400
)

// week is the first day of the week that the address asks for, else of this one.
func (p *Pages) week(r *http.Request) (clock.Date, error) {
	asked := r.URL.Query().Get("uke")
	if asked == "" {
		return booking.Monday(p.Clock.Today()), nil
	}
	d, err := clock.ParseDate(asked)
	if err != nil {
		return d, fault.InvalidField("uke", "form.error.date")
	}
	return booking.Monday(d), nil
}

// calendar is a room's week: each day, and when it is taken.
func (p *Pages) calendar(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	room, _, err := p.room(r, actor)
	if err != nil {
		return err
	}
	monday, err := p.week(r)
	if err != nil {
		return err
	}
	c, err := p.Bookings.Calendar(r.Context(), actor, room.ID, monday, 7)
	if err != nil {
		return err
	}
	_, number := monday.ISOWeek()
	week := leaf.Section{ID: "uke", Title: t.T("booking.week", "n", strconv.Itoa(number), "from", monday, "to", monday.AddDays(6)), Table: p.weekTable(t, c),
		Actions: []ui.Action{{Label: t.T("booking.week.before"), Href: roomPath(room, "?uke="+monday.AddDays(-7).String()), Variant: ui.Secondary}, {Label: t.T("booking.week.after"), Href: roomPath(room, "?uke="+monday.AddDays(7).String()), Variant: ui.Secondary}}}
	page := leaf.Page{Head: ui.Head{Kicker: c.Of.Name, Title: room.Name, Lead: t.T("booking.lead")}, Crumbs: in(t, c.Of), Main: []leaf.Section{week}}
	switch {
	case room.Closed:
		page.Notices = []ui.Notice{{Text: t.T("centre.room.closed"), Color: ui.Warning}}
	case actor.SignedIn():
		page.Head.Actions = []ui.Action{{Label: t.T("booking.ask"), Href: roomPath(room, "/be-om"), Variant: ui.Primary}}
	default:
		page.Head.Actions = []ui.Action{{Label: t.T("centre.sign_in", "what", t.T("booking.ask")), Href: roomPath(room, "/be-om"), Variant: ui.Primary}}
	}
	facts := []ui.Fact{{Label: t.T("centre.field.address"), Text: room.Address + ", " + p.where(room.Municipality)}, {Label: t.T("centre.field.seats"), Text: t.T("centre.seats", "n", room.Seats)}}
	if room.Equipment != "" {
		facts = append(facts, ui.Fact{Label: t.T("centre.field.equipment"), Text: room.Equipment})
	}
	page.Side = []leaf.Section{{ID: "om", Title: t.T("centre.room.about"), Facts: &ui.Facts{Items: facts}},
		{ID: "abonner", Title: t.T("booking.subscribe"), Copy: &ui.Copy{ID: "kalender", Label: t.T("booking.subscribe.label"), Hint: t.T("booking.subscribe.hint"), Value: p.PublicURL + roomPath(room, "/kalender.ics"), Button: t.T("booking.subscribe.copy")}}}
	return leaf.Show(p.door, w, r, actor, page)
}

// weekTable has a row for each time that is taken, and one for each day that is free.
func (p *Pages) weekTable(t i18n.Printer, c booking.Calendar) *ui.Table {
	out := &ui.Table{Caption: t.T("booking.calendar", "room", c.Room.Name), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("booking.day")}, {Label: t.T("booking.what")}}}
	for d := c.From; d.Before(c.To); d = d.AddDays(1) {
		day := t.T(i18n.Key("booking.weekday."+strconv.Itoa(int(d.Weekday()))), "date", t.Date(d))
		free := true
		for _, b := range c.Bookings {
			if b.Day() != d {
				continue
			}
			free = false
			what := ui.Cell{Text: b.Clock(), Sub: t.T(b.Sort.Label())}
			if len(b.Mine) > 0 {
				what.Href, what.Sub = bookingPath(b.ID, ""), strings.Join(slices.DeleteFunc([]string{b.Purpose, b.OrgName}, text.IsBlank), " · ")
			}
			if b.State == booking.Asked {
				what.Tags = []ui.Tag{bookingTag(t, b.State)}
			}
			out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: day}, what}})
		}
		if free {
			out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: day}, {Text: t.T("booking.free")}}})
		}
	}
	return out
}

func bookingLabel(s flow.State) i18n.Key {
	def, _ := booking.Flow().State(s)
	return def.Label
}

func bookingTag(t i18n.Printer, s flow.State) ui.Tag {
	tag := ui.Tag{Text: t.T(bookingLabel(s)), Color: ui.Info}
	switch s {
	case booking.Confirmed:
		tag.Color = ui.Success
	case booking.Declined, booking.Cancelled:
		tag.Color = ui.Warning
	}
	return tag
}

// ics is when the room is taken, for calendars, without what for.
func (p *Pages) ics(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	room, _, err := p.room(r, access.Actor{})
	if err != nil {
		return err
	}
	c, err := p.Bookings.Calendar(r.Context(), access.Actor{}, room.ID, p.Clock.Today().AddDays(-icsBack), icsBack+icsDays)
	if err != nil {
		return err
	}
	cal := feed.Calendar{Product: "Rom", Lang: string(t.Language()), Name: t.T("booking.calendar", "room", room.Name+", "+c.Of.Name)}
	for _, b := range c.Bookings {
		cal.Events = append(cal.Events, feed.Event{UID: string(b.ID) + "@" + feed.Host(p.PublicURL), Summary: t.T(b.Sort.Label()), Location: room.Name + ", " + room.Address, URL: p.PublicURL + roomPath(room, "?uke="+b.Day().String()),
			Stamp: p.Clock.Now(), Start: b.From.Std(), End: b.To.Std()})
	}
	w.Header().Set("Content-Type", feed.CalendarType)
	w.Header().Set("Cache-Control", "no-cache")
	return cal.Write(w)
}

// askForm asks for the room.
func (p *Pages) askForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	room, of, err := p.room(r, actor)
	if err == nil && room.Closed {
		err = fault.New(fault.Conflict, "booking.error.closed")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	whose, ids, err := p.whose(r, actor, t)
	if err != nil {
		return leaf.Asked{}, err
	}
	today := p.Clock.Today()
	lead := t.T("booking.ask.lead")
	if of.Runs {
		lead = t.T("booking.ask.own")
	}
	asked := leaf.Asked{Title: t.T("booking.ask"), Kicker: room.Name + " · " + of.Name, Lead: lead, Crumbs: in(t, of, ui.Link{Label: room.Name, Href: roomPath(room, "")}), Back: roomPath(room, ""), Submit: t.T("booking.ask.submit"), Fields: []form.Field{
		{Name: "day", Kind: form.Date, Label: t.T("booking.field.day"), Min: today.String(), Required: true},
		{Name: "from", Kind: form.Text, Label: t.T("booking.field.from"), Hint: t.T("booking.hint.clock"), Required: true},
		{Name: "to", Kind: form.Text, Label: t.T("booking.field.to"), Hint: t.T("booking.hint.clock"), Required: true},
		{Name: "weeks", Kind: form.Number, Label: t.T("booking.field.weeks"), Hint: t.T("booking.hint.weeks"), Value: "1", Min: "1", Max: strconv.Itoa(booking.MaxWeeks)},
		{Name: "sort", Kind: form.Radio, Label: t.T("booking.field.sort"), Options: leaf.Options(t, "", booking.Sorts(), booking.Sort.Label, booking.Teaching), Required: true},
		{Name: "purpose", Kind: form.Text, Label: t.T("booking.field.purpose"), Hint: t.T("booking.hint.purpose"), MaxRunes: centre.MaxLine, Required: true},
		{Name: "people", Kind: form.Number, Label: t.T("booking.field.people"), Hint: t.T("booking.hint.people", "seats", room.Seats), Min: "1", Max: strconv.Itoa(room.Seats), Required: true}}}
	if len(ids) > 0 {
		asked.Fields = append(asked.Fields, whose)
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := booking.Asking{Room: room.ID, Day: in.Date("day"), From: in.Text("from"), To: in.Text("to"), Weeks: in.Int("weeks"), Sort: booking.Sort(in.Choice("sort", sorts()...)),
			Purpose: in.Text("purpose"), People: in.Int("people"), Org: access.OrgID(in.Choice("org", ids...))}
		return func() (string, error) {
			made, err := p.Bookings.Ask(r.Context(), actor, next)
			if err != nil {
				return "", err
			}
			said := "?ok=booking.said.asked"
			if of.Runs {
				said = "?ok=booking.said.confirmed"
			}
			return bookingPath(made[0], said), nil
		}
	}
	return asked, nil
}

func sorts() []string {
	var out []string
	for _, s := range booking.Sorts() {
		out = append(out, string(s))
	}
	return out
}

// whose asks for which organisation somebody acts; the first of her own is chosen.
func (p *Pages) whose(r *http.Request, actor access.Actor, t i18n.Printer) (form.Field, []string, error) {
	list, err := p.Orgs.ActsFor(r.Context(), actor, access.Roles(), nil)
	f := form.Field{Name: "org", Kind: form.Select, Label: t.T("centre.field.whose")}
	var ids []string
	for i, o := range list {
		f.Options, ids = append(f.Options, form.Option{Value: string(o.ID), Label: o.Name, Selected: i == 0}), append(ids, string(o.ID))
	}
	f.Options = append(f.Options, form.Option{Label: t.T("centre.myself")})
	return f, ids, err
}

// bookingCards are bookings in short, for those who are party to them.
func (p *Pages) bookingCards(t i18n.Printer, list []booking.Booking) []ui.Card {
	var out []ui.Card
	for _, b := range list {
		c := ui.Card{Kicker: b.Number, Title: b.Purpose, Href: bookingPath(b.ID, ""), Tags: []ui.Tag{bookingTag(t, b.State)},
			Facts: []ui.Fact{{Label: t.T("booking.when"), Text: t.Date(b.Day()) + ", " + b.Clock()}, {Label: t.T("booking.field.people"), Text: t.Number(b.People)}}}
		if b.Purpose == "" {
			c.Title = t.T(b.Sort.Label())
		}
		if b.OrgName != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("booking.whose"), Text: b.OrgName})
		}
		out = append(out, c)
	}
	return out
}

// bookings are what the reader has asked for that has not passed.
func (p *Pages) bookings(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Bookings.Own(r.Context(), actor)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "mine", Title: t.T("booking.own"), Cards: p.bookingCards(t, list)}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("booking.none"), Text: t.T("booking.none.text"), Actions: []ui.Action{{Label: t.T("centre.title"), Href: "/studiesenter", Variant: ui.Secondary}}}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T("booking.own"), Lead: t.T("booking.own.lead")}, Crumbs: crumbs(t), Main: []leaf.Section{s}})
}

// booking is a booking, for those who are party to it.
func (p *Pages) booking(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.findBooking(r, actor)
	if err != nil {
		return err
	}
	title := d.Purpose
	if title == "" {
		title = t.T(d.Sort.Label())
	}
	page := leaf.Page{Secret: true, Head: ui.Head{Kicker: t.T("booking.number", "number", d.Number), Title: title, Lead: d.Of.Name, Tags: []ui.Tag{bookingTag(t, d.State)}}, Crumbs: in(t, d.Of, ui.Link{Label: d.In.Name, Href: roomPath(d.In, "")})}
	for i, m := range d.Moves(p.Clock.Now()) {
		a := ui.Action{Label: t.T(m.Label), Href: bookingPath(d.ID, "/flytt/"+string(m.To)), Variant: ui.Secondary}
		if i == 0 && m.To == booking.Confirmed {
			a.Variant = ui.Primary
		}
		page.Head.Actions = append(page.Head.Actions, a)
	}
	if len(d.Against) > 0 {
		n := ui.Notice{Color: ui.Warning, Title: t.T("booking.against")}
		for _, b := range d.Against {
			n.Paragraphs = append(n.Paragraphs, t.Date(b.Day())+", "+b.Clock())
		}
		page.Notices = []ui.Notice{n}
	}
	facts := []ui.Fact{{Label: t.T("booking.when"), Text: t.Date(d.Day()) + ", " + d.Clock()}, {Label: t.T("centre.field.room"), Link: &ui.Link{Label: d.In.Name, Href: roomPath(d.In, "?uke="+d.Day().String())}},
		{Label: t.T("booking.field.sort"), Text: t.T(d.Sort.Label())}, {Label: t.T("booking.field.people"), Text: t.Number(d.People)}}
	if d.OrgName != "" {
		facts = append(facts, ui.Fact{Label: t.T("booking.whose"), Link: &ui.Link{Label: d.OrgName, Href: "/virksomheter/" + string(d.Org)}})
	}
	page.Main = []leaf.Section{{ID: "om", Title: t.T("booking.about"), Facts: &ui.Facts{Items: facts}}}
	if ball := p.ball(t, d.Ball, d.Of.Name, d.Is(flow.Centre), "booking.expect"); ball != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("centre.next"), Ball: ball})
	}
	page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("centre.history"), Timeline: history(t, d.Steps, bookingLabel)})
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *Pages) moveBookingForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.findBooking(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	moves := d.Moves(p.Clock.Now())
	n := slices.IndexFunc(moves, func(m flow.MoveDef) bool { return m.To == to })
	if n < 0 {
		return leaf.Asked{}, fault.New(fault.Conflict, "centre.error.not_now")
	}
	m := moves[n]
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: d.Number, Lead: d.In.Name + ", " + t.Date(d.Day()) + ", " + d.Clock(), Crumbs: in(t, d.Of, ui.Link{Label: d.In.Name, Href: roomPath(d.In, "")}), Back: bookingPath(d.ID, ""), Submit: t.T(m.Label), Version: d.Version}
	if m.NoteRequired {
		asked.Fields = []form.Field{{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("centre.field.note"), Hint: t.T("booking.hint.note"), MaxRunes: centre.MaxWords, Required: true}}
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		version, note := leaf.Version(in), in.Text("note")
		return func() (string, error) {
			return bookingPath(d.ID, "?ok=booking.said.moved"), p.Bookings.Move(r.Context(), actor, d.ID, version, to, note)
		}
	}
	return asked, nil
}
