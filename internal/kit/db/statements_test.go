package db_test

import (
	"context"
	"fmt"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// TestAStatementIsUsedAgain runs one text again and again after whatever can
// happen to it: broken off half way, refused, cancelled, pushed out by a
// thousand other texts, and with another schema than it was made for.
func TestAStatementIsUsedAgain(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a", Number: 1}, thing{ID: "b", Number: 2}, thing{ID: "c", Number: 3})
	const numbers db.SQL = `SELECT number FROM thing WHERE number >= $1 ORDER BY number`
	want := func(after string, from, n int) {
		t.Helper()
		err := d.Write(ctx, func(tx *db.Tx) error {
			list, err := db.List[int](ctx, tx, numbers, from)
			if err == nil && len(list) != n {
				t.Errorf("after %s: %d from %d on, want %d", after, len(list), from, n)
			}
			return err
		})
		if err != nil {
			t.Errorf("after %s: %v", after, err)
		}
	}
	want("nothing", 1, 3)
	want("other values", 3, 1)

	_ = d.Write(ctx, func(tx *db.Tx) error {
		for _, err := range db.Each[int](ctx, tx, numbers, 1) {
			return err // the rest stays unread
		}
		return nil
	})
	want("breaking off", 2, 2)

	for range 2 {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, insertThing, thing{ID: "a", Number: 9}.values()...)
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the same id: %v, want Conflict", err)
		}
	}
	insert(t, d, thing{ID: "d", Number: 4})
	want("a refused insert", 1, 4)

	stopped, stop := context.WithCancel(ctx)
	_ = d.Write(ctx, func(tx *db.Tx) error {
		for _, err := range db.Each[int](stopped, tx, numbers, 1) {
			stop()
			if err != nil {
				return err
			}
		}
		return nil
	})
	want("cancelling", 1, 4)

	err := d.Write(ctx, func(tx *db.Tx) error {
		for i := range 1000 {
			n, err := db.Scalar[int](ctx, tx, db.SQL(fmt.Sprintf(`SELECT count(*) + %d FROM thing WHERE number > $1`, i)), 0)
			if err != nil || n != 4+i {
				return fmt.Errorf("text %d: %d, %w", i, n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	want("many others", 1, 4)

	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `ALTER TABLE thing ADD COLUMN extra TEXT`)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	want("a change of the table", 1, 4)
}
