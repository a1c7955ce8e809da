package evaluate

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// A plain method ranks texts for a query and knows nothing but their letters.
type plain interface {
	scores(query string) []float64
}

// words are the runs of letters, digits and low lines, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
}

// plainBM25 is BM25 over words: k1 1.2, b 0.75, no stop words, no stemming.
type plainBM25 struct {
	tf      []map[string]float64
	lengths []float64
	mean    float64
	df      map[string]float64
}

func newPlainBM25(texts []string) *plainBM25 {
	m := &plainBM25{df: map[string]float64{}}
	for _, t := range texts {
		tf := map[string]float64{}
		ws := words(t)
		for _, w := range ws {
			tf[w]++
		}
		for w := range tf {
			m.df[w]++
		}
		m.tf = append(m.tf, tf)
		m.lengths = append(m.lengths, float64(len(ws)))
		m.mean += float64(len(ws)) / float64(len(texts))
	}
	return m
}

func (m *plainBM25) scores(query string) []float64 {
	const k1, b = 1.2, 0.75
	out := make([]float64, len(m.tf))
	n := float64(len(m.tf))
	for _, w := range words(query) {
		df := m.df[w]
		if df == 0 {
			continue
		}
		idf := math.Log(1 + (n-df+0.5)/(df+0.5))
		for d, tf := range m.tf {
			if f := tf[w]; f > 0 {
				out[d] += idf * f * (k1 + 1) / (f + k1*(1-b+b*m.lengths[d]/m.mean))
			}
		}
	}
	return out
}

// plainChars is the cosine of 3-5-grams over words with one blank around each: raw
// frequency times smooth inverse document frequency.
type plainChars struct {
	vectors []map[string]float64
	idf     map[string]float64
}

func newPlainChars(texts []string) *plainChars {
	m := &plainChars{idf: map[string]float64{}}
	counts := make([]map[string]float64, len(texts))
	for i, t := range texts {
		counts[i] = grams(t)
		for g := range counts[i] {
			m.idf[g]++
		}
	}
	for g, df := range m.idf {
		m.idf[g] = math.Log((1+float64(len(texts)))/(1+df)) + 1
	}
	for _, c := range counts {
		m.vectors = append(m.vectors, m.vector(c))
	}
	return m
}

func grams(text string) map[string]float64 {
	runes := []rune(" " + strings.Join(words(text), " ") + " ")
	count := map[string]float64{}
	for n := 3; n <= 5; n++ {
		for i := 0; i+n <= len(runes); i++ {
			count[string(runes[i:i+n])]++
		}
	}
	return count
}

// vector weighs grams and makes their length one; grams of no text fall away.
func (m *plainChars) vector(count map[string]float64) map[string]float64 {
	v := map[string]float64{}
	sum := 0.0
	for g, c := range count {
		if idf, ok := m.idf[g]; ok {
			v[g] = c * idf
			sum += v[g] * v[g]
		}
	}
	for g := range v {
		v[g] /= math.Sqrt(sum)
	}
	return v
}

func (m *plainChars) scores(query string) []float64 {
	q := m.vector(grams(query))
	out := make([]float64, len(m.vectors))
	for d, v := range m.vectors {
		for g, w := range q {
			out[d] += w * v[g]
		}
	}
	return out
}

// order lists ids by score, best first; equal scores keep the order of the ids.
func order(ids []string, scores []float64) []string {
	at := make([]int, len(ids))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	out := make([]string, len(ids))
	for i, a := range at {
		out[i] = ids[a]
	}
	return out
}
