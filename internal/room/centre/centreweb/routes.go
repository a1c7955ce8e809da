// Package centreweb has the pages of study centres: what a centre has and what can be taken
// there, its rooms with their calendars, the local group, and the wishes that become needs.
// The JSON of centres is here too.
package centreweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need. Levels are the codes of levels in the order they are chosen
// from, LevelLabel their names.
type Deps struct {
	Centres    *centre.Service
	Bookings   *booking.Service
	Orgs       *org.Service
	Places     *place.Register
	Clock      clock.Clock
	PublicURL  string
	Levels     []string
	LevelLabel func(code string) i18n.Key
}

// Pages are the pages, and what other pages show of centres.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	open, in := gate.Public(), gate.SignedIn()
	for path, h := range map[string]gate.Handler{
		"/studiesenter": p.list, "/studiesenter/{id}": p.show, "/studiesenter/{id}/rom/{room}": p.calendar, "/studiesenter/{id}/rom/{room}/kalender.ics": p.ics, "/studieonsker/{wish}": p.wish,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: open, Handle: h})
	}
	for path, h := range map[string]gate.Handler{
		"/studiesenter/{id}/gruppe": p.group, "/studiesenter/{id}/statistikk": p.figures, "/studiesenter/{id}/statistikk.csv": p.figuresCSV,
		"/rombestillinger": p.bookings, "/rombestillinger/{booking}": p.booking,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: in, Handle: h})
	}
	for path, h := range map[string]gate.Handler{
		"/studiesenter/{id}/parter/{org}/fjern": p.dropPartner, "/studiesenter/{id}/tilbud/{programme}/fjern": p.dropCourse, "/studiesenter/{id}/nyheter/{news}/fjern": p.dropNews,
		"/studiesenter/{id}/gruppe/ut": p.leaveGroup, "/studieonsker/{wish}/ut": p.stopWaiting,
	} {
		d.Pages(gate.Route{Method: "POST", Path: path, Rule: in, Handle: h})
	}
	leaf.Forms(d, in, map[string]leaf.Maker{
		"/studiesenter/ny": p.openForm, "/studiesenter/{id}/rediger": p.editForm, "/studiesenter/{id}/parter/ny": p.partnerForm, "/studiesenter/{id}/tilbud/ny": p.courseForm,
		"/studiesenter/{id}/nyheter/ny": p.newsForm, "/studiesenter/{id}/rom/ny": p.roomForm, "/studiesenter/{id}/rom/{room}/rediger": p.roomForm, "/studiesenter/{id}/rom/{room}/be-om": p.askForm,
		"/studiesenter/{id}/gruppe/bli-med": p.joinForm, "/studiesenter/{id}/onsker/ny": p.wishForm, "/studieonsker/{wish}/rediger": p.wishForm, "/studieonsker/{wish}/venteliste": p.waitForm,
		"/studieonsker/{wish}/flytt/{to}": p.moveWishForm, "/studieonsker/{wish}/meld": p.reportForm, "/rombestillinger/{booking}/flytt/{to}": p.moveBookingForm,
	})
	d.Says("centre.said.opened", "centre.said.saved", "centre.said.removed", "centre.said.joined", "centre.said.left", "centre.said.wished", "centre.said.proposed", "centre.said.waiting",
		"centre.said.not_waiting", "centre.said.moved", "booking.said.asked", "booking.said.confirmed", "booking.said.moved")
	registerAPI(d, p)
	return p
}

func path(c centre.ID, more string) string { return "/studiesenter/" + string(c) + more }

func roomPath(r centre.Room, more string) string { return path(r.Centre, "/rom/"+string(r.ID)+more) }

func wishPath(w centre.WishID, more string) string { return "/studieonsker/" + string(w) + more }

func bookingPath(b booking.ID, more string) string { return "/rombestillinger/" + string(b) + more }

func crumbs(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("centre.title"), Href: "/studiesenter"}}, more...)
}

func in(t i18n.Printer, c centre.Centre, more ...ui.Link) []ui.Link {
	return crumbs(t, append([]ui.Link{{Label: c.Name, Href: path(c.ID, "")}}, more...)...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (centre.Detail, error) {
	id, err := centre.ParseID(r.PathValue("id"))
	if err != nil {
		return centre.Detail{}, fault.Missing()
	}
	return p.Centres.Get(r.Context(), actor, id)
}

// run is the centre for its own people; Denied for others.
func (p *Pages) run(r *http.Request, actor access.Actor) (centre.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.Runs {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}

// room is the room that the address names, in the centre that it names.
func (p *Pages) room(r *http.Request, actor access.Actor) (centre.Room, centre.Centre, error) {
	id, err := centre.ParseRoomID(r.PathValue("room"))
	if err != nil {
		return centre.Room{}, centre.Centre{}, fault.Missing()
	}
	room, of, err := p.Centres.Room(r.Context(), actor, id)
	if err == nil && string(room.Centre) != r.PathValue("id") {
		err = fault.Missing()
	}
	return room, of, err
}

func (p *Pages) findWish(r *http.Request, actor access.Actor) (centre.WishDetail, error) {
	id, err := centre.ParseWishID(r.PathValue("wish"))
	if err != nil {
		return centre.WishDetail{}, fault.Missing()
	}
	return p.Centres.Wish(r.Context(), actor, id)
}

func (p *Pages) findBooking(r *http.Request, actor access.Actor) (booking.Detail, error) {
	id, err := booking.ParseID(r.PathValue("booking"))
	if err != nil {
		return booking.Detail{}, fault.Missing()
	}
	return p.Bookings.Get(r.Context(), actor, id)
}

// where is the name of a municipality.
func (p *Pages) where(number string) string {
	m, err := p.Places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	return m.Name
}

// ball says who acts next, and by when; nil when nobody has to.
func (p *Pages) ball(t i18n.Printer, b flow.Ball, who string, mine bool, note i18n.Key) *ui.Ball {
	if b.Party == flow.Nobody {
		return nil
	}
	out := &ui.Ball{Label: t.T("centre.ball"), Who: who, Note: t.T(note), State: ui.BallWaiting}
	if mine {
		out.State = ui.BallMine
	}
	if today := p.Clock.Today(); !b.Due.IsZero() {
		out.Due = t.T("centre.due", "date", t.Day(b.Due, today))
		if b.Due.Before(today) {
			out.State, out.Tags = ui.BallLate, []ui.Tag{{Text: t.T("centre.late"), Color: ui.Danger}}
		}
	}
	return out
}

// history is what happened, the newest first.
func history(t i18n.Printer, steps []flow.Step, label func(flow.State) i18n.Key) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("centre.history")}
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(label(s.To)), Note: s.Note})
	}
	return out
}

// dropPartner, dropCourse and dropNews take something off the page.
func (p *Pages) dropPartner(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.run(r, actor)
	if err != nil {
		return err
	}
	o, err := access.ParseOrgID(r.PathValue("org"))
	if err != nil {
		return fault.Missing()
	}
	if err := p.Centres.RemovePartner(r.Context(), actor, d.ID, o); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID, "?ok=centre.said.removed"))
}

func (p *Pages) dropCourse(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.run(r, actor)
	if err != nil {
		return err
	}
	if err := p.Centres.RemoveCourse(r.Context(), actor, d.ID, r.PathValue("programme")); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID, "?ok=centre.said.removed"))
}

func (p *Pages) dropNews(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.run(r, actor)
	if err != nil {
		return err
	}
	n, err := centre.ParseNewsID(r.PathValue("news"))
	if err != nil {
		return fault.Missing()
	}
	if err := p.Centres.HideNews(r.Context(), actor, d.ID, n); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID, "?ok=centre.said.removed"))
}

func (p *Pages) leaveGroup(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	if err := p.Centres.Leave(r.Context(), actor, d.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(d.ID, "?ok=centre.said.left"))
}

func (p *Pages) stopWaiting(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findWish(r, actor)
	if err != nil {
		return err
	}
	if err := p.Centres.StopWaiting(r.Context(), actor, d.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, wishPath(d.ID, "?ok=centre.said.not_waiting"))
}
