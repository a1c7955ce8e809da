package vocab

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// RankArgs are the files of `vocab rank`, in MELO's format: queries "id<TAB>text", corpus
// "element<TAB>surface form", concepts "element<TAB>concept" (nil when not given).
type RankArgs struct {
	Corpus, Concepts, Queries io.Reader
	Lang                      string // no, sv, da or en
	Top                       int    // elements a query
	Tag                       string // name of the run
}

// RankCommand ranks surface forms for each query and writes TREC run lines
// "query Q0 element rank score tag". It knows nothing but its arguments: a form scores by its
// own likeness, by the best likeness of its concept's forms and by that of the whole concept.
func RankCommand(out io.Writer, a RankArgs) error {
	corpus, err := pairs(a.Corpus, "corpus")
	if err != nil {
		return err
	}
	queries, err := pairs(a.Queries, "queries")
	if err != nil {
		return err
	}
	concept := map[string]string{}
	if a.Concepts != nil {
		rows, err := pairs(a.Concepts, "concepts")
		if err != nil {
			return err
		}
		for _, r := range rows {
			concept[r[0]] = r[1]
		}
	}
	stem, err := norsk.Stemmer(a.Lang)
	if err != nil {
		return err
	}
	r := newRanker(corpus, concept, stem)
	w := bufio.NewWriter(out)
	for _, q := range queries {
		for i, e := range r.rank(q[1], a.Top) {
			fmt.Fprintf(w, "%s Q0 %s %d %.5f %s\n", q[0], e.id, i+1, e.score, a.Tag)
		}
	}
	return w.Flush()
}

// pairs reads lines of two cells separated by a tab; the second may hold tabs.
func pairs(r io.Reader, what string) ([][2]string, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	var rows [][2]string
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if line == "" {
			continue
		}
		a, b, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("%s line %d: no tab", what, n)
		}
		rows = append(rows, [2]string{a, b})
	}
	return rows, lines.Err()
}

// A ranker holds a corpus of surface forms.
type ranker struct {
	ids     []string
	owner   []int32 // concept of each form; a form without a concept is its own
	surface *gram.Index
	docs    *gram.Index
	analyse func(text string) []gram.Part
	form    *gram.Scratch
	known   map[string]bool
	doc     *gram.Scratch
}

type ranked struct {
	id    string
	score float64
}

func newRanker(corpus [][2]string, concept map[string]string, stem func(string) string) *ranker {
	r := &ranker{known: map[string]bool{}}
	for _, row := range corpus {
		for _, w := range strings.FieldsFunc(norsk.Fold(row[1]), func(r rune) bool { return r == ' ' || r == '/' || r == '-' || r == ',' || r == '(' || r == ')' }) {
			if len(w) > 3 {
				r.known[w] = true
			}
		}
	}
	r.analyse = func(text string) []gram.Part { return r.stemmedParts(text, stem) }
	surface, docs := gram.NewBuilder(20), gram.NewBuilder(20)
	numbers := map[string]int32{}
	var texts [][]gram.Part
	for _, row := range corpus {
		parts := r.analyse(row[1])
		surface.Add(parts...)
		key, ok := concept[row[0]]
		if !ok {
			key = "element " + row[0]
		}
		n, ok := numbers[key]
		if !ok {
			n = int32(len(texts))
			numbers[key] = n
			texts = append(texts, nil)
		}
		texts[n] = append(texts[n], parts...)
		r.ids = append(r.ids, row[0])
		r.owner = append(r.owner, n)
	}
	for _, t := range texts {
		docs.Add(t...)
	}
	r.surface, r.docs = surface.Build(), docs.Build()
	r.form, r.doc = r.surface.NewScratch(), r.docs.NewScratch()
	return r
}

// stemmedParts gives the words of a text and, more softly, their stems.
func (r *ranker) stemmedParts(text string, stem func(string) string) []gram.Part {
	folded := norsk.Fold(text)
	var parts []gram.Part
	k := float32(1)
	for i, seg := range strings.FieldsFunc(folded, func(r rune) bool { return r == ',' || r == '(' || r == ')' }) {
		if i > 0 {
			k = float32(RankTune.Comma)
		}
		for _, w := range strings.FieldsFunc(seg, func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
			parts = append(parts, gram.Part{Text: w, Weight: k})
			if RankTune.Stem > 0 {
				parts = append(parts, gram.Part{Text: stem(w), Weight: k * float32(RankTune.Stem)})
			}
			if RankTune.Tail > 0 && r.known != nil {
				for cut := 3; cut <= len(w)-3; cut++ {
					if r.known[w[cut:]] {
						parts = append(parts, gram.Part{Text: w[cut:], Weight: k * float32(RankTune.Tail)})
						break
					}
				}
				for cut := len(w) - 3; cut >= 3; cut-- {
					if r.known[w[:cut]] || w[cut-1] == 's' && r.known[w[:cut-1]] {
						parts = append(parts, gram.Part{Text: w[:cut], Weight: k * float32(RankTune.Head)})
						break
					}
				}
			}
		}
	}
	return parts
}

// RankTune is for experiments.
var RankTune = struct{ Stem, Own, Best, Doc, Comma, Tail, Head, Slash float64 }{0.3, 0.8, 0, 0.2, 1, 0.3, 0, 0}

func (r *ranker) rank(query string, top int) []ranked {
	best := map[int32]float32{}
	own := map[uint32]float32{}
	alts := []string{query}
	if RankTune.Slash > 0 && strings.Contains(query, "/") {
		alts = append(alts, strings.Split(query, "/")...)
	}
	for i, a := range alts {
		k := float32(1)
		if i > 0 {
			k = float32(RankTune.Slash)
		}
		r.surface.Query(r.form, r.analyse(a)...)
		for _, h := range r.form.Hits {
			best[r.owner[h]] = max(best[r.owner[h]], k*r.form.Scores[h])
			own[h] = max(own[h], k*r.form.Scores[h])
		}
	}
	r.docs.Query(r.doc, r.analyse(query)...)
	list := make([]ranked, 0, len(own))
	for h, v := range own {
		o := r.owner[h]
		score := RankTune.Own*float64(v) + RankTune.Best*float64(best[o]) + RankTune.Doc*float64(r.doc.Scores[o])
		list = append(list, ranked{r.ids[h], score})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(b.id, a.id))
	})
	return list[:min(top, len(list))]
}
