package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// deadline is how long a test waits for what must come; what is right comes at once.
const deadline = 20 * time.Second

func told(t *testing.T, w *db.Watch, what string) {
	t.Helper()
	select {
	case <-w.C:
	case <-time.After(deadline):
		t.Fatalf("%s: nobody was told", what)
	}
}

// untold fails when something has been told already. The hub tells before Write
// returns, so nothing is on its way on the node that wrote.
func untold(t *testing.T, w *db.Watch, what string) {
	t.Helper()
	select {
	case <-w.C:
		t.Errorf("%s: told", what)
	default:
	}
}

func change(t *testing.T, d *db.DB, fail error, list ...db.Change) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for _, c := range list {
			tx.Changed(c)
		}
		return fail
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
}

func topic(id string) db.Topic { return db.Topic{Kind: "thing", ID: id} }

// ready waits until the first catching up, which tells everybody, is over.
func ready(t *testing.T, d *db.DB, w *db.Watch) {
	t.Helper()
	if d.Engine() == db.Postgres {
		told(t, w, "the beginning")
	}
	for until := time.Now().Add(deadline); !d.Changes().Hears(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the node does not hear")
		}
	}
}

// Who watches is told of what was committed, once however often it changed, and of
// nothing else.
func TestWhoWatchesIsToldAfterTheCommit(t *testing.T) {
	d := open(t)
	w, other := d.Changes().Watch(topic("a")), d.Changes().Watch(topic("b"))
	ready(t, d, w)
	if d.Engine() == db.Postgres {
		told(t, other, "the beginning")
	}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		tx.Changed(db.Change{Topic: topic("a"), Nr: 1})
		untold(t, w, "before the commit")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	told(t, w, "a change")
	change(t, d, errors.New("no"), db.Change{Topic: topic("a"), Nr: 2})
	untold(t, w, "a change that was rolled back")
	untold(t, other, "a change of another thing")
	change(t, d, nil, db.Change{Topic: topic("a"), Nr: 2}, db.Change{Topic: topic("a"), Nr: 3})
	change(t, d, nil, db.Change{Topic: topic("a"), Nr: 4})
	told(t, w, "three changes")
	untold(t, w, "three changes, a second time")
	change(t, d, nil, db.Change{Topic: topic("a"), Nr: 4})
	untold(t, w, "what is known")
	w.Close()
	other.Close()
	if n := d.Changes().Watched(); n != 0 {
		t.Errorf("%d topics are watched after all have left", n)
	}
}

// A large change is told by kind, so that nobody misses his thing in it.
func TestALargeChangeIsToldByKind(t *testing.T) {
	d := open(t)
	w, other := d.Changes().Watch(topic("999")), d.Changes().Watch(db.Topic{Kind: "other", ID: "1"})
	ready(t, d, w)
	if d.Engine() == db.Postgres {
		told(t, other, "the beginning")
	}
	var many []db.Change
	for i := range 1000 {
		many = append(many, db.Change{Topic: topic(fmt.Sprint(i)), Nr: int64(i + 1)})
	}
	change(t, d, nil, many...)
	told(t, w, "the last of many")
	untold(t, other, "another kind")
}

// Nodes on one database tell each other. When the connection that listens is killed,
// nothing is lost, and it comes back.
func TestNodesTellEachOtherAndSurviveAKilledConnection(t *testing.T) {
	dsn := dbtest.Empty(t)
	here, there := openAt(t, dsn, db.Unsynced()), openAt(t, dsn, db.Unsynced())
	if here.Engine() != db.Postgres {
		t.Skip("SQLite has one node")
	}
	var newest atomic.Int64
	here.Changes().PollBy(func(_ context.Context, after int64) ([]db.Change, int64, error) {
		n := newest.Load()
		if after < 0 || after >= n {
			return nil, n, nil
		}
		return []db.Change{{Topic: topic("a"), Nr: n}}, n, nil
	})
	w, other := here.Changes().Watch(topic("a")), here.Changes().Watch(topic("b"))
	ready(t, here, w)
	told(t, other, "the beginning")
	write := func() {
		t.Helper()
		change(t, there, nil, db.Change{Topic: topic("a"), Nr: newest.Add(1)})
	}
	write()
	told(t, w, "a change on another node")
	for range 3 {
		const kill db.SQL = `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'kompetansetorg listener' AND datname = current_database()`
		err := there.Write(t.Context(), func(tx *db.Tx) error {
			n, err := db.Scalar[int](t.Context(), tx, kill)
			if err == nil && n != 1 {
				err = fmt.Errorf("%d connections listen", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		write()
		told(t, w, "a change while the connection was dead")
		for until := time.Now().Add(deadline); !here.Changes().Hears(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatal("the connection does not come back")
			}
		}
		write()
		told(t, w, "a change after it came back")
		// What was looked for may be heard once more; nothing else is on its way.
		select {
		case <-w.C:
		default:
		}
	}
	untold(t, other, "another thing")
}

// Without a way to look for changes, a node that hears again lets everybody read anew.
func TestANodeThatCannotLookTellsEverybody(t *testing.T) {
	d := open(t)
	if d.Engine() != db.Postgres {
		t.Skip("SQLite has one node")
	}
	w := d.Changes().Watch(topic("a"))
	ready(t, d, w)
	const kill db.SQL = `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'kompetansetorg listener' AND datname = current_database()`
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Scalar[int](t.Context(), tx, kill)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	told(t, w, "the connection's return")
}
