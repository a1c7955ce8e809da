package entry_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

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
	h.admission = admission.New(admission.Deps{DB: h.db, Clock: now, Offerings: entry.Offerings{Supply: h.supply, Clock: now}})
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
