package notes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"kompetansetorg/internal/room/need/notes/sentence"
)

var (
	// labelled is a line that says whose or when before it lists: "Helse: 6 sykepleiere".
	labelled = regexp.MustCompile(`^([\pL\d][^:?.!|]{1,45}):\s+(\S.*)$`)
	// dashed is a line that names somebody, and after a dash what they say.
	dashed = regexp.MustCompile(`^(\p{Lu}[^–—:;.!?]{1,48}?)\s+[–—-]+\s+(\S.*)$`)
	// staffOnly says how many work there.
	staffOnly = regexp.MustCompile(` \d+ (?:ansatte|tilsette|employees|medlemmer|medlemmar) $`)
	// staffing heads what is said of how a workplace is manned.
	staffing = regexp.MustCompile(` (bemanning\pL*|rekruttering\pL*|kompetanse|kompetansen|arbeidskraft\pL*|stillinger|stillingar|innspill|innspel|mangel\pL*|staffing|recruitment|workforce|competence) `)
)

// label parts "Helse: 6 sykepleiere, 10 helsefagarbeidere" in its label and the rest. A
// label that names an occupation is a part of what is said.
func (r *reader) label(s string) (label, rest string, ok bool) {
	m := labelled.FindStringSubmatch(s)
	if m == nil || speaker.MatchString(sentence.Worded(m[1])) || len(strings.Fields(m[1])) > 6 {
		return "", "", false
	}
	if !r.HasCount(m[2]) && !r.namesFirst(m[2]) {
		return "", s, unicode.IsUpper([]rune(s)[0]) && len(strings.Fields(m[1])) <= 4 && len(strings.Fields(m[2])) > 2
	}
	if _, named := r.Named(m[1]); named && !r.lists(m[2]) {
		return "", s, true
	}
	return m[1], m[2], true
}

// lists tells whether the words name occupations of their own.
func (r *reader) lists(s string) bool {
	for _, t := range sentence.Tokens(s) {
		if len([]rune(t.Word)) > 4 && r.IsPerson(t.Word) && !sentence.IsGeneral(t.Word) {
			return true
		}
	}
	return false
}

// namesFirst tells whether one of the first two words names an occupation or a competence.
func (r *reader) namesFirst(s string) bool {
	for i, t := range sentence.Tokens(s) {
		if i < 2 && r.Names(t.Word) {
			return true
		}
	}
	return false
}

// alike tells whether the item is one of a list of occupations: it names one, and how
// many or who.
func (p *part) alike() bool {
	if p.compared == 0 {
		p.compared = -1
		if p.namesMany() {
			p.compared = 1
		}
	}
	return p.compared > 0
}

func (p *part) namesMany() bool {
	r := p.sec.r
	if !p.item || sentence.IsRefused(p.text) {
		return false
	}
	if sum, against, _ := r.Weigh(p.text); against < 0 && sum < sentence.Enough {
		return false
	}
	_, named := r.Named(p.text)
	_, learnt := sentence.Learns(p.text)
	return (named || learnt) && (r.HasCount(p.text) || dashed.MatchString(p.text) || p.label != "")
}

// listed weighs an item that says nothing of lacking by what it is made of, by its
// neighbours and by what stands over it; the words are those that tell.
func (p *part) listed() (string, bool) {
	if !p.alike() || sentence.IsOfStaff(p.text) || staffOnly.MatchString(sentence.Worded(p.text)) {
		return "", false
	}
	r := p.sec.r
	sum := 1.0 + p.sec.tone
	words, _ := r.Named(p.text)
	if learnt, ok := sentence.Learns(p.text); ok && words == "" {
		words = learnt
	}
	if c, ok := r.CountIn(p.text, true); ok {
		sum, words = sum+1, c.Words
	}
	if p.labelled || dashed.MatchString(p.text) || labelled.MatchString(p.text) {
		sum += 0.5
	}
	switch n := p.neighbours(); {
	case n >= 3:
		sum += 1.5
	case n == 2:
		sum++
	}
	if p.sec.staffed || slices.ContainsFunc(append([]string{p.lead, p.sec.subject}, p.sec.heads...), func(s string) bool { return staffing.MatchString(sentence.Worded(s)) }) {
		sum++
	}
	return words, sum >= sentence.Enough
}

// neighbours counts the items of the section that are like the item, itself among them.
// It stops at three.
func (p *part) neighbours() int {
	n, at := 0, slices.Index(p.sec.parts, p)
	for _, q := range p.sec.parts[max(0, at-6):min(len(p.sec.parts), at+7)] {
		if n < 3 && (q == p || q.alike()) {
			n++
		}
	}
	return n
}

// perFigure parts "automatikere (6), CNC-operatører (4)" after each number.
func perFigure(s string) []string {
	all := sentence.Besides(s)
	if len(all) < 2 {
		return []string{s}
	}
	var out []string
	from := 0
	for i, at := range all {
		end := at[1]
		if i == len(all)-1 {
			end = len(s)
		}
		if piece := strings.Trim(s[from:end], " ,;"); piece != "" {
			out = append(out, andStart.ReplaceAllString(piece, ""))
		}
		from = end
	}
	return out
}

var andStart = regexp.MustCompile(`^(?:og|and|samt|pluss|&|\+) `)
