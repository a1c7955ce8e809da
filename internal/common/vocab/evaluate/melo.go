package evaluate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kompetansetorg/internal/common/vocab"
)

// Melo runs `vocab rank` on a MELO folder and measures it: mean reciprocal rank of the first
// relevant surface form, and the shares with one among the first 1, 5 and 10.
func Melo(dir, lang string) (mrr, a1, a5, a10 float64, n int, err error) {
	file := func(name string) *os.File {
		f, ferr := os.Open(filepath.Join(dir, name))
		if err == nil {
			err = ferr
		}
		return f
	}
	corpus, concepts, queries := file("corpus_elements.tsv"), file("concept_mapping.tsv"), file("queries.tsv")
	defer corpus.Close()
	defer concepts.Close()
	defer queries.Close()
	relevant, rerr := os.ReadFile(filepath.Join(dir, "annotations.tsv"))
	if err == nil {
		err = rerr
	}
	if err != nil {
		return
	}
	var run bytes.Buffer
	err = vocab.RankCommand(&run, vocab.RankArgs{Corpus: corpus, Concepts: concepts, Queries: queries, Lang: lang, Top: 100, Tag: "vocab"})
	if err != nil {
		return
	}
	right := map[string]map[string]bool{}
	for line := range strings.Lines(string(relevant)) {
		f := strings.Fields(line)
		if len(f) == 4 && f[3] != "0" {
			if right[f[0]] == nil {
				right[f[0]] = map[string]bool{}
			}
			right[f[0]][f[2]] = true
		}
	}
	first := map[string]int{}
	for line := range strings.Lines(run.String()) {
		var query, q0, element string
		var rank int
		if _, err = fmt.Sscan(line, &query, &q0, &element, &rank); err != nil {
			return
		}
		if first[query] == 0 && right[query][element] {
			first[query] = rank
		}
	}
	n = len(right)
	for _, rank := range first {
		if rank == 0 {
			continue
		}
		mrr += 1 / float64(rank)
		if rank == 1 {
			a1++
		}
		if rank <= 5 {
			a5++
		}
		if rank <= 10 {
			a10++
		}
	}
	d := float64(n)
	return mrr / d, a1 / d, a5 / d, a10 / d, n, nil
}
