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
		hits, more, err := fulltext.Find(ctx, tx, fulltext.Ask{Kind: k.Name, Marks: within.marks(), Terms: matches(terms),
			Recent: yearMark(strconv.Itoa(s.clock.Today().Year()))}, seenOf(k, actor))
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

// IsNarrowed reports whether the query asks for less than all that has the words.
func (q Query) IsNarrowed() bool { return q.Kind != "" || q.Municipality != "" || q.Year != 0 }

// The marks of a thing: its places and its year.
func placeMark(municipality string) string { return "p" + municipality }
func yearMark(year string) string          { return "y" + year }

func marks(places []string, year string) []string {
	var out []string
	for _, p := range places {
		out = append(out, placeMark(p))
	}
	if year != "" {
		out = append(out, yearMark(year))
	}
	return out
}

// marks are those of what the query narrows to, beside the kind.
func (q Query) marks() []string {
	var out []string
	if q.Municipality != "" {
		out = append(out, placeMark(q.Municipality))
	}
	if q.Year != 0 {
		out = append(out, yearMark(strconv.Itoa(q.Year)))
	}
	return out
}
