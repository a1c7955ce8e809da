package site_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestScopes sees what roles in an office are limited to: municipalities of
// today and the numbers they had before.
func TestScopes(t *testing.T) {
	h := sitetest.New(t)
	sor := []string{"1634", "1635", "1640", "1644", "1648", "1653", "5021", "5022", "5025", "5026", "5027", "5028"}
	for _, role := range []string{"secretary", "forum_member"} {
		if got := h.Actor(role).Area(access.OfficeRoles()...); got.Everywhere || !slices.Equal(got.Municipalities, sor) {
			t.Errorf("%s: %+v, want %v", role, got, sor)
		}
	}
	if got := h.Actor("county").Area(access.RoleCaseOfficer); !got.Everywhere {
		t.Errorf("the county: %+v", got)
	}
	learner := h.Actor("learner").Account
	for _, c := range []struct {
		kind access.ScopeKind
		ref  string
		want []string // nil: refused
	}{
		{access.ScopeMunicipality, "5025", []string{"1640", "5025"}},
		{access.ScopeMunicipality, "1718", []string{"1624", "1718", "5054"}}, // Leksvik has become a part of Indre Fosen
		{access.ScopeRegion, "trondelag-sor", sor},
		{access.ScopeMunicipality, "9999", nil}, {access.ScopeRegion, "utopia", nil}, {access.ScopeForum, "1", nil}, {access.ScopeNone, "5025", nil},
	} {
		scope := access.Scope{Kind: c.kind, Ref: c.ref}
		err := h.Accounts.Assign(t.Context(), h.Actor("admin"), learner, access.Assignment{Role: access.RoleForumMember, Org: orgNamed(t, h, "NTNU Videre"), Scope: scope})
		if c.want == nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v, want it refused", scope, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		roles := h.Actor("learner").Roles
		if got := roles[len(roles)-1]; got.Scope != scope || !slices.Equal(got.Municipalities, c.want) {
			t.Errorf("%+v covers %v, want %v", scope, got.Municipalities, c.want)
		}
	}
}

// TestOutsideTheArea: to a need in Frøya the secretary of Trøndelag Sør is a
// reader like others, over the page, JSON and a program's token alike.
func TestOutsideTheArea(t *testing.T) {
	h := sitetest.New(t)
	register := func(c need.Confidentiality) need.Need {
		content := need.Content{Text: "Folk til merdene", Organisation: orgNamed(t, h, "Eksempel Sag og Høvleri AS"), Municipality: "5014", Headcount: 2, Confidentiality: c}
		if c != need.Open {
			content.ConfidentialityGround = "Viser en plan"
		}
		n, err := h.Needs.Register(t.Context(), access.SystemActor("test"), content)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	open, closed := register(need.Open), register(need.ForumOnly)
	for name, c := range map[string]*sitetest.Client{"the page": h.As("secretary"), "a token": tokenFor(t, h, "secretary", "IPR Trøndelag Sør"), "a member": h.As("forum_member")} {
		if p := c.Get("/behov/" + string(closed.ID)); p.Status != 404 {
			t.Errorf("%s: what is for the forum answers %d", name, p.Status)
		}
		if p := c.Get("/api/v1/needs/" + string(closed.ID)); p.Status != 404 {
			t.Errorf("%s: what is for the forum answers JSON %d", name, p.Status)
		}
		p := c.Get("/behov/" + string(open.ID))
		if p.Status != 200 || p.Has("#moves") {
			t.Errorf("%s: the open need answers %d, and may be moved %v", name, p.Status, p.Has("#moves"))
		}
		if p := c.JSON("POST", "/api/v1/needs/"+string(open.ID)+"/moves", `{"to":"presented","from":"mapped"}`); p.Status != 403 {
			t.Errorf("%s: moving it answers %d", name, p.Status)
		}
	}
	if p := h.As("county").Get("/behov/" + string(closed.ID)); p.Status != 200 || !p.Has("#moves") {
		t.Errorf("the county: %d", p.Status)
	}
}
