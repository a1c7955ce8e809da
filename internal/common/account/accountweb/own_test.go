package accountweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

func TestChangeOwnPassword(t *testing.T) {
	o := open(t)
	_, c := o.invite("kari@example.no", adviser())
	other, p := o.signIn("kari@example.no", password)
	if p.Status != http.StatusSeeOther {
		t.Fatal(p.Status)
	}
	p = c.Post("/konto/passord", url.Values{"old_password": {"feil"}, "password": {"kort"}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#password-error") || p.Attr("#old_password", "value") != "" {
		t.Errorf("short: %d", p.Status)
	}
	p = c.Post("/konto/passord", url.Values{"old_password": {"feil passord"}, "password": {"et helt nytt passord"}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#old_password-error") {
		t.Errorf("wrong old: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Post("/konto/passord", url.Values{"old_password": {password}, "password": {"et helt nytt passord"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("change: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Get("/konto"); p.Status != http.StatusOK {
		t.Errorf("the browser that changed it: %d", p.Status)
	}
	p = other.Get("/konto")
	if p.Status != http.StatusSeeOther {
		t.Errorf("the other browser: %d, want 303 to sign in", p.Status)
	}
	if cookie := p.Header.Get("Set-Cookie"); !strings.Contains(cookie, "Max-Age=0") {
		t.Errorf("its session is not ended: %q", cookie)
	}
}

func TestTakeOutAndDelete(t *testing.T) {
	o := open(t)
	path, c := o.invite("kari@example.no", adviser())
	p := c.Get("/konto/mine-data.json")
	var data struct {
		Account struct{ Username, Name string }
		Roles   []struct{ Role, Organisation string }
		About   []struct{ Action string } `json:"log_about_me"`
		Did     []struct{ Action string } `json:"log_of_what_i_did"`
	}
	if err := json.Unmarshal([]byte(p.Body), &data); err != nil || p.Status != http.StatusOK || !strings.Contains(p.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("data: %d %v", p.Status, err)
	}
	if data.Account.Username != "kari@example.no" || len(data.Roles) != 1 || data.Roles[0].Organisation != "Næringshagen" || len(data.About) != 3 || len(data.Did) != 1 {
		t.Errorf("data: %+v", data)
	}
	if p := c.Get("/konto/slett"); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "arkivlova") {
		t.Errorf("the page that warns: %d", p.Status)
	}
	if p := c.Post("/konto/slett", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("delete: %d", p.Status)
	}
	if p := c.Get("/konto"); p.Status != http.StatusSeeOther {
		t.Errorf("own page after: %d", p.Status)
	}
	if p := o.admin.Get(path); p.Status != http.StatusNotFound {
		t.Errorf("the administrator still finds it: %d", p.Status)
	}
	if log := o.admin.Get("/administrasjon/logg"); strings.Contains(log.Body, "kari@example.no") || strings.Contains(log.Body, "Nordfjell") || !strings.Contains(log.Text("tbody"), "Slettet konto") {
		t.Errorf("the log after: %q", log.Text("tbody"))
	}
}

func TestDemoRolesBelongToAll(t *testing.T) {
	h := sitetest.New(t)
	adviser, err := h.Accounts.DemoAccount(t.Context(), "adviser", "")
	if err != nil {
		t.Fatal(err)
	}
	admin, path := h.As("admin"), "/administrasjon/kontoer/"+string(adviser)
	for what, p := range map[string]sitetest.Page{
		"close": admin.Post(path+"/sperr", url.Values{"version": {"1"}}), "delete": admin.Post(path+"/slett", nil), "link": admin.Post(path+"/lenke", nil),
	} {
		if p.Status != http.StatusConflict {
			t.Errorf("%s: %d, want 409", what, p.Status)
		}
	}
	c := h.As("adviser")
	if p := c.Get("/konto"); p.Has("a[href='/konto/passord']") || p.Has("a[href='/konto/slett']") {
		t.Error("a demo role is offered a password or to be deleted")
	}
	if p := c.Post("/konto/passord", url.Values{"old_password": {"x"}, "password": {password}}); p.Status != http.StatusForbidden {
		t.Errorf("password: %d", p.Status)
	}
	if p := c.Post("/konto/slett", nil); p.Status != http.StatusConflict {
		t.Errorf("delete: %d", p.Status)
	}
	if p := h.As("adviser").Get("/konto"); p.Status != http.StatusOK {
		t.Errorf("the role after all that: %d", p.Status)
	}
}
