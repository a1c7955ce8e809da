package vocab

import (
	"cmp"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// Suggest returns the concepts of a scheme for what somebody has begun to type: first those
// with a name that begins so, then those with a word that does. An empty text gives none.
func (x *Index) Suggest(scheme Scheme, typed string, limit int) []Concept {
	s := x.spaces[scheme]
	typed = strings.Join(strings.Fields(norsk.Fold(typed)), " ")
	if s == nil || typed == "" || limit <= 0 {
		return nil
	}
	rank := map[uint16]int{}
	for i, name := range s.labels {
		r := 0
		switch {
		case strings.HasPrefix(name, typed):
			r = 2
		case strings.Contains(name, " "+typed), strings.Contains(name, "-"+typed):
			r = 1
		case s.concepts[s.owner[i]].Code == typed:
			r = 3
		}
		if r > rank[s.owner[i]] {
			rank[s.owner[i]] = r
		}
	}
	var found []uint16
	for c := range rank {
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b uint16) int {
		return cmp.Or(rank[b]-rank[a], strings.Compare(s.concepts[a].NB, s.concepts[b].NB), int(a)-int(b))
	})
	var list []Concept
	for _, c := range found[:min(limit, len(found))] {
		list = append(list, s.concepts[c])
	}
	return list
}
