package audit_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

var (
	now = clock.At(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	by  = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleIntermediary, Org: access.NewOrgID()}}}
)

const (
	alterAction db.SQL = `UPDATE audit_entry SET action = $1 WHERE seq = $2`
	alterValue  db.SQL = `UPDATE audit_value SET value = $1 WHERE seq = $2`
	dropEntry   db.SQL = `DELETE FROM audit_entry WHERE seq = $1`
	dropValues  db.SQL = `DELETE FROM audit_value WHERE seq = $1`
	countRows   db.SQL = `SELECT COUNT(*) FROM audit_entry`
	valuesLike  db.SQL = `SELECT COUNT(*) FROM audit_value WHERE value LIKE $1`
	entriesLike db.SQL = `SELECT COUNT(*) FROM audit_entry WHERE fields LIKE $1`
	rewindHead  db.SQL = `UPDATE audit_head SET seq = $1 WHERE id = 1`
)

func record(t *testing.T, d *db.DB, subject string, changes ...audit.Change) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		audit.Record(tx, now, by, "need.edit", audit.Subject{Kind: "need", ID: subject}, changes...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func verify(t *testing.T, d *db.DB) audit.Report {
	t.Helper()
	r, err := audit.Verify(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func exec(t *testing.T, d *db.DB, statement db.SQL, args ...any) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := db.Exec(context.Background(), tx, statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB, statement db.SQL, args ...any) int64 {
	t.Helper()
	var n int64
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var err error
		n, err = db.Scalar[int64](context.Background(), tx, statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func filled(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.New(t)
	for _, s := range []string{"a", "b", "c", "d", "e"} {
		record(t, d, s, audit.Field("headcount", 2, 3), audit.PersonalField("contact", "", "Åse ved skranken"))
	}
	return d
}

func TestAnUntouchedLogHolds(t *testing.T) {
	if r := verify(t, dbtest.New(t)); r.Broken != 0 || r.Entries != 0 {
		t.Errorf("empty log: %+v", r)
	}
	if r := verify(t, filled(t)); r.Broken != 0 || r.Entries != 5 {
		t.Errorf("five entries: %+v", r)
	}
}

func TestVerifyNamesTheFirstBrokenRow(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(*db.DB)
		want   int64
	}{
		{"altered action", func(d *db.DB) { exec(t, d, alterAction, "need.nothing", 3) }, 3},
		{"altered value", func(d *db.DB) { exec(t, d, alterValue, "300", 4) }, 4},
		{"missing in the middle", func(d *db.DB) { exec(t, d, dropValues, 2); exec(t, d, dropEntry, 2) }, 2},
		{"missing at the end", func(d *db.DB) { exec(t, d, dropValues, 5); exec(t, d, dropEntry, 5) }, 5},
		{"head turned back", func(d *db.DB) { exec(t, d, rewindHead, 4) }, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := filled(t)
			c.damage(d)
			r := verify(t, d)
			if r.Broken != c.want || r.Reason == "" {
				t.Errorf("report %+v, want broken at %d", r, c.want)
			}
		})
	}
}

func TestEraseRemovesValuesAndKeepsTheChain(t *testing.T) {
	d := filled(t)
	if n := count(t, d, valuesLike, "%skranken%"); n != 5 {
		t.Fatalf("%d personal values, want 5", n)
	}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		n, err := audit.Erase(t.Context(), tx, audit.Subject{Kind: "need", ID: "b"})
		if n != 1 {
			t.Errorf("erased %d values, want 1", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, valuesLike, "%skranken%"); n != 4 {
		t.Errorf("%d personal values left, want 4", n)
	}
	if n := count(t, d, entriesLike, "%skranken%"); n != 0 {
		t.Error("the log itself holds a value")
	}
	if r := verify(t, d); r.Broken != 0 {
		t.Errorf("after erasing: %+v", r)
	}
}

func TestARolledBackChangeIsNotLogged(t *testing.T) {
	d := filled(t)
	stop := errors.New("no")
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		audit.Record(tx, now, by, "need.edit", audit.Subject{Kind: "need", ID: "f"})
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatalf("err = %v", err)
	}
	if n := count(t, d, countRows); n != 5 {
		t.Errorf("%d entries, want 5", n)
	}
}

func TestManyWritersMakeOneChain(t *testing.T) {
	d := dbtest.New(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			err := d.Write(context.Background(), func(tx *db.Tx) error {
				audit.Record(tx, now, by, "need.edit", audit.Subject{Kind: "need", ID: strings.Repeat("x", i)}, audit.Field("a", "", "æøå"))
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if r := verify(t, d); r.Broken != 0 || r.Entries != 20 {
		t.Errorf("report %+v", r)
	}
}

func TestChangedKeepsWhatDiffers(t *testing.T) {
	got := audit.Changed(audit.Field("a", "x", "x"), audit.Field("b", 1, 2), audit.Field("c", nil, ""))
	if len(got) != 1 || got[0].Field != "b" {
		t.Errorf("got %+v", got)
	}
}

// TestEraseWordsTakesOnlyWhatOneWrote: each person's words go with the person,
// wherever the log repeats them, and nobody else's.
func TestEraseWordsTakesOnlyWhatOneWrote(t *testing.T) {
	d := dbtest.New(t)
	kari, ola := by, access.Actor{Account: access.NewAccountID()}
	ctx := context.Background()
	thing := audit.Subject{Kind: "need", ID: "1"}
	edit := func(actor access.Actor, subject audit.Subject, changes ...audit.Change) {
		t.Helper()
		err := d.Write(ctx, func(tx *db.Tx) error {
			audit.Record(tx, now, actor, "need.edit", subject, changes...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(kari, thing, audit.Field("state", "", "Kari-state"))
	edit(ola, thing, audit.PersonalField("text", "Kari-unlogged", "Ola-1"), audit.PersonalField("note", "", "Ola-note"))
	edit(kari, thing, audit.PersonalField("text", "Ola-1", "Kari-2"))
	edit(ola, thing, audit.PersonalField("text", "Kari-2", "Ola-3"))
	edit(kari, audit.Subject{Kind: "need", ID: "2"}, audit.PersonalField("text", "", "Kari-elsewhere"))
	var n int64
	err := d.Write(ctx, func(tx *db.Tx) error {
		var err error
		n, err = audit.EraseWords(ctx, tx, thing, kari.Label())
		return err
	})
	if err != nil || n != 3 {
		t.Errorf("%d values went, %v", n, err)
	}
	for like, want := range map[string]int64{"Kari-unlogged": 0, "Kari-2": 0, "Kari-state": 1, "Kari-elsewhere": 1, "Ola-1": 2, "Ola-note": 1, "Ola-3": 1} {
		if got := count(t, d, valuesLike, like); got != want {
			t.Errorf("%s stands %d times, want %d", like, got, want)
		}
	}
	if r := verify(t, d); r.Broken != 0 {
		t.Errorf("the log: %+v", r)
	}
}
