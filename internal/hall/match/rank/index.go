package rank

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// What the fields of a document count.
const (
	titleWeight     = 3
	phraseWeight    = 1.5
	bodyWeight      = 1
	labelWeight     = 0.5 // names of its occupations
	admissionWeight = 0.3
)

// documentConcepts is how many concepts of each vocabulary a document's text may mean.
const documentConcepts = 20

// commonGram is the share of the documents that a gram of a large index may stand in.
const commonGram = 0.05

// gramBits is the size of the table of n-grams.
const gramBits = 18

// An Index holds documents. Document numbers are their places in the list it
// was built from.
type Index struct {
	docs    []Document
	about   [][]About
	vocab   *vocab.Index
	words   *wordIndex
	letters *gram.Index
	topics  *conceptIndex
	styrk   *conceptIndex
	leads   *occupationIndex
	fits    fits
	profile Profile
	scratch *sync.Pool // of *scratch
}

// Build makes an index of the documents with the default profile.
func Build(docs []Document, v *vocab.Index) *Index { return build(docs, v, nil) }

// Next makes the index that follows x. What a document is about is taken from x,
// by its text, where x has it, so that an index in which little changed is made
// quickly.
func (x *Index) Next(docs []Document) *Index { return build(docs, x.vocab, x) }

func build(docs []Document, v *vocab.Index, known *Index) *Index {
	x := &Index{docs: docs, vocab: v, profile: Default(), about: make([][]About, len(docs))}
	fields := make([][]field, len(docs))
	letters := gram.NewBuilder(gramBits, commonGram)
	for i, d := range docs {
		fields[i] = fieldsOf(d, v)
		letters.Add(gramParts(fields[i])...)
	}
	x.understand(known)
	x.words, x.letters = newWordIndex(fields), letters.Build()
	x.topics, x.styrk = newConceptIndex(vocab.Topic, x.about), newConceptIndex(vocab.Styrk08, x.about)
	x.leads, x.fits = newOccupationIndex(docs), newFits(docs)
	x.scratch = &sync.Pool{New: func() any { return &scratch{letters: x.letters.NewScratch()} }}
	return x
}

// Len is the number of documents.
func (x *Index) Len() int { return len(x.docs) }

// About lists what a document is about, stated and understood.
func (x *Index) About(doc int) []About { return x.about[doc] }

// understand finds what each document is about: remembered by its text, or
// worked out, on all cores.
func (x *Index) understand(known *Index) {
	found := known.memory(x.vocab)
	keys := make([]string, len(x.docs))
	var work []int
	for i, d := range x.docs {
		keys[i] = memoryKey(d)
		if _, ok := found[keys[i]]; !ok {
			found[keys[i]] = nil // one of equal documents is enough
			work = append(work, i)
		}
	}
	results := make([][]About, len(work))
	var next atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(work); n = int(next.Add(1)) - 1 {
				results[n] = meaning(x.docs[work[n]], x.vocab)
			}
		})
	}
	all.Wait()
	for n, i := range work {
		found[keys[i]] = results[n]
	}
	for i, k := range keys {
		x.about[i] = found[k]
	}
}

// memory is what the documents of an older index are about, if it was built
// with the same vocabulary.
func (x *Index) memory(v *vocab.Index) map[string][]About {
	m := map[string][]About{}
	if x == nil || x.vocab != v {
		return m
	}
	for i, d := range x.docs {
		m[memoryKey(d)] = x.about[i]
	}
	return m
}

func memoryKey(d Document) string {
	return strings.Join([]string{d.Title, d.Body, d.Outcomes, strings.Join(d.Phrases, ";"),
		strings.Join(d.Occupations, ","), strings.Join(d.Topics, ",")}, "\x1f")
}

// meaning links a document to concepts: by what it says, where the title counts
// twice, by how people say that they need it, and as its owner states.
func meaning(d Document, v *vocab.Index) []About {
	best := map[Key]float32{}
	opt := vocab.LinkOptions{Schemes: []vocab.Scheme{vocab.Styrk08, vocab.Topic}, Top: documentConcepts}
	for _, text := range []string{d.Title + ". " + d.text(), strings.Join(d.Phrases, ". ")} {
		if text == "" {
			continue
		}
		for _, m := range v.Link(text, opt).Matches {
			best[KeyOf(m.Concept)] = max(best[KeyOf(m.Concept)], soft(m.Score))
		}
	}
	for _, code := range d.Occupations {
		best[Key{vocab.Styrk08, code}] = 1
	}
	for _, code := range d.Topics {
		best[Key{vocab.Topic, code}] = 1
	}
	return sortedAbout(best)
}

func fieldsOf(d Document, v *vocab.Index) []field {
	var labels []string
	for _, code := range d.Occupations {
		if c, ok := v.Concept(vocab.Styrk08, code); ok {
			labels = append(labels, c.NB)
		}
	}
	return []field{
		{norsk.Tokens(d.Title), titleWeight},
		{norsk.Tokens(d.Body), bodyWeight},
		{norsk.Tokens(d.Outcomes), bodyWeight},
		{norsk.Tokens(d.Admission), admissionWeight},
		{norsk.Tokens(strings.Join(labels, ". ")), labelWeight},
		{norsk.Tokens(strings.Join(d.Phrases, ". ")), phraseWeight},
	}
}

func gramParts(fields []field) []gram.Part {
	var parts []gram.Part
	for _, f := range fields {
		for _, t := range f.tokens {
			switch t.Kind {
			case norsk.Content:
				parts = append(parts, gram.Part{Text: t.Word, Weight: f.weight})
			case norsk.Generic:
				parts = append(parts, gram.Part{Text: t.Word, Weight: f.weight * genericWeight})
			}
		}
	}
	return parts
}

// gramParts are the words of a need for comparing letters.
func (r *reading) gramParts() []gram.Part {
	parts := make([]gram.Part, 0, len(r.tokens))
	for i, t := range r.tokens {
		if t.Kind != norsk.Function {
			parts = append(parts, gram.Part{Text: t.Word, Weight: r.weights[i]})
		}
	}
	return parts
}
