package evaluate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/room/supply/offer"
)

// A Bench holds the programmes and the needs to measure on.
type Bench struct {
	IDs   []string // of the programmes
	Texts []string // their titles, descriptions and outcomes as one text
	Docs  []rank.Document
	Dev   []Need // of the folder
	Own   []Need // of this project
}

// Load reads the programmes and needs of the folder matching under dir, and our
// own needs. Without the folder it answers ErrAbsent.
func Load(dir string) (*Bench, error) {
	dir = filepath.Join(dir, "matching")
	b := &Bench{}
	var err error
	if b.Dev, err = readNeeds(dir); err != nil {
		return nil, err
	}
	if b.Own, err = readOwn(strings.NewReader(ownNeeds)); err != nil {
		return nil, err
	}
	programmes, err := os.Open(filepath.Join(dir, "programmes.tsv"))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	rows, _, err := offer.LoadTSV(programmes, strings.NewReader(""))
	if err = errors.Join(err, programmes.Close()); err != nil {
		return nil, err
	}
	for _, r := range rows {
		text := r.Programme.Title.NB + " " + r.Programme.Description.NB
		for _, o := range r.Programme.Outcomes {
			text += " " + o.NB
		}
		b.IDs, b.Texts = append(b.IDs, r.ID), append(b.Texts, text)
		b.Docs = append(b.Docs, match.DocumentOf(&r.Programme))
	}
	return b, nil
}

// query is a need as the matcher is asked. The column styrk08 is never looked at.
func (n Need) query(v *vocab.Index) rank.Query {
	return rank.Query{
		Text: n.Cells["text"], Linked: v.Link(n.Cells["text"], vocab.LinkOptions{}),
		Level:   rank.Level(n.Cells["wanted_level"]),
		Purpose: rank.Purpose(n.Cells["purpose"]),
	}
}
