package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"kompetansetorg/migrations"
)

// lockTemplate is the advisory lock held while the template is made, so that
// test processes running side by side make it once.
const lockTemplate = 0x6b74_0003

// admin is the connection that creates and drops databases, opened once per
// process and left to end with it.
var admin = sync.OnceValues(func() (*sql.DB, error) {
	handle, err := sql.Open("pgx", os.Getenv(EnvPostgres))
	if err != nil {
		return nil, err
	}
	handle.SetMaxOpenConns(2)
	return handle, handle.Ping()
})

// postgresTemplate makes the template, once per process, and gives its name.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	handle, err := admin()
	if err != nil {
		return "", err
	}
	name, err := templateName()
	if err != nil {
		return "", err
	}
	return name, makeTemplate(context.Background(), handle, name)
})

// postgresCopy makes a database from the template and gives its address.
func postgresCopy(t testing.TB) string {
	t.Helper()
	template, err := postgresTemplate()
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	return postgresNew(t, " TEMPLATE "+template)
}

// postgresEmpty makes a database without tables and gives its address.
func postgresEmpty(t testing.TB) string {
	t.Helper()
	return postgresNew(t, "")
}

func postgresNew(t testing.TB, template string) string {
	t.Helper()
	handle, err := admin()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails
	name := "kt_test_" + hex.EncodeToString(random)
	if _, err := handle.Exec("CREATE DATABASE " + name + template); err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	t.Cleanup(func() {
		if _, err := handle.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	dsn, err := address(name)
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// makeTemplate migrates the template database unless another process has. It
// is built under another name, so that a half-made one is never used.
func makeTemplate(ctx context.Context, handle *sql.DB, name string) (err error) {
	conn, err := handle.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lockTemplate); err != nil {
		return err
	}
	defer func() {
		_, unlock := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lockTemplate)
		err = errors.Join(err, unlock)
	}()
	var n int
	err = conn.QueryRowContext(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n)
	if err != nil || n > 0 {
		return err
	}
	building := name + "_new"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + building, "CREATE DATABASE " + building} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	dsn, err := address(building)
	if err != nil {
		return err
	}
	if err := migrate(dsn); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+building+" RENAME TO "+name)
	return err
}

// templateName is made from the contents of all migrations.
func templateName() (string, error) {
	sum := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		text, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d %s", name, len(text), text)
	}
	return "kt_template_" + hex.EncodeToString(sum.Sum(nil))[:12], nil
}

// address is that of another database on the same server.
func address(database string) (string, error) {
	u, err := url.Parse(os.Getenv(EnvPostgres))
	if err != nil {
		return "", fmt.Errorf("%s is no URL", EnvPostgres) // it may hold a password
	}
	u.Path = "/" + database
	return u.String(), nil
}
