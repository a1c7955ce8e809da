package evaluate

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/room/supply/offer"
)

// A Bench holds the programmes and the needs to measure on.
type Bench struct {
	IDs   []string // of the programmes
	Texts []string // their titles, descriptions and outcomes, each as one text
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

// query is a need as the command match asks. The column styrk08 is never looked at.
func (n Need) query(v *vocab.Index) rank.Query {
	return rank.Query{
		Text: n.Cells["text"], Linked: match.Linked(v, n.Cells["text"]),
		Level: rank.Level(n.Cells["wanted_level"]), Purpose: rank.Purpose(n.Cells["purpose"]),
	}
}

// Run prints the figures of the matcher beside those of the plain methods, on the
// needs of the folder dir and on our own. Without the folder it says so.
func Run(w io.Writer, dir string) error {
	b, err := Load(dir)
	if errors.Is(err, ErrAbsent) {
		_, err := fmt.Fprintf(w, "matching: not measured: %v\n", err)
		return err
	}
	if err != nil {
		return err
	}
	return b.report(w, dir)
}

func (b *Bench) report(w io.Writer, dir string) error {
	fmt.Fprintf(w, "matching: %d programmes, %d needs of %s, %d of our own\n\n", len(b.IDs), len(b.Dev), dir, len(b.Own))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "method\tneeds\tnDCG@5\tP@5\trecall@10\tno answer told\trefused wrongly\tneeds better/worse than char")
	chars := b.plain(newPlainChars(b.Texts), b.Dev)
	print := func(name string, o outcome) {
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%s\n", name, o.Needs, o.NDCG5, o.P5, o.Recall10, o.rest(chars))
	}
	print("plain BM25, dev", b.plain(newPlainBM25(b.Texts), b.Dev))
	print("plain char 3-5-grams, dev", chars)
	indexes := []struct{ name, data string }{{"starter vocabulary", ""}, {"with official files", filepath.Join(dir, "vocab")}}
	for _, i := range indexes {
		if _, err := os.Stat(i.data); i.data != "" && err != nil {
			continue
		}
		v, err := vocab.Load(vocab.Options{Data: i.data})
		if err != nil {
			return err
		}
		x := rank.Build(b.Docs, v)
		dev, own := b.Cases(x, v, b.Dev), b.Cases(x, v, b.Own)
		print("match, "+i.name+", dev", b.match(x, dev))
		print("match, "+i.name+", own", b.match(x, own))
		if i.data == "" {
			all, _ := b.CrossValidate(append(dev, own...), 10, DefaultFitting())
			print("10-fold weights, "+i.name+", dev", outcome{Figures: all[devSet]})
			print("10-fold weights, "+i.name+", own", outcome{Figures: all[ownSet]})
		}
	}
	return t.Flush()
}

// An outcome is what one method made of the needs.
type outcome struct {
	Figures
	byNeed        map[string]float64 // nDCG@5
	nones, silent int                // needs without an answer; those told so
	refused       int                // needs with an answer that were refused
}

// rest is what is told beside the figures: of the method's own refusals, and of
// needs where it does better or worse than another.
func (o outcome) rest(other outcome) string {
	if o.byNeed == nil {
		return "\t\t"
	}
	better, worse := 0, 0
	for id, score := range o.byNeed {
		than, ok := other.byNeed[id]
		switch {
		case ok && score > than+0.001:
			better++
		case ok && score < than-0.001:
			worse++
		}
	}
	refusals := "\t"
	if o.nones > 0 {
		refusals = fmt.Sprintf("%d of %d\t%d of %d", o.silent, o.nones, o.refused, o.Needs)
	}
	if better+worse == 0 {
		return refusals + "\t"
	}
	return fmt.Sprintf("%s\t%d/%d", refusals, better, worse)
}

// plain measures a plain method.
func (b *Bench) plain(m plain, needs []Need) outcome {
	o := outcome{byNeed: map[string]float64{}}
	for _, n := range needs {
		ranked := order(b.IDs, m.scores(n.Cells["text"]))
		o.plus(ranked, n.Grades)
		if n.Grades.Answerable() {
			o.byNeed[n.ID] = NDCG(ranked, n.Grades, 5)
		}
	}
	return o
}

// shown is how many programmes a need gets; recall is measured at ten.
const shown = 10

// match measures the matcher as the command match answers: a need that is told
// to have no answer gets no programme.
func (b *Bench) match(x *rank.Index, cases []Case) outcome {
	o := outcome{byNeed: map[string]float64{}}
	for _, c := range cases {
		var ranked []string
		hits := x.Search(c.Query, shown)
		silent := len(hits) == 0 || hits[0].Score < rank.Answers
		if !silent {
			for _, h := range hits {
				ranked = append(ranked, b.IDs[h.Doc])
			}
		}
		g := c.Need.Grades
		o.plus(ranked, g)
		switch {
		case !g.Answerable():
			o.nones++
			if silent {
				o.silent++
			}
		default:
			o.byNeed[c.ID] = NDCG(ranked, g, 5)
			if silent {
				o.refused++
			}
		}
	}
	return o
}
