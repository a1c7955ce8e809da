package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansetorg/internal/common/vocab/norsk"
)

// Segment is a stretch of text; Mark tells that it is what was looked for.
type Segment struct {
	Text string
	Mark bool
}

// Marked is text in segments.
type Marked []Segment

// String is the text without marks.
func (m Marked) String() string {
	var b strings.Builder
	for _, s := range m {
		b.WriteString(s.Text)
	}
	return b.String()
}

// excerptLength is how many bytes of a text an excerpt shows, about.
const excerptLength = 240

// marked parts the text at the words that the terms look for.
func (a analyser) marked(text string, terms []term) Marked {
	var out Marked
	last := 0
	for _, t := range norsk.Tokens(text) {
		if !a.isMeant(t, terms) {
			continue
		}
		if t.Start > last {
			out = append(out, Segment{Text: text[last:t.Start]})
		}
		out = append(out, Segment{Text: text[t.Start:t.End], Mark: true})
		last = t.End
	}
	if last < len(text) {
		out = append(out, Segment{Text: text[last:]})
	}
	return out
}

func (a analyser) isMeant(t norsk.Token, terms []term) bool {
	var related []string
	for _, q := range terms {
		if slices.Contains(q.stems, t.Stem) || q.prefix != "" && strings.HasPrefix(t.Word, q.prefix) {
			return true
		}
		if len(q.stems) == 0 || t.Kind == norsk.Function {
			continue
		}
		if related == nil {
			related = append(a.related(t), "")
		}
		if slices.ContainsFunc(related, func(r string) bool { return r != "" && slices.Contains(q.stems, r) }) {
			return true
		}
	}
	return false
}

// excerpt is a piece of the text around the first word that was looked for, the
// beginning when there is none.
func (a analyser) excerpt(text string, terms []term) Marked {
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "\uFFFD")
	if len(text) > maxExcerptSource {
		text = strings.ToValidUTF8(text[:maxExcerptSource], "")
	}
	first := 0
	for _, t := range norsk.Tokens(text) {
		if a.isMeant(t, terms) {
			first = t.Start
			break
		}
	}
	from := 0
	if first > excerptLength/2 {
		from = min(blankAfter(text, first-excerptLength/3), first) // no blank may stand before the word
	}
	to := len(text)
	if from+excerptLength < len(text) {
		to = blankBefore(text, from+excerptLength, first)
	}
	out := a.marked(strings.TrimSpace(text[from:to]), terms)
	if from > 0 {
		out = append(Marked{{Text: "… "}}, out...)
	}
	if to < len(text) {
		out = append(out, Segment{Text: " …"})
	}
	return out
}

// maxExcerptSource is how much of a text is searched for a place to show, in bytes.
const maxExcerptSource = 20_000

// blankAfter is the first beginning of a word from at on.
func blankAfter(text string, at int) int {
	if i := strings.IndexFunc(text[letter(text, at):], unicode.IsSpace); i >= 0 {
		return letter(text, at) + i + 1
	}
	return letter(text, at)
}

// blankBefore is the last end of a word before at, unless that is before least.
func blankBefore(text string, at, least int) int {
	at = letter(text, at)
	if i := strings.LastIndexFunc(text[:at], unicode.IsSpace); i > least {
		return i
	}
	return at
}

// letter is the beginning of the letter that the byte belongs to.
func letter(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
