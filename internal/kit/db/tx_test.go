package db_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

func TestWriteIsAllOrNothing(t *testing.T) {
	d, ctx := open(t), context.Background()
	oops := errors.New("oops")
	add := func(tx *db.Tx, id string, number int) error {
		_, err := db.Exec(ctx, tx, insertThing, thing{ID: id, Number: number}.values()...)
		return err
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return errors.Join(add(tx, "a", 1), oops) }); !errors.Is(err, oops) {
		t.Errorf("got %v, want the function's own error", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = d.Write(ctx, func(tx *db.Tx) error { _ = add(tx, "b", 2); panic("bang") })
	}()
	if n := count(t, d); n != 0 {
		t.Errorf("%d rows survived an error and a panic", n)
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return add(tx, "c", 3) }); err != nil {
		t.Fatal(err)
	}
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestNothingFollowsAFailedStatement(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a"})
	err := d.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, insertThing, thing{ID: "b", Number: 1}.values()...); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertThing, thing{ID: "a", Number: 2}.values()...); err == nil {
			t.Error("the same id twice")
		}
		if _, err := db.Exec(ctx, tx, insertThing, thing{ID: "c", Number: 3}.values()...); !fault.Is(err, fault.Conflict) {
			t.Errorf("after a failure: got %v, want the first error again", err)
		}
		return nil // swallowed: must not commit
	})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v, want Conflict", err)
	}
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestReadSeesOneStateAndCannotChange(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a"})
	err := d.Read(ctx, func(tx *db.Tx) error {
		before, err := db.Scalar[int](ctx, tx, countThings)
		if err != nil {
			return err
		}
		insert(t, d, thing{ID: "b", Number: 1}) // by somebody else
		after, err := db.Scalar[int](ctx, tx, countThings)
		if before != 1 || after != 1 {
			t.Errorf("saw %d, then %d", before, after)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM thing`)
		return err
	})
	if err == nil {
		t.Error("Exec in a Read went through")
	}
	// A statement that changes rows and answers with some slips past Exec.
	err = d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.List[string](ctx, tx, `DELETE FROM thing RETURNING id`)
		return err
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("DELETE in a Read: got %v, want the engine to refuse", err)
	}
	if n := count(t, d); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}
}

// Read, decide, write: the rule "at most ten places" must hold although no row
// is locked and nothing in the schema says so.
func TestWritesRunOneAtATime(t *testing.T) {
	dsn := dbtest.Empty(t)
	nodes := []*db.DB{openAt(t, dsn, db.Unsynced()), openAt(t, dsn, db.Unsynced())}
	ctx := context.Background()
	if err := db.Migrate(ctx, nodes[0], schema); err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	var wait sync.WaitGroup
	failed := make(chan error, 40)
	for i := range 40 {
		wait.Go(func() {
			err := nodes[i%2].Write(ctx, func(tx *db.Tx) error {
				n, err := db.Scalar[int](ctx, tx, countThings)
				if err != nil {
					return err
				}
				if n >= 10 {
					return full
				}
				_, err = db.Exec(ctx, tx, insertThing, thing{ID: fmt.Sprint(i), Number: n}.values()...)
				return err
			})
			if err != nil && !errors.Is(err, full) {
				failed <- err
			}
		})
	}
	wait.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if n := count(t, nodes[0]); n != 10 {
		t.Errorf("%d places given, want 10", n)
	}
}

func TestAWriteInsideAWriteEndsUnavailable(t *testing.T) {
	d, ctx := open(t, db.WithWriterWait(100*time.Millisecond)), context.Background()
	err := d.Write(ctx, func(*db.Tx) error {
		return d.Write(ctx, func(*db.Tx) error { return nil })
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	if err := d.Write(ctx, func(*db.Tx) error { return nil }); err != nil {
		t.Errorf("the next Write: %v", err)
	}
}

func TestCancelledContextStaysItself(t *testing.T) {
	d := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := d.Write(ctx, func(tx *db.Tx) error {
		cancel()
		_, err := db.Exec(ctx, tx, insertThing, thing{ID: "a"}.values()...)
		return err
	})
	if !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Internal {
		t.Errorf("got %v, want context.Canceled and no fault", err)
	}
	slow, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	err = d.Read(slow, func(tx *db.Tx) error {
		_, err := db.Scalar[int](slow, tx, `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000) SELECT count(*) FROM c`)
		return err
	})
	if !errors.Is(err, context.DeadlineExceeded) || fault.KindOf(err) != fault.Internal {
		t.Errorf("got %v, want context.DeadlineExceeded and no fault", err)
	}
	if n := count(t, d); n != 0 {
		t.Errorf("%d rows, want none", n)
	}
}

func TestSlowTransactionsAreLogged(t *testing.T) {
	var log bytes.Buffer
	d, ctx := open(t, db.WithLogger(slog.New(slog.NewTextHandler(&log, nil)))), context.Background()
	log.Reset()
	_ = d.Read(ctx, func(*db.Tx) error { return nil })
	_ = d.Write(ctx, func(*db.Tx) error { time.Sleep(60 * time.Millisecond); return nil })
	if got := log.String(); strings.Count(got, "slow transaction") != 1 || !strings.Contains(got, "from=tx_test.go:") {
		t.Errorf("log: %s", got)
	}
}

// A body that the engine broke off runs again; one that failed does not.
func TestRetry(t *testing.T) {
	d, ctx := open(t), context.Background()
	runs := 0
	err := d.Write(ctx, func(*db.Tx) error { runs++; return fault.New(fault.Conflict, "fault.conflict") })
	if !fault.Is(err, fault.Conflict) || runs != 1 {
		t.Errorf("%d runs, %v", runs, err)
	}
}
