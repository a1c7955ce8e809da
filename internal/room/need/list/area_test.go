package list_test

import (
	"context"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needtest"
)

// spread is a house with a need of every degree of confidentiality in three
// municipalities, some of them with a provider.
func spread(t *testing.T) (*needtest.House, *list.Service) {
	h := needtest.New(t)
	for i, m := range []string{needtest.Roros, needtest.Oppdal, needtest.Namsos} {
		for _, c := range need.Confidentialities() {
			in := needtest.Hidden(h.Sawmill, c, 1+i)
			in.Municipality = m
			n := h.Register(h.Adviser(), in)
			if c == need.ProvidersOnly {
				h.Move(h.Provider(), n.ID, need.Moving{To: need.InFollowUp})
			}
		}
	}
	return h, list.New(h.Needs)
}

// The list of needs where one has the ball is the list of the front page, for
// every reader, and holds nothing that the reader may not open.
func TestTheBallListIsTheFrontPage(t *testing.T) {
	ctx := context.Background()
	h, lists := spread(t)
	want := map[string]int{"secretary": 6, "secretary in Røros": 4, "secretary in Namsos": 2, "officer": 3, "officer in Røros": 1, "officer in Namsos": 1,
		"secretary in Namsos, officer in Røros": 3, "secretary, officer in Namsos": 7, "secretary in Namsos, owner": 2, "provider": 3, "provider in Namsos": 3}
	for name, actor := range h.Readers() {
		if actor.IsSystem() {
			continue // has no tasks
		}
		page, total, err := lists.List(ctx, actor, list.Query{Filter: list.Filter{BallMine: true, WithDrafts: true}, Order: "due"})
		if err != nil {
			t.Fatal(err)
		}
		var here, front []string
		for _, it := range page.Items {
			here = append(here, string(it.ID))
		}
		held := 0
		err = h.Needs.Read(ctx, func(tx *db.Tx) error {
			items, err := flow.Held(ctx, tx, actor, flow.Asked{Limit: db.MaxLimit})
			if err != nil {
				return err
			}
			counts, err := flow.CountHeld(ctx, tx, actor, nil)
			held = counts[need.FlowKind]
			for _, it := range items.Items {
				front = append(front, it.Subject.ID)
			}
			return err
		})
		if err != nil || !slices.Equal(here, front) || total != held || total != want[name] {
			t.Errorf("%s: %d in the list, %d on the front page, want %d, %v", name, total, held, want[name], err)
		}
		for _, it := range page.Items {
			if d, err := h.Needs.Get(ctx, actor, it.ID); err != nil || !d.Ball.Mine {
				t.Errorf("%s: the page of %s says mine %v, %v", name, it.ID, d.Ball.Mine, err)
			}
		}
	}
}

// A change of what the forum may read, or of place, takes the ball along.
func TestTheBallFollowsTheNeed(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists, readers := list.New(h.Needs), h.Readers()
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	due := ball(t, h, n.ID).Due
	for _, step := range []struct {
		c            need.Confidentiality
		municipality string
		holder       string
	}{
		{need.Open, needtest.Roros, "secretary in Røros"}, {need.Internal, needtest.Roros, "officer in Røros"},
		{need.Internal, needtest.Namsos, "officer in Namsos"}, {need.ForumOnly, needtest.Namsos, "secretary in Namsos"},
	} {
		in := needtest.Hidden(h.Sawmill, step.c, 2)
		in.Municipality = step.municipality
		var err error
		if n, err = h.Needs.Edit(ctx, h.Adviser(), n.ID, n.Version, in); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"secretary in Røros", "officer in Røros", "secretary in Namsos", "officer in Namsos"} {
			_, total, err := lists.List(ctx, readers[name], list.Query{Filter: list.Filter{BallMine: true}})
			if want := name == step.holder; err != nil || (total == 1) != want {
				t.Errorf("%s in %s: %s has %d balls, %v", step.c, step.municipality, name, total, err)
			}
		}
		if got := ball(t, h, n.ID).Due; got != due {
			t.Errorf("%s in %s: due %s, want %s", step.c, step.municipality, got, due)
		}
	}
}

func ball(t *testing.T, h *needtest.House, n need.ID) need.BallView {
	t.Helper()
	d, err := h.Needs.Get(context.Background(), h.Owner(), n)
	if err != nil {
		t.Fatal(err)
	}
	return d.Ball
}

// Figures of few are exact only for those who have an office where all the
// needs behind them lie.
func TestOfficesCountExactlyInTheirArea(t *testing.T) {
	ctx := context.Background()
	h, lists := spread(t)
	// By state a secretary of Røros reads mapped needs of all three places.
	in := needtest.Content(h.Farm)
	in.Municipality, in.Level = needtest.Oppdal, need.LevelTrade
	h.Register(h.Adviser(), in)
	for _, c := range []struct {
		reader               string
		roros, namsos        need.Figure
		unknown, trade, open need.Figure // needs of the level unknown, of the level trade, and of field industry
	}{
		{"visitor", few.FewOnly(), few.FewOnly(), few.FewOnly(), few.FewOnly(), few.FewOnly()},
		{"secretary", few.Exactly(3), few.Exactly(3), few.Exactly(9), few.Exactly(1), few.Exactly(10)},
		{"secretary in Røros", few.Exactly(3), few.FewOnly(), few.FewOnly(), few.Exactly(1), few.FewOnly()},
		{"secretary in Namsos", few.FewOnly(), few.Exactly(3), few.FewOnly(), few.FewOnly(), few.FewOnly()},
		{"officer in Røros", few.Exactly(4), few.FewOnly(), few.FewOnly(), few.FewOnly(), few.FewOnly()},
		{"provider in Namsos", few.Exactly(2), few.Exactly(2), few.Exactly(6), few.Exactly(1), few.Exactly(7)},
	} {
		actor := h.Readers()[c.reader]
		places, err := lists.CountByMunicipality(ctx, actor, list.Filter{})
		if err != nil || len(places) != 3 {
			t.Fatalf("%s: %+v, %v", c.reader, places, err)
		}
		for _, p := range places {
			want := map[string]need.Figure{needtest.Roros: c.roros, needtest.Namsos: c.namsos, needtest.Oppdal: p.Needs}[p.Municipality]
			if p.Needs != want {
				t.Errorf("%s in %s: %+v, want %+v", c.reader, p.Municipality, p.Needs, want)
			}
		}
		for d, want := range map[list.Dimension][]need.Figure{list.ByLevel: {c.trade, c.unknown}, list.ByField: {c.open}} {
			rows, err := lists.CountBy(ctx, actor, d, list.Filter{})
			var got []need.Figure
			for _, r := range rows {
				got = append(got, r.Needs)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s by %s: %+v, want %+v, %v", c.reader, d, got, want, err)
			}
		}
	}
}

// Somebody with more organisations than the usual statement has room for keeps
// to the area too.
func TestManyOrganisationsAndAnArea(t *testing.T) {
	ctx := context.Background()
	h, lists := spread(t)
	busy := needtest.In(access.RoleSecretary, h.Forum, needtest.Roros)
	for range 8 {
		busy.Roles = append(busy.Roles, access.Assignment{Role: access.RoleOrgMember, Org: access.NewOrgID()})
	}
	if _, total, err := lists.List(ctx, busy, list.Query{}); err != nil || total != 3+1+1 {
		t.Errorf("%d needs, %v", total, err)
	}
	if _, total, err := lists.List(ctx, busy, list.Query{Filter: list.Filter{BallMine: true}}); err != nil || total != 2 {
		t.Errorf("%d balls, %v", total, err)
	}
}
