package session_test

import (
	"context"
	"errors"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/own"
)

// task is the own decision that the actor has the ball of and may know of, if any.
func (h *house) task(a access.Actor) (flow.Item, bool) {
	h.t.Helper()
	var out []flow.Item
	h.must(h.db.Read(h.t.Context(), func(tx *db.Tx) error {
		list, err := flow.Held(h.t.Context(), tx, a, flow.Asked{})
		if err != nil {
			return err
		}
		var ids []string
		for _, x := range list.Items {
			if x.Subject.Kind == own.Kind {
				ids = append(ids, x.Subject.ID)
			}
		}
		seen, err := h.own.Seen(h.t.Context(), tx, a, ids)
		out = nil
		for _, x := range list.Items {
			if seen[x.Subject.ID] {
				out = append(out, x)
			}
		}
		return err
	}))
	if len(out) > 1 {
		h.t.Fatalf("%d tasks, want one at most", len(out))
	}
	if len(out) == 0 {
		return flow.Item{}, false
	}
	return out[0], true
}

// told takes what those who follow are to be told of own decisions.
func (h *house) told() map[happening.What]int {
	h.t.Helper()
	out := map[happening.What]int{}
	h.must(h.db.Write(h.t.Context(), func(tx *db.Tx) error {
		for {
			list, err := happening.Take(h.t.Context(), tx)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, x := range list {
				if x.Kind == own.Kind {
					out[x.What]++
				}
			}
		}
	}))
	return out
}

// Those who may answer for a municipality have the ball with its deadline, and nobody
// else; an answer by any way takes it away, and the secretariat is told of each, and when
// all have come.
func TestAnOwnDecisionIsATaskUntilItIsAnswered(t *testing.T) {
	for _, err := range own.Flow().Check() {
		t.Error(err)
	}
	h := open(t)
	_, i := h.asked()
	ctx := t.Context()
	for _, name := range members {
		got, ok := h.task(h.mayor(name))
		if !ok || got.Subject.ID != string(h.ownOf(i, name).ID) || got.Label != "Samarbeidsavtale" || got.Ball.Due != today.AddDays(60) {
			t.Errorf("the task of %s: %+v", name, got)
		}
	}
	if _, ok := h.task(as(access.RoleChiefExec, h.orgs["Røros"])); !ok {
		t.Error("the chief executive, who may answer too, has no task")
	}
	for name, a := range map[string]access.Actor{"one without a seat": as(access.RoleOrgMember, h.orgs["Røros"]), "the secretary": h.secretary(), "a chief executive without a seat": as(access.RoleChiefExec, h.orgs["Oppdal"])} {
		if x, ok := h.task(a); ok {
			t.Errorf("%s has the task %+v", name, x)
		}
	}
	first := h.ownOf(i, members[0])
	if m, at, err := h.own.Where(ctx, h.mayor(members[0]), first.ID); err != nil || at != i || m == "" {
		t.Errorf("the task leads to %s %s: %v", m, at, err)
	}
	if _, _, err := h.own.Where(ctx, h.mayor(members[1]), first.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another municipality's task: %v", err)
	}
	h.told()
	h.must(h.own.Answer(ctx, h.mayor(members[0]), first.ID, first.Version, answered(outcome.Yes)))
	second := h.ownOf(i, members[1])
	secret, err := h.own.NewLink(ctx, h.secretary(), second.ID)
	h.must(err)
	h.must(h.own.ByLink(ctx, secret, answered(outcome.No)))
	for _, name := range members[2:5] {
		x := h.ownOf(i, name)
		h.must(h.own.Answer(ctx, h.secretary(), x.ID, x.Version, answered(outcome.Yes)))
	}
	if got := h.told(); got[own.WasAnswered] != 5 || got[own.AllAnswered] != 0 {
		t.Errorf("told after five: %v", got)
	}
	for _, name := range members[:5] {
		if x, ok := h.task(h.mayor(name)); ok {
			t.Errorf("%s has answered and has the task %+v", name, x)
		}
	}
	last := h.ownOf(i, members[5])
	if _, ok := h.task(h.mayor(members[5])); !ok {
		t.Error("the last has lost its task")
	}
	h.must(h.own.Answer(ctx, h.mayor(members[5]), last.ID, last.Version, answered(outcome.Yes)))
	if got := h.told(); got[own.WasAnswered] != 1 || got[own.AllAnswered] != 1 {
		t.Errorf("told after the last: %v", got)
	}
	h.must(h.own.Answer(ctx, h.secretary(), last.ID, last.Version+1, answered(outcome.No)))
	if got := h.told(); len(got) != 0 {
		t.Errorf("what is put right is told as an answer: %v", got)
	}
}

// Of a meeting that is cancelled there is no task; of an agenda that is not out only the
// secretary knows.
func TestNoTaskOfWhatIsNotOut(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(20))
	i := h.other(m, "Felles bestilling")
	h.must(h.own.Ask(t.Context(), h.secretary(), i, []access.OrgID{h.orgs["Røros"]}, clock.Date{}))
	if x, ok := h.task(h.mayor("Røros")); ok {
		t.Errorf("the agenda is not out: %+v", x)
	}
	h.issue(m, "")
	if x, ok := h.task(h.mayor("Røros")); !ok || !x.Ball.Due.IsZero() {
		t.Errorf("the agenda is out: %t %+v", ok, x)
	}
	h.must(h.Cancel(t.Context(), h.secretary(), m, h.detail(m).Version, "Uvær"))
	if x, ok := h.task(h.mayor("Røros")); ok {
		t.Errorf("the meeting is cancelled: %+v", x)
	}
}

// A meeting that is cancelled takes the ball from those that have not answered, with the
// reason in the history, and tells each of them once. What was answered stays, and a link
// says why it opens nothing.
func TestCancellingEndsTheOwnDecisions(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	m := h.plan(today.AddDays(20))
	i, j := h.other(m, "Felles bestilling"), h.other(m, "Felles kurs")
	h.must(h.own.Ask(ctx, h.secretary(), i, []access.OrgID{h.orgs["Røros"], h.orgs["Oppdal"]}, today.AddDays(10)))
	h.must(h.own.Ask(ctx, h.secretary(), j, []access.OrgID{h.orgs["Melhus"]}, clock.Date{}))
	h.issue(m, "")
	done, waits, other := h.ownOf(i, "Oppdal"), h.ownOf(i, "Røros"), h.ownOf(j, "Melhus")
	h.must(h.own.Answer(ctx, h.mayor("Oppdal"), done.ID, done.Version, answered(outcome.Yes)))
	secret, err := h.own.NewLink(ctx, h.secretary(), waits.ID)
	h.must(err)
	h.told()
	v := h.detail(m).Version
	if err := h.Cancel(ctx, h.secretary(), m, v+1, "Uvær"); !fault.Is(err, fault.Stale) {
		t.Errorf("cancelled from an old page: %v", err)
	}
	if _, ok := h.task(h.mayor("Røros")); !ok || len(h.told()) > 0 {
		t.Error("what was not cancelled has ended a task")
	}
	h.must(h.Cancel(ctx, h.secretary(), m, v, "Uvær"))
	h.must(h.db.Read(ctx, func(tx *db.Tx) error {
		for id, want := range map[session.OwnID]flow.State{done.ID: own.Answered, waits.ID: own.Dropped, other.ID: own.Dropped} {
			s := flow.Subject{Kind: own.Kind, ID: string(id)}
			item, err := flow.Get(ctx, tx, s)
			if err != nil || item.State != want || item.Ball != (flow.Ball{}) {
				t.Errorf("%s: %+v, %v, want %s and nobody with the ball", id, item, err, want)
			}
			steps, err := flow.History(ctx, tx, s)
			if last := steps[len(steps)-1]; err != nil || want == own.Dropped && (last.To != want || last.Note != "Uvær") {
				t.Errorf("%s: %+v, %v", id, steps, err)
			}
			orgs, err := own.Concerns(ctx, tx, string(id))
			if concerned := map[session.OwnID]access.OrgID{done.ID: h.orgs["Rådet"], waits.ID: h.orgs["Røros"], other.ID: h.orgs["Melhus"]}[id]; err != nil || len(orgs) != 1 || orgs[0] != concerned {
				t.Errorf("%s concerns %v, %v", id, orgs, err)
			}
		}
		return nil
	}))
	if got := h.told(); len(got) != 1 || got[own.WasDropped] != 2 {
		t.Errorf("told: %v", got)
	}
	if at, _, err := h.own.Where(ctx, h.mayor("Røros"), waits.ID); err != nil || at != m {
		t.Errorf("what is told leads to %s: %v", at, err)
	}
	if _, _, err := h.own.Where(ctx, as(access.RoleOrgMember, h.orgs["Røros"]), waits.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("one without a seat: %v", err)
	}
	if err := h.own.Answer(ctx, h.mayor("Røros"), waits.ID, waits.Version, answered(outcome.Yes)); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after: %v", err)
	}
	var why own.Refusal
	if _, err := h.own.Look(ctx, secret); !errors.As(err, &why) || why != own.NoNeed {
		t.Errorf("the link: %v", err)
	}
}

// Those that could not know that they were asked, since the agenda was never out, are told
// nothing, and know nothing of it.
func TestCancellingWhatWasNotOutTellsNobody(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(20))
	i := h.other(m, "Felles bestilling")
	h.must(h.own.Ask(t.Context(), h.secretary(), i, []access.OrgID{h.orgs["Røros"]}, clock.Date{}))
	x := h.ownOf(i, "Røros")
	h.told()
	h.must(h.Cancel(t.Context(), h.secretary(), m, h.detail(m).Version, "Uvær"))
	if got := h.told(); len(got) > 0 {
		t.Errorf("told: %v", got)
	}
	if _, _, err := h.own.Where(t.Context(), h.mayor("Røros"), x.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("the mayor reads it: %v", err)
	}
	h.must(h.db.Read(t.Context(), func(tx *db.Tx) error {
		item, err := flow.Get(t.Context(), tx, flow.Subject{Kind: own.Kind, ID: string(x.ID)})
		if item.State != own.Dropped {
			t.Errorf("it stands as %s", item.State)
		}
		return err
	}))
}

// The case shows what the members have decided and the shares, to those within at once,
// and to all when the minutes are out, without what was told with the answers.
func TestTheCaseShowsWhatTheMembersDecided(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	c, err := h.cases.Create(ctx, h.secretary(), casework.NewCase{Content: casework.Content{Kind: casework.Decision, Title: "Felles innkjøp", Officer: "Rådgiver"}, Body: h.council})
	h.must(err)
	m := h.plan(today)
	i, err := h.agenda.Add(ctx, h.secretary(), m, agenda.NewItem{Kind: session.File, Case: c})
	h.must(err)
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	h.scope(i, outcome.Some)
	h.cost(i, 60_000_00)
	h.votes(i, rule.For, members...)
	h.must(h.own.Ask(ctx, h.secretary(), i, []access.OrgID{h.orgs["Røros"], h.orgs["Oppdal"]}, today.AddDays(5)))
	x := h.ownOf(i, "Røros")
	a := answered(outcome.Yes)
	a.Told = "Enstemmig"
	h.must(h.own.Answer(ctx, h.secretary(), x.ID, x.Version, a))
	visitor := access.Actor{}
	for _, step := range []struct {
		name            string
		actor           access.Actor
		found, of, cost int
		told            string
	}{{"a member before the decision", h.mayor("Melhus"), 1, 2, 0, "Enstemmig"}, {"a visitor before the minutes", visitor, 0, 0, 0, ""}} {
		h.shown(step.name, step.actor, c, step.found, step.of, step.cost, step.told)
	}
	h.decide(i)
	h.shown("a member after the decision", h.mayor("Melhus"), c, 1, 2, 1, "Enstemmig")
	h.must(h.floor.End(ctx, h.secretary(), m, h.detail(m).Version, "15:00"))
	_, err = h.minutes.Publish(ctx, h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	h.shown("a visitor after the minutes", visitor, c, 1, 2, 1, "")
}

// shown holds what the actor reads of the case against how many items, members that were
// asked and tables of shares there should be; one member has decided it.
func (h *house) shown(name string, a access.Actor, c casework.ID, found, of, tables int, told string) {
	h.t.Helper()
	list, err := h.own.OfCase(h.t.Context(), a, c)
	h.must(err)
	if len(list) != found {
		h.t.Errorf("%s reads %d items, want %d", name, len(list), found)
	}
	if len(list) == 0 {
		return
	}
	x := list[0]
	if len(x.Own) != of || x.Yes() != 1 || len(x.Shares) != tables || x.Own[0].Told+x.Own[1].Told != told || x.Inside != (told != "") {
		h.t.Errorf("%s reads %+v", name, x)
	}
}
