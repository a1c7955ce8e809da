package notes

import (
	"strings"
	"unicode"
)

// section is what stands under one heading. heads are the headings, the nearest
// first; facts are lines such as "Kommune: Oppdal" that hold for all of it.
type section struct {
	r       *reader
	staffed bool    // the mail begins with words of how workplaces are manned
	tone    float64 // what the kind of the mail adds to the weight of a sentence
	heads   []string
	subject string
	facts   map[string]string
	parts   []*part
}

// part is a paragraph or an item of a list.
type part struct {
	sec      *section
	line     int
	text     string
	item     bool
	stated   bool   // it stands after "Behov:"
	lead     string // what announces the list
	label    string // what stands before its colon
	labelled bool   // it stands after a label
	leads    bool   // it announces a list itself
	facts    map[string]string
	raw      []line
	compared int8 // whether it is alike (see there): 0 is not known yet
}

// lead is what announces the items that are indented more.
type lead struct {
	indent int
	text   string
}

// builder puts the lines of a mail together.
type builder struct {
	r       *reader
	tone    float64
	staffed bool
	subject string
	agenda  string
	sec     *section
	all     []*part
	cur     *part
	gap     bool
	leads   []lead
	columns []string // what the columns of the table are about
	need    string   // the heading of the column that says what is needed
}

// parts puts the lines of a mail together to paragraphs and items, in their order.
func (m mail) parts() []*part {
	b := builder{r: m.r, subject: m.subject}
	b.tone, b.staffed = m.kind()
	b.under()
	for i, l := range m.lines {
		switch l.kind {
		case blank:
			b.cur, b.gap = nil, true
			continue
		case head:
			b.head(l)
		case fact:
			b.fact(l)
		case bullet:
			b.bullet(l, deeper(m.lines[i+1:], l.indent))
		case prose:
			b.prose(l)
		}
		b.gap = false
	}
	return b.all
}

// deeper tells whether the next item stands below one with the indent.
func deeper(rest []line, indent int) bool {
	for _, l := range rest {
		switch l.kind {
		case blank:
			continue
		case bullet:
			return l.indent > indent
		}
		return false
	}
	return false
}

func (b *builder) under(heads ...string) {
	b.sec = &section{r: b.r, tone: b.tone, staffed: b.staffed, heads: heads, subject: b.subject, facts: map[string]string{}}
	b.cur, b.leads = nil, nil
}

func (b *builder) add(l line, p *part) {
	p.sec, p.line, p.text, p.facts, p.raw = b.sec, l.nr, l.text, map[string]string{}, []line{l}
	b.sec.parts, b.all, b.cur = append(b.sec.parts, p), append(b.all, p), p
}

func (b *builder) head(l line) {
	name := strings.TrimSpace(strings.TrimSuffix(l.text, ":"))
	if agenda.MatchString(l.text) {
		b.agenda = name
		b.under(name)
		return
	}
	heads := []string{name}
	if b.agenda != "" {
		heads = append(heads, b.agenda)
	}
	b.under(heads...)
}

func (b *builder) fact(l line) {
	switch g := l.group; g {
	case aboutStaff, "":
	case aboutNeed, aboutLack:
		if answersNothing.MatchString(l.text) {
			return
		}
		b.add(l, &part{item: true, stated: true})
		b.cur = nil
	case aboutCount, aboutWhen:
		facts := b.sec.facts
		if n := len(b.sec.parts); n > 0 && b.sec.parts[n-1].stated {
			facts = b.sec.parts[n-1].facts
		}
		facts[g] = l.text
	default:
		if b.sec.facts[g] != "" {
			b.under(b.sec.heads...)
		}
		b.sec.facts[g] = l.text
	}
}

func (b *builder) bullet(l line, leads bool) {
	if strings.Contains(l.text, " | ") && b.row(l) {
		return
	}
	for len(b.leads) > 0 && b.leads[len(b.leads)-1].indent >= l.indent {
		b.leads = b.leads[:len(b.leads)-1]
	}
	p := &part{item: true, leads: leads, label: l.label, labelled: l.listed}
	for i := len(b.leads) - 1; i >= 0 && i >= len(b.leads)-2; i-- {
		p.lead = strings.TrimSpace(b.leads[i].text + " " + p.lead)
	}
	b.add(l, p)
	if leads {
		b.leads = append(b.leads, lead{l.indent, l.text})
	}
}

func (b *builder) prose(l line) {
	if b.cur != nil && !b.gap && len(b.cur.text)+len(l.text) <= maxPart && b.joins(l) {
		b.cur.text += " " + l.text
		b.cur.raw = append(b.cur.raw, l)
		b.announce()
		return
	}
	b.leads = nil
	b.add(l, &part{})
	b.announce()
}

// announce notes that what has been read of the paragraph announces a list.
func (b *builder) announce() {
	if b.cur.item {
		return
	}
	b.cur.leads = strings.HasSuffix(b.cur.text, ":")
	if b.leads = nil; b.cur.leads {
		b.leads = []lead{{-1, b.cur.text}}
	}
}

// hardWrap is how long the lines are that a mail program has broken.
const hardWrap = 55

// joins tells whether the line goes on with the part before it.
func (b *builder) joins(l line) bool {
	before := b.cur.raw[len(b.cur.raw)-1].text
	first := []rune(l.text)[0]
	if unicode.IsLower(first) {
		return true
	}
	if b.cur.item {
		return l.indent > b.cur.raw[0].indent || len(before) > hardWrap && !ends(before)
	}
	return len(before) > hardWrap && !ends(before)
}

// ends tells whether a sentence ends with the line.
func ends(s string) bool { return strings.ContainsAny(s[len(s)-1:], ".!?:") }
