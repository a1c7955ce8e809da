package audit_test

import (
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

var admin = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleSysadmin}}}

func list(t *testing.T, d *db.DB, reader access.Actor, f audit.Filter) (db.Paged[audit.Entry], int, error) {
	t.Helper()
	var page db.Paged[audit.Entry]
	total := 0
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		var err error
		page, total, err = audit.List(t.Context(), tx, reader, f)
		return err
	})
	return page, total, err
}

func TestListIsNewestFirstAndPaged(t *testing.T) {
	d := dbtest.New(t)
	for _, subject := range []string{"a", "b", "a", "c", "a"} {
		record(t, d, subject, audit.Field("state", "draft", "mapped"))
	}
	var seqs []int64
	for after, more := "", true; more; more = after != "" {
		page, total, err := list(t, d, admin, audit.Filter{Limit: 2, After: after})
		if err != nil || total != 5 {
			t.Fatalf("total %d, %v", total, err)
		}
		for _, e := range page.Items {
			seqs = append(seqs, e.Seq)
		}
		after = page.Next
	}
	if len(seqs) != 5 || seqs[0] != 5 || seqs[4] != 1 {
		t.Errorf("order %v", seqs)
	}
	page, total, err := list(t, d, admin, audit.Filter{Subject: audit.Subject{Kind: "need", ID: "a"}})
	if err != nil || total != 3 || len(page.Items) != 3 {
		t.Fatalf("of one subject: %d, %v", total, err)
	}
	e := page.Items[0]
	if e.Seq != 5 || e.At != now || e.Actor != string(by.Account) || e.Role != access.RoleIntermediary || e.Org != by.Roles[0].Org || e.Action != "need.edit" ||
		len(e.Changes) != 1 || e.Changes[0] != (audit.Logged{Field: "state", Before: "draft", After: "mapped"}) {
		t.Errorf("the entry: %+v", e)
	}
	if _, total, err := list(t, d, admin, audit.Filter{Subject: audit.Subject{Kind: "account"}}); err != nil || total != 0 {
		t.Errorf("of another kind: %d, %v", total, err)
	}
}

func TestListTellsErasedFromEmpty(t *testing.T) {
	d := dbtest.New(t)
	record(t, d, "a", audit.PersonalField("name", "", "Kari"), audit.Field("note", "", ""), audit.Field("state", "", "draft"))
	page, _, err := list(t, d, admin, audit.Filter{})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(err)
	}
	if c := page.Items[0].Changes; c[0] != (audit.Logged{Field: "name", After: "Kari", Personal: true}) || c[1].Gone {
		t.Errorf("before erasing: %+v", c)
	}
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := audit.Erase(t.Context(), tx, audit.Subject{Kind: "need", ID: "a"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page, _, err = list(t, d, admin, audit.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if c := page.Items[0].Changes; !c[0].Gone || c[0].After != "" || c[1].Gone || c[2].After != "draft" {
		t.Errorf("after erasing: %+v", c)
	}
}

// TestWhoReadsTheLog: administrators all of it, others only what they did.
func TestWhoReadsTheLog(t *testing.T) {
	d := dbtest.New(t)
	record(t, d, "a")
	for name, reader := range map[string]access.Actor{"visitor": {}, "the doer": by, "somebody": {Account: access.NewAccountID(), Roles: by.Roles}} {
		if _, _, err := list(t, d, reader, audit.Filter{}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s reads all: %v", name, err)
		}
	}
	if _, total, err := list(t, d, by, audit.Filter{Actor: by.Label()}); err != nil || total != 1 {
		t.Errorf("the doer reads their own: %d, %v", total, err)
	}
	other := access.Actor{Account: access.NewAccountID()}
	if _, _, err := list(t, d, other, audit.Filter{Actor: by.Label()}); !fault.Is(err, fault.Denied) {
		t.Errorf("somebody reads the doer's: %v", err)
	}
	if _, _, err := list(t, d, access.Actor{}, audit.Filter{Actor: "visitor"}); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor reads what visitors did: %v", err)
	}
}

// Spans tells of each subject when it was first and last changed, and of no other kind.
func TestSpans(t *testing.T) {
	d := filled(t)
	later := now.Add(time.Hour)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		audit.Record(tx, later, by, "need.edit", audit.Subject{Kind: "need", ID: "b"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := audit.Spans(t.Context(), tx, "need")
		if err != nil {
			return err
		}
		some, err := audit.Spans(t.Context(), tx, "need", "b", "none")
		if err != nil {
			return err
		}
		other, err := audit.Spans(t.Context(), tx, "pool")
		if len(all) != 5 || len(some) != 1 || len(other) != 0 || some["b"] != (audit.Span{First: now, Last: later}) {
			t.Errorf("%d, %+v, %d", len(all), some, len(other))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
