package council_test

import (
	"errors"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilweb/councils"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/hearing"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

var (
	today  = clock.MustDate("2026-11-21")
	system = access.SystemActor("test")
)

var members = []string{"Melhus", "Midtre Gauldal", "Røros", "Holtålen", "Rennebu", "Oppdal"}

// house has the council of the six municipalities with its board, and the room over it.
type house struct {
	*council.Service
	t        *testing.T
	db       *db.DB
	now      clock.Date
	member   *member.Service
	duty     *duty.Service
	hearing  *hearing.Service
	bodies   *meeting.Service
	id       council.BodyID
	board    meeting.BodyID
	orgs     map[string]access.OrgID
	secretar access.Actor
}

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
	h := &house{t: t, db: dbtest.New(t), now: today, orgs: map[string]access.OrgID{}}
	ticks := 0
	now := func() time.Time {
		ticks++
		return clock.StartOfDay(h.now).Std().Add(10*time.Hour + time.Duration(ticks)*time.Millisecond)
	}
	h.bodies = meeting.New(h.db, now, places)
	deps := council.Deps{DB: h.db, Clock: now, Bodies: councils.Bodies{Meeting: h.bodies}}
	h.Service, h.member, h.duty, h.hearing = council.New(deps), member.New(deps), duty.New(deps), hearing.New(deps)
	orgs := org.New(h.db, now, func(string) bool { return true })
	for _, name := range append([]string{"Rådet"}, members...) {
		o, err := orgs.Register(t.Context(), system, org.Registration{Kind: org.Municipality, Name: name, Municipality: "5021"})
		h.must(err)
		h.orgs[name] = o.ID
	}
	h.secretar = as(access.RoleSecretary, h.orgs["Rådet"])
	main := h.body(meeting.Council, "", rule.Council())
	h.id, h.board = council.BodyID(main), h.body(meeting.Board, main, rule.Board())
	for _, name := range members {
		for _, k := range []meeting.SeatKind{rule.Mayor, rule.Opposition, rule.ChiefExec} {
			h.seat(main, name, k)
		}
		h.seat(h.board, name, rule.Mayor)
	}
	return h
}

var founded = clock.MustDate("2017-01-01")

func (h *house) body(k meeting.Kind, above meeting.BodyID, set rule.Set) meeting.BodyID {
	h.t.Helper()
	b, err := h.bodies.Create(h.t.Context(), system, meeting.Body{Kind: k, Name: "Trøndelag Sør " + string(k), Host: h.orgs["Rådet"], Secretariat: h.orgs["Rådet"], Parent: above, From: founded})
	h.must(err)
	_, err = h.bodies.Adopt(h.t.Context(), system, meeting.RuleSet{Body: b, Title: "Avtale", AdoptedBy: "Rådet", ValidFrom: founded, Rules: set})
	h.must(err)
	return b
}

func (h *house) seat(b meeting.BodyID, name string, k meeting.SeatKind) {
	h.t.Helper()
	seat, err := h.bodies.AddSeat(h.t.Context(), system, meeting.Seat{Body: b, Org: h.orgs[name], Kind: k, From: founded})
	h.must(err)
	_, err = h.bodies.Appoint(h.t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: meeting.Member, Title: string(k), ElectedBy: "Kommunestyret", From: founded}})
	h.must(err)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// is holds an error against the kind it should have.
func (h *house) is(err error, want fault.Kind) {
	h.t.Helper()
	if !fault.Is(err, want) {
		h.t.Errorf("got %v, want %s", err, want)
	}
}

// refuses holds an error against the field it should be at.
func (h *house) refuses(err error, field string) {
	h.t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		h.t.Errorf("got %v, want a fault at %s", err, field)
		return
	}
	for _, x := range f.Fields {
		if x.Name == field {
			return
		}
	}
	h.t.Errorf("no fault at %s: %v", field, err)
}

func as(r access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: r, Org: o}}}
}

func (h *house) mayor(name string) access.Actor { return as(access.RoleMayor, h.orgs[name]) }
func (h *house) exec(name string) access.Actor  { return as(access.RoleChiefExec, h.orgs[name]) }
