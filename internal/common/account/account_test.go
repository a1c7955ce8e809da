package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

var day = clock.MustDate

const password = "en lang setning jeg husker"

// office is the accounts of an installation with one administrator and one
// organisation, and a clock that a test may turn.
type office struct {
	*account.Service
	t     *testing.T
	db    *db.DB
	now   time.Time
	admin access.Actor
	hub   access.OrgID
	// covered are the municipalities of the only scope there is; nil: there is
	// none any more.
	covered []string
}

func open(t *testing.T) *office {
	t.Helper()
	d := dbtest.New(t)
	o := &office{t: t, db: d, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), covered: []string{"1640", "5025"}}
	tell := func() time.Time { return o.now }
	o.Service = account.New(d, tell, func(s access.Scope, day clock.Date) ([]string, bool) {
		if day != clock.Today(o.now) {
			t.Errorf("a scope is asked about on %s", day)
		}
		if s == (access.Scope{Kind: access.ScopeMunicipality, Ref: "5025"}) {
			return o.covered, o.covered != nil
		}
		return nil, s == access.Scope{}
	})
	hub, err := org.New(d, tell, func(string) bool { return true }).Register(t.Context(), access.SystemActor("test"),
		org.Registration{Kind: org.BusinessHub, Name: "Næringshagen", Municipality: "5025"})
	if err != nil {
		t.Fatal(err)
	}
	o.hub = hub.ID
	token, err := o.FirstAdminToken(t.Context())
	if err != nil || token == "" {
		t.Fatalf("first token %q, %v", token, err)
	}
	id, err := o.Accept(t.Context(), token, account.NewAccount{Username: "admin@example.no", Name: "Administrator", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	o.admin = o.actor(id)
	return o
}

func (o *office) actor(a access.AccountID) access.Actor {
	o.t.Helper()
	actor, err := o.ActorOf(o.t.Context(), a)
	if err != nil {
		o.t.Fatal(err)
	}
	return actor
}

func (o *office) adviser() access.Assignment {
	return access.Assignment{Role: access.RoleIntermediary, Org: o.hub}
}

// invite makes a person with the roles who has chosen a password.
func (o *office) invite(username string, roles ...access.Assignment) access.AccountID {
	o.t.Helper()
	a, token, err := o.Invite(o.t.Context(), o.admin, account.NewAccount{Username: username, Name: "Navn " + username, Roles: roles})
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := o.Accept(o.t.Context(), token, account.NewAccount{Password: password}); err != nil {
		o.t.Fatal(err)
	}
	return a
}

func (o *office) get(a access.AccountID) account.Details {
	o.t.Helper()
	d, err := o.Get(o.t.Context(), o.admin, a)
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func (o *office) entries() int64 {
	o.t.Helper()
	report, err := audit.Verify(o.t.Context(), o.db)
	if err != nil || report.Broken != 0 {
		o.t.Fatalf("the log: %+v, %v", report, err)
	}
	return report.Entries
}

func fields(err error) []string {
	var names []string
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// TestOnlyAdministratorsAdminister tries every use case as everybody else.
func TestOnlyAdministratorsAdminister(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	role := o.get(a).Roles[0].ID
	before := o.entries()
	others := map[string]access.Actor{"visitor": {}, "the person": o.actor(a)}
	for _, r := range access.Roles() {
		if r != access.RoleSysadmin {
			others[string(r)] = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: r, Org: o.hub}}}
		}
	}
	for name, actor := range others {
		_, _, invite := o.Invite(t.Context(), actor, account.NewAccount{Username: "x", Name: "X"})
		_, _, list := o.List(t.Context(), actor, account.Filter{})
		_, link := o.NewLink(t.Context(), actor, a)
		_, overview := o.Overview(t.Context(), actor)
		_, _, log := o.Log(t.Context(), actor, audit.Filter{})
		_, verify := o.VerifyLog(t.Context(), actor)
		for what, err := range map[string]error{"invite": invite, "list": list, "link": link, "overview": overview, "log": log, "verify": verify,
			"assign":  o.Assign(t.Context(), actor, a, o.adviser()),
			"end":     o.EndRole(t.Context(), actor, a, role, 1, day("2026-11-21")),
			"disable": o.SetDisabled(t.Context(), actor, a, 1, true)} {
			if !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %s: %v, want denied", name, what, err)
			}
		}
		if actor.Account == a {
			continue
		}
		if _, err := o.Get(t.Context(), actor, a); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the account: %v", name, err)
		}
		if err := o.Forget(t.Context(), actor, a); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s deletes the account: %v", name, err)
		}
	}
	if after := o.entries(); after != before {
		t.Errorf("refusals wrote %d entries", after-before)
	}
}

func TestInviteNamesEveryWrongField(t *testing.T) {
	o := open(t)
	for name, c := range map[string]struct {
		in   account.NewAccount
		want []string
	}{
		"nothing":          {account.NewAccount{}, []string{"username", "name"}},
		"blanks":           {account.NewAccount{Username: "to ord", Name: " "}, []string{"username", "name"}},
		"long name":        {account.NewAccount{Username: "a", Name: strings.Repeat("å", 121)}, []string{"name"}},
		"unknown role":     {account.NewAccount{Username: "a", Name: "A", Roles: []access.Assignment{{Role: "emperor"}}}, []string{"role"}},
		"no organisation":  {account.NewAccount{Username: "a", Name: "A", Roles: []access.Assignment{{Role: access.RoleOrgMember}}}, []string{"organisation"}},
		"another's org":    {account.NewAccount{Username: "a", Name: "A", Roles: []access.Assignment{{Role: access.RoleOrgMember, Org: access.NewOrgID()}}}, []string{"organisation"}},
		"no such scope":    {account.NewAccount{Username: "a", Name: "A", Roles: []access.Assignment{{Role: access.RoleMunicipalLead, Org: o.hub, Scope: access.Scope{Kind: access.ScopeMunicipality, Ref: "9999"}}}}, []string{"scope"}},
		"ends before":      {account.NewAccount{Username: "a", Name: "A", Roles: []access.Assignment{{Role: access.RolePerson, From: day("2027-01-02"), To: day("2027-01-01")}}}, []string{"to"}},
		"taken, with caps": {account.NewAccount{Username: " ADMIN@example.no", Name: "A"}, []string{"username"}},
	} {
		if _, _, err := o.Invite(t.Context(), o.admin, c.in); !slices.Equal(fields(err), c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, total, err := o.List(t.Context(), o.admin, account.Filter{}); err != nil || total != 1 {
		t.Errorf("%d accounts after refusals, %v", total, err)
	}
}

// TestARoleHoldsFromADayToADay is PLT-1: access follows the date.
func TestARoleHoldsFromADayToADay(t *testing.T) {
	o := open(t)
	scoped := access.Assignment{Role: access.RoleMunicipalLead, Org: o.hub, Scope: access.Scope{Kind: access.ScopeMunicipality, Ref: "5025"},
		From: day("2026-12-01"), To: day("2026-12-31")}
	a := o.invite("kari@example.no", o.adviser(), scoped)
	for on, want := range map[string]int{"2026-11-21": 1, "2026-11-30": 1, "2026-12-01": 2, "2026-12-31": 2, "2027-01-01": 1} {
		o.now = clock.StartOfDay(day(on)).Std().Add(12 * time.Hour)
		if got := len(o.actor(a).Roles); got != want {
			t.Errorf("on %s: %d roles, want %d", on, got, want)
		}
	}
	o.now = time.Date(2026, 12, 5, 9, 0, 0, 0, time.UTC)
	if actor := o.actor(a); actor.Roles[1].Scope.Ref != "5025" || actor.Roles[0].OrgName != "Næringshagen" {
		t.Errorf("roles: %+v", actor.Roles)
	}
}

// TestAScopeIsWhatItCoversToday: by session and by token alike, and nothing
// when there is no such scope any more.
func TestAScopeIsWhatItCoversToday(t *testing.T) {
	o := open(t)
	scoped := access.Assignment{Role: access.RoleSecretary, Org: o.hub, Scope: access.Scope{Kind: access.ScopeMunicipality, Ref: "5025"}}
	a := o.invite("kari@example.no", scoped)
	token, err := o.IssueToken(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, covered := range [][]string{{"1640", "5025"}, {"5025", "5026"}, nil} {
		o.covered = covered
		byToken, err := o.ActorOfToken(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		for _, actor := range []access.Actor{o.actor(a), byToken} {
			if area := actor.Area(access.RoleSecretary); area.Everywhere || !slices.Equal(area.Municipalities, covered) {
				t.Errorf("area %+v, want %v", area, covered)
			}
		}
	}
	if err := o.Assign(t.Context(), o.admin, a, scoped); !slices.Equal(fields(err), []string{"scope"}) {
		t.Errorf("a scope that is gone: %v", err)
	}
}

func TestGiveAndEndRoles(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	if err := o.Assign(t.Context(), o.admin, a, o.adviser()); !slices.Equal(fields(err), []string{"role"}) {
		t.Errorf("the same role twice: %v", err)
	}
	if err := o.Assign(t.Context(), o.admin, a, access.Assignment{Role: access.RoleOrgMember, Org: o.hub}); err != nil {
		t.Fatal(err)
	}
	if err := o.Assign(t.Context(), o.admin, access.NewAccountID(), o.adviser()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a role for nobody: %v", err)
	}
	got := o.get(a)
	if len(got.Roles) != 2 || !o.actor(a).Has(access.RoleOrgMember) {
		t.Fatalf("roles: %+v", got.Roles)
	}
	i := slices.IndexFunc(got.Roles, func(r account.Assignment) bool { return r.Role == access.RoleIntermediary })
	role := got.Roles[i].ID
	for name, c := range map[string]struct {
		last    clock.Date
		version int64
		check   func(error) bool
	}{
		"no day":    {clock.Date{}, got.Version, func(err error) bool { return slices.Equal(fields(err), []string{"to"}) }},
		"too early": {day("2026-11-19"), got.Version, func(err error) bool { return slices.Equal(fields(err), []string{"to"}) }},
		"stale":     {day("2026-11-21"), got.Version - 1, func(err error) bool { return fault.Is(err, fault.Stale) }},
	} {
		if err := o.EndRole(t.Context(), o.admin, a, role, c.version, c.last); !c.check(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.EndRole(t.Context(), o.admin, a, role, got.Version, day("2026-11-21")); err != nil {
		t.Fatal(err)
	}
	if !o.actor(a).Has(access.RoleIntermediary) {
		t.Error("the role does not hold on its last day")
	}
	if err := o.EndRole(t.Context(), o.admin, a, role, got.Version+1, day("2026-12-24")); !slices.Equal(fields(err), []string{"to"}) {
		t.Errorf("an ended role made longer: %v", err)
	}
	o.now = o.now.AddDate(0, 0, 1)
	if o.actor(a).Has(access.RoleIntermediary) || !o.actor(a).Has(access.RoleOrgMember) {
		t.Errorf("the day after: %+v", o.actor(a).Roles)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	o := open(t)
	me := o.get(o.admin.Account)
	for what, err := range map[string]error{
		"end":          o.EndRole(t.Context(), o.admin, me.ID, me.Roles[0].ID, me.Version, day("2026-11-21")),
		"end in years": o.EndRole(t.Context(), o.admin, me.ID, me.Roles[0].ID, me.Version, day("2030-11-21")),
		"disable":      o.SetDisabled(t.Context(), o.admin, me.ID, me.Version, true),
		"forget":       o.Forget(t.Context(), o.admin, me.ID),
	} {
		if e, ok := fault.As(err); !ok || e.Kind != fault.Conflict || e.Key != "account.error.last_admin" {
			t.Errorf("%s: %v, want a conflict about the last administrator", what, err)
		}
	}
	// An invited one who never chose a password does not count.
	_, _, err := o.Invite(t.Context(), o.admin, account.NewAccount{Username: "b", Name: "B", Roles: []access.Assignment{{Role: access.RoleSysadmin}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Forget(t.Context(), o.admin, me.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("with one only invited: %v", err)
	}
	o.invite("c", access.Assignment{Role: access.RoleSysadmin})
	if err := o.EndRole(t.Context(), o.admin, me.ID, me.Roles[0].ID, me.Version, day("2026-11-20")); err != nil {
		t.Errorf("with another: %v", err)
	}
	if token, err := o.FirstAdminToken(t.Context()); err != nil || token != "" {
		t.Errorf("a first-administrator link beside a living administrator: %v", err)
	}
}

func TestADisabledAccountGivesNothing(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	token, err := o.IssueToken(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	link, err := o.NewLink(t.Context(), o.admin, a)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.SetDisabled(t.Context(), o.admin, a, o.get(a).Version, true); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ActorOf(t.Context(), a); !fault.Is(err, fault.NotFound) {
		t.Errorf("session: %v", err)
	}
	if _, err := o.ActorOfToken(t.Context(), token); !fault.Is(err, fault.NotFound) {
		t.Errorf("token: %v", err)
	}
	if _, err := o.SignIn(t.Context(), "kari@example.no", password, "::1"); !slices.Equal(fields(err), []string{"password"}) {
		t.Errorf("sign in: %v", err)
	}
	if _, err := o.Accept(t.Context(), link, account.NewAccount{Password: password}); !fault.Is(err, fault.NotFound) {
		t.Errorf("link: %v", err)
	}
	if _, err := o.NewLink(t.Context(), o.admin, a); !fault.Is(err, fault.Conflict) {
		t.Errorf("new link: %v", err)
	}
	if err := o.SetDisabled(t.Context(), o.admin, a, 1, false); !fault.Is(err, fault.Stale) {
		t.Errorf("opened by an old page: %v", err)
	}
	if err := o.SetDisabled(t.Context(), o.admin, a, o.get(a).Version, false); err != nil {
		t.Fatal(err)
	}
	if !o.actor(a).Has(access.RoleIntermediary) {
		t.Error("opened again, it has no role")
	}
}

// TestANewLinkAndANewPassword: the old link dies with the new, the old
// password with the use of the link, and sessions with the password.
func TestANewLinkAndANewPassword(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	first, err := o.NewLink(t.Context(), o.admin, a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := o.NewLink(t.Context(), o.admin, a)
	if err != nil {
		t.Fatal(err)
	}
	if o.get(a).LinkUntil.IsZero() {
		t.Error("the administrator does not see that there is a link")
	}
	if _, err := o.SignIn(t.Context(), "kari@example.no", password, "::1"); err != nil {
		t.Errorf("the old password before the link is used: %v", err)
	}
	stamp, err := o.Stamp(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Accept(t.Context(), first, account.NewAccount{Password: "et annet passord"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("the first link still works: %v", err)
	}
	o.now = o.now.Add(23 * time.Hour)
	if _, err := o.Accept(t.Context(), second, account.NewAccount{Password: "et annet passord"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SignIn(t.Context(), "kari@example.no", password, "::1"); err == nil {
		t.Error("the old password still works")
	}
	if _, err := o.ActorOfSession(t.Context(), a, stamp); !fault.Is(err, fault.NotFound) {
		t.Errorf("a session of the old password: %v", err)
	}
	third, err := o.NewLink(t.Context(), o.admin, a)
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(25 * time.Hour)
	if _, err := o.Accept(t.Context(), third, account.NewAccount{Password: "et tredje passord"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a link after a day: %v", err)
	}
	if !o.get(a).LinkUntil.IsZero() {
		t.Error("a dead link is shown as living")
	}
}

func TestListAccounts(t *testing.T) {
	o := open(t)
	for _, name := range []string{"Ørjan", "Aase", "Zara", "Ævar", "Ådne"} {
		if _, _, err := o.Invite(t.Context(), o.admin, account.NewAccount{Username: name + "@example.no", Name: name, Roles: []access.Assignment{o.adviser()}}); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for after, more := "", true; more; more = after != "" {
		page, total, err := o.List(t.Context(), o.admin, account.Filter{Role: access.RoleIntermediary, Limit: 2, After: after})
		if err != nil || total != 5 {
			t.Fatalf("total %d, %v", total, err)
		}
		for _, a := range page.Items {
			names = append(names, a.Name)
			if len(a.Roles) != 1 || a.Roles[0].OrgName != "Næringshagen" || a.HasPassword {
				t.Errorf("%s: %+v", a.Name, a)
			}
		}
		after = page.Next
	}
	if want := []string{"Zara", "Ævar", "Ørjan", "Ådne", "Aase"}; !slices.Equal(names, want) {
		t.Errorf("order %v, want %v", names, want)
	}
	for typed, want := range map[string]int{"ørjan@": 1, "ÅDN": 1, "example": 6, "%": 0, "": 6} {
		if _, total, err := o.List(t.Context(), o.admin, account.Filter{Text: typed}); err != nil || total != want {
			t.Errorf("search for %q: %d, %v; want %d", typed, total, err, want)
		}
	}
	if v, err := o.Overview(t.Context(), o.admin); err != nil || v.Accounts != 6 || v.Waiting != 5 || v.Disabled != 0 || v.LogEntries == 0 {
		t.Errorf("overview: %+v, %v", v, err)
	}
}

// TestASessionThatCannotBeReadIsNone: what another version of the program wrote
// ends the session, not the page.
func TestASessionThatCannotBeReadIsNone(t *testing.T) {
	o := open(t)
	store := o.Sessions()
	for data, want := range map[string]bool{`{"values":{}}`: true, "KP+BAwEB": false, "": false} {
		if err := store.CommitCtx(t.Context(), "token", []byte(data), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got, found, err := store.FindCtx(t.Context(), "token"); err != nil || found != want || found && string(got) != data {
			t.Errorf("%q: %q, %v, %v", data, got, found, err)
		}
	}
}
