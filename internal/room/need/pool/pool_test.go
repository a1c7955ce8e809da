package pool_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
)

func content(title string) pool.Content { return pool.Content{Title: title, MinToStart: 12} }

func TestPoolNeeds(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	b := h.Register(h.Adviser(), needtest.Content(h.Farm))
	group := needtest.Content("")
	group.Firms, group.Headcount = 4, 8
	c := h.Register(h.Adviser(), group)
	h.Move(h.Secretary(), b.ID, need.Moving{To: need.Presented})
	p, err := pools.Make(ctx, h.Adviser(), content("Sagbruk i fjellet"), a.ID, b.ID, c.ID, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != "F-2026-0001" || p.State != need.Mapped || p.Coordinator != h.Hub || p.Field != "industry" || len(p.Concepts) != 1 || p.Region == "" {
		t.Errorf("made %+v", p)
	}
	d, err := pools.Get(ctx, h.Adviser(), p.ID)
	if err != nil || d.Firms != need.Exactly(6) || d.Headcount != need.Exactly(12) || !d.All || !slices.Equal(d.Municipalities, []string{needtest.Roros}) {
		t.Errorf("figures %+v, %v", d.Figures, err)
	}
	n, err := h.Needs.Get(ctx, needtest.As(access.RoleOrgMember, h.Farm), b.ID)
	if err != nil || n.State != need.Merged || n.PoolRef == nil || n.PoolRef.Number != p.Number || n.Ball.Role != access.RoleSecretary {
		t.Errorf("member %+v, %v", n, err)
	}
	if report, err := audit.Verify(ctx, h.DB); err != nil || report.Broken != 0 {
		t.Errorf("audit: %+v, %v", report, err)
	}
}

// Each owner keeps its need and sees every step of the pool, also by its
// link, from the step after it joined to the one where it left.
func TestOwnersSeeThePoolMove(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	b := h.Register(h.Adviser(), needtest.Content(h.Farm))
	h.Move(h.Secretary(), b.ID, need.Moving{To: need.Presented})
	token, err := h.Needs.Token(ctx, h.Owner(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.Forward(time.Minute)
	p, err := pools.Make(ctx, h.Secretary(), content("Sag"), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	move := func(actor access.Actor, in need.Moving) {
		t.Helper()
		h.Forward(time.Minute)
		if _, err := pools.Move(ctx, actor, p.ID, in); err != nil {
			t.Fatal(err)
		}
	}
	move(h.Secretary(), need.Moving{To: need.Presented})
	h.Forward(time.Minute)
	if err := pools.Add(ctx, h.Secretary(), p.ID, b.ID); err != nil {
		t.Fatal(err)
	}
	move(h.Provider(), need.Moving{To: need.InFollowUp})
	states := func(n need.ID) string {
		t.Helper()
		d, err := h.Needs.Get(ctx, h.Officer(), n)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, s := range d.Steps {
			out = append(out, string(s.To))
		}
		return strings.Join(out, " ")
	}
	if got, want := states(a.ID), "draft mapped merged presented in_follow_up"; got != want {
		t.Errorf("first: %s, want %s", got, want)
	}
	if got, want := states(b.ID), "draft mapped presented merged in_follow_up"; got != want {
		t.Errorf("second: %s, want %s", got, want)
	}
	v, err := h.Needs.ByToken(ctx, token)
	if err != nil || v.Ball.Party != flow.Provider || v.Ball.Name != "Fjellfagskolen" || len(v.Steps) != 5 || !v.Steps[4].Pool || v.Pool.State != need.InFollowUp {
		t.Errorf("link shows %+v, %v", v, err)
	}
	// The owner takes its need out; it stands where it stood.
	h.Forward(time.Minute)
	if err := pools.Remove(ctx, h.Owner(), p.ID, a.ID); err != nil {
		t.Fatal(err)
	}
	move(h.Provider(), need.Moving{To: need.InDevelopment})
	if got, want := states(a.ID), "draft mapped merged presented in_follow_up mapped"; got != want {
		t.Errorf("after leaving: %s, want %s", got, want)
	}
	if d, _ := h.Needs.Get(ctx, h.Owner(), a.ID); d.State != need.Mapped || d.PoolRef != nil || d.Ball.Role != access.RoleSecretary {
		t.Errorf("after leaving %+v", d)
	}
	move(h.Provider(), need.Moving{To: need.NotPossible, Note: "For få"})
	if d, _ := h.Needs.Get(ctx, h.Officer(), b.ID); d.State != need.Merged || d.Ball.Role != access.RoleCaseOfficer {
		t.Errorf("still a member %+v", d)
	}
	// It may join again.
	move(h.Secretary(), need.Moving{To: need.Mapped, Note: "Flere har meldt seg"})
	if err := pools.Add(ctx, h.Secretary(), p.ID, a.ID); err != nil {
		t.Fatal(err)
	}
}

func TestDissolve(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	b := h.Register(h.Adviser(), needtest.Content(h.Farm))
	b = h.Move(h.Provider(), b.ID, need.Moving{To: need.InFollowUp})
	p, err := pools.Make(ctx, h.Adviser(), content("Sag"), a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pools.Move(ctx, h.Adviser(), p.ID, need.Moving{To: need.Withdrawn, Note: "Feil"}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[need.ID]flow.State{a.ID: need.Mapped, b.ID: need.InFollowUp} {
		d, err := h.Needs.Get(ctx, h.Officer(), id)
		if err != nil || d.State != want || d.PoolRef != nil {
			t.Errorf("state %s, want %s, %v", d.State, want, err)
		}
		if id == b.ID && (d.Provider != h.Fagskole || d.AnswerBy != b.AnswerBy || d.Ball.Due != b.AnswerBy) {
			t.Errorf("follow-up was lost: %+v", d)
		}
	}
	needtest.WantKind(t, pools.Add(ctx, h.Adviser(), p.ID, a.ID), fault.Conflict)
}

func TestWithdrawFromPool(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	p, err := pools.Make(ctx, h.Secretary(), content("Sag"), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Needs.Withdraw(ctx, h.Owner(), a.ID, "Ikke nå"); err != nil {
		t.Fatal(err)
	}
	d, err := pools.Get(ctx, h.Secretary(), p.ID)
	if err != nil || d.Firms != need.Exactly(0) {
		t.Errorf("figures %+v, %v", d.Figures, err)
	}
	if n, err := h.Needs.Get(ctx, h.Owner(), a.ID); err != nil || n.State != need.Withdrawn || n.PoolRef != nil {
		t.Errorf("need %+v, %v", n, err)
	}
}

func TestRefused(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	hidden := h.Register(h.Owner(), needtest.Hidden(h.Sawmill, need.Internal, 2))
	draft, err := h.Needs.SaveDraft(ctx, h.Adviser(), "", 0, needtest.Content(h.Farm))
	if err != nil {
		t.Fatal(err)
	}
	_, err = pools.Make(ctx, h.Owner(), content("x"), a.ID)
	needtest.WantKind(t, err, fault.Denied)
	_, err = pools.Make(ctx, h.Adviser(), content("x"))
	needtest.WantField(t, err, "needs", "need.error.pool_needs")
	_, err = pools.Make(ctx, h.Adviser(), content("x"), hidden.ID)
	needtest.WantField(t, err, "needs", "need.error.unknown_need")
	_, err = pools.Make(ctx, h.Adviser(), content("x"), draft.ID)
	needtest.WantField(t, err, "needs", "need.error.not_poolable")
	_, err = pools.Make(ctx, h.Adviser(), content(strings.Repeat("x", 121)), a.ID)
	needtest.WantField(t, err, "title", "form.error.too_long")
	// A hidden need lends the open pool no title.
	_, err = pools.Make(ctx, h.Officer(), content(""), hidden.ID)
	needtest.WantField(t, err, "title", "form.error.required")
	p, err := pools.Make(ctx, h.Secretary(), content(""), a.ID)
	if err != nil || p.Title != a.Title || p.Number != "F-2026-0001" {
		t.Fatalf("made %+v, %v", p, err)
	}
	_, err = pools.Make(ctx, h.Adviser(), content("x"), a.ID)
	needtest.WantField(t, err, "needs", "need.error.already_pooled")
	needtest.WantKind(t, pools.Remove(ctx, h.Provider(), p.ID, a.ID), fault.Denied)
	needtest.WantKind(t, pools.Add(ctx, h.Adviser(), p.ID, a.ID), fault.Denied)
	_, err = pools.Move(ctx, h.Owner(), p.ID, need.Moving{To: need.Presented})
	needtest.WantKind(t, err, fault.Denied)
	_, err = h.Needs.Move(ctx, h.Secretary(), a.ID, need.Moving{To: need.Presented})
	needtest.WantField(t, err, "to", "need.error.use_pool")
	_, err = pools.Edit(ctx, h.Secretary(), p.ID, 1, pool.Content{Title: "Ny", MinToStart: -1})
	needtest.WantField(t, err, "min_to_start", "form.error.range")
	if p, err = pools.Edit(ctx, h.Secretary(), p.ID, 1, pool.Content{Title: "Ny", Field: "food"}); err != nil || p.Version != 2 || p.Field != "food" || len(p.Concepts) != 1 {
		t.Errorf("edited %+v, %v", p, err)
	}
	_, err = pools.Edit(ctx, h.Secretary(), p.ID, 1, pool.Content{Title: "Sist"})
	needtest.WantKind(t, err, fault.Stale)
	_, err = pools.Get(ctx, access.Actor{}, pool.ID("x"))
	needtest.WantKind(t, err, fault.NotFound)
}

// Who may not open the needs of two firms learns neither their sum nor where
// they lie, from the page or from the list.
func TestTwoHiddenFirms(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, need.ForumOnly, 5))
	b := h.Register(h.Adviser(), needtest.Hidden(h.Farm, need.ForumOnly, 7))
	p, err := pools.Make(ctx, h.Adviser(), content("Sag"), a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for name, actor := range h.Readers() {
		sees := slices.Contains([]string{"representative", "secretary", "forum member", "officer", "system", "secretary in Røros", "forum member in Røros",
			"officer in Røros", "secretary in Namsos, officer in Røros", "secretary, officer in Namsos"}, name)
		d, err := pools.Get(ctx, actor, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		rows, total, err := pools.List(ctx, actor, pool.Filter{Text: "sag"})
		if err != nil || total != 1 || len(rows.Items) != 1 {
			t.Fatalf("%s: list of %d, %v", name, total, err)
		}
		want := pool.Figures{Firms: need.FewOnly(), Headcount: need.FewOnly()}
		if name == "owner" || name == "secretary in Namsos, owner" {
			want.Municipalities = []string{needtest.Roros}
		}
		if sees {
			want = pool.Figures{Firms: need.Exactly(2), Headcount: need.Exactly(12), Municipalities: []string{needtest.Roros}, All: true}
		}
		if name == "other company" || name == "municipal" { // the farm itself
			want.Municipalities = []string{needtest.Roros}
		}
		for _, got := range []pool.Figures{d.Figures, rows.Items[0].Figures} {
			if got.Firms != want.Firms || got.Headcount != want.Headcount || got.All != want.All || !slices.Equal(got.Municipalities, want.Municipalities) {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
		}
	}
}

func TestListAndNumber(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	for _, o := range []org.ID{h.Sawmill, h.Farm, h.Hotel} {
		n := h.Register(h.Adviser(), needtest.Content(o))
		if _, err := pools.Make(ctx, h.Adviser(), content("Æsj "+string(o)), n.ID); err != nil {
			t.Fatal(err)
		}
	}
	f := pool.Filter{Limit: 2, Fields: []need.Field{"industry"}, States: []flow.State{need.Mapped}, Municipality: needtest.Roros,
		Concepts: []need.Concept{{Scheme: "styrk08", Code: "1"}, {Scheme: "styrk08", Code: "8172"}}, Text: "æsj"}
	page, total, err := pools.List(ctx, access.Actor{}, f)
	if err != nil || total != 3 || len(page.Items) != 2 || page.Items[0].Number != "F-2026-0003" || page.Next == "" {
		t.Fatalf("first page %+v, %d, %v", page, total, err)
	}
	f.After = page.Next
	if page, _, err = pools.List(ctx, access.Actor{}, f); err != nil || len(page.Items) != 1 || page.Items[0].Number != "F-2026-0001" {
		t.Errorf("second page %+v, %v", page, err)
	}
	f.After, f.Concepts = "", f.Concepts[:1]
	if _, total, _ = pools.List(ctx, access.Actor{}, f); total != 0 {
		t.Errorf("%d about another concept", total)
	}
	f.Concepts, f.Fields = nil, []need.Field{"food"}
	if _, total, _ = pools.List(ctx, access.Actor{}, f); total != 0 {
		t.Errorf("%d of another field", total)
	}
	d, err := pools.GetByNumber(ctx, h.Secretary(), "F-2026-0002")
	if err != nil || d.CoordinatorName != "Fjellhagen" || len(d.Moves) == 0 || !d.CanEdit {
		t.Errorf("by number %+v, %v", d, err)
	}
}

// The region follows the needs that are in the pool, also when one moves.
func TestRegion(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	a := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	in := needtest.Content(h.Farm)
	in.Municipality = needtest.Namsos
	b := h.Register(h.Adviser(), in)
	p, err := pools.Make(ctx, h.Secretary(), content("Sag"), a.ID, b.ID)
	if err != nil || p.Region != "county:50" || p.Region.County() != "50" {
		t.Fatalf("region %s, %v", p.Region, err)
	}
	moved := needtest.Content(h.Sawmill)
	moved.Municipality = needtest.Namsos
	if a, err = h.Needs.Edit(ctx, h.Owner(), a.ID, a.Version, moved); err != nil {
		t.Fatal(err)
	}
	if d, _ := pools.Get(ctx, h.Secretary(), p.ID); d.Region != "namdalen" {
		t.Errorf("both in Namsos: %s", d.Region)
	}
	moved.Municipality = "0301"
	if _, err = h.Needs.Edit(ctx, h.Owner(), a.ID, a.Version, moved); err != nil {
		t.Fatal(err)
	}
	if d, _ := pools.Get(ctx, h.Secretary(), p.ID); d.Region != need.SeveralRegions {
		t.Errorf("one in Oslo: %s", d.Region)
	}
	if err := h.Needs.Withdraw(ctx, h.Owner(), a.ID, "Løst"); err != nil {
		t.Fatal(err)
	}
	if d, _ := pools.Get(ctx, h.Secretary(), p.ID); d.Region != "namdalen" {
		t.Errorf("after one withdrew: %s", d.Region)
	}
}

// A pooled need is covered when its coordinator says so, who speaks for the
// owners; the provider and the forum are neither offered it nor let through.
func TestPoolCoveredOnlyByProof(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	p, err := pools.Make(ctx, h.Adviser(), content("Sag"), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []flow.State{need.InFollowUp, need.InDevelopment} {
		if _, err := pools.Move(ctx, h.Provider(), p.ID, need.Moving{To: to}); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		actor access.Actor
		kind  fault.Kind
		ok    bool
	}{
		{h.Provider(), fault.Conflict, false}, {h.Secretary(), fault.Conflict, false}, {h.Officer(), fault.Conflict, false},
		{h.Owner(), fault.Denied, false}, {access.Actor{}, fault.Denied, false}, {h.Adviser(), 0, true},
	} {
		d, err := pools.Get(ctx, tt.actor, p.ID)
		if offered := slices.ContainsFunc(d.Moves, func(m need.Proposal) bool { return m.To == need.Covered }); err != nil || offered != tt.ok {
			t.Errorf("%v is offered covered: %v, %v", tt.actor.Roles, offered, err)
		}
		got, err := pools.Move(ctx, tt.actor, p.ID, need.Moving{To: need.Covered})
		if !tt.ok {
			needtest.WantKind(t, err, tt.kind)
		} else if err != nil || got.State != need.Covered {
			t.Errorf("the coordinator: %s, %v", got.State, err)
		}
	}
}

func TestPoolDiscussion(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	p, err := pools.Make(ctx, h.Adviser(), content("Sag"), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, pools.RecordDiscussion(ctx, h.Adviser(), p.ID, need.Discussion{Clarified: "x"}), fault.Denied)
	if _, err := pools.Move(ctx, h.Secretary(), p.ID, need.Moving{From: need.Mapped, To: need.Presented}); err != nil {
		t.Fatal(err)
	}
	_, err = pools.Move(ctx, h.Secretary(), p.ID, need.Moving{From: need.Mapped, To: need.Presented})
	needtest.WantKind(t, err, fault.Stale)
	if _, err := pools.Move(ctx, h.Secretary(), p.ID, need.Moving{To: need.Discussed, Discussion: &need.Discussion{Clarified: "Ja"}}); err != nil {
		t.Fatal(err)
	}
	if d, err := pools.Get(ctx, h.Adviser(), p.ID); err != nil || d.Discussion == nil || d.Discussion.Clarified != "Ja" {
		t.Errorf("coordinator sees %+v, %v", d.Discussion, err)
	}
	if d, err := pools.Get(ctx, access.Actor{}, p.ID); err != nil || d.Discussion != nil {
		t.Errorf("a visitor sees %+v, %v", d.Discussion, err)
	}
}

// What a pool says is open to read, so it takes nothing by itself from needs that
// are not.
func TestAPoolBorrowsFromOpenNeedsOnly(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	pools := pool.New(h.Needs)
	hidden := needtest.Hidden(h.Sawmill, need.ForumOnly, 5)
	hidden.Level = need.LevelFagskole
	hidden.Concepts = []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Linked}}
	a := h.Register(h.Adviser(), hidden)
	b := h.Register(h.Adviser(), needtest.Hidden(h.Farm, need.Internal, 7))
	p, err := pools.Make(ctx, h.Adviser(), content("Noe vi har skrevet selv"), a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p.Field != "" || p.Level != need.LevelUnknown || len(p.Concepts) != 0 {
		t.Errorf("field %q, level %q, concepts %v", p.Field, p.Level, p.Concepts)
	}
	_, err = pools.Make(ctx, h.Adviser(), pool.Content{MinToStart: 12}, h.Register(h.Adviser(), needtest.Hidden(h.Hotel, need.ForumOnly, 3)).ID)
	needtest.WantField(t, err, "title", "form.error.required")
}
