package fulltext

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kompetansetorg/internal/kit/db"
)

// Ref names a document: its kind and its id within the kind.
type Ref struct {
	Kind string `db:"kind"`
	ID   string `db:"id"`
}

// Weight says where in a document a token stands.
type Weight int

// The weights, heaviest first. Part is for what the token is only a part of:
// the words in a compound.
const (
	Title Weight = iota
	Body
	Part
)

// Doc is what is indexed of a document. Tokens stand in the order of the text.
// Words are those that a misspelt word may be meant as, as written in the
// text. Marks are letters and digits by which Find narrows. Places and Day are
// answered with each hit.
type Doc struct {
	Ref
	Tokens [Part + 1][]string
	Words  []string
	Marks  []string
	Places []string
	Day    db.Date
}

// Alternative is one way a Term may be fulfilled: a document has all the
// tokens. In a Phrase they stand beside one another; with Prefix the last one
// is the beginning of a token.
type Alternative struct {
	Tokens         []string
	Phrase, Prefix bool
}

// Term is fulfilled by one of its alternatives.
type Term []Alternative

// Hit is a document that fulfils every term. Score is comparable within one
// query only; more is better.
type Hit struct {
	Ref
	Places []string
	Day    db.Date
	Score  float64
}

// engine is what the two engines do differently.
type engine interface {
	create(ctx context.Context, tx *db.Tx) error
	drop(ctx context.Context, tx *db.Tx) error
	put(ctx context.Context, tx *db.Tx, d Doc) error
	remove(ctx context.Context, tx *db.Tx, r Ref) error
	match(terms []Term) string
	// find is the statement for hits, with the values that values makes of what
	// match answered; any the one that stops at the first, with match as value.
	values(kind string, marks []string, match string) []any
	// newFirst tells that find comes to new documents before old ones.
	newFirst() bool
	find() (find, any db.SQL)
}

func engineOf(e db.Engine) engine {
	if e == db.Postgres {
		return postgres{}
	}
	return sqlite{}
}

// Put indexes the document in place of what was there of it.
func Put(ctx context.Context, tx *db.Tx, d Doc) error {
	for i, list := range d.Tokens {
		d.Tokens[i] = cleanAll(list[:min(len(list), maxTokens)])
	}
	if err := engineOf(tx.Engine()).put(ctx, tx, d); err != nil {
		return fmt.Errorf("fulltext: put %s %s: %w", d.Kind, d.ID, err)
	}
	for _, w := range d.Words {
		if _, err := db.Exec(ctx, tx, insertWord, w, len([]rune(w))); err != nil {
			return fmt.Errorf("fulltext: words of %s %s: %w", d.Kind, d.ID, err)
		}
	}
	return nil
}

// Remove takes the document out of the index, if it is there.
func Remove(ctx context.Context, tx *db.Tx, r Ref) error {
	if err := engineOf(tx.Engine()).remove(ctx, tx, r); err != nil {
		return fmt.Errorf("fulltext: remove %s %s: %w", r.Kind, r.ID, err)
	}
	return nil
}

type hitRow struct {
	Kind   string  `db:"kind"`
	ID     string  `db:"id"`
	Places string  `db:"places"`
	Day    db.Date `db:"day"`
	Score  float64 `db:"score"`
}

// Most is how many hits Find answers with at most. The statements name one more,
// which tells that there are more.
const Most = 1000

// Ask is what Find looks for: documents of the kind that have all the marks and
// fulfil all terms. Of more than Most, new ones are preferred, among them those
// with the mark Recent.
type Ask struct {
	Kind   string
	Marks  []string
	Terms  []Term
	Recent string
}

// Find answers with the documents that are asked for and fulfil the conditions, in
// no order. Of more than Most it answers with some, and that there are more: what
// a search costs does not grow with what is found. Without terms there are none.
func Find(ctx context.Context, tx *db.Tx, a Ask, seen db.Where) (hits []Hit, more bool, err error) {
	hits, more, err = find(ctx, tx, a, seen)
	if err != nil || !more || a.Recent == "" || engineOf(tx.Engine()).newFirst() {
		return hits, more, err
	}
	a.Marks = append(slices.Clone(a.Marks), a.Recent)
	recent, _, err := find(ctx, tx, a, seen)
	have := map[Ref]bool{}
	for _, h := range recent {
		have[h.Ref] = true
	}
	for _, h := range hits {
		if len(recent) < Most && !have[h.Ref] {
			recent = append(recent, h)
		}
	}
	return recent, true, err
}

func find(ctx context.Context, tx *db.Tx, a Ask, seen db.Where) (hits []Hit, more bool, err error) {
	e := engineOf(tx.Engine())
	match := e.match(a.Terms)
	if match == "" {
		return nil, false, nil
	}
	base, _ := e.find()
	statement, args := db.Query{Base: base, Args: e.values(a.Kind, a.Marks, match), Where: seen}.Build()
	for r, err := range db.Each[hitRow](ctx, tx, statement, args...) {
		if err != nil {
			return nil, false, fmt.Errorf("fulltext: find: %w", err)
		}
		if len(hits) == Most {
			return hits, true, nil
		}
		hits = append(hits, Hit{Ref: Ref{r.Kind, r.ID}, Places: strings.Fields(r.Places), Day: r.Day, Score: r.Score})
	}
	return hits, false, nil
}

// Has reports whether anything of any kind fulfils the terms and the conditions.
func Has(ctx context.Context, tx *db.Tx, terms []Term, seen db.Where) (bool, error) {
	e := engineOf(tx.Engine())
	match := e.match(terms)
	if match == "" {
		return false, nil
	}
	_, base := e.find()
	statement, args := db.Query{Base: base, Args: []any{match}, Where: seen}.Build()
	list, err := db.List[int64](ctx, tx, statement, args...)
	if err != nil {
		return false, fmt.Errorf("fulltext: has: %w", err)
	}
	return len(list) > 0 && list[0] == 1, nil
}

const (
	// maxTokens is how much of a field is indexed; PostgreSQL keeps positions up
	// to 16,383.
	maxTokens = 5000
	// maxToken is the longest token, in letters.
	maxToken = 60
)

// clean leaves of a token what both engines take for one word. Signs stand after
// a letter or digit; before it they make a mark.
func clean(token string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && (n == 0 || r != '#' && r != '+') || n == maxToken {
			return -1
		}
		n++
		return unicode.ToLower(r)
	}, token)
}

// markTokens are the tokens of marks. They stand apart from those of the text.
func markTokens(marks []string) []string {
	out := make([]string, len(marks))
	for i, m := range marks {
		out[i] = "#" + clean(m)
	}
	return out
}

func cleanAll(list []string) []string {
	out := make([]string, 0, len(list))
	for _, t := range list {
		if t = clean(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// written puts terms together. quote writes a token, phrase a row of them.
func written(terms []Term, and, or string, quote func(token string, prefix bool) string, phrase func(tokens []string, prefix bool) string) string {
	var all []string
	for _, term := range terms {
		var either []string
		for _, a := range term {
			tokens := cleanAll(a.Tokens)
			if len(tokens) == 0 {
				continue
			}
			if a.Phrase && len(tokens) > 1 {
				either = append(either, phrase(tokens, a.Prefix))
				continue
			}
			every := make([]string, len(tokens))
			for i, t := range tokens {
				every[i] = quote(t, a.Prefix && i == len(tokens)-1)
			}
			either = append(either, "("+strings.Join(every, and)+")")
		}
		if len(either) == 0 {
			continue // a term of signs only narrows nothing
		}
		all = append(all, "("+strings.Join(either, or)+")")
	}
	return strings.Join(all, and)
}
