package demand_test

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
)

type board struct {
	*needtest.House
	pools  *pool.Service
	demand *demand.Service
}

func newBoard(t *testing.T) board {
	h := needtest.New(t)
	return board{h, pool.New(h.Needs), demand.New(h.Needs)}
}

func (b board) rebuild() {
	b.T.Helper()
	if _, _, err := b.demand.Rebuild(context.Background(), access.SystemActor("daily")); err != nil {
		b.T.Fatal(err)
	}
}

// hidden registers a need of the organisation, spoken for by itself.
func (b board) hidden(o org.ID, c need.Confidentiality, headcount int) need.Need {
	in := needtest.Hidden(o, c, headcount)
	return b.Register(needtest.As(access.RoleOrgMember, o), in)
}

// line is the only cell of the board.
func (b board) line(actor access.Actor) demand.Line {
	b.T.Helper()
	lines, err := b.demand.Table(context.Background(), actor, demand.Choice{})
	if err != nil || len(lines) != 1 {
		b.T.Fatalf("%d cells, %v", len(lines), err)
	}
	return lines[0]
}

func TestTwoHiddenFirmsAreNeverShown(t *testing.T) {
	b := newBoard(t)
	a, c := b.hidden(b.Sawmill, need.ForumOnly, 5), b.hidden(b.Farm, need.ForumOnly, 7)
	open := b.Register(needtest.As(access.RoleOrgMember, b.Hotel), needtest.Content(b.Hotel))
	if _, err := b.pools.Make(context.Background(), b.Secretary(), pool.Content{Title: "Sag"}, a.ID, c.ID, open.ID); err != nil {
		t.Fatal(err)
	}
	b.rebuild()
	for name, actor := range b.Readers() {
		l := b.line(actor)
		switch name {
		case "secretary", "forum member", "officer", "system", "secretary in Røros", "forum member in Røros", "officer in Røros",
			"secretary in Namsos, officer in Røros", "secretary, officer in Namsos":
			if l.Firms != few.Exactly(3) || l.Headcount != few.Exactly(14) {
				t.Errorf("%s: %+v", name, l)
			}
		default:
			if l.Firms.Known || l.Headcount.Known || len(l.Parts) != 1 || l.Parts[0].Headcount.Known {
				t.Errorf("%s: %+v", name, l)
			}
		}
	}
}

func TestThreeHiddenFirmsAreShown(t *testing.T) {
	b := newBoard(t)
	b.hidden(b.Sawmill, need.Internal, 5)
	b.hidden(b.Farm, need.Internal, 7)
	third := b.hidden(b.Hotel, need.Internal, 1)
	b.rebuild()
	if l := b.line(access.Actor{}); l.Firms != few.Exactly(3) || l.Headcount != few.Exactly(13) || l.AsOf.IsZero() {
		t.Errorf("three firms: %+v", l)
	}
	// A fourth firm: the table stands still, today and tomorrow.
	b.hidden(b.Bakery, need.Internal, 9)
	b.Forward(24 * time.Hour)
	b.rebuild()
	if l := b.line(access.Actor{}); l.Firms != few.Exactly(3) || l.Headcount != few.Exactly(13) || l.AsOf.String() != "2026-11-18" {
		t.Errorf("four firms: %+v", l)
	}
	if l := b.line(b.Officer()); l.Headcount != few.Exactly(22) || !l.AsOf.IsZero() {
		t.Errorf("case officer: %+v", l)
	}
	// Two more changes than that: it moves on.
	b.hidden(b.Vgs2(), need.Internal, 2)
	b.hidden(b.Org(org.Company, "Røros Bygg", needtest.Roros), need.Internal, 3)
	b.rebuild()
	if l := b.line(access.Actor{}); l.Headcount != few.Exactly(27) || l.Firms != few.Exactly(6) {
		t.Errorf("six firms: %+v", l)
	}
	if err := b.Needs.Withdraw(context.Background(), needtest.As(access.RoleOrgMember, b.Hotel), third.ID, "Løst"); err != nil {
		t.Fatal(err)
	}
	b.rebuild()
	if l := b.line(access.Actor{}); l.Headcount != few.Exactly(27) {
		t.Errorf("one left: %+v", l)
	}
}

// Vgs2 is one more company.
func (b board) Vgs2() org.ID { return b.Org(org.Company, "Fjellverkstedet", needtest.Roros) }

// What is left of a cell beside its pools counts firms of its own: the cell
// less the pool tells nothing.
func TestRestBesidePool(t *testing.T) {
	ctx, b := context.Background(), newBoard(t)
	var members []need.ID
	var as need.Need
	for _, o := range []org.ID{b.Sawmill, b.Farm, b.Hotel} {
		as = b.hidden(o, need.ProvidersOnly, 4)
		members = append(members, as.ID)
	}
	p, err := b.pools.Make(ctx, b.Secretary(), pool.Content{Title: "Sag", Field: as.Field, Level: as.Level}, members...)
	if err != nil {
		t.Fatal(err)
	}
	b.hidden(b.Bakery, need.ProvidersOnly, 9)
	b.rebuild()
	l := b.line(access.Actor{})
	if l.Firms.Known || l.Headcount.Known || len(l.Parts) != 2 {
		t.Errorf("cell: %+v", l)
	}
	known := 0
	for _, part := range l.Parts {
		if part.Headcount.Known {
			known++
			if part.Pool == nil || part.Pool.ID != p.ID || part.Headcount.Value != 12 {
				t.Errorf("part: %+v", part)
			}
		}
	}
	if known != 1 {
		t.Errorf("%d parts shown", known)
	}
	d, err := b.pools.Get(ctx, access.Actor{}, p.ID)
	if err != nil || d.Headcount != few.Exactly(12) || d.Firms != few.Exactly(3) || d.All {
		t.Errorf("pool page %+v, %v", d.Figures, err)
	}
	// One firm leaves: the pool of two is not shown, nor what it once was.
	if err := b.pools.Remove(ctx, b.Secretary(), p.ID, members[0]); err != nil {
		t.Fatal(err)
	}
	if d, _ = b.pools.Get(ctx, access.Actor{}, p.ID); d.Headcount != few.Exactly(12) {
		t.Errorf("pool page before the rebuild tells something new: %+v", d.Figures)
	}
	b.rebuild()
	if d, _ = b.pools.Get(ctx, access.Actor{}, p.ID); d.Headcount != few.FewOnly() || d.Firms != few.FewOnly() {
		t.Errorf("pool page %+v", d.Figures)
	}
	// All four firms are one part now; less what the pool was, it would tell
	// about the fourth.
	if l = b.line(access.Actor{}); l.Headcount.Known || l.Firms.Known {
		t.Errorf("cell of four firms: %+v", l)
	}
}

func TestOwnFirmsOnlyReadTheirOwn(t *testing.T) {
	b := newBoard(t)
	b.Register(b.Adviser(), needtest.Hidden(b.Sawmill, need.Internal, 5))
	b.Register(b.Adviser(), needtest.Hidden(b.Farm, need.Internal, 7))
	b.rebuild()
	if l := b.line(b.Adviser()); l.Headcount != few.Exactly(12) {
		t.Errorf("representative of all: %+v", l)
	}
	if l := b.line(b.Owner()); l.Headcount.Known || !l.Headcount.Few {
		t.Errorf("owner of one: %+v", l)
	}
}

func TestChoice(t *testing.T) {
	ctx, b := context.Background(), newBoard(t)
	for _, o := range []org.ID{b.Sawmill, b.Farm, b.Hotel} {
		in := needtest.Content(o)
		b.Register(b.Adviser(), in)
		in.Level, in.Municipality = need.LevelTrade, needtest.Namsos
		b.Register(b.Adviser(), in)
	}
	b.rebuild()
	all, err := b.demand.Table(ctx, access.Actor{}, demand.Choice{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d cells, %v", len(all), err)
	}
	some, err := b.demand.Table(ctx, access.Actor{}, demand.Choice{Regions: []need.Region{"namdalen"}, Levels: []need.Level{need.LevelTrade},
		Fields: []need.Field{"industry"}, Years: []int{2026}})
	if err != nil || len(some) != 1 || some[0].Headcount != few.Exactly(6) {
		t.Errorf("%+v, %v", some, err)
	}
	if none, _ := b.demand.Table(ctx, access.Actor{}, demand.Choice{Years: []int{2025}}); len(none) != 0 {
		t.Errorf("cells of another year: %+v", none)
	}
}

func TestWhoRebuilds(t *testing.T) {
	ctx, b := context.Background(), newBoard(t)
	_, _, err := b.demand.Rebuild(ctx, b.Provider())
	needtest.WantKind(t, err, fault.Denied)
	if _, _, err := b.demand.Rebuild(ctx, needtest.As(access.RoleSysadmin, b.County)); err != nil {
		t.Error(err)
	}
}
