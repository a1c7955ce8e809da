package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
)

// versionTable is where goose notes what has been applied.
const versionTable = "schema_version"

// oneVersion lets a migration be noted once only. When two processes migrate
// one SQLite file at the same time, the second one's transaction fails whole,
// its tables and rows included. (PostgreSQL has a lock besides.)
const oneVersion SQL = `CREATE UNIQUE INDEX IF NOT EXISTS schema_version_version_id_key ON schema_version (version_id)`

// ErrNewerSchema means that the database was migrated by a later release.
var ErrNewerSchema = errors.New("the database was migrated by a newer release of the program")

// Migrate applies the migrations of files that the database lacks, oldest
// first, each in its own transaction. Several nodes may call it at the same
// time. A database from a newer release is refused (ErrNewerSchema).
func Migrate(ctx context.Context, d *DB, files fs.FS) error {
	names, err := Pending(ctx, d, files)
	if err != nil || len(names) == 0 {
		return err
	}
	handle, finish, err := d.migrating(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	err = d.up(ctx, handle, files)
	if err == nil && d.engine == Postgres {
		err = d.compareByBytes(ctx)
	}
	return errors.Join(err, finish())
}

// MigrateTo applies the migrations of files up to and with the version, for a
// database that has to be as an earlier release left it.
func MigrateTo(ctx context.Context, d *DB, files fs.FS, version int64) error {
	return Migrate(ctx, d, older{files, version})
}

// older shows the migrations up to and with a version.
type older struct {
	fs.FS
	version int64
}

// ReadDir leaves out the files of later versions.
func (o older) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		version, err := goose.NumericComponent(e.Name())
		return err == nil && version > o.version
	}), err
}

// SchemaVersion is the newest migration that the database has, 0 for none.
func SchemaVersion(ctx context.Context, d *DB) (newest int64, err error) {
	applied, err := d.applied(ctx)
	for version := range applied {
		newest = max(newest, version)
	}
	return newest, err
}

// NewestVersion is the newest migration in files, 0 for none.
func NewestVersion(files fs.FS) (newest int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		newest = max(newest, version)
	}
	return newest, err
}

// Pending lists the file names of the migrations the database lacks, oldest
// first. A database from a newer release is ErrNewerSchema.
func Pending(ctx context.Context, d *DB, files fs.FS) ([]string, error) {
	sources, err := sourcesOf(d.engine, d.write, files)
	if err != nil || len(sources) == 0 {
		return nil, err
	}
	applied, err := d.applied(ctx)
	if err != nil {
		return nil, fmt.Errorf("pending migrations: %w", err)
	}
	newest := sources[len(sources)-1].Version
	var names []string
	for _, s := range sources {
		if !applied[s.Version] {
			names = append(names, path.Base(s.Path))
		}
		delete(applied, s.Version)
	}
	for version := range applied {
		if version > newest {
			return nil, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewerSchema, version, newest)
		}
	}
	return names, nil
}

func (d *DB) applied(ctx context.Context) (map[int64]bool, error) {
	applied := map[int64]bool{}
	exists, err := d.HasTable(ctx, versionTable)
	if err != nil || !exists {
		return applied, err
	}
	rows, err := d.write.QueryContext(ctx, "SELECT version_id FROM schema_version WHERE is_applied ORDER BY id")
	if err != nil {
		return nil, mapped(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		applied[version] = true
	}
	return applied, rows.Err()
}

// HasTable reports whether the database has a table of the name.
func (d *DB) HasTable(ctx context.Context, name string) (bool, error) {
	question := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1"
	if d.engine == Postgres {
		question = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
	}
	var n int
	err := d.write.QueryRowContext(ctx, question, name).Scan(&n)
	return n > 0, mapped(ctx, err)
}

// migrating gives the connection migrations run on and what ends it.
func (d *DB) migrating(ctx context.Context) (handle *sql.DB, finish func() error, err error) {
	if d.engine == SQLite {
		return d.migratingSQLite(ctx)
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, nil, mapped(ctx, err)
	}
	// Without this limit: another node may be at it for minutes.
	for _, statement := range []string{"SET lock_timeout = 0", fmt.Sprintf("SELECT pg_advisory_lock(%d)", lockMigrate)} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return nil, nil, errors.Join(mapped(ctx, err), conn.Close())
		}
	}
	return d.write, func() error {
		// Closing the session for good also gives back the lock and the limit.
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		return ignoreDone(conn.Close())
	}, nil
}

// migratingSQLite opens the file once more with foreign keys off, since
// rebuilding a table that others refer to would delete their rows otherwise,
// and at the end checks that every reference still holds.
func (d *DB) migratingSQLite(ctx context.Context) (*sql.DB, func() error, error) {
	handle, err := sql.Open("sqlite", d.sqliteURL("_txlock=immediate", "_pragma=foreign_keys(0)"))
	if err != nil {
		return nil, nil, err
	}
	handle.SetMaxOpenConns(1)
	return handle, func() error {
		var n int
		err := handle.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&n)
		if err == nil && n > 0 {
			err = fmt.Errorf("migrate: %d rows refer to what is not there; restore the backup", n)
		}
		return errors.Join(err, handle.Close())
	}, nil
}

// up runs goose, again when another process was faster with some of the
// migrations.
func (d *DB) up(ctx context.Context, handle *sql.DB, files fs.FS) error {
	before := -1
	for {
		err := d.upOnce(ctx, handle, files)
		if err == nil {
			return nil
		}
		left, pendingErr := Pending(ctx, d, files)
		if pendingErr != nil || ctx.Err() != nil {
			return errors.Join(fmt.Errorf("migrate: %w", err), pendingErr)
		}
		if len(left) == 0 {
			return nil
		}
		if len(left) == before { // nobody made progress: it is our own trouble
			return fmt.Errorf("migrate: %w", mapped(ctx, err))
		}
		before = len(left)
		time.Sleep(20 * time.Millisecond)
	}
}

func (d *DB) upOnce(ctx context.Context, handle *sql.DB, files fs.FS) error {
	provider, err := newProvider(d.engine, handle, files)
	if err != nil {
		return err
	}
	// Makes the version table when there is none.
	if _, err := provider.GetDBVersion(ctx); err != nil {
		return err
	}
	if _, err := handle.ExecContext(ctx, string(oneVersion)); err != nil {
		return err
	}
	results, err := provider.Up(ctx)
	for _, r := range results {
		d.logger.InfoContext(ctx, "migrated", "file", path.Base(r.Source.Path), "took", r.Duration.Round(time.Millisecond))
	}
	return err
}

func newProvider(engine Engine, handle *sql.DB, files fs.FS) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if engine == Postgres {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, handle, files,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
}

// sourcesOf lists the migrations in files, oldest first; none is fine.
func sourcesOf(engine Engine, handle *sql.DB, files fs.FS) ([]*goose.Source, error) {
	provider, err := newProvider(engine, handle, files)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return provider.ListSources(), nil
}
