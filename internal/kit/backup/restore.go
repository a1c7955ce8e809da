package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kompetansetorg/internal/kit/db"
)

// Into says where an archive is restored to.
type Into struct {
	// DSN is the database, which must be missing or empty: without tables, or
	// with no other rows than the migrations make.
	DSN string
	// Files is the folder for attachments, which must be missing or empty.
	Files      string
	Migrations fs.FS
	// Tell is told how long work goes on; it may be nil.
	Tell func(string)
}

func (in Into) say(line string) {
	if in.Tell != nil {
		in.Tell(line)
	}
}

// Restore makes the database of the archive at path. It is there whole, up to
// date with the program's migrations and proved by reading it back, or the
// target is as empty as before. Answers the sum of what the archive holds.
func Restore(ctx context.Context, path string, in Into) (sum Sum, err error) {
	file, err := os.Open(path)
	if err != nil {
		return Sum{}, err
	}
	defer file.Close()
	a, err := open(ctx, file, in.Migrations, in.Tell)
	if err != nil {
		return Sum{}, fmt.Errorf("%s: %w", path, err)
	}
	defer a.packed.Close()
	t, err := newTarget(ctx, in)
	if err != nil {
		return Sum{}, err
	}
	sum, err = t.take(ctx, a)
	if err == nil {
		err = t.keep(ctx)
	}
	if err != nil {
		// Also when the reason is that ctx has ended.
		return Sum{}, errors.Join(fmt.Errorf("%w; nothing was restored", err), t.undo(context.WithoutCancel(ctx)))
	}
	return sum, nil
}

// take loads the archive in one transaction.
func (t *target) take(ctx context.Context, a *reader) (sum Sum, err error) {
	t.loaded = a.tables
	if err := db.MigrateTo(ctx, t.db, t.in.Migrations, a.head.Schema); err != nil {
		return Sum{}, err
	}
	begun := false
	err = t.db.Write(ctx, func(tx *db.Tx) error {
		if begun { // the archive is read once only
			return errors.New("the connection to the database was lost")
		}
		begun = true
		err := db.LoadFreely(ctx, tx, func() error {
			for _, table := range a.tables { // what migrations put in
				if err := db.EmptyTable(ctx, tx, table); err != nil {
					return err
				}
			}
			sum, err = a.contents(ctx, &loading{tx: tx, target: t})
			return err
		})
		if err == nil {
			err = readBack(ctx, tx, a.tables, sum)
		}
		if err == nil {
			err = t.placeFiles()
		}
		return err
	})
	if err != nil {
		return Sum{}, err
	}
	pending, err := db.Pending(ctx, t.db, t.in.Migrations)
	if err == nil && len(pending) > 0 {
		t.in.say(fmt.Sprintf("the backup is of schema %d; it is brought up to date", a.head.Schema))
		err = db.Migrate(ctx, t.db, t.in.Migrations)
	}
	return sum, err
}

// loading puts what is read where it belongs.
type loading struct {
	tx     *db.Tx
	target *target
}

func (l *loading) rows(ctx context.Context, t db.Table, rows [][]any) error {
	return db.InsertRows(ctx, l.tx, t, rows)
}

func (l *loading) file(path string, content io.Reader) error { return l.target.stage(path, content) }

// readBack proves that the database now says what the archive says.
func readBack(ctx context.Context, tx *db.Tx, tables []db.Table, want Sum) error {
	a := &archive{}
	for i, t := range tables {
		got, err := a.table(ctx, tx, t)
		if err != nil {
			return err
		}
		if got != want.Tables[i] {
			return fmt.Errorf("table %s does not read back as the backup has it", t.Name)
		}
	}
	return nil
}

// stage writes an attachment beside its place. The root keeps it inside.
func (t *target) stage(path string, content io.Reader) error {
	if t.in.Files == "" {
		return errors.New("the backup holds attachments; say with --files where they shall lie")
	}
	if t.staged == nil {
		if err := os.Mkdir(t.stagedAt(), 0o700); err != nil {
			return err
		}
		root, err := os.OpenRoot(t.stagedAt())
		if err != nil {
			return err
		}
		t.staged = root
	}
	path = filepath.FromSlash(path)
	if err := t.staged.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := t.staged.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (t *target) stagedAt() string { return t.in.Files + ".part" }

// placeFiles moves the attachments to their place.
func (t *target) placeFiles() error {
	if t.staged == nil {
		return nil
	}
	if err := t.staged.Close(); err != nil {
		return err
	}
	if err := os.Remove(t.in.Files); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return err
	}
	if err := os.Rename(t.stagedAt(), t.in.Files); err != nil {
		return err
	}
	t.placed = true
	return syncFolder(filepath.Dir(t.in.Files))
}
