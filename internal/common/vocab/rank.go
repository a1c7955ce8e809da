package vocab

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

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
// own likeness and by that of its whole concept.
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

// What the score of a surface form is made of.
const (
	ownLikeness  = 0.8 // its own likeness to the query
	bodyLikeness = 0.2 // that of its concept, all forms together
	stemWeight   = 0.3 // a stem beside its word
	tailWeight   = 0.3 // the known last part of a compound beside the whole
)

// rankCommon is the share of the forms from which an n-gram is left out.
const rankCommon = 0.3

// A ranker holds a corpus of surface forms.
type ranker struct {
	ids     []string
	owner   []int32 // concept of each form; a form without a concept is its own
	surface *gram.Index
	bodies  *gram.Index
	known   map[string]bool // words of the corpus
	stem    func(word string) string
	form    *gram.Scratch
	body    *gram.Scratch
}

type ranked struct {
	id    string
	score float64
}

func newRanker(corpus [][2]string, concept map[string]string, stem func(string) string) *ranker {
	r := &ranker{known: map[string]bool{}, stem: stem}
	for _, row := range corpus {
		for _, w := range wordsOf(row[1]) {
			r.known[w] = true
		}
	}
	surface, bodies := gram.NewBuilder(20, rankCommon), gram.NewBuilder(20, rankCommon)
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
		bodies.Add(t...)
	}
	r.surface, r.bodies = surface.Build(), bodies.Build()
	r.form, r.body = r.surface.NewScratch(), r.bodies.NewScratch()
	return r
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(norsk.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// analyse gives the words of a text and, more softly, their stems and the longest known word
// that each ends in, since the last part of a compound says what the thing is.
func (r *ranker) analyse(text string) []gram.Part {
	var parts []gram.Part
	for _, w := range wordsOf(text) {
		parts = append(parts, gram.Part{Text: w, Weight: 1}, gram.Part{Text: r.stem(w), Weight: stemWeight})
		for cut := 3; cut <= len(w)-4; cut++ {
			if r.known[w[cut:]] {
				parts = append(parts, gram.Part{Text: w[cut:], Weight: tailWeight})
				break
			}
		}
	}
	return parts
}

// rank returns the best forms for a query; forms with the same score by id, the last first, as
// trec_eval orders them.
func (r *ranker) rank(query string, top int) []ranked {
	parts := r.analyse(query)
	r.surface.Query(r.form, parts...)
	r.bodies.Query(r.body, parts...)
	list := make([]ranked, 0, len(r.form.Hits))
	for _, h := range r.form.Hits {
		score := ownLikeness*float64(r.form.Scores[h]) + bodyLikeness*float64(r.body.Scores[r.owner[h]])
		list = append(list, ranked{r.ids[h], math.Round(score*1e5) / 1e5})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(b.id, a.id))
	})
	return list[:min(top, len(list))]
}
