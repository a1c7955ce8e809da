package evaluate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kompetansetorg/internal/common/vocab"
)

// MeloFigures are the measures of a MELO run: the mean reciprocal rank of the first relevant
// surface form, and the shares of queries with one among the first 1, 5 and 10.
type MeloFigures struct {
	N                int
	MRR, A1, A5, A10 float64
}

func (m MeloFigures) String() string {
	return fmt.Sprintf("n %d MRR %.3f A@1 %.3f A@5 %.3f A@10 %.3f", m.N, m.MRR, m.A1, m.A5, m.A10)
}

// Melo runs `vocab rank` on a MELO folder and measures it. The Norwegian set is no measure:
// most of its queries are word for word titles of groups that count as wrong.
func Melo(dir, lang string) (MeloFigures, error) {
	var data [4][]byte
	for i, name := range []string{"corpus_elements.tsv", "concept_mapping.tsv", "queries.tsv", "annotations.tsv"} {
		var err error
		if data[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return MeloFigures{}, err
		}
	}
	var out bytes.Buffer
	err := vocab.RankCommand(&out, vocab.RankArgs{
		Corpus: bytes.NewReader(data[0]), Concepts: bytes.NewReader(data[1]), Queries: bytes.NewReader(data[2]),
		Lang: lang, Top: 1000, Tag: "vocab",
	})
	if err != nil {
		return MeloFigures{}, err
	}
	return score(out.String(), string(data[3])), nil
}

// score compares a TREC run with TREC judgements.
func score(run, judgements string) MeloFigures {
	right := map[string]map[string]bool{}
	for line := range strings.Lines(judgements) {
		f := strings.Fields(line)
		if len(f) == 4 && f[3] != "0" {
			if right[f[0]] == nil {
				right[f[0]] = map[string]bool{}
			}
			right[f[0]][f[2]] = true
		}
	}
	m := MeloFigures{N: len(right)}
	seen, place := map[string]bool{}, map[string]int{}
	for line := range strings.Lines(run) {
		f := strings.Fields(line)
		place[f[0]]++
		if seen[f[0]] || !right[f[0]][f[2]] {
			continue
		}
		seen[f[0]] = true
		rank := place[f[0]]
		m.MRR += 1 / float64(rank)
		for limit, figure := range map[int]*float64{1: &m.A1, 5: &m.A5, 10: &m.A10} {
			if rank <= limit {
				*figure++
			}
		}
	}
	for _, figure := range []*float64{&m.MRR, &m.A1, &m.A5, &m.A10} {
		*figure = share(*figure, m.N)
	}
	return m
}
