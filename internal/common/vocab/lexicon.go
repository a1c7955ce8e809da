package vocab

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// A lexicon finds the concepts that a single word speaks for.
type lexicon struct {
	terms    map[string]int32 // stem -> number
	idf      []float32
	posts    [][]wordPost
	skeleton map[string]int32 // skeleton of a stem -> number of one stem
	words    []string         // the words as they stand in names and tasks
	known    map[string]bool  // the same
	fuzzy    *gram.Index      // the same, for words that are not there
	split    *norsk.Splitter
}

const (
	partWeight = 0.5  // what the parts of a compound in a name say beside the whole
	halfway    = 1.5  // field weight at which a word says half of what it can
	unknown    = 4    // weight in a text of a word nobody knows: that of a rare one
	alike      = 0.55 // likeness from which another word is heard for an unknown one
)

type wordPost struct {
	concept uint16
	weight  float32 // in [0,1]
}

type lexiconBuilder struct {
	terms map[string]int32
	stems []string
	tf    []map[uint16]float32
	words map[string]bool
}

func newLexiconBuilder() *lexiconBuilder {
	return &lexiconBuilder{terms: map[string]int32{}, words: map[string]bool{}}
}

func (b *lexiconBuilder) add(concept int, tokens []norsk.Token, weight float32) {
	for _, t := range tokens {
		if t.Kind != norsk.Function {
			b.post(concept, t.Stem, weight)
			b.words[t.Word] = true
		}
	}
}

func (b *lexiconBuilder) post(concept int, stem string, weight float32) {
	n, ok := b.terms[stem]
	if !ok {
		n = int32(len(b.stems))
		b.terms[stem] = n
		b.stems = append(b.stems, stem)
		b.tf = append(b.tf, map[uint16]float32{})
	}
	b.tf[n][uint16(concept)] += weight
}

func (b *lexiconBuilder) build(concepts int, bits uint) *lexicon {
	known := make(map[string]int32, len(b.stems))
	for i, stem := range b.stems {
		known[stem] = int32(len(b.tf[i]))
	}
	x := &lexicon{split: norsk.NewSplitter(known), terms: b.terms, skeleton: make(map[string]int32, len(b.stems))}
	for i, stem := range b.stems { // parts of compounds speak too, more softly
		for _, p := range x.split.Split(stem) {
			for concept, w := range b.tf[i] {
				b.tf[b.terms[p]][concept] += partWeight * w
			}
		}
	}
	x.known = b.words
	x.words = slices.Sorted(maps.Keys(b.words))
	fuzzy := gram.NewBuilder(bits, common)
	for _, w := range x.words {
		fuzzy.Add(gram.Part{Text: w, Weight: 1})
	}
	for i, stem := range b.stems {
		x.skeleton[norsk.Skeleton(stem)] = int32(i)
		x.idf = append(x.idf, float32(math.Log(1+float64(concepts)/float64(len(b.tf[i])))))
		posts := make([]wordPost, 0, len(b.tf[i]))
		for c, tf := range b.tf[i] {
			posts = append(posts, wordPost{concept: c, weight: tf / (tf + halfway)})
		}
		slices.SortFunc(posts, func(a, b wordPost) int { return int(a.concept) - int(b.concept) })
		x.posts = append(x.posts, posts)
	}
	x.fuzzy = fuzzy.Build()
	return x
}

// A word is a token with the concepts it speaks for.
type word struct {
	token int
	posts []wordPost // weights times how sure the word is
}

// weightFor returns how much the word speaks for a concept, 0 = not at all.
func (w word) weightFor(concept uint16) float32 {
	if i, ok := slices.BinarySearchFunc(w.posts, concept, byConcept); ok {
		return w.posts[i].weight
	}
	return 0
}

func byConcept(p wordPost, concept uint16) int { return cmp.Compare(p.concept, concept) }

// heard is what the words of a text say.
type heard struct {
	words []word
	share []float32 // by concept: how much of the text's weight speaks for it, in [0,1]
}

// hear looks up each word of a text.
func (x *lexicon) hear(tokens []norsk.Token, concepts int, scratch *gram.Scratch) heard {
	h := heard{share: make([]float32, concepts)}
	sum := float32(0)
	seen := map[string]bool{}
	left := guesses
	for i, t := range tokens {
		if t.Kind == norsk.Function || seen[t.Stem] {
			continue
		}
		seen[t.Stem] = true
		k := float32(1)
		if t.Kind == norsk.Generic {
			k = small
		}
		w, weight := x.look(t, scratch, &left)
		sum += k * weight
		for _, p := range w {
			h.share[p.concept] += k * p.weight
		}
		if len(w) > 0 && t.Kind == norsk.Content {
			h.words = append(h.words, word{token: i, posts: w})
		}
	}
	if sum > 0 {
		for c := range h.share {
			h.share[c] = min(1, h.share[c]/sum)
		}
	}
	return h
}

// look returns what one word speaks for, by concept, and the word's weight in the text. It
// uses up one of the guesses left when only words like it are known.
func (x *lexicon) look(t norsk.Token, scratch *gram.Scratch, left *int) ([]wordPost, float32) {
	if n, ok := x.terms[t.Stem]; ok {
		return x.scaled(n, 1), x.idf[n]
	}
	if n, ok := x.skeleton[norsk.Skeleton(t.Stem)]; ok {
		return x.scaled(n, 0.9), x.idf[n]
	}
	if parts := x.split.Split(t.Word); len(parts) > 0 {
		return x.together(parts)
	}
	if len(t.Stem) < 4 || t.Name {
		return nil, 2
	}
	if head, modifier := x.split.Ends(t.Word); head != "" || modifier != "" {
		return x.together([]string{modifier, head})
	}
	if *left--; *left < 0 {
		return nil, unknown
	}
	x.fuzzy.Query(scratch, gram.Part{Text: t.Word, Weight: 1})
	sum := map[uint16]float32{}
	for _, hit := range scratch.Hits {
		if sim := scratch.Scores[hit]; sim > alike {
			for _, post := range x.scaled(x.terms[norsk.Stem(x.words[hit])], sim*sim) {
				sum[post.concept] = max(sum[post.concept], post.weight)
			}
		}
	}
	return sorted(sum), unknown
}

// together returns what the parts of a compound speak for; the last part is the head, and a
// part may be "".
func (x *lexicon) together(parts []string) ([]wordPost, float32) {
	sum := map[uint16]float32{}
	weight := float32(0)
	for i, p := range parts {
		n, ok := x.terms[p]
		if !ok {
			continue
		}
		k := float32(0.6)
		if i == len(parts)-1 {
			k = 0.7
		}
		for _, post := range x.scaled(n, k) {
			sum[post.concept] += post.weight
		}
		weight += k * x.idf[n]
	}
	return sorted(sum), max(weight, 3)
}

func (x *lexicon) scaled(n int32, k float32) []wordPost {
	posts := make([]wordPost, len(x.posts[n]))
	for i, p := range x.posts[n] {
		posts[i] = wordPost{p.concept, k * x.idf[n] * p.weight}
	}
	return posts
}

func sorted(sum map[uint16]float32) []wordPost {
	posts := make([]wordPost, 0, len(sum))
	for c, w := range sum {
		posts = append(posts, wordPost{c, w})
	}
	slices.SortFunc(posts, func(a, b wordPost) int { return int(a.concept) - int(b.concept) })
	return posts
}
