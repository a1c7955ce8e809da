package access_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
)

var (
	north, south = access.NewOrgID(), access.NewOrgID()
	region       = access.Scope{Kind: access.ScopeRegion, Ref: "fjellet"}
)

func person(roles ...access.Assignment) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: roles}
}

func TestArea(t *testing.T) {
	limited := func(r access.Role, municipalities ...string) access.Assignment {
		return access.Assignment{Role: r, Org: north, Scope: region, Municipalities: municipalities}
	}
	offices := []access.Role{access.RoleSecretary, access.RoleForumMember}
	for _, c := range []struct {
		name  string
		actor access.Actor
		roles []access.Role
		want  access.Area
	}{
		{"no role", person(), offices, access.Area{}},
		{"another role", person(limited(access.RoleCaseOfficer, "5025")), offices, access.Area{}},
		{"no scope", person(access.Assignment{Role: access.RoleSecretary, Org: north}), offices, access.Area{Everywhere: true}},
		{"one scope", person(limited(access.RoleSecretary, "5025", "1640")), offices, access.Area{Municipalities: []string{"1640", "5025"}}},
		{"two scopes", person(limited(access.RoleSecretary, "5025", "5021"), limited(access.RoleForumMember, "5021", "5007")), offices,
			access.Area{Municipalities: []string{"5007", "5021", "5025"}}},
		{"one with, one without", person(limited(access.RoleSecretary, "5025"), access.Assignment{Role: access.RoleForumMember, Org: north}), offices,
			access.Area{Everywhere: true}},
		{"a scope that covers nothing", person(limited(access.RoleSecretary)), offices, access.Area{}},
		{"the role of an organisation", person(limited(access.RoleProviderUser, "5025")), []access.Role{access.RoleProviderUser}, access.Area{Everywhere: true}},
		{"any role", person(limited(access.RoleSecretary, "5025"), limited(access.RoleCaseOfficer, "5021")), nil, access.Area{Municipalities: []string{"5021", "5025"}}},
	} {
		got := c.actor.Area(c.roles...)
		if got.Everywhere != c.want.Everywhere || !slices.Equal(got.Municipalities, c.want.Municipalities) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if got.IsNowhere() != (!c.want.Everywhere && len(c.want.Municipalities) == 0) {
			t.Errorf("%s: nowhere %v", c.name, got.IsNowhere())
		}
		for _, m := range []string{"", "1640", "5007", "5021", "5025", "502"} {
			if want := c.want.Everywhere || slices.Contains(c.want.Municipalities, m); got.Has(m) != want || len(c.roles) > 0 && c.actor.HasIn(m, c.roles...) != want {
				t.Errorf("%s: %q lies in it %v, want %v", c.name, m, got.Has(m), want)
			}
		}
	}
	area := access.Area{Municipalities: []string{"5025"}}
	if !area.Has("5007", "5025") || area.Has("5007", "5021") || area.Has() || !(access.Area{Everywhere: true}).Has() {
		t.Error("of several municipalities one is enough, and none is none")
	}
}

func TestAt(t *testing.T) {
	a := person(access.Assignment{Role: access.RoleSecretary, Org: north}, access.Assignment{Role: access.RoleCaseOfficer, Org: south})
	if got := a.At(south); len(got.Roles) != 1 || !got.Has(access.RoleCaseOfficer) || got.Account != a.Account {
		t.Errorf("in the south: %+v", got)
	}
	if len(a.Roles) != 2 || !a.Has(access.RoleSecretary) {
		t.Errorf("the actor was changed: %+v", a)
	}
}
