package pool_test

import (
	"context"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
)

// TestOfficesOfAPool: an office counts for a pooled need as soon as one of its
// needs lies in its area, and for as long; it opens no more of the others.
func TestOfficesOfAPool(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools, readers := pool.New(h.Needs), h.Readers()
	readers["secretary in Oslo"] = needtest.In(access.RoleSecretary, h.Forum, "0301")
	readers["officer in Oslo"] = needtest.In(access.RoleCaseOfficer, h.Forum, "0301")
	readers["forum member in Namsos"] = needtest.In(access.RoleForumMember, h.Forum, needtest.Namsos)
	here := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	in := needtest.Hidden(h.Farm, need.ForumOnly, 7)
	in.Municipality = needtest.Namsos
	there := h.Register(h.Adviser(), in)
	p, err := pools.Make(ctx, h.Adviser(), content("Sag"), here.ID, there.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := pools.RecordDiscussion(ctx, h.Secretary(), p.ID, need.Discussion{Clarified: "Ja"}); err != nil {
		t.Fatal(err)
	}
	type sees struct{ steers, reads, holds, all bool }
	check := func(when string, want map[string]sees) {
		t.Helper()
		for name, w := range want {
			d, err := pools.Get(ctx, readers[name], p.ID)
			got := sees{d.CanEdit, d.Discussion != nil, d.Ball.Mine, d.All}
			if err != nil || got != w || holds(t, h, readers[name], p.ID) != w.holds {
				t.Errorf("%s, %s: %+v, want %+v, %v", when, name, got, w, err)
			}
		}
	}
	check("both", map[string]sees{
		"secretary": {true, true, true, true}, "secretary in Røros": {true, true, true, false}, "secretary in Namsos": {true, true, true, true},
		"officer in Røros": {true, true, false, false}, "forum member in Namsos": {false, true, false, true}, "provider": {false, true, false, false},
		"secretary in Oslo": {}, "officer in Oslo": {}, "visitor": {}, "representative": {true, true, false, true},
	})
	other := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	needtest.WantKind(t, pools.Add(ctx, readers["secretary in Oslo"], p.ID, other.ID), fault.Denied)
	needtest.WantKind(t, pools.Remove(ctx, readers["secretary in Oslo"], p.ID, here.ID), fault.Denied)
	_, err = pools.Move(ctx, readers["secretary in Oslo"], p.ID, need.Moving{To: need.Presented})
	needtest.WantKind(t, err, fault.Denied)
	needtest.WantKind(t, pools.RecordDiscussion(ctx, readers["officer in Oslo"], p.ID, need.Discussion{Clarified: "x"}), fault.Denied)
	if _, err := pools.Move(ctx, readers["secretary in Namsos"], p.ID, need.Moving{To: need.Presented}); err != nil {
		t.Fatal(err)
	}
	if err := pools.Remove(ctx, readers["secretary in Namsos"], p.ID, there.ID); err != nil {
		t.Fatal(err)
	}
	check("Namsos has left", map[string]sees{
		"secretary in Røros": {true, true, true, true}, "secretary in Namsos": {false, false, false, true}, "forum member in Namsos": {false, false, false, true},
	})
	if err := pools.Remove(ctx, readers["secretary in Røros"], p.ID, here.ID); err != nil {
		t.Fatal(err)
	}
	check("nothing is left", map[string]sees{"secretary in Røros": {true, true, true, true}, "secretary in Namsos": {false, false, false, true}})
}

// holds reports whether the pool stands in the reader's list of tasks.
func holds(t *testing.T, h *needtest.House, a access.Actor, p pool.ID) bool {
	t.Helper()
	found := false
	err := h.Needs.Read(context.Background(), func(tx *db.Tx) error {
		items, err := flow.Held(context.Background(), tx, a, flow.Asked{Limit: db.MaxLimit})
		for _, i := range items.Items {
			found = found || i.Subject == flow.Subject{Kind: need.PoolFlowKind, ID: string(p)}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A need that moves to another municipality takes its pool's ball there too.
func TestThePoolMovesWithItsNeeds(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools, readers := pool.New(h.Needs), h.Readers()
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	p, err := pools.Make(ctx, h.Secretary(), content("Sag"), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	for m, holder := range map[string]string{needtest.Namsos: "secretary in Namsos", needtest.Roros: "secretary in Røros"} {
		in := needtest.Content(h.Sawmill)
		in.Municipality = m
		if n, err = h.Needs.Edit(ctx, h.Owner(), n.ID, n.Version, in); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"secretary in Namsos", "secretary in Røros"} {
			if got := holds(t, h, readers[name], p.ID); got != (name == holder) {
				t.Errorf("in %s: %s has the ball %v", m, name, got)
			}
		}
	}
}
