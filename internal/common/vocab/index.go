package vocab

import (
	"slices"
	"strings"
	"sync"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// Options says what an index is built from beside the starter vocabulary.
type Options struct {
	// Data is a folder with the official files under the names of their owners; "" = none.
	// Any file may be missing.
	Data string
	// Examples is a file of titles with their unit groups, tab-separated with a header; "" = none.
	Examples string
	// Learn trains a classifier on all of it: better on sentences, some seconds on one core.
	Learn bool
}

// An Index links text to concepts. It never changes and is safe for concurrent use.
type Index struct {
	spaces  map[Scheme]*space
	signals signalIndex
	sources []Source
}

// Load builds an index. With the starter vocabulary alone it takes some tenths of a second.
func Load(opts Options) (*Index, error) {
	d := newDraft()
	if err := d.readStarter(); err != nil {
		return nil, err
	}
	if opts.Data != "" {
		if err := d.readOfficial(opts.Data); err != nil {
			return nil, err
		}
	}
	if opts.Examples != "" {
		if err := d.readExamples(opts.Examples); err != nil {
			return nil, err
		}
	}
	if opts.Data != "" {
		jobs, err := d.readCatalogue(opts.Data)
		if err != nil {
			return nil, err
		}
		if len(jobs) > 0 {
			d.renew(jobs, newSpace(d.of(Styrk08)))
		}
	}
	x := &Index{spaces: map[Scheme]*space{}, signals: indexSignals(d.signals), sources: d.sources}
	made := make([]*space, len(schemes))
	var all sync.WaitGroup
	for i, scheme := range schemes {
		all.Go(func() {
			made[i] = newSpace(d.of(scheme))
			if scheme == Styrk08 && opts.Learn {
				made[i].class = learn(d.of(scheme))
			}
		})
	}
	all.Wait()
	for i, scheme := range schemes {
		x.spaces[scheme] = made[i]
	}
	return x, nil
}

// of returns the entries of a scheme by code; a code that nobody named is no concept.
func (d *draft) of(scheme Scheme) []*entry {
	var entries []*entry
	for _, e := range d.entries {
		if e.concept.Scheme == scheme && e.concept.NB != "" {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(a.concept.Code, b.concept.Code) })
	return entries
}

// Sources lists what the index was built from.
func (x *Index) Sources() []Source { return slices.Clone(x.sources) }

// Concept returns a concept by its code.
func (x *Index) Concept(scheme Scheme, code string) (Concept, bool) {
	s := x.spaces[scheme]
	if s == nil {
		return Concept{}, false
	}
	i, ok := s.byCode[code]
	if !ok {
		return Concept{}, false
	}
	return s.concepts[i], true
}

// Concepts returns all concepts of a scheme by code.
func (x *Index) Concepts(scheme Scheme) []Concept {
	if s := x.spaces[scheme]; s != nil {
		return slices.Clone(s.concepts)
	}
	return nil
}

// A space is one vocabulary made ready for linking.
type space struct {
	concepts []Concept
	byCode   map[string]int
	surface  *gram.Index         // titles in all languages
	owner    []uint16            // concept of each surface form
	trust    []float32           // trust in each surface form
	labels   []string            // the surface forms, folded, for suggestions
	names    map[string][]uint16 // concepts by the stems of a name, each followed by a blank
	docs     *gram.Index         // whole concepts
	words    *lexicon
	scratch  *sync.Pool  // of *scratch
	leads    []bool      // concepts that are leaders; nil in other schemes
	class    *classifier // nil = not learned
}

type scratch struct {
	surface, docs, vocabulary *gram.Scratch
	best, shares              []float32 // by concept
}

// common is the share of the texts from which an n-gram is left out of the indexes.
const common = 0.015

// tableBits returns the size of the n-gram tables that suits the number of forms.
func tableBits(entries []*entry) uint {
	forms := 0
	for _, e := range entries {
		forms += len(e.forms)
	}
	switch {
	case forms < 8_000:
		return 16
	case forms < 40_000:
		return 18
	}
	return 19
}

// fieldWeight says how much a field counts in the whole document of its concept.
var fieldWeight = [...]float32{title: 3, foreign: 1, task: 1.5, context: 1}

func newSpace(entries []*entry) *space {
	s := &space{byCode: map[string]int{}, names: map[string][]uint16{}}
	bits := tableBits(entries)
	surface, docs := gram.NewBuilder(bits, common), gram.NewBuilder(bits, common)
	words := newLexiconBuilder()
	for i, e := range entries {
		if e.concept.Scheme == Styrk08 {
			s.leads = append(s.leads, leading(e.concept.Code))
		}
		s.byCode[e.concept.Code] = i
		s.concepts = append(s.concepts, e.concept)
		var parts []gram.Part
		seen := map[string]bool{}
		for _, f := range e.forms {
			tokens := norsk.Tokens(f.text)
			text := joined(tokens)
			if seen[text] || text == "" {
				continue
			}
			seen[text] = true
			parts = append(parts, gram.Part{Text: text, Weight: fieldWeight[f.field] * f.weight})
			words.add(i, tokens, fieldWeight[f.field]*f.weight)
			if f.field == title || f.field == foreign {
				surface.Add(gram.Part{Text: text, Weight: 1})
				s.owner = append(s.owner, uint16(i))
				s.trust = append(s.trust, f.weight)
				s.labels = append(s.labels, norsk.Fold(f.text))
				key := stems(tokens)
				if !slices.Contains(s.names[key], uint16(i)) {
					s.names[key] = append(s.names[key], uint16(i))
				}
			}
		}
		docs.Add(parts...)
	}
	var all sync.WaitGroup
	all.Go(func() { s.words = words.build(len(entries), bits-1) })
	s.surface, s.docs = surface.Build(), docs.Build()
	all.Wait()
	s.scratch = &sync.Pool{New: func() any {
		return &scratch{surface: s.surface.NewScratch(), docs: s.docs.NewScratch(), vocabulary: s.words.fuzzy.NewScratch(),
			best: make([]float32, len(s.concepts)), shares: make([]float32, len(s.concepts))}
	}}
	return s
}

// joined returns the words of tokens, function words left out, for comparing by n-grams.
func joined(tokens []norsk.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.Kind == norsk.Function {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Word)
	}
	return b.String()
}

// stems returns the stems of tokens, each followed by a blank.
func stems(tokens []norsk.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Stem)
		b.WriteByte(' ')
	}
	return b.String()
}
