package main

import (
	"fmt"
	"strings"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/migrations"
)

// open opens an existing database; a command that only reads must not make one.
func (c database) open(con *console) (*db.DB, error) {
	if path, ok := strings.CutPrefix(c.DB, "sqlite:"); ok && !exists(path) {
		return nil, fmt.Errorf("no database at %s", path)
	}
	return db.Open(con.ctx, c.DB, db.WithLogger(con.log))
}

type auditVerifyCmd struct{ database }

func (c *auditVerifyCmd) Run(con *console) error {
	d, err := c.open(con)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := audit.Verify(con.ctx, d)
	if err != nil {
		return err
	}
	if report.Broken > 0 {
		fmt.Fprintf(con.stdout, "broken\t%d\n", report.Broken)
		fmt.Fprintf(con.stderr, "entry %d %s\n", report.Broken, report.Reason)
		return errRefused
	}
	fmt.Fprintf(con.stdout, "ok\t%d\n", report.Entries)
	return nil
}

type migrateCmd struct{ database }

func (c *migrateCmd) Run(con *console) error {
	d, err := db.Open(con.ctx, c.DB, db.WithLogger(con.log))
	if err != nil {
		return err
	}
	defer d.Close()
	pending, err := db.Pending(con.ctx, d, migrations.Files)
	if err != nil {
		return err
	}
	if err := db.Migrate(con.ctx, d, migrations.Files); err != nil {
		return err
	}
	for _, name := range pending {
		fmt.Fprintln(con.stdout, name)
	}
	return nil
}
