package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	"kompetansetorg/internal/kit/clock"
)

// Date is a civil day, stored as TEXT "2006-01-02".
type Date = clock.Date

// Time is a moment, stored as TEXT in UTC with fixed width.
type Time = clock.Time

// Engine says which database engine runs. Only seams in kit packages may ask.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

const (
	slowTx     = 50 * time.Millisecond // a transaction longer than this is logged
	writerWait = 10 * time.Second      // how long a Write waits for its turn
)

// DB is an open database: connections for writing, connections for reading.
// It is safe for use by many goroutines.
type DB struct {
	engine  Engine
	name    string // for messages; never holds a password
	write   *sql.DB
	read    *sql.DB
	wait    time.Duration // how long a Write waits for its turn
	logger  *slog.Logger
	shapes  shapes
	changes *Changes

	observe func(Seen) // nil: nobody looks

	analyzing sync.Mutex
	analyzed  time.Time // when Maintain did it last, on PostgreSQL

	// sqlitePath is the file of a SQLite database; Migrate opens it once more
	// with foreign keys off, as SQLite's way of rebuilding a table needs.
	sqlitePath string
	unsynced   bool
	loading    bool
}

// Option changes how a database is opened.
type Option func(*DB)

// WithLogger sends the log of slow transactions and migrations to l instead of
// the default logger.
func WithLogger(l *slog.Logger) Option { return func(d *DB) { d.logger = l } }

// Seen is a transaction that has ended: how long it waited for its turn and how
// long it took, and whether that is slow enough for the log.
type Seen struct {
	Writes       bool
	Waited, Took time.Duration
	Slow         bool
}

// WithObserver tells fn of every transaction. It is called by many goroutines.
func WithObserver(fn func(Seen)) Option { return func(d *DB) { d.observe = fn } }

// WithWriterWait sets how long a Write waits for its turn before it answers
// Unavailable. Ten seconds unless set.
func WithWriterWait(wait time.Duration) Option { return func(d *DB) { d.wait = wait } }

// Unsynced lets SQLite skip waiting for the disk. A power loss may then
// destroy the file: only for tests and throw-away copies.
func Unsynced() Option { return func(d *DB) { d.unsynced = true } }

// ForLoading opens a new SQLite file without checking references row by row;
// LoadFreely then checks them all. On PostgreSQL it changes nothing.
func ForLoading() Option { return func(d *DB) { d.loading = true } }

// Open opens the database that dsn names, "sqlite:PATH" or a "postgres://" URL,
// and proves that it answers. A SQLite file is made if it is missing, readable
// by its owner only; its folder must exist. The schema is not touched: see
// Migrate.
func Open(ctx context.Context, dsn string, options ...Option) (*DB, error) {
	d := &DB{wait: writerWait, logger: slog.Default()}
	for _, o := range options {
		o(d)
	}
	d.changes = newChanges(d.logger)
	var err error
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		err = d.openSQLite(strings.TrimPrefix(dsn, "sqlite:"))
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		err = d.openPostgres(dsn)
	default:
		// The text is not repeated: it may hold a password.
		err = errors.New("want sqlite:PATH or postgres://USER@HOST/DATABASE")
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := d.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", d.name, err), d.Close())
	}
	return d, nil
}

// Engine says which engine runs. Rooms do not ask.
func (d *DB) Engine() Engine { return d.engine }

// Name is what the database is called in messages: the path, or host and
// database name. It holds no password.
func (d *DB) Name() string { return d.name }

// Ping proves that both reading and writing connections answer.
func (d *DB) Ping(ctx context.Context) error {
	if err := d.write.PingContext(ctx); err != nil {
		return err
	}
	return d.read.PingContext(ctx)
}

// Close waits for running statements and closes all connections.
func (d *DB) Close() error {
	d.changes.end()
	return errors.Join(d.read.Close(), d.write.Close())
}

// Maintain refreshes the statistics that the planner of the engine goes by. It
// may be called often: SQLite looks at tables that have grown, and PostgreSQL,
// which also does it by itself, is asked at most once a day.
func (d *DB) Maintain(ctx context.Context) error {
	if d.engine == Postgres {
		return d.analyze(ctx)
	}
	if _, err := d.write.ExecContext(ctx, "PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002"); err != nil {
		return mapped(ctx, err)
	}
	// A connection of SQLite reads the statistics when it is opened, and never
	// again: the readers that rest are closed.
	d.read.SetMaxIdleConns(0)
	d.read.SetMaxIdleConns(readers())
	return nil
}

func (d *DB) analyze(ctx context.Context) error {
	d.analyzing.Lock()
	defer d.analyzing.Unlock()
	if !d.analyzed.IsZero() && time.Since(d.analyzed) < 24*time.Hour {
		return nil
	}
	if _, err := d.write.ExecContext(ctx, "ANALYZE"); err != nil {
		return mapped(ctx, err)
	}
	d.analyzed = time.Now()
	return nil
}

// Check prepares the statement without running it, for the test that proves
// every statement on both engines.
func (d *DB) Check(ctx context.Context, q SQL) error {
	stmt, err := d.write.PrepareContext(ctx, string(q))
	if err != nil {
		return err
	}
	return stmt.Close()
}

// readers is the size of the pool of reading connections.
func readers() int { return max(4, 2*runtime.GOMAXPROCS(0)) }
