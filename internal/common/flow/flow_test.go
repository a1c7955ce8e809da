package flow_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

func sample() flow.Definition {
	return flow.Definition{Kind: "thing", Initial: "draft",
		States: []flow.StateDef{
			{State: "draft", Ball: flow.Owner},
			{State: "asked", Ball: flow.Provider, Days: 10},
			{State: "done", End: true},
		},
		Moves: []flow.MoveDef{
			{From: "draft", To: "asked", By: []flow.Party{flow.Owner}},
			{From: "asked", To: "done", By: []flow.Party{flow.Provider}, NoteRequired: true},
			{From: "asked", To: "draft", By: []flow.Party{flow.Owner, flow.Provider}},
		}}
}

func TestCheckFindsEveryFault(t *testing.T) {
	if errs := sample().Check(); len(errs) != 0 {
		t.Fatalf("a sound definition has faults: %v", errs)
	}
	for _, c := range []struct {
		want  string
		spoil func(*flow.Definition)
	}{
		{"nobody has the ball", func(d *flow.Definition) { d.States[0].Ball = flow.Nobody }},
		{"is an end, yet", func(d *flow.Definition) { d.States[2].Ball = flow.County }},
		{"is defined twice", func(d *flow.Definition) { d.States = append(d.States, d.States[0]) }},
		{"cannot be reached", func(d *flow.Definition) { d.States = append(d.States, flow.StateDef{State: "island", End: true}) }},
		{"dead end", func(d *flow.Definition) {
			d.States = append(d.States, flow.StateDef{State: "trap", Ball: flow.Owner})
			d.Moves = append(d.Moves, flow.MoveDef{From: "draft", To: "trap", By: []flow.Party{flow.Owner}})
		}},
		{"unknown state", func(d *flow.Definition) { d.Moves[0].To = "nowhere" }},
		{"nobody may make it", func(d *flow.Definition) { d.Moves[0].By = nil }},
		{"initial state", func(d *flow.Definition) { d.Initial = "void" }},
		{"asked is defined twice", func(d *flow.Definition) { d.Moves = append(d.Moves, d.Moves[0]) }},
	} {
		d := sample()
		c.spoil(&d)
		var all []string
		for _, err := range d.Check() {
			all = append(all, err.Error())
		}
		if !strings.Contains(strings.Join(all, "\n"), c.want) {
			t.Errorf("want a fault %q, got %v", c.want, all)
		}
	}
}

func TestDueCountsWorkingDays(t *testing.T) {
	s := flow.StateDef{Days: 2}
	for from, want := range map[string]string{
		"2026-11-20": "2026-11-24", // Friday
		"2026-03-31": "2026-04-07", // Tuesday before Easter
		"2026-05-15": "2026-05-19", // 17 May is a Sunday
	} {
		if got := s.Due(clock.MustDate(from)).String(); got != want {
			t.Errorf("two working days from %s: %s, want %s", from, got, want)
		}
	}
	if !(flow.StateDef{}).Due(clock.MustDate("2026-11-20")).IsZero() {
		t.Error("a state without days has a deadline")
	}
}

var (
	now      = clock.At(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	provider = access.NewOrgID()
	owner    = access.NewOrgID()
	officer  = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleProviderUser, Org: provider}}}
)

func start(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.New(t)
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		return flow.Start(ctx, tx, sample(), "1", "En sak", flow.Ball{Party: flow.Owner, Org: owner}, officer, now)
	})
	return d
}

func write(t *testing.T, d *db.DB, fn func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), func(tx *db.Tx) error { return fn(context.Background(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func move(d *db.DB, from, to flow.State, note string, as ...flow.Party) error {
	return d.Write(context.Background(), func(tx *db.Tx) error {
		return flow.Move(context.Background(), tx, sample(), flow.Request{Subject: flow.Subject{Kind: "thing", ID: "1"}, From: from, To: to, As: as, Note: note,
			Ball: flow.Ball{Party: flow.Provider, Org: provider, Due: clock.MustDate("2026-12-04")}}, officer, now)
	})
}

func TestMovesFollowTheDefinition(t *testing.T) {
	d := start(t)
	for _, c := range []struct {
		name     string
		from, to flow.State
		note     string
		as       []flow.Party
		want     fault.Kind
	}{
		{"no such move", "draft", "done", "", []flow.Party{flow.Owner}, fault.Invalid},
		{"not your move", "draft", "asked", "", []flow.Party{flow.Provider}, fault.Denied},
		{"stands elsewhere", "asked", "done", "fordi", []flow.Party{flow.Provider}, fault.Stale},
	} {
		if err := move(d, c.from, c.to, c.note, c.as...); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if err := move(d, "draft", "asked", "", flow.Owner); err != nil {
		t.Fatal(err)
	}
	if err := move(d, "asked", "done", "", flow.Provider); !fault.Is(err, fault.Invalid) {
		t.Errorf("a move without its reason: %v", err)
	}
	if err := move(d, "asked", "done", "Dekt av kurset på Røros", flow.Provider); err != nil {
		t.Fatal(err)
	}
	var steps []flow.Step
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		var err error
		steps, err = flow.History(ctx, tx, flow.Subject{Kind: "thing", ID: "1"})
		return err
	})
	if len(steps) != 3 || steps[2].Note != "Dekt av kurset på Røros" || steps[1].Role != access.RoleProviderUser || steps[1].Org != provider {
		t.Errorf("history %+v", steps)
	}
}

func TestTwoPeopleMoveOneThing(t *testing.T) {
	d := start(t)
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		wg.Go(func() { results[i] = move(d, "draft", "asked", "", flow.Owner) })
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		switch {
		case err == nil:
			won++
		case !fault.Is(err, fault.Stale):
			t.Errorf("a loser got %v, want stale", err)
		}
	}
	if won != 1 {
		t.Errorf("%d moves won, want 1", won)
	}
}
