package notes

import (
	"regexp"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// Read finds the needs in a plain text (see Plain), in their order. today is the day
// that words such as "til høsten" are understood from. known may be nil: then an
// occupation is known only by what it looks like, and fewer needs are found.
func Read(plain string, today clock.Date, known sentence.Vocabulary) []Candidate {
	r := &reader{sentence.NewReader(known)}
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
	cue          sentence.Reason
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
	if !p.stated && len(sentence.Split(p.text)) > 1 {
		if out := p.paragraph(); len(out) > 0 {
			return out
		}
	}
	announced := p.announced()
	listed, isListed := p.listed()
	switch own := p.sec.r.CueIn(p.text, p.sec.tone); {
	case sentence.IsRefused(p.text), p.stated && text.WordCount(p.text) == 0:
		return nil
	case p.stated && len(sentence.Split(p.text)) > 1:
		return p.statement()
	case own != "":
		var out []found
		for _, clause := range sentence.Clauses(p.text) {
			out = append(out, p.split(clause, p.text, sentence.Reason{Words: own, From: sentence.Own})...)
		}
		return out
	case p.leads && announced == "":
		return nil
	case p.stated:
		return p.split(p.text, p.text, sentence.Reason{Words: p.raw[0].key, From: sentence.Fact})
	case announced == "" && p.sec.r.HasCount(p.text) && p.underFirm() && !staffOnly.MatchString(sentence.Worded(p.text)) && !sentence.IsTasked(p.text):
		c, _ := p.sec.r.CountIn(p.text, true)
		return p.split(p.text, p.text, sentence.Reason{Words: c.Words, From: sentence.Own})
	case announced == "" && isListed && !sentence.IsTasked(p.text):
		return p.split(p.text, p.text, sentence.Reason{Words: listed, From: sentence.Own})
	case announced == "", sentence.IsTasked(p.text), text.WordCount(p.text) == 0:
		return nil
	case p.leads && !p.sec.r.HasCount(p.text):
		return nil // its own items are the needs
	default:
		return p.split(p.text, p.text, sentence.Reason{Words: announced, From: sentence.Heading})
	}
}

// statement finds the needs in what stands after "Behov:": the first sentence is one,
// and others when they say so.
func (p *part) statement() []found {
	list := sentence.Split(p.text)
	out := p.split(list[0], p.text, sentence.Reason{Words: p.raw[0].key, From: sentence.Fact})
	for _, s := range list[1:] {
		last := &out[len(out)-1]
		if cue := p.sec.r.CueIn(s, p.sec.tone); cue != "" && p.sec.r.separate(last.text, s) {
			out = append(out, p.split(s, p.text, sentence.Reason{Words: cue, From: sentence.Own})...)
			continue
		}
		last.text += " " + s
	}
	return out
}

// underFirm tells whether the item stands under the name of a firm.
func (p *part) underFirm() bool {
	for _, s := range append([]string{p.lead}, p.sec.heads...) {
		for _, o := range sentence.OrgsIn(sentence.Reason{Words: s}) {
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
		if c := sentence.Outright(s); c != "" && !sentence.IsRefused(s) {
			return c
		}
		if sentence.IsRefused(s) {
			return ""
		}
		if c, ok := sentence.HeadsNeeds(s); ok {
			return c
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
	list := sentence.Split(p.text)
	for i, s := range list {
		cue := p.sec.r.CueIn(s, p.sec.tone)
		refused := sentence.IsRefused(s)
		switch {
		case open && continuing.MatchString(s):
			out[len(out)-1].text += " " + s
		case open && p.retracts(s):
			out, open = out[:len(out)-1], false
		case refused && open && strings.HasSuffix(s, "?"):
			// a question in between
		case refused:
			open, before = false, nil
		case p.leads && i == len(list)-1 && !p.sec.r.HasCount(s):
			// what announces a list is no need of its own
		case cue != "" && (!open || p.sec.r.separate(out[len(out)-1].text, s)):
			first := len(out)
			for _, clause := range sentence.Clauses(s) {
				out = append(out, p.split(clause, p.text, sentence.Reason{Words: cue, From: sentence.Own})...)
			}
			out[first].text = strings.Join(append(before, out[first].text), " ")
			open, before = true, nil
		case cue != "" && open:
			pieces := p.split(s, p.text, sentence.Reason{Words: cue, From: sentence.Own})
			out[len(out)-1].text += " " + pieces[0].text
			out = append(out, pieces[1:]...)
		case open && additive.MatchString(sentence.Worded(s)+" ") && p.furthers(s), open && andStart.MatchString(strings.ToLower(s)) && p.furthers(s):
			out = append(out, p.split(s, p.text, sentence.Reason{Words: out[len(out)-1].cue.Words, From: sentence.Near})...)
		case open && !sentence.IsTasked(s):
			out[len(out)-1].text += " " + s
		case i == 0 && continuing.MatchString(s) && !p.item:
			out = append(out, found{part: p, text: s, continues: true})
		default:
			open = false
			if sentence.IsOfStaff(s) {
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
	if !settled.MatchString(sentence.Worded(s)) {
		return false
	}
	_, against, _ := p.sec.r.Weigh(s)
	return against <= -2
}

// furthers tells whether a sentence that goes on with a need names another competence.
func (p *part) furthers(s string) bool {
	_, named := p.sec.r.Named(s)
	_, learnt := sentence.Learns(s)
	return named && learnt
}

// separate tells a sentence of another need from one that says more of the same: how
// many there are of those that were named, or who is to learn it.
func (r *reader) separate(open, s string) bool {
	if additive.MatchString(sentence.Worded(s)) {
		return true
	}
	_, learnt := sentence.Learns(open)
	_, learning := sentence.Learns(s)
	other, ok := r.Named(s)
	if ok && mentions(open, other) {
		ok = false
	}
	all := r.CountsIn(sentence.Tokens(s), true)
	if len(all) == 0 {
		_, names := r.Named(open)
		return names && (learning && !learnt && !toLearn.MatchString(sentence.Worded(s)) || ok && (learnt != learning || r.lists(open) != r.lists(s)))
	}
	if r.HasCount(open) {
		return true
	}
	if learning && !learnt && toLearn.MatchString(sentence.Worded(s)) || toLearn.MatchString(sentence.Worded(s)) && (learnt || !r.lists(open)) {
		return false // who is to learn it
	}
	return !mentions(open, sentence.Tokens(s)[all[0].Last].Word) && !(learnt && learning)
}

// toLearn says that somebody is to learn, and not what.
var toLearn = regexp.MustCompile(` (?:kurses|kursast|læres opp|lærast opp|lære dette|få opplæring|ha opplæring|be trained|need training) $`)

// mentions tells whether a word that begins as the word does stands in the text.
func mentions(s, word string) bool {
	stem := []rune(word)
	return strings.Contains(strings.ToLower(s), string(stem[:min(len(stem), 5)]))
}

// split parts "tre sveisere og to elektrikere" in two, each with the words before.
func (p *part) split(s, around string, cue sentence.Reason) []found {
	pieces, own := p.sec.r.PerCount(s)
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
	if list := sentence.Split(c.Under); len(list) > 1 {
		c.Under = list[len(list)-1]
	}
	c.Under = text.Truncate(strings.TrimSuffix(c.Under, ":"), 200)
	texts := f.texts(before)
	c.Headcount = f.count(tidy(f.core))
	if c.Headcount.N == 0 {
		c.Headcount = f.count(c.Text)
	}
	for _, t := range texts {
		if t.From == sentence.Before {
			break // when something else was needed
		}
		if w, ok := sentence.WhenIn(t.Words, today, t.From == sentence.Fact); ok {
			w.Reason.From = t.From
			c.When = w
			break
		}
	}
	c.Orgs, c.Places = sentence.Phrases(texts, f.facts, f.sec.facts)
	return c
}

// texts are where guesses are looked for, the best first.
func (f found) texts(before []*part) []sentence.Reason {
	out := []sentence.Reason{{Words: f.text, From: sentence.Own}}
	if f.facts["when"] != "" {
		out = append(out, sentence.Reason{Words: f.facts["when"], From: sentence.Fact})
	}
	if f.around != f.text {
		out = append(out, sentence.Reason{Words: f.around, From: sentence.Near})
	}
	if v := f.sec.facts["when"]; v != "" {
		out = append(out, sentence.Reason{Words: v, From: sentence.Fact})
	}
	if f.label != "" {
		out = append(out, sentence.Reason{Words: f.label, From: sentence.Heading})
	}
	if f.lead != "" {
		out = append(out, sentence.Reason{Words: f.lead, From: sentence.Heading})
	}
	for _, h := range f.sec.heads {
		out = append(out, sentence.Reason{Words: h, From: sentence.Heading})
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].sec == f.sec && !before[i].item {
			out = append(out, sentence.Reason{Words: before[i].text, From: sentence.Before})
		}
	}
	if f.sec.subject != "" {
		out = append(out, sentence.Reason{Words: f.sec.subject, From: sentence.Subject})
	}
	return out
}

func (f found) count(own string) sentence.Count {
	if c, ok := f.sec.r.CountIn(own, f.item || f.cue.Words != ""); ok {
		c.From = sentence.Own
		return c
	}
	for _, facts := range []map[string]string{f.facts, f.sec.facts} {
		if c, ok := sentence.BareCount(facts["count"]); ok {
			return sentence.Count{N: c.N, Reason: sentence.Reason{Words: facts["count"], From: sentence.Fact}}
		}
	}
	return sentence.Count{}
}

// continued adds a sentence that tells more of the need before it.
func (c *Candidate) continued(r *reader, s string, today clock.Date) {
	c.Text = tidy(c.Text + " " + s)
	if n, ok := r.CountIn(s, true); ok && c.Headcount.N == 0 {
		n.From = sentence.Own
		c.Headcount = n
	}
	if w, ok := sentence.WhenIn(s, today, false); ok && c.When == (sentence.When{}) {
		w.Reason.From = sentence.Own
		c.When = w
	}
}

// tidy makes a text of what was cut out of another.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = additiveStart.ReplaceAllString(s, "")
	return text.Truncate(text.UpperFirst(strings.TrimLeft(s, ",;:–- ")), MaxCandidate)
}

var additiveStart = regexp.MustCompile(`(?i)^(?:og|samt|i tillegg|dessuten|dessutan)[, ]+`)
