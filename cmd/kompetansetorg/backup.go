package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"kompetansetorg/internal/kit/backup"
	"kompetansetorg/migrations"
)

// storage is the flags of commands that read database and attachments.
type storage struct {
	database
	Files string `help:"${files_help}" env:"KOMPETANSETORG_FILES"`
}

// folder is where attachments lie; empty on PostgreSQL unless it is set.
func (s storage) folder() string {
	path, isFile := strings.CutPrefix(s.DB, "sqlite:")
	if s.Files == "" && isFile {
		return path + ".files"
	}
	return s.Files
}

// house opens the storage for reading.
func (s storage) house(con *console) (backup.House, error) {
	if s.Files != "" && !exists(s.Files) {
		return backup.House{}, fmt.Errorf("no folder of attachments at %s", s.Files)
	}
	silent := *con // of transactions that are long on purpose
	silent.log = slog.New(slog.DiscardHandler)
	d, err := s.open(&silent)
	if err != nil {
		return backup.House{}, err
	}
	if s.folder() == "" {
		fmt.Fprintln(con.stderr, "No folder of attachments is named with --files: the database alone is read.")
	}
	return backup.House{DB: d, Files: s.folder(), Migrations: migrations.Files, Program: version, Tell: con.tell}, nil
}

// tell writes a line about long work.
func (con *console) tell(line string) { fmt.Fprintln(con.stderr, line) }

// done prints the outcome: ok, rows, content hash.
func (con *console) done(sum backup.Sum) {
	fmt.Fprintf(con.stdout, "ok\t%d\t%s\n", sum.Rows, sum.Hash)
	if sum.Files.Count > 0 {
		fmt.Fprintf(con.stderr, "%d attachments, %d bytes\n", sum.Files.Count, sum.Files.Bytes)
	}
}

type backupCmd struct {
	storage
	File string `arg:"" help:"The file to write. It must not exist."`
}

// Run prints "ok", the number of rows and the content hash.
func (c *backupCmd) Run(con *console) error {
	h, err := c.house(con)
	if err != nil {
		return err
	}
	defer h.DB.Close()
	sum, err := backup.Create(con.ctx, c.File, h)
	if err != nil {
		return err
	}
	con.done(sum)
	return nil
}

type restoreCmd struct {
	storage
	File string `arg:"" help:"A file that backup wrote." type:"existingfile"`
}

// Run prints the same line as the backup did.
func (c *restoreCmd) Run(con *console) error {
	sum, err := backup.Restore(con.ctx, c.File, backup.Into{DSN: c.DB, Files: c.folder(), Migrations: migrations.Files, Tell: con.tell})
	if err != nil {
		return err
	}
	con.done(sum)
	return nil
}

type checksumCmd struct {
	storage
	File string `arg:"" optional:"" help:"A backup to read through and check. Without it the database is read." type:"existingfile"`
}

// Run prints the line that a backup made now, or the backup read, has.
func (c *checksumCmd) Run(con *console) error {
	sum, err := c.sum(con)
	if err != nil {
		return err
	}
	con.done(sum)
	return nil
}

func (c *checksumCmd) sum(con *console) (backup.Sum, error) {
	if c.File != "" {
		file, err := os.Open(c.File)
		if err != nil {
			return backup.Sum{}, err
		}
		defer file.Close()
		return backup.Verify(con.ctx, file, migrations.Files, con.tell)
	}
	h, err := c.house(con)
	if err != nil {
		return backup.Sum{}, err
	}
	defer h.DB.Close()
	return backup.Checksum(con.ctx, h)
}
