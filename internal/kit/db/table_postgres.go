package db

import (
	"context"
	"slices"
)

const (
	// What drops the references between tables, and what makes them again.
	references SQL = `SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, c.conname) AS drops,
		format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) AS adds
		FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
		WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY t.relname, c.conname`
	// To read an archive may take longer than an ordinary transaction may rest.
	restLong SQL = `SET LOCAL idle_in_transaction_session_timeout = 0`
	dropsOf  SQL = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
)

// loadFreelyPostgres takes the references away and puts them back, which checks
// them all in one go; deferred ones would be noted row by row until the end.
func loadFreelyPostgres(ctx context.Context, tx *Tx, fn func() error) error {
	type reference struct {
		Drops string `db:"drops"`
		Adds  string `db:"adds"`
	}
	list, err := List[reference](ctx, tx, references)
	if err != nil {
		return err
	}
	if _, err := Exec(ctx, tx, restLong); err != nil {
		return err
	}
	for _, r := range list {
		if _, err := Exec(ctx, tx, SQL(r.Drops)); err != nil {
			return err
		}
	}
	if err := fn(); err != nil {
		return err
	}
	for _, r := range list {
		if _, err := Exec(ctx, tx, SQL(r.Adds)); err != nil {
			return err
		}
	}
	return nil
}

// DropTables takes away the tables and the note of what was migrated, so that
// the database is as before its first migration. Tables that are not there are
// fine. On PostgreSQL only: a SQLite database is a file.
func DropTables(ctx context.Context, d *DB, tables []Table) error {
	return d.Write(ctx, func(tx *Tx) error {
		there, err := List[string](ctx, tx, dropsOf)
		if err != nil {
			return err
		}
		for _, t := range append(slices.Clone(tables), Table{Name: versionTable}) {
			if !slices.Contains(there, t.Name) {
				continue
			}
			there = slices.DeleteFunc(there, func(name string) bool { return name == t.Name })
			if _, err := Exec(ctx, tx, SQL("DROP TABLE "+quoted(t.Name)+" CASCADE")); err != nil {
				return err
			}
		}
		return nil
	})
}
