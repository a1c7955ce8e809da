package gram

import (
	"math"
	"slices"
)

// A Builder gathers texts for an Index.
type Builder struct {
	bits   uint
	common float64
	count  *counter
	texts  [][]cell
	df     []uint32 // texts by bucket
}

// A cell is a bucket of a text with its frequency.
type cell struct {
	bucket uint32
	tf     float32
}

// few is the number of texts up to which no gram is too common: queries are quick anyway.
const few = 2000

// NewBuilder makes a builder with 2^bits buckets: 18 for some hundred thousand grams, 20 for
// millions. In an index of many texts, a gram in more than the share common of them is left
// out: it says little and costs most of the time.
func NewBuilder(bits uint, common float64) *Builder {
	return &Builder{bits: bits, common: common, count: newCounter(bits), df: make([]uint32, 1<<bits)}
}

// Add adds a text and returns its number; numbers begin at 0 and have no gaps.
func (b *Builder) Add(parts ...Part) int {
	for _, p := range parts {
		b.count.add(p.Text, p.Weight, b.bits)
	}
	text := make([]cell, len(b.count.touched))
	for i, g := range b.count.touched {
		text[i] = cell{g, damp(b.count.weight[g])}
		b.df[g]++
	}
	b.count.reset()
	b.texts = append(b.texts, text)
	return len(b.texts) - 1
}

// Build makes the index. The builder must not be used afterwards.
func (b *Builder) Build() *Index {
	n := len(b.texts)
	x := &Index{bits: b.bits, texts: n, idf: make([]float32, 1<<b.bits), starts: make([]uint32, 1<<b.bits+1)}
	rare := float32(math.Log(float64(n + 1)))
	for g, df := range b.df {
		x.starts[g+1] = x.starts[g]
		if n > few && float64(df) > float64(n)*b.common {
			continue // its weight stays nothing
		}
		x.starts[g+1] += df
		x.idf[g] = rare
		if df > 1 {
			x.idf[g] = float32(math.Log(float64(n+1) / float64(df)))
		}
	}
	x.posts = make([]post, x.starts[len(b.df)])
	next := slices.Clone(x.starts)
	for number, text := range b.texts {
		norm := float32(0)
		for i, c := range text {
			text[i].tf = c.tf * x.idf[c.bucket]
			norm += text[i].tf * text[i].tf
		}
		if norm == 0 {
			continue
		}
		norm = 1 / float32(math.Sqrt(float64(norm)))
		for _, c := range text {
			if c.tf != 0 {
				x.posts[next[c.bucket]] = post{text: uint32(number), weight: c.tf * norm}
				next[c.bucket]++
			}
		}
	}
	return x
}

type post struct {
	text   uint32
	weight float32
}

// An Index finds texts that share n-grams with a query.
type Index struct {
	bits   uint
	texts  int
	idf    []float32
	starts []uint32
	posts  []post
}

// Len is the number of texts.
func (x *Index) Len() int { return x.texts }

// A Scratch holds the working memory of one query at a time.
type Scratch struct {
	count  *counter
	Scores []float32 // cosine by number of text after Query; 0 = nothing shared
	Hits   []uint32  // numbers of the texts with a score, in no order
}

// NewScratch makes working memory for queries against x.
func (x *Index) NewScratch() *Scratch {
	return &Scratch{count: newCounter(x.bits), Scores: make([]float32, x.texts)}
}

// Query fills s with the cosine of the query and each text. The query must be folded.
func (x *Index) Query(s *Scratch, parts ...Part) {
	for _, h := range s.Hits {
		s.Scores[h] = 0
	}
	s.Hits = s.Hits[:0]
	for _, p := range parts {
		s.count.add(p.Text, p.Weight, x.bits)
	}
	norm := float32(0)
	for _, g := range s.count.touched {
		w := damp(s.count.weight[g]) * x.idf[g]
		s.count.weight[g] = w
		norm += w * w
	}
	if norm == 0 {
		s.count.reset()
		return
	}
	norm = 1 / float32(math.Sqrt(float64(norm)))
	for _, g := range s.count.touched {
		w := s.count.weight[g] * norm
		for _, p := range x.posts[x.starts[g]:x.starts[g+1]] {
			if s.Scores[p.text] == 0 {
				s.Hits = append(s.Hits, p.text)
			}
			s.Scores[p.text] += w * p.weight
		}
	}
	s.count.reset()
}
