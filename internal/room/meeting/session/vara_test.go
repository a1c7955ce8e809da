package session_test

import (
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session/floor"
)

// person signs in for nothing but the seat, as its member or vara, from a day on.
func (h *house) person(name string, seat meeting.SeatID, part meeting.Part, from clock.Date) access.Actor {
	h.t.Helper()
	accounts := account.New(h.db, h.Clock, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	id, err := accounts.CreateDemo(h.t.Context(), system, account.NewAccount{Username: name, Name: name, DemoRole: name})
	h.must(err)
	_, err = h.bodies.Appoint(h.t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: part, Account: id, Title: name, ElectedBy: "Kommunestyret", From: from}})
	h.must(err)
	actor, err := accounts.ActorOf(h.t.Context(), id)
	h.must(err)
	return actor
}

// A vara who speaks for itself is heard as the vara, though neither the page nor the API
// asks which of the two it is: its vote counts when the member is away.
func TestAVaraSpeaksAsTheVara(t *testing.T) {
	h := open(t)
	vara := h.person("vara", h.mayors["Røros"], meeting.Deputy, founded)
	m := h.plan(today)
	i := h.other(m, "Samarbeidsavtale")
	h.issue(m, "")
	said := floor.Taking{Seat: h.mayors["Røros"], Position: rule.For}
	_, err := h.floor.TakePosition(t.Context(), vara, i, said)
	h.must(err)
	if p := h.item(i).Positions; len(p) != 1 || p[0].Part != meeting.Deputy {
		t.Errorf("said beforehand by the vara, kept as %+v", p)
	}
	h.begin(m)
	h.all(m)
	h.scope(i, outcome.All)
	h.attend(m, h.mayors["Røros"], meeting.Deputy, true)
	if _, err := h.floor.TakePosition(t.Context(), vara, i, said); !fault.Is(err, fault.Denied) {
		t.Errorf("the vara votes beside the member: %v", err)
	}
	h.attend(m, h.mayors["Røros"], meeting.Member, false)
	_, err = h.floor.TakePosition(t.Context(), vara, i, said)
	h.must(err)
	h.votes(i, rule.For, "Melhus", "Midtre Gauldal", "Holtålen", "Rennebu", "Oppdal")
	if s := h.decide(i); s != outcome.Adopted {
		t.Errorf("state %s", s)
	}
}
