package evaluate

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
)

// A Row is one text with the unit groups an annotator accepts for it.
type Row struct {
	ID    string
	Text  string
	Codes []string // most natural first; empty = none can be inferred
	Kind  string   // title, need, nynorsk, noisy, multi, none; "" where the set has no kinds
}

// ReadTable reads a tab-separated file with a header and returns its rows by column name.
func ReadTable(r io.Reader) ([]map[string]string, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	var head []string
	var rows []map[string]string
	for lines.Scan() {
		cells := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if head == nil {
			head = cells
			continue
		}
		row := map[string]string{}
		for i, name := range head {
			if i < len(cells) {
				row[name] = cells[i]
			}
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}

// ReadRows reads an evaluation set; text, code and kind are the names of its columns.
func ReadRows(file, text, code, kind string) (rows []Row, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	table, err := ReadTable(f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, row := range table {
		codes := strings.FieldsFunc(row[code], func(r rune) bool { return r == ',' || r == ' ' })
		rows = append(rows, Row{ID: row["id"], Text: row[text], Codes: codes, Kind: row[kind]})
	}
	return rows, nil
}

// Halves splits rows in two by a hash of the text, so that the split survives added rows.
func Halves(rows []Row) (a, b []Row) {
	for _, r := range rows {
		h := fnv.New32a()
		h.Write([]byte(r.Text))
		if h.Sum32()>>7&1 == 0 {
			a = append(a, r)
		} else {
			b = append(b, r)
		}
	}
	return a, b
}

// Figures are the measures of one run.
type Figures struct {
	N       int     // texts with one meaning: every kind but multi and none
	A1, A5  float64 // share with a right code first, among the first five
	MRR     float64 // mean of 1/rank of the first right code
	Recall5 float64 // multi: share of the codes among the first five
	None    float64 // none: share answered "no match"
	Kept    float64 // the others: share still answered
	Misses  []string
}

func (f Figures) String() string {
	return fmt.Sprintf("n=%d A@1=%.3f A@5=%.3f MRR=%.3f multi R@5=%.3f none=%.3f kept=%.3f", f.N, f.A1, f.A5, f.MRR, f.Recall5, f.None, f.Kept)
}

// Measure links each row's text to unit groups and compares.
func Measure(x *vocab.Index, rows []Row) Figures {
	var f Figures
	var multi, none, others, kept, silent int
	for _, row := range rows {
		r := x.Link(row.Text, vocab.LinkOptions{Schemes: []vocab.Scheme{vocab.Styrk08}, Top: 20})
		if len(row.Codes) == 0 {
			none++
			if !r.Confident {
				silent++
			} else {
				f.Misses = append(f.Misses, fmt.Sprintf("none %.2f %q -> %s", r.Need, row.Text, codesOf(r, 1)))
			}
			continue
		}
		others++
		if r.Confident {
			kept++
		} else {
			f.Misses = append(f.Misses, fmt.Sprintf("lost %.2f %q", r.Need, row.Text))
		}
		if row.Kind == "multi" {
			multi++
			f.Recall5 += recall(r, row.Codes)
			continue
		}
		f.N++
		rank := 0
		for i, m := range r.Matches {
			if slices.Contains(row.Codes, m.Code) {
				rank = i + 1
				break
			}
		}
		if rank == 1 {
			f.A1++
		} else {
			f.Misses = append(f.Misses, fmt.Sprintf("%2d %q want %v got %s", rank, row.Text, row.Codes, codesOf(r, 3)))
		}
		if rank >= 1 && rank <= 5 {
			f.A5++
		}
		if rank > 0 {
			f.MRR += 1 / float64(rank)
		}
	}
	f.A1, f.A5, f.MRR = share(f.A1, f.N), share(f.A5, f.N), share(f.MRR, f.N)
	f.Recall5 = share(f.Recall5, multi)
	f.None, f.Kept = share(float64(silent), none), share(float64(kept), others)
	return f
}

func recall(r vocab.Result, codes []string) float64 {
	found := 0
	for _, m := range r.Matches[:min(5, len(r.Matches))] {
		if slices.Contains(codes, m.Code) {
			found++
		}
	}
	return float64(found) / float64(len(codes))
}

func codesOf(r vocab.Result, n int) string {
	var b strings.Builder
	for _, m := range r.Matches[:min(n, len(r.Matches))] {
		fmt.Fprintf(&b, "%s %s %.2f %v; ", m.Code, m.NB, m.Score, m.Matched)
	}
	return b.String()
}

func share(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
