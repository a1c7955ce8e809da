package project

import (
	"slices"
	"strings"
	"unicode"
)

// Pair are two sub-projects that may be the same thing.
type Pair struct{ A, B Project }

// shortest is the fewest letters of a word that says what a project is, and common the most
// projects that may begin with it.
const (
	shortest = 7
	common   = 3
)

// Alike lists the pairs of projects whose titles begin with the same long and uncommon word, or
// that are alike as a whole (PRJ-14). They are only suggested: two projects may well have the
// same title.
func Alike(list []Project) []Pair {
	keys, begins := make([]near, len(list)), map[string]int{}
	for i, p := range list {
		keys[i] = newNear(p.Title.String())
		begins[keys[i].first]++
	}
	var out []Pair
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			a, b := keys[i], keys[j]
			if a.first == b.first && len(a.first) >= shortest && begins[a.first] < common+1 || a.like(b) {
				out = append(out, Pair{list[i], list[j]})
			}
		}
	}
	return out
}

// near is what a title is held against others by.
type near struct {
	first  string
	threes []string
}

func newNear(title string) near {
	var n near
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = stem(strings.ReplaceAll(w, "c", "k"))
		if n.first == "" && len(words[i]) > 3 {
			n.first = words[i]
		}
	}
	all := []rune(" " + strings.Join(words, " ") + " ")
	for i := 0; i+3 <= len(all); i++ {
		n.threes = append(n.threes, string(all[i:i+3]))
	}
	slices.Sort(n.threes)
	n.threes = slices.Compact(n.threes)
	return n
}

// stem takes off the endings of number and definiteness, where five letters are left.
func stem(w string) string {
	for _, end := range []string{"ene", "er", "en", "et", "r"} {
		if s, ok := strings.CutSuffix(w, end); ok && len([]rune(s)) >= 5 {
			return s
		}
	}
	return w
}

// like reports whether the titles share at least six of ten pieces of three letters (Dice).
func (n near) like(o near) bool {
	if len(n.threes)+len(o.threes) == 0 {
		return false
	}
	same := 0
	for _, x := range n.threes {
		if _, found := slices.BinarySearch(o.threes, x); found {
			same++
		}
	}
	return 10*2*same >= 6*(len(n.threes)+len(o.threes))
}
