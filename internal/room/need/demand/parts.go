package demand

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
)

// Cell is a place in the fixed tables.
type Cell struct {
	Region need.Region
	Field  need.Field
	Level  need.Level
	Year   int // in which the need was submitted, or the pool made
}

// source is one need as it counts: whose it is, who speaks for it, how many
// firms and people.
type source struct {
	firm            string // the organisation, or the need itself for a group of firms
	known           []org.ID
	firms           int
	headcount       int
	confidentiality need.Confidentiality
}

// part is what is published whole or not at all.
type part struct {
	key     string
	pool    need.PoolID
	cell    Cell
	sources []source
}

func poolKey(p need.PoolID) string { return "pool:" + string(p) }

func restKey(c Cell) string {
	return strings.Join([]string{"rest", string(c.Region), string(c.Field), string(c.Level), strconv.Itoa(c.Year)}, "|")
}

// classes lists what each class of reader may open, narrowest first. A reader
// who may open everything needs no protection from himself.
func classes() [][]need.Confidentiality {
	return [][]need.Confidentiality{
		{need.Open},
		{need.Open, need.ProvidersOnly},
		{need.Open, need.ProvidersOnly, need.ForumOnly},
	}
}

// hidden picks the sources that a class of readers may not open.
func hidden(list []source, class []need.Confidentiality) []source {
	var out []source
	for _, s := range list {
		if !slices.Contains(class, s.confidentiality) {
			out = append(out, s)
		}
	}
	return out
}

// firmsIn counts the different firms behind the sources.
func firmsIn(list []source) int {
	firms := map[string]int{}
	for _, s := range list {
		firms[s.firm] = s.firms
	}
	n := 0
	for _, k := range firms {
		n += k
	}
	return n
}

func headcountIn(list []source) int {
	n := 0
	for _, s := range list {
		n += s.headcount
	}
	return n
}

// enough reports whether so many firms hide each other: none do, or three.
func enough(firms int) bool { return firms == 0 || firms >= need.Few }

// safe reports whether the sum of the sources tells nobody what one or two
// firms need.
func safe(list []source) bool {
	if firmsIn(list) < need.Few {
		return false
	}
	for _, class := range classes() {
		if !enough(firmsIn(hidden(list, class))) {
			return false
		}
	}
	return !leavesOne(hidden(list, classes()[0]))
}

// leavesOne reports whether somebody who knows some of the sources is left
// with a single firm that he does not know.
func leavesOne(list []source) bool {
	var knowers []org.ID
	for _, s := range list {
		knowers = append(knowers, s.known...)
	}
	for _, who := range need.Unique(knowers) {
		var others []source
		for _, s := range list {
			if !slices.Contains(s.known, who) {
				others = append(others, s)
			}
		}
		if firmsIn(others) == 1 {
			return true
		}
	}
	return false
}

// kept is a line of what a published figure was made of.
type kept struct {
	Part            string               `db:"part"`
	Firm            string               `db:"firm"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	Firms           int                  `db:"firms"`
	Headcount       int                  `db:"headcount"`
}

// kept sums the sources by firm and confidentiality.
func (p part) kept() []kept {
	var out []kept
	for _, s := range p.sources {
		i := slices.IndexFunc(out, func(k kept) bool { return k.Firm == s.firm && k.Confidentiality == s.confidentiality })
		if i < 0 {
			out = append(out, kept{p.key, s.firm, s.confidentiality, s.firms, 0})
			i = len(out) - 1
		}
		out[i].Headcount += s.headcount
	}
	return out
}

// tells reports whether the step from one figure to the next would tell a
// class of readers about one or two firms.
func tells(before, after []kept) bool {
	for _, class := range classes() {
		changed := map[string]int{}
		compare := func(a, b []kept) {
			for _, x := range a {
				if !slices.Contains(class, x.Confidentiality) && !slices.Contains(b, x) {
					changed[x.Firm] = x.Firms
				}
			}
		}
		compare(before, after)
		compare(after, before)
		n := 0
		for _, firms := range changed {
			n += firms
		}
		if !enough(n) {
			return true
		}
	}
	return false
}
