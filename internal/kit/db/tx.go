package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"time"

	"kompetansetorg/internal/kit/fault"
)

// attempts is how often a transaction is tried when the engine asks for it.
const attempts = 6

// Tx is a running transaction. It belongs to one goroutine and ends when the
// function it was given to returns.
type Tx struct {
	tx      *sql.Tx
	engine  Engine
	shapes  *shapes
	writes  bool
	rows    bool                              // an Each is reading; the connection is taken
	failed  error                             // the first statement that failed; nothing may follow it
	last    []func(ctx context.Context) error // what BeforeCommit was given
	changes []Change                          // what Changed was given
}

// BeforeCommit makes fn run as the last thing in the transaction, after the
// function it was given to has returned nil; several run in the order they
// were added. An error rolls everything back. The audit log takes the head of
// its chain here, so that writers wait for it as shortly as possible.
func (tx *Tx) BeforeCommit(fn func(ctx context.Context) error) { tx.last = append(tx.last, fn) }

// Engine says which engine runs. Only seams in kit packages may ask.
func (tx *Tx) Engine() Engine { return tx.engine }

// broken notes that a statement failed. PostgreSQL refuses everything after it,
// SQLite would go on, so both refuse here.
func (tx *Tx) broken(ctx context.Context, err error) error {
	tx.failed = mapped(ctx, err)
	return tx.failed
}

// Write runs fn in a transaction that may change the database and commits when
// fn returns nil. Writes of the whole installation run one after the other.
// When the engine breaks it off (busy, deadlock), fn runs again, so it must
// change nothing but the database. When nil is returned the change is on disk.
// An Unavailable fault from a lost connection leaves open whether the change
// was made.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	where := caller()
	return d.retry(ctx, func() error {
		return d.once(ctx, d.write, &sql.TxOptions{}, true, where, fn)
	})
}

// Read runs fn in a read-only transaction that sees one state of the database,
// whatever is written meanwhile.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	where := caller()
	options := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	return d.retry(ctx, func() error {
		return d.once(ctx, d.read, options, false, where, fn)
	})
}

// errBegin marks an error from before fn ran, when trying again is harmless.
type errBegin struct{ error }

func (e errBegin) Unwrap() error { return e.error }

func (d *DB) once(ctx context.Context, pool *sql.DB, options *sql.TxOptions, writes bool, where place, fn func(tx *Tx) error) (err error) {
	asked := time.Now()
	conn, err := d.turn(ctx, pool)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreDone(conn.Close())) }()
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return errBegin{fmt.Errorf("begin: %w", err)}
	}
	defer func() {
		// After a commit this does nothing. It also runs when fn panics.
		if rollback := ignoreDone(tx.Rollback()); rollback != nil && ctx.Err() == nil {
			err = errors.Join(err, fmt.Errorf("rollback: %w", rollback))
		}
	}()
	if writes {
		if err := d.waitTurn(ctx, tx); err != nil {
			return fmt.Errorf("wait for other writers: %w", err)
		}
	}
	start := time.Now()
	defer func() {
		took := time.Since(start)
		if d.observe != nil {
			d.observe(Seen{Writes: writes, Waited: start.Sub(asked), Took: took, Slow: took > slowTx})
		}
		if took > slowTx {
			d.logger.WarnContext(ctx, "slow transaction", "write", writes, "took", took.Round(time.Millisecond), "from", where.String())
		}
	}()
	running := &Tx{tx: tx, engine: d.engine, shapes: &d.shapes, writes: writes}
	if err := running.run(ctx, fn); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	d.changes.tell(running.changes)
	return nil
}

// run does everything between begin and commit. A failed statement is an error
// even where the function kept quiet about it.
func (tx *Tx) run(ctx context.Context, fn func(tx *Tx) error) error {
	if err := fn(tx); err != nil {
		return err
	}
	for _, last := range tx.last {
		if err := last(ctx); err != nil {
			return err
		}
	}
	if tx.failed != nil {
		return tx.failed
	}
	return tx.announce(ctx)
}

// turn takes a connection from the pool, waiting no longer than d.wait. A Write
// started inside a Write ends here.
func (d *DB) turn(ctx context.Context, pool *sql.DB) (*sql.Conn, error) {
	waiting, cancel := context.WithTimeout(ctx, d.wait)
	defer cancel()
	conn, err := pool.Conn(waiting)
	if err == nil {
		return conn, nil
	}
	if ctx.Err() == nil && waiting.Err() != nil {
		return nil, fault.Wrap(fault.Unavailable, "fault.unavailable",
			fmt.Errorf("no database connection free for %s; is a transaction started inside another?", d.wait))
	}
	return nil, errBegin{err}
}

// retry runs one attempt after the other while the engine asks for it, with
// growing pauses of random length, and gives the last error as a fault.
func (d *DB) retry(ctx context.Context, attempt func() error) error {
	for n := 1; ; n++ {
		err := attempt()
		if err == nil || n == attempts || ctx.Err() != nil || !tryAgain(err) {
			return mapped(ctx, err)
		}
		pause := time.Duration(1+rand.IntN(10<<n)) * time.Millisecond
		select {
		case <-ctx.Done():
			return mapped(ctx, err)
		case <-time.After(pause):
		}
	}
}

func tryAgain(err error) bool {
	if troubleOf(err).kind == troubleRetry {
		return true
	}
	var begin errBegin
	return errors.As(err, &begin) && errors.Is(err, driver.ErrBadConn)
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) {
		return nil
	}
	return err
}

// place is a point in the program, resolved to file and line only when shown.
type place uintptr

// caller is the place that called Write or Read.
func caller() place {
	var pc [1]uintptr
	runtime.Callers(3, pc[:])
	return place(pc[0])
}

func (p place) String() string {
	frame, _ := runtime.CallersFrames([]uintptr{uintptr(p)}).Next()
	return fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
}
