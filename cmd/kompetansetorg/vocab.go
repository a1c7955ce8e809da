package main

import (
	"fmt"
	"os"

	"kompetansetorg/internal/common/vocab"
)

// vocabCmd are the commands of the linker; they open no database.
type vocabCmd struct {
	Link vocabLinkCmd `cmd:"" help:"Link texts, one a line on stdin, to occupations: a JSON object a line."`
	Rank vocabRankCmd `cmd:"" help:"Rank the surface forms of a corpus for each query: TREC run lines."`
}

type vocabLinkCmd struct {
	Scheme   string `help:"Vocabulary to link to." default:"styrk08" enum:"styrk08,programomrade,tema"`
	Data     string `help:"Folder of official vocabulary files; any may be missing." type:"existingdir"`
	Examples string `help:"Titles with their codes, tab-separated, with a header line." type:"existingfile"`
	Top      int    `help:"Matches for each text." default:"10"`
}

func (c *vocabLinkCmd) Run(con *console) error {
	if c.Top < 1 {
		return fmt.Errorf("%w: --top is at least 1", errUsage)
	}
	x, err := vocab.Load(vocab.Options{Data: c.Data, Examples: c.Examples, Learn: true})
	if err != nil {
		return err
	}
	return vocab.LinkCommand(con.stdin, con.stdout, x, vocab.Scheme(c.Scheme), c.Top)
}

type vocabRankCmd struct {
	Corpus   string `help:"Surface forms: element, tab, form." required:"" type:"existingfile"`
	Concepts string `help:"Concepts: element, tab, concept." type:"existingfile"`
	Queries  string `help:"Queries: id, tab, text." required:"" type:"existingfile"`
	Lang     string `help:"Language of the texts." required:"" enum:"no,sv,da,en"`
	Top      int    `help:"Forms for each query." default:"100"`
}

func (c *vocabRankCmd) Run(con *console) error {
	if c.Top < 1 {
		return fmt.Errorf("%w: --top is at least 1", errUsage)
	}
	args := vocab.RankArgs{Lang: c.Lang, Top: c.Top, Tag: "kompetansetorg"}
	corpus, err := os.Open(c.Corpus)
	if err != nil {
		return err
	}
	defer corpus.Close()
	queries, err := os.Open(c.Queries)
	if err != nil {
		return err
	}
	defer queries.Close()
	args.Corpus, args.Queries = corpus, queries
	if c.Concepts != "" {
		concepts, err := os.Open(c.Concepts)
		if err != nil {
			return err
		}
		defer concepts.Close()
		args.Concepts = concepts
	}
	return vocab.RankCommand(con.stdout, args)
}
