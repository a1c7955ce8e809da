package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/text"
)

var (
	// referred is a text that refers to annexes: "vedlegg 3", "vedlegg 1 og 2",
	// "vedlegg nr. 1–3".
	referred = regexp.MustCompile(`(?i)\b(?:vedlegg(?:et|a|ene)?|annex(?:es)?|appendix|attachments?)\s+(?:nr\.?\s*|no\.?\s*)?(\d{1,2}(?:\s*(?:,|og|and|til|to|–|-)\s*\d{1,2})*)\b`)
	numerals = regexp.MustCompile(`\d{1,2}`)
	ranged   = regexp.MustCompile(`(\d{1,2})\s*(?:til|to|–|-)\s*(\d{1,2})`)
	// listed is a line of the list of annexes.
	listed = regexp.MustCompile(`(?i)^(?:[-*]\s+)?(?:(?:vedlegg|annex|appendix)\s+)?(\d{1,2})\s*[.):–-]?\s+(\S.*)$`)
	bullet = regexp.MustCompile(`^[-*]\s+(\S.*)$`)
)

// Annex is a line of the list of annexes.
type Annex struct {
	Nr    int
	Title string
}

// ListAnnexes reads a list of annexes: numbered lines, or points that get their
// numbers from the order.
func ListAnnexes(s string) []Annex {
	var out []Annex
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if m := listed.FindStringSubmatch(line); m != nil {
			nr, _ := strconv.Atoi(m[1]) // two digits at most
			out = append(out, Annex{nr, m[2]})
		} else if m := bullet.FindStringSubmatch(line); m != nil {
			out = append(out, Annex{len(out) + 1, m[1]})
		}
	}
	return out
}

// refersTo are the annexes that a text refers to, by number, in order.
func refersTo(s string) []int {
	var out []int
	add := func(nr int) {
		if nr > 0 && !slices.Contains(out, nr) {
			out = append(out, nr)
		}
	}
	for _, m := range referred.FindAllStringSubmatch(s, -1) {
		for _, r := range ranged.FindAllStringSubmatch(m[1], -1) {
			from, _ := strconv.Atoi(r[1])
			to, _ := strconv.Atoi(r[2])
			for nr := from; nr <= to; nr++ {
				add(nr)
			}
		}
		for _, n := range numerals.FindAllString(m[1], -1) {
			nr, _ := strconv.Atoi(n)
			add(nr)
		}
	}
	return out
}

// annexes holds the list of annexes against the references in the text.
func (c *checker) annexes() {
	var have []Annex
	list := ""
	for _, s := range c.paper.Sections {
		if s.Role == Annexes {
			have, list = append(have, ListAnnexes(s.Text)...), s.Key
		}
	}
	used := map[int]bool{}
	for _, s := range c.paper.Sections {
		if s.Role == Annexes {
			continue
		}
		for _, nr := range refersTo(s.Text) {
			if !used[nr] && !slices.ContainsFunc(have, func(a Annex) bool { return a.Nr == nr }) {
				c.add(AnnexMissing, s.Key, strconv.Itoa(nr), "case.check.annex_missing", "nr", strconv.Itoa(nr), "listed", strconv.Itoa(len(have)))
			}
			used[nr] = true
		}
	}
	for _, a := range have {
		if !used[a.Nr] {
			c.add(AnnexUnused, list, strconv.Itoa(a.Nr)+" "+a.Title, "case.check.annex_unused", "nr", strconv.Itoa(a.Nr), "title", a.Title)
		}
	}
}

// enumerator stands before a point or a heading: "1)", "a.", "2.1".
var enumerator = regexp.MustCompile(`^(?:\d+(?:\.\d+)*|[a-z])[.):]?\s+`)

// point is a line of a numbered list, with letters or digits; topic a heading.
var (
	point = regexp.MustCompile(`^\s*(?:\d{1,2}|[a-zA-Z])[.)]\s+(\S.*)$`)
	topic = regexp.MustCompile(`^#{1,6}\s+(\S.*)$`)
)

func plainHeading(s string) string {
	return strings.TrimSpace(enumerator.ReplaceAllString(text.Fold(strings.Trim(s, "*_# ")), ""))
}

// outline holds a numbered list of what the text discusses against the order in
// which its headings come (I-22). It reads lines and not Markdown, where points
// with letters are no list.
func (c *checker) outline() {
	var headings []string
	type promise struct {
		after  int // headings before the list
		points []string
		key    string
	}
	var promises []promise
	for _, s := range c.paper.Sections {
		if w := plainHeading(s.Heading); w != "" {
			headings = append(headings, w)
		}
		open := false // the line before is of a list
		for line := range strings.SplitSeq(s.Text, "\n") {
			switch {
			case topic.MatchString(line):
				headings, open = append(headings, plainHeading(topic.FindStringSubmatch(line)[1])), false
			case point.MatchString(line):
				if !open {
					promises = append(promises, promise{after: len(headings), key: s.Key})
				}
				p := &promises[len(promises)-1]
				p.points, open = append(p.points, plainHeading(point.FindStringSubmatch(line)[1])), true
			case strings.TrimSpace(line) != "":
				open = false
			}
		}
	}
	for _, p := range promises {
		c.inOrder(p.key, p.points, headings[p.after:])
	}
}

// inOrder tells of the first heading that comes before one that the list has first.
func (c *checker) inOrder(list string, points, headings []string) {
	at, before := -1, ""
	for _, p := range points {
		i := slices.IndexFunc(headings, func(h string) bool { return same(h, p) })
		if i < 0 {
			continue
		}
		if i < at {
			c.add(OutlineOrder, list, p+" / "+before, "case.check.outline_order", "first", before, "second", p)
			return
		}
		at, before = i, p
	}
}

// same reports whether a point and a heading name the same thing: equal, or one
// holds the other and is long enough to tell.
func same(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	return a == b || utf8.RuneCountInString(short) >= 3 && slices.Contains(strings.Fields(long), short) || utf8.RuneCountInString(short) >= 12 && strings.Contains(long, short)
}
