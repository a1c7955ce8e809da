package demand

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
)

// ledger holds every figure that was ever published, as the sources it is the
// sum of. A reader who has kept them all can add and subtract them as he likes;
// the ledger allows a new figure only if that still tells him nothing about
// one or two firms.
//
// Seen so, each figure is an equation whose unknowns are the sources the
// reader may not open. He learns about a few firms exactly when some
// combination of the equations has unknowns of those firms only.
type ledger struct {
	figures [][]source
	in      map[string][]int // which figures a source stands in
}

// add notes a figure that is published.
func (l *ledger) add(figure []source) {
	if l.in == nil {
		l.in = map[string][]int{}
	}
	for _, s := range figure {
		l.in[s.key()] = append(l.in[s.key()], len(l.figures))
	}
	l.figures = append(l.figures, figure)
}

// allows reports whether the figure may be published: it is built on at least
// three firms, and together with all figures before it
//
//   - no class of readers (everybody, providers, the forum) can work out what
//     one or two firms need, whose needs they may not open;
//   - nobody who knows some firms' needs, as their owner, representative or
//     provider, can work out what a single other firm needs.
func (l *ledger) allows(figure []source) bool {
	if firmsIn(figure) < need.Few {
		return false
	}
	related := l.related(figure)
	for _, class := range classes() {
		hides := func(s source) bool { return !slices.Contains(class, s.confidentiality) }
		if tells(related, hides, need.Few-1) {
			return false
		}
	}
	for _, who := range knowers(related) {
		hides := func(s source) bool { return s.confidentiality != need.Open && !slices.Contains(s.known, who) }
		if tells(related, hides, 1) {
			return false
		}
	}
	return true
}

// classes lists what each class of readers may open, narrowest first. Case
// officers may open everything and need no protection from themselves.
func classes() [][]need.Confidentiality {
	return [][]need.Confidentiality{
		{need.Open},
		{need.Open, need.ProvidersOnly},
		{need.Open, need.ProvidersOnly, need.ForumOnly},
	}
}

// related is the figure with all that share a source with it, directly or
// through others. What shares nothing cannot help a reader.
func (l *ledger) related(figure []source) [][]source {
	out := [][]source{figure}
	taken := map[int]bool{}
	for i := 0; i < len(out); i++ {
		for _, s := range out[i] {
			for _, f := range l.in[s.key()] {
				if !taken[f] {
					taken[f], out = true, append(out, l.figures[f])
				}
			}
		}
	}
	return out
}

func knowers(figures [][]source) []org.ID {
	var out []org.ID
	seen := map[org.ID]bool{}
	for _, f := range figures {
		for _, s := range f {
			for _, o := range s.known {
				if !seen[o] {
					seen[o], out = true, append(out, o)
				}
			}
		}
	}
	return out
}

// column is a group of unknowns that stand in the same figures. No combination
// can part them, so they are one unknown that belongs to all their firms.
type column struct {
	in    []bool // in which figures
	firms map[string]int
}

// columns lists the unknowns of the figures, of what hides tells.
func columns(figures [][]source, hides func(source) bool) []column {
	in, sources := map[string][]bool{}, map[string]source{}
	var order []string
	for i, f := range figures {
		for _, s := range f {
			k := s.key()
			if in[k] == nil {
				in[k], order = make([]bool, len(figures)), append(order, k)
				sources[k] = s
			}
			in[k][i] = true
			// A need that was ever open to the reader is no unknown.
			if !hides(s) {
				sources[k] = s
			}
		}
	}
	at := map[string]int{}
	var out []column
	for _, k := range order {
		s := sources[k]
		if !hides(s) {
			continue
		}
		sign := signature(in[k])
		if _, ok := at[sign]; !ok {
			at[sign] = len(out)
			out = append(out, column{in: in[k], firms: map[string]int{}})
		}
		out[at[sign]].firms[s.firm] = s.firms
	}
	return out
}

func signature(in []bool) string {
	var b strings.Builder
	for _, x := range in {
		if x {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}

// tells reports whether some combination of the figures has unknowns of at
// most limit firms only.
func tells(figures [][]source, hides func(source) bool, limit int) bool {
	all := columns(figures, hides)
	var atRisk []string // firms that stand alone enough
	for _, c := range all {
		if total(c.firms) > limit {
			continue
		}
		for firm := range c.firms {
			if !slices.Contains(atRisk, firm) {
				atRisk = append(atRisk, firm)
			}
		}
	}
	if len(atRisk) == 0 {
		return false
	}
	full := rank(all)
	for i, a := range atRisk {
		for _, b := range atRisk[i:] {
			// With a == b the firm is tried by itself.
			if weight(all, a, b) <= limit && rank(without(all, a, b)) < full {
				return true
			}
		}
	}
	return false
}

// weight is how many firms the two stand for.
func weight(all []column, a, b string) int {
	firms := map[string]int{}
	for _, c := range all {
		for firm, n := range c.firms {
			if firm == a || firm == b {
				firms[firm] = n
			}
		}
	}
	return total(firms)
}

// without drops the unknowns that belong to these firms only. If the figures
// then depend on each other more than before, a combination of them had no
// other unknowns.
func without(all []column, a, b string) []column {
	return slices.DeleteFunc(slices.Clone(all), func(c column) bool {
		for firm := range c.firms {
			if firm != a && firm != b {
				return false
			}
		}
		return true
	})
}

// rank is how many of the columns are independent.
func rank(all []column) int {
	marks := make([][]bool, len(all))
	for i, c := range all {
		marks[i] = c.in
	}
	return few.Rank(marks)
}
