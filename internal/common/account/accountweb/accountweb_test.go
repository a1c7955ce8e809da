package accountweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

const password = "en lang setning jeg husker"

// office is a house that is no demo, with one administrator signed in, one
// organisation and a clock that a test may turn.
type office struct {
	*sitetest.House
	t     *testing.T
	now   time.Time
	admin *sitetest.Client
	hub   access.OrgID
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: sitetest.Now}
	o.House = sitetest.With(t, site.Config{Clock: func() time.Time { return o.now }})
	hub, err := o.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.BusinessHub, Name: "Næringshagen", Short: "NH", Municipality: "5025"})
	if err != nil {
		t.Fatal(err)
	}
	o.hub = hub.ID
	token, err := o.Accounts.FirstAdminToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.admin = o.accept("/invitasjon/"+token, url.Values{"username": {"admin@example.no"}, "name": {"Administrator"}, "password": {password}})
	return o
}

// accept uses a one-time link in a browser of its own.
func (o *office) accept(path string, form url.Values) *sitetest.Client {
	o.t.Helper()
	c := o.Visitor()
	if p := c.Post(path, form); p.Status != http.StatusSeeOther {
		o.t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return c
}

func (o *office) signIn(username, password string) (*sitetest.Client, sitetest.Page) {
	o.t.Helper()
	c := o.Visitor()
	return c, c.Post("/logg-inn", url.Values{"username": {username}, "password": {password}, "to": {"/konto"}})
}

// invite makes a person through the pages and answers the address of the
// account and a browser they are signed in with.
func (o *office) invite(username string, role url.Values) (string, *sitetest.Client) {
	o.t.Helper()
	form := url.Values{"username": {username}, "name": {"Kari Nordfjell"}}
	for name, v := range role {
		form[name] = v
	}
	p := o.admin.Post("/administrasjon/kontoer/ny", form)
	if p.Status != http.StatusSeeOther {
		o.t.Fatalf("invite: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	path, _, _ := strings.Cut(p.Location, "?")
	link := linkOf(o.admin.Get(path))
	return path, o.accept(link, url.Values{"password": {password}})
}

func adviser() url.Values {
	return url.Values{"role": {"intermediary"}, "organisation": {"nh"}, "from": {"2026-11-01"}}
}

// linkOf is the path of the one-time link that the page shows, "" for none.
func linkOf(p sitetest.Page) string {
	u, err := url.Parse(p.Attr("#link", "value"))
	if err != nil {
		return ""
	}
	return u.Path
}

func TestOnlyAdministratorsEnter(t *testing.T) {
	h := sitetest.New(t)
	adviser, err := h.Accounts.DemoAccount(t.Context(), "adviser", "")
	if err != nil {
		t.Fatal(err)
	}
	path := "/administrasjon/kontoer/" + string(adviser)
	pages := []string{"/administrasjon", "/administrasjon/kontoer", "/administrasjon/kontoer/ny", path, path + "/slett", "/administrasjon/logg"}
	for _, role := range []string{"adviser", "employer", "provider", "secretary", "county", "learner", "forum_member"} {
		c := h.As(role)
		for _, page := range pages {
			if p := c.Get(page); p.Status != http.StatusForbidden {
				t.Errorf("%s gets %s: %d, want 403", role, page, p.Status)
			}
		}
		for _, post := range []string{"/administrasjon/kontoer/ny", path + "/roller", path + "/lenke", path + "/sperr", path + "/apne", path + "/slett"} {
			if p := c.Post(post, adviserForm()); p.Status != http.StatusForbidden {
				t.Errorf("%s posts %s: %d, want 403", role, post, p.Status)
			}
		}
	}
	admin, visitor := h.As("admin"), h.Visitor()
	for _, page := range pages {
		if p := admin.Get(page); p.Status != http.StatusOK {
			t.Errorf("the administrator gets %s: %d", page, p.Status)
		}
		if p := visitor.Get(page); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/logg-inn") {
			t.Errorf("a visitor gets %s: %d %s", page, p.Status, p.Location)
		}
	}
	for _, gone := range []string{"/administrasjon/kontoer/nei", "/administrasjon/kontoer/" + string(access.NewAccountID()), path + "/roller/nei"} {
		if p := admin.Get(gone); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", gone, p.Status)
		}
	}
}

func adviserForm() url.Values {
	f := adviser()
	f.Set("username", "x")
	f.Set("name", "X")
	return f
}

func TestInvitedOnceAndIn(t *testing.T) {
	o := open(t)
	p := o.admin.Post("/administrasjon/kontoer/ny", url.Values{"username": {"Kari@example.no"}, "name": {"Kari"}, "role": {"municipal_lead"},
		"organisation": {"Næringshagen"}, "municipality": {"Røros"}, "from": {"01.11.2026"}, "to": {"31.12.2026"}})
	if p.Status != http.StatusSeeOther || strings.Contains(p.Location, "invitasjon") {
		t.Fatalf("invite: %d to %s; %s", p.Status, p.Location, p.Text(".ds-error-summary"))
	}
	page := o.admin.Get(p.Location)
	link := linkOf(page)
	if !strings.HasPrefix(link, "/invitasjon/") {
		t.Fatalf("no link on the page: %q", link)
	}
	if got := page.Text("section[aria-labelledby=roles] tbody"); !strings.Contains(got, "Kommunekontakt") || !strings.Contains(got, "Røros (5025)") || !strings.Contains(got, "31.12.2026") {
		t.Errorf("the role is shown as %q", got)
	}
	if again := linkOf(o.admin.Get(p.Location)); again != "" {
		t.Error("the link is shown a second time")
	}
	c := o.accept(link, url.Values{"password": {password}})
	own := c.Get("/konto")
	if own.Status != http.StatusOK || own.Text("h1") != "Kari" || !strings.Contains(own.Text("section[aria-labelledby=roles] tbody"), "Kommunekontakt") {
		t.Errorf("own page: %d %q", own.Status, own.Text("main"))
	}
	if own.Has("a[href='/administrasjon']") {
		t.Error("a contact is offered administration")
	}
	if p := o.Visitor().Get(link); p.Status != http.StatusNotFound {
		t.Errorf("the link a second time: %d, want 404", p.Status)
	}
	if list := o.admin.Get("/administrasjon/kontoer?q=kari&role=municipal_lead"); len(list.All("tbody tr")) != 1 || !strings.Contains(list.Text("tbody"), "kari@example.no") {
		t.Errorf("search: %q", list.Text("tbody"))
	}
}

func TestInviteFormKeepsWhatWasTyped(t *testing.T) {
	o := open(t)
	in := url.Values{"username": {"to ord"}, "name": {" "}, "role": {"keiser"}, "organisation": {"Ingen AS"}, "municipality": {"Atlantis"}, "region": {"narnia"}, "from": {"i morgen"}, "to": {"aldri"}}
	p := o.admin.Post("/administrasjon/kontoer/ny", in)
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", p.Status)
	}
	for _, name := range []string{"role", "organisation", "municipality", "region", "from", "to"} {
		if !p.Has("#" + name + "-error") {
			t.Errorf("no message at %s: %q", name, p.Text(".ds-error-summary"))
		}
	}
	for _, name := range []string{"username", "organisation", "municipality", "from", "to"} {
		if got := p.Attr("#"+name, "value"); got != in.Get(name) {
			t.Errorf("%s was typed as %q and is now %q", name, in.Get(name), got)
		}
	}
	for name, c := range map[string]struct {
		in    url.Values
		field string
	}{
		"a role without organisation": {url.Values{"username": {"a"}, "name": {"A"}, "role": {"provider_user"}}, "organisation"},
		"no role":                     {url.Values{"username": {"a"}, "name": {"A"}}, "role"},
		"two limits":                  {url.Values{"username": {"a"}, "name": {"A"}, "role": {"municipal_lead"}, "organisation": {"NH"}, "municipality": {"5025"}, "region": {"namdalen"}}, "region"},
		"ends before it begins":       {url.Values{"username": {"a"}, "name": {"A"}, "role": {"person"}, "from": {"2027-01-01"}, "to": {"2026-12-31"}}, "to"},
		"a username that is taken":    {url.Values{"username": {"ADMIN@example.no"}, "name": {"A"}, "role": {"person"}}, "username"},
	} {
		if p := o.admin.Post("/administrasjon/kontoer/ny", c.in); p.Status != http.StatusUnprocessableEntity || !p.Has("#"+c.field+"-error") {
			t.Errorf("%s: %d %q", name, p.Status, p.Text(".ds-error-summary"))
		}
	}
}

// TestARolePastItsEndGivesNothing follows the date through HTTP: pages, API and
// the person's own page.
func TestARolePastItsEndGivesNothing(t *testing.T) {
	o := open(t)
	role := adviser()
	role.Set("to", "2026-11-25")
	_, c := o.invite("kari@example.no", role)
	post := func(c *sitetest.Client) int {
		return c.Post("/virksomheter/ny", url.Values{"name": {"Ny " + o.now.String()}, "kind": {"company"}, "municipality": {"5025"}}).Status
	}
	if got := post(c); got != http.StatusSeeOther {
		t.Fatalf("while it holds: %d", got)
	}
	key := o.key(c)
	o.now = time.Date(2026, 11, 25, 22, 59, 0, 0, time.UTC) // one minute before midnight in Oslo
	c, _ = o.signIn("kari@example.no", password)
	if got := post(c); got != http.StatusSeeOther {
		t.Errorf("on the last day: %d", got)
	}
	o.now = time.Date(2026, 11, 25, 23, 1, 0, 0, time.UTC)
	if got := post(c); got != http.StatusForbidden {
		t.Errorf("the minute after: %d, want 403", got)
	}
	if p := c.Get("/konto"); p.Status != http.StatusOK || !strings.Contains(p.Text("section[aria-labelledby=roles]"), "Avsluttet") {
		t.Errorf("own page: %d %q", p.Status, p.Text("section[aria-labelledby=roles]"))
	}
	if p := c.Get("/"); strings.Contains(p.Text(".kt-viewer"), "Rådgiver") {
		t.Errorf("the header still shows the role: %q", p.Text(".kt-viewer"))
	}
	program := o.Visitor()
	program.Header.Set("Authorization", "Bearer "+key)
	if p := program.JSON("POST", "/api/v1/needs", `{}`); p.Status < 400 {
		t.Errorf("with an old key: %d", p.Status)
	}
}

// key makes a key for programs on the person's own page.
func (o *office) key(c *sitetest.Client) string {
	o.t.Helper()
	p := c.Post("/konto/nokkel", nil)
	key := c.Follow(p).Attr("#key", "value")
	if p.Status != http.StatusSeeOther || key == "" || strings.Contains(p.Location, key) {
		o.t.Fatalf("key: %d to %s", p.Status, p.Location)
	}
	if c.Get("/konto").Has("#key") {
		o.t.Error("the key is shown a second time")
	}
	return key
}

func TestGiveAndEndARole(t *testing.T) {
	o := open(t)
	path, c := o.invite("kari@example.no", adviser())
	if p := o.admin.Post(path+"/roller", adviser()); p.Status != http.StatusUnprocessableEntity || !p.Has("#role-error") {
		t.Errorf("the same role twice: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := o.admin.Post(path+"/roller", url.Values{"role": {"sysadmin"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("give: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Get("/administrasjon"); p.Status != http.StatusOK {
		t.Errorf("with the new role: %d", p.Status)
	}
	end := ""
	for _, row := range []string{"1", "2"} {
		if strings.Contains(o.admin.Get(path).Text("section[aria-labelledby=roles] tbody tr:nth-child("+row+")"), "Administrator") {
			end = o.admin.Get(path).Attr("section[aria-labelledby=roles] tbody tr:nth-child("+row+") a[href*='/roller/']", "href")
		}
	}
	page := o.admin.Get(end)
	if page.Status != http.StatusOK {
		t.Fatalf("%s: %d", end, page.Status)
	}
	version := page.Attr("[name=version]", "value")
	if p := o.admin.Post(end, url.Values{"to": {"i fjor"}, "version": {version}}); p.Status != http.StatusUnprocessableEntity || p.Attr("#to", "value") != "i fjor" {
		t.Errorf("no day: %d", p.Status)
	}
	if p := o.admin.Post(end, url.Values{"to": {"2026-11-20"}, "version": {"1"}}); p.Status != http.StatusConflict {
		t.Errorf("an old page: %d, want 409", p.Status)
	}
	if p := o.admin.Post(end, url.Values{"to": {"2026-11-20"}, "version": {version}}); p.Status != http.StatusSeeOther {
		t.Fatalf("end: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Get("/administrasjon"); p.Status != http.StatusForbidden {
		t.Errorf("after the end: %d, want 403", p.Status)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	o := open(t)
	me := o.admin.Get("/administrasjon/kontoer").Attr("tbody th a", "href")
	page := o.admin.Get(me)
	end := page.Attr("section[aria-labelledby=roles] a[href*='/roller/']", "href")
	version := page.Attr("[name=version]", "value")
	for what, p := range map[string]sitetest.Page{
		"close":       o.admin.Post(me+"/sperr", url.Values{"version": {version}}),
		"delete":      o.admin.Post(me+"/slett", nil),
		"delete self": o.admin.Post("/konto/slett", nil),
		"end":         o.admin.Post(end, url.Values{"to": {"2026-11-21"}, "version": {version}}),
	} {
		if p.Status != http.StatusConflict || !strings.Contains(p.Text(".ds-error-summary"), "alltid finnes en administrator") {
			t.Errorf("%s: %d %q", what, p.Status, p.Text(".ds-error-summary"))
		}
	}
}

func TestCloseAndOpenAnAccount(t *testing.T) {
	o := open(t)
	path, c := o.invite("kari@example.no", adviser())
	version := o.admin.Get(path).Attr("form[action$='/sperr'] [name=version]", "value")
	if p := o.admin.Post(path+"/sperr", url.Values{"version": {version}}); p.Status != http.StatusSeeOther {
		t.Fatalf("close: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Get("/konto"); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/logg-inn") {
		t.Errorf("the session of a closed account: %d %s", p.Status, p.Location)
	}
	if _, p := o.signIn("kari@example.no", password); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("sign in: %d", p.Status)
	}
	if p := o.admin.Post(path+"/sperr", url.Values{"version": {version}}); p.Status != http.StatusConflict {
		t.Errorf("from an old page: %d, want 409", p.Status)
	}
	page := o.admin.Get(path)
	if !strings.Contains(page.Text(".kt-head"), "Sperret") || page.Has("form[action$='/lenke']") {
		t.Errorf("the page: %q", page.Text(".kt-head"))
	}
	if p := o.admin.Post(path+"/apne", url.Values{"version": {page.Attr("form[action$='/apne'] [name=version]", "value")}}); p.Status != http.StatusSeeOther {
		t.Fatalf("open: %d", p.Status)
	}
	if _, p := o.signIn("kari@example.no", password); p.Status != http.StatusSeeOther {
		t.Errorf("sign in after opening: %d", p.Status)
	}
}

func TestANewLinkForAForgottenPassword(t *testing.T) {
	o := open(t)
	path, c := o.invite("kari@example.no", adviser())
	p := o.admin.Post(path+"/lenke", nil)
	link := linkOf(o.admin.Follow(p))
	if p.Status != http.StatusSeeOther || link == "" {
		t.Fatalf("link: %d %q", p.Status, link)
	}
	if p := c.Get("/konto"); p.Status != http.StatusOK {
		t.Errorf("before it is used the person is out: %d", p.Status)
	}
	o.accept(link, url.Values{"password": {"et helt nytt passord"}})
	if p := c.Get("/konto"); p.Status != http.StatusSeeOther {
		t.Errorf("a session of the old password: %d, want 303 to sign in", p.Status)
	}
	if _, p := o.signIn("kari@example.no", password); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("the old password: %d", p.Status)
	}
}

// TestEveryRoleHasAName keeps roles and texts together.
func TestEveryRoleHasAName(t *testing.T) {
	h := sitetest.New(t)
	for _, r := range access.Roles() {
		if p := h.As("admin").Get("/administrasjon/kontoer?role=" + string(r)); p.Status != http.StatusOK || strings.Contains(p.Text("option[selected]"), "role.") {
			t.Errorf("%s: %d %q", r, p.Status, p.Text("option[selected]"))
		}
	}
	if !account.NeedsOrg(access.RoleProviderUser) || account.NeedsOrg(access.RoleSysadmin) {
		t.Error("which roles need an organisation")
	}
}
