package notes

import (
	"regexp"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/text"
)

// Read finds the needs in a plain text (see Plain), in their order. today is the day
// that words such as "til høsten" are understood from. known may be nil: then an
// occupation is known only by what it looks like, and fewer needs are found.
func Read(plain string, today clock.Date, known Vocabulary) []Candidate {
	r := &reader{known: known, memo: map[string]bool{}, weights: map[string]weight{}}
	var out []Candidate
	for _, m := range r.mails(plain) {
		parts := m.parts()
		for i, p := range parts {
			if len(out) == MaxCandidates {
				return out
			}
			for _, f := range p.needs() {
				if f.continues {
					if n := len(out); n > 0 {
						out[n-1].continued(r, f.text, today)
					}
					continue
				}
				if len(out) < MaxCandidates {
					out = append(out, f.candidate(parts[:i], today))
				}
			}
		}
	}
	return out
}

// found is a need in a part. around is what the part says besides.
type found struct {
	*part
	text, around string
	core         string // the words that say so, when others stand before them in text
	cue          Reason
	continues    bool // it only tells more of the need before
}

var (
	skippedHead = regexp.MustCompile(`(?i)(?:godkjenn?ing av|innkalling|deltaker|deltakar|forfall|neste møte|apologies|aksjonspunkt|aksjonsliste|gjøremål|to do)`)
	continuing  = regexp.MustCompile(`(?i)^(?:det|dette|de) (?:gjelder|gjeld|er snakk om|dreier seg om|dreiar seg om|handler om|handlar om)\b|^(?:gjelder|gjeld|oppstart|antall|frist)\b`)
	additive    = regexp.MustCompile(` (i tillegg|dessuten|dessutan|videre|vidare|også|og så|òg|samtidig|samt|in addition|also|besides|det andre|for det andre) `)
)

// needs are the needs that the part speaks of.
func (p *part) needs() []found {
	if len(p.sec.heads) > 0 && skippedHead.MatchString(p.sec.heads[0]) {
		return nil
	}
	if !p.item {
		return p.paragraph()
	}
	if !p.stated && len(sentences(p.text)) > 1 {
		if out := p.paragraph(); len(out) > 0 {
			return out
		}
	}
	words := worded(p.text)
	announced := p.announced()
	listed, isListed := p.listed()
	switch own := p.sec.r.cueIn(p.text, p.sec.tone); {
	case isRefused(p.text), p.stated && text.WordCount(p.text) == 0:
		return nil
	case p.stated && len(sentences(p.text)) > 1:
		return p.statement()
	case own != "":
		var out []found
		for _, clause := range clauses(p.text) {
			out = append(out, p.split(clause, p.text, Reason{own, Own})...)
		}
		return out
	case p.leads && announced == "":
		return nil
	case p.stated:
		return p.split(p.text, p.text, Reason{p.raw[0].key, Fact})
	case announced == "" && p.sec.r.hasCount(p.text) && p.underFirm() && !staffOnly.MatchString(worded(p.text)) && !tasked.MatchString(words):
		c, _ := p.sec.r.countIn(p.text, true)
		return p.split(p.text, p.text, Reason{c.Words, Own})
	case announced == "" && isListed && !tasked.MatchString(words):
		return p.split(p.text, p.text, Reason{listed, Own})
	case announced == "", tasked.MatchString(words), text.WordCount(p.text) == 0:
		return nil
	case p.leads && !p.sec.r.hasCount(p.text):
		return nil // its own items are the needs
	default:
		return p.split(p.text, p.text, Reason{announced, Heading})
	}
}

// statement finds the needs in what stands after "Behov:": the first sentence is one,
// and others when they say so.
func (p *part) statement() []found {
	list := sentences(p.text)
	out := p.split(list[0], p.text, Reason{p.raw[0].key, Fact})
	for _, s := range list[1:] {
		last := &out[len(out)-1]
		if cue := p.sec.r.cueIn(s, p.sec.tone); cue != "" && p.sec.r.separate(last.text, s) {
			out = append(out, p.split(s, p.text, Reason{cue, Own})...)
			continue
		}
		last.text += " " + s
	}
	return out
}

// underFirm tells whether the item stands under the name of a firm.
func (p *part) underFirm() bool {
	for _, s := range append([]string{p.lead}, p.sec.heads...) {
		for _, o := range orgsIn(Reason{Words: s}) {
			if o.Firm {
				return true
			}
		}
	}
	return p.sec.facts["org"] != "" || p.sec.facts["orgno"] != ""
}

// announced are the words over a list that make needs of its items.
func (p *part) announced() string {
	above := []string{p.lead}
	if len(p.sec.heads) > 0 {
		above = append(above, p.sec.heads[0])
	}
	for _, s := range above {
		if s == "" {
			continue
		}
		if c := outrightCue(plainWords(s)); c != "" && !isRefused(s) {
			return c
		}
		if isRefused(s) {
			return ""
		}
		if m := headCue.FindStringSubmatch(worded(s)); m != nil {
			return m[1]
		}
	}
	return ""
}

// paragraph finds the needs in running text: a sentence that speaks of one begins it,
// what is said of it after that goes with it, and up to two sentences before.
func (p *part) paragraph() []found {
	var out []found
	var before []string
	open := false
	list := sentences(p.text)
	for i, s := range list {
		cue := p.sec.r.cueIn(s, p.sec.tone)
		refused := isRefused(s)
		switch {
		case open && continuing.MatchString(s):
			out[len(out)-1].text += " " + s
		case open && p.retracts(s):
			out, open = out[:len(out)-1], false
		case refused && open && strings.HasSuffix(s, "?"):
			// a question in between
		case refused:
			open, before = false, nil
		case p.leads && i == len(list)-1 && !p.sec.r.hasCount(s):
			// what announces a list is no need of its own
		case cue != "" && (!open || p.sec.r.separate(out[len(out)-1].text, s)):
			first := len(out)
			for _, clause := range clauses(s) {
				out = append(out, p.split(clause, p.text, Reason{cue, Own})...)
			}
			out[first].text = strings.Join(append(before, out[first].text), " ")
			open, before = true, nil
		case cue != "" && open:
			pieces := p.split(s, p.text, Reason{cue, Own})
			out[len(out)-1].text += " " + pieces[0].text
			out = append(out, pieces[1:]...)
		case open && additive.MatchString(worded(s)+" ") && p.furthers(s), open && andStart.MatchString(strings.ToLower(s)) && p.furthers(s):
			out = append(out, p.split(s, p.text, Reason{out[len(out)-1].cue.Words, Near})...)
		case open && !tasked.MatchString(worded(s)):
			out[len(out)-1].text += " " + s
		case i == 0 && continuing.MatchString(s) && !p.item:
			out = append(out, found{part: p, text: s, continues: true})
		default:
			open = false
			if staff.MatchString(worded(s)) {
				before = nil
				continue
			}
			if before = append(before, s); len(before) > 2 {
				before = before[1:]
			}
		}
	}
	return out
}

// settled begins a sentence about those who were just spoken of.
var settled = regexp.MustCompile(`^ (?:disse|desse|de|dei|det|dette|begge|alle|they|these|both|all) `)

// retracts tells whether the sentence says that the need before it is met.
func (p *part) retracts(s string) bool {
	if !settled.MatchString(worded(s)) {
		return false
	}
	_, against, _ := p.sec.r.weigh(s)
	return against <= -2
}

// furthers tells whether a sentence that goes on with a need names another competence.
func (p *part) furthers(s string) bool {
	_, ok := p.sec.r.named(s)
	return ok && learning.MatchString(worded(s))
}

// separate tells a sentence of another need from one that says more of the same: how
// many there are of those that were named, or who is to learn it.
func (r *reader) separate(open, s string) bool {
	if additive.MatchString(worded(s)) {
		return true
	}
	learnt, learns := learning.MatchString(worded(open)), learning.MatchString(worded(s))
	other, ok := r.named(s)
	if ok && mentions(open, other) {
		ok = false
	}
	all := r.countsIn(tokenise(s), true)
	if len(all) == 0 {
		_, names := r.named(open)
		return names && (learns && !learnt && !toLearn.MatchString(worded(s)) || ok && (learnt != learns || r.lists(open) != r.lists(s)))
	}
	if r.hasCount(open) {
		return true
	}
	if learns && !learnt && toLearn.MatchString(worded(s)) || toLearn.MatchString(worded(s)) && (learnt || !r.lists(open)) {
		return false // who is to learn it
	}
	return !mentions(open, tokenise(s)[all[0].last].word) && !(learnt && learns)
}

// toLearn says that somebody is to learn, and not what.
var toLearn = regexp.MustCompile(` (?:kurses|kursast|læres opp|lærast opp|lære dette|få opplæring|ha opplæring|be trained|need training) $`)

// mentions tells whether a word that begins as the word does stands in the text.
func mentions(s, word string) bool {
	stem := []rune(word)
	return strings.Contains(strings.ToLower(s), string(stem[:min(len(stem), 5)]))
}

// split parts "tre sveisere og to elektrikere" in two, each with the words before.
func (p *part) split(s, around string, cue Reason) []found {
	pieces, own := p.sec.r.perCount(s)
	if len(pieces) == 1 {
		pieces = perFigure(s)
		own = pieces
	}
	out := make([]found, len(pieces))
	for i, piece := range pieces {
		out[i] = found{part: p, text: piece, core: own[i], around: around, cue: cue}
	}
	return out
}

func (f found) candidate(before []*part, today clock.Date) Candidate {
	c := Candidate{Line: f.line, Text: tidy(f.text), Cue: f.cue, Under: f.label}
	if c.Under == "" {
		c.Under = f.lead
	}
	if c.Under == "" && len(f.sec.heads) > 0 {
		c.Under = f.sec.heads[0]
	}
	if list := sentences(c.Under); len(list) > 1 {
		c.Under = list[len(list)-1]
	}
	c.Under = text.Truncate(strings.TrimSuffix(c.Under, ":"), 200)
	texts := f.texts(before)
	c.Headcount = f.count(tidy(f.core))
	if c.Headcount.N == 0 {
		c.Headcount = f.count(c.Text)
	}
	for _, t := range texts {
		if t.From == Before {
			break // when something else was needed
		}
		if w, ok := whenIn(t.Words, today, t.From == Fact); ok {
			w.Reason.From = t.From
			c.When = w
			break
		}
	}
	c.Orgs, c.Places = phrases(texts, f.facts, f.sec.facts)
	return c
}

// texts are where guesses are looked for, the best first.
func (f found) texts(before []*part) []Reason {
	out := []Reason{{f.text, Own}}
	if f.facts["when"] != "" {
		out = append(out, Reason{f.facts["when"], Fact})
	}
	if f.around != f.text {
		out = append(out, Reason{f.around, Near})
	}
	if v := f.sec.facts["when"]; v != "" {
		out = append(out, Reason{v, Fact})
	}
	if f.label != "" {
		out = append(out, Reason{f.label, Heading})
	}
	if f.lead != "" {
		out = append(out, Reason{f.lead, Heading})
	}
	for _, h := range f.sec.heads {
		out = append(out, Reason{h, Heading})
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].sec == f.sec && !before[i].item {
			out = append(out, Reason{before[i].text, Before})
		}
	}
	if f.sec.subject != "" {
		out = append(out, Reason{f.sec.subject, Subject})
	}
	return out
}

func (f found) count(own string) Count {
	if c, ok := f.sec.r.countIn(own, f.item || f.cue.Words != ""); ok {
		c.From = Own
		return c
	}
	for _, facts := range []map[string]string{f.facts, f.sec.facts} {
		if c, ok := bareCount(facts["count"]); ok {
			return Count{c.N, Reason{facts["count"], Fact}}
		}
	}
	return Count{}
}

// continued adds a sentence that tells more of the need before it.
func (c *Candidate) continued(r *reader, s string, today clock.Date) {
	c.Text = tidy(c.Text + " " + s)
	if n, ok := r.countIn(s, true); ok && c.Headcount.N == 0 {
		n.From = Own
		c.Headcount = n
	}
	if w, ok := whenIn(s, today, false); ok && c.When == (When{}) {
		w.Reason.From = Own
		c.When = w
	}
}

// tidy makes a text of what was cut out of another.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = additiveStart.ReplaceAllString(s, "")
	return text.Truncate(upperFirst(strings.TrimLeft(s, ",;:–- ")), MaxCandidate)
}

var additiveStart = regexp.MustCompile(`(?i)^(?:og|samt|i tillegg|dessuten|dessutan)[, ]+`)
