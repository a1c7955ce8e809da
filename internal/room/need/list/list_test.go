package list_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needtest"
)

// filled is a house with five needs that differ in everything a filter knows.
func filled(t testing.TB) (*needtest.House, *list.Service, []need.Need) {
	h := needtest.New(t)
	var needs []need.Need
	add := func(change func(*need.Content)) {
		in := needtest.Content(h.Sawmill)
		change(&in)
		needs = append(needs, h.Register(h.Adviser(), in))
		h.Forward(24 * time.Hour)
	}
	add(func(c *need.Content) { c.Purpose, c.Level, c.Headcount = need.Recruitment, need.LevelTrade, 5 })
	add(func(c *need.Content) {
		c.Text, c.Municipality, c.Organisation = "Blåbær og fjøs", needtest.Oppdal, h.Farm
		c.Concepts = []need.Concept{{Scheme: "styrk08", Code: "6121", Chosen: need.Added}}
	})
	add(func(c *need.Content) {
		c.Purpose, c.Sector, c.WantedFrom = need.Upskilling, "C", clock.MustDate("2027-08-01")
		c.Forms, c.Barriers = []need.Form{need.Online}, []need.Barrier{need.Distance}
	})
	add(func(c *need.Content) {
		c.Concepts = []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Removed}}
	})
	add(func(c *need.Content) { c.Headcount, c.WantedFrom = 9, clock.MustDate("2027-01-01") })
	h.Move(h.Provider(), needs[4].ID, need.Moving{To: need.InFollowUp})
	return h, list.New(h.Needs), needs
}

func TestFilters(t *testing.T) {
	ctx := context.Background()
	h, lists, needs := filled(t)
	tests := []struct {
		name  string
		actor access.Actor
		f     list.Filter
		want  []int
	}{
		{"all", access.Actor{}, list.Filter{}, []int{0, 1, 2, 3, 4}},
		{"text", access.Actor{}, list.Filter{Text: "BLÅBÆR"}, []int{1}},
		{"text with sign", access.Actor{}, list.Filter{Text: "bl_b%"}, nil},
		{"number", access.Actor{}, list.Filter{Text: needs[2].Number}, []int{2}},
		{"organisation's name", access.Actor{}, list.Filter{Text: "øvre g"}, []int{1}},
		{"state", access.Actor{}, list.Filter{States: []flow.State{need.InFollowUp, need.Closed}}, []int{4}},
		{"purpose", access.Actor{}, list.Filter{Purposes: []need.Purpose{need.Recruitment}}, []int{0}},
		{"level", access.Actor{}, list.Filter{Levels: []need.Level{need.LevelTrade}}, []int{0}},
		{"field", access.Actor{}, list.Filter{Fields: []need.Field{"nature"}}, []int{1}},
		{"municipalities", access.Actor{}, list.Filter{Municipalities: []string{needtest.Oppdal, needtest.Namsos}}, []int{1}},
		{"sector", access.Actor{}, list.Filter{Sectors: []string{"C"}}, []int{2}},
		{"concept", access.Actor{}, list.Filter{Concepts: []need.Concept{{Scheme: "styrk08", Code: "8172"}}}, []int{0, 2, 4}},
		{"form and barrier", access.Actor{}, list.Filter{Forms: []need.Form{need.Online}, Barriers: []need.Barrier{need.Distance}}, []int{2}},
		{"organisation", access.Actor{}, list.Filter{Organisation: h.Farm}, []int{1}},
		{"represented by", access.Actor{}, list.Filter{RepresentedBy: h.Hub}, []int{0, 1, 2, 3, 4}},
		{"provider", access.Actor{}, list.Filter{Provider: h.Fagskole}, []int{4}},
		{"from and to", access.Actor{}, list.Filter{From: clock.MustDate("2026-11-19"), To: clock.MustDate("2026-11-20")}, []int{1, 2}},
		{"mine", h.Owner(), list.Filter{Mine: true}, []int{0, 2, 3, 4}},
		{"the adviser's", h.Adviser(), list.Filter{Mine: true}, []int{0, 1, 2, 3, 4}},
		{"nobody's", access.Actor{}, list.Filter{Mine: true}, nil},
		{"ball of the secretary", h.Secretary(), list.Filter{BallMine: true}, []int{0, 1, 2, 3}},
		{"ball of the provider", h.Provider(), list.Filter{BallMine: true}, []int{4}},
		{"ball of nobody", access.Actor{}, list.Filter{BallMine: true}, nil},
		{"confidentiality", access.Actor{}, list.Filter{Confidentialities: []need.Confidentiality{need.Internal}}, nil},
	}
	for _, tt := range tests {
		page, total, err := lists.List(ctx, tt.actor, list.Query{Filter: tt.f, Order: "oldest"})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []int
		for _, it := range page.Items {
			got = append(got, slices.IndexFunc(needs, func(n need.Need) bool { return n.ID == it.ID }))
		}
		if !slices.Equal(got, tt.want) || total != len(tt.want) {
			t.Errorf("%s: %v (total %d), want %v", tt.name, got, total, tt.want)
		}
	}
}

// Every order gives all needs once, whatever the size of the page.
func TestOrders(t *testing.T) {
	ctx := context.Background()
	_, lists, needs := filled(t)
	want := map[string][]int{
		"newest": {4, 3, 2, 1, 0}, "oldest": {0, 1, 2, 3, 4}, "number": {0, 1, 2, 3, 4}, "number_desc": {4, 3, 2, 1, 0},
		"municipality": {1, 0, 2, 3, 4}, "headcount": {4, 0, 3, 2, 1}, "wanted_from": {4, 2, 0, 1, 3}, "due": {0, 1, 2, 3, 4},
	}
	for _, order := range list.Orders().Names() {
		var got []int
		q := list.Query{Order: order, Limit: 2}
		for range 4 {
			page, total, err := lists.List(ctx, access.Actor{}, q)
			if err != nil || total != len(needs) {
				t.Fatalf("%s: total %d, %v", order, total, err)
			}
			for _, it := range page.Items {
				got = append(got, slices.IndexFunc(needs, func(n need.Need) bool { return n.ID == it.ID }))
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if !slices.Equal(got, want[order]) {
			t.Errorf("%s: %v, want %v", order, got, want[order])
		}
	}
	_, _, err := lists.List(ctx, access.Actor{}, list.Query{Order: "colour"})
	needtest.WantField(t, err, "sort", "")
	_, _, err = lists.List(ctx, access.Actor{}, list.Query{After: "%"})
	needtest.WantField(t, err, "after", "")
}

func TestOverdueAndTasks(t *testing.T) {
	ctx := context.Background()
	h, lists, _ := filled(t)
	if mine, late, err := lists.Tasks(ctx, h.Secretary()); err != nil || mine != 4 || late != 0 {
		t.Errorf("tasks %d, overdue %d, %v", mine, late, err)
	}
	h.Forward(60 * 24 * time.Hour)
	if mine, late, err := lists.Tasks(ctx, h.Secretary()); err != nil || mine != 4 || late != 4 {
		t.Errorf("later: tasks %d, overdue %d, %v", mine, late, err)
	}
	page, total, err := lists.List(ctx, h.Secretary(), list.Query{Filter: list.Filter{Overdue: true, BallMine: true}, Order: "due"})
	if err != nil || total != 4 || !page.Items[0].Overdue {
		t.Errorf("%d overdue, %v", total, err)
	}
	if mine, _, err := lists.Tasks(ctx, access.Actor{}); err != nil || mine != 0 {
		t.Errorf("a visitor has %d tasks, %v", mine, err)
	}
}

func TestExport(t *testing.T) {
	ctx := context.Background()
	_, lists, needs := filled(t)
	var rows []list.Row
	for r, err := range lists.Export(ctx, access.Actor{}, list.Query{Order: "number"}) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) != len(needs) {
		t.Fatalf("%d rows", len(rows))
	}
	if r := rows[2]; r.Text != needs[2].Text || !slices.Equal(r.Forms, needs[2].Forms) || !slices.Equal(r.Barriers, needs[2].Barriers) ||
		len(r.Concepts) != 1 || r.OrganisationName != "Ålen Sag" {
		t.Errorf("row %+v", r)
	}
	for _, err := range lists.Export(ctx, access.Actor{}, list.Query{Order: "colour"}) {
		needtest.WantKind(t, err, fault.Invalid)
	}
}

func TestCountByMunicipality(t *testing.T) {
	ctx := context.Background()
	h, lists, _ := filled(t)
	in := needtest.Hidden(h.Farm, need.Internal, 40)
	in.Municipality = needtest.Oppdal
	h.Register(h.Adviser(), in)
	open, err := lists.CountByMunicipality(ctx, access.Actor{}, list.Filter{})
	if err != nil || len(open) != 2 {
		t.Fatalf("%+v, %v", open, err)
	}
	for _, c := range open {
		if c.Headcount != few.FewOnly() || c.Firms != few.FewOnly() {
			t.Errorf("a visitor sees %+v", c)
		}
	}
	exact, err := lists.CountByMunicipality(ctx, h.Officer(), list.Filter{})
	if err != nil || exact[0].Municipality != needtest.Oppdal || exact[0].Headcount != few.Exactly(42) || exact[0].Needs != few.Exactly(2) || exact[0].Firms != few.Exactly(1) {
		t.Errorf("the county sees %+v, %v", exact, err)
	}
	for i := range 2 {
		h.Register(h.Adviser(), needtest.Content(h.Org("company", fmt.Sprintf("Bedrift %d", i), needtest.Roros)))
	}
	open, _ = lists.CountByMunicipality(ctx, access.Actor{}, list.Filter{})
	if c := open[1]; c.Firms != few.Exactly(3) || c.Needs != few.Exactly(6) || c.Headcount != few.Exactly(5+2+2+9+2+2) {
		t.Errorf("of three firms a visitor sees %+v", c)
	}
}

func TestSimilar(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists := list.New(h.Needs)
	concepts := needtest.Content("").Concepts
	var last need.Need
	want := []int{0, 0, 3, 3, 5, 5}
	for i, n := range want {
		o := h.Org("company", fmt.Sprintf("Bedrift %d", i), needtest.Roros)
		last = h.Register(h.Adviser(), needtest.Hidden(o, need.Internal, 2))
		h.Register(h.Adviser(), needtest.Hidden(o, need.Internal, 2)) // the same organisation counts once
		if got, err := lists.Similar(ctx, concepts, ""); err != nil || got != n {
			t.Errorf("%d organisations: %d, %v, want %d", i+1, got, err, n)
		}
	}
	if got, err := lists.Similar(ctx, []need.Concept{{Scheme: "styrk08", Code: "9999"}}, last.ID); err != nil || got != 0 {
		t.Errorf("another concept: %d, %v", got, err)
	}
	if got, err := lists.Similar(ctx, nil, ""); err != nil || got != 0 {
		t.Errorf("no concept: %d, %v", got, err)
	}
}

// A total is taken anew after a change, also within the second.
func TestTotalAfterChange(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists := list.New(h.Needs)
	for want := range 3 {
		if _, total, err := lists.List(ctx, access.Actor{}, list.Query{}); err != nil || total != want {
			t.Errorf("total %d, %v, want %d", total, err, want)
		}
		h.Register(h.Owner(), needtest.Content(h.Sawmill))
	}
}

func TestCountBy(t *testing.T) {
	ctx := context.Background()
	h, lists, _ := filled(t)
	for d, want := range map[list.Dimension]string{
		list.ByState:   "in_follow_up 1 1 9, mapped 4 2 11, ",
		list.ByField:   " 1 1 2, industry 3 1 16, nature 1 1 2, ",
		list.ByLevel:   "fagbrev 1 1 5, unknown 4 2 15, ",
		list.BySector:  " 4 2 18, C 1 1 2, ",
		list.ByPurpose: " 3 2 13, recruitment 1 1 5, upskilling 1 1 2, ",
		list.ByBarrier: "distance 1 1 2, ",
	} {
		rows, err := lists.CountBy(ctx, h.Secretary(), d, list.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range rows {
			got += fmt.Sprintf("%s %d %d %d, ", c.Value, c.Needs.Value, c.Firms.Value, c.Headcount.Value)
		}
		if got != want {
			t.Errorf("by %s: %s, want %s", d, got, want)
		}
		open, err := lists.CountBy(ctx, access.Actor{}, d, list.Filter{})
		if err != nil || len(open) != len(rows) || open[0].Headcount != few.FewOnly() {
			t.Errorf("by %s a visitor sees %+v, %v", d, open, err)
		}
	}
	_, err := lists.CountBy(ctx, h.Secretary(), "colour", list.Filter{})
	needtest.WantField(t, err, "by", "form.error.choice")
}
