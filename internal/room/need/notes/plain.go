package notes

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"kompetansetorg/internal/kit/text"
)

// MaxText is how many characters a pasted text may have.
const MaxText = 50_000

// Plain makes lines of what was pasted: HTML becomes text, line ends become one kind,
// and what points at a person by number or address is cut out. Blanks that begin a line stay, as they
// tell of lists in lists. A tab inside a line parts the cells of a row and becomes " | ".
func Plain(pasted string) string {
	if isHTML(pasted) {
		pasted = fromHTML(pasted)
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted), "\n")
	for i, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t\u00a0"))]
		line = broken(cells.ReplaceAllString(strings.Trim(line, " \t\u00a0"), " | "))
		lines[i] = strings.NewReplacer("\t", "    ", "\u00a0", " ").Replace(indent) + line
	}
	separated(lines)
	return withoutDetails(text.CleanMultiline(strings.Join(lines, "\n")))
}

// maxPart is how long a paragraph is read as one: what is guessed of a need is looked
// for in all of it.
const maxPart = 2_000

// broken breaks a line that is longer than any paragraph, after a sentence or a word.
func broken(line string) string {
	var b strings.Builder
	for len(line) > maxPart {
		at := strings.LastIndex(line[:maxPart], ". ")
		if at < maxPart/2 {
			at = strings.LastIndex(line[:maxPart], " ")
		}
		if at < maxPart/2 {
			at = maxPart
			for at > maxPart-utf8.UTFMax && !utf8.RuneStart(line[at]) { // not inside a letter
				at--
			}
		} else {
			at++
		}
		b.WriteString(strings.TrimSpace(line[:at]) + "\n")
		line = strings.TrimLeft(line[at:], " ")
	}
	return b.String() + line
}

var cells = regexp.MustCompile(` *\t *`)

// withoutDetails cuts out what looks like an address or a number of a person, with
// the word that announces it, until there is nothing more: what stood around a cut
// may look like one when it is put together.
func withoutDetails(s string) string {
	for {
		hints := text.SensitiveHints(s)
		shorter := cutOut(s, hints)
		if len(hints) == 0 && shorter == s {
			return s
		}
		s = shorter
	}
}

func cutOut(s string, hints []text.Hint) string {
	var b strings.Builder
	at := 0
	for _, h := range hints {
		before := announced.ReplaceAllString(s[at:h.Start], "")
		b.WriteString(before)
		at = h.End
		if at < len(s) && strings.ContainsAny(s[at:at+1], ".,;") && (before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\n")) {
			at++ // the stop of a sentence that is gone
		}
	}
	b.WriteString(s[at:])
	return born.ReplaceAllString(hollow.ReplaceAllString(b.String(), ""), "")
}

var (
	born      = regexp.MustCompile(`(?i),? ?\b(?:født|fødd|f\.|fødselsdato:?|born) ?(?:den )?\d{1,2}[ .]?\d{1,2}[ .]?(?:19|20)?\d{2}\b`)
	announced = regexp.MustCompile(`(?i)(?:,? ?(?:ring (?:meg|oss|gjerne) )?(?:(?:på|pr\.?|per|over|or|og|eller|via|to) )?\b(?:tlf|telefon|mobil|mob|tel|phone|e-?post|mail|e-?mail|ringe?(?: (?:meg|oss))?|kontakt(?: (?:meg|oss))?(?: på)?|skriv(?: til)?|nås|call(?: me)?|fnr|fødselsnummer|personnummer)\b\.?:? ?(?:nr\.? ?)?)$`)
	hollow    = regexp.MustCompile(`(?:\( ?, ?\)|\( *\)|< *>|\[ *\])`)
)

// isHTML tells markup from a text that only has a sign or two of it.
func isHTML(s string) bool {
	head := strings.ToLower(s[:min(len(s), 4000)])
	return strings.Contains(head, "<html") || strings.Contains(head, "<!doctype") || markup.MatchString(head)
}

var markup = regexp.MustCompile(`</(?:p|div|li|td|ul|ol|table|span|body|h[1-6])\s*>|<br\s*/?>`)

// fromHTML writes the text of a page, a line for each block and a mark for each item.
func fromHTML(s string) string {
	var b strings.Builder
	depth, hidden, inRow := 0, 0, false
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		t := z.Token()
		switch {
		case kind == html.TextToken && hidden == 0:
			b.WriteString(strings.Join(strings.FieldsFunc(" "+t.Data+" ", func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " "))
		case kind == html.TextToken:
		case t.Data == "style" || t.Data == "script" || t.Data == "head" || t.Data == "title":
			hidden = max(0, hidden+step(kind))
		case t.Data == "ul" || t.Data == "ol":
			depth = max(0, depth+step(kind))
			b.WriteString("\n")
		case t.Data == "li" && kind == html.StartTagToken:
			b.WriteString("\n" + strings.Repeat("  ", min(depth, 8)) + "- ")
		case t.Data == "tr":
			inRow = false
			b.WriteString("\n")
		case (t.Data == "td" || t.Data == "th") && kind == html.StartTagToken:
			if inRow {
				b.WriteString("\t")
			}
			inRow = true
		case t.Data == "blockquote" && kind == html.StartTagToken:
			b.WriteString("\n" + quotedMark + "\n")
		case t.Data == "blockquote", t.Data == "br", t.Data == "hr":
			b.WriteString("\n")
		case block[t.Data] && !inRow:
			b.WriteString("\n\n")
		}
	}
}

// quotedMark begins what an HTML mail quotes.
const quotedMark = "-----Original Message-----"

func step(kind html.TokenType) int {
	switch kind {
	case html.StartTagToken:
		return 1
	case html.EndTagToken:
		return -1
	}
	return 0
}

var block = map[string]bool{"p": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "table": true, "section": true, "article": true}
