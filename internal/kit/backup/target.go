package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"kompetansetorg/internal/kit/db"
)

// target is the place a restore fills: on SQLite a new file beside the one that
// is wanted, on PostgreSQL the database itself.
type target struct {
	in     Into
	db     *db.DB
	path   string // of the SQLite file wanted; empty on PostgreSQL
	staged *os.Root
	placed bool // the attachments lie where they belong
	loaded []db.Table
}

// quiet keeps to itself that the transactions of a restore are long.
var quiet = db.WithLogger(slog.New(slog.DiscardHandler))

// newTarget refuses a database or folder that holds anything.
func newTarget(ctx context.Context, in Into) (*target, error) {
	if in.Files != "" {
		if err := freeFolder(in.Files); err != nil {
			return nil, err
		}
		if err := free(in.Files + ".part"); err != nil {
			return nil, err
		}
	}
	path, isFile := strings.CutPrefix(in.DSN, "sqlite:")
	if isFile {
		return newFileTarget(ctx, in, path)
	}
	d, err := db.Open(ctx, in.DSN, quiet)
	if err != nil {
		return nil, err
	}
	t := &target{in: in, db: d}
	err = refuseFull(ctx, d, in.Migrations)
	if err == nil {
		err = t.dropTables(ctx) // empty ones, of another version perhaps
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return t, nil
}

func newFileTarget(ctx context.Context, in Into, path string) (*target, error) {
	if _, err := os.Stat(path); err == nil {
		d, err := db.Open(ctx, in.DSN, quiet)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(refuseFull(ctx, d, in.Migrations), d.Close()); err != nil {
			return nil, err
		}
	}
	if err := free(path + ".part"); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, "sqlite:"+path+".part", quiet, db.ForLoading())
	if err != nil {
		return nil, err
	}
	return &target{in: in, db: d, path: path}, nil
}

// free refuses what another restore is writing, or left when it was killed.
func free(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s exists: another restore is under way, or one was broken off; in that case remove it", path)
	}
	return nil
}

func freeFolder(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s holds files; a restore wants an empty folder or none", path)
	}
	return err
}

// refuseFull refuses a database that holds anything but what migrations make.
func refuseFull(ctx context.Context, d *db.DB, migrations fs.FS) error {
	if _, err := db.Pending(ctx, d, migrations); err != nil {
		return err
	}
	version, err := db.SchemaVersion(ctx, d)
	if err != nil {
		return err
	}
	full := fmt.Errorf("%s holds data; a backup is restored only into a missing or empty database", d.Name())
	if version == 0 {
		newest, err := db.NewestVersion(migrations)
		if err != nil {
			return err
		}
		tables, err := tablesAt(ctx, migrations, newest)
		if err != nil {
			return err
		}
		for _, t := range tables { // another program's, with our names
			if there, err := d.HasTable(ctx, t.Name); err != nil || there {
				return errors.Join(full, err)
			}
		}
		return nil
	}
	scratch, remove, err := db.Scratch(ctx, migrations, version)
	if err != nil {
		return err
	}
	defer remove()
	fresh, err := Checksum(ctx, House{DB: scratch, Migrations: migrations})
	if err != nil {
		return err
	}
	is, err := Checksum(ctx, House{DB: d, Migrations: migrations})
	if err != nil {
		return err
	}
	if is.Hash != fresh.Hash {
		return full
	}
	return nil
}

// keep ends a restore that went well.
func (t *target) keep(ctx context.Context) error {
	if err := t.db.Maintain(ctx); err != nil {
		t.in.say("the statistics for the planner are not there yet: " + err.Error())
	}
	if err := t.db.Close(); err != nil || t.path == "" {
		return err
	}
	// Of the empty database that was there; with the new file they would be
	// taken for its own.
	for _, side := range []string{"-wal", "-shm"} {
		if err := os.Remove(t.path + side); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(t.path+".part", t.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(t.path))
}

// undo leaves the target as empty as it was.
func (t *target) undo(ctx context.Context) error {
	var errs []error
	if t.path == "" {
		errs = append(errs, t.dropTables(ctx))
	}
	errs = append(errs, t.db.Close())
	if t.path != "" {
		for _, side := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(t.path + ".part" + side); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	if t.staged != nil {
		_ = t.staged.Close()
		errs = append(errs, os.RemoveAll(t.stagedAt()))
	}
	if t.placed {
		errs = append(errs, os.RemoveAll(t.in.Files))
	}
	return errors.Join(errs...)
}

func (t *target) dropTables(ctx context.Context) error {
	newest, err := db.NewestVersion(t.in.Migrations)
	if err != nil {
		return err
	}
	tables, err := tablesAt(ctx, t.in.Migrations, newest)
	if err != nil {
		return err
	}
	return db.DropTables(ctx, t.db, append(tables, t.loaded...))
}
