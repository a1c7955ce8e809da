package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/offer"
)

// matchCmd ranks programmes for needs from files; it opens no database. Only
// content counts: place, time and form order a programme's offerings, but never
// drop a programme here.
type matchCmd struct {
	Programmes string `help:"Programmes, tab-separated with a header line." required:"" type:"existingfile"`
	Offerings  string `help:"Offerings, tab-separated with a header line." required:"" type:"existingfile"`
	Needs      string `help:"Needs, tab-separated with a header line." required:"" type:"existingfile"`
	Data       string `help:"Folder of official vocabulary files; any may be missing." type:"existingdir"`
	Top        int    `help:"Programmes for each need." default:"10"`
	Today      string `help:"The day the offerings are looked at, 2026-11-21. Content does not depend on it."`
}

// day is checked although the ranking does not depend on it: a wrong day is a
// wrong call.
func (c *matchCmd) day() error {
	if c.Today == "" {
		return nil
	}
	if _, err := clock.ParseDate(c.Today); err != nil {
		return fmt.Errorf("%w: --today %q is no date", errUsage, c.Today)
	}
	return nil
}

func (c *matchCmd) Run(con *console) error {
	if c.Top < 1 {
		return fmt.Errorf("%w: --top is at least 1", errUsage)
	}
	if err := c.day(); err != nil {
		return err
	}
	programmes, err := c.programmes()
	if err != nil {
		return err
	}
	v, err := vocab.Load(vocab.Options{Data: c.Data})
	if err != nil {
		return err
	}
	docs := make([]rank.Document, len(programmes))
	for i := range programmes {
		docs[i] = match.DocumentOf(&programmes[i].Programme)
	}
	index := rank.Build(docs, v)
	needs, err := os.Open(c.Needs)
	if err != nil {
		return err
	}
	defer needs.Close()
	out := bufio.NewWriter(con.stdout)
	err = offer.EachRow(needs, func(line int, row offer.Row) error {
		id := strings.TrimSpace(row.Cell("id"))
		if id == "" {
			fmt.Fprintf(con.stderr, "kompetansetorg: needs line %d: no id, passed over\n", line)
			return nil
		}
		q := rank.Query{Text: row.Cell("text"), Level: rank.Level(row.Cell("wanted_level")), Purpose: rank.Purpose(row.Cell("purpose")),
			Linked: match.Linked(v, row.Cell("text"))}
		if isNoNeed(q.Linked) {
			return write(out, id, nil, programmes)
		}
		return write(out, id, index.Search(q, c.Top), programmes)
	})
	return errors.Join(err, out.Flush())
}

func (c *matchCmd) programmes() ([]offer.ProgrammeRow, error) {
	programmes, err := os.Open(c.Programmes)
	if err != nil {
		return nil, err
	}
	defer programmes.Close()
	offerings, err := os.Open(c.Offerings)
	if err != nil {
		return nil, err
	}
	defer offerings.Close()
	list, _, err := offer.LoadTSV(programmes, offerings)
	// What has no id cannot be told.
	return slices.DeleteFunc(list, func(p offer.ProgrammeRow) bool { return p.ID == "" }), err
}

// A text is no need when it says nothing of one and much of something else: a
// question, a greeting, a complaint. A need told badly gets the benefit.
const (
	unlikelyNeed = 0.1
	clearlyOther = 0.8
)

func isNoNeed(r vocab.Result) bool {
	return r.Need < unlikelyNeed && r.Signals.NonNeed >= clearlyOther
}

// write tells the programmes that answer a need, best first; a need that
// nothing answers gets one line that says so.
func write(out *bufio.Writer, need string, hits []rank.Hit, programmes []offer.ProgrammeRow) error {
	if len(hits) == 0 || hits[0].Score < rank.Answers {
		_, err := fmt.Fprintf(out, "%s\t-\t0\t0\n", need)
		return err
	}
	for i, h := range hits {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%d\t%.6f\n", need, programmes[h.Doc].ID, i+1, h.Score); err != nil {
			return err
		}
	}
	return nil
}
