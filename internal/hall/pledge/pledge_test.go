package pledge_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
)

type house struct {
	*needtest.House
	t       testing.TB
	pools   *pool.Service
	pledges *pledge.Service
	made    int // pooled needs
}

func newHouse(t testing.TB) *house {
	h := &house{House: needtest.New(t), t: t}
	h.pools, h.pledges = pool.New(h.Needs), pledge.New(pledge.Deps{DB: h.DB, Clock: h.Clock()})
	h.pools.Changed = append(h.pools.Changed, func(ctx context.Context, tx *db.Tx, of pool.Pool) error {
		return h.pledges.Weigh(ctx, tx, pledge.Pool(of.ID))
	})
	return h
}

// pool is a pooled need of two firms that so many are needed for.
func (h *house) pool(least int) pool.Pool {
	h.t.Helper()
	a := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	h.made++
	other := h.Org(org.Company, fmt.Sprintf("Eksempel Trevare %d", h.made), "5025")
	b := h.Register(needtest.As(access.RoleOrgMember, other), needtest.Content(other))
	p, err := h.pools.Make(context.Background(), h.Secretary(), pool.Content{Title: "Folk til saga", MinToStart: least}, a.ID, b.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// firm is a new firm, and somebody who works there.
func (h *house) firm(name string) (access.OrgID, access.Actor) {
	o := h.Org(org.Company, name, "5022")
	return o, needtest.As(access.RoleOrgMember, o)
}

// learner is a person with an account.
func (h *house) learner(name string) access.Actor {
	h.t.Helper()
	accounts := account.New(h.DB, h.Clock(), func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	id, err := accounts.CreateDemo(context.Background(), access.SystemActor("test"), account.NewAccount{Username: name, Name: name, DemoRole: "learner", Roles: []access.Assignment{{Role: access.RolePerson, From: h.Needs.Today()}}})
	if err != nil {
		h.t.Fatal(err)
	}
	actor, err := accounts.ActorOf(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func (h *house) pledge(actor access.Actor, p pool.Pool, in pledge.Pledging) pledge.ID {
	h.t.Helper()
	id, err := h.pledges.Pledge(context.Background(), actor, pledge.Pool(p.ID), in)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) get(actor access.Actor, p pool.Pool) pledge.Detail {
	h.t.Helper()
	d, err := h.pledges.Get(context.Background(), actor, pledge.Pool(p.ID))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// TestEnoughAndBack: four firms of three seats reach twelve; whoever has the ball changes
// with it, and with the pooled need.
func TestEnoughAndBack(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.pool(12)
	var last pledge.ID
	var lastActor access.Actor
	for i := range 4 {
		if i == 3 {
			if d := h.get(h.Secretary(), p); d.Round.State != pledge.Collecting || d.Sums.Counted() != 9 {
				t.Errorf("before the last: %s, %d seats", d.Round.State, d.Sums.Counted())
			}
		}
		o, actor := h.firm(fmt.Sprintf("Eksempel %c AS", 'A'+i))
		last, lastActor = h.pledge(actor, p, pledge.Pledging{Org: o, Sort: pledge.Intention, Seats: 3}), actor
	}
	d := h.get(h.Secretary(), p)
	if n, known := d.Missing(); d.Round.State != pledge.Enough || n != 0 || !known || d.Ball.Org != p.Coordinator {
		t.Errorf("at twelve: %s, %d missing, the ball at %s", d.Round.State, n, d.Ball.Org)
	}
	for _, m := range []need.Moving{{To: need.Presented}, {To: need.Discussed, Note: "Felles", Discussion: &need.Discussion{Clarified: "Alle"}}, {To: need.InFollowUp, Provider: h.Fagskole}} {
		if _, err := h.pools.Move(ctx, h.Secretary(), p.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	if d = h.get(h.Provider(), p); d.Ball.Party != flow.Provider || d.Ball.Org != h.Fagskole || !d.CanStart {
		t.Errorf("with a provider the ball is at %s %s, can start: %v", d.Ball.Party, d.Ball.Org, d.CanStart)
	}
	if err := h.pledges.Withdraw(ctx, lastActor, last); err != nil {
		t.Fatal(err)
	}
	d = h.get(h.Secretary(), p)
	if n, _ := d.Missing(); d.Round.State != pledge.Collecting || n != 3 || d.Ball.Org != p.Coordinator {
		t.Errorf("after the withdrawal: %s, %d missing", d.Round.State, n)
	}
	var states []flow.State
	for _, s := range d.Steps {
		states = append(states, s.To)
	}
	if fmt.Sprint(states) != "[collecting enough collecting]" {
		t.Errorf("the history is %v", states)
	}
	if _, err := h.pools.Edit(ctx, h.Secretary(), p.ID, mustLoad(t, h, p).Version, pool.Content{Title: p.Title, MinToStart: 9}); err != nil {
		t.Fatal(err)
	}
	if d = h.get(h.Secretary(), p); d.Round.State != pledge.Enough {
		t.Errorf("with nine needed and nine seats: %s", d.Round.State)
	}
}

func mustLoad(t *testing.T, h *house, p pool.Pool) pool.Pool {
	t.Helper()
	d, err := h.pools.Get(context.Background(), h.Secretary(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return d.Pool
}

// TestWhoMayPledgeWhat: for whom, of which sort, how many.
func TestWhoMayPledgeWhat(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.pool(4)
	firm, works := h.firm("Eksempel Limtre AS")
	learner := h.learner("Søker Én")
	for name, c := range map[string]struct {
		actor access.Actor
		in    pledge.Pledging
		field string
	}{
		"another firm":       {h.Owner(), pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 1}, "org"},
		"no mandate":         {h.Adviser(), pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 1}, "org"},
		"no sort":            {works, pledge.Pledging{Org: firm, Seats: 1}, "sort"},
		"no seats":           {works, pledge.Pledging{Org: firm, Sort: pledge.Binding}, "seats"},
		"too many":           {works, pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: pledge.MaxSeats + 1}, "seats"},
		"a day past":         {works, pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 1, ValidTo: h.Needs.Today().AddDays(-1)}, "valid_to"},
		"learner, two seats": {learner, pledge.Pledging{Sort: pledge.Binding, Seats: 2}, "seats"},
		"learner, intention": {learner, pledge.Pledging{Sort: pledge.Intention, Seats: 1}, "sort"},
		"nobody":             {access.Actor{}, pledge.Pledging{Sort: pledge.Wish, Seats: 1}, "org"},
		"a firm for oneself": {works, pledge.Pledging{Sort: pledge.Wish, Seats: 1}, "org"},
	} {
		_, err := h.pledges.Pledge(ctx, c.actor, pledge.Pool(p.ID), c.in)
		if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.pledge(learner, p, pledge.Pledging{Sort: pledge.Wish, Seats: 1})
	_, err := h.pledges.Pledge(ctx, learner, pledge.Pool(p.ID), pledge.Pledging{Sort: pledge.Binding, Seats: 1})
	needtest.WantKind(t, err, fault.Conflict)
	own := h.pledge(works, p, pledge.Pledging{Org: firm, Sort: pledge.Wish, Seats: 9})
	if d := h.get(h.Secretary(), p); d.Sums != (pledge.Sums{Wishes: 10}) || d.Round.State != pledge.Collecting {
		t.Errorf("wishes alone: %+v, %s", d.Sums, d.Round.State)
	}
	if err := h.pledges.Change(ctx, works, own, 1, pledge.Pledging{Sort: pledge.Binding, Seats: 4}); err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, h.pledges.Change(ctx, works, own, 1, pledge.Pledging{Sort: pledge.Binding, Seats: 1}), fault.Stale)
	needtest.WantKind(t, h.pledges.Change(ctx, h.Owner(), own, 2, pledge.Pledging{Sort: pledge.Binding, Seats: 1}), fault.NotFound)
	needtest.WantKind(t, h.pledges.Withdraw(ctx, learner, own), fault.NotFound)
	if d := h.get(h.Secretary(), p); d.Round.State != pledge.Enough {
		t.Errorf("four binding of four: %s", d.Round.State)
	}
}

// TestWhoSeesWhom: partners see who has pledged, a firm its own, others nothing but the
// published figure; a person is shown without a name.
func TestWhoSeesWhom(t *testing.T) {
	h := newHouse(t)
	p := h.pool(10)
	firm, works := h.firm("Eksempel Limtre AS")
	learner := h.learner("Søker To")
	h.pledge(works, p, pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 3})
	h.pledge(learner, p, pledge.Pledging{Sort: pledge.Binding, Seats: 1})
	_, other := h.firm("Eksempel Annen AS")
	for name, c := range map[string]struct {
		actor             access.Actor
		partner           bool
		all, mine, counts int
	}{
		"the secretary": {h.Secretary(), true, 2, 0, 4}, "the firm": {works, false, 0, 1, 0}, "the learner": {learner, false, 0, 1, 0},
		"another firm": {other, false, 0, 0, 0}, "a visitor": {access.Actor{}, false, 0, 0, 0},
	} {
		d := h.get(c.actor, p)
		if d.Partner != c.partner || len(d.All) != c.all || len(d.Mine) != c.mine || d.Sums.Counted() != c.counts {
			t.Errorf("%s: partner %v, %d pledges, %d own, %d seats", name, d.Partner, len(d.All), len(d.Mine), d.Sums.Counted())
		}
		if _, known := d.Missing(); known != c.partner {
			t.Errorf("%s knows how many are missing: %v", name, known)
		}
		if !c.partner && c.mine == 0 && (len(d.Steps) > 0 || d.Ball != (flow.Ball{})) {
			t.Errorf("%s sees where the round stands", name)
		}
	}
	for _, x := range h.get(h.Secretary(), p).All {
		if x.Account != "" && x.OrgName != "" {
			t.Errorf("the learner is shown as %q", x.OrgName)
		}
	}
}

// TestTheOpenFigure is published by night, when it and those before it give nobody away.
func TestTheOpenFigure(t *testing.T) {
	h := newHouse(t)
	p := h.pool(20)
	for i, want := range []struct {
		known bool
		seats int
	}{{false, 0}, {false, 0}, {true, 6}, {true, 6}, {true, 6}, {true, 12}} {
		o, actor := h.firm(fmt.Sprintf("Eksempel %c AS", 'A'+i))
		h.pledge(actor, p, pledge.Pledging{Org: o, Sort: pledge.Intention, Seats: 2})
		if err := h.pledges.Daily(context.Background()); err != nil {
			t.Fatal(err)
		}
		d := h.get(access.Actor{}, p)
		if d.Published.Known != want.known || d.Published.Value != want.seats {
			t.Errorf("after %d firms: %+v", i+1, d.Published)
		}
		if n, known := d.Missing(); known != want.known || known && n != 20-want.seats {
			t.Errorf("after %d firms %d are missing", i+1, n)
		}
	}
}

// TestStartAndEnd: the provider starts, with a reason where too few seats are binding; who
// looks after the pooled need ends it; a pledge ends with its last day.
func TestStartAndEnd(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.pool(2)
	firm, works := h.firm("Eksempel Limtre AS")
	h.pledge(works, p, pledge.Pledging{Org: firm, Sort: pledge.Intention, Seats: 2})
	today := h.Needs.Today()
	starting := pledge.Starting{Version: h.get(h.Secretary(), p).Round.Version, Day: today.AddDays(30)}
	needtest.WantKind(t, h.pledges.Start(ctx, h.Provider(), pledge.Pool(p.ID), starting), fault.Denied)
	for _, m := range []need.Moving{{To: need.Presented}, {To: need.Discussed, Note: "Felles", Discussion: &need.Discussion{Clarified: "Alle"}}, {To: need.InFollowUp, Provider: h.Fagskole}} {
		if _, err := h.pools.Move(ctx, h.Secretary(), p.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	needtest.WantField(t, h.pledges.Start(ctx, h.Provider(), pledge.Pool(p.ID), starting), "note", "pledge.error.not_binding")
	needtest.WantField(t, h.pledges.Start(ctx, h.Provider(), pledge.Pool(p.ID), pledge.Starting{Version: starting.Version, Day: today.AddDays(-1)}), "day", "pledge.error.past")
	needtest.WantKind(t, h.pledges.Start(ctx, h.Provider(), pledge.Pool(p.ID), pledge.Starting{Version: 99, Day: today, Note: "Vi tror på dem"}), fault.Stale)
	needtest.WantKind(t, h.pledges.End(ctx, h.Provider(), pledge.Pool(p.ID), starting.Version, "Nei"), fault.Denied)
	starting.Note = "Vi kjenner firmaene og tar risikoen."
	if err := h.pledges.Start(ctx, h.Provider(), pledge.Pool(p.ID), starting); err != nil {
		t.Fatal(err)
	}
	d := h.get(h.Secretary(), p)
	if d.Round.State != pledge.Started || d.Round.StartsOn != starting.Day || d.CanStart || d.CanSteer || len(d.All) != 1 {
		t.Errorf("started: %+v, %d pledges", d.Round, len(d.All))
	}
	// The next pledge begins another round, which the secretary sets a day for and ends.
	h.pledge(works, p, pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 1, ValidTo: today.AddDays(3)})
	d = h.get(h.Secretary(), p)
	if err := h.pledges.SetDue(ctx, h.Secretary(), pledge.Pool(p.ID), d.Round.Version, today.AddDays(10)); err != nil {
		t.Fatal(err)
	}
	if d = h.get(h.Secretary(), p); d.Ball.Due != today.AddDays(10) {
		t.Errorf("the ball is due %s", d.Ball.Due)
	}
	h.Forward(4 * day)
	if err := h.pledges.Daily(ctx); err != nil {
		t.Fatal(err)
	}
	if d = h.get(h.Secretary(), p); len(d.All) != 0 || d.Round.State != pledge.Collecting {
		t.Errorf("after the pledge's last day: %d pledges, %s", len(d.All), d.Round.State)
	}
	h.Forward(7 * day)
	_, err := h.pledges.Pledge(ctx, works, pledge.Pool(p.ID), pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 1})
	needtest.WantKind(t, err, fault.Conflict)
	if err := h.pledges.End(ctx, h.Secretary(), pledge.Pool(p.ID), d.Round.Version, "Ingen ble med"); err != nil {
		t.Fatal(err)
	}
	if d = h.get(h.Secretary(), p); d.Round.State != pledge.Lapsed {
		t.Errorf("ended: %s", d.Round.State)
	}
}

const day = 24 * 60 * 60 * 1e9

// TestForget: the seats of a person who deletes her account are gone, and the round is
// weighed anew.
func TestForget(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.pool(1)
	learner := h.learner("Søker Tre")
	h.pledge(learner, p, pledge.Pledging{Sort: pledge.Binding, Seats: 1})
	if d := h.get(h.Secretary(), p); d.Round.State != pledge.Enough {
		t.Fatalf("one of one: %s", d.Round.State)
	}
	if err := h.DB.Write(ctx, func(tx *db.Tx) error { return h.pledges.Forget(ctx, tx, learner.Account) }); err != nil {
		t.Fatal(err)
	}
	if d := h.get(h.Secretary(), p); d.Round.State != pledge.Collecting || len(d.All) != 0 {
		t.Errorf("after the deletion: %s, %d pledges", d.Round.State, len(d.All))
	}
}

// TestManyAtOnce: of eight firms that pledge at the same time none is lost, and there are
// enough once.
func TestManyAtOnce(t *testing.T) {
	h := newHouse(t)
	p := h.pool(8)
	var wg sync.WaitGroup
	for i := range 8 {
		o, actor := h.firm(fmt.Sprintf("Eksempel %c AS", 'A'+i))
		wg.Go(func() {
			if _, err := h.pledges.Pledge(context.Background(), actor, pledge.Pool(p.ID), pledge.Pledging{Org: o, Sort: pledge.Binding, Seats: 1}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	d := h.get(h.Secretary(), p)
	if d.Round.State != pledge.Enough || d.Sums.Binding != 8 || len(d.Steps) != 2 {
		t.Errorf("%s with %d seats in %d steps", d.Round.State, d.Sums.Binding, len(d.Steps))
	}
}

// TestAnyOrder: whatever firms do, the seats are those that stand, and the state follows
// from them.
func TestAnyOrder(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	type firm struct {
		id    access.OrgID
		actor access.Actor
	}
	var firms []firm
	for i := range 4 {
		o, actor := h.firm(fmt.Sprintf("Eksempel %c AS", 'A'+i))
		firms = append(firms, firm{o, actor})
	}
	rapid.Check(t, func(rt *rapid.T) {
		least := rapid.IntRange(0, 9).Draw(rt, "least")
		p := h.pool(least)
		type held struct {
			id      pledge.ID
			version int64
			in      pledge.Pledging
		}
		model := map[int]held{}
		for range rapid.IntRange(1, 12).Draw(rt, "acts") {
			i := rapid.IntRange(0, len(firms)-1).Draw(rt, "firm")
			in := pledge.Pledging{Org: firms[i].id, Sort: rapid.SampledFrom(pledge.Sorts()).Draw(rt, "sort"), Seats: rapid.IntRange(1, 5).Draw(rt, "seats")}
			had, has := model[i]
			switch {
			case !has:
				id, err := h.pledges.Pledge(ctx, firms[i].actor, pledge.Pool(p.ID), in)
				if err != nil {
					rt.Fatal(err)
				}
				model[i] = held{id, 1, in}
			case rapid.Bool().Draw(rt, "change"):
				if err := h.pledges.Change(ctx, firms[i].actor, had.id, had.version, in); err != nil {
					rt.Fatal(err)
				}
				model[i] = held{had.id, had.version + 1, in}
			default:
				if err := h.pledges.Withdraw(ctx, firms[i].actor, had.id); err != nil {
					rt.Fatal(err)
				}
				delete(model, i)
			}
			counted := 0
			for _, x := range model {
				if x.in.Sort != pledge.Wish {
					counted += x.in.Seats
				}
			}
			want := pledge.Collecting
			if least > 0 && counted >= least {
				want = pledge.Enough
			}
			if d := h.get(h.Secretary(), p); d.Sums.Counted() != counted || d.Round.State != want {
				rt.Fatalf("%d seats and %s, want %d and %s", d.Sums.Counted(), d.Round.State, counted, want)
			}
		}
	})
}
