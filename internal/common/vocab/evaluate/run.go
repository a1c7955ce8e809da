package evaluate

import (
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"kompetansetorg/internal/common/vocab"
)

//go:embed testdata/texts.tsv
var ownTexts embed.FS

// Own returns our own texts: written for the project, of the kinds of the shared free texts.
func Own() ([]Row, error) {
	f, err := ownTexts.Open("testdata/texts.tsv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readRows(f, columns{"text", "styrk08", "kind"})
}

// A set is a file of texts with known groups below the data folder.
type set struct {
	name, file string
	columns    columns
}

var (
	titleSet = set{"titles", "eval/titles_styrk08_dev.tsv", columns{"tittel", "styrk08", ""}}
	freeSet  = set{"free texts", "freetext/freetext_styrk08_dev.tsv", columns{"text", "styrk08", "kind"}}
	needSet  = set{"needs", "matching/needs_dev.tsv", columns{"text", "styrk08", ""}}
)

// Run measures every set below dir with the starter vocabulary, with the official files, and
// with half of the titles as examples, and writes a line for each.
func Run(w io.Writer, dir string) error {
	titles, err := titleSet.read(dir)
	if err != nil {
		fmt.Fprintf(w, "skipped: %s: %v\n", titleSet.name, err)
	}
	examples, unseen := Halves(titles)
	own, err := Own()
	if err != nil {
		return err
	}
	sets := []struct {
		name string
		rows []Row
	}{{"own texts", own}, {"titles, half", unseen}}
	for _, s := range []set{freeSet, needSet} {
		rows, err := s.read(dir)
		if err != nil {
			fmt.Fprintf(w, "skipped: %s: %v\n", s.name, err)
			continue
		}
		sets = append(sets, struct {
			name string
			rows []Row
		}{s.name, rows})
	}
	runs, clean, err := indexes(w, dir, examples)
	if err != nil {
		return err
	}
	defer clean()
	for _, run := range runs {
		began := time.Now()
		x, err := vocab.Load(run.options)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: loaded in %.1f s\n", run.name, time.Since(began).Seconds())
		for _, s := range sets {
			if len(s.rows) > 0 {
				fmt.Fprintf(w, "  %-13s %s\n", s.name, Measure(x, s.rows))
			}
		}
	}
	return melo(w, dir)
}

type run struct {
	name    string
	options vocab.Options
}

// indexes returns the indexes to measure; clean removes the file of examples.
func indexes(w io.Writer, dir string, examples []Row) (runs []run, clean func(), err error) {
	clean = func() {}
	runs = []run{{"starter", vocab.Options{}}, {"starter, learned", vocab.Options{Learn: true}}}
	official := filepath.Join(dir, "vocab")
	if _, err := os.Stat(official); err != nil {
		fmt.Fprintf(w, "skipped: official files: %v\n", err)
		return runs, clean, nil
	}
	runs = append(runs, run{"official files, learned", vocab.Options{Data: official, Learn: true}})
	if len(examples) == 0 {
		return runs, clean, nil
	}
	file, err := WriteExamples(examples)
	if err != nil {
		return nil, clean, err
	}
	runs = append(runs, run{"official files and half the titles, learned", vocab.Options{Data: official, Examples: file, Learn: true}})
	return runs, func() { os.Remove(file) }, nil
}

func melo(w io.Writer, dir string) error {
	for lang, folder := range map[string]string{"sv": "swe_q_sv_c_sv"} {
		path := filepath.Join(dir, "eval", "melo", folder)
		if _, err := os.Stat(path); err != nil {
			fmt.Fprintf(w, "skipped: MELO %s: %v\n", lang, err)
			continue
		}
		m, err := Melo(path, lang)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "MELO %s: %s\n", lang, m)
	}
	return nil
}

func (s set) read(dir string) ([]Row, error) {
	f, err := os.Open(filepath.Join(dir, s.file))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readRows(f, s.columns)
}

// WriteExamples writes rows to a temporary file in the format of vocab's examples.
func WriteExamples(rows []Row) (file string, err error) {
	f, err := os.CreateTemp("", "examples-*.tsv")
	if err != nil {
		return "", err
	}
	fmt.Fprintln(f, "title\tcodes")
	for _, r := range rows {
		fmt.Fprintf(f, "%s\t", r.Text)
		for i, code := range r.Codes {
			if i > 0 {
				fmt.Fprint(f, ",")
			}
			fmt.Fprint(f, code)
		}
		fmt.Fprintln(f)
	}
	return f.Name(), f.Close()
}
