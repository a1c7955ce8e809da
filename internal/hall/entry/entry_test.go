package entry_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

var system = access.SystemActor("test")

type house struct {
	t         testing.TB
	db        *db.DB
	supply    *supply.Service
	orgs      *org.Service
	admission *admission.Service
	accounts  *account.Service
	provider  access.OrgID
	now       time.Time
	learners  int
}

func newHouse(t testing.TB) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC)} // a Wednesday
	now := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, now, func(n string) bool { return offer.IsKnown(places, place.Number(n)) })
	o, err := orgs.Register(context.Background(), system, org.Registration{Kind: org.Fagskole, Name: "Fagskolen", Municipality: "5025"})
	if err != nil {
		t.Fatal(err)
	}
	h.provider = o.ID
	h.supply = supply.New(h.db, now, orgs, places, supply.DefaultSettings())
	h.orgs = orgs
	h.admission = admission.New(admission.Deps{DB: h.db, Clock: now, Offerings: entry.Offerings{Supply: h.supply, Clock: now},
		NeedOf: func(context.Context, *db.Tx, access.Actor, admission.NeedID) (access.OrgID, error) {
			return "", fault.Missing()
		},
		Municipality: func(number string) bool { return number == "5025" || number == "5021" }})
	h.supply.Changed = append(h.supply.Changed, entry.Changed(h.admission))
	h.accounts = account.New(h.db, now, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	return h
}

// offering is one that has been published.
func (h *house) offering(o offer.Offering) string {
	h.t.Helper()
	ctx := context.Background()
	p, err := h.supply.CreateProgramme(ctx, system, offer.Programme{Provider: h.provider, Title: i18n.Text{NB: "Sveising"}, Level: offer.Kurs})
	if err != nil {
		h.t.Fatal(err)
	}
	o.Delivery, o.Channel = offer.Net, offer.Here
	made, err := h.supply.CreateOffering(ctx, system, p.ID, o)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.supply.Publish(ctx, system, made.ID, made.Version); err != nil {
		h.t.Fatal(err)
	}
	return string(made.ID)
}

func (h *house) learner() access.Actor {
	h.t.Helper()
	h.learners++
	name := fmt.Sprintf("Søker %d", h.learners)
	id, err := h.accounts.CreateDemo(context.Background(), system, account.NewAccount{Username: name, Name: name, DemoRole: "learner", Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2027-01-01")}}})
	if err != nil {
		h.t.Fatal(err)
	}
	actor, err := h.accounts.ActorOf(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func (h *house) taken(offering string) offer.Taken {
	h.t.Helper()
	var out offer.Taken
	if err := h.db.Read(context.Background(), func(tx *db.Tx) error {
		o, err := h.supply.OfferingIn(context.Background(), tx, offer.OfferingID(offering))
		out = o.Here
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// TestSixtyFourForTen: of 64 who apply at the same time for ten places ten are admitted, the
// rest wait in order, and nobody is lost.
func TestSixtyFourForTen(t *testing.T) {
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 10})
	var mu sync.Mutex
	var wg sync.WaitGroup
	states, queue := map[flow.State]int{}, map[int64]bool{}
	for range 64 {
		actor := h.learner()
		wg.Go(func() {
			a, err := h.admission.Apply(context.Background(), actor, o, admission.Applying{})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			states[a.State]++
			if a.State == admission.Queued {
				queue[a.QueueNr] = true
			}
		})
	}
	wg.Wait()
	if states[admission.Admitted] != 10 || states[admission.Queued] != 54 || len(queue) != 54 || !queue[1] || !queue[54] {
		t.Errorf("%v, %d places in the queue", states, len(queue))
	}
	if got := h.taken(o); got != (offer.Taken{Enrolled: 10, Queued: 54}) {
		t.Errorf("supply counts %+v", got)
	}
}

// TestTheNextIsPromoted: who waits gets the place of one who withdraws, in the order of the
// queue.
func TestTheNextIsPromoted(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1})
	var actors []access.Actor
	var all []admission.Application
	for range 3 {
		actor := h.learner()
		a, err := h.admission.Apply(ctx, actor, o, admission.Applying{})
		if err != nil {
			t.Fatal(err)
		}
		actors, all = append(actors, actor), append(all, a)
	}
	if _, err := h.admission.Apply(ctx, actors[0], o, admission.Applying{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("applied twice: %v", err)
	}
	if _, err := h.admission.Move(ctx, actors[1], all[0].ID, admission.Moving{To: admission.Withdrawn}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another withdraws it: %v", err)
	}
	if _, err := h.admission.Move(ctx, actors[0], all[0].ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	if got := h.taken(o); got != (offer.Taken{Enrolled: 1, Queued: 1}) {
		t.Errorf("supply counts %+v", got)
	}
	if _, err := h.admission.Move(ctx, actors[1], all[1].ID, admission.Moving{To: admission.Withdrawn, From: admission.Queued}); !fault.Is(err, fault.Stale) {
		t.Errorf("withdrawn from where she no longer stands: %v", err)
	}
}

// TestTheProviderDecides: where the provider decides, an application holds a place until it
// is answered; a place that is offered and not taken goes to the next.
func TestTheProviderDecides(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Fixed, Start: clock.MustDate("2027-09-01"), MaxPlaces: 1, AnswerDays: 3,
		Enrolment: []offer.EnrolmentPeriod{{To: clock.MustDate("2027-08-01"), Kind: offer.Approval, Queue: true}}})
	provider := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleProviderUser, Org: h.provider}}}
	first, second := h.learner(), h.learner()
	a, err := h.admission.Apply(ctx, first, o, admission.Applying{})
	if err != nil || a.State != admission.Applied || a.AnswerDue != clock.MustDate("2027-02-08") || a.Starts != clock.MustDate("2027-09-01") {
		t.Fatalf("%+v %v", a, err)
	}
	b, err := h.admission.Apply(ctx, second, o, admission.Applying{})
	if err != nil || b.State != admission.Queued {
		t.Fatalf("the second: %s %v", b.State, err)
	}
	if _, err := h.admission.Move(ctx, provider, b.ID, admission.Moving{To: admission.Admitted}); !fault.Is(err, fault.Conflict) {
		t.Errorf("admitted beyond the places: %v", err)
	}
	if _, err := h.admission.Move(ctx, first, a.ID, admission.Moving{To: admission.Admitted}); !fault.Is(err, fault.Denied) {
		t.Errorf("she admits herself: %v", err)
	}
	if _, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Refused}); !fault.Is(err, fault.Invalid) {
		t.Errorf("refused without a reason: %v", err)
	}
	if _, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Refused, Note: "Mangler fagbrev"}); err != nil {
		t.Fatal(err)
	}
	got, err := h.admission.Get(ctx, second, b.ID)
	if err != nil || got.State != admission.Offered || got.Ball.Account != second.Account || got.Ball.Due != clock.MustDate("2027-02-10") {
		t.Fatalf("the second is %s, the ball %+v, %v", got.State, got.Ball, err)
	}
	if _, err := h.admission.Get(ctx, first, b.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("the first reads the second's: %v", err)
	}
	h.now = h.now.AddDate(0, 0, 10)
	if err := h.admission.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if got, err = h.admission.Get(ctx, second, b.ID); err != nil || got.State != admission.Withdrawn {
		t.Errorf("not taken in time: %s %v", got.State, err)
	}
	if got := h.taken(o); got != (offer.Taken{}) {
		t.Errorf("supply counts %+v", got)
	}
}

// TestElsewhere: where admission is not here, one cannot apply here.
func TestElsewhere(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p, err := h.supply.CreateProgramme(ctx, system, offer.Programme{Provider: h.provider, Title: i18n.Text{NB: "Sveising"}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	for _, channel := range []offer.Channel{offer.Link, offer.National} {
		o, err := h.supply.CreateOffering(ctx, system, p.ID, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: channel, ApplyURL: "https://eksempel.invalid/sok"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.admission.Apply(ctx, h.learner(), string(o.ID), admission.Applying{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s, not published: %v", channel, err)
		}
		if err := h.supply.Publish(ctx, system, o.ID, o.Version); err != nil {
			t.Fatal(err)
		}
		if _, err := h.admission.Apply(ctx, h.learner(), string(o.ID), admission.Applying{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", channel, err)
		}
	}
}

// TestNeverOverbooked: whatever people and the provider do, there are never more admitted and
// pending than places, nobody waits while a place is free, and supply counts the same.
func TestNeverOverbooked(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	var people []access.Actor
	for range 6 {
		people = append(people, h.learner())
	}
	rapid.Check(t, func(rt *rapid.T) {
		places := rapid.IntRange(1, 3).Draw(rt, "places")
		direct := rapid.Bool().Draw(rt, "direct")
		kind := offer.Approval
		if direct {
			kind = offer.Direct
		}
		o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: places, Enrolment: []offer.EnrolmentPeriod{{Kind: kind, Queue: true}}})
		mine := map[int]admission.ID{}
		for range rapid.IntRange(1, 20).Draw(rt, "acts") {
			i := rapid.IntRange(0, len(people)-1).Draw(rt, "person")
			if id, has := mine[i]; !has {
				a, err := h.admission.Apply(ctx, people[i], o, admission.Applying{})
				if err != nil {
					rt.Fatal(err)
				}
				mine[i] = a.ID
			} else {
				to := rapid.SampledFrom(admission.States()).Draw(rt, "to")
				_, err := h.admission.Move(ctx, system, id, admission.Moving{To: to, Note: "Fordi"})
				if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Invalid) {
					rt.Fatal(err)
				}
			}
			list, err := h.admission.List(ctx, system, admission.Filter{Offering: o, Given: true}, "", 100)
			if err != nil {
				rt.Fatal(err)
			}
			all := list.Items
			held, waiting := 0, 0
			for _, a := range all {
				switch {
				case a.State == admission.Queued:
					waiting++
				case admission.Holds(a.State):
					held++
				case mine[index(mine, a.ID)] == a.ID: // ended: she may apply anew
					delete(mine, index(mine, a.ID))
				}
			}
			if held > places {
				rt.Fatalf("%d hold %d places", held, places)
			}
			if waiting > 0 && held < places {
				rt.Fatalf("%d wait while %d of %d places are held", waiting, held, places)
			}
			if got := h.taken(o); got.Enrolled+got.Pending != held || got.Queued != waiting {
				rt.Fatalf("supply counts %+v, %d hold and %d wait", got, held, waiting)
			}
		}
	})
}

func index(mine map[int]admission.ID, of admission.ID) int {
	for i, a := range mine {
		if a == of {
			return i
		}
	}
	return -1
}

// stored is the offering as it is in the database.
func (h *house) stored(offering string) (out offer.Offering) {
	h.t.Helper()
	if err := h.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = h.supply.OfferingIn(context.Background(), tx, offer.OfferingID(offering))
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// apply is an application of somebody new.
func (h *house) apply(offering string) (access.Actor, admission.Application) {
	h.t.Helper()
	actor := h.learner()
	a, err := h.admission.Apply(context.Background(), actor, offering, admission.Applying{})
	if err != nil {
		h.t.Fatal(err)
	}
	return actor, a
}

// at is where an application stands.
func (h *house) at(a admission.Application) admission.Application {
	h.t.Helper()
	d, err := h.admission.Get(context.Background(), system, a.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return d.Application
}

// member is somebody of an organisation, in a role there.
func member(o access.OrgID, role access.Role) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) firm(name string) access.OrgID {
	h.t.Helper()
	o, err := h.orgs.Register(context.Background(), system, org.Registration{Kind: org.Company, Name: name, Municipality: "5025"})
	if err != nil {
		h.t.Fatal(err)
	}
	return o.ID
}
