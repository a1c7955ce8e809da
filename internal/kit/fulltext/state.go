package fulltext

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	createState db.SQL = `CREATE TABLE IF NOT EXISTS search_state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)`
	createWords db.SQL = `CREATE TABLE IF NOT EXISTS search_word (word TEXT NOT NULL PRIMARY KEY, letters BIGINT NOT NULL)`
	indexWords  db.SQL = `CREATE INDEX IF NOT EXISTS search_word_letters ON search_word (letters, word)`
	createQueue db.SQL = `CREATE TABLE IF NOT EXISTS search_queue (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))`
	dropWords   db.SQL = `DROP TABLE IF EXISTS search_word`
	dropQueue   db.SQL = `DROP TABLE IF EXISTS search_queue`
	emptyState  db.SQL = `DELETE FROM search_state`

	getState db.SQL = `SELECT value FROM search_state WHERE name = $1`
	setState db.SQL = `INSERT INTO search_state (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`

	insertWord db.SQL = `INSERT INTO search_word (word, letters) VALUES ($1, $2) ON CONFLICT (word) DO NOTHING`
	wordsOf    db.SQL = `SELECT word FROM search_word WHERE letters BETWEEN $1 AND $2`

	enqueue  db.SQL = `INSERT INTO search_queue (kind, id) VALUES ($1, $2) ON CONFLICT (kind, id) DO NOTHING`
	queued   db.SQL = `SELECT kind, id FROM search_queue ORDER BY kind, id LIMIT 25`
	dequeue  db.SQL = `DELETE FROM search_queue WHERE kind = $1 AND id = $2`
	anyQueue db.SQL = `SELECT COUNT(*) FROM (SELECT kind FROM search_queue ORDER BY kind, id LIMIT 1) AS q`
)

// layout is the version of the tables; with the caller's version it tells
// whether an index can be used.
const layout = "2"

const stateVersion = "version"

func each(ctx context.Context, tx *db.Tx, statements ...db.SQL) error {
	for _, s := range statements {
		if _, err := db.Exec(ctx, tx, s); err != nil {
			return err
		}
	}
	return nil
}

// Ensure makes an empty index unless there is one of the version, which the
// caller raises when it makes other tokens of the same text. It answers whether
// the index is new, and so has to be filled.
func Ensure(ctx context.Context, d *db.DB, version string) (fresh bool, err error) {
	version = layout + "." + version
	there, err := d.HasTable(ctx, "search_state")
	if err == nil && there {
		var now string
		err = d.Read(ctx, func(tx *db.Tx) error { now, err = State(ctx, tx, stateVersion); return err })
		if err == nil && now == version {
			return false, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("fulltext: ensure: %w", err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		if err := each(ctx, tx, createState); err != nil {
			return err
		}
		if now, err := State(ctx, tx, stateVersion); err != nil || now == version {
			fresh = false // another node was first
			return err
		}
		fresh = true
		return reset(ctx, tx, version)
	})
	if err != nil {
		return false, fmt.Errorf("fulltext: ensure: %w", err)
	}
	return fresh, nil
}

// Reset empties the index and everything kept beside it.
func Reset(ctx context.Context, tx *db.Tx) error {
	version, err := State(ctx, tx, stateVersion)
	if err == nil {
		err = reset(ctx, tx, version)
	}
	if err != nil {
		return fmt.Errorf("fulltext: reset: %w", err)
	}
	return nil
}

func reset(ctx context.Context, tx *db.Tx, version string) error {
	e := engineOf(tx.Engine())
	if err := e.drop(ctx, tx); err != nil {
		return err
	}
	if err := each(ctx, tx, dropWords, dropQueue, emptyState, createWords, indexWords, createQueue); err != nil {
		return err
	}
	if err := e.create(ctx, tx); err != nil {
		return err
	}
	return SetState(ctx, tx, stateVersion, version)
}

// State is what SetState kept under the name, empty for nothing.
func State(ctx context.Context, tx *db.Tx, name string) (string, error) {
	value, err := db.Get[string](ctx, tx, getState, name)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return value, err
}

// SetState keeps a value beside the index; it is lost when the index is made
// anew.
func SetState(ctx context.Context, tx *db.Tx, name, value string) error {
	_, err := db.Exec(ctx, tx, setState, name, value)
	return err
}

// Enqueue notes documents that have to be put anew.
func Enqueue(ctx context.Context, tx *db.Tx, refs ...Ref) error {
	for _, r := range refs {
		if _, err := db.Exec(ctx, tx, enqueue, r.Kind, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// Queued takes up to 25 documents off the queue.
func Queued(ctx context.Context, tx *db.Tx) ([]Ref, error) {
	refs, err := db.List[Ref](ctx, tx, queued)
	for _, r := range refs {
		if err == nil {
			_, err = db.Exec(ctx, tx, dequeue, r.Kind, r.ID)
		}
	}
	return refs, err
}

// HasQueued reports whether any document waits.
func HasQueued(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := db.Scalar[int64](ctx, tx, anyQueue)
	return n > 0, err
}
