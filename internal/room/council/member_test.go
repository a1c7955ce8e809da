package council_test

import (
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/room/meeting"
)

func (h *house) account(actor access.Actor) member.Account {
	h.t.Helper()
	a, err := h.member.Account(h.t.Context(), actor, h.id)
	h.must(err)
	return a
}

// The fee is fixed once a year, the same for all: a line for each member, and the sum
// is fee times members.
func TestTheFeeIsTheSameForAll(t *testing.T) {
	h := open(t)
	f := member.Fee{Body: h.id, Year: 2026, Amount: money.Kroner(150_000), DecidedBy: "Rådet i plenum, PS 12/25", DecidedOn: clock.MustDate("2025-10-14")}
	_, err := h.member.FixFee(t.Context(), h.mayor("Røros"), f)
	h.is(err, fault.Denied)
	id, err := h.member.FixFee(t.Context(), h.secretar, f)
	h.must(err)
	_, err = h.member.FixFee(t.Context(), h.secretar, f)
	h.refuses(err, "year")
	a := h.account(access.Actor{})
	lines, sum := a.Fees[0].Invoice(a.Body)
	if len(lines) != 6 || sum != money.Kroner(900_000) {
		t.Errorf("%d lines, %s", len(lines), sum.Format())
	}
	for _, l := range lines {
		if l.Amount != f.Amount {
			t.Errorf("%s pays %s", l.Name, l.Amount.Format())
		}
	}
	f.ID, f.Version, f.Amount = id, 1, money.Kroner(160_000)
	h.must(h.member.ChangeFee(t.Context(), h.secretar, f))
	h.is(h.member.ChangeFee(t.Context(), h.secretar, f), fault.Stale)
	for field, wrong := range map[string]func(*member.Fee){"amount": func(x *member.Fee) { x.Amount = 0 }, "decided_by": func(x *member.Fee) { x.DecidedBy = "" }, "decided_on": func(x *member.Fee) { x.DecidedOn = today.AddDays(1) },
		"year": func(x *member.Fee) { x.Year = 3000 }} {
		x := f
		wrong(&x)
		_, err := h.member.FixFee(t.Context(), h.secretar, x)
		h.refuses(err, field)
	}
}

// A deposit needs the municipality's own case; its offices record it, and no others.
func TestADepositNeedsTheMembersOwnDecision(t *testing.T) {
	h := open(t)
	d := member.Deposit{Body: h.id, Org: h.orgs["Oppdal"], Year: 2026, Project: "Piloter", Amount: money.Kroner(40_000), Case: "PS 22/26", DecidedOn: today}
	without := d
	without.Case = ""
	_, err := h.member.AddDeposit(t.Context(), h.exec("Oppdal"), without)
	h.refuses(err, "case")
	_, err = h.member.AddDeposit(t.Context(), h.exec("Røros"), d)
	h.is(err, fault.Denied)
	_, err = h.member.AddDeposit(t.Context(), h.exec("Oppdal"), d)
	h.must(err)
	if a := h.account(access.Actor{}); len(a.DepositsIn(2026)) != 1 || len(a.DepositsIn(2025)) != 0 || a.Deposits[0].Name != "Oppdal" {
		t.Errorf("deposits %v", a.Deposits)
	}
}

// O-24 and what is in doubt about it.
func TestHowANoticeIsRead(t *testing.T) {
	h := open(t)
	terms := h.account(access.Actor{}).Body.Terms
	for _, x := range []struct {
		notice, effect string
		inTime         bool
		doubts         int
	}{{"2020-10-15", "2021-12-31", true, 0}, {"2020-11-01", "2021-12-31", true, 1}, {"2020-11-02", "2022-12-31", false, 2}, {"2020-11-03", "2022-12-31", false, 1}, {"2021-11-01", "2022-12-31", true, 1},
		{"2021-11-02", "2023-12-31", false, 1}, {"2021-06-01", "2022-12-31", true, 0}} {
		r, ok := member.Read(terms, clock.MustDate(x.notice))
		if !ok || r.Effect.String() != x.effect || r.LastFee != r.Effect.Year() || r.InTime != x.inTime || len(r.Doubts) != x.doubts {
			t.Errorf("%s: %+v %v", x.notice, r, ok)
		}
	}
	if _, ok := member.Read(council.Terms{}, today); ok {
		t.Error("rules that say nothing were read")
	}
	// Whatever the day: out at the end of a year, after it, within 26 months.
	for d := clock.MustDate("2023-12-20"); d.Before(clock.MustDate("2026-01-10")); d = d.AddDays(1) {
		r, _ := member.Read(terms, d)
		if r.Effect.Month() != 12 || r.Effect.Day() != 31 || r.Effect.Sub(d) < 365 || r.Effect.Sub(d) > 793 {
			t.Fatalf("%s gives %s", d, r.Effect)
		}
	}
}

// E2E-9: a municipality gives notice on 15.10 and is out at the end of next year, pays
// for that year, and has its seats till then in the council and the board.
func TestAMemberLeaves(t *testing.T) {
	h := open(t)
	n := member.Notice{Body: h.id, Org: h.orgs["Røros"], Day: clock.MustDate("2026-10-15"), Case: "PS 61/26", DecidedOn: clock.MustDate("2026-10-01")}
	without := n
	without.Case = " "
	_, err := h.member.Withdraw(t.Context(), h.mayor("Røros"), without)
	h.refuses(err, "case")
	late := n
	late.DecidedOn = clock.MustDate("2026-10-16")
	_, err = h.member.Withdraw(t.Context(), h.mayor("Røros"), late)
	h.refuses(err, "decided_on")
	_, err = h.member.Withdraw(t.Context(), h.mayor("Oppdal"), n)
	h.is(err, fault.Denied)
	w, err := h.member.Withdraw(t.Context(), h.mayor("Røros"), n)
	h.must(err)
	if w.Effect.String() != "2027-12-31" || w.LastFee != 2027 {
		t.Errorf("out %s, pays %d", w.Effect, w.LastFee)
	}
	_, err = h.member.Withdraw(t.Context(), h.mayor("Røros"), n)
	h.refuses(err, "org")
	a := h.account(access.Actor{})
	for year, want := range map[int]int{2027: 6, 2028: 5} {
		lines, _ := member.Fee{Year: year, Amount: 1}.Invoice(a.Body)
		if len(lines) != want {
			t.Errorf("%d pay for %d", len(lines), year)
		}
	}
	for _, b := range []meeting.BodyID{meeting.BodyID(h.id), h.board} {
		d, err := h.bodies.Get(t.Context(), b)
		h.must(err)
		for _, s := range d.Seats {
			left := s.Org == h.orgs["Røros"]
			if left != (s.To.String() == "2027-12-31") {
				t.Errorf("%s: a seat of %s ends %s", d.Name, s.OrgName, s.To)
			}
		}
	}
	if len(a.Withdrawals) != 1 || a.Withdrawals[0].Name != "Røros" {
		t.Errorf("notices %v", a.Withdrawals)
	}
}

// What the board must tell is open until the council has been told.
func TestTheBoardTellsTheCouncil(t *testing.T) {
	h := open(t)
	m := duty.Matter{Body: h.id, Tag: duty.Budget, What: "Rammen øker", DecidedBy: "Styret, ST 4/26", DecidedOn: today.AddDays(-10)}
	_, err := h.duty.Note(t.Context(), h.mayor("Røros"), m)
	h.is(err, fault.Denied)
	id, err := h.duty.Note(t.Context(), h.secretar, m)
	h.must(err)
	for field, wrong := range map[string]func(*duty.Matter){"tag": func(x *duty.Matter) { x.Tag = "annet" }, "what": func(x *duty.Matter) { x.What = "" }, "decided_on": func(x *duty.Matter) { x.DecidedOn = today.AddDays(1) }} {
		x := m
		wrong(&x)
		_, err := h.duty.Note(t.Context(), h.secretar, x)
		h.refuses(err, field)
	}
	s, err := h.duty.Sheet(t.Context(), access.Actor{}, h.id)
	h.must(err)
	if len(s.Open()) != 1 {
		t.Errorf("open: %v", s.Open())
	}
	h.refuses(h.duty.Tell(t.Context(), h.secretar, id, 1, "Rådet", today.AddDays(-11)), "told_on")
	h.must(h.duty.Tell(t.Context(), h.secretar, id, 1, "Rådet, PS 7/26", today))
	h.is(h.duty.Tell(t.Context(), h.secretar, id, 2, "Igjen", today), fault.Stale)
	s, err = h.duty.Sheet(t.Context(), access.Actor{}, h.id)
	h.must(err)
	if len(s.Open()) != 0 || s.Matters[0].Told != "Rådet, PS 7/26" {
		t.Errorf("matters: %v", s.Matters)
	}
}

// Duties come from the rules; the fee's is done when it is fixed.
func TestDutiesComeAgain(t *testing.T) {
	h := open(t)
	for day, want := range map[string]int{"2023-10-31": 2019, "2023-11-01": 2023, "2026-11-21": 2023, "2027-10-31": 2023, "2027-11-01": 2027, "2019-12-01": 2019} {
		if got := duty.ElectionYear(clock.MustDate(day)); got != want {
			t.Errorf("%s: %d, want %d", day, got, want)
		}
	}
	find := func(k duty.Kind, year int) (duty.Due, bool) {
		s, err := h.duty.Sheet(t.Context(), access.Actor{}, h.id)
		h.must(err)
		for _, d := range s.Dues {
			if d.Kind == k && d.Year == year {
				return d, true
			}
		}
		return duty.Due{}, false
	}
	if d, ok := find(duty.Period, 2023); !ok || d.Day.String() != "2024-10-31" || d.On(today) != duty.Late {
		t.Errorf("evaluation %+v", d)
	}
	h.is(h.duty.Do(t.Context(), h.mayor("Røros"), h.id, duty.Period, 2023, "PS 8/24", today), fault.Denied)
	h.must(h.duty.Do(t.Context(), h.secretar, h.id, duty.Period, 2023, "PS 8/24", today))
	h.is(h.duty.Do(t.Context(), h.secretar, h.id, duty.Period, 2023, "PS 9/24", today), fault.Conflict)
	h.is(h.duty.Do(t.Context(), h.secretar, h.id, duty.Fee, 2027, "PS 9/26", today), fault.NotFound)
	if d, _ := find(duty.Period, 2023); d.On(today) != duty.Done || d.Done != "PS 8/24" {
		t.Errorf("evaluation %+v", d)
	}
	if d, _ := find(duty.Fee, 2027); d.On(today) != duty.Soon || d.Day.String() != "2026-12-31" {
		t.Errorf("fee %+v", d)
	}
	_, err := h.member.FixFee(t.Context(), h.secretar, member.Fee{Body: h.id, Year: 2027, Amount: money.Kroner(1), DecidedBy: "PS 9/26", DecidedOn: today})
	h.must(err)
	if d, _ := find(duty.Fee, 2027); d.On(today) != duty.Done {
		t.Errorf("fee %+v", d)
	}
}

// A body that is no council has none of this.
func TestOnlyCouncilsHaveIt(t *testing.T) {
	h := open(t)
	_, err := h.member.Account(t.Context(), h.secretar, council.BodyID(h.board))
	h.is(err, fault.NotFound)
	_, _, _, err = h.Agreement(t.Context(), h.secretar, council.BodyID(h.board))
	h.is(err, fault.NotFound)
}
