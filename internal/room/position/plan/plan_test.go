package plan_test

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
	"kompetansetorg/internal/room/position/plan"
)

// house has a mill where kari got a job, and a school that gives the education in two
// gatherings.
type house struct {
	t            *testing.T
	positions    *position.Service
	agreements   *agreement.Service
	plans        *plan.Service
	mill, school access.OrgID
	kari         access.Actor
	job          position.ID
	version      int64
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t}
	d := dbtest.New(t)
	tick := clock.Clock(func() time.Time { return time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC) })
	orgs := org.New(d, tick, func(string) bool { return true })
	add := func(kind org.Kind, name string) access.OrgID {
		o, err := orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: "5021"})
		h.must(err)
		return o.ID
	}
	h.mill, h.school = add(org.Company, "Ålen Sag"), add(org.University, "Fjelluniversitetet")
	accounts := account.New(d, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	kari, err := accounts.CreateDemo(t.Context(), access.SystemActor("test"), account.NewAccount{Username: "demo-kari", Name: "Den ansatte", DemoRole: "kari",
		Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
	h.must(err)
	h.kari = access.Actor{Account: kari, Roles: []access.Assignment{{Role: access.RolePerson}}}
	known := func(string) bool { return true }
	h.positions = position.New(position.Deps{DB: d, Clock: tick, Knows: position.Knows{Level: known, Sector: known, Municipality: known}})
	h.agreements = agreement.New(d, tick, h.positions)
	h.plans = plan.New(plan.Deps{DB: d, Clock: tick, Agreements: h.agreements, Gatherings: func(context.Context, *db.Tx, string) ([]plan.Writing, error) {
		return []plan.Writing{{What: "Nr. 1, Røros", Due: clock.MustDate("2027-01-20")}, {What: "Nr. 2, Røros"}}, nil
	}})
	h.job, err = h.positions.Write(t.Context(), h.employer(), position.Content{Employer: h.mill, Title: "Operatør", Words: "Arbeid og studier.", Required: "Automatisering", Level: "fagskole", Municipality: "5021", Provider: h.school})
	h.must(err)
	h.move(h.employer(), position.Moving{To: position.Clarifying})
	h.move(h.provider(), position.Moving{To: position.Published, Pathway: position.Exists, Unit: "Avdelingen"})
	_, err = h.positions.ShowInterest(t.Context(), h.kari, h.job, "", "ring meg")
	h.must(err)
	h.move(h.employer(), position.Moving{To: position.Hired})
	h.must(h.agreements.Write(t.Context(), h.employer(), h.job, 0, agreement.Terms{Candidate: kari, WorkHours: 28, StudyHours: 8, Pay: "Full lønn", Gatherings: "To", Duration: "to år", Goal: "Automatisering", Start: clock.MustDate("2027-01-04")}))
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
	h.version++
	m.Version = h.version
	h.must(h.positions.Move(h.t.Context(), actor, h.job, m))
}

func as(role access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) employer() access.Actor { return as(access.RoleOrgMember, h.mill) }
func (h *house) provider() access.Actor { return as(access.RoleProviderUser, h.school) }

func (h *house) get(actor access.Actor) plan.Plan {
	h.t.Helper()
	x, err := h.plans.Get(h.t.Context(), actor, h.job)
	h.must(err)
	return x
}

// TestThePlan: the three see the same; the employer and the provider write it, all three tick,
// and nobody else finds it.
func TestThePlan(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	module := plan.Writing{Sort: plan.Module, What: "Arbeidskrav 1", Due: clock.MustDate("2026-12-01")}
	if n, err := h.plans.Propose(ctx, h.provider(), h.job); err != nil || n != 2 {
		t.Fatalf("proposed %d: %v", n, err)
	}
	if _, err := h.plans.Propose(ctx, h.employer(), h.job); !fault.Is(err, fault.Conflict) {
		t.Errorf("proposed again: %v", err)
	}
	h.must(h.plans.Add(ctx, h.employer(), h.job, module))
	x := h.get(h.employer())
	if len(x.Milestones) != 3 || x.Milestones[0].What != "Arbeidskrav 1" || x.Milestones[2].What != "Nr. 2, Røros" {
		t.Fatalf("the plan is %+v", x.Milestones)
	}
	for who, actor := range map[string]access.Actor{"the candidate": h.kari, "the provider": h.provider()} {
		if got := h.get(actor).Milestones; len(got) != 3 || got[0] != x.Milestones[0] || got[1] != x.Milestones[1] {
			t.Errorf("%s sees %+v", who, got)
		}
	}
	for who, actor := range map[string]access.Actor{"a visitor": {}, "another firm": as(access.RoleOrgMember, h.school), "another school": as(access.RoleProviderUser, h.mill), "the county": as(access.RoleCaseOfficer, h.mill), "another learner": {Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RolePerson}}}} {
		if who == "another firm" || who == "another school" {
			actor = as(actor.Roles[0].Role, access.NewOrgID())
		}
		_, err := h.plans.Get(ctx, actor, h.job)
		if who == "the county" {
			actor = as(access.RoleSecretary, access.NewOrgID())
			_, err = h.plans.Get(ctx, actor, h.job)
		}
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the plan: %v", who, err)
		}
		if err := h.plans.Tick(ctx, actor, h.job, x.Milestones[0].ID, true); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s ticks: %v", who, err)
		}
	}
	if err := h.plans.Add(ctx, h.kari, h.job, module); !fault.Is(err, fault.Denied) {
		t.Errorf("the candidate adds: %v", err)
	}
	h.must(h.plans.Tick(ctx, h.kari, h.job, x.Milestones[0].ID, true))
	now := h.get(h.provider())
	if next, _ := now.Next(); now.Done() != 1 || now.Milestones[0].As != agreement.Candidate || now.Milestones[0].DoneOn != clock.MustDate("2026-11-18") || next.What != "Nr. 1, Røros" {
		t.Errorf("after the candidate ticks: %+v", now.Milestones)
	}
	if err := h.plans.Remove(ctx, h.employer(), h.job, x.Milestones[0].ID); err == nil {
		t.Error("what is done is taken away")
	}
	h.must(h.plans.Tick(ctx, h.provider(), h.job, x.Milestones[0].ID, false))
	h.must(h.plans.Remove(ctx, h.employer(), h.job, x.Milestones[0].ID))
	if got := h.get(h.kari); len(got.Milestones) != 2 || got.Done() != 0 {
		t.Errorf("at the end: %+v", got.Milestones)
	}
	if err := h.plans.Tick(ctx, h.kari, h.job, x.Milestones[0].ID, true); !fault.Is(err, fault.NotFound) {
		t.Errorf("ticking what is not there: %v", err)
	}
	h.move(h.employer(), position.Moving{To: position.Interrupted, Note: "Ble syk"})
	if err := h.plans.Add(ctx, h.employer(), h.job, module); err == nil {
		t.Error("a plan of what is interrupted is written")
	}
}

// TestOddMilestones: what cannot stand is refused at its field.
func TestOddMilestones(t *testing.T) {
	h := newHouse(t)
	for name, in := range map[string]plan.Writing{"nothing": {Sort: plan.Other}, "no sort": {What: "Noe"}, "too long": {Sort: plan.Other, What: longer()}} {
		if err := h.plans.Add(t.Context(), h.employer(), h.job, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func longer() string {
	out := make([]rune, plan.MaxWhat+1)
	for i := range out {
		out[i] = 'å'
	}
	return string(out)
}
