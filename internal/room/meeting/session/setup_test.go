package session_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/own"
)

var (
	today  = clock.MustDate("2026-11-21")
	system = access.SystemActor("test")
)

// house has the council of the six municipalities with a mayor and a deputy each, one
// chief executive, and its secretary.
type house struct {
	*session.Service
	agenda   *agenda.Service
	floor    *floor.Service
	minutes  *minutes.Service
	followup *followup.Service
	own      *own.Service
	t        *testing.T
	db       *db.DB
	cases    *casework.Service
	bodies   *meeting.Service
	council  meeting.BodyID
	orgs     map[string]access.OrgID
	mayors   map[string]meeting.SeatID
	exec     meeting.SeatID
	tick     atomic.Int64
}

var members = []string{"Melhus", "Midtre Gauldal", "Røros", "Holtålen", "Rennebu", "Oppdal"}

func open(t *testing.T) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: dbtest.New(t), orgs: map[string]access.OrgID{}, mayors: map[string]meeting.SeatID{}}
	start := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return start.Add(time.Duration(h.tick.Add(1)) * time.Millisecond) }
	h.bodies = meeting.New(h.db, clock, places)
	h.cases = casework.New(casework.Deps{DB: h.db, Clock: clock, Bodies: h.bodies})
	h.cases.Objects = object.New(casework.Object(h.cases), casework.DocumentObject(h.cases))
	h.Service = session.New(session.Deps{DB: h.db, Clock: clock, Bodies: h.bodies, Cases: h.cases, Treatments: treatment.New(h.cases)})
	h.agenda, h.floor, h.minutes, h.followup = agenda.New(h.Service), floor.New(h.Service), minutes.New(h.Service), followup.New(h.Service)
	h.own = own.New(h.Service)
	h.WhenCancelled = append(h.WhenCancelled, h.own.Drop)
	orgs := org.New(h.db, clock, func(string) bool { return true })
	for _, name := range append([]string{"Rådet"}, members...) {
		o, err := orgs.Register(t.Context(), system, org.Registration{Kind: org.Municipality, Name: name, Municipality: "5021"})
		h.must(err)
		h.orgs[name] = o.ID
	}
	h.council = h.body("Rådet for Trøndelag Sør", rule.Council())
	for _, name := range members {
		h.mayors[name] = h.seat(name, rule.Mayor)
	}
	h.exec = h.seat("Røros", rule.ChiefExec)
	return h
}

var founded = clock.MustDate("2017-01-01")

func (h *house) body(name string, set rule.Set) meeting.BodyID {
	h.t.Helper()
	b, err := h.bodies.Create(h.t.Context(), system, meeting.Body{Kind: meeting.Council, Name: name, Host: h.orgs["Rådet"], Secretariat: h.orgs["Rådet"], From: founded})
	h.must(err)
	_, err = h.bodies.Adopt(h.t.Context(), system, meeting.RuleSet{Body: b, Title: "Avtale", AdoptedBy: "Rådet 2020", ValidFrom: clock.MustDate("2020-03-23"), Rules: set})
	h.must(err)
	return b
}

func (h *house) seat(name string, k meeting.SeatKind) meeting.SeatID {
	h.t.Helper()
	seat, err := h.bodies.AddSeat(h.t.Context(), system, meeting.Seat{Body: h.council, Org: h.orgs[name], Kind: k, From: founded})
	h.must(err)
	for _, part := range meeting.Parts() {
		if part == meeting.Deputy && k != rule.Mayor {
			continue
		}
		_, err = h.bodies.Appoint(h.t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: part, Title: string(k) + " " + string(part), ElectedBy: "Kommunestyret 2023", From: founded}})
		h.must(err)
	}
	return seat
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func as(r access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: r, Org: o}}}
}

func (h *house) secretary() access.Actor { return as(access.RoleSecretary, h.orgs["Rådet"]) }

func (h *house) mayor(name string) access.Actor { return as(access.RoleMayor, h.orgs[name]) }

func frame(day clock.Date) session.Frame {
	return session.Frame{Day: day, From: "14:00", To: "15:30", Place: "Teams", Remote: true, Link: "https://example.no/mote"}
}

// plan plans a meeting of the council.
func (h *house) plan(day clock.Date) session.ID {
	h.t.Helper()
	m, err := h.Plan(h.t.Context(), h.secretary(), session.NewMeeting{Body: h.council, Frame: frame(day)})
	h.must(err)
	return m
}

func (h *house) other(m session.ID, title string) session.ItemID {
	h.t.Helper()
	i, err := h.agenda.Add(h.t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: title}})
	h.must(err)
	return i
}

func (h *house) detail(m session.ID) session.Detail {
	h.t.Helper()
	d, err := h.Get(h.t.Context(), h.secretary(), m)
	h.must(err)
	return d
}

func (h *house) item(i session.ItemID) session.ItemDetail {
	h.t.Helper()
	d, err := h.Item(h.t.Context(), h.secretary(), i)
	h.must(err)
	return d
}

func (h *house) issue(m session.ID, why string) {
	h.t.Helper()
	_, err := h.agenda.Issue(h.t.Context(), h.secretary(), m, h.detail(m).Version, why)
	h.must(err)
}

func (h *house) begin(m session.ID) {
	h.t.Helper()
	h.must(h.floor.Begin(h.t.Context(), h.secretary(), m, h.detail(m).Version, h.mayors["Oppdal"]))
}

func (h *house) attend(m session.ID, seat meeting.SeatID, part meeting.Part, present bool) {
	h.t.Helper()
	h.must(h.floor.Attend(h.t.Context(), h.secretary(), m, session.Attendance{Seat: seat, Part: part, Present: present}))
}

// all lets every mayor meet.
func (h *house) all(m session.ID) {
	h.t.Helper()
	for _, name := range members {
		h.attend(m, h.mayors[name], meeting.Member, true)
	}
}

func (h *house) scope(i session.ItemID, s outcome.Scope) {
	h.t.Helper()
	h.must(h.floor.SetScope(h.t.Context(), h.secretary(), i, h.item(i).Version, s, "Lederen"))
}

func (h *house) votes(i session.ItemID, p rule.Position, names ...string) {
	h.t.Helper()
	for _, name := range names {
		_, err := h.floor.TakePosition(h.t.Context(), h.mayor(name), i, floor.Taking{Seat: h.mayors[name], Position: p, Reason: "Fordi"})
		h.must(err)
	}
}

func (h *house) decide(i session.ItemID) outcome.State {
	h.t.Helper()
	s, err := h.floor.Decide(h.t.Context(), h.secretary(), i, h.item(i).Version, "Som foreslått.")
	h.must(err)
	return s
}

// field is the name of the first field that the error is about, else its key.
func field(err error) string {
	e, ok := fault.As(err)
	switch {
	case !ok:
		return ""
	case e.Kind == fault.Invalid && len(e.Fields) > 0:
		return e.Fields[0].Name
	}
	return string(e.Key)
}

// dump writes everything that a value holds, as a page could show it.
func dump(v any) string { return fmt.Sprintf("%+v", v) }
