package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/rank"
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

func (c *matchCmd) Run(con *console) error {
	if c.Top < 1 {
		return fmt.Errorf("%w: --top is at least 1", errUsage)
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
	err = offer.EachRow(needs, func(_ int, row offer.Row) error {
		q := rank.Query{Text: row.Cell("text"), Level: rank.Level(row.Cell("wanted_level")), Purpose: rank.Purpose(row.Cell("purpose")),
			Linked: v.Link(row.Cell("text"), vocab.LinkOptions{})}
		return write(out, row.Cell("id"), index.Search(q, c.Top), programmes)
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
	return list, err
}

// write tells the programmes that answer a need, best first; a need that
// nothing answers gets one line that says so.
func write(out *bufio.Writer, need string, hits []rank.Hit, programmes []offer.ProgrammeRow) error {
	if len(hits) == 0 || hits[0].Score < rank.Answers {
		_, err := fmt.Fprintf(out, "%s\t-\t0\t0\n", strings.TrimSpace(need))
		return err
	}
	for i, h := range hits {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%d\t%.6f\n", strings.TrimSpace(need), programmes[h.Doc].ID, i+1, h.Score); err != nil {
			return err
		}
	}
	return nil
}
