package check

import (
	"regexp"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/text"
)

// unwritten are the words of a place where text was to come, in three languages,
// and the signs that stand for it.
var unwritten = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\btekst(?:en)?\s+(?:kommer|kjem|følger|følgjer|mangler|manglar|under arbeid)\b`,
	`\b(?:mangler|manglar)\s+tekst\b`,
	`\bher\s+(?:leveres|leverast|kommer|kjem|skal|må)\s+(?:det\s+)?(?:inn\s+)?(?:stå\s+)?(?:ei?\s+|en\s+|et\s+)?(?:tekst|tabell|figur|avsnitt|tall|tal)\b`,
	`\bdet\s+(?:leveres|blir\s+levert)\s+tekst\b`,
	`\b(?:settes|setjast|sett|set)\s+inn\s+(?:tekst|tall|tal|dato|beløp|navn|namn|her|tabell)\b`,
	`\b(?:fylles|fyllast|fyll|må\s+fylles|må\s+fyllast)\s+(?:inn|ut)(?:\s+(?:her|senere|seinare))?\s*(?:[.:)\]]|$)`,
	`\bskriv(?:es|ast)?\s+(?:tekst\s+)?her\b`,
	`\butfyll(?:es|ast)\b`,
	`\btext\s+(?:to\s+come|to\s+follow|pending|missing)\b`,
	`\bto\s+be\s+(?:added|completed|written|inserted|filled\s+in)\b`,
	`\binsert\s+(?:text|date|name|amount|table)?\s*here\b`,
	`\b(?:todo|tbd|tba|lorem ipsum)\b`,
	`\bx{3,}\b`,
	`\?{2,}`,
	`\.{5,}`,
	`_{4,}`,
	`…{2,}`,
}, "|"))

// bracketed is a word in brackets that asks to be replaced, which is neither a mark
// nor a link.
var bracketed = regexp.MustCompile(`(?i)(?:^|[^\[])\[([^\[\]\n]*\b(?:navn|namn|dato|tekst|beløp|sett inn|set inn|fyll inn|tall|tal|name|date|text|amount|sum)\b[^\[\]\n]*)\](?:[^(\]]|$)`)

// later is a short line that is nothing but a promise.
var later = regexp.MustCompile(`(?i)^[(\[]?(?:[\p{L} ]{0,30}\s)?(?:kommer|kjem|ettersendes|ettersendast|follows|comes)(?:\s+(?:senere|seinare|later|snart|her))?[)\].: …]*$`)

// placeholders finds where text was to come. Each line is told of once.
func (c *checker) placeholders(s Section) {
	for line := range strings.SplitSeq(s.Text, "\n") {
		line = strings.TrimSpace(line)
		plain := strings.Trim(line, "*_#>- ")
		switch {
		case plain == "":
		case unwritten.MatchString(line), bracketed.MatchString(line), len(plain) <= 60 && later.MatchString(plain):
			quote := text.Truncate(plain, 120)
			if quote == "" {
				quote = text.Truncate(line, 120)
			}
			c.add(Placeholder, s.Key, quote, "case.check.placeholder", "quote", quote)
		}
	}
}

// written is a day as people write it in a text.
var written = regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})\b`)

// days finds days that no calendar has.
func (c *checker) days(s Section) {
	for _, m := range written.FindAllStringSubmatch(s.Text, -1) {
		if _, err := clock.ParseDate(m[1] + "." + m[2] + "." + m[3]); err != nil {
			c.add(ImpossibleDate, s.Key, m[0], "case.check.impossible_date", "date", m[0])
		}
	}
}

// Reference is the number of a case, of a body's treatment (FT 59/19, PS 24/20) or
// of an archive (2020/10212), as it stands in a text.
var Reference = regexp.MustCompile(`\b(?:[A-ZÆØÅ]{2,4}[ \x{00a0}]\d{1,4}/\d{2}|(?:19|20)\d{2}/\d{1,6}(?:-\d{1,3})?)\b`)

// References are the numbers of cases in the text, in their order, each once, with
// one plain space inside.
func References(s string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range Reference.FindAllString(s, -1) {
		if m = strings.ReplaceAll(m, "\u00a0", " "); !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	}
	return out
}
