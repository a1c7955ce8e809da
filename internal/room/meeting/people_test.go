package meeting_test

import (
	"context"
	"errors"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

func TestANewMemberFollowsTheOneBefore(t *testing.T) {
	h := open(t)
	h.fill()
	seat := h.seatOf("Røros", rule.Mayor)
	h.appoint(meeting.Holder{Seat: seat.ID, Part: meeting.Member, Title: "Ny ordfører", ElectedBy: "Kommunestyret 41/26", From: today})
	seat = h.seatOf("Røros", rule.Mayor)
	if was, ok := seat.MemberOn(today.AddDays(-1)); !ok || was.Title != "mayor" || was.To != today.AddDays(-1) {
		t.Errorf("the day before: %+v", was)
	}
	if is, ok := seat.MemberOn(today); !ok || is.Title != "Ny ordfører" {
		t.Errorf("today: %+v", is)
	}
	if d := seat.DeputiesOn(today); len(d) != 1 {
		t.Errorf("the deputies went with the member: %+v", d)
	}
	h.appoint(meeting.Holder{Seat: seat.ID, Part: meeting.Deputy, Title: "andre vara", ElectedBy: "Kommunestyret 41/26", From: today})
	if d := h.seatOf("Røros", rule.Mayor).DeputiesOn(today); len(d) != 2 || d[1].Title != "andre vara" || d[1].Rank != 2 {
		t.Errorf("deputies: %+v", d)
	}
	for want, in := range map[string]meeting.Holder{
		"from":       {Seat: seat.ID, Part: meeting.Member, Title: "For sent ute", ElectedBy: "x", From: today.AddDays(-30)},
		"elected_by": {Seat: seat.ID, Part: meeting.Deputy, Title: "Uten valg", From: today},
		"title":      {Seat: seat.ID, Part: meeting.Member, ElectedBy: "x", From: today},
		"part":       {Seat: seat.ID, Part: "guest", Title: "Gjest", ElectedBy: "x", From: today},
	} {
		if _, err := h.Appoint(t.Context(), system, meeting.Appointment{Holder: in}); field(err) != want {
			t.Errorf("wrong %s: %v", want, err)
		}
	}
	if _, err := h.Appoint(t.Context(), system, meeting.Appointment{Username: "finnes-ikke", Holder: meeting.Holder{Seat: seat.ID, Part: meeting.Deputy,
		Title: "Vara", ElectedBy: "x", From: today}}); field(err) != "username" {
		t.Errorf("an unknown username: %v", err)
	}
	who := h.person("vara", "", "", access.Scope{})
	held, err := h.Appoint(t.Context(), system, meeting.Appointment{Username: " Vara ", Holder: meeting.Holder{Seat: seat.ID, Part: meeting.Deputy,
		Title: "Vara", ElectedBy: "x", From: today}})
	if err != nil {
		t.Fatal(err)
	}
	if r := h.rights(who); len(r.Seats) != 1 || r.Seats[0].Part != meeting.Deputy || r.Seats[0].Seat != seat.ID {
		t.Errorf("the deputy's rights: %+v", r)
	}
	if err := h.EndHolder(t.Context(), system, held, 1, today.AddDays(-1)); err != nil {
		t.Fatal(err)
	}
	if r := h.rights(who); r.IsIn() {
		t.Errorf("after the end: %+v", r)
	}
	if err := h.EndHolder(t.Context(), system, held, 1, today.AddDays(-1)); !fault.Is(err, fault.Stale) {
		t.Errorf("an old version ends it: %v", err)
	}
	if err := h.EndHolder(t.Context(), system, held, 2, today); field(err) != "to" {
		t.Errorf("it is made longer: %v", err)
	}
}

func TestASeatEndsWithThoseWhoHoldIt(t *testing.T) {
	h := open(t)
	h.fill()
	seat := h.seatOf("Oppdal", rule.Mayor)
	if err := h.RemoveSeat(t.Context(), system, seat.ID, 9, today); !fault.Is(err, fault.Stale) {
		t.Errorf("an old version ends it: %v", err)
	}
	if err := h.RemoveSeat(t.Context(), system, seat.ID, seat.Version, clock.MustDate("2000-01-01")); field(err) != "to" {
		t.Errorf("it ends before it began: %v", err)
	}
	if err := h.RemoveSeat(t.Context(), system, seat.ID, seat.Version, today); err != nil {
		t.Fatal(err)
	}
	d := h.details()
	if _, votes := d.Tally(today.AddDays(1)); votes != 5 {
		t.Errorf("%d votes tomorrow, want 5", votes)
	}
	for _, holder := range h.seatOf("Oppdal", rule.Mayor).Holders {
		if holder.To != today {
			t.Errorf("%s holds on: %+v", holder.Title, holder)
		}
	}
	if _, err := h.Appoint(t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat.ID, Part: meeting.Member, Title: "x", ElectedBy: "x", From: today.AddDays(1)}}); field(err) != "from" {
		t.Errorf("somebody holds a seat that is gone: %v", err)
	}
	if _, err := h.AddSeat(t.Context(), system, meeting.Seat{Body: h.council, Org: h.orgs["Oppdal"], Kind: rule.Mayor, From: clock.MustDate("2016-12-31")}); field(err) != "from" {
		t.Errorf("a seat older than the body: %v", err)
	}
}

// The office is enough: the mayor of a municipality has its seat, by the role and
// without an account written at the seat; nobody else of the municipality has.
func TestRightsFollowTheOffice(t *testing.T) {
	h := open(t)
	h.fill()
	seat := h.seatOf("Røros", rule.Mayor)
	region := access.Scope{Kind: access.ScopeRegion, Ref: "trondelag-sor"}
	mayor := h.person("m1", "Røros", access.RoleMayor, access.Scope{})
	for _, c := range []struct {
		name   string
		a      access.Actor
		seat   meeting.SeatID
		closed bool
	}{
		{"visitor", access.Actor{}, "", false},
		{"the mayor", mayor, seat.ID, true},
		{"the mayor with a role in the region", h.person("m2", "Røros", access.RoleMayor, region), seat.ID, true},
		{"the mayor with a role in another region", h.person("m3", "Røros", access.RoleMayor, access.Scope{Kind: access.ScopeRegion, Ref: "namdalen"}), "", false},
		{"the mayor of another", h.person("m4", "Fylket", access.RoleMayor, access.Scope{}), "", false},
		{"the opposition", h.person("o1", "Røros", access.RoleOpposition, access.Scope{}), h.seatOf("Røros", rule.Opposition).ID, true},
		{"the chief executive", h.person("e1", "Røros", access.RoleChiefExec, access.Scope{}), h.seatOf("Røros", rule.ChiefExec).ID, true},
		{"a case officer there", h.person("c1", "Røros", access.RoleCaseOfficer, access.Scope{}), "", false},
		{"a forum member there", h.person("f1", "Røros", access.RoleForumMember, access.Scope{}), "", false},
		{"the system", system, "", false},
	} {
		r := h.rights(c.a)
		if r.MaySeeClosed() != c.closed || (c.seat == "") == r.IsIn() {
			t.Errorf("%s: %+v", c.name, r)
		}
		if _, has := r.In(c.seat); has != (c.seat != "") {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
	if r := h.rights(mayor); r.Secretary || r.Leader || r.DeputyLeader {
		t.Errorf("the mayor: %+v", r)
	}
	other := h.person("en annen", "", "", access.Scope{})
	h.appoint(meeting.Holder{Seat: seat.ID, Part: meeting.Member, Account: other.Account, Title: "Ordfører", ElectedBy: "x", From: today})
	if r := h.rights(mayor); r.IsIn() {
		t.Errorf("the role gives the seat beside the account that holds it: %+v", r)
	}
	observer := h.person("obs", "", "", access.Scope{})
	h.appoint(meeting.Holder{Seat: h.seat("Fylket", rule.Observer), Part: meeting.Member, Account: observer.Account, Title: "Observatør", From: today})
	if r := h.rights(observer); !r.IsIn() || r.MaySeeClosed() {
		t.Errorf("the observer: %+v", r)
	}
}

func TestTheLeaderIsAMayorForTwoYears(t *testing.T) {
	h := open(t)
	h.fill()
	elect := func(task meeting.Task, member string, k meeting.SeatKind, from string) error {
		return h.Elect(t.Context(), system, h.council, meeting.Election{Task: task, Seat: h.seatOf(member, k).ID, ElectedBy: "PS 1/24", From: clock.MustDate(from)})
	}
	if err := elect(meeting.Leader, "Melhus", rule.Mayor, "2024-01-15"); err != nil {
		t.Fatal(err)
	}
	if err := elect(meeting.DeputyLeader, "Oppdal", rule.Mayor, "2026-01-15"); err != nil {
		t.Fatal(err)
	}
	d := h.details()
	if _, term, ok := d.LeaderOn(meeting.Leader, clock.MustDate("2026-01-14")); !ok || term.To != clock.MustDate("2026-01-14") {
		t.Errorf("the term: %+v, %v", term, ok)
	}
	if _, _, ok := d.LeaderOn(meeting.Leader, today); ok {
		t.Error("the term has no end")
	}
	if f := d.Findings(today); len(f) != 1 || f[0].Kind != meeting.NoLeader {
		t.Errorf("findings: %+v", f)
	}
	if err := elect(meeting.Leader, "Røros", rule.ChiefExec, "2026-02-01"); field(err) != "seat" {
		t.Errorf("a chief executive leads: %v", err)
	}
	if err := elect(meeting.Leader, "Røros", rule.Mayor, "2026-02-01"); err != nil {
		t.Fatal(err)
	}
	if err := elect(meeting.Leader, "Melhus", rule.Mayor, "2026-01-15"); field(err) != "from" {
		t.Errorf("a term before the last one: %v", err)
	}
	if err := elect(meeting.Leader, "Melhus", rule.Mayor, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	if _, term, _ := h.details().LeaderOn(meeting.Leader, clock.MustDate("2026-10-31")); term.To != clock.MustDate("2026-10-31") {
		t.Errorf("the term before does not end: %+v", term)
	}
	if r := h.rights(h.person("m", "Melhus", access.RoleMayor, access.Scope{})); !r.Leader || r.DeputyLeader {
		t.Errorf("the leader's rights: %+v", r)
	}
	if r := h.rights(h.person("o", "Oppdal", access.RoleMayor, access.Scope{})); r.Leader || !r.DeputyLeader {
		t.Errorf("the deputy leader's rights: %+v", r)
	}
}

func TestRulesAreVersionsInForceFromADay(t *testing.T) {
	h := open(t)
	if d := h.details(); len(d.Findings(today)) != 1 || d.Findings(today)[0].Kind != meeting.NoRules {
		t.Errorf("a body without rules: %+v", d.Findings(today))
	}
	old := rule.Council()
	old.Leader.Years = 4
	h.adopt("2017-01-01", old)
	h.adopt("2020-03-23", rule.Council())
	on := func(day string) (years int) {
		err := h.db.Read(context.Background(), func(tx *db.Tx) error {
			r, err := meeting.RulesOn(context.Background(), tx, h.council, clock.MustDate(day))
			years = r.Rules.Leader.Years
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", day, err)
		}
		return years
	}
	if on("2020-03-22") != 4 || on("2020-03-23") != 2 || on("2026-01-01") != 2 {
		t.Error("the versions do not hold from their days")
	}
	err := h.db.Read(context.Background(), func(tx *db.Tx) error {
		_, err := meeting.RulesOn(context.Background(), tx, h.council, clock.MustDate("2016-12-31"))
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("before the first version: %v", err)
	}
	unlawful := rule.Council()
	unlawful.Distant.Counts = true
	if _, err := h.Adopt(t.Context(), system, meeting.RuleSet{Body: h.council, Title: "x", AdoptedBy: "x", ValidFrom: today, Rules: unlawful}); field(err) == "" {
		t.Errorf("an elected body counts what was said by phone: %v", err)
	}
	if _, err := h.Adopt(t.Context(), system, meeting.RuleSet{Body: h.council, Title: "x", AdoptedBy: "x", ValidFrom: clock.MustDate("2020-03-23"), Rules: rule.Council()}); field(err) != "valid_from" {
		t.Errorf("two versions of one day: %v", err)
	}
	if _, err := h.Adopt(t.Context(), system, meeting.RuleSet{Body: h.council, Title: "x", ValidFrom: today, Rules: rule.Council()}); field(err) != "adopted_by" {
		t.Errorf("rules that nobody adopted: %v", err)
	}
}

func TestNumbersRunWithoutGaps(t *testing.T) { // O-17
	h := open(t)
	if err := h.StartSeries(t.Context(), system, h.council, "PS", 2020, 21); err != nil {
		t.Fatal(err)
	}
	take := func(year int, fail error) string {
		var n meeting.Number
		err := h.db.Write(context.Background(), func(tx *db.Tx) (err error) {
			if n, err = meeting.TakeNumber(context.Background(), tx, h.council, "PS", year); err != nil {
				return err
			}
			return fail
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
		return n.String()
	}
	stop := errors.New("stop")
	for i, want := range []string{"PS 22/20", "PS 23/20", "PS 24/20"} {
		if got := take(2020, stop); got != want {
			t.Errorf("number %d, given back: %s", i, got)
		}
		if got := take(2020, nil); got != want {
			t.Errorf("number %d: %s, want %s", i, got, want)
		}
	}
	if got := take(2021, nil); got != "PS 1/21" {
		t.Errorf("the new year: %s", got)
	}
	if got := take(2020, nil); got != "PS 25/20" {
		t.Errorf("the next of the old year: %s", got)
	}
	if err := h.StartSeries(t.Context(), system, h.council, "PS", 2021, 40); field(err) != "last" {
		t.Errorf("a series that has begun: %v", err)
	}
	if err := h.StartSeries(t.Context(), system, h.council, "RS", 2021, 0); field(err) != "last" {
		t.Errorf("a series from nothing: %v", err)
	}
}

func TestFindings(t *testing.T) {
	h := open(t)
	h.fill()
	for _, task := range meeting.Tasks() {
		err := h.Elect(t.Context(), system, h.council, meeting.Election{Task: task, Seat: h.seatOf("Melhus", rule.Mayor).ID, ElectedBy: "x",
			From: today.AddDays(-700), To: today.AddDays(meeting.Ahead)})
		if err != nil {
			t.Fatal(err)
		}
	}
	end := func(k meeting.SeatKind, deputies bool, last clock.Date) {
		for _, x := range h.seatOf("Oppdal", k).Holders {
			if (x.Part == meeting.Deputy) == deputies {
				if err := h.EndHolder(t.Context(), system, x.ID, x.Version, last); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	end(rule.Mayor, true, today.AddDays(-1))
	end(rule.ChiefExec, false, today.AddDays(-1))
	end(rule.Opposition, false, today.AddDays(meeting.Ahead))
	h.seat("Røros", rule.Mayor)
	h.seat("Fylket", rule.Member)
	want := map[meeting.FindingKind]string{meeting.NoDeputy: "Oppdal", meeting.HolderEnds: "Oppdal", meeting.TooManySeats: "Røros",
		meeting.UnknownSeat: "Fylket", meeting.LeaderEnds: "", meeting.VacantSeat: "Oppdal"}
	got := h.details().Findings(today)
	for kind, org := range want {
		found := false
		for _, f := range got {
			found = found || f.Kind == kind && f.Org == org
			if soon := f.Kind == meeting.HolderEnds || f.Kind == meeting.LeaderEnds; f.Soon != soon {
				t.Errorf("%s is soon: %v", f.Kind, f.Soon)
			}
		}
		if !found {
			t.Errorf("no finding %s of %q in %+v", kind, org, got)
		}
	}
	seat := h.seatOf("Holtålen", rule.Opposition)
	if err := h.RemoveSeat(t.Context(), system, seat.ID, seat.Version, today.AddDays(-1)); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range h.details().Findings(today) {
		found = found || f.Kind == meeting.MissingSeat && f.Org == "Holtålen" && f.Seat == rule.Opposition
	}
	if !found {
		t.Error("a municipality without its seat for the opposition is not found")
	}
}
