package develop_test

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

type house struct {
	*needtest.House
	pools     *pool.Service
	asks      *ask.Service
	answers   *develop.Service
	programme offer.ProgrammeID
	draft     offer.ProgrammeID
	offering  offer.OfferingID
	card      support.ID
}

// newHouse is the room of needs with a provider that offers one programme, and has a draft.
func newHouse(t *testing.T) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{House: needtest.New(t)}
	h.pools = pool.New(h.Needs)
	h.asks = ask.New(h.Needs, h.pools)
	programmes := supply.New(h.DB, h.Clock(), h.Orgs, h.Needs.Places(), supply.DefaultSettings())
	cards := support.New(h.DB, h.Clock())
	h.answers = develop.New(develop.Deps{Needs: h.Needs, Pools: h.pools, Asks: h.asks, Supply: programmes, Support: cards})
	if err := cards.LoadStarter(ctx); err != nil {
		t.Fatal(err)
	}
	list, err := cards.List(ctx, support.Filter{})
	if err != nil || len(list) == 0 {
		t.Fatalf("cards: %d %v", len(list), err)
	}
	h.card = list[0].ID
	draft, err := programmes.CreateProgramme(ctx, h.Provider(), offer.Programme{Provider: h.Fagskole, Title: i18n.Text{NB: "Utkast"}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	h.draft = draft.ID
	p, err := programmes.CreateProgramme(ctx, h.Provider(), offer.Programme{Provider: h.Fagskole, Title: i18n.Text{NB: "Sagteknikk"}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	o, err := programmes.CreateOffering(ctx, h.Provider(), p.ID, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	if err != nil {
		t.Fatal(err)
	}
	if err := programmes.SetProgrammeState(ctx, h.Provider(), p.ID, p.Version, offer.ProgrammeActive); err != nil {
		t.Fatal(err)
	}
	if err := programmes.Publish(ctx, h.Provider(), o.ID, o.Version); err != nil {
		t.Fatal(err)
	}
	h.programme, h.offering = p.ID, o.ID
	return h
}

// whole is an answer of the kind with all it asks for.
func (h *house) whole(k develop.Kind) develop.Answering {
	in := develop.Answering{Kind: k, Words: "Vi ringer dere."}
	switch k {
	case develop.Place:
		in.Offering, in.Seats = h.offering, 3
	case develop.Existing:
		in.Programme = h.programme
	case develop.Measure:
		in.Card = h.card
	case develop.Adapt, develop.Make:
		in.Unit, in.Earliest, in.Cost = "Avdeling Røros", clock.MustDate("2027-01-11"), money.Kroner(40_000)
		if k == develop.Adapt {
			in.Programme = h.programme
		}
	}
	return in
}

// becomes is where each kind leaves a need.
var becomes = map[develop.Kind]flow.State{develop.Place: need.CoveredByExisting, develop.Adapt: need.InDevelopment, develop.Existing: need.CoveredByExisting,
	develop.Measure: need.CoveredByOther, develop.Make: need.InDevelopment, develop.Impossible: need.NotPossible}

func about(n need.Need) develop.About { return develop.About{Need: n.ID} }

// TestKindsAndStates: from every state in which a provider can answer, each kind leaves the
// need, and a pooled need, where it says; from the others nothing can be answered.
func TestKindsAndStates(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	for _, from := range []flow.State{need.Mapped, need.Presented, need.Discussed, need.InFollowUp, need.InDevelopment} {
		for _, k := range develop.Kinds() {
			n := h.at(from)
			if _, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(k)); err != nil {
				t.Errorf("%s from %s: %v", k, from, err)
				continue
			}
			d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
			if err != nil || d.State != becomes[k] || d.Provider != h.Fagskole {
				t.Errorf("%s from %s: the need is %s with %q, %v", k, from, d.State, d.Provider, err)
			}
		}
	}
	for _, k := range develop.Kinds() {
		n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
		p, err := h.pools.Make(ctx, h.Adviser(), pool.Content{Title: "Sag"}, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.answers.Answer(ctx, h.Provider(), about(n), h.whole(k))
		needtest.WantKind(t, err, fault.Conflict) // the pool is answered
		if _, err := h.answers.Answer(ctx, h.Provider(), develop.About{Pool: p.ID}, h.whole(k)); err != nil {
			t.Errorf("%s to a pool: %v", k, err)
		}
		if d, err := h.pools.Get(ctx, h.Provider(), p.ID); err != nil || d.State != becomes[k] {
			t.Errorf("%s leaves the pool %s, %v", k, d.State, err)
		}
	}
	n := h.at(need.InFollowUp)
	h.Move(h.Provider(), n.ID, need.Moving{To: need.NotPossible, Note: "Nei"})
	_, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(develop.Existing))
	needtest.WantKind(t, err, fault.Conflict)
}

// at is a need that stands in the state.
func (h *house) at(s flow.State) need.Need {
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	for _, to := range []flow.State{need.Presented, need.Discussed, need.InFollowUp, need.InDevelopment} {
		if n.State == s {
			return n
		}
		actor := h.Secretary()
		if to == need.InFollowUp || to == need.InDevelopment {
			actor = h.Provider()
		}
		n = h.Move(actor, n.ID, need.Moving{To: to})
	}
	return n
}

// TestWhatIsMissingIsSaidAtTheField: and what is not the provider's own, or not offered, is no answer.
func TestWhatIsMissingIsSaidAtTheField(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	n := h.at(need.InFollowUp)
	for _, tt := range []struct {
		name, field, key string
		kind             develop.Kind
		change           func(*develop.Answering)
	}{
		{"no kind", "kind", "form.error.choice", "maybe", func(*develop.Answering) {}},
		{"no offering", "offering", "develop.error.offering", develop.Place, func(a *develop.Answering) { a.Offering = "" }},
		{"no seats", "seats", "form.error.range", develop.Place, func(a *develop.Answering) { a.Seats = 0 }},
		{"arranged when", "deadline", "develop.error.deadline", develop.Place, func(a *develop.Answering) { a.Arrange = "Rullestolrampe" }},
		{"a draft", "programme", "develop.error.programme", develop.Existing, func(a *develop.Answering) { a.Programme = h.draft }},
		{"no unit", "unit", "develop.error.unit", develop.Adapt, func(a *develop.Answering) { a.Unit = " " }},
		{"no start", "earliest", "develop.error.earliest", develop.Make, func(a *develop.Answering) { a.Earliest = clock.Date{} }},
		{"a past day", "earliest", "develop.error.day", develop.Make, func(a *develop.Answering) { a.Earliest = clock.MustDate("2026-11-17") }},
		{"no estimate", "unknown", "develop.error.estimate", develop.Make, func(a *develop.Answering) { a.Cost = 0 }},
		{"no card", "card", "develop.error.card", develop.Measure, func(a *develop.Answering) { a.Card = "" }},
		{"no reason", "words", "develop.error.reason", develop.Impossible, func(a *develop.Answering) { a.Words = " " }},
	} {
		in := h.whole(tt.kind)
		tt.change(&in)
		_, err := h.answers.Answer(ctx, h.Provider(), about(n), in)
		t.Run(tt.name, func(t *testing.T) { needtest.WantField(t, err, tt.field, tt.key) })
	}
	unknown := h.whole(develop.Make)
	unknown.Cost, unknown.Unknown = 0, true
	if _, err := h.answers.Answer(ctx, h.Provider(), about(n), unknown); err != nil {
		t.Errorf("not known yet: %v", err)
	}
	stale := h.whole(develop.Existing)
	stale.From = need.InFollowUp
	_, err := h.answers.Answer(ctx, h.Provider(), about(n), stale)
	needtest.WantKind(t, err, fault.Stale)
}

// TestAPlaceThatMustBeArrangedFor is in development until the day that was agreed, and covered
// by what exists when the provider answers that all is ready.
func TestAPlaceThatMustBeArrangedFor(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	n := h.at(need.Mapped)
	in := h.whole(develop.Place)
	in.Arrange, in.Deadline = "Stille rom\nUtstyr", clock.MustDate("2026-12-11")
	if _, err := h.answers.Answer(ctx, h.Provider(), about(n), in); err != nil {
		t.Fatal(err)
	}
	d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil || d.State != need.InDevelopment || d.Ball.Org != h.Fagskole || d.Ball.Due != in.Deadline || !d.TakenWithoutForum {
		t.Errorf("arranged for: %s, ball %+v, %v", d.State, d.Ball, err)
	}
	// Another day: the need stands where it stood, with the new day.
	in.Deadline, in.Words = clock.MustDate("2027-01-15"), ""
	_, err = h.answers.Answer(ctx, h.Provider(), about(n), in)
	needtest.WantField(t, err, "words", "develop.error.what_is_new")
	in.Words = "Rommet er forsinket."
	if _, err := h.answers.Answer(ctx, h.Provider(), about(n), in); err != nil {
		t.Fatal(err)
	}
	if d, err = h.Needs.Get(ctx, h.Owner(), n.ID); err != nil || d.State != need.InDevelopment || d.Ball.Due != in.Deadline {
		t.Errorf("another day: %s, ball %+v, %v", d.State, d.Ball, err)
	}
	if _, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(develop.Place)); err != nil {
		t.Fatal(err)
	}
	if d, err = h.Needs.Get(ctx, h.Owner(), n.ID); err != nil || d.State != need.CoveredByExisting {
		t.Errorf("arranged: %s, %v", d.State, err)
	}
	list, times, err := h.answers.Answers(ctx, h.Owner(), about(n))
	if err != nil || len(list) != 3 || !list[0].Last || list[1].Last || list[2].Last || list[0].Nr != 3 || list[2].Arrange != "Stille rom\nUtstyr" {
		t.Errorf("history %+v, %v", list, err)
	}
	if times.First != 0 || times.Offer != 0 {
		t.Errorf("times %+v", times)
	}
}

// TestAnotherProviderAnswersItsRequest: its answer is kept and moves nothing, and the
// request is answered by it; one that nobody asked is refused.
func TestAnotherProviderAnswersItsRequest(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	n := h.at(need.InFollowUp)
	other := needtest.As(access.RoleProviderUser, h.Vgs)
	no := h.whole(develop.Impossible)
	_, err := h.answers.Answer(ctx, other, about(n), no)
	needtest.WantKind(t, err, fault.Denied)
	for _, actor := range []access.Actor{h.Owner(), h.Secretary(), h.Officer(), {}} {
		_, err := h.answers.Answer(ctx, actor, about(n), no)
		needtest.WantKind(t, err, fault.Denied)
	}
	r, err := h.asks.Send(ctx, h.Owner(), ask.Asking{Need: n.ID, Provider: h.Vgs, Questions: []string{"Kan dere?"}})
	if err != nil {
		t.Fatal(err)
	}
	h.Forward(4 * 24 * time.Hour)
	if _, err := h.answers.Answer(ctx, other, about(n), no); err != nil {
		t.Fatal(err)
	}
	if r, err = h.asks.Get(ctx, other, r.ID); err != nil || r.State != ask.Declined || r.Answer != no.Words {
		t.Errorf("request %+v, %v", r, err)
	}
	if d, err := h.Needs.Get(ctx, h.Owner(), n.ID); err != nil || d.State != need.InFollowUp || d.Provider != h.Fagskole {
		t.Errorf("the need is %s, %v", d.State, err)
	}
	if _, times, err := h.answers.Answers(ctx, h.Owner(), about(n)); err != nil || times.First != 4 || times.Offer != -1 {
		t.Errorf("times %+v, %v", times, err)
	}
	if a, ok, err := h.answers.Standing(ctx, h.Owner(), about(n)); ok || err != nil {
		t.Errorf("the answer of a provider that was only asked stands: %+v, %v", a, err)
	}
	for _, k := range []develop.Kind{develop.Make, develop.Adapt} {
		if _, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(k)); err != nil {
			t.Fatal(err)
		}
		if a, ok, err := h.answers.Standing(ctx, h.Owner(), about(n)); !ok || err != nil || a.Provider != h.Fagskole || a.Kind != k || !a.Last || a.ProviderName == "" {
			t.Errorf("what stands after %s: %v %+v, %v", k, ok, a, err)
		}
	}
}

// TestWhoReadsAnAnswer: who works with the need, all of it; others who may read the need, the
// kind, the provider and the days; the rest nothing.
func TestWhoReadsAnAnswer(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	open, hidden := h.Register(h.Owner(), needtest.Content(h.Sawmill)), h.Register(h.Owner(), needtest.Hidden(h.Sawmill, need.ProvidersOnly, 2))
	for _, n := range []need.Need{open, hidden} {
		if _, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(develop.Adapt)); err != nil {
			t.Fatal(err)
		}
	}
	for name, actor := range h.Readers() {
		for _, n := range []need.Need{open, hidden} {
			d, err := h.Needs.Get(ctx, actor, n.ID)
			list, _, answersErr := h.answers.Answers(ctx, actor, about(n))
			standing, ok, standingErr := h.answers.Standing(ctx, actor, about(n))
			if err != nil {
				needtest.WantKind(t, answersErr, fault.NotFound)
				needtest.WantKind(t, standingErr, fault.NotFound)
				continue
			}
			if answersErr != nil || len(list) != 1 {
				t.Errorf("%s: %+v, %v", name, list, answersErr)
				continue
			}
			a := list[0]
			if standingErr != nil || !ok || standing != a {
				t.Errorf("%s: what stands is %+v, %v; listed is %+v", name, standing, standingErr, a)
			}
			if all := d.Sight >= need.Partner; (a.Words != "") != all || (a.Unit != "") != all || (a.Cost != 0) != all || a.Kind != develop.Adapt || a.Earliest.IsZero() {
				t.Errorf("%s (all: %v) reads %+v", name, all, a)
			}
		}
	}
}

// TestLateAnswers are seen by the forum's secretary and the county in the area, once the day
// has passed and until there is an answer.
func TestLateAnswers(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	n := h.at(need.InFollowUp)
	member := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	p, err := h.pools.Make(ctx, h.Adviser(), pool.Content{Title: "Sag"}, member.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.pools.Move(ctx, h.Provider(), p.ID, need.Moving{To: need.InFollowUp}); err != nil {
		t.Fatal(err)
	}
	see := func(when string, want int) {
		t.Helper()
		for name, actor := range h.Readers() {
			list, err := h.answers.Late(ctx, actor)
			steers := actor.HasIn(needtest.Roros, access.RoleSecretary, access.RoleCaseOfficer)
			switch {
			case !actor.Has(access.RoleSecretary, access.RoleCaseOfficer):
				needtest.WantKind(t, err, fault.Denied)
			case err != nil, steers && len(list) != want, !steers && len(list) != 0:
				t.Errorf("%s: %s sees %d, %v", when, name, len(list), err)
			}
		}
	}
	see("at once", 0)
	h.Forward(60 * 24 * time.Hour)
	see("two months later", 2)
	if _, err := h.answers.Answer(ctx, h.Provider(), about(n), h.whole(develop.Existing)); err != nil {
		t.Fatal(err)
	}
	see("answered", 1)
	if list, _, err := h.answers.Answers(ctx, h.Owner(), about(n)); err != nil || !list[0].Late() {
		t.Errorf("the answer is not late: %+v, %v", list, err)
	}
}
