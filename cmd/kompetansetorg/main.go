// Command kompetansetorg is the whole product in one binary: the web service
// and the tools beside it. See "kompetansetorg --help".
//
// Results go to stdout without a header line, messages to stderr. The exit
// code is 0 when done, 1 when refused or broken, 2 when used wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"kompetansetorg/internal/site/settings"
)

// version is set by the linker.
var version = "dev"

// cli is every command.
type cli struct {
	Serve serveCmd `cmd:"" help:"Run the web service."`
	Audit struct {
		Verify auditVerifyCmd `cmd:"" help:"Check the audit log; names the first broken row."`
	} `cmd:"" help:"The audit log."`
	Place struct {
		Load placeLoadCmd `cmd:"" help:"Take municipality boundaries from a file, for maps."`
	} `cmd:"" help:"Places."`
	Figures struct {
		Load figuresLoadCmd `cmd:"" help:"Take somebody else's figures from a file, for the annual wheel."`
	} `cmd:"" help:"Other people's figures."`
	Compendium struct {
		Make compendiumMakeCmd `cmd:"" help:"Write the compendium of a project as a file."`
	} `cmd:"" help:"Compendiums of projects."`
	Finalreport struct {
		Make finalReportMakeCmd `cmd:"" help:"Write the final report of a project as a file."`
	} `cmd:"" help:"Final reports of projects."`
	Report struct {
		Make reportMakeCmd `cmd:"" help:"Write a report of a project on a form as a file."`
	} `cmd:"" help:"Reports of projects on fixed forms."`
	Match    matchCmd    `cmd:"" help:"Rank programmes for needs, from files."`
	Council  councilCmd  `cmd:"" help:"Councils: what an agreement means for a day."`
	Vocab    vocabCmd    `cmd:"" help:"The linker: from Norwegian text to concepts."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database's tables up to date."`
	Backup   backupCmd   `cmd:"" help:"Write database and attachments into one file, also while the service runs."`
	Restore  restoreCmd  `cmd:"" help:"Make a missing or empty database of a backup, on either engine."`
	Checksum checksumCmd `cmd:"" help:"The content hash of a database, or of a backup that is checked on the way."`
}

// database is the flag that every command that reads the database takes.
type database struct {
	Config kong.ConfigFlag `help:"${config_help}" env:"KOMPETANSETORG_CONFIG"`
	DB     string          `name:"db" help:"${db_help}" default:"${db_default}" env:"KOMPETANSETORG_DB"`
}

// Validate makes another kind of address wrong usage. It is not repeated in the
// message: it may hold a password.
func (c database) Validate() error {
	for _, prefix := range []string{"sqlite:", "postgres://", "postgresql://"} {
		if len(c.DB) > len(prefix) && strings.HasPrefix(c.DB, prefix) {
			return nil
		}
	}
	return errors.New("--db wants sqlite:PATH or postgres://USER@HOST/DATABASE")
}

// console is what a command writes to and stops by.
type console struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	settings       []settings.Value // of the command, and where each came from
}

// errRefused ends a command with exit code 1 after it has said why.
var errRefused = errors.New("refused")

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is main without the process: it answers the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exit := -1
	help, err := helpTexts()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	parser, err := kong.New(&cli{}, kong.Name("kompetansetorg"), kong.Writers(stdout, stderr),
		kong.Description("A regional competence platform: from a need to a qualified person."),
		kong.Exit(func(code int) { exit = code }), kong.UsageOnError(),
		help, kong.Configuration(loadConfig))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // help was asked for
		return exit
	}
	if err != nil {
		fmt.Fprintf(stderr, "kompetansetorg: %v\n", explain(err))
		return 2
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	err = parsed.Run(&console{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, log: log, settings: values(parsed)})
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "kompetansetorg: %v\n", err)
		return 2
	case !errors.Is(err, errRefused):
		fmt.Fprintf(stderr, "kompetansetorg: %v\n", err)
	}
	return 1
}

// errUsage marks arguments that do not go together.
var errUsage = errors.New("wrong usage")
