package agreement_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
)

// house has a mill with a position that kari, who showed interest, got, and a school that
// gives the education. Its clock stands still.
type house struct {
	t          *testing.T
	db         *db.DB
	now        time.Time
	positions  *position.Service
	agreements *agreement.Service
	mill       access.OrgID
	school     access.OrgID
	other      access.OrgID
	kari, ola  access.Actor
	hired      position.ID
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)}
	tick := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, tick, func(string) bool { return true })
	add := func(kind org.Kind, name string) access.OrgID {
		o, err := orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: "5021"})
		h.must(err)
		return o.ID
	}
	h.mill, h.school, h.other = add(org.Company, "Ålen Sag"), add(org.University, "Fjelluniversitetet"), add(org.Company, "Fjellbygg")
	accounts := account.New(h.db, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	person := func(name string) access.Actor {
		a, err := accounts.CreateDemo(t.Context(), access.SystemActor("test"), account.NewAccount{Username: "demo-" + name, Name: name, DemoRole: name,
			Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
		h.must(err)
		return access.Actor{Account: a, Roles: []access.Assignment{{Role: access.RolePerson}}}
	}
	h.kari, h.ola = person("kari"), person("ola")
	known := func(string) bool { return true }
	h.positions = position.New(position.Deps{DB: h.db, Clock: tick, Knows: position.Knows{Level: known, Sector: known, Municipality: known}})
	h.agreements = agreement.New(h.db, tick, h.positions)
	var err error
	h.hired, err = h.positions.Write(t.Context(), h.employer(), position.Content{Employer: h.mill, Title: "Operatør", Words: "Arbeid og studier.", Required: "Automatisering",
		Level: "fagskole", Municipality: "5021", Provider: h.school, WorkHours: 28, StudyHours: 8})
	h.must(err)
	h.move(h.employer(), position.Moving{To: position.Clarifying, Version: 1})
	h.move(h.provider(), position.Moving{To: position.Published, Version: 2, Pathway: position.Exists, Unit: "Avdelingen"})
	_, err = h.positions.ShowInterest(t.Context(), h.kari, h.hired, "", "ring meg")
	h.must(err)
	h.move(h.employer(), position.Moving{To: position.Hired, Version: 3})
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) move(actor access.Actor, m position.Moving) {
	h.t.Helper()
	h.must(h.positions.Move(h.t.Context(), actor, h.hired, m))
}

func as(role access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) employer() access.Actor { return as(access.RoleOrgMember, h.mill) }
func (h *house) provider() access.Actor { return as(access.RoleProviderUser, h.school) }

// terms are those agreed on with kari.
func (h *house) terms() agreement.Terms {
	return agreement.Terms{Candidate: h.kari.Account, WorkHours: 28, StudyHours: 8, Pay: "Full lønn", Gatherings: "Tre samlinger i Levanger", Duration: "to år", Goal: "Automatisering", Start: clock.MustDate("2027-01-04")}
}

func (h *house) write(nr int64, x agreement.Terms) error {
	return h.agreements.Write(h.t.Context(), h.employer(), h.hired, nr, x)
}

func (h *house) say(actor access.Actor, nr int64, party agreement.Party) error {
	return h.agreements.Say(h.t.Context(), actor, h.hired, nr, party, clock.Date{})
}

func (h *house) get(actor access.Actor) agreement.Agreement {
	h.t.Helper()
	a, err := h.agreements.Get(h.t.Context(), actor, h.hired)
	h.must(err)
	return a
}

func (h *house) ball() flow.Ball {
	h.t.Helper()
	d, err := h.positions.Get(h.t.Context(), access.SystemActor("test"), h.hired)
	h.must(err)
	return d.Ball
}

func wantKind(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("%v, want a fault of kind %v", err, k)
	}
}

func TestTheEducationBeginsWhenAllThreeHaveSaidYes(t *testing.T) {
	h := newHouse(t)
	begin := func() error {
		return h.positions.Move(t.Context(), h.employer(), h.hired, position.Moving{To: position.InEducation, Version: 4})
	}
	wantKind(t, begin(), fault.Conflict) // nothing is written
	h.must(h.write(0, h.terms()))
	for _, x := range []struct {
		party agreement.Party
		actor access.Actor
		next  flow.Ball
	}{{agreement.Employer, h.employer(), flow.Ball{Party: flow.Learner, Account: h.kari.Account}}, {agreement.Candidate, h.kari, flow.Ball{Party: flow.Provider, Org: h.school}},
		{agreement.Provider, h.provider(), flow.Ball{Party: flow.Employer, Org: h.mill}}} {
		wantKind(t, begin(), fault.Conflict)
		wantKind(t, h.say(as(access.RoleOrgMember, h.other), 1, x.party), fault.NotFound)
		h.must(h.say(x.actor, 1, x.party))
		wantKind(t, h.say(x.actor, 1, x.party), fault.Conflict) // once
		x.next.Due = clock.MustDate("2026-12-02")
		if got := h.ball(); got != x.next {
			t.Errorf("after the yes of the %s the ball is %+v, want %+v", x.party, got, x.next)
		}
	}
	if a := h.get(h.kari); !a.IsFrozen() || a.Name != "kari" || a.Said(agreement.Candidate) != clock.MustDate("2026-11-18") {
		t.Errorf("she reads %+v", a)
	}
	wantKind(t, h.write(1, h.terms()), fault.Conflict) // frozen
	h.must(begin())
	wantKind(t, h.say(h.kari, 1, agreement.Candidate), fault.Conflict)
}

func TestAYesIsForOneVersion(t *testing.T) {
	h := newHouse(t)
	h.must(h.write(0, h.terms()))
	h.must(h.say(h.kari, 1, agreement.Candidate))
	x := h.terms()
	x.StudyHours = 4
	wantKind(t, h.write(0, x), fault.Stale)
	h.must(h.write(1, x))
	if a := h.get(h.provider()); a.Nr != 2 || a.StudyHours != 4 || len(a.Yeses) != 0 {
		t.Errorf("the provider reads %+v", a)
	}
	wantKind(t, h.say(h.provider(), 1, agreement.Provider), fault.Stale)
	h.must(h.say(h.provider(), 2, agreement.Provider))
}

func TestOnlyTheThreeReadIt(t *testing.T) {
	h := newHouse(t)
	wantKind(t, readAs(h, h.kari), fault.NotFound) // she is not named before it is written
	h.must(h.write(0, h.terms()))
	for name, actor := range map[string]access.Actor{"visitor": {}, "another employer": as(access.RoleOrgMember, h.other), "another provider": as(access.RoleProviderUser, h.other), "another learner": h.ola,
		"county": as(access.RoleCaseOfficer, h.other), "administrator": as(access.RoleSysadmin, h.mill)} {
		if err := readAs(h, actor); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads it: %v", name, err)
		}
		wantKind(t, h.say(actor, 1, agreement.Candidate), fault.NotFound)
		wantKind(t, h.agreements.Write(t.Context(), actor, h.hired, 1, h.terms()), fault.NotFound)
	}
	for party, actor := range map[agreement.Party]access.Actor{agreement.Employer: h.employer(), agreement.Candidate: h.kari, agreement.Provider: h.provider()} {
		a := h.get(actor)
		if !a.Is(party) || len(a.Mine) != 1 || len(a.MaySay()) != 1 || a.MaySay()[0] != party {
			t.Errorf("the %s is %v and may say yes for %v", party, a.Mine, a.MaySay())
		}
		for _, other := range agreement.Parties() {
			if other != party {
				wantKind(t, h.say(actor, 1, other), fault.Conflict)
			}
		}
		if party != agreement.Employer {
			wantKind(t, h.agreements.Write(t.Context(), actor, h.hired, 1, h.terms()), fault.Denied)
		}
	}
}

func readAs(h *house, actor access.Actor) error {
	_, err := h.agreements.Get(h.t.Context(), actor, h.hired)
	return err
}

func TestACandidateWithoutAnAccount(t *testing.T) {
	h := newHouse(t)
	x := h.terms()
	x.Candidate = h.ola.Account // he has shown no interest
	wantKind(t, h.write(0, x), fault.Invalid)
	x.Candidate, x.Name = "", " "
	wantKind(t, h.write(0, x), fault.Invalid)
	x.Name = "Den nye"
	h.must(h.write(0, x))
	say := func(actor access.Actor, on string) error {
		return h.agreements.Say(t.Context(), actor, h.hired, 1, agreement.Candidate, clock.MustDate(on))
	}
	wantKind(t, say(h.kari, "2026-11-18"), fault.NotFound)
	wantKind(t, say(h.employer(), "2026-11-17"), fault.Invalid) // before it was written
	wantKind(t, say(h.employer(), "2026-11-19"), fault.Invalid) // tomorrow
	h.now = h.now.AddDate(0, 0, 2)
	h.must(say(h.provider(), "2026-11-19"))
	if on := h.get(h.employer()).Said(agreement.Candidate); on != clock.MustDate("2026-11-19") {
		t.Errorf("she said yes on %s", on)
	}
	h.must(h.positions.Move(t.Context(), h.employer(), h.hired, position.Moving{To: position.Interrupted, Version: 4, Note: "Hun tok en annen jobb."}))
	h.now = h.now.AddDate(0, 0, position.KeptDays)
	if n := h.sweep(); n != 0 {
		t.Errorf("%d names are gone on the last day", n)
	}
	h.now = h.now.AddDate(0, 0, 1)
	if n, a := h.sweep(), h.get(h.employer()); n != 1 || a.Name != "" || a.Goal != "Automatisering" {
		t.Errorf("%d names are gone, and it reads %+v", n, a)
	}
}

func (h *house) sweep() (n int64) {
	h.t.Helper()
	h.must(h.db.Write(h.t.Context(), func(tx *db.Tx) (err error) { n, err = h.agreements.Sweep(h.t.Context(), tx); return err }))
	return n
}

func TestWhoDeletesHerAccountIsTakenOut(t *testing.T) {
	h := newHouse(t)
	h.must(h.write(0, h.terms()))
	h.must(h.say(h.employer(), 1, agreement.Employer))
	h.must(h.db.Write(t.Context(), func(tx *db.Tx) error { return h.agreements.Forget(context.Background(), tx, h.kari.Account) }))
	wantKind(t, readAs(h, h.kari), fault.NotFound)
	if a := h.get(h.provider()); a.Candidate != "" || a.Name != "" || a.Pay != "Full lønn" {
		t.Errorf("the provider reads %+v", a)
	}
	if b := h.ball(); b.Account != "" || b.Org != h.mill {
		t.Errorf("the ball is %+v", b)
	}
}

func TestTwoAtOnce(t *testing.T) {
	h := newHouse(t)
	h.must(h.write(0, h.terms()))
	both := func(do func() error) (done int) {
		var wait sync.WaitGroup
		errs := make(chan error, 2)
		for range 2 {
			wait.Go(func() { errs <- do() })
		}
		wait.Wait()
		close(errs)
		for err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Stale) {
				t.Error(err)
			}
		}
		return done
	}
	if n := both(func() error { return h.say(h.kari, 1, agreement.Candidate) }); n != 1 || len(h.get(h.kari).Yeses) != 1 {
		t.Errorf("%d of two yeses were taken", n)
	}
	if n := both(func() error { return h.write(1, h.terms()) }); n != 1 || h.get(h.employer()).Nr != 2 {
		t.Errorf("%d of two versions were written", n)
	}
}
