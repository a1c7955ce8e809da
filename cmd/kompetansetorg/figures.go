package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/migrations"
)

// figuresLoadCmd takes somebody else's figures, such as NAV's survey of companies, so
// that inputs of the annual wheel can cite them. They are never part of our own counts.
type figuresLoadCmd struct {
	database
	File    string `arg:"" help:"CSV or XLSX with the columns aar, yrkekode and yrke, and a column for each area." type:"existingfile"`
	Title   string `required:"" help:"What the figures are, as readers see it."`
	Owner   string `required:"" help:"Whose they are."`
	Licence string `help:"On what terms they may be used."`
	Check   bool   `help:"Read the file and say what is wrong; keep nothing."`
}

// Run prints the id of the source. What is wrong is told row by row on stderr, and then
// nothing is kept.
func (c *figuresLoadCmd) Run(con *console) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	read, err := figure.Parse(filepath.Base(c.File), file, info.Size())
	if err != nil {
		return err
	}
	for _, w := range read.Wrong {
		fmt.Fprintln(con.stderr, w)
	}
	if len(read.Wrong) > 0 {
		return fmt.Errorf("%d rows are wrong; nothing is kept", len(read.Wrong))
	}
	if c.Check {
		fmt.Fprintf(con.stderr, "%d figures of %d\n", len(read.Figures), read.Year)
		return nil
	}
	d, err := db.Open(con.ctx, c.DB, db.WithLogger(con.log))
	if err != nil {
		return err
	}
	defer d.Close()
	if err := db.Migrate(con.ctx, d, migrations.Files); err != nil {
		return err
	}
	return d.Write(con.ctx, func(tx *db.Tx) error {
		id, err := figure.Store(con.ctx, tx, clock.At(time.Now()), access.SystemActor("figures-load"), figure.Source{Title: c.Title, Owner: c.Owner, Licence: c.Licence}, read)
		if err == nil {
			fmt.Fprintln(con.stdout, id)
		}
		return err
	})
}
