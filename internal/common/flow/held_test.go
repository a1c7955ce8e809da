package flow_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

func held(t *testing.T, d *db.DB, a access.Actor, limit int) (subjects string, total int) {
	t.Helper()
	var names []string
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		list, err := flow.Held(ctx, tx, a, flow.Asked{Limit: limit})
		if err != nil {
			return err
		}
		for _, i := range list.Items {
			names = append(names, i.Subject.ID)
		}
		counts, err := flow.CountHeld(ctx, tx, a, nil)
		total = counts["thing"]
		return err
	})
	return strings.Join(names, " "), total
}

func TestHeldListsWhatWaits(t *testing.T) {
	d := start(t)
	if got, n := held(t, d, officer, 20); got != "" || n != 0 {
		t.Errorf("the provider holds %q, %d, before it was asked", got, n)
	}
	if err := move(d, "draft", "asked", "", flow.Owner); err != nil {
		t.Fatal(err)
	}
	var items []flow.Item
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		list, err := flow.Held(ctx, tx, officer, flow.Asked{})
		items = list.Items
		return err
	})
	if len(items) != 1 || items[0].Label != "En sak" || items[0].Overdue(clock.MustDate("2026-12-04")) || !items[0].Overdue(clock.MustDate("2026-12-05")) {
		t.Errorf("held %+v", items)
	}
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		return flow.Pass(ctx, tx, flow.Subject{Kind: "thing", ID: "1"}, flow.Ball{Party: flow.Provider, Role: access.RoleProviderUser})
	})
	if got, n := held(t, d, officer, 20); got != "1" || n != 1 {
		t.Errorf("by role, without organisation: %q, %d", got, n)
	}
}

// limited is a role in the organisation, in the municipalities only.
func limited(role access.Role, o access.OrgID, municipalities ...string) access.Assignment {
	return access.Assignment{Role: role, Org: o, Scope: access.Scope{Kind: access.ScopeRegion, Ref: "fjellet"}, Municipalities: municipalities}
}

func as(roles ...access.Assignment) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: roles}
}

// thing puts a ball into the house.
func thing(t *testing.T, d *db.DB, id string, ball flow.Ball, municipalities ...string) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		if err := flow.Start(ctx, tx, sample(), id, "Sak "+id, ball, officer, now); err != nil {
			return err
		}
		return flow.Locate(ctx, tx, flow.Subject{Kind: "thing", ID: id}, municipalities...)
	})
}

// TestHeldKeepsToTheArea: balls by role, with where the thing lies and where
// the role holds. Get and HeldBy tell the same.
func TestHeldKeepsToTheArea(t *testing.T) {
	d, forum, hub := dbtest.New(t), access.NewOrgID(), access.NewOrgID()
	secretary := func(due string) flow.Ball {
		b := flow.Ball{Party: flow.Secretary, Role: access.RoleSecretary}
		if due != "" {
			b.Due = clock.MustDate(due)
		}
		return b
	}
	thing(t, d, "a", secretary("2026-12-09"), "5025")
	thing(t, d, "b", secretary("2026-12-02"), "5007")
	thing(t, d, "c", secretary(""), "5007", "5021")
	thing(t, d, "d", secretary("2026-12-01"))
	thing(t, d, "e", flow.Ball{Party: flow.County, Role: access.RoleCaseOfficer}, "5025")
	thing(t, d, "f", flow.Ball{Party: flow.Adviser, Org: hub, Due: clock.MustDate("2026-12-05")}, "5025")
	thing(t, d, "g", flow.Ball{Party: flow.Adviser, Org: forum, Due: clock.MustDate("2026-12-03")}, "5007")
	thing(t, d, "h", flow.Ball{}, "5025")
	learner, other := as(access.Assignment{Role: access.RolePerson}), as(access.Assignment{Role: access.RolePerson})
	thing(t, d, "i", flow.Ball{Party: flow.Learner, Account: learner.Account, Due: clock.MustDate("2026-12-04")}, "5025")
	thing(t, d, "j", flow.Ball{Party: flow.Learner, Account: other.Account, Org: hub, Role: access.RolePerson}, "5025")
	for _, c := range []struct {
		name  string
		actor access.Actor
		want  string
	}{
		{"nobody", access.Actor{}, ""},
		{"another role", as(access.Assignment{Role: access.RoleForumMember}), ""},
		{"everywhere", as(access.Assignment{Role: access.RoleSecretary}), "d b a c"},
		{"in a region", as(limited(access.RoleSecretary, forum, "5021", "5025")), "g a c"},
		{"in another", as(limited(access.RoleSecretary, hub, "5001")), "f"},
		{"where nothing is", as(limited(access.RoleSecretary, "")), ""},
		{"two regions", as(limited(access.RoleSecretary, "", "5025"), limited(access.RoleSecretary, "", "5007")), "b a c"},
		{"two offices", as(limited(access.RoleSecretary, "", "5007"), limited(access.RoleCaseOfficer, hub, "5025")), "b f c e"},
		{"one with, one without", as(limited(access.RoleSecretary, "", "5025"), access.Assignment{Role: access.RoleCaseOfficer}), "a e"},
		{"a person", learner, "i"},
		{"another, whose organisation and role are not asked", other, "j"},
		{"in two organisations", as(access.Assignment{Role: access.RoleOrgMember, Org: hub}, access.Assignment{Role: access.RoleOrgMember, Org: forum}), "g f"},
	} {
		got, total := held(t, d, c.actor, 20)
		if got != c.want || total != len(strings.Fields(c.want)) {
			t.Errorf("%s: %q of %d, want %q", c.name, got, total, c.want)
		}
		if got, n := held(t, d, c.actor, 1); n != total || got != strings.Join(strings.Fields(c.want)[:min(total, 1)], "") {
			t.Errorf("%s: the first is %q of %d", c.name, got, n)
		}
		var one []string
		for _, id := range strings.Fields("d b g i f a c e h j") { // in the order of deadlines
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				item, err := flow.Get(ctx, tx, flow.Subject{Kind: "thing", ID: id})
				if item.HeldBy(c.actor) {
					one = append(one, id)
				}
				return err
			})
		}
		if got := strings.Join(one, " "); got != c.want {
			t.Errorf("%s: one by one %q, want %q", c.name, got, c.want)
		}
	}
}

// TestHeldInPages: seventy balls of two kinds, read in pages, by kind and without some of
// them; half have the same day.
func TestHeldInPages(t *testing.T) {
	d, hub := dbtest.New(t), access.NewOrgID()
	me := as(access.Assignment{Role: access.RoleOrgMember, Org: hub})
	other := sample()
	other.Kind = "other"
	for n := range 70 {
		def, ball := sample(), flow.Ball{Party: flow.Owner, Org: hub, Due: clock.MustDate("2026-12-01")}
		if n%2 == 1 {
			def, ball.Due = other, clock.MustDate("2026-12-01").AddDays(n%7)
		}
		if n%10 == 9 {
			ball.Due = clock.Date{}
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			return flow.Start(ctx, tx, def, fmt.Sprintf("%02d", n), "Sak", ball, officer, now)
		})
	}
	hidden := []flow.Subject{{Kind: "thing", ID: "00"}, {Kind: "other", ID: "00"}, {Kind: "other", ID: "09"}}
	read := func(ask flow.Asked) []flow.Item {
		t.Helper()
		var out []flow.Item
		for ask.Limit = 13; ; {
			var page db.Paged[flow.Item]
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				var err error
				page, err = flow.Held(ctx, tx, me, ask)
				return err
			})
			if out = append(out, page.Items...); page.Next == "" {
				return out
			}
			ask.After = page.Next
		}
	}
	for _, c := range []struct {
		ask  flow.Asked
		want int
	}{{flow.Asked{}, 70}, {flow.Asked{Kinds: []string{"other"}}, 35}, {flow.Asked{Kinds: []string{"other", "thing"}}, 70}, {flow.Asked{Kinds: []string{"none"}}, 0},
		{flow.Asked{Hidden: hidden}, 68}, {flow.Asked{Kinds: []string{"other"}, Hidden: hidden}, 34}} {
		list, seen, last := read(c.ask), map[flow.Subject]bool{}, ""
		for _, i := range list {
			key := i.Ball.Due.String()
			if i.Ball.Due.IsZero() {
				key = "9999"
			}
			if key += i.Subject.ID; key <= last || seen[i.Subject] || slices.Contains(c.ask.Hidden, i.Subject) {
				t.Errorf("%+v: %s stands after %s", c.ask, key, last)
			}
			seen[i.Subject], last = true, key
		}
		if len(list) != c.want {
			t.Errorf("%+v: %d, want %d", c.ask, len(list), c.want)
		}
	}
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		counts, err := flow.CountHeld(ctx, tx, me, hidden)
		if counts["thing"] != 34 || counts["other"] != 34 || len(counts) != 2 {
			t.Errorf("counted %v", counts)
		}
		return err
	})
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		all, err := flow.HeldByOrgs(ctx, tx, me, []string{"other"})
		if len(all) != 35 || all[0] != (flow.Subject{Kind: "other", ID: "01"}) {
			t.Errorf("by organisations: %v", all)
		}
		_, wrong := flow.Held(ctx, tx, me, flow.Asked{After: "x"})
		if !fault.Is(wrong, fault.Invalid) {
			t.Errorf("a cursor that is not ours: %v", wrong)
		}
		return err
	})
}

// A thing that moves to another place takes its ball with it, and one that is
// removed leaves no place behind.
func TestLocate(t *testing.T) {
	d, s := dbtest.New(t), flow.Subject{Kind: "thing", ID: "1"}
	here, there := as(limited(access.RoleSecretary, "", "5025")), as(limited(access.RoleSecretary, "", "5007"))
	thing(t, d, "1", flow.Ball{Party: flow.Secretary, Role: access.RoleSecretary}, "5025", "5021")
	for _, moved := range []struct {
		to          []string
		here, there int
	}{{[]string{"5007"}, 0, 1}, {[]string{"5007", "5025"}, 1, 1}, {nil, 0, 0}} {
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return flow.Locate(ctx, tx, s, moved.to...) })
		_, a := held(t, d, here, 20)
		_, b := held(t, d, there, 20)
		if a != moved.here || b != moved.there {
			t.Errorf("in %v: held %d here and %d there", moved.to, a, b)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			item, err := flow.Get(ctx, tx, s)
			if !slices.Equal(item.Places, moved.to) && len(moved.to) > 0 {
				t.Errorf("places %v, want %v", item.Places, moved.to)
			}
			return err
		})
	}
	write(t, d, func(ctx context.Context, tx *db.Tx) error { return flow.Locate(ctx, tx, s, "5025") })
	write(t, d, func(ctx context.Context, tx *db.Tx) error { return flow.Remove(ctx, tx, s) })
	thing(t, d, "1", flow.Ball{Party: flow.Secretary, Role: access.RoleSecretary})
	if got, _ := held(t, d, here, 20); got != "" {
		t.Errorf("a new thing lies where the old one lay: %q", got)
	}
}

// What a colleague did in another area is no news to a role that does not hold
// there.
func TestRecentKeepsToTheArea(t *testing.T) {
	d, forum := dbtest.New(t), access.NewOrgID()
	colleague := as(access.Assignment{Role: access.RoleSecretary, Org: forum})
	for i, m := range []string{"5025", "5007"} {
		id := fmt.Sprint(i)
		thing(t, d, id, flow.Ball{Party: flow.Owner, Org: owner}, m)
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			return flow.Move(ctx, tx, sample(), flow.Request{Subject: flow.Subject{Kind: "thing", ID: id}, From: "draft", To: "asked",
				As: []flow.Party{flow.Owner}, Ball: flow.Ball{Party: flow.Provider, Org: provider}}, colleague, now)
		})
	}
	for _, c := range []struct {
		name  string
		actor access.Actor
		want  int
	}{
		{"everywhere", as(access.Assignment{Role: access.RoleSecretary, Org: forum}), 2},
		{"in a region", as(limited(access.RoleSecretary, forum, "5025")), 1},
		{"also a member", as(limited(access.RoleSecretary, forum, "5025"), access.Assignment{Role: access.RoleOrgMember, Org: forum}), 2},
		{"where nothing is", as(limited(access.RoleSecretary, forum)), 0},
	} {
		var list []flow.Change
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			var err error
			list, err = flow.Recent(ctx, tx, c.actor, now)
			return err
		})
		if len(list) != c.want {
			t.Errorf("%s: %+v, want %d", c.name, list, c.want)
		}
	}
}
