package account_test

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	selectNames  db.SQL = `SELECT username || ' ' || name || ' ' || name_fold FROM account ORDER BY id`
	selectValues db.SQL = `SELECT value FROM audit_value ORDER BY seq, field, side`
)

func TestChangePassword(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	kari := o.actor(a)
	for name, c := range map[string]struct {
		old, password string
		want          []string
	}{
		"nothing":   {"", "", []string{"old_password", "password"}},
		"short":     {password, "kort", []string{"password"}},
		"too long":  {password, strings.Repeat("a", 201), []string{"password"}},
		"wrong old": {"gjetning", "et nytt passord", []string{"old_password"}},
	} {
		if err := o.ChangePassword(t.Context(), kari, c.old, c.password); !slices.Equal(fields(err), c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := o.ChangePassword(t.Context(), kari, password, "et nytt passord"); err != nil {
		t.Fatal(err)
	}
	if got, err := o.SignIn(t.Context(), "KARI@example.no", "et nytt passord", "::1"); err != nil || got != a {
		t.Errorf("with the new one: %v", err)
	}
	for range 10 {
		_ = o.ChangePassword(t.Context(), kari, "gjetning", "enda et passord")
	}
	if err := o.ChangePassword(t.Context(), kari, "et nytt passord", "enda et passord"); !fault.Is(err, fault.TooMany) {
		t.Errorf("after ten guesses: %v", err)
	}
	if err := o.ChangePassword(t.Context(), access.Actor{}, password, password); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor: %v", err)
	}
}

// TestForgetKeepsTheChain: the person is gone from tables and log, the log holds.
func TestForgetKeepsTheChain(t *testing.T) {
	o := open(t)
	a := o.invite("kari.nordfjell@example.no", o.adviser())
	kari := o.actor(a)
	if err := o.Forget(t.Context(), kari, a); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Get(t.Context(), o.admin, a); !fault.Is(err, fault.NotFound) {
		t.Errorf("still there: %v", err)
	}
	if _, err := o.SignIn(t.Context(), "kari.nordfjell@example.no", password, "::1"); err == nil {
		t.Error("still signs in")
	}
	for _, table := range []db.SQL{selectNames, selectValues} {
		err := o.db.Read(t.Context(), func(tx *db.Tx) error {
			found, err := db.List[string](t.Context(), tx, table)
			for _, f := range found {
				if strings.Contains(f, "nordfjell") {
					t.Errorf("%q is left", f)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	o.entries() // the chain is whole
	log, total, err := o.Log(t.Context(), o.admin, audit.Filter{Subject: audit.Subject{Kind: "account", ID: string(a)}})
	if err != nil || total != 4 { // create, assign, password, forget
		t.Fatalf("%d entries, %v", total, err)
	}
	created := log.Items[total-1]
	if created.Action != account.ActionCreate || !created.Changes[0].Gone || created.Changes[0].After != "" {
		t.Errorf("the entry about making it: %+v", created)
	}
	if again := o.invite("kari.nordfjell@example.no"); again == a {
		t.Error("the username cannot be used anew")
	}
}

// TestIdleAccountsAreForgotten: two years after the last sign-in, and never the
// only administrator.
func TestIdleAccountsAreForgotten(t *testing.T) {
	o := open(t)
	idle := o.invite("idle@example.no", o.adviser())
	busy := o.invite("busy@example.no", o.adviser())
	for _, years := range []int{1, 1, 1} {
		o.now = o.now.AddDate(years, 0, 0)
		if _, err := o.SignIn(t.Context(), "busy@example.no", password, "::1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.Get(t.Context(), o.admin, idle); !fault.Is(err, fault.NotFound) {
		t.Errorf("the idle account: %v", err)
	}
	if d := o.get(busy); d.Username != "busy@example.no" {
		t.Errorf("the busy account: %+v", d)
	}
	if d := o.get(o.admin.Account); !slices.ContainsFunc(d.Roles, func(r account.Assignment) bool { return r.Role == access.RoleSysadmin }) {
		t.Error("the only administrator was deleted")
	}
}

func TestExportHoldsWhatIsStored(t *testing.T) {
	o := open(t)
	a := o.invite("kari@example.no", o.adviser())
	if _, err := o.IssueToken(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	other := o.invite("ola@example.no")
	out, err := o.Export(t.Context(), o.actor(a))
	if err != nil {
		t.Fatal(err)
	}
	if out.Account.Username != "kari@example.no" || len(out.Roles) != 1 || len(out.Tokens) != 1 || len(out.About) != 3 || len(out.Did) != 1 {
		t.Errorf("export: %d roles, %d tokens, %d about, %d did", len(out.Roles), len(out.Tokens), len(out.About), len(out.Did))
	}
	for _, e := range append(out.About, out.Did...) {
		if e.Subject.ID == string(other) {
			t.Error("somebody else is in the export")
		}
	}
	if _, err := o.Export(t.Context(), access.Actor{}); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor: %v", err)
	}
}
