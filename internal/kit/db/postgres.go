package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Keys of the advisory locks, any numbers that no other program uses here.
const (
	lockWriter  = 0x6b74_0001 // held by the one Write that runs
	lockMigrate = 0x6b74_0002 // held while a node migrates
)

// takeTurn waits for the installation's other writers. The lock ends with the
// transaction. It is what makes "read, decide, write" safe at READ COMMITTED.
const takeTurn SQL = `SELECT 1 FROM pg_advisory_xact_lock($1)`

// openPostgres opens two pools, so that writers waiting for their turn never
// take the connections readers need.
func (d *DB) openPostgres(dsn string) error {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		// pgx's message repeats the address with the password masked.
		return fmt.Errorf("postgres: %w", err)
	}
	d.engine = Postgres
	d.name = net.JoinHostPort(cfg.Host, fmt.Sprint(cfg.Port)) + "/" + cfg.Database
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 5 * time.Second
	}
	settings := map[string]string{
		"application_name": "kompetansetorg",
		"timezone":         "UTC",
		// A node that hangs in a transaction must not stop the others for good.
		"idle_in_transaction_session_timeout": "30s",
		"lock_timeout":                        fmt.Sprintf("%dms", d.wait.Milliseconds()),
	}
	for key, value := range settings {
		if _, set := cfg.RuntimeParams[key]; !set {
			cfg.RuntimeParams[key] = value
		}
	}
	d.write = postgresPool(cfg, 3)
	reading := cfg.Copy()
	reading.RuntimeParams["default_transaction_read_only"] = "on"
	d.read = postgresPool(reading, 2*readers())
	d.changes.listenOn(reading)
	return nil
}

func postgresPool(cfg *pgx.ConnConfig, size int) *sql.DB {
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	return pool
}

// waitTurn takes the writers' lock on PostgreSQL. On SQLite BEGIN IMMEDIATE
// has done so already.
func (d *DB) waitTurn(ctx context.Context, tx *sql.Tx) error {
	if d.engine != Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, string(takeTurn), lockWriter)
	return err
}

// postgresTrouble tells what went wrong from a driver error, or trouble zero.
func postgresTrouble(err error) trouble {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var c *pgconn.ConnectError
		if errors.As(err, &c) {
			return trouble{kind: troubleDown}
		}
		return trouble{}
	}
	switch e.Code {
	case "23505":
		return trouble{kind: troubleUnique, constraint: e.ConstraintName}
	case "23503", "23001":
		return trouble{kind: troubleReference}
	case "40001", "40P01": // serialisation failure, deadlock
		return trouble{kind: troubleRetry}
	case "55P03", "25006": // lock timeout, read-only (a standby after a switch)
		return trouble{kind: troubleDown}
	}
	switch e.Code[:min(2, len(e.Code))] { // the class
	case "08", "53", "58": // connection, out of resources (disk full, too many), system error
		return trouble{kind: troubleDown}
	case "57":
		if e.Code != "57014" { // 57014 is our own cancelled query
			return trouble{kind: troubleDown}
		}
	}
	return trouble{}
}

// textColumns gives, for each table with texts that compare as the server's
// language has it, the statement that makes them compare by bytes.
const textColumns = `SELECT format('ALTER TABLE %I %s', c.table_name,
		string_agg(format('ALTER COLUMN %I TYPE TEXT COLLATE "C"', c.column_name), ', ' ORDER BY c.ordinal_position))
	FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
	WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type = 'text' AND c.collation_name IS NULL
		AND c.is_generated = 'NEVER'
	GROUP BY c.table_name ORDER BY c.table_name`

// compareByBytes makes new columns compare as on SQLite. A server of Norwegian
// sorting takes aa for å, so that ids would not be in the order they were made.
func (d *DB) compareByBytes(ctx context.Context) error {
	rows, err := d.write.QueryContext(ctx, textColumns)
	if err != nil {
		return mapped(ctx, err)
	}
	defer rows.Close()
	var statements []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		statements = append(statements, s)
	}
	if err := rows.Err(); err != nil {
		return mapped(ctx, err)
	}
	for _, s := range statements {
		if _, err := d.write.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("compare by bytes: %w", mapped(ctx, err))
		}
	}
	return nil
}
