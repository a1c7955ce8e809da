package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/vocab/norsk"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fulltext"
	"kompetansetorg/internal/kit/i18n"
)

// Service finds things, and keeps the index that they are found by.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	kinds   []object.Kind
	analyse analyser
}

// New searches the kinds that have a Search. The splitter knows the words that
// compounds are made of; it must be the same at every start.
func New(d *db.DB, c clock.Clock, objects *object.Kinds, split *norsk.Splitter) *Service {
	s := &Service{db: d, clock: c, analyse: analyser{split}}
	for _, k := range objects.All() {
		if k.Search != nil {
			s.kinds = append(s.kinds, k)
		}
	}
	return s
}

// Kinds are the kinds that are searched, in the order pages show them.
func (s *Service) Kinds() []object.Kind { return slices.Clone(s.kinds) }

// Query is what a reader looks for. Kind, Municipality and Year narrow it; empty
// ones do not. Skip and Limit choose the page; Limit 0 is PageSize.
type Query struct {
	Text         string
	Kind         string
	Municipality string
	Year         int
	Lang         i18n.Lang
	Skip, Limit  int
}

// PageSize is how many hits a page has, MaxLimit how many it may have at most.
const (
	PageSize = 20
	MaxLimit = 100
)

// MaxText is how long a query may be, in letters; the rest is not read.
const MaxText = 200

// Hit is a thing that was found, as it is now.
type Hit struct {
	Kind           object.Kind
	ID, Number     string
	Title, Excerpt Marked
	TitleLang      i18n.Lang
	Municipalities []string
	Day            clock.Date
	Score          float64
}

// Count is how many hits have a value; with Least there may be more.
type Count struct {
	Value string
	N     int
	Least bool
}

// Result is what a query found. Total counts all pages; with Least there are
// more, and the older ones of a kind with that many are left out. The facets
// count what the reader would find with the other choices he has made. Meant is the query
// that was answered instead when nothing was found for the one asked; empty
// otherwise.
type Result struct {
	Hits                         []Hit
	Total                        int
	Least                        bool
	Kinds, Municipalities, Years []Count
	Meant                        string
	// Asked tells that there was a word to look for.
	Asked bool
}

// Find answers the query with what the actor may see.
func (s *Service) Find(ctx context.Context, actor access.Actor, q Query) (Result, error) {
	if letters := []rune(q.Text); len(letters) > MaxText {
		q.Text = string(letters[:MaxText])
	}
	if q.Limit <= 0 {
		q.Limit = PageSize
	}
	q.Limit, q.Skip = min(q.Limit, MaxLimit), max(q.Skip, 0)
	terms := s.analyse.query(q.Text)
	if len(terms) == 0 {
		return Result{Hits: []Hit{}}, nil
	}
	var out Result
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.find(ctx, tx, actor, q, terms)
		return err
	})
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return out, nil
}

func (s *Service) find(ctx context.Context, tx *db.Tx, actor access.Actor, q Query, terms []term) (Result, error) {
	found, err := s.gather(ctx, tx, actor, terms, Query{})
	if err != nil {
		return Result{}, err
	}
	out := Result{Asked: true}
	if len(found.hits) == 0 {
		meant, err := s.meant(ctx, tx, q.Text, terms, s.visible(actor))
		if err != nil || meant == "" {
			return Result{Asked: true, Hits: []Hit{}}, err
		}
		out.Meant, terms = meant, s.analyse.query(meant)
		if found, err = s.gather(ctx, tx, actor, terms, Query{}); err != nil {
			return Result{}, err
		}
	}
	out.count(found, q)
	if found.least() && q.IsNarrowed() { // what was left out may be what is asked for
		if found, err = s.gather(ctx, tx, actor, terms, q); err != nil {
			return Result{}, err
		}
	}
	chosen := slices.DeleteFunc(found.hits, func(h fulltext.Hit) bool { return !fitsAll(h, q) })
	s.rank(chosen)
	out.Total, out.Least = len(chosen), found.least()
	page := chosen[min(q.Skip, len(chosen)):min(q.Skip+q.Limit, len(chosen))]
	out.Hits, err = s.show(ctx, tx, page, terms, q.Lang)
	return out, err
}

const fragKind db.Fragment = "d.kind"

// visible is the rule of every kind, joined by its own table.
func (s *Service) visible(actor access.Actor) db.Where {
	var either []db.Where
	for _, k := range s.kinds {
		either = append(either, seenOf(k, actor))
	}
	var w db.Where
	w.Or(either...)
	return w
}

// choices tells which of the query's choices the hit fits.
func choices(h fulltext.Hit, q Query) (kind, place, when bool) {
	return q.Kind == "" || h.Kind == q.Kind,
		q.Municipality == "" || slices.Contains(h.Places, q.Municipality),
		q.Year == 0 || yearOf(h.Day) == strconv.Itoa(q.Year)
}

func fitsAll(h fulltext.Hit, q Query) bool {
	kind, place, when := choices(h, q)
	return kind && place && when
}

// count fills the facets, each under the other choices.
func (r *Result) count(found gathered, q Query) {
	kinds, places, years := map[string]int{}, map[string]int{}, map[string]int{}
	for _, h := range found.hits {
		year := yearOf(h.Day)
		kind, place, when := choices(h, q)
		if place && when {
			kinds[h.Kind]++
		}
		if kind && when {
			for _, p := range h.Places {
				places[p]++
			}
		}
		if kind && place && year != "" {
			years[year]++
		}
	}
	// What is left out of a kind has places and years too.
	least := slices.ContainsFunc(found.more, func(k string) bool { return q.Kind == "" || q.Kind == k })
	r.Kinds = counts(kinds, byCount, func(k string) bool { return slices.Contains(found.more, k) })
	r.Municipalities = counts(places, byCount, func(string) bool { return least })
	r.Years = counts(years, newestFirst, func(string) bool { return least })
}

func yearOf(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()[:4]
}

func byCount(a, b Count) int     { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) }
func newestFirst(a, b Count) int { return cmp.Compare(b.Value, a.Value) }

func counts(m map[string]int, order func(a, b Count) int, least func(value string) bool) []Count {
	out := make([]Count, 0, len(m))
	for v, n := range m {
		out = append(out, Count{v, n, least(v)})
	}
	slices.SortFunc(out, order)
	return out
}

// rank puts the best first. What is new counts a little more: a tenth today,
// half of that after a year.
func (s *Service) rank(hits []fulltext.Hit) {
	year := s.clock.Today().Year()
	for i, h := range hits {
		if age := year - h.Day.Year(); !h.Day.IsZero() && age >= 0 {
			hits[i].Score *= 1 + 0.1/float64(1+age)
		}
	}
	slices.SortFunc(hits, func(a, b fulltext.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Day.Compare(a.Day), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
}

// show reads the things of a page as they are now. One that is gone since it
// was indexed is left out.
func (s *Service) show(ctx context.Context, tx *db.Tx, page []fulltext.Hit, terms []term, l i18n.Lang) ([]Hit, error) {
	now := map[fulltext.Ref]object.Document{}
	for _, k := range s.kinds {
		var ids []string
		for _, h := range page {
			if h.Kind == k.Name {
				ids = append(ids, h.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		docs, err := k.Search.Documents(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			now[fulltext.Ref{Kind: k.Name, ID: d.ID}] = d
		}
	}
	out := make([]Hit, 0, len(page))
	for _, h := range page {
		d, ok := now[h.Ref]
		if !ok {
			continue
		}
		kind := s.kinds[slices.IndexFunc(s.kinds, func(k object.Kind) bool { return k.Name == h.Kind })]
		title, lang := d.Title.In(l)
		text, _ := d.Text.In(l)
		out = append(out, Hit{Kind: kind, ID: d.ID, Number: d.Number, Title: s.analyse.marked(title, terms), TitleLang: lang,
			Excerpt: s.analyse.excerpt(text, terms), Municipalities: d.Municipalities, Day: d.Day, Score: h.Score})
	}
	return out, nil
}

// near is how many words are tried for one that finds nothing.
const near = 8

// meant is the query with each word that finds nothing replaced by the nearest
// one by which the reader finds something; empty when that finds nothing either.
func (s *Service) meant(ctx context.Context, tx *db.Tx, q string, terms []term, seen db.Where) (string, error) {
	out, shift := q, 0
	for _, t := range terms {
		if t.word == "" {
			continue
		}
		if has, err := fulltext.Has(ctx, tx, []fulltext.Term{t.match}, seen); err != nil || has {
			if err != nil {
				return "", err
			}
			continue
		}
		words, err := fulltext.Near(ctx, tx, t.word, near)
		if err != nil {
			return "", err
		}
		for _, w := range words {
			has, err := fulltext.Has(ctx, tx, matches(s.analyse.query(w)), seen)
			if err != nil {
				return "", err
			}
			if has {
				out = out[:t.start+shift] + w + out[t.end+shift:]
				shift += len(w) - (t.end - t.start)
				break
			}
		}
	}
	if out == q {
		return "", nil
	}
	has, err := fulltext.Has(ctx, tx, matches(s.analyse.query(out)), seen)
	if err != nil || !has {
		return "", err
	}
	return out, nil
}
