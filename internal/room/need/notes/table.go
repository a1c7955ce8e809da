package notes

import (
	"regexp"
	"slices"
	"strings"

	"kompetansetorg/internal/room/need/notes/sentence"
)

// The groups of what the columns of a table, the lines of a form and its questions are
// about.
const (
	aboutNeed  = "need"  // what is needed
	aboutLack  = "lack"  // what lacks, or how many, as its values show
	aboutCount = "count" // how many
	aboutWhen  = "when"
	aboutPlace = "place"
	aboutOrg   = "org"
	aboutOrgNo = "orgno"
	aboutStaff = "staff" // those who are there already
)

// groups are tried in this order: "antall ansatte" is of staff, "hva trenger dere om tre
// år" of what is needed.
var groups = []struct {
	words *regexp.Regexp
	group string
}{
	{regexp.MustCompile(` (ansatte?|tilsett?e?|ansatt|employees|staff|i dag nå|årsverk nå|årsverk i dag|årsverk no|bemanning nå|bemanning i dag) `), aboutStaff},
	{regexp.MustCompile(` (org nr|orgnr|orgnummer|organisasjonsnummer|org number) `), aboutOrgNo},
	{regexp.MustCompile(` (antall|antal|tal|hvor mange|kor mange|hvor stort|headcount|number|how many|stk|personer|personar) `), aboutCount},
	{regexp.MustCompile(` (mangler|manglar|behov|behovet|trenger|treng|trengs|trengst|ønsker|ønskjer|ønske|ynske|savner|saknar|udekt|udekket|vakant\pL*|vakanse\pL*|need|needs|needed|lack|lacking|missing|vacancies) `), aboutLack},
	{regexp.MustCompile(` (kompetanse\pL*|\pL+behov|stilling\pL*|yrke\pL*|yrkesgruppe\pL*|fagområde\pL*|fagbrev|rolle|profesjon|\pL*lærling\pL*|opplæring\pL*|kurs|occupation|position|role|skills?|competence|training) `), aboutNeed},
	{regexp.MustCompile(` (når|oppstart|tidspunkt|start|innen|innan|fra når|frå når|tidsrom|tidsramme|when|from) `), aboutWhen},
	{regexp.MustCompile(` (kommune|sted|stad|arbeidssted|arbeidsstad|lokasjon|municipality|place|location) `), aboutPlace},
	{regexp.MustCompile(` (virksomhet\pL*|verksemd\pL*|bedrift\pL*|bedriftsnavn|firma|organisasjon|arbeidsgiver|arbeidsgivar|company|employer) `), aboutOrg},
}

// groupOf is what a name with a colon, a column or a question is about; "" for what is
// not told apart.
func groupOf(key string) string {
	w := sentence.Worded(key)
	for _, g := range groups {
		if g.words.MatchString(w) {
			return g.group
		}
	}
	return ""
}

var (
	// formLine is a line of a form: a name of a few words and a colon.
	formLine = regexp.MustCompile(`^([^:?.!,;|]{2,40}):\s+(\S.*)$`)
	// formAsks is a question of a form, with or without a number, and its answer.
	formAsks = regexp.MustCompile(`(?i)^(?:\(?\d{1,2}[.)]\s*)?((?:hva|kva|hvilke[nt]?|kva for|hvor|kor|når|kan|har|what|which|how|when|do) [^?:|]{2,90})\?:?\s+(\S.*)$`)
	yes      = regexp.MustCompile(`(?i)^(?:ja|jo|yes)\b[,.:;– -]*`)
	// answersNothing is what is written where there is nothing to write.
	answersNothing = regexp.MustCompile(`(?i)^(?:nei|no|none|ingen|inga|0|-|–|ikke aktuelt|ikkje aktuelt|vet ikke|veit ikkje|n/a|ja|jo|yes)[.!]?$`)
	speaker        = regexp.MustCompile(` (vi|me|jeg|eg|we|dere|de|dei|det|som) `)
)

// longestAnswer is how many words an answer in a form has; a longer one is a text.
const longestAnswer = 12

// formed reads a line of a form that the usual names do not cover: what it is about,
// and its value.
func formed(s string) (group, value string, ok bool) {
	if m := formAsks.FindStringSubmatch(s); m != nil {
		group = groupOf(m[1])
		short := len(strings.Fields(m[2])) <= longestAnswer && (group != "" || bulletMark.MatchString(s))
		return group, strings.TrimSpace(yes.ReplaceAllString(m[2], "")), short
	}
	m := formLine.FindStringSubmatch(s)
	if m == nil || len(strings.Fields(m[1])) > 4 || speaker.MatchString(sentence.Worded(m[1])) {
		return "", "", false
	}
	switch g := groupOf(m[1]); g {
	case aboutStaff, aboutOrgNo, aboutCount:
		return g, m[2], true
	case aboutOrg, aboutPlace:
		return g, m[2], len(strings.Fields(m[2])) <= 5
	}
	return "", "", false
}

// cellsOf are the cells of a row of a table.
func cellsOf(s string) []string {
	list := strings.Split(strings.Trim(s, "| "), "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

var figure = regexp.MustCompile(`^(?:ca\.? ?)?\d{1,4}(?:[.,]\d+)?(?: ?[–-] ?\d{1,4})?(?: ?(?:stk\.?|pers\.?|personer|årsverk))?$`)

// columnsOf are what the columns of a table are about, when the row names them.
func columnsOf(list []string) ([]string, bool) {
	named := make([]string, len(list))
	known := 0
	for i, c := range list {
		if figure.MatchString(c) || len(c) > 60 {
			return nil, false
		}
		if named[i] = groupOf(c); named[i] != "" {
			known++
		}
	}
	lacks := slices.Contains(named, aboutLack) || slices.Contains(named, aboutNeed)
	return named, known >= 2 && lacks
}

// row reads a row of a table: its first row names the columns.
func (b *builder) row(l line) bool {
	list := cellsOf(l.text)
	if named, ok := columnsOf(list); ok {
		b.columns, b.need = named, ""
		for i, g := range named {
			if g == aboutLack || g == aboutNeed && b.need == "" {
				b.need = list[i]
			}
		}
		return true
	}
	if len(list) > len(b.columns) || len(list) < 2 {
		return false
	}
	list = append(list, make([]string, len(b.columns)-len(list))...) // cells at the end may be empty
	p := &part{item: true, stated: true}
	l.key = b.need
	b.add(l, p)
	p.text = ""
	lacks := true
	for i, v := range list {
		switch g := b.columns[i]; {
		case g == aboutLack && figure.MatchString(v):
			p.facts[aboutCount], lacks = v, !strings.HasPrefix(v, "0")
		case g == aboutLack && (answersNothing.MatchString(v) || v == "" && slices.Contains(b.columns, aboutNeed)):
			lacks = false
		case g == aboutNeed || g == aboutLack:
			p.text = strings.TrimSpace(p.text + " " + v)
		case g == "" && p.status(b, v):
			lacks = false
		case g != "" && g != aboutStaff && v != "" && p.facts[g] == "":
			p.facts[g] = v
		}
	}
	if !lacks {
		p.text = ""
	}
	b.cur = nil
	return true
}

// status reads a cell of a column that is not told apart: it may say how many lack, and
// it is true when it says that none does.
func (p *part) status(b *builder, v string) bool {
	if m := lackCell.FindStringSubmatch(v); m != nil {
		p.facts[aboutCount] = strings.TrimSpace(m[1] + m[2])
	}
	sum, against, _ := b.r.Weigh(v)
	return against < 0 && sum < sentence.Enough || sentence.IsRefused(v)
}

// lackCell is a cell such as "Mangler 2" or "1 vakant stilling".
var lackCell = regexp.MustCompile(`(?i)^(?:mangler|manglar|trenger|treng|lacks|needs|behov for) (\d{1,3})\b|^(\d{1,3}) (?:vakant\pL*|ubesatt\pL*|ledige?|vacan\w+)`)

// separated makes the cells of rows that are parted by semicolons: two lines after one
// another with as many of them.
func separated(lines []string) {
	counts := make([]int, len(lines))
	for i, line := range lines {
		if len(line) <= 400 {
			counts[i] = strings.Count(line, ";")
		}
	}
	for i, n := range counts {
		if n >= 2 && (i > 0 && counts[i-1] == n || i+1 < len(lines) && counts[i+1] == n) {
			lines[i] = strings.TrimRight(strings.ReplaceAll(lines[i], ";", " | "), " ")
		}
	}
}
