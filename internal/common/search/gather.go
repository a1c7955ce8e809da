package search

import (
	"context"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fulltext"
)

func seenOf(k object.Kind, actor access.Actor) db.Where {
	var w db.Where
	db.In(&w, fragKind, []string{k.Name})
	k.Search.Visible(&w, actor)
	return w
}

// gathered is what was found, and the kinds of which there is more.
type gathered struct {
	hits []fulltext.Hit
	more []string
}

func (g gathered) least() bool { return len(g.more) > 0 }

// gather finds what the actor may see, kind by kind, so that a kind of which
// there is much leaves room for the others; within what the query narrows to.
func (s *Service) gather(ctx context.Context, tx *db.Tx, actor access.Actor, terms []term, within Query) (gathered, error) {
	var out gathered
	for _, k := range s.kinds {
		if within.Kind != "" && within.Kind != k.Name {
			continue
		}
		within, seen := within, seenOf(k, actor)
		within.Kind = k.Name
		hits, more, err := fulltext.Find(ctx, tx, within.marks(), matches(terms), seen)
		if err == nil && more && within.Year == 0 {
			within.Year = s.clock.Today().Year()
			hits, err = s.newFirst(ctx, tx, within, terms, seen, hits)
		}
		if err != nil {
			return gathered{}, err
		}
		out.hits = append(out.hits, hits...)
		if more {
			out.more = append(out.more, k.Name)
		}
	}
	return out, nil
}

// newFirst puts what is of the year of the query in place of others among the
// hits, which are only some of all.
func (s *Service) newFirst(ctx context.Context, tx *db.Tx, q Query, terms []term, seen db.Where, hits []fulltext.Hit) ([]fulltext.Hit, error) {
	recent, _, err := fulltext.Find(ctx, tx, q.marks(), matches(terms), seen)
	for _, h := range hits {
		if len(recent) < fulltext.Most && yearOf(h.Day) != strconv.Itoa(q.Year) {
			recent = append(recent, h)
		}
	}
	return recent, err
}

// IsNarrowed reports whether the query asks for less than all that has the words.
func (q Query) IsNarrowed() bool { return q.Kind != "" || q.Municipality != "" || q.Year != 0 }

// marks are what a thing of the kind, the places and the year is narrowed by.
func marks(kind string, places []string, year string) []string {
	var out []string
	if kind != "" {
		out = append(out, "k"+kind)
	}
	for _, p := range places {
		out = append(out, "p"+p)
	}
	if year != "" {
		out = append(out, "y"+year)
	}
	return out
}

func (q Query) marks() []string {
	var places []string
	if q.Municipality != "" {
		places = []string{q.Municipality}
	}
	year := ""
	if q.Year != 0 {
		year = strconv.Itoa(q.Year)
	}
	return marks(q.Kind, places, year)
}
