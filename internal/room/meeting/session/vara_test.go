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

// When the leader steps back in a case, the deputy leader leads the meeting in it: that
// vote decides a tie, and not the one of the leader's vara.
func TestTheDeputyLeaderDecidesATieWhenTheLeaderStepsBack(t *testing.T) {
	h := open(t)
	set := rule.Council()
	set.Decision.Consensus = rule.Never
	_, err := h.bodies.Adopt(t.Context(), system, meeting.RuleSet{Body: h.council, Title: "Flertall", AdoptedBy: "Rådet 2026", ValidFrom: today, Rules: set})
	h.must(err)
	h.must(h.bodies.Elect(t.Context(), system, h.council, meeting.Election{Task: meeting.DeputyLeader, Seat: h.mayors["Røros"], ElectedBy: "PS 1/26", From: clock.MustDate("2026-01-15")}))
	m := h.plan(today)
	i := h.other(m, "Valg av sted")
	h.issue(m, "")
	h.begin(m) // under Oppdal
	h.all(m)
	rec, err := h.floor.RaiseRecusal(t.Context(), h.mayor("Oppdal"), i, h.mayors["Oppdal"], meeting.Member, "Eier tomta")
	h.must(err)
	h.must(h.floor.DecideRecusal(t.Context(), h.secretary(), rec, 1, outcome.Stepped, "Enstemmig inhabil"))
	h.attend(m, h.mayors["Oppdal"], meeting.Deputy, true)
	_, err = h.floor.TakePosition(t.Context(), h.secretary(), i, floor.Taking{Seat: h.mayors["Oppdal"], Part: meeting.Deputy, Position: rule.For})
	h.must(err)
	h.votes(i, rule.For, "Melhus", "Holtålen")
	h.votes(i, rule.Against, "Midtre Gauldal", "Røros", "Rennebu")
	h.scope(i, outcome.All)
	if s := h.decide(i); s != outcome.NotAdopted {
		t.Errorf("state %s", s)
	}
	if d := h.item(i).Decision; !d.Outcome.Vote.Casting || d.Facts.Chair != string(h.mayors["Røros"]) {
		t.Errorf("the deputy leader's vote did not decide: %+v", d.Outcome.Vote)
	}
}

// The vote is the seat's, and used by who holds it on the meeting's day: one who comes after
// does not vote in the meeting before, nor one who leaves in the meeting after.
func TestASeatIsUsedByWhoHoldsItThatDay(t *testing.T) {
	h := open(t)
	seat := h.mayors["Røros"]
	leaves := h.person("går av", seat, meeting.Member, today.AddDays(-10))
	ahead := h.plan(today.AddDays(1))
	i := h.other(ahead, "Etter skiftet")
	h.issue(ahead, "")
	said := floor.Taking{Seat: seat, Position: rule.For}
	_, err := h.floor.TakePosition(t.Context(), leaves, i, said)
	h.must(err) // until somebody follows
	h.person("kommer", seat, meeting.Member, today.AddDays(1))
	if _, err := h.floor.TakePosition(t.Context(), leaves, i, said); field(err) != "meeting.error.not_seat_then" {
		t.Errorf("one who has left the seat by then: %v", err)
	}
	past := h.plan(today.AddDays(-1))
	i = h.other(past, "Før skiftet")
	h.issue(past, "")
	h.begin(past)
	h.all(past)
	h.scope(i, outcome.All)
	_, err = h.floor.TakePosition(t.Context(), leaves, i, said)
	h.must(err)
	comes := h.person("ny i Oppdal", h.mayors["Oppdal"], meeting.Member, today)
	if _, err := h.floor.TakePosition(t.Context(), comes, i, floor.Taking{Seat: h.mayors["Oppdal"], Position: rule.For}); field(err) != "meeting.error.not_seat_then" {
		t.Errorf("one who came to the seat the day after: %v", err)
	}
}
