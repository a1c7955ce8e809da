// Package few says which open figures may be published, so that nobody learns
// what one or two organisations or persons have said.
//
// Words: tall som kan holdes tilbake = figure, kilde = source, utgave = edition.
//
// Rules:
//   - A figure is built on its sources, the ids of the organisations or persons that
//     it counts. It is published when there are none of them or at least three.
//   - A figure comes in editions, and a reader may have kept them all. A new edition is
//     published only when no sum or difference of it and the earlier ones is left with
//     one or two sources; else the last edition stands, with its day.
//   - What is left when one figure is taken from another (those who are missing of the
//     least number, those who started of those who applied) is a figure too: its editions
//     and those of the figures it is taken from are given to May together.
//   - Who may open the sources themselves is shown the exact number of this moment; this
//     package has nothing to say about them.
package few

import (
	"slices"
)

// Few is how many sources a published figure must at least be built on.
const Few = 3

// Figure is a number that may be withheld. Known: Value is it. Few: it is
// built on one or two sources and shown as "1–2". Neither: it is withheld, as
// another figure could be computed from it.
type Figure struct {
	Known bool
	Value int
	Few   bool
}

// Exactly is a figure that is known.
func Exactly(n int) Figure { return Figure{Known: true, Value: n} }

// FewOnly is a figure built on one or two sources.
func FewOnly() Figure { return Figure{Few: true} }

// Sources are the ids of those an edition is built on, in any order. One that
// is named twice counts once. They are never shown.
type Sources []string

// May reports whether the edition may be published beside those published
// before it: its own, and those of figures that a reader may compare it with.
// An edition of one or two sources tells by itself.
func May(before []Sources, now Sources) bool { return !tells(append(slices.Clone(before), now)) }

// group is the sources that stand in the same editions. No combination of the
// editions can part them.
type group struct {
	in   []bool // in which editions
	size int
}

// tells reports whether some combination of the editions is left with fewer
// than Few sources. Each edition is an equation whose unknowns are its sources:
// when the groups are taken away that such a combination would consist of, the
// equations depend on each other more than before.
func tells(editions []Sources) bool {
	all := groups(editions)
	full := Rank(columns(all, -1, -1))
	for i, a := range all {
		if a.size >= Few {
			continue
		}
		for j := i; j < len(all); j++ {
			// With i == j the group is tried by itself.
			if i != j && a.size+all[j].size >= Few {
				continue
			}
			if Rank(columns(all, i, j)) < full {
				return true
			}
		}
	}
	return false
}

// groups are the groups of the editions.
func groups(editions []Sources) []group {
	in := map[string][]bool{}
	for i, e := range editions {
		for _, s := range e {
			if in[s] == nil {
				in[s] = make([]bool, len(editions))
			}
			in[s][i] = true
		}
	}
	var out []group
	for _, marks := range in {
		at := slices.IndexFunc(out, func(g group) bool { return slices.Equal(g.in, marks) })
		if at < 0 {
			at, out = len(out), append(out, group{in: marks})
		}
		out[at].size++
	}
	return out
}

// columns are the groups' marks, without the two at a and b.
func columns(all []group, a, b int) [][]bool {
	var out [][]bool
	for i, g := range all {
		if i != a && i != b {
			out = append(out, g.in)
		}
	}
	return out
}
