package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/site"
)

// paperOfProject is what both commands that write a paper of a project are given.
type paperOfProject struct {
	database
	Out     string `required:"" help:"The file to write; its name ends in .pdf, .docx or .html." type:"path"`
	Project string `help:"The id of the project; that with most sub-projects when left out."`
	Lang    string `help:"Language of the words that are not the project's own." default:"nb" enum:"nb,nn,en"`
}

// compendiumMakeCmd writes the compendium of a project. Entries that are missing are marked in
// it, and are no error.
type compendiumMakeCmd struct{ paperOfProject }

func (c *compendiumMakeCmd) Run(con *console) error { return c.write(con, site.Compendium) }

// finalReportMakeCmd writes the final report of a project. Chapters that are missing are marked
// in it, and are no error.
type finalReportMakeCmd struct{ paperOfProject }

func (c *finalReportMakeCmd) Run(con *console) error { return c.write(con, site.FinalReport) }

// reportMakeCmd writes a report of a project on a form. Answers that are missing are marked in it,
// and are no error.
type reportMakeCmd struct {
	paperOfProject
	Form string `required:"" help:"The short name of the form, such as bolyst-2013."`
}

// Run writes the newest report of the project on the form, or what the register would fill in.
func (c *reportMakeCmd) Run(con *console) error {
	return c.write(con, func(ctx context.Context, d *db.DB, now clock.Clock, lang i18n.Lang, project string) (paper.Document, error) {
		doc, err := site.Report(ctx, d, now, lang, project, c.Form)
		if fault.Is(err, fault.NotFound) && project == "" {
			err = fmt.Errorf("no report: the register of projects is empty, or there is no form %q in use", c.Form)
		}
		return doc, err
	})
}

// maker makes a paper of a project, or NotFound.
type maker func(ctx context.Context, d *db.DB, now clock.Clock, lang i18n.Lang, project string) (paper.Document, error)

func (c *paperOfProject) write(con *console, make maker) error {
	if err := printable(c.Out); err != nil {
		return err
	}
	d, err := c.open(con)
	if err != nil {
		return err
	}
	defer d.Close()
	doc, err := make(con.ctx, d, clock.Clock(time.Now), i18n.Lang(c.Lang), c.Project)
	if fault.Is(err, fault.NotFound) {
		return fmt.Errorf("no such project: the register of projects is empty, or has no %q that such a paper is made of", c.Project)
	}
	if err != nil {
		return err
	}
	return printTo(con.ctx, doc, c.Out)
}

// printable refuses a file that cannot be written as a paper.
func printable(out string) error {
	switch strings.ToLower(filepath.Ext(out)) {
	case ".pdf", ".docx", ".html":
		return nil
	}
	return fmt.Errorf("%w: --out ends in .pdf, .docx or .html", errUsage)
}

// printTo writes the document as its name ends.
func printTo(ctx context.Context, doc paper.Document, out string) error {
	tools := paper.NewTools(paper.Limits{})
	var data []byte
	var err error
	switch strings.ToLower(filepath.Ext(out)) {
	case ".pdf":
		data, err = tools.PDF(ctx, doc)
	case ".docx":
		data, err = tools.DOCX(ctx, doc)
	default:
		data, err = doc.HTML()
	}
	if err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}
